"""Learns the noisy channel P(OCR text | clean text) from parallel lines.

    python -m ingest.restore.training.channel --pairs pairs.jsonl --out channel.json        (about two minutes)

The model is that of Brill and Moore (2000): a word is cut into blocks of one to three characters, each block is written
as a block of one to three characters, and the probability of a way is the product over its blocks. Blocks are learned
from character alignments (Viterbi, a few rounds) by merging neighbours, so "ữ" alone may become "it", and "ứn" "tm".
``^`` and ``$`` stand at the ends of words. A merged block is kept only where it says more than its parts do.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from corpus.text import fold
from ingest.restore.tokens import SURE_EDGE, UNSURE_EDGE

LONGEST = 3
_ATOMS = [(1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (2, 3), (3, 2)]
_FAR = 1e9

Pairs = Counter[tuple[str, str]]


@lru_cache(maxsize=500_000)
def distance(a: str, b: str) -> float:
    """Return the edit distance of two words without marks, over the longer length, 0..1."""
    a, b = fold(a), fold(b)
    if a == b:
        return 0.0
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1] / max(len(a), len(b))


def align_words(clean: list[str], noisy: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the word pairs of one line; a side may hold two words (joined or split) or none."""
    n, m = len(clean), len(noisy)
    best = {(0, 0): (0.0, (0, 0))}
    for i in range(n + 1):
        for j in range(max(0, i - 4), min(m, i + 4) + 1):
            if i == j == 0:
                continue
            options = []
            for di, dj, fee in ((1, 1, 0.0), (2, 1, 0.35), (1, 2, 0.35), (1, 0, 0.8), (0, 1, 0.8)):
                if (i - di, j - dj) in best:
                    a, b = "".join(clean[i - di : i]), "".join(noisy[j - dj : j])
                    step = distance(a, b) * max(di, dj) if a and b else 0.0
                    options.append((best[i - di, j - dj][0] + fee + step, (di, dj)))
            if options:
                best[i, j] = min(options)
    if (n, m) not in best:
        return
    i, j, found = n, m, []
    while i or j:
        di, dj = best[i, j][1]
        found.append((clean[i - di : i], noisy[j - dj : j]))
        i, j = i - di, j - dj
    yield from reversed(found)


def cores(clean: str, noisy: str) -> tuple[str, str]:
    """Strip punctuation from a word pair; signs that only the OCR has stay, they are what it made of letters."""
    edge = SURE_EDGE + UNSURE_EDGE
    inner = clean.strip(edge)
    at = clean.find(inner)
    lead, trail = clean[:at], clean[at + len(inner) :]
    noisy = noisy.lstrip(edge if any(c in UNSURE_EDGE for c in lead) else SURE_EDGE)
    noisy = noisy.rstrip(edge if any(c in UNSURE_EDGE for c in trail) else SURE_EDGE)
    return inner, noisy


def word_pairs(lines: Iterable[tuple[str, str]]) -> tuple[Pairs, Counter[str]]:
    """Return counts of (clean word, OCR word) and of how words were joined, split and lost."""
    pairs: Pairs = Counter()
    kinds: Counter[str] = Counter()
    for clean, noisy in lines:
        if abs(len(clean) - len(noisy)) > 0.3 * len(clean) + 3:
            kinds["line skipped"] += 1
            continue
        for a, b in align_words(clean.split(), noisy.split()):
            kinds[f"{len(a)}-{len(b)}"] += 1
            if len(a) == len(b) == 1:
                c, n = cores(a[0], b[0])
                parts = [c.split("-"), n.split("-")] if "-" in c else [[c], [n]]
                if len(parts[0]) == len(parts[1]):
                    for x, y in zip(*parts, strict=True):
                        if x and y and distance(x, y) < 0.75 and not any(ch.isdigit() for ch in x):
                            pairs[x, y] += 1
    return pairs, kinds


def _start_cost(c: str, n: str) -> float:
    if len(c) == len(n) == 1:
        return 0.1 if fold(c) == fold(n) else 4.0
    return 3.0 + 2.5 * (len(c) + len(n) - 2)


def align_chars(clean: str, noisy: str, cost: dict[tuple[str, str], float] | None) -> list[tuple[str, str]] | None:
    """Return the cheapest cut of a word pair into atoms, None when there is none."""
    n, m = len(clean), len(noisy)
    best = [[_FAR] * (m + 1) for _ in range(n + 1)]
    back: dict[tuple[int, int], tuple[int, int]] = {}
    best[0][0] = 0.0
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            for di, dj in _ATOMS:
                if di > i or dj > j or best[i - di][j - dj] >= _FAR:
                    continue
                c, x = clean[i - di : i], noisy[j - dj : j]
                if (("^" in c) != ("^" in x)) or (("$" in c) != ("$" in x)):
                    continue
                step = _start_cost(c, x)
                if cost is not None:
                    step = cost.get((c, x), 6.0 + step) + 0.7 * (di + dj - 2)
                total = best[i - di][j - dj] + step
                if total < best[i][j]:
                    best[i][j] = total
                    back[i, j] = (di, dj)
    if best[n][m] >= _FAR:
        return None
    i, j, atoms = n, m, []
    while i:
        di, dj = back[i, j]
        atoms.append((clean[i - di : i], noisy[j - dj : j]))
        i, j = i - di, j - dj
    return atoms[::-1]


def atoms_of(pairs: Pairs, rounds: int = 3) -> list[tuple[list[tuple[str, str]], int]]:
    """Return every word pair as atoms with its count, after ``rounds`` of learning their costs."""
    cost: dict[tuple[str, str], float] | None = None
    aligned: list[tuple[list[tuple[str, str]], int]] = []
    for _ in range(rounds):
        aligned = []
        count: Counter[tuple[str, str]] = Counter()
        for (c, n), k in sorted(pairs.items()):
            atoms = align_chars(f"^{c}$", f"^{n}$", cost)
            if atoms is not None:
                aligned.append((atoms, k))
                for atom in atoms:
                    count[atom] += k
        total: Counter[str] = Counter()
        for (c, _), k in count.items():
            total[c] += k
        cost = {(c, n): -math.log(k / total[c]) for (c, n), k in count.items()}
    return aligned


def blocks(
    aligned: list[tuple[list[tuple[str, str]], int]], least: int = 2, gain: float = 0.35
) -> dict[tuple[str, str], float]:
    """Return -log P(OCR block | clean block) of the blocks worth keeping."""
    count: Counter[tuple[str, str]] = Counter()
    atomic: set[tuple[str, str]] = set()
    for atoms, k in aligned:
        for a in range(len(atoms)):
            c = n = ""
            for b in range(a, len(atoms)):
                c, n = c + atoms[b][0], n + atoms[b][1]
                if len(c) > LONGEST or len(n) > LONGEST:
                    break
                count[c, n] += k
                if a == b:
                    atomic.add((c, n))
    total: Counter[str] = Counter()
    for (c, _), k in count.items():
        total[c] += k
    cost: dict[tuple[str, str], float] = {}
    for c, n in sorted(count, key=lambda cn: (len(cn[0]) + len(cn[1]), cn)):
        k = count[c, n]
        if k < (2 if (c, n) in atomic else least) or total[c] < 5:
            continue
        value = -math.log((k - 0.5) / total[c])
        if value > 9:
            continue
        parts = align_cost(c, n, cost)
        if value < parts - gain:
            cost[c, n] = value
    return cost


def align_cost(c: str, n: str, cost: dict[tuple[str, str], float]) -> float:
    """Return the cheapest way to write ``c`` as ``n`` with the blocks at hand (infinite when there is none)."""
    best = defaultdict(lambda: math.inf, {(0, 0): 0.0})
    for i in range(1, len(c) + 1):
        for j in range(1, len(n) + 1):
            for di in range(1, min(i, LONGEST) + 1):
                for dj in range(1, min(j, LONGEST) + 1):
                    step = cost.get((c[i - di : i], n[j - dj : j]))
                    if step is not None:
                        best[i, j] = min(best[i, j], best[i - di, j - dj] + step)
    return best[len(c), len(n)]


def main() -> None:
    """Command line; see the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, required=True, action="append")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    rows = [tuple(json.loads(row)) for path in args.pairs for row in path.read_text(encoding="utf-8").splitlines()]
    pairs, kinds = word_pairs(rows)
    cost = blocks(atoms_of(pairs))
    table = [[c, n, round(v, 3)] for (c, n), v in sorted(cost.items())]
    args.out.write_text(json.dumps({"blocks": table, "kinds": kinds}, ensure_ascii=False), encoding="utf-8")
    print({"lines": len(rows), "pairs": len(pairs), "blocks": len(table), "kinds": dict(kinds)})  # noqa: T201


if __name__ == "__main__":
    main()
