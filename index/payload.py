"""A passage as the payload of a Qdrant point, and back; and the fields that searches filter on."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

from corpus.text import fold, squeeze
from index.passages import Passage, PassageCitation, PassageDeadline, PassageHeader
from index.words import bare_name, spell_out, syllables

#: Stands in ``tokens`` between the passage's own words and those of what it stands in.
CONTEXT = "¦"


def to_payload(passage: Passage, *, first: bool = False) -> dict[str, Any]:
    """Return the payload: the passage whole, with its filter fields on top, its words for the ranking, and what
    suggestions are made of. ``first`` marks one passage of each directive."""
    header = passage.header
    return {
        "role": "first" if first else None,
        "tokens": tokens(passage),
        "topics": topics(passage),
        "number": passage.number,
        "issuer": header.issuer,
        "subject": header.subject,
        "document": passage.document,
        "level": header.level,
        "doc_type": folded(header.doc_type) if header.doc_type else None,
        "school_year": header.school_year,
        "issuer_words": folded_words(header.issuer or ""),
        "day": day_number(header.date) if header.date else None,
        "since": day_number(header.in_force_from) if header.in_force_from else None,
        "units": list(passage.units),
        "numbers": list(passage.numbers),
        "passage": asdict(passage),
    }


def tokens(passage: Passage) -> str:
    """Return the words of a passage, its nearest heading and its office in their one spelling, ``|`` at breaks; behind
    ``CONTEXT`` those of the headings above and of the directive's subject."""
    header = passage.header
    own = [passage.text, *passage.heading[-1:], header.issuer or "", header.place or ""]
    return f" {CONTEXT} ".join(map(_spelled, (own, [*passage.heading[:-1], header.subject or ""])))


def _spelled(parts: list[str]) -> str:
    return " | ".join(" ".join(run) for part in parts for run in syllables(spell_out(part)) if run)


_NUMBERING = re.compile(r"^(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]\s*|^(?:Điều|Mục|Phần|Chương) [IVX\d]+\.?\s*")


def topics(passage: Passage) -> list[str]:
    """Return what a passage is about in a few words each: its headings and the tasks of its dated duties."""
    given = [*passage.heading, *(deadline.task for deadline in passage.deadlines)]
    found = (_NUMBERING.sub("", squeeze(text)).rstrip(" .;:") for text in given)
    return list(dict.fromkeys(text for text in found if 2 <= len(text.split()) <= 14))


def from_payload(payload: dict[str, Any]) -> Passage:
    """Return the passage that ``to_payload`` wrote."""
    plain = dict(payload["passage"])
    plain["header"] = PassageHeader(**plain["header"])
    plain["deadlines"] = tuple(
        PassageDeadline(**{**row, "actor": tuple(row["actor"]), "levels": tuple(row["levels"])})
        for row in plain["deadlines"]
    )
    plain["citations"] = tuple(PassageCitation(**row) for row in plain["citations"])
    for name in ("heading", "numbers", "units"):
        plain[name] = tuple(plain[name])
    return Passage(**plain)


def folded(text: str) -> str:
    """Return ``text`` for comparing: without marks, single blanks."""
    return " ".join(fold(text).split())


def folded_words(text: str) -> list[str]:
    """Return the distinct words of an office's name, abbreviations written out, as ``bare_name`` has them."""
    return list(dict.fromkeys(bare_name(spell_out(text).replace(",", " ")).split()))


def day_number(iso: str) -> int:
    """Return an ISO date as a number that sorts by day: 2023-01-30 → 20230130."""
    return int(iso.replace("-", "")[:8])
