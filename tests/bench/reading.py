"""How right is the text that comes out of ``ingest``, beside bare Tesseract on the same page images?

    python -m tests.bench.reading [--kind KIND]... [--only NAME]... [--languages L] [--pages]

Prints one JSON line a kind of page: ``words`` of gold, ``right`` (share of them found, in any order), ``ordered``
(share found in the order of the gold), ``extra`` (words that the gold does not have, by gold words), ``digits`` (right
among words with a digit), each beside ``read_`` for the text before it was corrected and ``raw_`` for plain
``tesseract -l vie --psm 3``; ``seconds`` a page, ``correcting_seconds`` of them for the correction. ``edits`` counts
the corrections by rule and by worth: ``better`` or ``worse`` where the page has fewer or more wrong words with that
edit than without. ``--pages`` adds a line a page, with the words that were missed. Kind ``real`` is the scan in
../shared, where lines of its gold that begin with ``~`` (stamps) do not count.
"""

from __future__ import annotations

import argparse
import difflib
import json
import sys
import time
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from corpus.document import Decision, Page, Repaired, source_of
from ingest.ocr import DEFAULT_LANGUAGES, Tesseract
from ingest.pages import Limits
from ingest.pipeline import ReadOptions, read_page
from ingest.reader import open_file
from ingest.restore.restorer import Restorer

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
KINDS = ("digital", "scan", "ocr_eng", "photo", "coarse", "real")
#: What is left of the resolution of a scan in the kind ``coarse``.
COARSE = 0.62
EDGE = ".,;:()“”\"'!?-–—…[]"


@dataclass(slots=True)
class Score:
    """Counts over the pages of one kind."""

    words: int = 0
    right: int = 0
    ordered: int = 0
    extra: int = 0
    digit_words: int = 0
    digit_right: int = 0
    seconds: float = 0.0
    missed: list[str] = field(default_factory=list)

    def add(self, text: str, gold: str, seconds: float) -> None:
        found, wanted = words(text), words(gold)
        ours, theirs = Counter(found), Counter(wanted)
        both = ours & theirs
        matcher = difflib.SequenceMatcher(None, found, wanted, autojunk=False)
        self.words += len(wanted)
        self.right += both.total()
        self.ordered += sum(block.size for block in matcher.get_matching_blocks())
        self.extra += (ours - theirs).total()
        self.digit_words += sum(n for word, n in theirs.items() if any(c.isdigit() for c in word))
        self.digit_right += sum(n for word, n in both.items() if any(c.isdigit() for c in word))
        self.seconds += seconds
        self.missed += list((theirs - ours).elements())

    def figures(self, prefix: str = "") -> dict[str, float]:
        total = max(1, self.words)
        shares = {
            "right": self.right / total,
            "ordered": self.ordered / total,
            "extra": self.extra / total,
            "digits": self.digit_right / max(1, self.digit_words),
        }
        return {prefix + name: round(value, 4) for name, value in shares.items()}


class Timed:
    """The shipped restorer with a clock."""

    def __init__(self) -> None:
        self._inner = Restorer.load()
        self._inner.correct("xin chào các bạn", ())
        self.seconds = 0.0

    def restore(self, text: str, *, force: bool = False) -> Repaired:
        return self._inner.restore(text, force=force)

    def correct(self, text: str, doubts: Sequence[tuple[int, int, float]]) -> Repaired:
        start = time.perf_counter()
        result = self._inner.correct(text, doubts)
        self.seconds += time.perf_counter() - start
        return result


def worth(page: Page, gold: str) -> Counter[str]:
    """Count the edits of a page by whether they did good: each is taken back alone and the wrong words are counted."""
    wanted, found = Counter(gold.split()), Counter[str]()
    distance = _wrong(page.text, wanted)
    for edit in page.edits:
        without = _wrong(page.text[: edit.start] + edit.source + page.text[edit.end :], wanted)
        found["better" if distance < without else "worse" if distance > without else "even"] += 1
        found[edit.rule] += 1
    return found


def _wrong(text: str, wanted: Counter[str]) -> int:
    ours = Counter(text.split())
    return (ours - wanted).total() + (wanted - ours).total()


def words(text: str) -> list[str]:
    """Return the words of a text without punctuation at their edges."""
    stripped = (word.strip(EDGE) for word in unicodedata.normalize("NFC", text).split())
    return [word for word in stripped if word]


def cases(kind: str, only: list[str]) -> Iterator[tuple[str, bytes, list[str]]]:
    """Yield (file name, bytes, gold text by page) of one kind."""
    if kind == "real":
        for path in sorted((SHARED / "scans").glob("*.jpg")):
            gold = (SHARED / "gold" / "scans" / f"{path.stem}.txt").read_text(encoding="utf-8")
            kept = "\n".join(line for line in gold.splitlines() if not line.startswith("~"))
            yield path.name, path.read_bytes(), [kept]
        return
    from corpus.samples.builder import build_pdf
    from corpus.samples.gold import build_gold
    from corpus.samples.layout import lay_out
    from corpus.samples.source import load, names

    for name in only or names():
        sheets = lay_out(source := load(name))
        data = coarse(name) if kind == "coarse" else build_pdf(source, sheets, kind)
        yield f"{name}.pdf", data, build_gold(source, sheets)["pages"]


def coarse(name: str) -> bytes:
    """Return a sample as a scan at 124 dpi, soft and hard pressed, as old multifunction devices mail them."""
    import cv2

    from corpus.samples.builder import page_images
    from corpus.samples.degrade import jpeg
    from corpus.samples.drawing import DPI, image_pdf

    rng = np.random.default_rng(zlib.crc32(name.encode()))
    pages = []
    for picture in page_images(name, "scan"):
        size = round(picture.shape[1] * COARSE), round(picture.shape[0] * COARSE)
        small = cv2.GaussianBlur(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), (0, 0), 0.6)
        noisy = small + rng.normal(0, 4, (*small.shape[:2], 1))
        pages.append(jpeg(np.clip(noisy, 0, 255).astype(np.uint8), 35, round(DPI * COARSE)))
    return image_pdf(pages, "")


def bare(data: bytes, name: str, number: int) -> str:
    """Return what plain Tesseract makes of a page's own image."""
    import pytesseract
    from PIL import Image

    opened = open_file(data, name)
    picture = opened.picture(number)
    opened.close()
    return str(pytesseract.image_to_string(Image.fromarray(picture.pixels), lang="vie", config="--psm 3"))


def run(kind: str, only: list[str], languages: str, *, each_page: bool) -> None:
    ours, read, raw, pages, decisions, edits = Score(), Score(), Score(), 0, Counter[str](), Counter[str]()
    restorer = Timed()
    options = ReadOptions(engine=Tesseract(languages), limits=Limits(), restorer=lambda: restorer)
    for name, data, gold in cases(kind, only):
        opened = open_file(data, name)
        for number, wanted in enumerate(gold, 1):
            start = time.perf_counter()
            page: Page = read_page(opened, number, options=options)
            took = time.perf_counter() - start
            single = Score()
            single.add(page.text, wanted, took)
            ours.add(page.text, wanted, took)
            if page.decision is Decision.OCR:
                read.add(source_of(page.text, page.edits, 0, len(page.text)), wanted, took)
                edits += worth(page, wanted)
            decisions[page.decision] += 1
            pages += 1
            if kind != "digital":
                start = time.perf_counter()
                text = bare(data, name, number)
                raw.add(text, wanted, time.perf_counter() - start)
            if each_page:
                row = {"page": f"{name}:{number}", **single.figures(), "missed": single.missed}
                print(json.dumps(row, ensure_ascii=False), file=sys.stderr)
        opened.close()
    line: dict[str, object] = {"kind": kind, "pages": pages, "words": ours.words, **ours.figures()}
    line["seconds"] = round(ours.seconds / max(1, pages), 2)
    if read.words:
        line |= {**read.figures("read_"), "edits": dict(edits)}
        line["correcting_seconds"] = round(restorer.seconds / max(1, pages), 3)
    if raw.words:
        line |= {**raw.figures("raw_"), "raw_seconds": round(raw.seconds / max(1, pages), 2)}
    line["decisions"] = dict(decisions)
    print(json.dumps(line, ensure_ascii=False), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kind", action="append", choices=KINDS)
    parser.add_argument("--only", action="append", default=[], help="name of a sample")
    parser.add_argument("--languages", default=DEFAULT_LANGUAGES)
    parser.add_argument("--pages", action="store_true")
    asked = parser.parse_args()
    for kind in asked.kind or KINDS:
        run(kind, asked.only, asked.languages, each_page=asked.pages)


if __name__ == "__main__":
    main()
