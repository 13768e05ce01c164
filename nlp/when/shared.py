"""A time that another section gives: "gửi Bộ GDĐT cùng thời gian với báo cáo tại Mục 1"."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.facts import Deadline
from nlp.page.structure import Item
from nlp.words.folding import folded, pattern

_REFERENCE = pattern(r"(?<!\w)(?:muc|diem|khoan|phan) (?P<label>\d{1,2}(?:\.\d{1,2})?|[ivx]{1,4}|[a-z])$")
_LABEL = re.compile(r"(?:(?:mục|phần|khoản)\s)?(?P<label>\d{1,2}(?:\.\d{1,2})?|[ivx]{1,4}|[a-zđ])[.)/]?(?=\s|$)", re.I)


def with_shared_times(rows: list[tuple[Item, Deadline]]) -> list[Deadline]:
    """Return dated duties in their order; one that shares the time of a section has the last date of that section."""
    found: list[Deadline] = []
    dates: dict[str, str] = {}
    for item, row in rows:
        reference = _REFERENCE.search(folded(row.due_text)) if row.due is None else None
        due = dates.get(reference["label"]) if reference is not None else None
        found.append(replace(row, due=due) if due is not None else row)
        if row.due is not None:
            for title in (item.label, *item.path):
                label = _LABEL.match(title)
                if label is not None:
                    dates[label["label"].lower()] = row.due
    return found
