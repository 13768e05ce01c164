"""Địa danh and ngày of a letterhead: in one line, in two, or with a day that a pen wrote and nobody can read."""

from __future__ import annotations

import re

from corpus.text import LOWER, UPPER, squeeze
from nlp.header.draft import Draft, span_of
from nlp.naming.dates import TimeKind, find_dates
from nlp.page.lines import Line
from nlp.page.marks import DATE_LINE, SHORT_DATE_LINE, STARTER
from nlp.page.unread import is_doubted
from nlp.words.folding import pattern

_PLACE_DATE = re.compile(
    rf"(?<![\w-])(?P<place>(?:TP\.?\s?)?[{UPPER}][{LOWER}]{{0,7}}(?:[\s-]{{1,3}}[{UPPER}][{LOWER}]{{0,7}}){{0,4}}"
    r")\s?,\s{0,2}(?=[Nn]gày|[Nn]g\w{1,2}[^\w\s]?\s?[\d\s./…])"
)
#: A line of its own may lack the comma: "Lâm Hà ngày 07 tháng 8".
_PLACE_BARE = re.compile(
    rf"(?P<place>[{UPPER}][{LOWER}]{{1,7}}(?:[\s-]{{1,3}}[{UPPER}][{LOWER}]{{0,7}}){{0,3}})\s(?=ng\w{{1,2}}\s\d)"
)
_PLACE_END = re.compile(
    rf"(?<!\w)(?:TP\.?\s?)?[{UPPER}][{LOWER}]{{0,7}}(?:[\s-]{{1,3}}[{UPPER}][{LOWER}]{{0,7}}){{0,4}}\s?,\s*$"
)
_BLANKS = re.compile(r"[^\S\n]{2,}")
#: Between the figures of a day that a converter parted: "ngày 0 7 tháng 9".
_TORN_DAY = re.compile(r"(?<=[Nn]gày [0-3])\s(?=\d\stháng\s)")
#: A date whose day, put there at the signing, stands in a line of its own: "07 ⏎ Gia Sơn, ngày   tháng 9 năm 2020".
_NO_DAY = pattern(r"(?<!\w)ngay\s{1,12}thang\s{0,3}(?P<month>\d{1,2})\s{0,3}nam\s{0,3}(?P<year>20\d\d)(?!\d)")
_DAY_ALONE = re.compile(r"(?:\d{1,5}\s+)?\d{1,2}")
#: A date line of which a pen wrote the day, or day and month: "Hải Lâm, ngày O#5 tháng Ñ năm 2020". Its place is print.
#: A stroke of the pen behind "tháng" may have cut off the rest, and a sign of it may touch "năm" ("tháng JPnăm 2020").
_BY_HAND = pattern(
    r"(?<!\w)ng\w{1,2}[^\n,;]{0,12}?thang[!:;]?(?:[^\n,;]{0,10}?(?:\s|(?<=[a-z]))nam\s{0,3}20\d\d\W{0,4})?$"
)
_DAY = re.compile(r"\d{1,2}")


def read_dateline(draft: Draft, line: Line) -> None:
    """Read place and day of a line of the letterhead; a day that the reader of the picture doubted stays unknown."""
    fold = line.fold
    if STARTER.match(fold) is not None and not fold.startswith("ngay"):
        return
    dated = DATE_LINE.search(fold) or SHORT_DATE_LINE.search(fold)
    if dated is None:
        by_hand = _BY_HAND.search(fold)
        if by_hand is not None:
            _place(draft, line, by_hand.end())
        return
    if "date" in draft.values:
        return
    said = _TORN_DAY.sub("", _BLANKS.sub(" ", line.text[dated.start() :]))
    times = [t for t in find_dates(said) if t.kind is TimeKind.DAY and t.due and t.stated_year]
    day = _DAY.search(line.text, dated.start())
    doubted = day is not None and is_doubted(draft.document, *span_of(line, day.start(), day.end()))
    if times and times[0].due and not doubted:
        draft.put("date", times[0].due.isoformat(), span_of(line, dated.start(), dated.end()), "date")
    _place(draft, line, dated.end())


def dateline_start(text: str, fold: str) -> int | None:
    """Return where place and date begin in a line of the letterhead, None where they are not in it."""
    dated = DATE_LINE.search(fold) or SHORT_DATE_LINE.search(fold) or _BY_HAND.search(fold)
    if dated is None:
        return None
    place = place_end(text[: dated.start()])
    return place.start() if place is not None else dated.start()


def _place(draft: Draft, line: Line, end: int) -> None:
    place = _PLACE_DATE.search(line.text, 0, end) or _PLACE_BARE.match(line.text, 0, end)
    if place:
        draft.put("place", squeeze(place["place"]), span_of(line, place.start(), place.end("place")), "place")


def read_day_apart(draft: Draft, lines: list[Line]) -> None:
    """Read a date whose day stands alone in the line over or under its place, month and year."""
    for k, line in enumerate(lines):
        left_out = _NO_DAY.search(line.fold)
        digits = digits_beside(lines, (k - 1, k + 1), _DAY_ALONE) if left_out else []
        if left_out is None or not digits:
            continue
        said = f"ngày {digits[-1]} tháng {left_out['month']} năm {left_out['year']}"
        time = next((t for t in find_dates(said) if t.kind is TimeKind.DAY and t.due), None)
        if time is not None and time.due is not None:
            draft.put("date", time.due.isoformat(), span_of(line, left_out.start(), left_out.end()), "date", 0.7)
        place = place_end(line.text[: left_out.start()])
        if place is not None and "place" not in draft.values:
            draft.put("place", squeeze(place.group().rstrip(" ,")), span_of(line, *place.span()), "place")
        return


def place_end(text: str) -> re.Match[str] | None:
    """Return the place with its comma that ends ``text``: what stands before a date."""
    return _PLACE_END.search(text)


def digits_beside(lines: list[Line], near: tuple[int, int], alone: re.Pattern[str]) -> list[str]:
    """Return the figures of the first of two lines that holds nothing else, none where neither does."""
    beside = (lines[j].text for j in near if 0 <= j < len(lines))
    return next((text.split() for text in beside if alone.fullmatch(text)), [])
