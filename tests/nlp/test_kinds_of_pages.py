"""Whole small pages of kinds that offices and schools write: whom every day binds, and that no other day is read.

``kinds_of_pages.txt`` holds pages behind "@name"; below a page stand its dated duties, "> day whom:levels", "-" for a
time that is only described, "none" for what no unit of education does. What is held is on whose lists a day stands, as
in ``test_whose_pages``. Offices are invented; the answers were decided before the reader was run.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import Document, Page
from corpus.facts import Actor, Header, SchoolLevel
from corpus.units import UnitQuery, binds, meant_only
from nlp.pipeline import read

PAGES = Path(__file__).with_name("kinds_of_pages.txt").read_text(encoding="utf-8").strip("\n").lstrip("@").split("\n@")
_ACTORS = {
    "bo": Actor.BO_GDDT, "so": Actor.SO_GDDT, "ph": Actor.PHONG_GDDT, "cs": Actor.CO_SO_GIAO_DUC,
    "dv": Actor.DON_VI_TRUC_THUOC, "tt": Actor.TRUNG_TAM_GDTX, "xa": Actor.UBND_XA,
}  # fmt: skip
_LEVELS = {"mn": "mam_non", "th": "tieu_hoc", "cs": "thcs", "pt": "thpt", "tx": "gdtx"}
_SCHOOLS = ("mn", "th", "cs", "pt")
_UNITS = {code: UnitQuery(Actor.CO_SO_GIAO_DUC, SchoolLevel(_LEVELS[code])) for code in _SCHOOLS} | {
    code: UnitQuery(_ACTORS[code]) for code in ("tt", "ph", "so", "xa")
}


def _lists(
    header: Header, actors: list[str], levels: list[str], only: str | None = None, recipient: str | None = None
) -> str:
    """Return the kinds of unit on whose lists such a duty of a directive stands, "school" in front of schools."""
    on = (
        ("school " if unit.level else "") + code
        for code, unit in _UNITS.items()
        if binds(
            unit, issuer=header.issuer, issuer_level=header.issuer_level, date=header.date, actor=actors,
            levels=levels or None, only=only, recipient=recipient,
        ).binds
    )  # fmt: skip
    return ", ".join(on)


@pytest.mark.parametrize("page", PAGES, ids=[page.split("\n", 1)[0] for page in PAGES])
def test_days_of_a_page_stand_on_the_lists_they_should(page: str) -> None:
    lines = page.split("\n")[1:]
    text = "\n".join(line for line in lines if not line.startswith("> ")) + "\n"
    facts = read(Document("page", "page", "text/plain", (Page(1, text, 1),)))
    wanted = []
    for line in lines:
        if line.startswith("> "):
            day, _, whom = line[2:].partition(" ")
            who, _, which = whom.partition(":")
            actors = [] if who == "none" else [str(_ACTORS[code]) for code in who.split()]
            levels = [_LEVELS[code] for code in which.split()]
            wanted.append((day, _lists(facts.header, actors, levels) if actors else ""))
    found = [
        (
            row.due or "-",
            _lists(
                facts.header, list(row.actor), [str(level) for level in row.levels or ()],
                meant_only(row.task, row.evidence.surface), row.recipient,
            ),
        )
        for row in facts.deadlines
    ]  # fmt: skip
    assert sorted(found) == sorted(wanted)
