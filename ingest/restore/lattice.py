"""From lines to readings: builds the lattice of a stretch of text, runs the beam, says how sure each reading is."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from ingest.restore import beam
from ingest.restore.candidates import Candidates, Damage, Options, Reading
from ingest.restore.kernel import Array
from ingest.restore.numerals import Fixed, fixed_parts
from ingest.restore.tokens import LOWER, NUMBER, SURE_EDGE, UNKNOWN, UNSURE_EDGE, Slot, slots

#: Beam: states kept at a place, and how far (nats) behind the best one a state is dropped.
_WIDTH, _DROP = 18, np.float32(14.0)
_CHUNK = 1500
#: Readings whose share is larger are told as alternatives, so many at most.
_CHANCE, _ALTERNATIVES = 0.04, 4
_LIST_MARK = re.compile(r"\s*(?:[-+*•–]|(?:\d{1,2}|[IVX]+|[a-zđ¢])[.)/])")
_STOPPED = re.compile(r"[.;:!?]\W*$")


class Found(NamedTuple):
    """What stands, after decoding, for ``line[start:end]``."""

    line: int
    start: int
    end: int
    text: str
    confidence: float
    alternatives: tuple[str, ...]
    rule: str = "restored"


@dataclass(frozen=True, slots=True)
class Place:
    """A slot of a text: its line, its letters, whether a sentence begins there, and the number or mark that it is."""

    line: int
    slot: Slot
    core: str
    fresh: bool
    fixed: Fixed | None = None


def places_of(lines: list[str], damage: Damage) -> list[Place]:
    """Return all slots of the lines in order; ``fresh`` where the sentence does not go on from the line before."""
    edge = SURE_EDGE if damage is Damage.OCR else SURE_EDGE + UNSURE_EDGE
    found: list[Place] = []
    by_line = _by_line(lines, fixed_parts("\n".join(lines))) if damage is Damage.OCR else {}
    longest = max((len(line) for line in lines), default=0)
    before = ""
    for number, line in enumerate(lines):
        goes_on = (
            bool(before.strip())
            and not _STOPPED.search(before)
            and not _LIST_MARK.match(line)
            and (len(before) > 0.6 * longest or line.lstrip()[:1].islower())
        )
        parts = by_line.get(number, [])
        for k, (slot, part) in enumerate(_with_fixed(slots(line, edge), parts)):
            found.append(Place(number, slot, line[slot.start : slot.end], k == 0 and not goes_on, part))
        before = line
    return found


def _by_line(lines: list[str], parts: list[Fixed]) -> dict[int, list[Fixed]]:
    """Return the fixed parts by line, their offsets counted from the start of the line."""
    found: dict[int, list[Fixed]] = {}
    number = at = 0
    for part in parts:
        while part.start > at + len(lines[number]):
            at += len(lines[number]) + 1
            number += 1
        found.setdefault(number, []).append(replace(part, start=part.start - at, end=part.end - at))
    return found


def _with_fixed(line: list[Slot], parts: list[Fixed]) -> list[tuple[Slot, Fixed | None]]:
    """Return the slots of a line with those that touch a fixed part cut or replaced by it; both come in order."""
    out: list[tuple[Slot, Fixed | None]] = []
    rest = deque(line)
    for part in parts:
        while rest and rest[0].end <= part.start:
            out.append((rest.popleft(), None))
        touched: list[Slot] = []
        while rest and rest[0].start < part.end:
            touched.append(rest.popleft())
        before = touched[0].before if touched else -1
        after = touched[-1].after if touched else -1
        if touched and touched[0].start < part.start:
            out.append((replace(touched[0], end=part.start, after=-1), None))
        out.append((Slot(part.start, part.end, before, after), part))
        if touched and touched[-1].end > part.end:
            rest.appendleft(replace(touched[-1], start=part.end, before=-1))
    return out + [(slot, None) for slot in rest]


def decode(lines: list[str], candidates: Candidates) -> tuple[list[Found], float]:
    """Return the best reading of every word of the lines, in order, and the score of the whole (log, nats)."""
    places = places_of(lines, candidates.damage)
    found: list[Found] = []
    total = 0.0
    at = 0
    while at < len(places):
        end = min(len(places), at + _CHUNK)
        while end < len(places) and not places[end].fresh and end < at + 2 * _CHUNK:
            end += 1
        part, score = _decode(places[at:end], lines, candidates)
        found += with_blanks(part, lines) if candidates.damage is Damage.OCR else part
        total += score
        at = end
    return found, total


def with_blanks(found: list[Found], lines: list[str]) -> list[Found]:
    """Return the readings with a blank for every speck that an OCR read as a dot or colon between two small words."""
    out: list[Found] = []
    for item in found:
        if (
            out
            and out[-1].line == item.line
            and item.start - out[-1].end == 1
            and out[-1].rule == item.rule == "restored"
        ):
            last = out[-1]
            both = last.text + item.text
            if lines[item.line][last.end] in ".:" and both.isalpha() and item.text.islower() and len(last.text) > 1:
                sure = 0.8 * min(last.confidence, item.confidence)
                out.append(Found(item.line, last.end, item.start, " ", sure, (lines[item.line][last.end],)))
        out.append(item)
    return out


def _decode(places: list[Place], lines: list[str], candidates: Candidates) -> tuple[list[Found], float]:
    lattice = _lattice(places, lines, candidates)
    model = candidates.model
    marks = marks_of(places)
    know = model.lm, model.domain, model.shapes
    taken, score = beam.decode(lattice.start, lattice.table, *marks, *know, _WIDTH, _DROP)
    scores = beam.judge(lattice.start, lattice.table, *marks, taken, *know)
    weight = shares(scores, lattice.start)
    others = _others(weight, lattice)
    found = []
    for k, (place, arc) in enumerate(zip(places, taken.tolist(), strict=True)):
        if arc < 0:
            continue
        if place.fixed is not None:
            part = place.fixed
            found.append(
                Found(
                    place.line,
                    place.slot.start,
                    place.slot.end,
                    part.reading,
                    part.confidence,
                    part.alternatives,
                    "number",
                )
            )
            continue
        last = places[k + int(lattice.table[0][arc]) - 1]
        text = lattice.rows[arc].text
        rest = tuple(other for other in others.get(k, ()) if other != text)
        found.append(Found(place.line, place.slot.start, last.slot.end, text, float(weight[arc]), rest))
    return found, float(score)


class _Lattice(NamedTuple):
    """Arcs as rows and as columns (span, word1, shape1, word2, shape2, cost); those of slot i begin at ``start[i]``."""

    rows: list[Reading]
    start: Array
    table: tuple[Array, ...]


def _lattice(places: list[Place], lines: list[str], candidates: Candidates) -> _Lattice:
    rows: list[Reading] = []
    start, spans, parts = [0], [], []
    for k, place in enumerate(places):
        options = candidates.readings(place.core) if place.fixed is None else _fixed(place.fixed)
        rows += options.rows
        parts.append(options.table)
        spans += [1] * len(options.rows)
        if k + 1 < len(places) and _adjacent(place, places[k + 1], lines):
            options = candidates.joined(place.core, places[k + 1].core)
            if options.rows:
                rows += options.rows
                parts.append(options.table)
                spans += [2] * len(options.rows)
        start.append(len(rows))
    flat = np.concatenate(parts)
    word1, word2, shape1, shape2 = (flat[:, k].astype(np.int32) for k in range(4))
    table = np.array(spans, dtype=np.int32), word1, shape1, word2, shape2, np.ascontiguousarray(flat[:, 4])
    return _Lattice(rows, np.array(start, dtype=np.int32), table)


def _fixed(part: Fixed) -> Options:
    word = NUMBER if any(c.isdigit() for c in part.reading) else UNKNOWN
    return Options((Reading((word, -1), (LOWER, LOWER), 0.0, part.reading),))


def marks_of(places: Sequence[Place]) -> tuple[Array, Array, Array]:
    """Return the marks before and after each place and whether a sentence begins there, for the compiled decoder."""
    before = np.array([p.slot.before for p in places], dtype=np.int32)
    after = np.array([p.slot.after for p in places], dtype=np.int32)
    fresh = np.array([p.fresh or k == 0 for k, p in enumerate(places)], dtype=np.bool_)
    return before, after, fresh


def shares(scores: Array, start: Array) -> Array:
    """Return the softmax of the scores over the arcs of each slot."""
    sizes = np.diff(start)
    best = np.repeat(np.maximum.reduceat(scores, start[:-1]), sizes)
    weight = np.exp(np.clip(scores - best, -50, 0))
    found: Array = weight / np.repeat(np.add.reduceat(weight, start[:-1]), sizes)
    return found


def _others(weight: Array, lattice: _Lattice) -> dict[int, list[str]]:
    """Return the up to four readings of each slot that have a chance, the likeliest first."""
    arcs = np.flatnonzero(weight > _CHANCE)
    slot = np.searchsorted(lattice.start, arcs, side="right") - 1
    found: dict[int, list[str]] = {}
    for k in np.lexsort((-weight[arcs], slot)).tolist():
        texts = found.setdefault(int(slot[k]), [])
        if len(texts) < _ALTERNATIVES:
            texts.append(lattice.rows[int(arcs[k])].text)
    return found


def columns(arcs: list[tuple[int, Reading]]) -> tuple[Array, ...]:
    return (
        np.array([span for span, _ in arcs], dtype=np.int32),
        np.array([r.words[0] for _, r in arcs], dtype=np.int32),
        np.array([r.shapes[0] for _, r in arcs], dtype=np.int32),
        np.array([r.words[1] for _, r in arcs], dtype=np.int32),
        np.array([r.shapes[1] for _, r in arcs], dtype=np.int32),
        np.array([r.cost for _, r in arcs], dtype=np.float32),
    )


def _adjacent(a: Place, b: Place, lines: list[str]) -> bool:
    return a.line == b.line and a.fixed is None and b.fixed is None and lines[a.line][a.slot.end : b.slot.start] == " "
