"""The level of a school that does not say its name: a plan without a letterhead that speaks of classes of one level."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.facts import Header
from nlp.naming.levelnames import levels_in
from nlp.page.structure import Item
from nlp.page.zones import Zone
from nlp.whom.bound import Bound
from nlp.words.folding import folded, pattern

#: So many items that name classes tell of which level a school is.
_ENOUGH = 2
#: What only schools have.
_IN_SCHOOL = pattern(
    r"(?<!\w)(?:nha truong|khoi truong|to truong|gvcn|giao vien (?:chu nhiem|bo mon)|ban giam hieu|bgh"
    r"|(?:kiem tra|thi) (?:cuoi|giua|dinh k[iy]|hoc k[yi])|hieu truong|cha me hoc sinh)(?!\w)"
)
#: Where pupils go next: "các em dự thi lớp 6", "tuyển sinh vào lớp 10".
_GO_ON = re.compile(r"(?:[Tt]hi|[Tt]uyển sinh|[Vv]ào|[Ll]ên)(?: vào)? lớp \d{1,2}")
#: A subject with its class, as timetables have it: "Toán 12", "Ngữ văn 10, 11".
_SUBJECT = re.compile(
    r"(?i)(?<!\w)(?:toán|văn|anh|lí|lý|hóa|hoá|sinh|sử|địa|gdcd|tin(?: học)?|tiếng việt|khoa học|công nghệ)"
    r"(?= (?:[1-9]|1[0-2])(?![\d/.:%]))"
)


def _of_classes(text: str) -> str:
    """Return words with "lớp" between a subject and its class."""
    return _SUBJECT.sub(lambda found: f"{found.group()} lớp", text)


def of_own_classes(bound: Bound, header: Header, items: list[Item]) -> Bound:
    """Return ``bound`` with the level of the classes that a page without issuer and addressees speaks of, where it is
    one alone and its words are those of a school."""
    if header.issuer or header.addressees or bound.levels:
        return bound
    body = [item.text for item in items if item.zone is Zone.BODY]
    told = [found for text in body if (found := levels_in(_of_classes(_GO_ON.sub(" ", text)), classes=True))]
    levels = {level for found in told for level in found}
    of_school = any(_IN_SCHOOL.search(folded(text)) is not None for text in (header.subject or "", *body))
    if len(told) < _ENOUGH or len(levels) != 1 or not of_school:
        return bound
    return replace(bound, levels=frozenset(levels))
