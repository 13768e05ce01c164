"""Times that stand without what happens then: "Thời gian: 7h30, ngày 09/9/2024" in a paper about one meeting."""

from __future__ import annotations

from dataclasses import replace

from corpus.facts import Deadline
from nlp.folding import folded, pattern
from nlp.phrases import bare_title, sentence
from nlp.structure import Item

#: A task that is but the label of its time.
_LABEL = pattern(
    r"\W*(?:lich|thoi gian)(?: (?:to chuc|dien ra|tien hanh|bat dau|thuc hien))?(?:(?:,| va)? dia diem)?\W*"
)
#: Headings that say what is held.
_HELD = pattern(
    r"(?<!\w)(?:hop|giao ban|hoi (?:nghi|thao|thi|dong)|tap huan|boi duong|thi(?! hanh| dua)|kiem tra|so ket|tong ket"
    r"|le|vong|dot|khao sat|sinh hoat)(?!\w)"
)


def named(item: Item, row: Deadline, subject: str | None) -> Deadline:
    """Return a dated duty whose task is but "Thời gian" with what is held then: its heading, else the trích yếu."""
    if _LABEL.fullmatch(folded(row.task)) is None:
        return row
    heading = next((title for title in reversed(item.path) if _HELD.search(folded(title))), None)
    words = (bare_title(heading) if heading else subject or "").rstrip(" .:;")
    return replace(row, task=sentence(words)) if words else row
