"""Counts the language model: modified Kneser-Ney 4-grams over syllables, packed for ``ingest.restore.lm``.

    python -m ingest.restore.training.language --law law_sentences.txt.xz --out lm.npz        (about 5 minutes)

Counted are the training lines of the law text, the lines of it that speak of schools once more (times ``--school``),
and the expanded grammar of the field (times ``--field``); sources are mixed by counts, which is MAP adaptation.
Smoothing is interpolated modified Kneser-Ney (Chen and Goodman 1998); n-grams that start with a break keep raw counts,
as they have no left context to continue. Pruned n-grams give their mass to the back-off weight, so that every
distribution still sums to one.
"""

from __future__ import annotations

import argparse
import re
from array import array
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.text import fold, is_syllable
from ingest.restore.tokens import (
    BREAK,
    COMMA,
    NUMBER,
    SHAPE_CONTEXTS,
    SPECIALS,
    UNKNOWN,
    UPPER,
    model_word,
    shape_of,
    slots,
)
from ingest.restore.training import field as field_text
from ingest.restore.training.corpora import lines

#: Words are numbered in this many bits, so that a 4-gram fits a signed 64-bit key.
BITS = 14
ORDER = 4

_SCHOOL = re.compile(
    r"học sinh|giáo viên|nhà trường|giáo dục|dạy học|năm học|đào tạo|sinh viên|học viên|mầm non|tiểu học|trung học|"
    r"công nghệ thông tin|chuyển đổi số|cơ sở dữ liệu|trực tuyến|phần mềm|thống kê",
    re.IGNORECASE,
)

Keys = NDArray[np.int64]
Counts = NDArray[np.int64]


@dataclass
class Stream:
    """Counted text: word ids, case shapes and, in parallel, the spellings and the weight of each sentence part."""

    ids: NDArray[np.int32]
    shapes: NDArray[np.int8]
    weights: NDArray[np.int8]


class Reader:
    """Turns lines into one stream of ids, numbering words as they come."""

    def __init__(self) -> None:
        self.number: dict[str, int] = {word: k for k, word in enumerate(SPECIALS)}
        self.ids = array("i")
        self.shapes = array("b")
        self.weights = array("b")
        self.spellings: Counter[str] = Counter()

    def add(self, text: str, weight: int) -> None:
        """Append one line."""
        ids, shapes, number = self.ids, self.shapes, self.number
        begin = len(ids)
        ids.extend((BREAK,) * (ORDER - 1))
        shapes.extend((0,) * (ORDER - 1))
        last = BREAK
        for slot in slots(text):
            core = text[slot.start : slot.end]
            if slot.before >= 0 and last != slot.before:
                ids.append(slot.before)
                shapes.append(0)
            ids.append(number.setdefault(model_word(core), len(number)))
            shapes.append(shape_of(core))
            self.spellings[core] += weight
            last = slot.after
            if last >= 0:
                ids.append(last)
                shapes.append(0)
        self.weights.extend((weight,) * (len(ids) - begin))


def read(law: Path, school: int, field: int) -> Reader:
    """Read all sources; ``school`` and ``field`` are how often their lines count."""
    reader = Reader()
    for text in lines(law, held_out=False):
        reader.add(text, school if _SCHOOL.search(text) else 1)
    for text in dict.fromkeys(field_text.sentences()):
        reader.add(text, field)
    return reader


def keep_word(word: str, count: int, upper_share: float) -> bool:
    """Tell whether a word goes into the vocabulary: syllables soon, other words late, misspelled ones never."""
    if not all(c.isalpha() or c in "&'." for c in word):
        return False
    if is_syllable(word):
        return count >= 3 or (count >= 2 and len(word) > 1)
    if upper_share > 0.5:
        return count >= 6
    marked_vowel = any(fold(c) != c and c != "đ" for c in word)
    return count >= 25 and not marked_vowel


def vocabulary(reader: Reader, always: set[str]) -> list[str]:
    """Return the words of the model, specials first, then by falling count."""
    ids = np.frombuffer(reader.ids, dtype=np.int32)
    weights = np.frombuffer(reader.weights, dtype=np.int8)
    shapes = np.frombuffer(reader.shapes, dtype=np.int8)
    total = np.bincount(ids, weights=weights, minlength=len(reader.number))
    upper = np.bincount(ids, weights=weights * (shapes >= UPPER), minlength=len(reader.number))
    words = [w for w in reader.number if w not in SPECIALS]
    kept = [
        w
        for w in words
        if w in always
        or keep_word(w, int(total[reader.number[w]]), float(upper[reader.number[w]] / total[reader.number[w]]))
    ]
    kept.sort(key=lambda w: (-total[reader.number[w]], w))
    return [*SPECIALS, *kept[: (1 << BITS) - len(SPECIALS) - 1]]


def grams(ids: NDArray[np.int64], weights: NDArray[np.int8], order: int) -> tuple[Keys, Counts]:
    """Return the sorted distinct n-grams whose last word is counted (padding is not), and their weighted counts."""
    size = len(ids) - order + 1
    keys = np.zeros(size, dtype=np.int64)
    for k in range(order):
        keys = (keys << BITS) | ids[k : k + size]
    # A break right after a break is padding, never predicted.
    real = ~((ids[order - 1 :] == BREAK) & (np.concatenate(([BREAK], ids))[order - 1 : -1] == BREAK))
    keys, weight = keys[real], weights[order - 1 :][real].astype(np.int64)
    by = np.argsort(keys, kind="stable")
    keys, weight = keys[by], weight[by]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[starts], np.add.reduceat(weight, starts)


def discounts(counts: Counts) -> tuple[float, float, float]:
    """Return modified Kneser-Ney D1, D2, D3+ from the counts of counts."""
    n1, n2, n3, n4 = (max(1, int((counts == k).sum())) for k in (1, 2, 3, 4))
    y = n1 / (n1 + 2 * n2)
    one, two, three = 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3
    return min(0.95, max(0.1, one)), min(1.8, max(0.3, two)), min(2.7, max(0.5, three))


def continuation(higher: Keys, lower: Keys, lower_counts: Counts, order: int) -> Counts:
    """Return for each ``lower`` n-gram the number of distinct words before it; raw counts after a break."""
    suffix = higher & ((1 << (BITS * order)) - 1)
    found, counted = np.unique(suffix, return_counts=True)
    count = np.asarray(counted, dtype=np.int64)
    out = np.ones(len(lower), dtype=np.int64)
    at = np.asarray(np.searchsorted(lower, found))
    fits = (at < len(lower)) & (lower[np.minimum(at, len(lower) - 1)] == found)
    out[at[fits]] = count[fits]
    first = lower >> (BITS * (order - 1))
    return np.where(first == BREAK, lower_counts, out)


@dataclass
class Level:
    """One order of the model: sorted keys, natural log probabilities and (for contexts) back-off weights."""

    keys: Keys
    logp: NDArray[np.float64]
    backoff: NDArray[np.float64]


def estimate(ids: NDArray[np.int64], weights: NDArray[np.int8], size: int, minimum: tuple[int, int]) -> list[Level]:
    """Return the levels 1..4; ``minimum`` are the least weighted counts of kept 3-grams and 4-grams."""
    raw = [grams(ids, weights, n) for n in range(1, ORDER + 1)]
    counts = [raw[n - 1][1] if n == ORDER else continuation(raw[n][0], *raw[n - 1], n) for n in range(1, ORDER + 1)]
    keys1 = raw[0][0]
    uni = np.full(size, 0.5)
    uni[keys1] += counts[0]
    uni[BREAK] = raw[0][1][np.searchsorted(keys1, BREAK)] * uni.sum() / raw[0][1].sum()
    uni /= uni.sum()
    levels = [Level(np.arange(size, dtype=np.int64), np.log(uni), np.zeros(size))]
    lower_p = uni
    for n in range(2, ORDER + 1):
        keys, c = raw[n - 1][0], counts[n - 1].astype(np.float64)
        d = discounts(counts[n - 1])
        cut = np.where(c < 1.5, d[0], np.where(c < 2.5, d[1], d[2]))
        context = keys >> BITS
        starts = np.flatnonzero(np.concatenate(([True], context[1:] != context[:-1])))
        lengths = np.diff(np.append(starts, len(keys)))
        total = np.repeat(np.add.reduceat(c, starts), lengths)
        own = np.maximum(c - cut, 0) / total
        kept = raw[n - 1][1] >= minimum[n - 3] if n > 2 else np.ones(len(keys), dtype=bool)
        mass = 1 - np.add.reduceat(np.where(kept, own, 0), starts)
        mass = np.clip(mass, 1e-4, 1)
        lower = _lower_p(keys & ((1 << (BITS * (n - 1))) - 1), levels, lower_p)
        p = own + np.repeat(mass, lengths) * lower
        # back-off weights belong to the contexts, which are n-grams of the level below
        below = levels[-1]
        ctx = context[starts]
        at = np.searchsorted(below.keys, ctx)
        fits = (at < len(below.keys)) & (below.keys[np.minimum(at, len(below.keys) - 1)] == ctx)
        below.backoff[at[fits]] = np.log(mass[fits])
        known = np.repeat(fits, lengths)  # an n-gram whose context was pruned cannot be reached
        kept &= known
        levels.append(Level(keys[kept], np.log(p[kept]), np.zeros(int(kept.sum()))))
        lower_p = p[kept]
    return levels


def _lower_p(keys: Keys, levels: list[Level], unigram: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the probability of each n-gram under the levels so far, backing off where it was pruned."""
    if len(levels) == 1:
        return unigram[keys]
    out = np.zeros(len(keys))
    todo = np.arange(len(keys))
    weight = np.zeros(len(keys))
    for n in range(len(levels), 0, -1):
        level = levels[n - 1]
        part = keys[todo] & ((1 << (BITS * n)) - 1)
        at = np.minimum(np.searchsorted(level.keys, part), len(level.keys) - 1)
        hit = level.keys[at] == part
        out[todo[hit]] = np.exp(weight[todo[hit]] + level.logp[at[hit]])
        todo = todo[~hit]
        if len(todo) == 0 or n == 1:
            break
        context = (keys[todo] & ((1 << (BITS * n)) - 1)) >> BITS
        below = levels[n - 2]
        at = np.minimum(np.searchsorted(below.keys, context), len(below.keys) - 1)
        found = below.keys[at] == context
        weight[todo] += np.where(found, below.backoff[at], 0.0)
    return out


def shape_table(
    ids: NDArray[np.int64], shapes: NDArray[np.int8], weights: NDArray[np.int8], size: int
) -> NDArray[np.float32]:
    """Return log P(shape | word, shape of the word before), (size, contexts, shapes), smoothed by the context alone.

    Context 0 is "after a break"; 1, 2, 3 are after a lower, a Title and an UPPER (or mixed) word; commas are
    looked through.
    """
    context = np.zeros(len(ids), dtype=np.int64)
    is_word = ids > COMMA
    previous = np.where(is_word, np.minimum(shapes, UPPER).astype(np.int64) + 1, 0)
    last = np.where(ids == COMMA, -1, previous)
    at = np.where(last >= 0, np.arange(len(ids)), 0)
    np.maximum.accumulate(at, out=at)
    filled = np.maximum(last[at], 0)
    context[1:] = filled[:-1]
    count = np.zeros((size, SHAPE_CONTEXTS, 4))
    np.add.at(count, (ids[is_word], context[is_word], shapes[is_word]), weights[is_word])
    overall = count[NUMBER + 1 :].sum(axis=0) + 1
    overall /= overall.sum(axis=1, keepdims=True)
    by_word = count.sum(axis=1, keepdims=True) + 0.5
    by_word = by_word / by_word.sum(axis=2, keepdims=True)
    prior = 0.5 * overall[None] + 0.5 * by_word
    strength = 6.0
    table: NDArray[np.float32] = np.log(
        (count + strength * prior) / (count.sum(axis=2, keepdims=True) + strength)
    ).astype(np.float32)
    return table


def main() -> None:
    """Command line; see the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--law", type=Path, required=True)
    parser.add_argument("--school", type=int, default=3, help="weight of law lines about schools")
    parser.add_argument("--field", type=int, default=3, help="weight of the field grammar's sentences")
    parser.add_argument("--minimum", type=int, nargs=2, default=(2, 2), help="least counts of 3-grams and 4-grams")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    reader = read(args.law, args.school, args.field)
    always = {model_word(t[s.start : s.end]) for t in field_text.sentences() for s in slots(t)} - set(SPECIALS)
    words = vocabulary(reader, always)
    rank = np.full(len(reader.number), UNKNOWN, dtype=np.int64)
    for k, word in enumerate(words):
        rank[reader.number[word]] = k
    ids = rank[np.frombuffer(reader.ids, dtype=np.int32)]
    shapes = np.frombuffer(reader.shapes, dtype=np.int8)
    weights = np.frombuffer(reader.weights, dtype=np.int8)
    levels = estimate(ids, weights, len(words), tuple(args.minimum))
    rank_of = set(words)
    spelled = sorted(c for c, n in reader.spellings.items() if n >= 2 and shape_of(c) == 3 and c.lower() in rank_of)
    parts: dict[str, NDArray[Any]] = {
        "words": np.array("\n".join(words)),
        "mixed": np.array("\n".join(spelled)),
        "shapes": shape_table(ids, shapes, weights, len(words)),
    }
    for n, level in enumerate(levels, 1):
        parts |= {f"keys{n}": level.keys, f"logp{n}": level.logp.astype(np.float32)}
        parts[f"back{n}"] = level.backoff.astype(np.float32)
    np.savez(args.out, **parts)  # type: ignore[arg-type]  # numpy's stub takes the names for options
    print({"words": len(words), "mixed": len(spelled), "grams": [len(level.keys) for level in levels]})  # noqa: T201


if __name__ == "__main__":
    main()
