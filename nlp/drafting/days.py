"""The days of one item: which are moved earlier, by how much, and which stay or are asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.facts import Actor, Deadline
from corpus.text import squeeze
from nlp.drafting.dates import WorkingDays, comes_back, earlier, is_limit, rewrite
from nlp.drafting.draft import Act, Change
from nlp.drafting.marks import Marks
from nlp.drafting.office import Leads
from nlp.drafting.scope import Scope
from nlp.words.folding import folded
from nlp.words.vocabulary import table

_ABOVE = re.compile(r"^(?:Bộ|Vụ|Cục|Thanh tra Bộ|Văn phòng Bộ)(?!\w)|@moet\.")


def _held(before: str) -> bool:
    """Tell whether what takes place then is held by the office above."""
    return any(re.search(row["pattern"], folded(before).rstrip()) for row in table("drafting")["held"])


def goes_up(deadline: Deadline) -> bool:
    """Tell whether a report goes to the office above the one that drafts."""
    return any(name and _ABOVE.search(name) for name in (deadline.recipient, deadline.via))


@dataclass(frozen=True)
class Clock:
    """The day of the draft, the leads, and the working days between."""

    issued: date
    leads: Leads
    days: WorkingDays

    def moved(
        self, deadline: Deadline, words: str, scope: Scope, marks: Marks, changes: list[Change], before: str = ""
    ) -> tuple[str, date | None, bool]:
        """Return what is written in place of a time's words, the day it means, and whether it was moved; ``before``
        are the words right before it."""
        due = date.fromisoformat(deadline.due) if deadline.due else None
        if scope in (Scope.ABOVE, Scope.OUTSIDE) or set(deadline.actor) == {str(Actor.BO_GDDT)}:
            return words, due, False
        up = goes_up(deadline) and scope is Scope.UNITS
        if due is None or comes_back(words):
            if not up:
                return words, None, False
            question = f"Bộ giao hạn “{words}” cho Sở; các đơn vị gửi Sở khi nào?"
            changes.append(Change(Act.DAY, words, f"[{words}]", "không có ngày để tính sớm hơn"))
            return marks.put(f"[{words}]", question), None, False
        if not is_limit(words) or _held(before):
            return words, due, False
        lead = self.leads.own if scope is Scope.OWN else self.leads.report if up else self.leads.work
        found = earlier(due, lead, self.issued, self.days)
        if found is None:
            question = f"Hạn của Bộ là {words}, không còn ngày nào trước đó; các đơn vị làm xong khi nào?"
            changes.append(Change(Act.DAY, words, f"[{words}]", "không đủ thời gian để đặt hạn sớm hơn"))
            return marks.put(f"[{words}]", question), None, False
        day, squeezed = found
        text = rewrite(words, day)
        why = f"sớm hơn {self.days.between(day, due)} ngày làm việc" + (" (không đủ thời gian)" if squeezed else "")
        changes.append(Change(Act.DAY, words, text, why))
        return text, day, True


def spots(text: str, deadlines: Sequence[Deadline]) -> list[tuple[int, int, Deadline]]:
    """Return where in an item's words each of its times stands; one told for several groups stands once."""
    found: list[tuple[int, int, Deadline]] = []
    at = 0
    for deadline in sorted(deadlines, key=lambda d: d.due_evidence.start):
        words = squeeze(deadline.due_evidence.surface)
        start = text.find(words, at)
        start = start if start >= 0 else text.find(words)
        if start < 0:
            continue
        found.append((start, start + len(words), deadline))
        at = start
    return found
