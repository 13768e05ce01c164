"""How well drafts carry the Bộ's deadlines on; prints one JSON line.

usage: python -m tests.bench.drafts [--misses] [NAME …]

Every directive of the Bộ among the samples and in tests/directives is drafted from, written as DOCX, read back and its
facts are read: what counts is what a reader of the draft finds. ``again`` is the share of the Bộ's limits (a day, not
an event, not the Bộ's own task) whose task stands in the draft with a day; ``earlier`` the share with a day before the
Bộ's; ``actor`` and ``recipient`` the share that falls on the right units and goes to the right office. ``asked`` counts
those that the draft asks about instead. ``seconds`` is the processor time of the slowest draft with its file.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from api.drafted.word import as_docx
from corpus.document import Document
from corpus.facts import DEPARTMENT, Actor, Deadline, Facts
from corpus.samples.layout import lay_out
from corpus.samples.source import SOURCES, load
from corpus.text import squeeze
from ingest.pipeline import read
from nlp.compare.items import parts_of
from nlp.drafting.compose import compose
from nlp.drafting.dates import comes_back, is_limit
from nlp.drafting.days import goes_up
from nlp.drafting.draft import Act, Draft
from nlp.drafting.habits import Earlier
from nlp.drafting.office import Choices, Nothing, office_of
from tests.bench.extraction import likeness, of_pages
from tests.nlp.texts import reader

ROOT = Path(__file__).resolve().parents[1] / "directives"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "seeds" / "002.txt"
#: Directives of the Bộ, and the earlier ones of the Sở that drafts from here.
NAMES: dict[str, tuple[str, ...]] = {
    "2021-bo-y-te": (),
    "2022-bo-y-te": ("2021-so-y-te",),
    "blind/2020-bo-boi-duong": (),
    "known/2023-bo-bao-luc": (),
    "pairs/2023-bo-thu-vien": (),
    "sealed/2024-bo-giao-duc-trung-hoc": (),
    "unread/2019-bo-phan-luong": (),
    "distant/2021-bo-giao-duc-dia-phuong": (),
    "untouched/2022-bo-thua-thieu-giao-vien": (),
}
_LIKE = 0.45
_BELOW = {str(a) for a in Actor} - {str(Actor.BO_GDDT), str(Actor.SO_GDDT)}


@lru_cache(maxsize=32)
def directive(name: str) -> tuple[Document, Facts]:
    """Return a directive of the samples or of tests/directives (``folder/name``) as its source lays it out."""
    folder = ROOT / name.split("/")[0] if "/" in name else SOURCES
    sheets = lay_out(load(name.rsplit("/", 1)[-1], folder))
    document = of_pages(name, ["\n".join(line.text for line in sheet.reading) for sheet in sheets])
    return document, reader().read(document)


def shared() -> tuple[Document, Facts]:
    """Return the shared directive of the Bộ."""
    document = read(SHARED.read_bytes(), SHARED.name)
    return document, reader().read(document)


def drafted(
    upper: tuple[Document, Facts], earlier: tuple[str, ...] = (), *, choices: Choices | None = None
) -> tuple[Draft, bytes, float]:
    """Return the draft of a Sở, its Word file and the processor time of both."""
    document, facts = upper
    issued = date.fromisoformat(facts.header.date or "2022-08-31")
    office = office_of("Sở GDĐT tỉnh Phú Lâm", issued, known=["Sở Giáo dục và Đào tạo Phú Lâm"])
    own = [Earlier(*directive(name)) for name in earlier]
    chosen = choices or Choices(to=("phong", "truong", "gdtx"))
    begun = time.process_time()
    made, _ = compose(parts_of(document, facts), office, chosen, issued, own, Nothing())
    data = as_docx(made)
    return made, data, time.process_time() - begun


@dataclass
class Count:
    """What became of the Bộ's limits."""

    limits: int = 0
    again: int = 0
    earlier: int = 0
    actor: int = 0
    recipient: int = 0
    asked: int = 0
    missed: list[str] = field(default_factory=list)

    def add(self, other: Count) -> None:
        """Add the counts of another directive."""
        for name in ("limits", "again", "earlier", "actor", "recipient", "asked"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.missed += other.missed

    def share(self, name: str) -> float:
        """Return a count as a share of the limits."""
        found: int = getattr(self, name)
        return round(found / max(1, self.limits - self.asked), 4)


def limits_of(facts: Facts, made: Draft) -> list[Deadline]:
    """Return the Bộ's deadlines that a Sở must carry on earlier: limits with a day, of the Sở or below it, in items
    that the draft has."""
    gone = [out.text for out in made.left_out]
    gone += [c.before for p in made.body for c in p.changes if c.act is Act.LEFT_OUT]
    return [
        d
        for d in facts.deadlines
        if d.due
        and set(d.actor) != {str(Actor.BO_GDDT)}
        and is_limit(squeeze(d.due_text))
        and not comes_back(d.due_text)
        and "do Bộ tổ chức" not in d.task
        and not any(squeeze(d.due_evidence.surface) in text and _starts(d) in text for text in gone)
    ]


def _starts(deadline: Deadline) -> str:
    """Return the first words of the place that a deadline was read from."""
    return squeeze(deadline.evidence.surface)[:30]


def count(upper: Facts, made: Draft, below: Facts) -> Count:
    """Return how the Bộ's limits stand in the facts that are read from the draft."""
    found = Count()
    for limit in limits_of(upper, made):
        found.limits += 1
        words = squeeze(limit.due_text)
        if any(gap.text == f"[{words}]" for gap in made.gaps):
            found.asked += 1
            continue
        wanted = [t for t in made.tasks if t.above == limit.due and t.above_text == words]
        days = {t.due for t in wanted}
        same = [d for d in below.deadlines if likeness(_bare(d), _bare(limit)) >= _LIKE]
        hits = [d for d in same if d.due in days] or [d for d in same if d.due]
        if not hits:
            found.missed.append(f"lost: {limit.due} {limit.task[:80]}")
            continue
        found.again += 1
        found.earlier += all((d.due or "") < (limit.due or "") for d in hits)
        own = any(t.who.startswith("Phòng chuyên môn") for t in wanted)
        right = [_right_actor(d, limit, own=own) for d in hits]
        found.actor += any(right)
        found.recipient += any(_right_recipient(d, limit, own=own) for d in hits)
        if not any(right):
            found.missed.append(f"actor {hits[0].actor} for {limit.actor}: {limit.task[:70]}")
        if not any(_right_recipient(d, limit, own=own) for d in hits):
            found.missed.append(f"recipient {hits[0].recipient} via {hits[0].via}: {limit.task[:70]}")
    return found


def _bare(deadline: Deadline) -> str:
    """Return a task without to whom it goes, which is another by its nature."""
    text = deadline.task
    for name in (deadline.recipient, deadline.via):
        text = text.replace(name, " ") if name else text
    return text


def _right_actor(found: Deadline, limit: Deadline, *, own: bool) -> bool:
    if own:
        return any(a.startswith(DEPARTMENT) or a == Actor.SO_GDDT for a in found.actor)
    below = set(limit.actor) & _BELOW
    return bool(set(found.actor) & (below or _BELOW)) and str(Actor.BO_GDDT) not in found.actor


def _right_recipient(found: Deadline, limit: Deadline, *, own: bool) -> bool:
    if own or not goes_up(limit):
        return True
    return (found.recipient or "").startswith(("Sở", "Phòng"))


def figures(names: list[str] | None = None) -> tuple[Count, float, dict[str, str]]:
    """Return the counts of all directives (or of those named), the slowest draft's seconds, and each one's share."""
    total, slowest, rows = Count(), 0.0, {}
    cases = [(name, directive(name), NAMES.get(name, ())) for name in names or NAMES]
    if SHARED.exists() and not names:
        cases.append(("002", shared(), ()))
    drafted(cases[0][1])  # the first draft loads the tables
    for name, upper, earlier in cases:
        made, data, seconds = drafted(upper, earlier)
        found = count(upper[1], made, reader().read(read(data, "draft.docx")))
        found.missed = [f"{name}: {line}" for line in found.missed]
        total.add(found)
        slowest = max(slowest, seconds)
        rows[name] = f"{found.earlier}/{found.limits - found.asked}"
    return total, slowest, rows


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser()
    options.add_argument("--misses", action="store_true")
    options.add_argument("names", nargs="*")
    asked = options.parse_args()
    total, slowest, rows = figures(asked.names)
    for line in total.missed if asked.misses else ():
        print(line)
    shares = {name: total.share(name) for name in ("again", "earlier", "actor", "recipient")}
    print(json.dumps({"limits": total.limits, "asked": total.asked, **shares, "seconds": round(slowest, 2), **rows}))


if __name__ == "__main__":
    main()
