"""Expands ``field.txt``, the project's own grammar of the language of education offices, into sentences.

python -m ingest.restore.training.field --count 12000 --out field_sentences.txt        (a second)
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator
from pathlib import Path

_GRAMMAR = Path(__file__).parent / "field.txt"
_SLOT = re.compile(r"\{(\w+)\}")


def grammar(path: Path = _GRAMMAR) -> dict[str, list[str]]:
    """Return the lists of the grammar file by name."""
    lists: dict[str, list[str]] = {}
    name = ""
    for row in path.read_text(encoding="utf-8").splitlines():
        if row.startswith("@"):
            name = row[1:].strip()
            lists[name] = []
        elif row.strip() and not row.startswith("#"):
            lists[name].append(row.strip())
    return lists


def sentences(count: int, seed: int = 1, lists: dict[str, list[str]] | None = None) -> Iterator[str]:
    """Yield ``count`` sentences; every template comes round before one comes again."""
    rules = lists or grammar()
    rng = random.Random(seed)
    pool: list[str] = []
    for _ in range(count):
        if not pool:
            pool = list(rules["sentence"])
            rng.shuffle(pool)
        text = pool.pop()
        while slot := _SLOT.search(text):
            choice = rng.choice(rules[slot[1]])
            if slot.start() == 0:
                choice = choice[0].upper() + choice[1:]
            text = text[: slot.start()] + choice + text[slot.end() :]
        yield text.upper() if text.split("{")[0].isupper() and len(text) < 80 else text


def main() -> None:
    """Command line; see the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=12_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.write_text("\n".join(dict.fromkeys(sentences(args.count, args.seed))) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
