"""Expands ``field/*.txt``, the project's own grammar of the language of education offices, into sentences.

    python -m ingest.restore.training.field --out field_sentences.txt        (seconds)

The files share one namespace: a list that is opened in several of them is one list. Every template comes round
``ROUNDS`` times by default, up to ``LIMIT`` sentences in all.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator
from pathlib import Path

#: How often each template is expanded by default, and the most sentences that makes.
ROUNDS = 30
LIMIT = 400_000

_GRAMMAR = Path(__file__).parent / "field"
_SLOT = re.compile(r"\{(\w+)\}")


def grammar(folder: Path = _GRAMMAR) -> dict[str, list[str]]:
    """Return the lists of all grammar files by name."""
    lists: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.txt")):
        name = ""
        for row in path.read_text(encoding="utf-8").splitlines():
            if row.startswith("@"):
                name = row[1:].strip()
                lists.setdefault(name, [])
            elif row.strip() and not row.startswith("#"):
                lists[name].append(row.strip())
    return lists


def default_count(lists: dict[str, list[str]] | None = None) -> int:
    """Return how many sentences let every template come round ``ROUNDS`` times, ``LIMIT`` at most."""
    return min(LIMIT, ROUNDS * len((lists or grammar())["sentence"]))


def sentences(count: int | None = None, seed: int = 1, lists: dict[str, list[str]] | None = None) -> Iterator[str]:
    """Yield ``count`` sentences (``default_count()`` if None); every template comes round before one comes again."""
    rules = lists or grammar()
    rng = random.Random(seed)
    pool: list[str] = []
    for _ in range(default_count(rules) if count is None else count):
        if not pool:
            pool = list(rules["sentence"])
            rng.shuffle(pool)
        template = text = pool.pop()
        while slot := _SLOT.search(text):
            choice = rng.choice(rules[slot[1]])
            if slot.start() == 0:
                choice = choice[0].upper() + choice[1:]
            text = text[: slot.start()] + choice + text[slot.end() :]
        # a heading in capitals carries its slots along
        yield text.upper() if _SLOT.sub("", template).isupper() else text


def main() -> None:
    """Command line; see the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, help=f"by default {ROUNDS} for each template, {LIMIT} at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.write_text("\n".join(dict.fromkeys(sentences(args.count, args.seed))) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
