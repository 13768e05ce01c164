"""Compounds that a Vietnamese OCR gets wrong by one mark: "chỉ tiết" for "chi tiết".

Each of the two syllables is a word, and the model of the language has met the wrong pair in texts that an OCR wrote,
so neither spelling nor context is against it. But the pair is no compound of the dictionary, the other one is, and is
25 times as common in law text: ``tables/compounds.txt``, made by ``ingest.compoundtable``. Where a syllable makes a
compound with its other neighbour (không chỉ tiết kiệm) the reading stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources

from corpus.document import Edit, Page

_WORD = re.compile(r"[^\W\d_]+")

#: How sure such a correction is: of those that held-out lines got, no more were wrong.
_CONFIDENCE = 0.97


@dataclass(frozen=True, slots=True)
class Compounds:
    """``printed`` gives for a pair as read the pair as printed; ``kept`` are compounds whose syllables stay."""

    printed: dict[tuple[str, str], tuple[str, str]]
    kept: frozenset[tuple[str, str]]


@lru_cache(maxsize=1)
def compounds() -> Compounds:
    """Return the table: lines "as read → as printed", and compounds that are kept, one a line."""
    printed: dict[tuple[str, str], tuple[str, str]] = {}
    kept: set[tuple[str, str]] = set()
    for line in resources.files("ingest").joinpath("tables", "compounds.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        pairs = [tuple(part.split()) for part in line.split("→")]
        if len(pairs) == 2:
            printed[(pairs[0][0], pairs[0][1])] = (pairs[1][0], pairs[1][1])
        else:
            kept.add((pairs[0][0], pairs[0][1]))
    return Compounds(printed, frozenset(kept))


def with_compounds(page: Page) -> Page:
    """Return a page that was read from its picture with such pairs put right, each with an edit."""
    changes = [change for change in changed(page.text) if not _touched(page, *change[:2])]
    if not changes:
        return page
    text = page.text
    for start, end, new in changes:
        text = text[:start] + new + text[end:]  # a letter for a letter: all other places stay
    edits = [Edit(start, end, page.text[start:end], _CONFIDENCE, "compound") for start, end, _ in changes]
    return replace(page, text=text, edits=tuple(sorted([*page.edits, *edits], key=lambda edit: edit.start)))


def _touched(page: Page, start: int, end: int) -> bool:
    return any(edit.start < end and edit.end > start for edit in page.edits)


def changed(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, what is printed there) of every syllable to be read otherwise."""
    table = compounds()
    words = list(_WORD.finditer(text))
    folded = [word[0].lower() for word in words]
    for k in range(len(words) - 1):
        pair = folded[k], folded[k + 1]
        new = table.printed.get(pair)
        if new is None or not text[words[k].end() : words[k + 1].start()].isspace():
            continue
        if k > 0 and (folded[k - 1], pair[0]) in table.kept:
            continue
        if k + 2 < len(words) and (pair[1], folded[k + 2]) in table.kept:
            continue
        name = words[k + 1][0].istitle() and not words[k][0].isupper()
        for word, old, printed in zip(words[k : k + 2], pair, new, strict=True):
            if old != printed and not name:
                cased = "".join(t.upper() if c.isupper() else t for t, c in zip(printed, word[0], strict=True))
                yield word.start(), word.end(), cased
