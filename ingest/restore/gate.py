"""Where to act: which lines of a text are broken Vietnamese, and how they were broken.

Decided on three scales by ``ingest.quality``: the text, the page, and blocks of lines with their neighbours. A page
goes as its own words say; a page of few words goes with the text around it; a block goes against its page only on
strong evidence, as in a digital document with a scanned annex. No model is needed to decide, so clean text costs
little.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.text import is_syllable
from ingest.quality import TextQuality, Verdict, assess
from ingest.restore.candidates import Damage

#: Lines in a block; a block is judged together with the block before and the one after.
_BLOCK = 8
#: Words from which a judgement stands on its own.
_SURE = 60
#: Fewer words than this, when a repair is asked for, are a query.
_QUERY = 30
#: A short text that has most of its marks must be changed in this share of its words, or it is left alone.
_LEAST_CHANGE = 0.15
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines ``first`` to ``last`` (exclusive), what broke them (None: leave them), and whether to look twice."""

    first: int
    last: int
    damage: Damage | None
    doubtful: bool = False


def damage_of(quality: TextQuality) -> Damage:
    """Tell from the shares of a broken text how it was broken."""
    if quality.familiar >= 0.9:
        if quality.marked < 0.03:
            return Damage.STRIPPED
        if quality.toned < 0.04:
            return Damage.TONELESS
        if quality.marked > 0.6:
            return Damage.TONES
    return Damage.OCR


def plan(lines: list[str], whole: TextQuality, force: bool = False) -> list[Stretch]:
    """Return what to do with the lines of one page; ``whole`` is the judgement of the whole text."""
    quality = assess("\n".join(lines))
    if quality.verdict is Verdict.EMPTY or quality.words == 0:
        return [Stretch(0, len(lines), None)]
    if force:
        typed = _typed("\n".join(lines)) if quality.words < _QUERY else None
        return [Stretch(0, len(lines), typed or damage_of(quality))]
    damage = damage_of(quality) if quality.verdict is Verdict.BROKEN else None
    if damage is None and whole.verdict is Verdict.BROKEN and quality.words < _SURE and not _surely_clean(quality, 8):
        damage = damage_of(whole)
    doubtful = quality.words < _SURE and quality.marked > 0.5
    if len(lines) <= 2 * _BLOCK:
        return [Stretch(0, len(lines), damage, doubtful)]
    out: list[Stretch] = []
    for first in range(0, len(lines), _BLOCK):
        last = min(len(lines), first + _BLOCK)
        near = assess("\n".join(lines[max(0, first - _BLOCK) : last + _BLOCK]))
        here = damage
        if damage is None and _surely_broken(near):
            here = damage_of(near)
        elif damage is not None and _surely_clean(near, _SURE):
            here = None
        if out and out[-1].damage is here:
            out[-1] = Stretch(out[-1].first, last, here, doubtful)
        else:
            out.append(Stretch(first, last, here, doubtful))
    return out


def _typed(text: str) -> Damage | None:
    """Tell a query that a person typed without marks, or with some of them; None for what an OCR wrote."""
    marked = [w for w in _WORD.findall(text.lower()) if not w.isascii()]
    if not marked:
        return Damage.STRIPPED
    return Damage.MIXED if all(is_syllable(w) for w in marked) else None


def enough(words: int, changed: int) -> bool:
    """Tell whether a doubtful text was changed in so many words that it must have been broken."""
    return changed >= _LEAST_CHANGE * words


def _surely_clean(quality: TextQuality, least: int) -> bool:
    good = quality.marked >= 0.72 and quality.valid >= 0.96 and quality.common >= 0.92
    return quality.words >= least and quality.verdict is Verdict.GOOD and good


def _surely_broken(quality: TextQuality) -> bool:
    bad = quality.valid < 0.78 or quality.marked < 0.35 or quality.toned < 0.1
    return quality.words >= _SURE and quality.verdict is Verdict.BROKEN and bad
