"""Questions written by hand about passages of law, in other words than theirs (``law_asked.toml``), for
``python -m tests.bench.law --asked open`` (or ``closed``: only the figures, at the end).

Each half is asked among all passages of its three laws, up to ``MOST`` of each: 543 and 592 neighbours.
"""

from __future__ import annotations

import tomllib
import zlib
from pathlib import Path

from tests.bench.law_articles import Article, pieces
from tests.bench.law_questions import Asked

QUESTIONS = Path(__file__).with_suffix(".toml")
#: Syllables of a passage, and most passages of one law.
LENGTH, MOST = 200, 357


def asked_set(found: list[Article], half: str) -> tuple[list[Article], list[Asked]]:
    """Return the passages of the laws of one half, and its questions. Ends the program where a passage is another one
    than the questions were written about: then the law text or how it is cut has changed."""
    rows = [row for row in tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))["passage"] if row["half"] == half]
    chosen: list[Article] = []
    asked: list[Asked] = []
    for law in dict.fromkeys(row["law"] for row in rows):
        base = len(chosen)
        chosen += pieces([a for a in found if a.held_out and _is(a.law, law)], LENGTH)[:MOST]
        for row in rows:
            if row["law"] != law:
                continue
            at = base + row["number"]
            if at >= len(chosen) or zlib.crc32(chosen[at].body.encode()) != row["checksum"]:
                raise SystemExit(f"{law}, passage {row['number']}: not the one the questions are about")
            asked += [Asked(text, (at,)) for text in row["questions"]]
    return chosen, asked


def _is(name: str, law: str) -> bool:
    """Whether a law has that name, or a title that begins so."""
    return name == law or (law.startswith("title:") and name.startswith(law))
