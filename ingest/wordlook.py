"""How a DOCX is set: what runs, paragraphs and sections say, through styles and document defaults.

Paragraphs are those that ``ingest.wordfile`` reads, found again in the document's text line by line; the cells of
tables of data are left out, and comments are no text.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from corpus.document import Document as Directive
from corpus.layout30 import Align
from corpus.text import nfc
from corpus.typeset import POINTS_PER_MM, Form, Look, PageNumber, Paper, Setting, Side, Strip, Typeset
from ingest.advance import width_of
from ingest.pages import Limits
from ingest.wordfile import _Body, _children, _open
from ingest.wordfonts import Styles, W, part_xml
from ingest.wordrules import rule_under

if TYPE_CHECKING:
    from docx.document import Document

_TWIPS, _EMU = 20.0, 12_700.0
_ALIGN = {
    "center": Align.CENTRE, "right": Align.RIGHT, "end": Align.RIGHT, "both": Align.JUSTIFIED,
    "distribute": Align.JUSTIFIED,
}  # fmt: skip
#: A tab that opens a paragraph stands for an indent: the first default stop, half an inch.
_TAB_MM = 12.7
#: Left and right margin of a cell in points, as Word gives them.
_CELL_MARGINS = 10.8
#: A line ends so; no line is longer.
_LINE_END, _MOST = re.compile(r"[\n\f]"), 50_000
#: What Word takes where neither run nor style nor default says a size.
_WORD_SIZE = 10.0


def word_typeset(data: bytes, directive: Directive, limits: Limits) -> Typeset:
    """Return how a DOCX is set; ``directive`` is what ``ingest.pipeline`` read from the same bytes."""
    document = _open(data, limits)
    looks = Looks(document)
    reader = _Reader(document, looks)
    reader.text()
    lines = _lines(directive)
    settings: list[Setting] = []
    for met in reader.met:
        settings += _placed(met, lines, directive)
    papers, numbers = _papers(document), tuple(_numbers(document, looks))
    return Typeset(tuple(sorted(settings, key=lambda s: s.start)), papers, numbers)


@dataclass(frozen=True, slots=True)
class _Met:
    """A paragraph as it was met: its pieces of text with their looks."""

    pieces: tuple[tuple[str, Look], ...]
    label: str
    form: Form
    side: Side
    length: float
    rule: float
    cell: bool


class _Reader(_Body):
    """Reads the body as ``ingest.wordfile`` does and notes how each paragraph is set."""

    def __init__(self, document: Document, looks: Looks) -> None:
        super().__init__(document)
        self._looks = looks
        self._width = _text_width(document)
        self.met: list[_Met] = []
        self._inside = 0

    def _paragraph(self, paragraph: Any) -> str:
        text = super()._paragraph(paragraph)
        if text.strip():
            self.met.append(self._noted(paragraph, text))
        return text

    def _noted(self, paragraph: Any, text: str) -> _Met:
        pieces = tuple((nfc("".join(_letters(run))), self._looks.of(run, paragraph)) for run in paragraph.iter(f"{W}r"))
        form = self._looks.form(paragraph)
        first = next((piece for piece, _ in pieces if piece.strip(" ")), "")
        if first.startswith("\t"):
            form = Form(form.align, form.indent + _TAB_MM, form.left, form.before, form.after, form.spacing, form.exact)
        own = "".join(piece for piece, _ in pieces)
        label = text.strip().removesuffix(own.strip()).strip() if own.strip() else ""
        side, width, cell = _column(paragraph, self._width)
        length = _length(pieces)
        rule = rule_under(paragraph, width, length)
        return _Met(pieces, label, form, side, min(length, width) if width else length, rule, cell)


def _letters(run: Any) -> Iterator[str]:
    for node in run:
        if node.tag == f"{W}t":
            yield node.text or ""
        elif node.tag in (f"{W}tab", f"{W}ptab"):
            yield "\t"
        elif node.tag in (f"{W}br", f"{W}cr"):
            yield "\n"
        elif node.tag == f"{W}noBreakHyphen":
            yield "-"


def _length(pieces: tuple[tuple[str, Look], ...]) -> float:
    """Return the length in points of the last line of a paragraph, as far as it is broken by hand."""
    last = 0.0
    for text, look in pieces:
        for k, part in enumerate(text.split("\n")):
            last = (0.0 if k else last) + width_of(part.strip("\t"), look.size or _WORD_SIZE, bool(look.bold))
    return last


def _lines(directive: Directive) -> dict[str, deque[int]]:
    """Return where each line of the text begins, and each cell of a row, by its words."""
    found: dict[str, deque[int]] = defaultdict(deque)
    at = 0
    for line in directive.text.replace("\f", "\n").split("\n"):
        start = at
        for cell in line.split("\t"):
            found[" ".join(cell.split())].append(start + len(cell) - len(cell.lstrip()))
            start += len(cell) + 1
        at += len(line) + 1
    return found


def _placed(met: _Met, lines: dict[str, deque[int]], directive: Directive) -> Iterator[Setting]:
    """Yield the settings of a paragraph, one for each line that it was broken into by hand."""
    rows: list[list[tuple[str, Look]]] = [[]]
    for text, look in met.pieces:
        for k, part in enumerate(text.split("\n")):
            if k:
                rows.append([])
            rows[-1].append((part, look))
    rows = [row for row in rows if "".join(part for part, _ in row).strip()]
    for k, row in enumerate(rows):
        own = " ".join("".join(part for part, _ in row).split())
        label = met.label if k == 0 else ""
        waiting = lines.get(f"{label} {own}".strip())
        if not waiting:
            continue
        start = waiting.popleft()
        line = _LINE_END.split(directive.text[start : start + _MOST], maxsplit=1)[0]
        stripped = line.split("\t", 1)[0].rstrip()
        strips = _strips(row, start, stripped, len(label))
        place = directive.place(start)
        last = k + 1 == len(rows)
        yield Setting(
            start, start + len(stripped), place.page, strips, met.side, met.form,
            length=met.length, rule=met.rule if last else 0.0,
            table=met.cell and (line != stripped or directive.text[max(0, start - 1) : start] == "\t"),
        )  # fmt: skip


def _strips(row: list[tuple[str, Look]], start: int, line: str, label: int) -> tuple[Strip, ...]:
    """Return the runs of a line with their offsets; blanks aside, the runs and the line have the same characters."""
    looks = [look for text, look in row for c in text if not c.isspace()]
    marks = [k for k, c in enumerate(line) if not c.isspace()]
    marks = marks[len(marks) - len(looks) :] if label else marks
    pairs = list(zip(marks, looks, strict=False))
    found = []
    for look, group in groupby(pairs, key=lambda pair: pair[1]):
        places = [at for at, _ in group]
        found.append(Strip(start + places[0], start + places[-1] + 1, look))
    return tuple(found)


class Looks:
    """What the runs and paragraphs of a document look like, through its styles."""

    def __init__(self, document: Document) -> None:
        self._styles = Styles(document)
        root = document.styles.element
        self._run_defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._paragraph_defaults = root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr")
        default = next((style for style in root.iter(f"{W}style") if _is_default(style)), None)
        self._default = None if default is None else default.get(f"{W}styleId")
        self._levels = _levels(document)

    def of(self, run: Any, paragraph: Any) -> Look:
        """Return the look of a run."""
        rows = [run.find(f"{W}rPr"), *self._style_rows(_value(run, "rPr/rStyle"), "rPr")]
        rows += [*self._style_rows(_value(paragraph, "pPr/pStyle") or self._default, "rPr"), self._run_defaults]
        size = _first(rows, "sz", "val")
        colour = (_first(rows, "color", "val") or "000000").upper()
        return Look(
            float(size) / 2 if size else _WORD_SIZE,
            _switched(rows, "b"),
            _switched(rows, "i"),
            self._styles.font(run, paragraph),
            "000000" if colour == "AUTO" else colour,
        )

    def form(self, paragraph: Any) -> Form:
        """Return how a paragraph stands."""
        style = _value(paragraph, "pPr/pStyle") or self._default
        own = paragraph.find(f"{W}pPr")
        styled = self._style_rows(style, "pPr")
        numbered = next((n for n in (self._level(row) for row in [own, *styled]) if n is not None), None)
        rows = [own, numbered, *styled, self._paragraph_defaults]
        hanging, first = _first(rows, "ind", "hanging"), _first(rows, "ind", "firstLine")
        if own is not None and own.find(f"{W}ind") is not None and own.find(f"{W}ind").get(f"{W}firstLine"):
            hanging = None
        left = _first(rows, "ind", "left") or _first(rows, "ind", "start")
        line, kind = _first(rows, "spacing", "line"), _first(rows, "spacing", "lineRule") or "auto"
        exact = _points(line) if line and kind != "auto" else None
        return Form(
            align=_ALIGN.get(_first(rows, "jc", "val") or "", Align.LEFT),
            indent=(-_points(hanging) if hanging else _points(first)) / POINTS_PER_MM,
            left=_points(left) / POINTS_PER_MM,
            before=_points(_first(rows, "spacing", "before")),
            after=_points(_first(rows, "spacing", "after")),
            spacing=None if exact is not None else float(line) / 240 if line else 1.0,
            exact=exact,
        )

    def _style_rows(self, style: str | None, kind: str) -> list[Any]:
        return [] if style is None else [s.find(f"{W}{kind}") for s in self._styles.chain(style)]

    def _level(self, properties: Any) -> Any:
        """Return the paragraph properties that a list gives to its level."""
        if properties is None or properties.find(f"{W}numPr") is None:
            return None
        number, level = _value(properties, "numPr/numId"), _value(properties, "numPr/ilvl")
        return self._levels.get((number, level or "0"))


def _is_default(style: Any) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true")


def _levels(document: Document) -> dict[tuple[str | None, str | None], Any]:
    root = part_xml(document, "numbering")
    if root is None:
        return {}
    abstract = {node.get(f"{W}abstractNumId"): node for node in root.iter(f"{W}abstractNum")}
    found = {}
    for node in root.iter(f"{W}num"):
        target = node.find(f"{W}abstractNumId")
        for level in abstract.get(None if target is None else target.get(f"{W}val"), ()):
            if level.tag == f"{W}lvl":
                found[node.get(f"{W}numId"), level.get(f"{W}ilvl")] = level.find(f"{W}pPr")
    return found


def _value(node: Any, path: str) -> str | None:
    found = node.find("/".join(f"{W}{part}" for part in path.split("/")))
    return None if found is None else found.get(f"{W}val")


def _first(rows: list[Any], tag: str, attribute: str) -> str | None:
    """Return an attribute where it is said first."""
    for row in rows:
        node = None if row is None else row.find(f"{W}{tag}")
        value = None if node is None else node.get(f"{W}{attribute}")
        if value is not None:
            return str(value)
    return None


def _switched(rows: list[Any], tag: str) -> bool:
    """Tell whether a property that is on or off is on, where it is said first."""
    for row in rows:
        node = None if row is None else row.find(f"{W}{tag}")
        if node is not None:
            return node.get(f"{W}val") not in ("0", "false", "none", "off")
    return False


def _points(twips: str | None) -> float:
    try:
        return float(twips or 0) / _TWIPS
    except ValueError:  # "12pt", a percentage: written by no word processor that is in use
        return 0.0


def _text_width(document: Document) -> float:
    section = document.sections[0]
    lengths = section.page_width, section.left_margin, section.right_margin
    if any(length is None for length in lengths):
        return 0.0
    width, left, right = (float(length or 0) / _EMU for length in lengths)
    return width - left - right


def _column(paragraph: Any, width: float) -> tuple[Side, float, bool]:
    """Return the column of a paragraph, how wide (points) its place is, and whether that is a cell of a table."""
    node = paragraph.getparent()
    while node is not None and node.tag != f"{W}tc":
        node = node.getparent()
    if node is None:
        return Side.WHOLE, width, False
    row = node.getparent()
    while row is not None and row.tag != f"{W}tr":
        row = row.getparent()
    cells = [] if row is None else list(_children(row, "tc"))
    wide = node.find(f"{W}tcPr/{W}tcW")
    try:
        stated = float(wide.get(f"{W}w")) / _TWIPS if wide is not None and wide.get(f"{W}type") == "dxa" else 0.0
    except ValueError:
        stated = 0.0
    own = (stated or width / max(1, len(cells))) - _CELL_MARGINS
    if len(cells) < 2:
        return Side.WHOLE, own, True
    side = Side.LEFT if cells[0] is node else Side.RIGHT if cells[-1] is node else Side.WHOLE
    return side, own, True


def _papers(document: Document) -> tuple[Paper, ...]:
    found = []
    for k, section in enumerate(document.sections):
        lengths = (
            section.page_width, section.page_height, section.top_margin, section.bottom_margin, section.left_margin,
            section.right_margin,
        )  # fmt: skip
        width, height, *margins = (
            None if length is None else float(length) / _EMU / POINTS_PER_MM for length in lengths
        )
        if width is not None and height is not None:
            found.append(Paper(k + 1, width, height, *(None if m is None else abs(m) for m in margins)))
    return tuple(found)


def _numbers(document: Document, looks: Looks) -> Iterator[PageNumber]:
    """Yield the page numbers of the first section: page 1 the first page, page 2 those after it."""
    section = document.sections[0]
    first = section.different_first_page_header_footer
    for top, usual, opening in (
        (True, section.header, section.first_page_header),
        (False, section.footer, section.first_page_footer),
    ):
        shown = _shown(usual, looks, top)
        if shown is not None:
            yield PageNumber(2, *shown)
        first_shown = _shown(opening, looks, top) if first else shown
        if first_shown is not None:
            yield PageNumber(1, *first_shown)


def _shown(part: Any, looks: Looks, top: bool) -> tuple[bool, Align, float | None] | None:
    """Return place, alignment and size of the page number in a header or footer, None where it shows none."""
    for paragraph in part._element.iter(f"{W}p"):
        codes = [node.text or "" for node in paragraph.iter(f"{W}instrText")]
        codes += [node.get(f"{W}instr") or "" for node in paragraph.iter(f"{W}fldSimple")]
        if not any(code.split()[:1] == ["PAGE"] for code in codes):
            continue
        runs = [run for run in paragraph.iter(f"{W}r") if run.find(f"{W}t") is not None] or list(
            paragraph.iter(f"{W}r")
        )
        size = looks.of(runs[0], paragraph).size if runs else None
        frame = paragraph.find(f"{W}pPr/{W}framePr")
        align = looks.form(paragraph).align
        if frame is not None and frame.get(f"{W}xAlign") == "center":
            align = Align.CENTRE
        return top, align, size
    return None
