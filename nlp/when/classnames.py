"""Names of classes that look like days of a month: "9/1, 9/2, 9/3" are the ninth grade's in a timetable."""

from __future__ import annotations

import re
from collections import defaultdict

from nlp.page.structure import Item

_NAME = re.compile(r"(?<![\d/.,])(?P<grade>\d{1,2})/(?P<class>\d{1,2})(?![\d/])")
#: What stands before a day, and never before the name of a class.
_CUE = re.compile(r"(?:ngày|trước|từ|đến|hết|sáng|chiều|tối|vào|tháng|quý|là|hạn|và|-|–)[\s:,(]{0,2}$", re.I)
_GRADES = range(1, 13)
#: The classes that a school with such names has of every grade that it names, by their numbers.
_FIRST = frozenset({1, 2, 3})


def class_names(items: list[Item]) -> dict[int, list[tuple[int, int]]]:
    """Return where classes are named, by where the items begin.

    A grade's classes are counted from 1; days of one date in the months from January on have words of time before them.
    """
    named: dict[int, set[int]] = defaultdict(set)
    places: list[tuple[Item, re.Match[str]]] = []
    for item in items:
        for match in _NAME.finditer(item.text):
            if _CUE.search(item.text, max(0, match.start() - 8), match.start()) is None:
                named[int(match["grade"])].add(int(match["class"]))
                places.append((item, match))
    grades = {grade for grade, classes in named.items() if grade in _GRADES and classes >= _FIRST}
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for item, match in places:
        if int(match["grade"]) in grades:
            found[item.start].append(match.span())
    return found
