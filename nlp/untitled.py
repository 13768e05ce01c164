"""Times that stand without what happens then: "Thời gian: 7h30, ngày 09/9/2024" in a paper about one meeting.

Their heading, the title of their column or the trích yếu tells it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.facts import Deadline
from corpus.text import UPPER
from nlp.folding import folded, pattern
from nlp.phrases import bare_title, sentence
from nlp.structure import Item

_CAPITAL = re.compile(rf"(?<!\S)[{UPPER}]")
_SENT = pattern(r"(?:gui|nop)\s(?!(?:truoc|ve|cho|qua)(?!\w))")
#: A task that is but the label of its time.
_LABEL = pattern(
    r"\W*(?:lich|thoi gian)(?: (?:to chuc|dien ra|tien hanh|bat dau|thuc hien))?(?:(?:,| va)? dia diem)?\W*"
)
#: A task that is but levels of schools: "- Tiểu học: 07 giờ 30 phút ngày 13/12/2018".
_LEVELS = pattern(
    r"\W*(?:(?:cap|bac) )?(?:(?:mam non|mau giao|tieu hoc|thcs|thpt|gdtx|pho thong)(?:(?:,| va)\s)?){1,4}\W*"
)
#: Headings that say what is held.
_HELD = pattern(
    r"(?<!\w)(?:hop|giao ban|hoi (?:nghi|thao|thi|dong)|tap huan|boi duong|thi(?! hanh| dua)|kiem tra|so ket|tong ket"
    r"|le|vong|dot|khao sat|sinh hoat)(?!\w)"
)


def named(item: Item, row: Deadline, subject: str | None) -> Deadline:
    """Return a dated duty whose task is but "Thời gian" with what is held then: its heading, else the trích yếu.

    So is one that names but the levels it is for, and a row under a column that tells what is sent: "Nộp hồ sơ".
    """
    if item.table:
        title = _last_title(item.head)
        return replace(row, task=f"{title}: {row.task}") if title and title not in row.task else row
    levels = _LEVELS.fullmatch(folded(row.task)) is not None
    if not levels and _LABEL.fullmatch(folded(row.task)) is None:
        return row
    heading = next((title for title in reversed(item.path) if _HELD.search(folded(title))), None)
    words = (bare_title(heading) if heading else "" if levels else subject or "").rstrip(" .:;")
    if not words:
        return row
    return replace(row, task=sentence(f"{words}: {row.task}" if levels else words))


def _last_title(head: str) -> str:
    """Return the title of a table's last column where it tells what is sent: "TT | Bậc học | … | Nộp hồ sơ"."""
    last = max((m.start() for m in _CAPITAL.finditer(head)), default=len(head))
    return head[last:] if _SENT.match(folded(head), last) and last else ""
