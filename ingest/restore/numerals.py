"""Repairs of numbers and list letters, by the form they must have and by nothing else.

Document numbers follow the grammar of ``corpus.numbers``. Here are the forms around it: dates, years and shares with a
letter in them ("3O%", "l5/9/2022"), the codes of the codified law (Pháp điển, "39.13.NĐ.88.9") and the letters of
points (điểm), whose order is a, b, c, d, đ, e, g, h, i, k … (Nghị định 30/2020/NĐ-CP, Phụ lục I).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.layout30 import POINTS
from corpus.numbers import NumberMatch, find_numbers

#: The order of points in a clause.
#: What an English OCR writes for the letter of a point, where it is not the letter itself.
_LOOKS_LIKE = {
    "d": "dđ",
    "¢": "ce",
    "©": "c",
    "@": "dđa",
    "4": "đ",
    "8": "g",
    "1": "l",
    "dj": "đ",
    "đ": "đ",
    "€": "ec",
    "6": "đ",
}
_POINT = re.compile(r"[ \t]*(?P<mark>[A-Za-zđ]|[¢©@€4816]|dj)(?P<close>[).])(?=\s|$)")

_DIGITS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1"})
_D = "[0-9OolI|]"
_DATE = rf"(?<![\w/.,-]){_D}{{1,2}}(?P<s>[/.-]){_D}{{1,2}}(?P=s)(?:[12l]{_D}{{3}})(?![\w/-])"
_SHARE = rf"(?<![\w/.,-])(?=\S*\d){_D}{{1,3}}(?:,{_D}{{1,2}})?\s?%"
_YEAR = r"(?<![\w/.,-])2[0Oo][0-9OolI]{2}(?:\s?[-–]\s?2[0Oo][0-9OolI]{2})?(?![\w/-])"
_FORMS = [re.compile(p) for p in (_DATE, _SHARE, _YEAR)]
_ROMAN = re.compile(
    r"(?:^[ \t]*|(?:[Cc]h\w{2,4}ng|[Pp]h\w{1,2}|[Ll]\w{1,2}c|[Mm]\w{1,2}c|[Kk]\w|[Qq]u\w)[ ])"
    r"(?P<roman>[IVX][IVXvx1l|]{1,3}|[IVX1l|]{2,4})(?=[.:)]|\s|$)",
    re.MULTILINE,
)
#: The number of a part on its own: "I. ĐẶC ĐIỂM", and "v." before capitals.
_ROMAN_PART = re.compile(r"^[ \t]*(?P<roman>[IVX]|v(?=\. [^\Wa-z\d_]{2,} [^\Wa-z\d_]{2}))(?=[./][ \t])", re.MULTILINE)
#: The stop behind the number of a part, read as the foot of its last stroke: "IL DOI VOI", "VIL TO CHUC".
_ROMAN_FOOT = re.compile(r"^[ \t]*(?P<roman>[IVX]{1,3})L(?= [A-ZĐ]{2,}[ ,][A-ZĐ])", re.MULTILINE)
#: A day whose sign was read twice: "30,.6.2023", "15,/6/2023".
_TWO_SIGNS = re.compile(r"(?<![\w/.,-])(?P<day>\d{1,2})[.,/]{2}(?P<rest>\d{1,2}(?P<sign>[./])20\d\d)(?![\w/-])")
_TERM = re.compile(r"(?<!\w)[Hh][oọ]c [Kk][yýỳỹ] (?P<roman>[|l])(?=[\s,.;)]|$)", re.MULTILINE)
#: A quarter has no number above four, so that ones are strokes: "quý 11/2026" is quý II/2026.
_QUARTER = re.compile(r"(?<!\w)[Qq]u[yýỹỳ] (?P<roman>1{2,3})(?![\w.,])")
#: The same before its year, and the number of a part before a stroke: "quy IV/2023", "Ill/ MOT SO LUU Y".
_BEFORE_STROKE = re.compile(
    r"(?:(?<!\w)[Qq]u[yýỹỳ] (?P<quarter>I[Il]{0,2}|IV)(?=/20\d\d)"
    r"|^[ \t]*(?P<part>I[Il]{0,2}|IV|VI{0,3}|IX|X)(?=/ [A-ZĐ]))",
    re.MULTILINE,
)
_ROMAN_DIGITS = str.maketrans("1l|vx", "IIIVX")
_ROMAN_NUMERAL = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
#: "V/v" (về việc) opens the subject of a công văn; "./." closes a directive; a phòng's own sign is PGDĐT.
_SUBJECT = re.compile(r"^[ \t]*[‘'`]?(?P<mark>V[/il|1]?v|VWv|VAv|WW)(?=[ ])", re.MULTILINE)
_CLOSE = re.compile(r"(?<=[^\W\d_])/\.(?=\s|$)")
_OFFICE = re.compile(r"(?<![\w/])\d{1,5}/PGD[DBP]T(?!\w)")
#: Hội đồng Bộ trưởng (until 1992), whose numbers have no year: "167-HĐBT".
_COUNCIL = re.compile(r"(?<![\w/])\d{1,4}\s?[-/]\s?(?P<council>H[DPB]BT)(?!\w)")
_CODIFIED = re.compile(r"(?<![\w.])(?P<head>\d{1,2}\.\d{1,2}\.)(?P<type>[NQ][DBP])(?P<tail>\.\d[\d.]*)")


@dataclass(frozen=True, slots=True)
class Fixed:
    """``text[start:end]`` is a number or a mark and reads ``reading``; it is no word for the language model."""

    start: int
    end: int
    reading: str
    confidence: float = 1.0
    alternatives: tuple[str, ...] = ()


def fixed_parts(text: str) -> list[Fixed]:
    """Return what is not for the language model in a broken text, in order, without overlaps."""
    found = [*_document_numbers(text), *_forms(text), *points(text)]
    found.sort(key=lambda f: (f.start, -f.end))
    kept: list[Fixed] = []
    for part in found:
        if not kept or part.start >= kept[-1].end:
            kept.append(part)
    return kept


def _document_numbers(text: str) -> Iterator[Fixed]:
    for match in find_numbers(text):
        yield from _one_number(match)


def _one_number(match: NumberMatch) -> Iterator[Fixed]:
    """Yield the repaired number; one that runs over a line end keeps the line end and is yielded in two parts."""
    start, normal, others = match.start, str(match.number), match.alternatives
    if "GD&" in match.surface:  # the normal form has no "&"; the text keeps it
        normal = normal.replace("GDĐT", "GD&ĐT")
    head, newline, tail = match.surface.partition("\n")
    if newline:
        joints = sum(c in "/-–" for c in head)
        at = -1
        for _ in range(joints):
            at = next((k for k in range(at + 1, len(normal)) if normal[k] in "/-"), len(normal))
        head, tail = head.rstrip(), tail.lstrip()
        yield Fixed(start, start + len(head), normal[: at + 1], match.confidence)
        yield Fixed(match.end - len(tail), match.end, normal[at + 1 :], match.confidence)
        return
    if match.glued:
        start -= len(match.glued)
        normal = ("Số " if match.glued[0].isupper() else "số ") + normal
    yield Fixed(start, match.end, normal, match.confidence, others)


def _forms(text: str) -> Iterator[Fixed]:
    for pattern in _FORMS:
        for match in pattern.finditer(text):
            reading = match.group().translate(_DIGITS)
            yield Fixed(match.start(), match.end(), reading, 0.9 if reading != match.group() else 1.0)
    for match in _ROMAN.finditer(text):
        reading = match["roman"].translate(_ROMAN_DIGITS)
        if not match["roman"].isdigit() and _ROMAN_NUMERAL.fullmatch(reading):
            sure = 1.0 if reading == match["roman"] else 0.85
            yield Fixed(match.start("roman"), match.end("roman"), reading, sure)
    for match in [*_ROMAN_PART.finditer(text), *_TERM.finditer(text), *_QUARTER.finditer(text)]:
        reading = match["roman"].translate(_ROMAN_DIGITS)
        yield Fixed(match.start("roman"), match.end("roman"), reading, 1.0 if reading == match["roman"] else 0.85)
    for match in _BEFORE_STROKE.finditer(text):
        group = "quarter" if match["quarter"] else "part"
        yield Fixed(*match.span(group), match[group].translate(_ROMAN_DIGITS), 0.9)
    for match in _ROMAN_FOOT.finditer(text):
        yield Fixed(match.start("roman"), match.end(), f"{match['roman']}I.", 0.85)
    for match in _TWO_SIGNS.finditer(text):
        yield Fixed(match.start(), match.end(), f"{match['day']}{match['sign']}{match['rest']}", 0.85)
    for match in _SUBJECT.finditer(text):
        yield Fixed(match.start("mark"), match.end("mark"), "V/v", 1.0 if match["mark"] == "V/v" else 0.9)
    for match in _CLOSE.finditer(text):
        yield Fixed(match.start(), match.end(), "./.", 0.9)
    for match in _OFFICE.finditer(text):
        yield Fixed(match.start(), match.end(), match.group()[:-2] + "ĐT", 0.9)
    for match in _COUNCIL.finditer(text):
        start = match.start()
        yield Fixed(start, match.end(), text[start : match.start("council")] + "HĐBT", 0.9)
    for match in _CODIFIED.finditer(text):
        yield Fixed(match.start(), match.end(), f"{match['head']}{match['type'][0]}Đ{match['tail']}", 0.95)


def points(text: str) -> Iterator[Fixed]:
    """Yield the letters of points at line starts, in the one order they can stand in.

    A mark that can be the letter that comes next is that letter; "d" without a point before it looks at the one after.
    """
    marks = []
    at = 0
    for line in text.split("\n"):
        match = _POINT.match(line)
        if match and (match["close"] == ")" or not match["mark"].isdigit()):
            marks.append((at + match.start("mark"), match["mark"]))
        at += len(line) + 1
    previous = ""
    for k, (start, mark) in enumerate(marks):
        reading = _point(mark, previous, marks[k + 1][1] if k + 1 < len(marks) else "")
        if reading is not None:
            previous = reading
            yield Fixed(start, start + len(mark), reading, 1.0 if reading == mark else 0.85)


def _point(mark: str, previous: str, following: str) -> str | None:
    if mark.isupper():
        return None
    can_be = _LOOKS_LIKE.get(mark, mark if mark in POINTS else "")
    expected = POINTS[POINTS.index(previous) + 1] if previous and previous != POINTS[-1] else "a"
    if expected in can_be:
        return expected
    if mark.isdigit() or not can_be:
        return None
    if mark == "d":
        return "đ" if following == "e" else "d"
    return can_be if len(can_be) == 1 else None
