"""Dirt that an OCR read as signs, and marks at line beginnings that it misread: rules of form, no language model.

A sign that stands alone between blanks is no Vietnamese punctuation, which always sticks to a word; how sure the OCR is
says how far to believe it. Marks at line beginnings are the dash of a list (gạch đầu dòng), the roman numeral of a part
(phần I, II, III) and the letter of a point (điểm a, b, c).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.numbers import find_numbers
from corpus.text import UPPER
from ingest.restore.decoder import Found
from ingest.restore.numerals import points

#: The confidence in 0..1 of the word at (line, column).
Sure = Callable[[int, int], float]

_TOKEN = re.compile(r"\S+")
#: The number of an item, whose stop may stand apart from it.
_ITEM = re.compile(r"\d{1,2}(?:\.\d{1,2})?|[a-zđI|]|[IVX]{2,4}")
#: A stroke that touches a word, the addresses that may hold one, and hyphens between plain words or figures.
_STROKE = re.compile(r"(?<=[^\W_])_+|_+(?=[^\W_])")
_ADDRESS = re.compile(r"@|://|www\.|\.(?:vn|com|net|org)\b|/\w+\.\w")
_HYPHEN = re.compile(r"(?<=[^\W_])-(?=[^\W\d_]{2})|(?<=[^\W\d_]{2})-(?=\d)")
_SEVERAL = 3
#: Dashes, and a department's abbreviation with a small letter in it, before the dash of another: "GDTrH - ⏎ GDTX".
_DASHES, _PART_OF_NAME = ("-", "–", "—"), re.compile(r"[A-ZĐ]{2,}[a-z]?[A-ZĐ]{1,3}")
_A_DAY = re.compile(r"\d{1,2}/\d{1,2}(?:/\d{4})?")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Speck:
    """Tokens that ``pattern`` matches in whole are dirt where the OCR is less sure than ``below``; ``example`` is one.

    ``last``: only at the end of a line.
    """

    pattern: re.Pattern[str]
    below: float
    example: str
    last: bool = False


SPECKS = (
    Speck(re.compile(r"[|¦_'`´‘’^ˆ°¬¡\\\"„«»›‹®©]+[.,]?"), 1.1, "|"),
    Speck(re.compile(r"[.]"), 0.94, "."),
    Speck(re.compile(r"\.\.|[,:;~>]"), 0.9, ":"),
    Speck(re.compile(r"[-–—]"), 0.85, "-", last=True),
    Speck(re.compile(r"[ÌÍĨÏỊìíĩï]"), 0.9, "Ì"),
    Speck(re.compile(r"[^\W\d]"), 0.3, "Ẹ"),
)

#: Signs stuck to the front of a word that open nothing, and quotes that must be closed to be meant.
_STUCK = re.compile(r"[_'`´„|]+(?=[^\W\d_]{2}|V/v)")
_OPENING = re.compile(r"[“\"](?=[^\W\d_]{2})")
_CLOSED_WITHIN, _QUOTE_SURE = 400, 0.7
#: A stroke of a table with the litter beside it; before a small letter that it touches it is the letter l.
_RULING = re.compile(rf"(?: |^)[=_~—–‘’'`\[\]]{{0,6}} ?\|(?:_+(?!\S))?(?: |$|(?=[{UPPER}\d]))")
_DASH = re.compile(r"[ \t]*(?P<mark>~-?|-~|=-?)(?= \S)")
#: What stands before "- Như trên", "Nơi nhận:", "Số:", "Kính gửi:", "UBND" as an English OCR writes them.
_FRINGE = re.compile(
    r"[ \t]*(?P<mark>[^\w\s/+*•–-]{1,3}|[^\W\d_]|[—_~]{1,3})[ \t]+"
    r"(?=-[ \t]+[^\W\d_]|[NM][o0][il1] nh[aâậ]n\s?[:;.]|S[6o0ôố]\s?[:;]|K[il1]nh g|UBND[ \t]|V/v[ \t])"
)
#: The letter of a part that was read twice ("Cc. TỔ CHỨC"), and a sign behind that of the own number ("Số:; 2385/…").
_TWICE = re.compile(r"[ \t]*(?P<mark>Cc\.)(?= [A-ZĐ]{2})")
_OWN_SIGN = re.compile(r"[ \t]*S[6oóố0ôé] ?:(?P<mark>[;:.,])(?= ?\d)", re.IGNORECASE)
#: A stop inside a sentence: after a plain word, before one in small letters.
_STOP = re.compile(r"(?<![\w.])(?P<before>[^\W\d_]{2,})(?P<stop>\.)(?= (?P<after>[^\W\d_]{2}))")
_STOP_SURE = 0.92

#: Document numbers: a colon between capitals is their hyphen, and "ngày" never belongs to them.
_NUMBER_SIGN = re.compile(r"(?<!\S)\d{1,5}/(?:\d{4}/)?[A-ZĐ]{2,}(?P<sign>:)(?=[A-ZĐ]{2})")
_NUMBER_GLUE = re.compile(r"\d/[A-ZĐ:-]{2,}(?P<sign>-)(?=ngày(?!\w))")

_HEADING = re.compile(r"[ \t]*(?P<mark>[IVXHLl1|]{1,4})\. ?(?=(?:[^\W\d_]+ )*[^\W\d_]{2,})")
_ROMANS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_MARK_SURE = 0.9


def specks(lines: list[str], sure: Sure) -> Iterator[Found]:
    """Yield what is dirt, to be left out with the blank beside it; a line that is nothing but dirt stays as it is."""
    text_left = "\n".join(lines)
    at = 0
    for number, line in enumerate(lines):
        tokens = list(_TOKEN.finditer(line))
        dirt = [_is_speck(t, k == len(tokens) - 1, sure(number, t.start())) for k, t in enumerate(tokens)]
        if len(tokens) > 1 and dirt[-1] and _goes_on(tokens, lines[number + 1 : number + 2]):
            dirt[-1] = False
        if not all(dirt):
            for k, token in enumerate(tokens):
                if k == 1 and token.group() == "." and _ITEM.fullmatch(tokens[0].group()) and not dirt[0]:
                    start, end = tokens[0].end(), token.end()
                    yield Found(number, start, end, ".", 0.9, (line[start:end],), "mark")
                elif dirt[k] and not (k == 0 and _DASH.match(line)):
                    yield _without(number, line, token, number == len(lines) - 1)
                elif not dirt[k]:
                    yield from _stuck(number, token, text_left[at : at + len(line) + _CLOSED_WITHIN], sure)
        at += len(line) + 1


def _is_speck(token: re.Match[str], last: bool, confidence: float) -> bool:
    return any(
        confidence < s.below and (last or not s.last) and s.pattern.fullmatch(token.group()) is not None for s in SPECKS
    )


def _goes_on(tokens: list[re.Match[str]], following: list[str]) -> bool:
    """Tell whether a dash at the end of a line joins what stands before it to the next line: a stretch of days
    ("15/9 - ⏎ 10/10/2025"), a name of two parts ("Phòng GDTrH - ⏎ GDTX")."""
    before, after = tokens[-2].group(), following[0].lstrip()[:2] if following else ""
    name = before.isupper() or _PART_OF_NAME.fullmatch(before) is not None
    day = _A_DAY.fullmatch(before) is not None  # the next line of a table's row begins with another cell
    joins = day or (before[-1].isdigit() and after[:1].isdigit()) or (name and after.isupper() and after.isalpha())
    return joins and tokens[-1].group() in _DASHES


def _without(number: int, line: str, token: re.Match[str], last: bool) -> Found:
    """Return the change that leaves a token out; at the end of the last line it takes the letter before along, for
    an edit without a letter behind the end of the text would stand nowhere."""
    start, end = token.span()
    if end < len(line):
        end += 1
    elif start > 0:
        start -= 1
    kept = line[start - 1 : start] if last and end == len(line) else ""
    return Found(number, start - len(kept), end, kept, 0.9, (line[start:end].strip(),), "speck")


def _stuck(number: int, token: re.Match[str], following: str, sure: Sure) -> Iterator[Found]:
    match = _STUCK.match(token.group())
    if match is None and (match := _OPENING.match(token.group())) is not None:
        rest = following[token.start() + 1 :]
        if sure(number, token.start()) >= _QUOTE_SURE or re.search(r"[”\"]", rest):
            return
    if match is not None:
        start = token.start()
        yield Found(number, start, start + match.end(), "", 0.85, (match.group(),), "speck")


def unruled(line: str) -> str:
    """Return a line with a blank for every stroke of a ruling or fold that an OCR read into it ("thông_tư_số"), as long
    as before; where there are several, hyphens that join plain words are strokes, too."""
    if "_" not in line:
        return line
    found = [at for token in _TOKEN.finditer(line) if not _ADDRESS.search(token.group()) for at in _inside(token)]
    out = _blanked(line, found)
    if len(found) < _SEVERAL:
        return out
    codes = [(m.start, m.end) for m in find_numbers(out)]
    joints = (m.start() for m in _HYPHEN.finditer(out))
    return _blanked(out, (at for at in joints if not any(start <= at < end for start, end in codes)))


def _blanked(line: str, places: Iterable[int]) -> str:
    letters = list(line)
    for at in places:
        letters[at] = " "
    return "".join(letters)


def _inside(token: re.Match[str]) -> Iterator[int]:
    for stroke in _STROKE.finditer(token.group()):
        yield from range(token.start() + stroke.start(), token.start() + stroke.end())


def strokes(lines: Sequence[str], without: Sequence[str]) -> Iterator[Found]:
    """Yield the changes that make ``lines`` the lines ``without`` strokes (``unruled``)."""
    for number, (line, other) in enumerate(zip(lines, without, strict=True)):
        for at, (old, new) in enumerate(zip(line, other, strict=True)):
            if old != new:
                yield Found(number, at, at + 1, new, 0.9, (old,), "speck")


def fringe(lines: Sequence[str]) -> Iterator[Found]:
    """Yield what the edge of a sheet left before the first word of a line: "Ê Nơi nhận:", ": Số: 1032/PGDĐT".

    Only before what opens a line of a directive's frame, for else it may be a word.
    """
    for number, line in enumerate(lines):
        if match := _FRINGE.match(line):
            yield Found(number, match.start("mark"), match.end(), "", 0.9, (match["mark"],), "speck")
        if match := _TWICE.match(line):
            yield Found(number, *match.span("mark"), f"{match['mark'][0]}.", 0.9, (match["mark"],), "speck")
        if match := _OWN_SIGN.match(line):
            yield Found(number, *match.span("mark"), "", 0.9, (match["mark"],), "mark")


def rulings(lines: Sequence[str]) -> Iterator[Found]:
    """Yield the strokes of a table with what an OCR made of the rest of the ruling: "‘|", "~—_—'|", "|Trung tâm"."""
    for number, line in enumerate(lines):
        for match in _RULING.finditer(line):
            start, end = match.span()
            told = f"{' ' * (start > 0)}|{' ' * (end < len(line))}"
            if match.group() != told:
                yield Found(number, start, end, told, 0.9, (match.group().strip(),), "speck")


def dashes(lines: list[str]) -> Iterator[Found]:
    """Yield the dashes of lists that were read as another sign."""
    for number, line in enumerate(lines):
        if match := _DASH.match(line):
            yield Found(number, match.start("mark"), match.end("mark"), "-", 0.95, (match["mark"],), "mark")


def marks(lines: list[str], sure: Sure) -> Iterator[Found]:
    """Yield the marks at line beginnings that are to be read otherwise, and stops inside sentences."""
    for number, line in enumerate(lines):
        for stop in _STOP.finditer(line):
            inside = (stop["before"] + stop["after"]).islower()
            if inside and sure(number, stop.start()) < _STOP_SURE:
                yield Found(number, stop.start("stop"), stop.end("stop"), "", 0.8, (".",), "speck")
        for sign, reading in ((_NUMBER_SIGN, "-"), (_NUMBER_GLUE, " ")):
            for match in sign.finditer(line):
                start, end = match.span("sign")
                yield Found(number, start, end, reading, 0.9, (match["sign"],), "number")
    yield from dashes(lines)
    yield from headings(lines, sure)
    yield from _points(lines)


def headings(lines: list[str], sure: Sure) -> Iterator[Found]:
    """Yield the roman numerals of parts that are misread: H is II, and the parts of a text count up by one."""
    found = [(number, m) for number, line in enumerate(lines) if (m := _HEADING.match(line))]
    found = [(n, m) for n, m in found if not m["mark"].isdigit() or sure(n, m.start("mark")) < 0.6]
    values = [_value(m["mark"]) for _, m in found]
    before = 0
    for k, (number, match) in enumerate(found):
        value, following = values[k], next((v for v in values[k + 1 :] if v), 0)
        doubtful = sure(number, match.start("mark")) < _MARK_SURE
        read = value
        if match["mark"] not in _ROMANS or (doubtful and before and value == before):
            if before and (not following or following >= before + 2):
                read = before + 1
            elif not before and following > 1 and match["mark"].strip("1lI|") == "" and not value:
                read = following - 1
        elif doubtful and not before and following and value == following - 2 and value > 1:
            read = value + 1
        before = read or before
        if 0 < read < len(_ROMANS) and _ROMANS[read] != match["mark"]:
            start, end = match.span("mark")
            yield Found(number, start, end, _ROMANS[read], 0.9, (match["mark"],), "mark")


def _value(mark: str) -> int:
    """Return the value of a roman numeral as read, H counting as II; 0 where it is none."""
    roman = mark.replace("H", "II")
    return _ROMANS.index(roman) if roman in _ROMANS else 0


def _points(lines: list[str]) -> Iterator[Found]:
    """Yield the letters of points that were read as signs ("€)" for "c)")."""
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    number = 0
    for part in points("\n".join(lines)):
        while starts[number + 1] <= part.start:
            number += 1
        start, end = part.start - starts[number], part.end - starts[number]
        read = lines[number][start:end]
        if not _LETTER.search(read) and read != part.reading:
            yield Found(number, start, end, part.reading, 0.85, (read,), "mark")


def without_overlaps(found: Sequence[Found]) -> list[Found]:
    """Return the changes in order; of two that touch the same letters the first one stays."""
    kept: list[Found] = []
    for item in sorted(found, key=lambda f: (f.line, f.start, f.end)):
        if not kept or item.line > kept[-1].line or item.start >= kept[-1].end:
            kept.append(item)
    return kept
