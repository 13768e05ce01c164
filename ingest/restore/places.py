"""Lines become places: what the decoder is to fill, what is a number or a mark and stays out of its hands."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ingest.restore.candidates import Damage
from ingest.restore.kernel import Array
from ingest.restore.numerals import Fixed, fixed_parts
from ingest.restore.tokens import SURE_EDGE, UNSURE_EDGE, Slot, slots

_LIST_MARK = re.compile(r"\s*(?:[-+*•–]|(?:\d{1,2}|[IVX]+|[a-zđ¢])[.)/])")
_STOPPED = re.compile(r"[.;:!?]\W*$")


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


def adjacent(a: Place, b: Place, lines: list[str]) -> bool:
    """Tell whether two places are words with nothing but one blank between them."""
    return a.line == b.line and a.fixed is None and b.fixed is None and lines[a.line][a.slot.end : b.slot.start] == " "


def marks_of(places: Sequence[Place]) -> tuple[Array, Array, Array]:
    """Return the marks before and after each place and whether a sentence begins there, for the compiled decoder."""
    before = np.array([p.slot.before for p in places], dtype=np.int32)
    after = np.array([p.slot.after for p in places], dtype=np.int32)
    fresh = np.array([p.fresh or k == 0 for k, p in enumerate(places)], dtype=np.bool_)
    return before, after, fresh
