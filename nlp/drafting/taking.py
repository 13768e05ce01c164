"""Taking another directive's wording for an item: its days become those of the draft, or are asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from corpus.text import squeeze
from nlp.compare.items import parts_of
from nlp.drafting.body import Maker
from nlp.drafting.cited import swapped
from nlp.drafting.dates import is_limit, rewrite
from nlp.drafting.days import spots
from nlp.drafting.draft import Act, Change, Paragraph
from nlp.drafting.habits import Earlier
from nlp.drafting.origin import part_of
from nlp.drafting.scope import Scope

_YEAR = re.compile(r"năm học \d{4} ?[-–] ?\d{4}")


def taken(
    body: list[Paragraph], choices: Sequence[tuple[int, str, int]], earlier: Sequence[Earlier], maker: Maker
) -> list[Paragraph]:
    """Return the body with the wordings that the officer took; what is not there any more changes nothing."""
    found = list(body)
    known = {one.document.id: one for one in earlier}
    for order, document, at in choices:
        one = known.get(document)
        spot = next((k for k, p in enumerate(found) if p.part == order), None)
        if one is not None and spot is not None:
            found[spot] = _worded(found[spot], one, at, maker)
    return found


def _worded(paragraph: Paragraph, one: Earlier, at: int, maker: Maker) -> Paragraph:
    parts = parts_of(one.document, one.facts)
    part = next((p for p in parts.parts if p.order == at), None)
    if part is None:
        return paragraph
    changes: list[Change] = [Change(Act.TAKEN, paragraph.text, part.text, f"lấy cách viết của {one.name}")]
    text = part.text
    mine = _days(paragraph, maker)
    times = spots(text, part.deadlines)
    for k, (start, end, _) in reversed(list(enumerate(times))):
        words = text[start:end]
        if k < len(mine) and is_limit(words):
            new = rewrite(words, mine[k])
        else:
            new = maker.frame.marks.put(f"[{words}]", f"{one.name} ghi “{words}”; lần này là khi nào?")
        changes.append(Change(Act.DAY, words, maker.frame.marks.plain(new), "hạn của dự thảo"))
        text = text[:start] + new + text[end:]
    year = maker.upper.facts.header.school_year
    if year:
        text = _YEAR.sub(f"năm học {year}", text)
    text, told = swapped(text, part.citations, maker.register, maker.on.isoformat(), maker.frame.marks)
    source = part_of(one.document, one.facts, part)
    return replace(
        paragraph,
        runs=maker.frame.marks.runs(squeeze(text)),
        sources=(source, *paragraph.sources),
        changes=(*changes, *told),
    )


def _days(paragraph: Paragraph, maker: Maker) -> list[date]:
    """Return the days that the draft has for the item, in order."""
    part = next((p for p in maker.upper.parts if p.order == paragraph.part), None)
    if part is None:
        return []
    found = []
    for deadline in sorted(part.deadlines, key=lambda d: d.due_evidence.start):
        _, due, _ = maker.clock.moved(
            deadline, squeeze(deadline.due_evidence.surface), Scope.UNITS, maker.frame.marks, []
        )
        if due is not None:
            found.append(due)
    return found
