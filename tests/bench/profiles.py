"""How many lists of duties come out exact, none missing and none too many; prints one JSON line.

usage: python -m tests.bench.profiles [--misses] [--pdf] [DIR …]

DIRs hold sources of directives with a ``profiles.yaml``: for each directive the dated duties, by their place in its
gold, of seven units. ``gold`` takes the facts of the gold, so that only the rule whom a duty binds is measured;
``read`` takes what nlp reads of the true text, where a day counts as found within four lines of its place in the gold,
as in the shared scorer of deadlines: whoever opens the evidence sees it there. With ``--pdf`` the directives are drawn
as digital PDFs first and read as the product reads these, whose ruled tables tell their cells; their lines are not
those of the gold's pages, so that a day counts wherever it stands.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml

from corpus.document import Document
from corpus.facts import Actor, Deadline, Facts, SchoolLevel
from corpus.samples.gold import build_gold
from corpus.samples.layout import lay_out
from corpus.samples.source import load
from corpus.units import UnitQuery, binds, meant_only
from tests.api.gold_facts import directive

DIRECTIVES = Path(__file__).parent.parent / "directives"
SCHOOLS = ("thpt", "thcs", "tieu_hoc", "mam_non")
#: Units that stand under the Sở or are it: they have no district.
OF_THE_PROVINCE = ("thpt", "trung_tam_gdtx", "so_gddt")
#: Lines between a day's place in the gold and where it may be read, as in ../shared/score/score_extract.py.
NEAR = 4
_ANYWHERE = 10_000

#: Where a dated duty stands: the line over all pages, and its day.
Day = tuple[int, str | None]


@dataclass(frozen=True)
class Profile:
    """A unit, a directive's gold, and the rows of its deadlines that are the unit's."""

    directive: str
    name: str
    unit: UnitQuery
    gold: dict[str, Any]
    wanted: tuple[int, ...]


def folders() -> list[Path]:
    """Return the folders of directives that have profiles."""
    return sorted(path.parent for path in DIRECTIVES.glob("*/profiles.yaml"))


def profiles(folder: Path) -> Iterator[Profile]:
    """Yield the profiles of the directives in a folder."""
    for name, row in yaml.safe_load((folder / "profiles.yaml").read_text(encoding="utf-8")).items():
        gold = build_gold(source := load(name, folder), lay_out(source))
        for unit in (*SCHOOLS, "trung_tam_gdtx", "phong_gddt", "so_gddt"):
            if row.get(unit) is not None:
                district = None if unit in OF_THE_PROVINCE else row.get("district")
                level = SchoolLevel(unit) if unit in SCHOOLS else None
                kind = Actor.CO_SO_GIAO_DUC if level else Actor(unit)
                query = UnitQuery(kind, level, row["province"], district, row.get("names", {}).get(unit))
                yield Profile(name, unit, query, gold, tuple(row[unit]))


def owed(profile: Profile, facts: Facts) -> list[Deadline]:
    """Return the dated duties that bind the unit; office and day are the gold's."""
    meta = profile.gold["meta"]
    return [
        row
        for row in facts.deadlines
        if binds(
            profile.unit, issuer=meta["issuer"], issuer_level=meta["issuer_level"], date=meta["date"],
            actor=row.actor, levels=row.levels, only=meant_only(row.task, row.evidence.surface),
            recipient=row.recipient,
        ).binds
    ]  # fmt: skip


def by_rule(profile: Profile) -> tuple[list[int], list[int]]:
    """Return the rows missing and too many with the facts of the gold."""
    _, facts = directive(profile.gold)
    found = [facts.deadlines.index(row) for row in owed(profile, facts)]
    return sorted(set(profile.wanted) - set(found)), sorted(set(found) - set(profile.wanted))


def by_reading(profile: Profile, facts: Facts, near: int = NEAR) -> tuple[list[Day], list[Day]]:
    """Return the (line over all pages, day) missing and too many with the facts that were read; a day counts up to
    ``near`` lines from its place in the gold."""
    starts = [0, *accumulate(page.count("\n") + 1 for page in profile.gold["pages"])]
    gold = [profile.gold["deadlines"][at] for at in profile.wanted]
    wanted = [(starts[row["page"] - 1] + row["line"], row["due"]) for row in gold]
    found = [(starts[row.evidence.page - 1] + row.evidence.line, row.due) for row in owed(profile, facts)]
    for line, due in sorted(wanted, key=str):
        same = [day for day in found if day[1] == due and abs(day[0] - line) <= near]
        if same:
            wanted.remove((line, due))
            found.remove(min(same, key=lambda day: abs(day[0] - line)))
    return wanted, found


def drawn(name: str, folder: Path) -> Document:
    """Return a directive drawn as a digital PDF and read by the product."""
    from corpus.samples.builder import build_pdf
    from ingest.pipeline import ReadOptions
    from ingest.pipeline import read as read_file

    source = load(name, folder)
    return read_file(build_pdf(source, lay_out(source), "digital"), f"{name}.pdf", options=ReadOptions())


def main() -> None:
    """Measure and print."""
    from nlp.pipeline import read
    from tests.bench.extraction import of_pages

    parser = argparse.ArgumentParser()
    parser.add_argument("dirs", nargs="*", type=Path)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--pdf", action="store_true")
    given = parser.parse_args()
    read_facts: dict[str, Facts] = {}
    count: Counter[str] = Counter()
    for folder in given.dirs or folders():
        for one in profiles(folder):
            facts = read_facts.get(one.directive)
            if facts is None:
                pages = drawn(one.directive, folder) if given.pdf else of_pages(one.directive, one.gold["pages"])
                facts = read_facts[one.directive] = read(pages)
            rule, reading = by_rule(one), by_reading(one, facts, _ANYWHERE if given.pdf else NEAR)
            count += Counter(
                lists=1, gold_exact=not any(rule), read_exact=not any(reading), dates=len(one.wanted),
                read_missing=len(reading[0]), read_too_many=len(reading[1]),
            )  # fmt: skip
            if given.misses and (any(rule) or any(reading)):
                print(one.directive, one.name, "rule", rule, "read", *(sorted(rows, key=str) for rows in reading))
    print(json.dumps(count))


if __name__ == "__main__":
    main()
