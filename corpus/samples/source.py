"""The source of a sample directive: one YAML file with layout, text and gold facts.

The schema is described in README.md; ``load`` checks it and names the file and the field in every complaint.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

SOURCES = Path(__file__).parent / "sources"
NOT_SAMPLES = ("queries", "pairs", "profiles")
KINDS = ("digital", "scan", "ocr_eng", "photo")
BLOCK_KINDS = ("p", "base", "h1", "h2", "center", "article", "item", "table", "pagebreak")
PLACES = ("header", "body", "footnote", "appendix")


class SourceError(ValueError):
    """A sample source that cannot be built: names the file and what is wrong in it."""


@dataclass(frozen=True)
class Table:
    """A ruled table: ``widths`` are shares of the text width; the first of ``rows`` is the head."""

    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Block:
    """A paragraph, heading or table of the body. ``text`` may hold ``**bold**``, ``__italic__`` and ``[^1]``."""

    kind: str
    text: str = ""
    table: Table | None = None


@dataclass(frozen=True)
class Annex:
    """A phụ lục: on a page of its own, numbered on its own."""

    name: str
    title: tuple[str, ...]
    note: str
    body: tuple[Block, ...]


@dataclass(frozen=True)
class Style:
    """Typographic choices of an office, in points; see Nghị định 30/2020/NĐ-CP, Phụ lục I."""

    size: float = 14.0
    leading: float = 1.18
    gap: float = 6.0
    indent: float = 36.0
    left: float = 85.0
    right: float = 48.0
    top: float = 58.0
    bottom: float = 56.0
    column: float = 0.43


@dataclass(frozen=True)
class Source:
    """One sample directive, as written in ``sources/<name>.yaml``."""

    name: str
    kind: str
    seal: tuple[str, str]
    parent: tuple[str, ...]
    issuer: tuple[str, ...]
    number: str
    about: str
    place_date: str
    title: tuple[str, tuple[str, ...]] | None
    to: tuple[str, ...]
    body: tuple[Block, ...]
    footnotes: dict[str, str]
    recipients: tuple[str, ...]
    sign_title: tuple[str, ...]
    sign_name: str
    annexes: tuple[Annex, ...]
    gold: dict[str, Any]
    style: Style = field(default_factory=Style)


def names(folder: Path = SOURCES) -> list[str]:
    """Return the names of all sources in ``folder``, sorted; by default the samples."""
    return sorted(path.stem for path in folder.glob("*.yaml") if path.stem not in NOT_SAMPLES)


def load(name: str, folder: Path = SOURCES) -> Source:
    """Read and check the source called ``name`` in ``folder``.

    Raises:
        SourceError: a field is missing, unknown or of the wrong shape.
    """
    path = folder / f"{name}.yaml"
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        return _source(name, raw)
    except (KeyError, TypeError, ValueError) as error:
        raise SourceError(f"{path.name}: {type(error).__name__}: {error}") from error


def _source(name: str, raw: dict[str, Any]) -> Source:
    raw = dict(raw)
    head, sign = dict(raw.pop("letterhead")), dict(raw.pop("signature"))
    title = raw.pop("title", None)
    source = Source(
        name=name,
        kind=_one_of(raw.pop("kind"), KINDS),
        seal=_pair(raw.pop("seal")),
        parent=_lines(head.pop("parent", None)),
        issuer=_lines(head.pop("issuer")),
        number=head.pop("number"),
        about=head.pop("about", ""),
        place_date=head.pop("place_date"),
        title=(title["type"], _lines(title.get("subject"))) if title else None,
        to=_lines(raw.pop("to", None)),
        body=tuple(_block(b) for b in raw.pop("body")),
        footnotes={str(k): str(v) for k, v in raw.pop("footnotes", {}).items()},
        recipients=_lines(sign.pop("recipients")),
        sign_title=_lines(sign.pop("title")),
        sign_name=sign.pop("name"),
        annexes=tuple(_annex(a) for a in raw.pop("annexes", [])),
        gold=raw.pop("gold"),
        style=Style(**raw.pop("style", {})),
    )
    unknown = [*raw, *head, *sign]
    if unknown:
        raise ValueError(f"unknown fields {unknown}")
    return source


def _block(raw: dict[str, Any]) -> Block:
    if len(raw) != 1:
        raise ValueError(f"a block has one key, not {list(raw)}")
    ((kind, value),) = raw.items()
    _one_of(kind, BLOCK_KINDS)
    if kind == "table":
        rows = tuple(tuple(str(c) for c in row) for row in value["rows"])
        widths = tuple(float(w) for w in value["widths"])
        if any(len(row) != len(widths) for row in rows):
            raise ValueError(f"a table row has not {len(widths)} cells")
        return Block(kind, table=Table(widths, rows))
    return Block(kind, "" if kind == "pagebreak" else str(value))


def _annex(raw: dict[str, Any]) -> Annex:
    return Annex(raw["name"], _lines(raw["title"]), raw.get("note", ""), tuple(_block(b) for b in raw["body"]))


def _lines(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(str(v) for v in value)


def _pair(value: Any) -> tuple[str, str]:
    first, second = value
    return str(first), str(second)


def _one_of(value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ValueError(f"{value!r} is none of {', '.join(allowed)}")
    return value
