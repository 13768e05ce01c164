"""Titles that run into their text: "2. Kiểm kê tài sản công. Các đơn vị lập hội đồng kiểm kê …" asks by its second
sentence only."""

from __future__ import annotations

import re
from itertools import groupby

from nlp.page.structure import Item
from nlp.page.zones import Zone
from nlp.whom.openings import MUST
from nlp.whom.subjects import clauses_of

#: A title is no longer than this, in words, and stands over as many items as this of those beside it.
_WORDS = 9
_MOST = 0.6
_NO_TITLE = re.compile(r"\W{0,3}(?:Không|Nghiêm cấm|Tuyệt đối)\s|.*[\d;:]")


def titles_in(items: list[Item]) -> dict[int, int]:
    """Return, by where an item begins, where its title ends that runs into its text.

    A short sentence before others is a title where most items beside it have such a one: alone it may be what is asked
    ("3. Bố trí phòng riêng. Trường chưa có phòng thì …").
    """
    found: dict[int, int] = {}
    labelled = [item for item in items if item.label and item.zone is not Zone.FOOTNOTE and not item.table]
    for _, beside in groupby(labelled, key=lambda item: (item.path, item.rank)):
        row = list(beside)
        ends = {item.start: end for item in row if (end := _title_end(item)) is not None}
        if len(ends) > 1 and len(ends) >= _MOST * len(row):
            found |= ends
    return found


def _title_end(item: Item) -> int | None:
    """Return where the first of several sentences ends that may be a title, None where it is none."""
    clauses = clauses_of(item)
    if len(clauses) < 2 or not item.text[: clauses[0].end].endswith("."):
        return None
    words = item.text[clauses[0].start : clauses[0].end]
    short = len(words.split()) <= _WORDS and _NO_TITLE.match(words) is None and MUST.search(words) is None
    return clauses[0].end if short else None
