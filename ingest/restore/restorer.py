"""Broken Vietnamese comes back: text in, text out, line for line, every change with its source and confidence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from corpus.document import Edit, Repaired
from ingest.quality import TextQuality, Verdict, assess
from ingest.restore.candidates import Candidates, Damage
from ingest.restore.domain import adapt
from ingest.restore.lattice import Found, decode
from ingest.restore.model import Model

_BREAKS = re.compile(r"([\n\f])")


class Restorer:
    """Restores the Vietnamese of broken text. Not for use by two threads at once: it remembers words as it goes."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._candidates: dict[Damage, Candidates] = {}

    @classmethod
    def load(cls, model_dir: Path | None = None) -> Restorer:
        """Load the model of a folder, the shipped one by default; MissingDependencyError when there is none."""
        return cls(Model.load(model_dir))

    def restore(self, text: str, *, force: bool = False) -> Repaired:
        """Return ``text`` with its Vietnamese repaired; clean text comes back byte for byte.

        Lines and pages stay as they are, so do case, punctuation and spacing. ``force`` takes the text for broken
        without asking (queries typed without marks).
        """
        out: list[str] = []
        edits: list[Edit] = []
        at = 0
        for page in re.split(r"(\f)", text):
            repaired = self._page(page, force) if page.strip() else Repaired(page)
            edits += [
                Edit(e.start + at, e.end + at, e.source, e.confidence, e.rule, e.alternatives) for e in repaired.edits
            ]
            out.append(repaired.text)
            at += len(repaired.text)
        return Repaired("".join(out), tuple(edits))

    def adapted(self, clean_texts: Iterable[str]) -> Restorer:
        """Return a copy that has learned the words and phrases of an office's clean directives (seconds)."""
        return Restorer(adapt(self.model, clean_texts))

    def _page(self, text: str, force: bool) -> Repaired:
        quality = assess(text)
        if quality.verdict in (Verdict.EMPTY, Verdict.FOREIGN) or (quality.verdict is Verdict.GOOD and not force):
            return Repaired(text)
        lines = text.split("\n")
        found, _ = decode(lines, self._for(damage_of(quality)))
        return _assemble(lines, found)

    def _for(self, damage: Damage) -> Candidates:
        if damage not in self._candidates:
            self._candidates[damage] = Candidates(self.model, damage)
        return self._candidates[damage]


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


def _assemble(lines: list[str], found: Iterable[Found]) -> Repaired:
    """Put the readings into the lines; a reading that is what stood there is no edit."""
    out: list[str] = []
    edits: list[Edit] = []
    at = line = column = 0

    def copy(upto: int) -> None:
        nonlocal at, column
        out.append(lines[line][column:upto])
        at += upto - column
        column = upto

    for item in found:
        while line < item.line:
            copy(len(lines[line]))
            out.append("\n")
            at, line, column = at + 1, line + 1, 0
        source = lines[line][item.start : item.end]
        if source == item.text:
            continue
        copy(item.start)
        out.append(item.text)
        confidence = min(1.0, max(0.0, round(item.confidence, 4)))
        edits.append(Edit(at, at + len(item.text), source, confidence, item.rule, item.alternatives))
        at, column = at + len(item.text), item.end
    while line < len(lines):
        copy(len(lines[line]))
        line, column = line + 1, 0
        if line < len(lines):
            out.append("\n")
            at += 1
    return Repaired("".join(out), tuple(edits))
