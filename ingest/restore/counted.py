"""Days, hours, months and classes whose digits an OCR of pictures wrote as letters, or whose strokes it lost.

"ngày l5/4/2018", "tháng l0", "lớp I1"; "05/42016" and "15/412018" for days with a stroke before the year; "ngày 1 5/4".
Only what is a day, a month or a class when mended is mended, and nothing that has two readings ("1/112018": 1/11 or
1/1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.restore.decoder import Found

_DIGITS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "]": "1"})
_D = r"[0-9OolI|\]]"
_LAST_HOUR = 24
#: The greatest number that stands behind each word.
_MOST = {"lớp": 12, "khối": 12, "ngày": 31, "tháng": 12}
_COUNTED = re.compile(
    rf"(?<!\w)(?P<word>[Ll]ớp|[Kk]hối|[Nn]gày|[Tt]háng) (?P<read>(?=\S?\d){_D}{{2}})(?!\.?\w|/(?!(?:19|20)\d\d(?!\d)))"
)
#: A day with its month, with or without the year; both strokes alike.
_DAY = re.compile(
    rf"(?:(?<![\w/.,-])|(?<=ngày))(?P<read>{_D}{{1,2}}(?P<s>[/.-]){_D}{{1,2}}(?P=s)(?:[12l]{_D}{{3}}))(?![\w/-])"
    rf"|(?<=[Nn]gày )(?P<short>{_D}{{1,2}}/{_D}{{1,2}})(?![\w/-])"
)
#: Classes in a list: "lớp 10, I1, I2".
_LISTED = re.compile(rf"(?<!\w)[Ll]ớp {_D}{{1,2}}(?P<more>(?:(?:, | và ){_D}{{1,2}}(?!\w)){{1,6}})")
_CLASS = re.compile(rf"(?=\S?\d){_D}{{2}}")
_NO_STROKE = re.compile(
    r"(?<![\w/.,-])(?P<day>\d{1,2})/(?P<month>0?[1-9]|1[02])(?P<one>1?)(?P<year>20[0-4]\d)(?![\w/-])"
)
#: The eleventh month behind a day, read as two strokes: nobody writes a Roman month behind a day in figures.
_ELEVENTH = re.compile(r"(?<=\d )[Tt]háng (?P<read>[Il|]{2})(?=['’´`]?\s?(?:năm\s?|/)20\d\d(?!\d))")
#: The same where the line ends before it.
_MONTH_ENDS = re.compile(r"(?:[Nn]gày|từ|đến) ?\d{1,2} tháng[ \t]*$")
_ELEVENTH_FIRST = re.compile(r"[ \t]*(?P<read>[Il|]{2})(?=['’´`]?\s?(?:năm\s?|/)20\d\d(?!\d))")
#: An hour: "trước l5 giờ", "I4h30".
_HOUR = re.compile(rf"(?<![\w/.,-])(?P<read>(?=\S?\d){_D}{{2}})(?=\s?giờ(?!\w)|[hg]\d\d(?!\d))")
#: The number of a document that bears its year: "số 5 1/2017/QH14".
_TORN_SERIAL = re.compile(r"(?<=[Ss]ố )(?P<read>[1-9] \d{1,2})(?=/(?:19|20)\d\d/[A-ZĐ]{2})")
_TORN_DAY = re.compile(r"(?<=[Nn]gày )(?P<tens>[0-3]) (?P<ones>\d)(?=/\d{1,2}/(?:19|20)\d\d(?!\d))")
_TORN_MONTH = re.compile(r"(?<![\w/.,-])\d{1,2}/(?P<read>1 [0-2])(?=/(?:19|20)\d\d(?!\d))")
_TORN_YEAR = re.compile(r"(?<![\w/.,-])\d{1,2}/\d{1,2}/(?P<read>20\d \d|20 \d\d|2 0\d\d)(?![\w/-])")


def counted(lines: list[str]) -> Iterator[Found]:
    """Yield the days, months and classes of lines that are to be read otherwise."""
    for number, line in enumerate(lines):
        for start, end, read in _mended(line):
            if line[start:end] != read:
                yield Found(number, start, end, read, 0.9, (line[start:end],), "number")
        month = _ELEVENTH_FIRST.match(line) if number and _MONTH_ENDS.search(lines[number - 1]) else None
        if month is not None:
            yield Found(number, *month.span("read"), "11", 0.9, (month["read"],), "number")


def _mended(line: str) -> Iterator[tuple[int, int, str]]:
    """Yield the numbers of a line that must be so: place and reading."""
    for match in _COUNTED.finditer(line):
        read = match["read"].translate(_DIGITS)
        if 0 < int(read) <= _MOST[match["word"].lower()]:
            yield *match.span("read"), read
    for match in _LISTED.finditer(line):
        for one in _CLASS.finditer(line, *match.span("more")):
            read = one.group().translate(_DIGITS)
            if 0 < int(read) <= _MOST["lớp"]:
                yield *one.span(), read
    for match in _DAY.finditer(line):
        group = "read" if match["read"] else "short"
        read = match[group].translate(_DIGITS)
        if any(c.isdigit() for c in match[group]) and _is_day(*map(int, re.split("[/.-]", read)[:2])):
            yield *match.span(group), read
    for match in _NO_STROKE.finditer(line):
        if match["month"] != "1" or not match["one"]:
            day, month = int(match["day"]), int(match["month"])
            if _is_day(day, month):
                yield *match.span(), f"{match['day']}/{match['month']}/{match['year']}"
    for match in _ELEVENTH.finditer(line):
        yield *match.span("read"), "11"
    for match in _HOUR.finditer(line):
        read = match["read"].translate(_DIGITS)
        if int(read) <= _LAST_HOUR:
            yield *match.span("read"), read
    for match in _TORN_SERIAL.finditer(line):
        yield *match.span("read"), match["read"].replace(" ", "")
    for match in _TORN_DAY.finditer(line):
        yield *match.span(), match["tens"] + match["ones"]
    for match in _TORN_MONTH.finditer(line):
        yield *match.span("read"), match["read"].replace(" ", "")
    for match in _TORN_YEAR.finditer(line):
        yield *match.span("read"), match["read"].replace(" ", "")


def _is_day(day: int, month: int) -> bool:
    return 1 <= day <= 31 and 1 <= month <= 12
