"""From lines to readings: builds the lattice of one stretch of text, runs the beam, and says how sure each reading is."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from ingest.restore import kernel
from ingest.restore.candidates import Candidates, Damage, Reading
from ingest.restore.kernel import Array
from ingest.restore.tokens import SURE_EDGE, UNSURE_EDGE, Slot, slots

#: Beam: states kept at a place, and how far (nats) behind the best one a state is dropped.
_WIDTH, _DROP = 24, np.float32(16.0)
_CHUNK = 1500
_LIST_MARK = re.compile(r"\s*(?:[-+*•–]|(?:\d{1,2}|[IVX]+|[a-zđ¢])[.)/])")
_STOPPED = re.compile(r"[.;:!?]\W*$")


@dataclass(frozen=True, slots=True)
class Found:
    """What stands, after decoding, for ``line[start:end]``."""

    line: int
    start: int
    end: int
    text: str
    confidence: float
    alternatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    line: int
    slot: Slot
    core: str
    fresh: bool


def _places(lines: list[str], damage: Damage) -> list[_Place]:
    """Return all slots of the lines in order; ``fresh`` where the sentence does not go on from the line before."""
    edge = SURE_EDGE if damage is Damage.OCR else SURE_EDGE + UNSURE_EDGE
    found: list[_Place] = []
    longest = max((len(line) for line in lines), default=0)
    before = ""
    for number, line in enumerate(lines):
        goes_on = (
            bool(before.strip())
            and not _STOPPED.search(before)
            and not _LIST_MARK.match(line)
            and (len(before) > 0.6 * longest or line.lstrip()[:1].islower())
        )
        for k, slot in enumerate(slots(line, edge)):
            found.append(_Place(number, slot, line[slot.start : slot.end], k == 0 and not goes_on))
        before = line
    return found


def decode(lines: list[str], candidates: Candidates) -> tuple[list[Found], float]:
    """Return the best reading of every word of the lines, in order, and the score of the whole (log, nats)."""
    places = _places(lines, candidates.damage)
    found: list[Found] = []
    total = 0.0
    at = 0
    while at < len(places):
        end = min(len(places), at + _CHUNK)
        while end < len(places) and not places[end].fresh and end < at + 2 * _CHUNK:
            end += 1
        part, score = _decode(places[at:end], lines, candidates)
        found += part
        total += score
        at = end
    return found, total


def _decode(places: list[_Place], lines: list[str], candidates: Candidates) -> tuple[list[Found], float]:
    arcs: list[tuple[int, Reading]] = []
    start = [0]
    for k, place in enumerate(places):
        arcs += [(1, r) for r in candidates.readings(place.core)]
        if k + 1 < len(places) and _adjacent(place, places[k + 1], lines):
            arcs += [(2, r) for r in candidates.joined(place.core, places[k + 1].core)]
        start.append(len(arcs))
    starts = np.array(start, dtype=np.int32)
    columns = _columns(arcs)
    before = np.array([p.slot.before for p in places], dtype=np.int32)
    after = np.array([p.slot.after for p in places], dtype=np.int32)
    fresh = np.array([p.fresh or k == 0 for k, p in enumerate(places)], dtype=np.bool_)
    model = candidates.model
    taken, score = kernel.decode(
        starts, columns, before, after, fresh, model.lm, model.domain, model.shapes, _WIDTH, _DROP
    )
    scores = kernel.judge(starts, columns, before, after, fresh, taken, model.lm, model.domain, model.shapes)
    found = []
    for k, place in enumerate(places):
        if taken[k] < 0:
            continue
        span, reading = arcs[taken[k]]
        last = places[k + span - 1]
        options = scores[start[k] : start[k + 1]]
        weight = np.exp(np.clip(options - options.max(), -50, 0))
        weight /= weight.sum()
        mine = float(weight[taken[k] - start[k]])
        order = np.argsort(-weight, kind="stable")[:4].tolist()
        others = tuple(
            arcs[start[k] + o][1].text for o in order if weight[o] > 0.04 and arcs[start[k] + o][1].text != reading.text
        )
        found.append(Found(place.line, place.slot.start, last.slot.end, reading.text, mine, others))
    return found, float(score)


def _columns(arcs: list[tuple[int, Reading]]) -> tuple[Array, ...]:
    return (
        np.array([span for span, _ in arcs], dtype=np.int32),
        np.array([r.words[0] for _, r in arcs], dtype=np.int32),
        np.array([r.shapes[0] for _, r in arcs], dtype=np.int32),
        np.array([r.words[1] for _, r in arcs], dtype=np.int32),
        np.array([r.shapes[1] for _, r in arcs], dtype=np.int32),
        np.array([r.cost for _, r in arcs], dtype=np.float32),
    )


def _adjacent(a: _Place, b: _Place, lines: list[str]) -> bool:
    return a.line == b.line and lines[a.line][a.slot.end : b.slot.start] == " "
