"""Whom a clause leads or works with: "chỉ đạo các trường THPT …", "phối hợp với Phòng GDĐT …"."""

from __future__ import annotations

import re

from nlp.naming.actors import Group, group_at
from nlp.page.structure import Clause, Item
from nlp.words.folding import pattern
from nlp.words.verbs import opens_with_verb

_WITH = pattern(r"(?<!\w)(?:phoi hop(?: chat che)?,? (?:voi|cung)|chi dao|giao)\s{1,2}")
LEADING = pattern(
    r"(?<!\w)(?:chi dao|(?:bao|dam) dam(?= (?:cac |100%)))(?:,? (?:va )?(?:chi dao|huong dan|don"
    r" doc))?\s{1,2}"
)
#: Which units are led: "các trường thuộc phạm vi quản lý", "trên địa bàn huyện".
_WHICH = pattern(r",? (?:thuoc|tren|truc thuoc|cua|do)(?: \w+){1,4}\s")
#: How far into a clause it is told whom it leads, in characters.
_REACH = 400


def led_in(item: Item, clause: Clause, until: int) -> Group | None:
    """Return the units that a clause has others lead: "(Sở GDĐT) chỉ đạo các trường THPT công bố … trước ngày …"."""
    fold = item.joined.fold
    for lead in LEADING.finditer(fold, clause.start, min(until, clause.start + _REACH)):
        group = group_at(item.text, fold, lead.end())
        if group is None or group.general:
            continue
        which = _WHICH.match(fold, group.end)
        gaps = re.finditer(r"\s", fold[group.end : which.end() if which else group.end + 1])
        if any(opens_with_verb(fold, group.end + gap.end()) for gap in gaps):
            return group
    return None


def partner_of(item: Item, clause: Clause) -> Group | None:
    """Return the units that an office outside education works with or leads: "phối hợp với Sở", "chỉ đạo Phòng"."""
    fold = item.joined.fold
    for match in _WITH.finditer(fold, clause.start, clause.end):
        group = group_at(item.text, fold, match.end())
        if group is not None:
            return group
    return None
