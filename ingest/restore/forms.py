"""Forms of a directive that have but one reading, as an OCR of pictures wrecks them: GD&ĐT, and ones as letters.

    Sở GD&DĐT, GID&ĐT         Sở GD&ĐT                  the Đ as two letters
    Covid-l9, GIDTX           Covid-19, GDTX
    1.L Phòng …  1.2. Các …   1.1. Phòng …              a one as a letter, where the items count on
    học kỳ l                  học kỳ 1
    mô đun I và mô đun 2      mô đun 1 và mô đun 2      where the text numbers the same thing in figures

A one is read only where something else of the text says that it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.restore.decoder import Found

_OFFICE = re.compile(r"(?<![^\W\d_])[SPB]?(?P<read>G(?:[Il1|]?[DĐ]|[Il1|]2)&[DĐ]{1,3}(?:T{1,2}|F)['’´`]?)(?![^\W\d_])")
_OFFICE_BARE = re.compile(r"(?<![^\W\d_])[SsPB]?(?P<read>GD[DĐ]ĐT|GDĐDT|GDbT)(?![^\W\d_])")
#: A D whose stroke was read as a letter of its own: "trung tâm GIDTX".
_EDUCATION = re.compile(r"(?<![^\W\d_])[SPB]?(?P<read>G[Il1|]D)(?=ĐT|TX|TrH|TH|NN|MN)")
#: Giáo dục trung học, whose T was read as a stroke, or whose r as a capital ("GDIrH-GDTX", "Phòng GDTTH", every other
#: one on scans of 300 dpi); no office's abbreviation is read so, and Giáo dục tiểu học is GDTH.
_SECONDARY = re.compile(r"(?<![^\W\d_])(?P<read>GD(?:[Il1|]rH|[IÍÌl1|]?T[TIÍfl1|]H))(?![^\W\d_])")
#: The disease of 2019: "Covid-l9", "COVID-I19", "Covid-1 9".
_COVID = re.compile(r"(?<!\w)(?:[Cc]ovid|COVID) ?[-–] ?(?P<read>[lI|\]1]{1,2} ?9)(?!\d)")
#: The number of an item: "1.L", "2.l.", "3.I Các …"; "l5.", "I2."; "l. Các …".
_SECOND = re.compile(r"[ \t]*(?P<part>\d{1,2})\.(?P<read>[LlI|])(?=\.?[ \t]+\S)")
_TEENS = re.compile(r"[ \t]*(?P<read>[lI|])(?P<ones>\d)[.)](?=[ \t]+\S)")
_FIRST = re.compile(r"[ \t]*(?P<read>[lI|])(?=[ \t]?\.[ \t]+\S)")
_LABEL = re.compile(r"[ \t]*(?P<label>\d{1,2}(?:\.\d{1,2})?)[.)]?(?=[ \t]+\S)")
#: What is counted in figures, and a letter behind it that is none of them: "học kỳ l", "Đợt | từ".
_COUNTS = re.compile(
    r"(?<!\w)(?P<noun>[Hh]ọc k[ỳìỷ]|[Đđ]ợt|[Đđ]iều|[Kk]hoản|[Mm]ục|[Tt]ổ|[Vv]òng|[Bb]ài|[Mm]ẫu|[Nn]ội dung|[Bb]ước)"
    r" (?P<read>l(?!\w)|\|(?=[,.;:)]|$| (?:và|đến|từ|trước|của|năm|theo)(?!\w)))"
)
#: Two words and a letter that may count: "mô đun I"; what says so is the same words with a figure.
_PAIR = re.compile(r"(?<!\w)(?P<words>[^\W\d_]{1,8} [^\W\d_]{1,8}) (?P<read>[Il|])(?=[,:;)]|\s(?:và|đến)(?!\w))")
#: What is often counted in Roman numerals, too, in one text beside others.
_IN_ROMAN = ("kỳ", "kì", "quý", "phần", "chương", "phụ lục", "mục", "hạng", "loại", "khóa", "cấp")
_NEXT_ITEMS = 40
_READINGS = ((_OFFICE, "GD&ĐT"), (_OFFICE_BARE, "GDĐT"), (_EDUCATION, "GD"), (_SECONDARY, "GDTrH"), (_COVID, "19"))


def forms(lines: list[str]) -> Iterator[Found]:
    """Yield what is to be read otherwise."""
    for number, line in enumerate(lines):
        for pattern, reading in _READINGS:
            for match in pattern.finditer(line):
                if match["read"] != reading:
                    yield _found(number, match, "read", reading)
        for match in _COUNTS.finditer(line):
            yield _found(number, match, "read", "1")
    yield from _labels(lines)
    yield from _pairs(lines)


def _labels(lines: list[str]) -> Iterator[Found]:
    """Yield the ones of item numbers that were read as letters, where the next item counts on."""
    labels = [match["label"] if (match := _LABEL.match(line)) else "" for line in lines]
    firsts = [number for number, line in enumerate(lines) if _FIRST.match(line)]
    for number, line in enumerate(lines):
        following = [label for label in labels[number + 1 : number + 1 + _NEXT_ITEMS] if label]
        match = _SECOND.match(line)
        told = match is not None and f"{match['part']}.2" in following
        if match is None and (match := _TEENS.match(line)):
            told = _counts_on(f"1{match['ones']}", labels[:number], following)
        if match is None and (match := _FIRST.match(line)) and following[:1] == ["2"]:
            # "I. MỤC ĐÍCH", "l. Các trường", "2. Phòng": only the last before the second item can be the first one.
            told = not any(number < other < labels.index("2", number) for other in firsts)
        if match is not None and told:
            yield _found(number, match, "read", "1")


def _counts_on(label: str, before: list[str], following: list[str]) -> bool:
    last = next((one for one in reversed(before) if one), "")
    return last == str(int(label) - 1) or following[:1] == [str(int(label) + 1)]


def _pairs(lines: list[str]) -> Iterator[Found]:
    """Yield the letters behind two words that the text numbers in figures elsewhere, and never in Roman ones."""
    found = [(number, match) for number, line in enumerate(lines) for match in _PAIR.finditer(line)]
    if not found:
        return
    text = " ".join(lines).lower()
    for number, match in found:
        words = match["words"].lower()
        if (
            not words.endswith(_IN_ROMAN)
            and re.search(rf"(?<!\w){words} 2(?!\w)", text)
            and not re.search(rf"(?<!\w){words} i[iv](?!\w)", text)
        ):
            yield _found(number, match, "read", "1")


def _found(number: int, match: re.Match[str], group: str, reading: str) -> Found:
    return Found(number, match.start(group), match.end(group), reading, 0.9, (match[group],), "number")
