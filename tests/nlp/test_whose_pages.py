"""Whom the dates of whole pages bind, of many offices and manners: a mark stands right behind each time.

A mark names who acts and, behind a colon, which schools ("[[cs tt:pt tx]]": schools and centres, THPT and GDTX); what
is demanded is that the same kinds of unit are bound, since that is what a unit's list of duties is made of. An
empty mark is of units by name, which binds no other. Times without a mark are not asked for.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.document import Document, Page
from corpus.facts import DEPARTMENT, Actor, Facts, SchoolLevel
from corpus.named import SCHOOLS
from corpus.units import UnitQuery, binds, meant_only
from nlp.pipeline import read

#: ``whose_pages.txt`` holds those of all fields, a file with one more word those of one (exams and contests, plans).
PAGES = [
    page.rstrip("\n")
    for file in sorted(Path(__file__).parent.glob("whose_pages*.txt"))
    for page in file.read_text(encoding="utf-8").split("\n=====\n")
]
_MARK = re.compile(r"\[\[(.*?)\]\]")
_ACTORS = {
    "bo": Actor.BO_GDDT, "so": Actor.SO_GDDT, "ph": Actor.PHONG_GDDT, "cs": Actor.CO_SO_GIAO_DUC,
    "tr": Actor.CO_SO_GIAO_DUC, "dv": Actor.DON_VI_TRUC_THUOC, "tt": Actor.TRUNG_TAM_GDTX, "xa": Actor.UBND_XA,
}  # fmt: skip
_LEVELS = {"mn": "mam_non", "th": "tieu_hoc", "cs": "thcs", "pt": "thpt", "tx": "gdtx"}
_UNITS = [UnitQuery(Actor.CO_SO_GIAO_DUC, SchoolLevel(level)) for level in list(_LEVELS.values())[:4]] + [
    UnitQuery(kind) for kind in (Actor.TRUNG_TAM_GDTX, Actor.PHONG_GDDT, Actor.SO_GDDT, Actor.UBND_XA)
]
_WIDTH = 88


def _wrapped(text: str) -> str:
    """Return a text with its lines broken as on a page; every offset stays what it was."""
    found = list(text)
    start = blank = 0
    for at, char in enumerate(text):
        start, blank = (at + 1, 0) if char == "\n" else (start, at if char == " " else blank)
        if at - start > _WIDTH and blank > start:
            found[blank] = "\n"
            start = blank + 1
    return "".join(found)


def _bound(facts: Facts, actors: list[str], levels: list[str], only: str | None = None) -> list[bool]:
    """Return for every kind of unit whether such a duty of the directive binds it."""
    header = facts.header
    return [
        binds(
            unit, issuer=header.issuer, issuer_level=header.issuer_level, date=header.date, actor=actors,
            levels=levels or None, only=only,
        ).binds
        for unit in _UNITS
    ]  # fmt: skip


@pytest.mark.parametrize("page", PAGES, ids=[page.splitlines()[2][:40] for page in PAGES])
def test_marked_dates_bind_whom_they_name(page: str) -> None:
    marks = [
        (m.start() - sum(len(o.group()) for o in _MARK.finditer(page, 0, m.start())), m[1])
        for m in _MARK.finditer(page)
    ]
    text = _wrapped(_MARK.sub("", page))
    facts = read(Document("page", "page", "text/plain", (Page(1, text, 1),)))
    for end, mark in marks:
        who, _, which = mark.partition(":")
        actors = [DEPARTMENT + "x" if code == "dep" else str(_ACTORS[code]) for code in who.split()]
        only = SCHOOLS if who == "tr" else None  # schools, not the centres that "cơ sở giáo dục" means, too
        wanted = _bound(facts, actors, [_LEVELS[code] for code in which.split()], only)
        found = [
            _bound(
                facts, list(row.actor), [str(level) for level in row.levels or ()],
                meant_only(row.task, row.evidence.surface),
            )
            for row in facts.deadlines
            if abs(row.due_evidence.end - end) <= 3
        ]  # fmt: skip
        assert wanted in found, (text[max(0, end - 80) : end], mark)
