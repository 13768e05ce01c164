"""From lines to readings: the best way through the lattice, and how sure each reading is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from typing import NamedTuple

import numpy as np

from ingest.restore import beam, lattice
from ingest.restore.candidates import Candidates, Damage
from ingest.restore.kernel import Array
from ingest.restore.lattice import Lattice
from ingest.restore.model import Model
from ingest.restore.places import Place, marks_of, places_of

#: Beam: states kept at a place, and how far (nats) behind the best one a state is dropped.
_WIDTH, _DROP = 12, np.float32(14.0)
#: Readings whose share is larger are told as alternatives.
_CHANCE = 0.04
#: Places decoded in one go, which bounds the memory.
_CHUNK = 1500
_ABBREVIATION, _STEADY = re.compile(r"(?<!\w)[BCDĐGHKLMNPQRSTVX]{2,7}(?!\w)"), 2


class Found(NamedTuple):
    """What stands, after decoding, for ``line[start:end]``."""

    line: int
    start: int
    end: int
    text: str
    confidence: float
    alternatives: tuple[str, ...]
    rule: str = "restored"


def decode(lines: list[str], candidates: Candidates, steady: Set[str] = frozenset()) -> list[Found]:
    """Return the best reading of every word of the lines, in order.

    ``steady`` are the abbreviations that the whole text writes again and again (``steady_abbreviations``).
    """
    places = places_of(lines, candidates.damage)
    found: list[Found] = []
    at = 0
    while at < len(places):
        end = min(len(places), at + _CHUNK)
        while end < len(places) and not places[end].fresh and end < at + 2 * _CHUNK:
            end += 1
        part = _decode(places[at:end], lines, candidates, steady)
        found += _with_blanks(part, lines) if candidates.damage is Damage.OCR else part
        at = end
    return found


def steady_abbreviations(text: str) -> frozenset[str]:
    """Return the abbreviations, capitals without a vowel, that a text writes the same at least twice."""
    seen = Counter(_ABBREVIATION.findall(text))
    return frozenset(word for word, times in seen.items() if times >= _STEADY)


def best_way(built: Lattice, places: Sequence[Place], model: Model, drop: np.float32) -> tuple[Array, Array]:
    """Return the arc taken at each place (-1: inside a longer arc), and what every arc scores within that way."""
    marks = marks_of(places)
    know = model.lm, model.domain, model.shapes
    taken, _ = beam.decode(built.start, built.table, *marks, *know, _WIDTH, drop)
    return taken, beam.judge(built.start, built.table, *marks, taken, *know)


def _decode(places: list[Place], lines: list[str], candidates: Candidates, steady: Set[str]) -> list[Found]:
    built = lattice.build(places, lines, candidates, steady)
    taken, scores = best_way(built, places, candidates.model, _DROP)
    share = lattice.shares(scores, built.start)
    others = lattice.likeliest(share, built, _CHANCE)
    found = []
    for k, (place, arc) in enumerate(zip(places, taken.tolist(), strict=True)):
        if arc < 0:
            continue
        line, start, part = place.line, place.slot.start, place.fixed
        if part is not None:
            found.append(Found(line, start, place.slot.end, part.reading, part.confidence, part.alternatives, "number"))
            continue
        end = places[k + int(built.table[0][arc]) - 1].slot.end
        text = built.rows[arc].text
        rest = tuple(other for other in others.get(k, ()) if other != text)
        found.append(Found(line, start, end, text, float(share[arc]), rest))
    return found


def _with_blanks(found: list[Found], lines: list[str]) -> list[Found]:
    """Return the readings with a blank for every speck that an OCR read as a dot or colon between two small words."""
    out: list[Found] = []
    for item in found:
        last = out[-1] if out else None
        if (
            last is not None
            and last.line == item.line
            and item.start - last.end == 1
            and last.rule == item.rule == "restored"
            and lines[item.line][last.end] in ".:"
            and (last.text + item.text).isalpha()
            and item.text.islower()
            and len(last.text) > 1
        ):
            sure = 0.8 * min(last.confidence, item.confidence)
            out.append(Found(item.line, last.end, item.start, " ", sure, (lines[item.line][last.end],)))
        out.append(item)
    return out
