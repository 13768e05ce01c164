"""Numbers that set a measure ("80 % học sinh", "ít nhất 02 tiết"), and which of them changed between two texts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.numbers import find_numbers
from nlp.words.folding import folded

_SPELLED = {
    "mot": "1",
    "hai": "2",
    "ba": "3",
    "bon": "4",
    "sau": "6",
    "bay": "7",
    "tam": "8",
    "chin": "9",
    "muoi": "10",
}
_NUMBER = re.compile(
    rf"(?<![\w#/.,-])(?P<value>\d+(?:[.,]\d+)*|{'|'.join(_SPELLED)})(?![\w/#])(?P<percent>\s?%)?"
    r"(?P<unit>(?:\s+[^\W\d_]+){0,2})"
)
#: What counts or orders and sets no measure: lớp 8, mức độ 1, học kỳ 1, khoản 2 Điều 3, giai đoạn, mẫu số.
_ORDINAL = re.compile(
    r"(?:lop|khoi|muc do|muc|hoc ky|hk|dot|lan thu|dieu|khoan|diem|phu luc|mau|mau so|so|quy|thang|nam|ngay|tuoi tu"
    r"|giai doan|vong|cap|bang|dien thoai|fax|tang|thu|loai|hang)\s?$"
)
_LIMIT = re.compile(r"(?:it nhat|toi thieu|toi da|khong qua|tren|duoi|dat)\s?$")
#: Units of a numeral in words that make it a way of speaking.
_LOOSE = frozenset("so vai cach phan nua mat khi la ben trong".split())


@dataclass(frozen=True, slots=True)
class Quantity:
    """A measure: ``value`` without zeros ahead, with "%"; ``written`` as it stands; ``unit`` the folded words behind;
    ``start`` its place in the text; ``limit``: ít nhất, tối đa … stands before it."""

    value: str
    written: str
    unit: str
    start: int
    limit: bool


def quantities(text: str) -> list[Quantity]:
    """Return the measures in a text, without days, school years, document numbers and numbers that only order."""
    fold = folded(text)
    hidden = _hidden(text)
    found = []
    for match in _NUMBER.finditer(fold):
        value, start = match["value"], match.start()
        before = fold[max(0, start - 14) : start]
        first = match["unit"].split()[:1]
        spelled = value in _SPELLED
        if (_ORDINAL.search(before) and not match["percent"]) or any(a <= start < b for a, b in hidden):
            continue
        if spelled and (text[start].isupper() or not first or first[0] in _LOOSE):
            continue
        number = _SPELLED.get(value) or value.lstrip("0") or "0"
        percent = "%" if match["percent"] else ""
        written = text[start : match.end("value")] + percent
        limit = _LIMIT.search(before) is not None
        found.append(Quantity(number + percent, written, " ".join(match["unit"].split()), start, limit))
    return found


_DAYS = re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?|\d{1,2}/\d{4}|(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?|\d{5,}")


def _hidden(text: str) -> list[tuple[int, int]]:
    """Return the spans of days, years, telephone and document numbers."""
    return [match.span() for match in _DAYS.finditer(text)] + [(n.start, n.end) for n in find_numbers(text)]


def changed_quantities(old: str, new: str) -> list[tuple[Quantity | None, Quantity | None]]:
    """Return the measures that are others on the new side, by their units; None where only one side has one.

    A measure that only one side has counts where it is a share or a limit: other numbers come and go with the words.
    """
    left, right = quantities(old), quantities(new)
    for one in list(left):
        match = next((two for two in right if (two.value, two.unit) == (one.value, one.unit)), None)
        match = match or next((two for two in right if two.value == one.value and _unit(two) == _unit(one)), None)
        if match is not None:
            left.remove(one)
            right.remove(match)
    found: list[tuple[Quantity | None, Quantity | None]] = []
    for whole in (True, False):
        for one in list(left):
            for two in list(right):
                if (one.unit == two.unit) if whole else (_unit(one) == _unit(two)):
                    found.append((one, two))
                    left.remove(one)
                    right.remove(two)
                    break
    found += [(one, None) for one in left if one.limit or one.value.endswith("%")]
    found += [(None, two) for two in right if two.limit or two.value.endswith("%")]
    return found


def _unit(quantity: Quantity) -> str:
    return "%" if quantity.value.endswith("%") else (quantity.unit.split() or [""])[0]
