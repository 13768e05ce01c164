"""How right is the text that comes out of ``ingest``, beside bare Tesseract on the same page images?

    python -m tests.bench.reading [--kind KIND]... [--only NAME]... [--count N] [--cache FOLDER] [--pages]

Prints one JSON line a kind of page, by default of the degradation set (``tests.bench.degrade``) and of the real scan,
and one for the whole set: ``words`` of gold, ``right`` (share of them found, in any order), ``ordered``
(share found in the order of the gold), ``extra`` (words that the gold does not have, by gold words), ``digits`` (right
among words with a digit), each beside ``read_`` for the text before it was corrected and ``raw_`` for plain
``tesseract -l vie --psm 3``; ``seconds`` a page, ``correcting_seconds`` of them for the correction. ``edits`` counts
the corrections by rule and by worth: ``better`` or ``worse`` where the page has fewer or more wrong words with that
edit than without; ``gone`` is the share of bare Tesseract's wrong words that we have right. ``--pages`` adds a line a
page, with the words that were missed. Kind ``real`` is the scan in ../shared, where lines of its gold that begin with
``~`` (stamps) do not count.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
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
from ingest.ocr import DEFAULT_LANGUAGES, CachedOcr, OcrEngine, Tesseract, installed_version
from ingest.pages import Limits
from ingest.pipeline import ReadOptions, read_page
from ingest.reader import open_file
from ingest.restore.restorer import Restorer
from tests.bench import degrade

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
SET = (*degrade.KINDS, "real")
KINDS = ("digital", "scan", "ocr_eng", "photo", "coarse", *SET)
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
    added: list[str] = field(default_factory=list)

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
        self.added += list((ours - theirs).elements())

    def take(self, other: Score) -> None:
        """Add the counts of another score."""
        for name in ("words", "right", "ordered", "extra", "digit_words", "digit_right", "seconds"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

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


def cases(kind: str, only: list[str], count: int) -> Iterator[tuple[str, bytes, list[str]]]:
    """Yield (file name, bytes, gold text by page) of one kind."""
    if kind == "real":
        for path in sorted((SHARED / "scans").glob("*.jpg")):
            gold = (SHARED / "gold" / "scans" / f"{path.stem}.txt").read_text(encoding="utf-8")
            kept = "\n".join(line for line in gold.splitlines() if not line.startswith("~"))
            yield path.name, path.read_bytes(), [kept]
        return
    if kind in degrade.KINDS:
        for case in degrade.cases(kind, count):
            if not only or case.name.split(":")[0] in only:
                yield f"{case.name}.{case.form}", case.data, [case.gold]
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


@dataclass(frozen=True, slots=True)
class Reading:
    """How a run reads: with which engine, and where it may remember what was read."""

    engine: OcrEngine
    cache: Path | None
    count: int
    each_page: bool
    alone: bool


def bare(data: bytes, name: str, number: int, cache: Path | None) -> tuple[str, float]:
    """Return what plain Tesseract makes of a page's own image, and the seconds it took when it was run."""
    import pytesseract
    from PIL import Image

    key = hashlib.sha256(f"bare vie 3 {installed_version()} {number} ".encode() + data).hexdigest()
    path = None if cache is None else cache / f"bare-{key}.json"
    if path is not None and path.exists():
        text, took = json.loads(path.read_text(encoding="utf-8"))
        return text, took
    opened = open_file(data, name)
    picture = opened.picture(number)
    opened.close()
    start = time.perf_counter()
    text = str(pytesseract.image_to_string(Image.fromarray(picture.pixels), lang="vie", config="--psm 3"))
    took = time.perf_counter() - start
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps([text, took], ensure_ascii=False), encoding="utf-8")
    return text, took


class Run:
    """The counts of one kind of page, or of all of them."""

    def __init__(self) -> None:
        self.ours, self.read, self.raw = Score(), Score(), Score()
        self.pages = 0
        self.decisions, self.edits, self.steps = Counter[str](), Counter[str](), Counter[str]()

    def add(self, other: Run) -> None:
        """Take the counts of another kind in."""
        for mine, theirs in ((self.ours, other.ours), (self.read, other.read), (self.raw, other.raw)):
            mine.take(theirs)
        self.pages += other.pages
        self.decisions += other.decisions
        self.edits += other.edits

    def figures(self) -> dict[str, object]:
        """Return the JSON line: shares, and the share of the raw word errors that is gone."""
        line: dict[str, object] = {"pages": self.pages, "words": self.ours.words, **self.ours.figures()}
        line["seconds"] = round(self.ours.seconds / max(1, self.pages), 2)
        if self.read.words:
            line |= {**self.read.figures("read_"), "edits": dict(self.edits)}
        if self.raw.words:
            wrong, before = self.ours.words - self.ours.right, self.raw.words - self.raw.right
            line |= {**self.raw.figures("raw_"), "raw_seconds": round(self.raw.seconds / max(1, self.pages), 2)}
            line |= {"wrong": wrong, "raw_wrong": before, "gone": round(1 - wrong / max(1, before), 3)}
        return line | {"decisions": dict(self.decisions)}


def run(kind: str, only: list[str], how: Reading, restorer: Timed) -> Run:
    """Read all pages of a kind."""
    result = Run()
    options = ReadOptions(engine=how.engine, limits=Limits(), restorer=lambda: restorer)
    for name, data, gold in cases(kind, only, how.count):
        opened = open_file(data, name)
        for number, wanted in enumerate(gold, 1):
            start = time.perf_counter()
            page: Page = read_page(opened, number, options=options)
            took = time.perf_counter() - start
            single = Score()
            single.add(page.text, wanted, took)
            result.ours.take(single)
            result.pages += 1
            result.decisions[page.decision] += 1
            if page.decision is Decision.OCR:
                result.read.add(source_of(page.text, page.edits, 0, len(page.text)), wanted, took)
                result.edits += worth(page, wanted)
            if kind != "digital" and not how.alone:
                result.raw.add(*_swapped(bare(data, name, number, how.cache), wanted))
            if how.each_page:
                row = {"page": f"{kind} {name}:{number}", **single.figures()}
                row |= {"missed": single.missed, "added": single.added}
                print(json.dumps(row, ensure_ascii=False), file=sys.stderr)
        opened.close()
    return result


def _swapped(read: tuple[str, float], gold: str) -> tuple[str, str, float]:
    return read[0], gold, read[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kind", action="append", choices=KINDS)
    parser.add_argument("--only", action="append", default=[], help="name of a sample")
    parser.add_argument("--count", type=int, default=8, help="pages of each kind of the set")
    parser.add_argument("--languages", default=DEFAULT_LANGUAGES)
    parser.add_argument("--cache", type=Path, help="folder for what was read; seconds are then those of a replay")
    parser.add_argument("--alone", action="store_true", help="without bare Tesseract beside")
    parser.add_argument("--pages", action="store_true")
    asked = parser.parse_args()
    engine: OcrEngine = Tesseract(asked.languages)
    if asked.cache is not None:
        engine = CachedOcr(engine, asked.cache)
    how = Reading(engine, asked.cache, asked.count, asked.pages, asked.alone)
    restorer, whole, kinds = Timed(), Run(), asked.kind or SET
    for kind in kinds:
        restorer.seconds = 0.0
        one = run(kind, asked.only, how, restorer)
        line = {"kind": kind, **one.figures(), "correcting_seconds": round(restorer.seconds / max(1, one.pages), 3)}
        print(json.dumps(line, ensure_ascii=False), flush=True)
        if kind in degrade.KINDS:
            whole.add(one)
    if len(kinds) > 1 and whole.pages:
        print(json.dumps({"kind": "set", **whole.figures()}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
