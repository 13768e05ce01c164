"""Makes ``tables/common_syllables.txt``, the list of common syllables that ``ingest.quality`` judges by.

python -m ingest.restore.training.vocabulary --text law_sentences.txt.xz        (half a minute)
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from corpus.text import is_syllable
from ingest.restore.training.corpora import lines

_LETTERS = re.compile(r"[^\W\d_]+")
_TABLE = Path(__file__).parent.parent / "tables" / "common_syllables.txt"
_HEAD = """# The commonest syllables of Vietnamese law text, commonest first, made by training/vocabulary.py from the
# training lines of ../shared/data/law_sentences.txt.xz (codified law and legal documents, public texts).
"""


def common(texts: Iterable[str], count: int) -> list[str]:
    """Return the ``count`` commonest valid syllables of ``texts``, lower case, commonest first."""
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update(_LETTERS.findall(text.lower()))
    valid = [(n, word) for word, n in seen.items() if is_syllable(word)]
    return [word for _, word in sorted(valid, key=lambda item: (-item[0], item[1]))[:count]]


def main() -> None:
    """Command line; see the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path, required=True)
    parser.add_argument("--count", type=int, default=1100)
    parser.add_argument("--out", type=Path, default=_TABLE)
    args = parser.parse_args()
    words = common(lines(args.text, held_out=False), args.count)
    rows = [" ".join(words[k : k + 20]) for k in range(0, len(words), 20)]
    args.out.write_text(_HEAD + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
