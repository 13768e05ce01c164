"""How often the decision about a page (keep, repair, read anew) is right: prints one JSON line.

    python -m tests.bench.decision [--every N]

Every page of the samples is drawn in each of the ways below; OCR is replaced by an engine that reads what the picture
says. Right means: kept where the text is right, repaired where picture and text are damaged alike, read anew where the
picture says more than the text.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from corpus.document import Decision
from corpus.samples.gold import build_gold
from corpus.samples.layout import lay_out
from corpus.samples.source import load, names
from corpus.text import TONES, nfc
from ingest.legacy import Scheme
from ingest.pipeline import ReadOptions, read
from tests.ingest import files
from tests.ingest.test_legacy import coded
from tests.ingest.test_pipeline import Marks
from tests.ingest.test_quality import without_marks, without_tones
from tests.ingest.test_textlayer import Eyes

FOREIGN = "online website software Google Classroom Microsoft Teams smartphone STEM robot file email video app".split()
SIGNED = ["Người ký: SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Email: vanthu@so.example.vn", "Ngày ký: 12-09-2022 10:20:30 +07:00"]

Lines = list[str]


@dataclass(frozen=True, slots=True)
class Case:
    """A way to draw a page: returns the file, what its picture says, and the right decision."""

    name: str
    make: Callable[[Lines, random.Random], tuple[bytes, Lines]]
    right: Decision


def retoned(lines: Lines, chance: random.Random, share: float) -> Lines:
    """Return the lines with other tones on a share of their words."""

    def word(text: str) -> str:
        if chance.random() > share:
            return text
        parts = unicodedata.normalize("NFD", text)
        return nfc("".join(chance.choice(TONES) if c in TONES else c for c in parts))

    return [" ".join(map(word, line.split(" "))) for line in lines]


def mixed(lines: Lines, chance: random.Random) -> Lines:
    """Return the lines with a foreign word after every fifth word or so."""
    return [
        " ".join(
            w for word in line.split(" ") for w in ([word] if chance.random() > 0.2 else [word, chance.choice(FOREIGN)])
        )
        for line in lines
    ]


def bare(lines: Lines, chance: random.Random) -> Lines:
    return [without_marks(line) for line in lines]


def toneless(lines: Lines, chance: random.Random) -> Lines:
    return [without_tones(line) for line in lines]


def wrong(lines: Lines, chance: random.Random) -> Lines:
    return retoned(lines, chance, 0.4)


def same(lines: Lines, chance: random.Random) -> Lines:
    return lines


DAMAGES: dict[str, Callable[[Lines, random.Random], Lines]] = {
    "marks lost": bare, "tones lost": toneless, "wrong tones": wrong,
}  # fmt: skip


def cases() -> Iterator[Case]:
    """Yield all ways."""
    yield Case("digital", lambda lines, c: (files.pdf([lines], 8), lines), Decision.KEEP)
    yield Case("digital with foreign words", lambda lines, c: (files.pdf([mixed(lines, c)], 7), lines), Decision.KEEP)
    for scheme, font in (
        (Scheme.TCVN3, ".VnTime"),
        (Scheme.VNI, "VNI-Times"),
        (Scheme.TCVN3, "F1"),
        (Scheme.VNI, "F1"),
    ):
        yield Case(f"digital, {scheme} in {font}", _in_code(scheme, font), Decision.KEEP)
    for name, damage in DAMAGES.items():
        yield Case(f"digital, {name}", _drawn_as_damaged(damage), Decision.REPAIR)
        yield Case(f"digital, {name} in the text only", _digital(damage), Decision.OCR)
        yield Case(f"scan under a layer, {name}", _scan(damage), Decision.OCR)
    yield Case(
        "digital, letters of no code",
        _relabelled(lambda c: chr(0xE100 + ord(c) % 256) if c.isalpha() else c),
        Decision.OCR,
    )
    yield Case(
        "digital, letters shifted",
        _relabelled(lambda c: chr(0x21 + (ord(c) * 7) % 90) if c.isalpha() else c),
        Decision.OCR,
    )
    yield Case("digital, some letters called blanks", _relabelled(lambda c: " " if c in "lđảôổộ" else c), Decision.OCR)
    yield Case("scan under a good layer", _scan(same), Decision.KEEP)
    yield Case("scan", lambda lines, c: (files.scanned_pdf(lines, dpi=70), lines), Decision.OCR)
    yield Case(
        "scan with a digital signature",
        lambda lines, c: (files.scanned_pdf(lines, SIGNED, 70, 160), lines),
        Decision.OCR,
    )


def _in_code(scheme: Scheme, font: str) -> Callable[[Lines, random.Random], tuple[bytes, Lines]]:
    return lambda lines, c: (files.relabelled(files.pdf([lines], 8), lambda x: coded(x, scheme), font), lines)


def _relabelled(label: Callable[[str], str]) -> Callable[[Lines, random.Random], tuple[bytes, Lines]]:
    return lambda lines, c: (files.relabelled(files.pdf([lines], 8), label), lines)


def _digital(damage: Callable[[Lines, random.Random], Lines]) -> Callable[[Lines, random.Random], tuple[bytes, Lines]]:
    return lambda lines, c: (files.pdf([damage(lines, c)], 8), lines)


def _drawn_as_damaged(
    damage: Callable[[Lines, random.Random], Lines],
) -> Callable[[Lines, random.Random], tuple[bytes, Lines]]:
    def make(lines: Lines, chance: random.Random) -> tuple[bytes, Lines]:
        damaged = damage(lines, chance)
        return files.pdf([damaged], 8), damaged

    return make


def _scan(damage: Callable[[Lines, random.Random], Lines]) -> Callable[[Lines, random.Random], tuple[bytes, Lines]]:
    return lambda lines, c: (files.scanned_pdf(lines, damage(lines, c), 70), lines)


def figures(every: int = 1) -> tuple[dict[str, float], list[str]]:
    """Return the share of right decisions by case and over all, and the wrong ones in words."""
    sources = [load(name) for name in names()]
    texts = [text for source in sources for text in build_gold(source, lay_out(source))["pages"]]
    pages = [text.split("\n") for text in texts][::every]
    found: dict[str, float] = {}
    wrong_ones: list[str] = []
    for case in cases():
        right = 0
        for number, lines in enumerate(pages):
            data, seen = case.make(lines[:40], random.Random(number))
            page = read(data, "a.pdf", options=ReadOptions(engine=Eyes(seen), restorer=Marks)).pages[0]
            right += page.decision is case.right
            if page.decision is not case.right:
                wrong_ones.append(
                    f"{case.name}, page {number} ({len(' '.join(lines).split())} words): {page.decision} {page.reason}"
                )
        found[case.name] = round(right / len(pages), 4)
    found["all"] = round(sum(found.values()) / len(found), 4)
    return found, wrong_ones


def main() -> None:
    """Measure and print; what went wrong goes to stderr."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="take every n-th page only")
    found, wrong_ones = figures(parser.parse_args().every)
    print(*wrong_ones, sep="\n", file=sys.stderr)
    print(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main()
