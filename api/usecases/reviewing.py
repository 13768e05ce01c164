"""What the machine is unsure of (cần xem lại): words, numbers with two readings, duties without a unit, conflicts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from api import wording
from api.usecases.contradicting import About, about
from corpus.corrections import (
    CORRECTED,
    Anchor,
    Correction,
    Target,
    citation_keys,
    conflict_keys,
    duty_keys,
    fact_anchor,
    word_anchor,
)
from corpus.document import Document, Page
from corpus.facts import Deadline, Duty, Evidence, Facts
from corpus.store import DocumentInfo, Stored

#: Words read with less confidence, and restored ones with less, are shown; of a page at most so many, worst first.
UNSURE_WORD, UNSURE_EDIT, WORDS_A_PAGE = 0.55, 0.6, 12


@dataclass(frozen=True)
class Item:
    """One thing to decide. ``id`` is stable while the text around it is; ``reading`` is what the machine made of it,
    ``source`` what stood there, ``options`` other readings, ``why`` a Vietnamese phrase; ``fact`` the duty as it is,
    ``about`` what can be put right of a contradiction."""

    id: str
    document: DocumentInfo
    target: Target
    anchor: Anchor
    why: str
    reading: str
    source: str
    line: int
    confidence: float
    options: tuple[str, ...] = ()
    fact: Deadline | Duty | None = None
    about: tuple[About, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the item as plain data."""
        return {
            "id": self.id,
            "document": self.document.id,
            "number": self.document.number,
            "source_file": self.document.source,
            "target": self.target,
            "why": self.why,
            "reading": self.reading,
            "source": self.source,
            "before": self.anchor.before,
            "after": self.anchor.after,
            "page": self.anchor.page,
            "line": self.line,
            "confidence": round(self.confidence, 4),
            "options": list(self.options),
            "about": [one.as_dict() for one in self.about],
        }


#: What tells one directive from another and whom it binds, with the words for it.
_NEEDED = {"number": "số ký hiệu", "date": "ngày ban hành", "issuer": "cơ quan ban hành"}


def items(stored: Stored, decided: Iterable[Correction] = ()) -> list[Item]:
    """Return what is unsure in a directive and not decided yet: facts first, then words by page."""
    known = {(c.target, c.anchor.key) for c in decided if c.anchor.key}
    found = [*_header(stored), *_facts(stored), *_words(stored)]
    return [item for item in found if (item.target, item.anchor.key) not in known]


def _item(stored: Stored, target: Target, anchor: Anchor, **more: Any) -> Item:
    sign = f"{stored.info.id}|{target}|{anchor.key}|{anchor.page}|{anchor.text}|{anchor.before}|{anchor.after}"
    return Item(hashlib.sha256(sign.encode()).hexdigest()[:20], stored.info, target, anchor, **more)


def _header(stored: Stored) -> Iterator[Item]:
    """Yield what the letterhead did not give: without it a directive is cited by nobody, and whom it binds is open."""
    header = stored.facts.header
    missing = [words for name, words in _NEEDED.items() if not getattr(header, name)]
    if missing:
        why, reading = "phần đầu đọc chưa đủ", f"Chưa đọc được {', '.join(missing)}."
        yield _item(
            stored, "header", Anchor(1, "", "header"), why=why, reading=reading, source="", line=1, confidence=0.0
        )


def _facts(stored: Stored) -> Iterator[Item]:
    document, facts = stored.document, stored.facts
    for key, conflict in zip(conflict_keys(document.id, facts), facts.conflicts, strict=True):
        why = wording.UNCLEAR if conflict.evidence.rule == "citation.open" else "chỗ mâu thuẫn trong văn bản"
        parts = about(stored, conflict)
        yield _fact(stored, "conflict", conflict.evidence, key, why=why, reading=conflict.what, about=parts)
    for key, citation in zip(citation_keys(document.id, facts), facts.citations, strict=True):
        if citation.alternatives:
            why, options = "số ký hiệu có nhiều cách đọc", citation.alternatives
            yield _fact(stored, "citation", citation.evidence, key, why=why, reading=citation.number, options=options)
    for key, duty in duties(document, facts):
        if not duty.actor:
            target: Target = "deadline" if isinstance(duty, Deadline) else "duty"
            yield _fact(
                stored, target, duty.evidence, key, why="việc chưa rõ đơn vị nào làm", reading=duty.task, fact=duty
            )


def duties(document: Document, facts: Facts) -> list[tuple[str, Deadline | Duty]]:
    """Return the duties of a directive with their keys."""
    dated, undated = duty_keys(document.id, facts)
    return [*zip(dated, facts.deadlines, strict=True), *zip(undated, facts.duties, strict=True)]


def _fact(stored: Stored, target: Target, found: Evidence, key: str, **more: Any) -> Item:
    anchor = fact_anchor(stored.document, found, key)
    return _item(stored, target, anchor, source=found.source, line=found.line, confidence=found.confidence, **more)


def _words(stored: Stored) -> Iterator[Item]:
    for page in stored.document.pages:
        unsure = sorted(_unsure(page), key=lambda row: row[0])[:WORDS_A_PAGE]
        for confidence, start, end, source, options, why in sorted(unsure, key=lambda row: row[1]):
            yield _item(
                stored,
                "word",
                word_anchor(page, start, end),
                why=why,
                reading=page.text[start:end],
                source=source,
                line=page.line_at(start),
                confidence=confidence,
                options=options,
            )


def _unsure(page: Page) -> Iterator[tuple[float, int, int, str, tuple[str, ...], str]]:
    taken: list[tuple[int, int]] = []
    for edit in page.edits:
        if edit.rule == CORRECTED:
            taken.append((edit.start, edit.end))
        elif edit.confidence < UNSURE_EDIT and page.text[edit.start : edit.end].strip():
            taken.append((edit.start, edit.end))
            yield edit.confidence, edit.start, edit.end, edit.source, edit.alternatives, "chữ phục hồi chưa chắc"
    for word in page.words:
        if word.confidence is None or word.confidence >= UNSURE_WORD:
            continue
        text = page.text[word.start : word.end]
        covered = any(start < word.end and word.start < end for start, end in taken)
        if not covered and any(c.isalnum() for c in text) and "\n" not in text:
            yield word.confidence, word.start, word.end, text, (), "chữ nhận dạng chưa chắc"
