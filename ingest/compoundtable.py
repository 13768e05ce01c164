"""Makes ``tables/compounds.txt`` from law text and the dictionary that comes with underthesea.

    python -m ingest.compoundtable ../shared/data/law_sentences.txt.xz [--held-out]

``--held-out`` writes nothing: it counts what the table changes on the lines that it was not made from.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from corpus.text import is_syllable, nfc
from ingest.compounds import changed
from ingest.restore.confusions import CONFUSIONS
from ingest.restore.training.corpora import lines

_WORD = re.compile(r"[^\W\d_]+")
_TABLE = Path(__file__).with_name("tables") / "compounds.txt"
_DICTIONARIES = ("Viet22K.txt", "Viet39K.txt")

#: A compound is met at least so often and so many times as often as what an OCR may make of it, by one of the
#: confusions of at most this cost (nats); compounds met so often keep their syllables.
LEAST, TIMES, DEAREST, KEPT = 100, 25, 3.0, 5


def dictionary() -> set[tuple[str, str]]:
    """Return the pairs of neighbouring syllables of all words of the dictionary."""
    found = importlib.util.find_spec("underthesea")
    assert found is not None and found.submodule_search_locations
    folder = Path(found.submodule_search_locations[0]) / "corpus" / "data"
    words = (nfc(line.strip().lower()) for name in _DICTIONARIES for line in (folder / name).open(encoding="utf-8"))
    return {pair for word in words for pair in pairwise(word.split()) if all(map(str.isalpha, pair))}


def misread(word: str) -> Iterator[str]:
    """Yield what an OCR may make of a syllable by one cheap confusion."""
    for at, letter in enumerate(word):
        for row in CONFUSIONS:
            if row.true == letter and row.cost <= DEAREST:
                yield word[:at] + row.read + word[at + 1 :]


def table(path: Path) -> list[str]:
    """Return the lines of the table."""
    counts: Counter[tuple[str, str]] = Counter()
    for line in lines(path, held_out=False):
        counts.update(pairwise(_WORD.findall(line.lower())))
    known = dictionary()
    printed: dict[tuple[str, str], tuple[str, str]] = {}
    for pair in sorted(known, key=lambda pair: (counts[pair], pair)):
        if counts[pair] < LEAST:
            continue
        first, second = pair
        for read in [*((m, second) for m in misread(first)), *((first, m) for m in misread(second))]:
            if read not in known and counts[read] * TIMES <= counts[pair] and all(map(is_syllable, read)):
                printed[read] = pair  # the commoner one where two compounds come to look alike
    ends, starts = {read[0] for read in printed}, {read[1] for read in printed}
    kept = {pair for pair in known if counts[pair] >= KEPT and (pair[1] in ends or pair[0] in starts)}
    rows = [f"{' '.join(read)} → {' '.join(pair)}" for read, pair in sorted(printed.items())]
    return [*rows, *(" ".join(pair) for pair in sorted(kept))]


def main() -> None:
    """Write the table, or count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lines", type=Path)
    parser.add_argument("--held-out", action="store_true")
    asked = parser.parse_args()
    if asked.held_out:
        found: Counter[tuple[str, str]] = Counter()
        words = 0
        for line in lines(asked.lines, held_out=True):
            words += len(line.split())
            for start, end, new in changed(line):
                found[line[max(0, start - 12) : end + 12], new] += 1
        sys.stdout.write(f"{words} words, {found.total()} changed\n")
        for (where, new), count in found.most_common(300):
            sys.stdout.write(f"{count}\t{new}\t{where}\n")
        return
    head = "# Made by python -m ingest.compoundtable; as read → as printed, then compounds whose syllables stay.\n"
    part = _TABLE.with_name(_TABLE.name + ".part")
    part.write_text(head + "\n".join(table(asked.lines)) + "\n", encoding="utf-8")
    part.replace(_TABLE)


if __name__ == "__main__":
    main()
