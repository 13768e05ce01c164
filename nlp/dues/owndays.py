"""Days of its own that a task tells in a row of a month or week: "9/2022 | Tổ chức khai giảng (05/9) | BGH"."""

from __future__ import annotations

from dataclasses import replace

from nlp.naming.dates import Calendar, TimeKind
from nlp.page.months import part_of
from nlp.page.structure import Clause, Item
from nlp.when.described import Due
from nlp.when.times import dues_of
from nlp.when.timewords import DAYS
from nlp.whom.subjects import clauses_of
from nlp.words.folding import pattern
from nlp.words.verbs import opens_with_verb

#: A feast by its name: what is held for it is held in its month, "Hội giảng chào mừng ngày Nhà giáo Việt Nam 20/11".
_FEAST = pattern(r"(?<!\w)(?:chao mung|ky niem|huong ung|nhan (?:dip|ngay)|tim hieu)(?!\w)[^,;:.]*$")


def own_days(
    item: Item, task: Clause, frame: list[Due], known: Calendar, taken: list[tuple[int, int]]
) -> list[tuple[Due, Clause]]:
    """Return the days that end parts of the ``task`` of a row, each with its part, where the column of times tells but
    its ``frame``, a month or a stretch; parts without a day of their own that do something have the frame.

    Empty where the column has a day itself, or the task none.
    """
    kinds = [due.time.kind for due in frame if due.time is not None]
    if not frame or len(kinds) != len(frame) or any(kind not in (TimeKind.MONTH, TimeKind.RANGE) for kind in kinds):
        return []
    words = part_of(item.joined, task.start, task.end)
    alone = replace(item, joined=words, table=False, cells=(), label="-", head="")
    here = [(a - task.start, b - task.start) for a, b in taken if task.start <= a and b <= task.end]
    found: list[tuple[Due, Clause]] = []
    for k, told in enumerate(clauses_of(alone)):
        clause = Clause(told.start if k else 0, told.end)  # the bullet is not in the cell
        part = Clause(clause.start + task.start, clause.end + task.start)
        days = [due for due in dues_of(alone, clause, known, here) if _is_day(due, words.fold)]
        found += [(replace(due, start=due.start + task.start, end=due.end + task.start), part) for due in days]
        if not days and opens_with_verb(words.fold, clause.start):
            found += [(due, part) for due in frame]
    return found if any(due not in frame for due, _ in found) else []


def _is_day(due: Due, fold: str) -> bool:
    """Tell whether a time is a day, and no feast's."""
    dated = due.time is not None and due.time.due is not None and due.time.kind in DAYS
    return dated and _FEAST.search(fold, 0, due.start) is None
