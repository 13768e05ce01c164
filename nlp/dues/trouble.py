"""The closing that tells whom to turn to: "Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị báo cáo về Sở"."""

from __future__ import annotations

import re

from corpus.facts import Actor
from nlp.naming.actors import Group
from nlp.page.structure import Item
from nlp.whom.bound import Bound
from nlp.words.folding import folded
from nlp.words.phrases import sentence

_PREPOSED = re.compile(r"(?:về|với|cho|tới|đến)\s")
#: "…, nếu có khó khăn, vướng mắc, các đơn vị phản ánh kịp thời về Sở GDĐT (qua Phòng GDTrH) để được giải quyết".
_TELL_TROUBLE = re.compile(
    r"(?P<what>(?<!cảnh )(?<!vùng )(?<!biệt )(?<!hộ )(?:khó khăn|vướng(?: mắc)?|phát sinh)(?:(?:,| và| hoặc|,? hay)?"
    r" (?:khó khăn|vướng(?: mắc)?|phát sinh))*)"
    r"[^.;]*?(?<!\w)(?P<verb>phản ánh|báo cáo|liên hệ|trao đổi|thông tin"
    r"|gửi|báo(?= (?:về|cho|ngay)))(?: \w+){0,4}? (?P<to>(?:trực tiếp )?"
    r"(?:(?:về|với|cho|tới|đến) |(?=(?:Phòng|Sở|Bộ|UBND|lãnh đạo) ))"
    r"[^,.;()]{2,60}?)(?P<way> \(qua [^(),;]{2,40})?(?=[,.;()]| để| xem xét| tổng hợp|$)",
    re.I,
)

#: Nobody reports to itself: "… phản ánh về Sở GDĐT" of a province's plan for the Sở and its schools.
_OFFICES = ((str(Actor.SO_GDDT), "so"), (str(Actor.BO_GDDT), "bo"), (str(Actor.PHONG_GDDT), "phong (?:gd|giao duc)"))


def told_trouble(words: str) -> str | None:
    """Return what a closing asks in short: "Phản ánh vướng mắc về Sở GDĐT", None for other words."""
    told = _TELL_TROUBLE.search(words)
    if told is None:
        return None
    way = f"{told['way']})" if told["way"] else ""
    to = told["to"].removeprefix("trực tiếp ")
    to = to if _PREPOSED.match(to) else f"về {to}"  # "báo cáo Sở GDĐT"
    return sentence(f"{told['verb'].lower()} {told['what'].lower()} {to}{way}")


def of_addressees(item: Item, words: str, named: Group | None, bound: Bound) -> tuple[str, ...]:
    """Return all whom a directive is written to where its closing tells of trouble, () for what is asked of others.

    It stands behind the last section, whose heading names one of them, and says "các đơn vị" or nobody; an item of a
    section ("- Báo cáo khó khăn về Sở GDĐT.") is asked of those whom its heading names.
    """
    told = _TELL_TROUBLE.search(words)
    if bound.school or told is None:
        return ()
    if item.label if named is None else not named.general:
        return ()
    to = folded(told["to"])
    itself = tuple(actor for actor, name in _OFFICES if re.search(rf"(?<!\w){name}(?!\w)", to))
    return tuple(a for a in bound.addressed if a not in itself)
