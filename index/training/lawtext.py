"""The law text as numbers: every line a run of syllable ids, every article a title with its body lines.

``../shared/data/law_sentences.txt.xz`` holds one line each, headings ("Điều … . Title") before their bodies.
Pairs of syllables are not stored: they follow from the syllables and the vocabulary by one look-up.
"""

from __future__ import annotations

import lzma
import re
import zlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.text import nfc
from index.words import spell_out, syllables

Ids = NDArray[np.int32]

#: Marks the end of a run (punctuation): no pair reaches over it.
BREAK = 0

_TITLE = re.compile(r"^Điều [0-9A-ZĐa-z.]+\.? (?P<title>.{8,160})$")
_SCHOOL = re.compile(r"giáo dục|giáo viên|học sinh|nhà trường|trường học|dạy học|mầm non|tiểu học|công nghệ thông tin")
#: One stretch of lines in twelve is kept apart for measuring, chosen by the hash of its place: whole laws, so that
#: no neighbour of a measured article is trained on.
HELD_OUT_LINES, HELD_OUT_ONE_IN = 2000, 12


@dataclass(frozen=True)
class LawText:
    """Lines as syllable ids: line k is ``ids[starts[k]:starts[k + 1]]``; id 0 is a break, words count from 1.

    ``words`` lists the syllables by id - 1; ``articles`` holds (title line, first body line, end of body);
    ``held_out`` marks the lines that are kept apart; ``school`` those about schools.
    """

    words: list[str]
    ids: Ids
    starts: NDArray[np.int64]
    articles: list[tuple[int, int, int]]
    held_out: NDArray[np.bool_]
    school: NDArray[np.bool_]

    def line(self, k: int) -> Ids:
        """Return the syllable ids of a line."""
        return self.ids[self.starts[k] : self.starts[k + 1]]

    def lines(self, first: int, end: int) -> Ids:
        """Return the syllable ids of the lines ``first`` to ``end`` - 1 in a row."""
        return self.ids[self.starts[first] : self.starts[end]]


def read_lines(path: Path) -> Iterator[str]:
    """Yield the lines of the law text."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield nfc(line.rstrip("\n"))


def title_of(line: str) -> str | None:
    """Return the title of a line that is the heading of an article, else None."""
    match = _TITLE.match(line)
    return match["title"] if match and not match["title"].endswith("...") else None


def is_held_out(line: int) -> bool:
    """Whether the line of this number (from 0) is kept for measuring."""
    return zlib.crc32(str(line // HELD_OUT_LINES).encode()) % HELD_OUT_ONE_IN == 0


def load(path: Path, *, lines: int | None = None, least: int = 8) -> LawText:
    """Read the law text (its first ``lines`` lines) and number the syllables seen at least ``least`` times."""
    known: dict[str, int] = {}
    ids, starts = array("i"), array("q", [0])
    titles: dict[int, str] = {}
    school = []
    for k, line in enumerate(read_lines(path)):
        if k == lines:
            break
        title = title_of(line)
        if title:
            titles[k] = title
        for run in syllables(spell_out(title or line)):
            ids.extend(known.setdefault(word, len(known) + 1) for word in run)
            ids.append(BREAK)
        starts.append(len(ids))
        school.append(bool(_SCHOOL.search(line)))
    raw = np.frombuffer(ids, dtype=np.int32)
    counts = np.bincount(raw, minlength=len(known) + 1)
    names = list(known)
    kept = [k for k in np.argsort(-counts[1:], kind="stable") if counts[k + 1] >= least and _useful(names[k])]
    renumbered = np.full(len(known) + 1, BREAK, dtype=np.int32)
    for new, old in enumerate(kept, start=1):
        renumbered[old + 1] = new
    articles, held = _articles(titles, len(school))
    return LawText(
        [names[k] for k in kept],
        renumbered[raw],
        np.frombuffer(starts, dtype=np.int64),
        articles,
        held,
        np.array(school),
    )


def _useful(word: str) -> bool:
    return not word.isdigit() or len(word) <= 2


def _articles(titles: dict[int, str], count: int) -> tuple[list[tuple[int, int, int]], NDArray[np.bool_]]:
    """Return the articles that have a body of at least one line, and which lines are held out."""
    held = np.array([is_held_out(k) for k in range(count)], dtype=np.bool_)
    heads = [*sorted(titles), count]
    articles = []
    for at, after in pairwise(heads):
        end = min(after, at + 40)
        if end - at > 1:
            articles.append((at, at + 1, end))
    return articles, held
