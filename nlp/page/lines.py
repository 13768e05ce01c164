"""Lines of a document with their offsets, and paragraphs joined from lines with the way back to the document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from corpus.document import BlockKind, Document
from corpus.text import LOWER, UPPER
from nlp.page.indents import indented
from nlp.words.folding import folded
from nlp.words.glued import missing_blanks

#: A line longer than this is cut at blanks: no paragraph of a directive is so long, and work stays linear.
MAX_LINE = 20_000

# Markdown and HTML marks that converters leave: headings, bold, tags, angle brackets around addresses.
_MARKS = re.compile(
    r"^[ \t]{0,8}#{1,6}[ \t]+|\*{1,3}|</?[A-Za-z][^<>\n]{0,120}>|^[ \t]{0,8}>[ \t]|\\(?=[-.*_])"
    # a link and where it leads: "[Thông tư số 32/2018/TT-BGDĐT](#)"
    r"|\[(?=[^\[\]\n]{1,240}\]\((?:#|/|https?:)[^()\s]{0,240}\))|\]\((?:#|/|https?:)[^()\s]{0,240}\)",
    re.MULTILINE,
)
#: A speck of a scan between a time's first word and its day, also about a line's end, which would end the sentence
#: ("ngày. 26/4/2024", "ngày : ⏎ 18/10/2024", "ngày ⏎ -12/10"); one behind a stop ("; các trường" read ";' các trường").
_SPECK = re.compile(
    r"(?:[Nn]gày|[Tt]rước)(?:(?P<a>[^\S\n]?[.:;,'’_])"
    r"(?=\s{1,2}\d{1,2}(?:[^\S\n]?/[^\S\n]?\d{1,2}(?!\d)|[.-]\d{1,2}[.-]\d{4}|\stháng\s\d))"
    r"|\s{1,2}(?P<b>[-–.,:;'’_])(?=\d{1,2}/\d{1,2}(?!\d)))"
    r"|[;,](?P<c>['’`^])(?=\s)"
)
#: So far about a line its neighbours are looked at.
_AHEAD, _BEHIND = 16, 8


@dataclass(frozen=True)
class Line:
    """A line that is not blank: ``document.text[start:end]`` without blanks at its ends.

    ``text`` is the line without markdown marks; ``parts`` its pieces as (offset in ``text``, offset in the document).
    ``gap``: blank lines or a page break stand before it. ``hint`` is what layout analysis called the place. ``indent``
    is where it begins, in points from the left, if it is set in as the first line of a paragraph; None where not known.
    """

    start: int
    end: int
    text: str
    parts: tuple[tuple[int, int], ...]
    page: int
    number: int
    gap: bool
    new_page: bool
    hint: BlockKind | None = None
    indent: float | None = None

    @cached_property
    def fold(self) -> str:
        """The line folded for matching."""
        return folded(self.text)


def lines_of(document: Document) -> list[Line]:
    """Return the lines of ``document`` that are not blank, in reading order."""
    found: list[Line] = []
    least = 2 if _is_double_spaced(document.text) else 1
    for page in document.pages:
        base, first = document.page_start(page.number), True
        begun = len(found)
        gap, at, blank = False, 0, 0
        for raw in page.text.replace("\f", "\n").split("\n"):
            blank = 0 if raw.strip() else blank + 1
            if blank >= least:
                gap = True
            for lo, hi in _pieces(raw, at):
                made = _line(page.text, lo, hi, base)
                if made is None:
                    gap = True
                    continue
                text, parts = made
                hint = next((b.kind for b in page.blocks if b.start <= lo < b.end), None)
                found.append(Line(base + lo, base + hi, text, parts, page.number, page.line_at(lo), gap, first, hint))
                gap = first = False
            at += len(raw) + 1
        indents = indented(page, [(line.start - base, line.end - base) for line in found[begun:]])
        found[begun:] = [
            line if indent is None else replace(line, indent=indent)
            for line, indent in zip(found[begun:], indents, strict=True)
        ]
    return found


#: A line that a blank one parts from the paragraph it goes on with.
_TORN = re.compile(rf"\S[^\S\n]*\n(?:[^\S\n]*\n)+[^\S\n]*[{LOWER}]")
_PARTED = re.compile(r"\S[^\S\n]*\n(?:[^\S\n]*\n)+[^\S\n]*\S")
_TOGETHER = re.compile(r"\S[^\S\n]*\n[^\S\n]*\S")
#: So few lines tell nothing of how a text is spaced.
_FEW_TORN = 3


def _is_double_spaced(text: str) -> bool:
    """Tell whether a blank line stands behind every line, in paragraphs as well, as text copied out of a PDF has."""
    parted, together = (sum(1 for _ in kind.finditer(text)) for kind in (_PARTED, _TOGETHER))
    return together * 8 < parted and sum(1 for _ in _TORN.finditer(text)) >= max(_FEW_TORN, parted // 10)


#: What a page's end or a lost break glued together: a label behind the mark that ends what stands before it ("… như
#: sau:1. Báo cáo", "… hiệu quả.- Tăng cường"), an annex behind the last name ("Bùi Thị HoaPhụ lục 1"), a line of the
#: letterhead behind another ("… TÂN LẬPTRƯỜNG TIỂU HỌC …", "… KIM ĐỒNGSố: 12/KH").
_GLUED = re.compile(
    rf"(?<=[{LOWER})”][.;:])(?=(?:\d{{1,2}}\.|[a-zđ]\)|[IVX]{{1,4}}\.|[-–])\s[{UPPER}])"
    rf"|(?<=[{LOWER}])(?=(?:Phụ lục|PHỤ LỤC)(?:\s(?:số\s)?(?:[IVX]{{1,5}}|\d{{1,2}}))?\W{{0,2}}$)"
    rf"|(?<=[{UPPER}]{{3}})(?=TRƯỜNG (?:MẦM NON|MẪU GIÁO|TIỂU HỌC|TH|THCS|THPT|TRUNG HỌC|PT\w*|MN|MG) |SỞ GIÁO DỤC"
    rf"|PHÒNG (?:GIÁO DỤC|GD)|CỘNG H[OÒ][ÀA] XÃ HỘI|Số\s{{0,2}}:|Độc lập)"
)
_MAY_BE_GLUED = re.compile(
    r"[.;:](?:\d{1,2}\.|\w\)|[IVX]{1,4}\.|[-–])\s|\wP(?:hụ lục|HỤ LỤC)"
    rf"|[{UPPER}]{{3}}(?:TRƯỜNG |SỞ |PHÒNG |CỘNG |Số|Độc )"
)


def _pieces(raw: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield the offsets of a line without blanks at its ends, a very long line cut at blanks."""
    lo, end = 0, len(raw)
    while lo < end:
        hi = min(end, lo + MAX_LINE)
        if hi < end:
            blank = raw.rfind(" ", lo + MAX_LINE // 2, hi)
            hi = blank if blank > lo else hi
        piece = raw[lo:hi]
        left = len(piece) - len(piece.lstrip())
        bare = piece.strip()
        if bare:
            start = at + lo + left
            cuts = (
                [0, *(m.start() for m in _GLUED.finditer(bare)), len(bare)]
                if _MAY_BE_GLUED.search(bare)
                else [0, len(bare)]
            )
            yield from ((start + a, start + b) for a, b in pairwise(cuts))
        lo = hi


def _line(text: str, lo: int, hi: int, base: int) -> tuple[str, tuple[tuple[int, int], ...]] | None:
    """Return the text of a line without marks and its parts; None where only marks or rules (-----) stand."""
    raw = text[lo:hi]
    out: list[str] = []
    parts: list[tuple[int, int]] = []
    length = at = 0
    for start, end, is_tag in [*_marks_in(text, lo, hi), (len(raw), len(raw), False)]:
        piece = raw[at:start]
        if piece:
            parts.append((length, base + lo + at))
            out.append(piece)
            length += len(piece)
        if is_tag and piece and not piece.endswith(" "):
            out.append(" ")
            length += 1
        at = end
    joined = "".join(out)
    bare = joined.strip()
    if not bare or not bare.strip("-_=.~ \t…"):
        return None
    cut = len(joined) - len(joined.lstrip())
    shifted = tuple((max(0, a - cut), b + max(0, cut - a)) for a, b in parts)
    blanks = missing_blanks(bare)
    return _with_blanks(bare, shifted, blanks) if blanks else (bare, shifted)


def _with_blanks(
    text: str, parts: tuple[tuple[int, int], ...], blanks: list[int]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a line's text with blanks at the offsets ``blanks``, and its parts."""
    keys = [a for a, _ in parts]
    starts = sorted({*keys, *blanks})
    out: list[tuple[int, int]] = []
    for start in starts:
        a, b = parts[max(0, bisect_right(keys, start) - 1)]
        out.append((start + bisect_right(blanks, start), b + start - a))
    pieces = [text[a:b] for a, b in pairwise([0, *blanks, len(text)])]
    return " ".join(pieces), tuple(out)


def _marks_in(text: str, lo: int, hi: int) -> list[tuple[int, int, bool]]:
    """Return what is no part of the line ``text[lo:hi]``, marks and specks: from where to where in it and
    whether it is a tag."""
    raw = text[lo:hi]
    found = [(m.start(), m.end(), m.group().startswith("<")) for m in _MARKS.finditer(raw)] if _has_marks(raw) else []
    around = _SPECK.finditer(text, max(0, lo - _BEHIND), min(len(text), hi + _AHEAD))
    specks = (m.span(m.lastgroup or 0) for m in around)
    found += [(start - lo, end - lo, False) for start, end in specks if lo <= start and end <= hi]
    return sorted(found)


def _has_marks(raw: str) -> bool:
    return "*" in raw or "#" in raw or "<" in raw or ">" in raw or "\\" in raw or "](" in raw


def piece(line: Line, start: int, end: int) -> Line:
    """Return ``line.text[start:end]`` without blanks at its ends as a line of its own."""
    text = line.text[start:end]
    start += len(text) - len(text.lstrip())
    bare = text.strip()
    lo, hi = join([line]).span(start, start + len(bare))
    parts = tuple((max(0, a - start), b + max(0, start - a)) for a, b in line.parts if a < start + len(bare))
    return replace(line, start=lo, end=hi, text=bare, parts=parts)


@dataclass(frozen=True)
class Joined:
    """Lines joined to one paragraph. ``text`` has single blanks where lines met; offsets lead back."""

    text: str
    parts: tuple[tuple[int, int], ...]

    @cached_property
    def fold(self) -> str:
        """``text`` folded for matching, of the same length."""
        return folded(self.text)

    @cached_property
    def _keys(self) -> list[int]:
        return [a for a, _ in self.parts]

    def at(self, offset: int) -> int:
        """Return the document offset of a character of ``text``."""
        a, b = self.parts[max(0, bisect_right(self._keys, offset) - 1)]
        return b + offset - a

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the document offsets of ``text[start:end]``; blanks at its ends are left out."""
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        end = max(start, end - (len(piece) - len(piece.rstrip())))
        lo = self.at(start)
        return lo, max(lo, self.at(end - 1) + 1 if end > start else lo)


def join(lines: Iterable[Line]) -> Joined:
    """Join ``lines`` to one paragraph."""
    out: list[str] = []
    parts: list[tuple[int, int]] = []
    length = 0
    for line in lines:
        if out:
            out.append(" ")
            length += 1
        parts += [(length + a, b) for a, b in line.parts]
        out.append(line.text)
        length += len(line.text)
    return Joined("".join(out), tuple(parts) or ((0, 0),))
