"""The law text as numbers: every line a run of syllable ids, every article a title with its body lines.

``../shared/data/law_sentences.txt.xz`` holds one line each, headings ("Điều 5. Title", "Điều 1.5.NĐ.3.2. Title") before
their bodies or in one line with them. Laws are told apart, so that whole laws can be kept for measuring. Pairs of
syllables are not stored: they follow from the syllables and the vocabulary by one look-up.
"""

from __future__ import annotations

import lzma
import re
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.text import nfc
from index.words import spell_out, syllables

Ids = NDArray[np.int32]

#: Lines of an article's body, at most.
MOST_LINES = 40
#: Marks the end of a run (punctuation): no pair reaches over it.
BREAK = 0

_HEADING = re.compile(r"^Điều (?P<code>\d+(?:\.[0-9A-ZĐa-zđ]+)*[a-zđ]?)\.? (?P<rest>\D.{7,})$")
#: Where the body begins in a line that holds title and body.
_BODY = re.compile(r"(?<=[^\d.,;:]) (?=(?:1\.|a\)|\(Điều \d)\s?)")
LONGEST_TITLE = 160
#: A note on the source of an article (behind the heading), or on what others say of it (at the end).
_NOTE = re.compile(r"^\(Điều (?:này|\d)")
_TOPIC = re.compile(r"^(?P<topic>\d+\.\d+)\.[A-ZĐ]")
_SCHOOL = re.compile(r"giáo dục|giáo viên|học sinh|nhà trường|trường học|dạy học|mầm non|tiểu học|công nghệ thông tin")
#: One law in twelve is kept apart for measuring, chosen by the hash of its name: nothing of it is trained on.
HELD_OUT_ONE_IN = 12


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the law text: ``title`` marks the heading of an article (text is the title alone), ``ends`` a line
    that ends an article without belonging to it; ``law`` is the name of its law."""

    text: str
    title: bool
    ends: bool
    law: str

    @property
    def held_out(self) -> bool:
        """Whether its law is kept for measuring."""
        return zlib.crc32(self.law.encode()) % HELD_OUT_ONE_IN == 0


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

    @property
    def shown(self) -> Ids:
        """The syllable ids of the lines that training may see."""
        return self.ids[np.repeat(~self.held_out, np.diff(self.starts))]

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


def law_lines(lines: Iterable[str]) -> Iterator[Line]:
    """Yield the lines with what they are; a heading in one line with its body becomes two.

    A law begins at its ``title:``, or where the topic of the codified law in the articles' codes ("1.5" in "Điều
    1.5.NĐ.3.2.") changes: all that stands under one topic, wherever, is one law.
    """
    law, titled = "", False
    for line in lines:
        if titled and _NOTE.match(line):
            continue
        titled = False
        heading = _HEADING.match(line)
        topic = _TOPIC.match(heading["code"]) if heading else None
        if line.startswith("title:"):
            law = line
        elif topic:
            law = topic["topic"]
        if heading is None:
            ends = line.startswith(("title:", "Chương ", "Phụ lục", "PHỤ LỤC", "Điều ")) or bool(_NOTE.match(line))
            yield Line(line, False, ends, law)
            continue
        title, body = heading["rest"], ""
        inside = _BODY.search(title)
        if inside:
            title, body = title[: inside.start()], title[inside.end() :]
        whole = len(title) <= LONGEST_TITLE and not title.endswith("...")
        titled = whole and not body
        yield Line(title, whole, not whole, law)
        if body:
            yield Line(body, False, not whole, law)


def load(path: Path, *, lines: int | None = None, least: int = 8) -> LawText:
    """Read the law text (its first ``lines`` lines) and number the syllables seen at least ``least`` times."""
    known: dict[str, int] = {}
    ids, starts = array("i"), array("q", [0])
    marks: list[Line] = []
    for line in law_lines(islice(read_lines(path), lines)):
        for run in syllables(spell_out(line.text)):
            ids.extend(known.setdefault(word, len(known) + 1) for word in run)
            ids.append(BREAK)
        starts.append(len(ids))
        marks.append(line)
    raw = np.frombuffer(ids, dtype=np.int32)
    held_out = np.array([line.held_out for line in marks])
    bounds = np.frombuffer(starts, dtype=np.int64)
    counts = np.bincount(raw[np.repeat(~held_out, np.diff(bounds))], minlength=len(known) + 1)
    names = list(known)
    kept = [k for k in np.argsort(-counts[1:], kind="stable") if counts[k + 1] >= least and _useful(names[k])]
    renumbered = np.full(len(known) + 1, BREAK, dtype=np.int32)
    for new, old in enumerate(kept, start=1):
        renumbered[old + 1] = new
    return LawText(
        [names[k] for k in kept],
        renumbered[raw],
        bounds,
        list(_articles(marks)),
        held_out,
        np.array([bool(_SCHOOL.search(line.text)) for line in marks]),
    )


def _useful(word: str) -> bool:
    return not word.isdigit() or len(word) <= 2


def _articles(lines: Sequence[Line]) -> Iterator[tuple[int, int, int]]:
    """Yield the articles that have a body of at least one line."""
    head: int | None = None
    for k, line in enumerate([*lines, Line("", False, True, "")]):
        if line.title or line.ends or (head is not None and k - head > MOST_LINES):
            if head is not None and k - head > 1:
                yield head, head + 1, k
            head = k if line.title else None
