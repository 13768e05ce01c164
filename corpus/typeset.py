"""How a document is set (kỹ thuật trình bày): paper, margins, letters, paragraphs, rules, page numbers.

The same description comes from a DOCX, where the file says it, and from a digital PDF, where it is measured. Offsets
are those of ``Document.text``. Lengths on paper are in millimetres, sizes of letters and spaces in points. ``None``
means that it is not known, never a default.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from corpus.document import Box
from corpus.layout30 import Align

#: Points in a millimetre.
POINTS_PER_MM = 72 / 25.4


class Side(StrEnum):
    """Which column of the page a line stands in, as letterhead and sign-off have two."""

    LEFT = "left"
    RIGHT = "right"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Look:
    """How letters look: size in points, bold, italic, name of the font, colour as six hex digits."""

    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    font: str = ""
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """Letters of one look: ``document.text[start:end]``."""

    start: int
    end: int
    look: Look


@dataclass(frozen=True, slots=True)
class Form:
    """How a paragraph stands, as a DOCX says it.

    ``indent`` is that of its first line against the others, ``left`` that of the others, in millimetres; ``before``
    and ``after`` in points; ``spacing`` in lines, or None where it is exact; ``exact`` then in points.
    """

    align: Align = Align.LEFT
    indent: float = 0.0
    left: float = 0.0
    before: float = 0.0
    after: float = 0.0
    spacing: float | None = 1.0
    exact: float | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """A paragraph of a DOCX or a line of a PDF page: ``document.text[start:end]``.

    ``form`` is given for a DOCX, ``box`` (points from the top left of the page) for a PDF. ``length`` is that of the
    line, ``rule`` that of the rule under it, 0.0 where there is none, both in points. ``table``: it stands in a table
    of data.
    """

    start: int
    end: int
    page: int
    strips: tuple[Strip, ...]
    side: Side = Side.WHOLE
    form: Form | None = None
    box: Box | None = None
    length: float | None = None
    rule: float | None = None
    table: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet and its margins in millimetres; a margin that cannot be told is None. ``page`` is the first such page."""

    page: int
    width: float
    height: float
    top: float | None = None
    bottom: float | None = None
    left: float | None = None
    right: float | None = None


@dataclass(frozen=True, slots=True)
class PageNumber:
    """A page number as it is shown: on which page (DOCX: 1 the first, 2 the others), where, in what size."""

    page: int
    top: bool
    align: Align
    size: float | None


@dataclass(frozen=True)
class Typeset:
    """How a document is set. ``measured``: by looking at pages (PDF), not by what the file says (DOCX).

    ``pages`` is how many it has, None for a DOCX; ``blind`` are the pages whose letters are a picture.
    """

    settings: tuple[Setting, ...]
    papers: tuple[Paper, ...] = ()
    numbers: tuple[PageNumber, ...] = ()
    measured: bool = False
    pages: int | None = None
    blind: frozenset[int] = frozenset()
    notes: tuple[str, ...] = field(default=())

    def on(self, start: int, end: int) -> list[Setting]:
        """Return the settings that ``document.text[start:end]`` touches, in order."""
        return [s for s in self.settings if s.start < end and start < s.end]
