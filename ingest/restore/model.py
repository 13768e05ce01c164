"""A loaded model: the lexicon as a trie of cased spellings, the channel and the language model as arrays.

The trie is built when the model is loaded (a tenth of a second), which is cheaper than keeping it in the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from corpus.text import fold, is_syllable, strip_tone
from ingest.restore import counts, kernel, pack
from ingest.restore.kernel import Array
from ingest.restore.tokens import LOWER, MIXED, SPECIALS, TITLE, UNKNOWN, UPPER

DEFAULT_DIR = Path(__file__).parent / "model"
_BEGIN, _END = 1, 2
#: What a letter costs that was read as another of the same base, or in the other case, where no page showed it.
_SAME_BASE = 6.0
#: Capitals that look like their small letters are mistaken for them more often than the others.
_ALIKE, _OTHER_CASE = 7.0, 9.0
_ALIKE_LETTERS = frozenset("cosvwxzukp")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A way to write a word: the model's word, its case shape and the letters."""

    word: int
    shape: int
    text: str


@dataclass(frozen=True)
class Model:
    """Everything that decoding needs; immutable, shared by threads that each have their own scratch space."""

    words: tuple[str, ...]
    mixed: tuple[str, ...]
    shapes: Array
    lm: tuple[Array | int, ...]
    blocks: tuple[tuple[str, str, float], ...]
    domain: counts.Table

    @classmethod
    def load(cls, folder: Path | None = None) -> Model:
        """Load the model of a folder, the shipped one by default; MissingDependencyError when there is none."""
        packed = pack.read((folder or DEFAULT_DIR) / pack.FILE)
        return cls(
            tuple(packed.words), tuple(packed.mixed), packed.shapes, packed.tables, tuple(packed.blocks), counts.empty()
        )

    def with_domain(self, words: Iterable[str], mixed: Iterable[str], domain: counts.Table) -> Model:
        """Return a copy that knows more words and spellings and mixes an office's own n-gram counts in."""
        return replace(
            self, words=(*self.words, *words), mixed=tuple(dict.fromkeys((*self.mixed, *mixed))), domain=domain
        )

    @cached_property
    def number(self) -> dict[str, int]:
        """The number of each word."""
        return {word: k for k, word in enumerate(self.words)}

    @cached_property
    def is_syllable(self) -> tuple[bool, ...]:
        """Which words are spelled as Vietnamese syllables."""
        return tuple(is_syllable(word) for word in self.words)

    @cached_property
    def spellings(self) -> tuple[Spelling, ...]:
        """Every way to write every word, in the order of the trie's leaves."""
        found: list[Spelling] = []
        base = len(self.shapes)
        for k, word in enumerate(self.words):
            if k < len(SPECIALS):
                continue
            # log P(shape | word) at its best over contexts: a shape that was never seen is not worth a branch
            best = self.shapes[k].max(axis=0) if k < base else np.zeros(4)
            syllable = self.is_syllable[k]
            for shape, text in ((LOWER, word), (TITLE, word[0].upper() + word[1:]), (UPPER, word.upper())):
                if shape == UPPER and len(word) == 1:
                    continue
                if syllable or best[shape] > -3.0:
                    found.append(Spelling(k, shape, text))
        for text in self.mixed:
            if (number := self.number.get(text.lower())) is not None:
                found.append(Spelling(number, MIXED, text))
        return tuple(found)

    @cached_property
    def codes(self) -> dict[str, int]:
        """The code of each letter; 0 stands for letters that no block knows."""
        letters = {c for s in self.spellings for c in s.text}
        letters |= {c for clean, noisy, _ in self.blocks for c in clean + noisy}
        return {"^": _BEGIN, "$": _END} | {c: k for k, c in enumerate(sorted(letters - {"^", "$"}), 3)}

    def encode(self, word: str) -> Array:
        """Return a noisy word as letter codes between the end marks."""
        get = self.codes.get
        return np.array([_BEGIN, *(get(c, 0) for c in word), _END], dtype=np.int64)

    @cached_property
    def trie(self) -> tuple[Array, Array, Array, Array]:
        """The spellings as a trie: first child, letter and node of each child, and the spelling that ends at a node."""
        children: list[dict[int, int]] = [{}]
        term: list[int] = [-1]
        codes = self.codes
        for number, spelling in enumerate(self.spellings):
            node = 0
            for code in (_BEGIN, *(codes[c] for c in spelling.text), _END):
                there = children[node].get(code)
                if there is None:
                    there = len(children)
                    children[node][code] = there
                    children.append({})
                    term.append(-1)
                node = there
            if term[node] < 0:
                term[node] = number
        first = np.zeros(len(children) + 1, dtype=np.int32)
        np.cumsum([len(c) for c in children], out=first[1:])
        flat = [pair for c in children for pair in sorted(c.items())]
        return (
            first,
            np.array([code for code, _ in flat], dtype=np.int32),
            np.array([node for _, node in flat], dtype=np.int32),
            np.array(term, dtype=np.int32),
        )

    @cached_property
    def channel(self) -> tuple[Array, ...]:
        """The blocks by what the OCR wrote: keys, first row of each key, three clean letters, cost; cheap first.

        Last what one letter for one letter costs, (letters read, letters meant); those are not among the blocks.
        """
        codes = self.codes
        cost = {(c, n): v for c, n, v in self.blocks}
        letters = [c for c in codes if c not in "^$"]
        by_base: dict[str, list[str]] = {}
        for c in letters:
            by_base.setdefault(fold(c), []).append(c)
        for group in by_base.values():
            for c in group:
                for n in group:
                    default = 0.05 if c == n else 0.0 if c.lower() == n.lower() else _SAME_BASE
                    if c.islower() != n.islower():
                        default += _ALIKE if fold(c) in _ALIKE_LETTERS else _OTHER_CASE
                    if c == n or "a" <= fold(n) <= "z":
                        cost.setdefault((c, n), default)
        cost.setdefault(("^", "^"), 0.0)
        cost.setdefault(("$", "$"), 0.0)
        rows = []
        single = np.full((len(codes) + 1, len(codes) + 1), kernel.FAR, dtype=np.float32)
        for (clean, noisy), value in cost.items():
            if len(clean) == len(noisy) == 1:
                single[codes[noisy], codes[clean]] = value
                continue
            key = 0
            for c in noisy:
                key = (key << 10) | codes[c]
            rows.append((key, value, *([codes[c] for c in clean] + [0, 0])[:3]))
        rows.sort()
        keys, starts = np.unique(np.array([r[0] for r in rows], dtype=np.int64), return_index=True)
        columns = [np.array([r[k] for r in rows], dtype=np.int32) for k in (2, 3, 4)]
        costs = np.array([r[1] for r in rows], dtype=np.float32)
        return keys, np.append(starts, len(rows)).astype(np.int32), *columns, costs, single

    @cached_property
    def by_form(self) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
        """Words by their letters without any mark, and by their letters without the tone."""
        plain: dict[str, list[int]] = {}
        toneless: dict[str, list[int]] = {}
        for k, word in enumerate(self.words[len(SPECIALS) :], len(SPECIALS)):
            plain.setdefault(fold(word), []).append(k)
            toneless.setdefault(strip_tone(word)[0], []).append(k)
        return plain, toneless

    @cached_property
    def prior(self) -> Array:
        """log P(word, shape) without context, (words, shapes): the unigram and the shape at its best."""
        uni = np.asarray(self.lm[0], dtype=np.float32)
        new = len(self.words) - len(uni)
        best = np.concatenate([self.shapes.max(axis=1), np.zeros((new, 4), dtype=np.float32)])
        best[: UNKNOWN + 1] = 0
        prior: Array = best + np.concatenate([uni, np.full(new, -11.0, dtype=np.float32)])[:, None]
        return prior

    @cached_property
    def spelling_prior(self) -> Array:
        """``prior`` of every spelling."""
        return np.array([self.prior[s.word, s.shape] for s in self.spellings], dtype=np.float32)

    def scratch(self) -> tuple[Array, Array, Array]:
        """Return working space for ``kernel.search``; one for each thread."""
        size = len(self.trie[3])
        return np.full((4, size), -1, np.int64), np.zeros((4, size), np.int32), np.zeros(1, np.int64)
