"""XML from strangers: no document types, no entities, no depth without end, never anything from elsewhere."""

from __future__ import annotations

from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from corpus.errors import LimitError
from ingest.inbox import Mishap, SourceError

#: More than this no list and no message of an office has.
_ELEMENTS, _DEPTH = 200_000, 60


def parse(data: bytes) -> Element:
    """Return the root of an XML document; names are ``{namespace}name`` or ``name``.

    Raises SourceError where it is no good XML, declares a document type (and with it entities, which can be made to
    grow without end or to read files), or is larger or deeper than anything that makes sense.
    """
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    counted, depth = 0, 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal counted, depth
        counted, depth = counted + 1, depth + 1
        if counted > _ELEMENTS or depth > _DEPTH:
            raise LimitError("Tệp XML có quá nhiều phần tử.")
        builder.start(_name(name), {_name(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_name(name))

    def refuse(*_: object) -> None:
        raise LimitError("Tệp XML khai báo DOCTYPE, không được phép.")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
        return builder.close()
    except LimitError as error:
        raise SourceError(Mishap.DAMAGED, error.message) from error
    except (expat.ExpatError, ValueError, LookupError, AssertionError) as error:
        raise SourceError(Mishap.DAMAGED, "Không phải tệp XML đúng cú pháp.") from error


def local(element: Element) -> str:
    """Return the name of an element without its namespace, in lower case."""
    return str(element.tag).rpartition("}")[2].lower()


def _name(name: str) -> str:
    return f"{{{name}" if "}" in name else name
