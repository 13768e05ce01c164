"""Which font a run of a DOCX is set in: its own, its style's, the theme's. The font tells in what its text is coded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

#: Names in a Word file: its own, and those of what only newer programs know.
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

#: Styles are based on styles; a circle of them must end.
_MOST_STEPS = 20


def part_xml(document: Document, kind: str) -> Any:
    """Return the root element of the document's part of this kind (numbering, theme, footnotes), None without one."""
    from docx.oxml import parse_xml

    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            return parse_xml(relation.target_part.blob)
    return None


class Styles:
    """The styles of a document: what they say about fonts and numbering."""

    def __init__(self, document: Document) -> None:
        root = document.styles.element
        self._styles = {style.get(f"{W}styleId"): style for style in root.iter(f"{W}style")}
        self._defaults = {
            style.get(f"{W}type"): style.get(f"{W}styleId")
            for style in self._styles.values()
            if style.get(f"{W}default") in ("1", "true")
        }
        self._document_fonts = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts")
        theme = part_xml(document, "theme")
        self._theme = {} if theme is None else {kind: _latin(theme, kind) for kind in ("major", "minor")}
        self._known: dict[tuple[str | None, str | None], str] = {}

    def font(self, run: Any, paragraph: Any) -> str:
        """Return the name of the font in which a run's letters are set, "" where nothing says so."""
        own = _font_name(run.find(f"{W}rPr/{W}rFonts"), self._theme)
        if own:
            return own
        key = value_of(run.find(f"{W}rPr/{W}rStyle")), value_of(paragraph.find(f"{W}pPr/{W}pStyle"))
        if key not in self._known:
            self._known[key] = self._inherited(*key)
        return self._known[key]

    def _inherited(self, run_style: str | None, paragraph_style: str | None) -> str:
        for style in (*self.chain(run_style), *self.chain(paragraph_style or self._defaults.get("paragraph"))):
            name = _font_name(style.find(f"{W}rPr/{W}rFonts"), self._theme)
            if name:
                return name
        return _font_name(self._document_fonts, self._theme)

    def chain(self, name: str | None) -> Iterator[Any]:
        """Yield a style and those that it is based on."""
        for _ in range(_MOST_STEPS):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = value_of(style.find(f"{W}basedOn"))


def _font_name(fonts: Any, theme: dict[str, str]) -> str:
    """Return the font for letters beyond ASCII, else that for ASCII: old codes live in the upper half."""
    if fonts is None:
        return ""
    for which in ("hAnsi", "ascii"):
        from_theme = fonts.get(f"{W}{which}Theme", "")
        name = theme.get(from_theme[:5], "") if from_theme else fonts.get(f"{W}{which}", "")
        if name:
            return str(name)
    return ""


def _latin(theme: Any, kind: str) -> str:
    found = theme.find(f".//{_A}{kind}Font/{_A}latin")
    return "" if found is None else str(found.get("typeface") or "")


def value_of(element: Any) -> str | None:
    """Return what an element of a Word file says (``w:val``), None where it does not stand."""
    return None if element is None else element.get(f"{W}val")
