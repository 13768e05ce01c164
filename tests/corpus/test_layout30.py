"""The table of Nghị định 30/2020/NĐ-CP: rows that agree with each other, and lines written from it."""

from __future__ import annotations

from datetime import date

import pytest

from corpus import layout30
from corpus.layout30 import ELEMENTS, Case, Element, Range
from corpus.symbols import symbols


@pytest.mark.parametrize(("key", "element"), ELEMENTS.items())
def test_every_example_is_written_in_its_case(key: str, element: Element) -> None:
    letters = [c for c in element.example if c.isalpha()]
    upper = all(c.isupper() for c in letters)
    assert upper == (element.case is Case.UPPER) or not letters, key
    assert 10 <= element.sizes.least <= element.sizes.most <= 14
    assert element.align and element.source.endswith(layout30.DECREE)


def test_every_part_that_is_demanded_has_a_row() -> None:
    demanded = {*layout30.LETTERHEAD, *layout30.OF_LETTER, *layout30.OF_NAMED, *layout30.FOOT}
    assert demanded <= set(ELEMENTS)


def test_abbreviations_agree_with_the_vocabulary_of_numbers() -> None:
    known = symbols().types
    both = {**layout30.TYPES, **layout30.OTHER_TYPES}
    assert len(layout30.TYPES) == 30
    assert {code: name for code, name in both.items() if known.get(code, name) != name} == {}


@pytest.mark.parametrize(
    ("day", "line"),
    [
        (date(2026, 1, 5), "Huế, ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 28), "Huế, ngày 28 tháng 02 năm 2026"),
        (date(2026, 3, 9), "Huế, ngày 09 tháng 3 năm 2026"),
        (date(2026, 11, 20), "Huế, ngày 20 tháng 11 năm 2026"),
    ],
)
def test_zeros_of_the_date(day: date, line: str) -> None:
    assert layout30.day_line("Huế", day) == line
    assert layout30.open_day_line("Huế", day).split("tháng")[1] == line.split("tháng")[1]


def test_numbers_and_points() -> None:
    assert [layout30.serial(n) for n in (1, 9, 10, 2096)] == ["01", "09", "10", "2096"]
    assert [layout30.point(k) for k in range(7)] == ["a", "b", "c", "d", "đ", "e", "g"]


def test_range() -> None:
    assert Range(13, 14).holds(13.5) and not Range(13, 14).holds(12.9) and Range(13, 14).holds(12.9, 0.2)
    assert (Range(13, 14).nearest(11), str(Range(13, 14)), str(Range(11, 11))) == (13, "13-14", "11")
