"""A passage as the payload of a Qdrant point, and back; and the fields that searches filter on."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from corpus.text import fold
from index.passages import Passage, PassageCitation, PassageDeadline, PassageHeader
from index.words import spell_out


def to_payload(passage: Passage) -> dict[str, Any]:
    """Return the payload: the passage whole, with its filter fields on top."""
    header = passage.header
    return {
        "document": passage.document,
        "level": header.level,
        "doc_type": folded(header.doc_type) if header.doc_type else None,
        "school_year": header.school_year,
        "issuer_words": folded_words(header.issuer or ""),
        "day": day_number(header.date) if header.date else None,
        "kinds": [kind.split(":")[0] for kind in passage.kinds],
        "numbers": list(passage.numbers),
        "passage": asdict(passage),
    }


def from_payload(payload: dict[str, Any]) -> Passage:
    """Return the passage that ``to_payload`` wrote."""
    plain = dict(payload["passage"])
    plain["header"] = PassageHeader(**plain["header"])
    plain["deadlines"] = tuple(
        PassageDeadline(**{**row, "actor": tuple(row["actor"]), "levels": tuple(row["levels"])})
        for row in plain["deadlines"]
    )
    plain["citations"] = tuple(PassageCitation(**row) for row in plain["citations"])
    for name in ("heading", "numbers", "kinds"):
        plain[name] = tuple(plain[name])
    return Passage(**plain)


def folded(text: str) -> str:
    """Return ``text`` for comparing: without marks, single blanks."""
    return " ".join(fold(text).split())


def folded_words(text: str) -> list[str]:
    """Return the distinct words of an office's name, abbreviations written out, without marks."""
    return list(dict.fromkeys(fold(spell_out(text)).replace(",", " ").split()))


def day_number(iso: str) -> int:
    """Return an ISO date as a number that sorts by day: 2023-01-30 → 20230130."""
    return int(iso.replace("-", "")[:8])
