"""Broken Vietnamese comes back: text in, text out, line for line, every change with its source and confidence."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from pathlib import Path

from corpus.document import Edit, Repaired
from corpus.text import nfc
from ingest.quality import assess
from ingest.restore.abbreviations import explained
from ingest.restore.addresses import addresses
from ingest.restore.candidates import Candidates, Damage
from ingest.restore.counted import counted
from ingest.restore.decoder import Found, decode, steady_abbreviations
from ingest.restore.domain import adapt
from ingest.restore.forms import forms
from ingest.restore.gate import Stretch, enough, plan
from ingest.restore.itemmarks import item_marks
from ingest.restore.model import Model
from ingest.restore.names import agreed
from ingest.restore.phrases import phrased
from ingest.restore.proofread import Confidences, Doubt, Proofreader
from ingest.restore.specks import dashes, fringe, headings, marks, rulings, specks, strokes, unruled, without_overlaps

#: A page of which larger shares of words would be corrected is not nearly right, and is left as read: of words that
#: lost marks (a coarse scan loses most hooks, a worn copy all kinds), of others. Pages of fewer words count as if they
#: had so many.
_MOST_MARKS, _MOST_OTHERS, _FEW = 0.3, 0.08, 40
#: What an English OCR makes of "số" where no word comes of it.
_NUMBER_WORD = re.compile(r"[sS$][0O]?[6&0]")
#: A line that meets every part of the decoder, so that no text has to wait for the compiler.
_FIRST = "Trién khai xqwkz 12, c6"


class Restorer:
    """Restores the Vietnamese of broken text. Threads may share one; it takes one text at a time."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._candidates: dict[Damage, Candidates] = {}
        self._proofreader: Proofreader | None = None
        self._lock = threading.Lock()

    @classmethod
    def load(cls, model_dir: Path | None = None) -> Restorer:
        """Load the model of a folder, the shipped one by default; MissingDependencyError when there is none."""
        restorer = cls(Model.load(model_dir))
        decode([_FIRST], restorer._for(Damage.OCR))
        return restorer

    def restore(self, text: str, *, force: bool = False) -> Repaired:
        """Return ``text`` with its Vietnamese repaired; clean text comes back byte for byte.

        Lines and pages stay as they are, so do case, punctuation and spacing. In a text that is repaired, decomposed
        letters (NFD) are composed first, and ``source()`` gives the composed text. ``force`` takes the text for broken
        without asking (queries typed without marks).
        """
        with self._lock:
            repaired = self._restore(nfc(text), force)
        return repaired if repaired.edits else Repaired(text)

    def _restore(self, text: str, force: bool) -> Repaired:
        lines = re.split(r"[\n\f]", text)
        steady = steady_abbreviations(text)
        found: list[Found] = []
        for stretch in _stretches(text, force):
            if stretch.damage is None:
                continue
            source = lines[stretch.first : stretch.last]
            part = [unruled(line) for line in source] if stretch.damage is Damage.OCR else source
            read = decode(part, self._for(stretch.damage), steady)
            changed = sum(part[f.line][f.start : f.end] != f.text for f in read)
            if not force and stretch.doubtful and not enough(len(read), changed):
                continue
            if stretch.damage is Damage.OCR:
                edge = without_overlaps([*fringe(part), *item_marks(part)])
                ends = {item.line: item.end for item in edge if item.rule == "speck"}
                kept = [item for item in phrased(read, part) if item.start >= ends.get(item.line, 0)]
                marked = [*strokes(source, part), *rulings(part), *dashes(part), *headings(part, _unsure)]
                read = without_overlaps([*edge, *(m for m in marked if m.start >= ends.get(m.line, 0)), *kept])
            found += [f._replace(line=f.line + stretch.first) for f in read] if stretch.first else read
        found = agreed(_numbered(found), lines)
        repaired = _assemble(text, lines, found)
        spelled = explained(repaired.text)
        if not spelled:
            return repaired
        return _assemble(text, lines, [f._replace(text=spelled.get(f.text, f.text)) for f in found])

    def correct(self, text: str, doubts: Sequence[Doubt]) -> Repaired:
        """Return a page that a Vietnamese OCR wrote with its few wrong words put right.

        ``doubts`` are (start, end, confidence in 0..1) of the words as the OCR read them. Line for line as ``restore``.
        A text that is not good Vietnamese on the whole, or of which more than a small share would change, comes back
        as it was read: this is for pages that are right but for a word here and there.
        """
        if not assess(text).readable:
            return Repaired(text)
        with self._lock:
            return self._correct(text, doubts)

    def _correct(self, text: str, doubts: Sequence[Doubt]) -> Repaired:
        lines = text.split("\n")
        sure = Confidences(lines, doubts)
        if self._proofreader is None:
            self._proofreader = Proofreader(self.model)
        changes = self._proofreader.proofread(lines, sure)
        size, lost = max(_FEW, len(text.split())), sum(change.common or change.marks for change in changes)
        if lost > _MOST_MARKS * size or len(changes) - lost > _MOST_OTHERS * size:
            return Repaired(text)
        words = [change.found for change in changes]
        signs = [*addresses(lines), *counted(lines), *forms(lines), *marks(lines, sure.of), *specks(lines, sure.of)]
        return _assemble(text, lines, without_overlaps([*signs, *words]))

    def adapted(self, clean_texts: Iterable[str]) -> Restorer:
        """Return a copy that has learned the words and phrases of an office's clean directives (seconds)."""
        return Restorer(adapt(self.model, clean_texts))

    def _for(self, damage: Damage) -> Candidates:
        if damage not in self._candidates:
            self._candidates[damage] = Candidates(self.model, damage)
        return self._candidates[damage]


def _numbered(found: Sequence[Found]) -> list[Found]:
    """Return the readings with "số" for what still stands in its place before a document number ("TT s6 20/2018/…")."""
    out = list(found)
    for k, (item, following) in enumerate(pairwise(found)):
        if _NUMBER_WORD.fullmatch(item.text) and following.rule == "number" and following.line == item.line:
            out[k] = item._replace(text="Số" if item.text[0] in "S$" else "số")
    return out


def _unsure(_line: int, _column: int) -> float:
    """Return how sure a broken text is of any of its marks, in 0..1: no OCR has told."""
    return 0.7


def _stretches(text: str, force: bool) -> Iterator[Stretch]:
    """Yield what to do with the lines of each page in turn; lines are counted through all pages."""
    whole = assess(text)
    first = 0
    for page in text.split("\f"):
        lines = page.split("\n")
        for stretch in plan(lines, whole, force):
            yield replace(stretch, first=first + stretch.first, last=first + stretch.last)
        first += len(lines)


def _assemble(text: str, lines: list[str], found: Iterable[Found]) -> Repaired:
    """Put the readings, in order, into the lines of ``text``; a reading that is what stood there is no edit."""
    out: list[str] = []
    edits: list[Edit] = []
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    done = size = 0
    for item in found:
        start = starts[item.line] + item.start
        end = starts[item.line] + item.end
        source = text[start:end]
        if source == item.text:
            continue
        out += text[done:start], item.text
        size += start - done
        confidence = min(1.0, max(0.0, round(item.confidence, 4)))
        edits.append(Edit(size, size + len(item.text), source, confidence, item.rule, item.alternatives))
        size += len(item.text)
        done = end
    return Repaired("".join([*out, text[done:]]), tuple(edits))
