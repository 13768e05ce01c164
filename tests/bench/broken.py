"""Broken Vietnamese of our own: directives drawn, spoiled, read by an English OCR, restored and read for facts.

    python -m tests.bench.broken make DIR [--sources FOLDER]     (draw and read: about 4 seconds a page)
    python -m tests.bench.broken score DIR [--errors] [--misses] [--model MODEL]

``make`` lays the directives of a folder of sources (default: the samples) out as pages, spoils each in one of the ways
of tests.bench.degrade that leave every word in its place, and reads them with Tesseract ``eng``. What lies on one
height becomes one line, both columns of a letterhead or sign-off included, as text layers have it. Since it is known
where each word was drawn, the true text comes out line for line beside it, and every fact of the gold on its line:

    NAME.txt   the broken text        NAME.gold.txt   the true text, line for line
    NAME.json  the gold facts in the form of ../shared/gold/extract, ``unread``: how many words left no trace

A word that stands where the OCR has seen nothing at all is no word of the gold: nothing is left of it to restore; a
fact whose line left no trace is no fact of it, and signer and signer's title are not asked for where the seal hid a
word of them. ``score`` restores every text and prints, by directive and pooled,
the figures of the shared scorers: words, words with digits; citations (F1, date, relation), deadlines (F1, actor,
levels, recipient), header.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import zlib
from collections import Counter
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from corpus.samples.layout import WIDTH, Sheet, lay_out
from corpus.samples.source import SOURCES, Source, load, names
from tests.bench import degrade
from tests.bench.scorers import shared_scorer

#: Ways of spoiling a page that leave every word where it was drawn, in turns; whatever the way, the last page is signed
#: and sealed first.
KINDS = ("dpi200", "clean", "dpi150", "blur", "folds", "jpeg")
_POINTS = 72.0
# The middle of a line's small letters above its baseline, in points, for type of 11 to 14 points.
_MIDDLE = 3.5


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its place on the page in points: from ``left`` to ``right``, its middle at ``y``."""

    text: str
    left: float
    right: float
    y: float
    high: float
    line: int = 0


@dataclass(frozen=True, slots=True)
class Broken:
    """A broken directive: its lines, the true lines, the facts with the lines they stand on, words without a trace."""

    lines: list[str]
    gold: list[str]
    facts: dict[str, Any]
    unread: int


def make(source: Source) -> Broken:
    """Draw, spoil and read a directive."""
    from corpus.samples.gold import build_gold

    sheets = lay_out(source)
    facts = build_gold(source, sheets)
    lines: list[str] = []
    gold: list[str] = []
    places: dict[tuple[int, int], int] = {}
    lost: list[Word] = []
    hidden: set[str] = set()
    for number, (sheet, page) in enumerate(zip(sheets, degrade.draw(source), strict=True), 1):
        rows = visual_rows(read_words(spoiled(page, source.name, number)))
        true, without = rows_of_gold(rows, drawn_words(sheet))
        lost += without
        hidden |= {sheet.reading[word.line - 1].text for word in without if word.line}
        for row, words in zip(rows, true, strict=True):
            lines.append(" ".join(w.text for w in row))
            gold.append(" ".join(w.text for w in words))
            for word in words:
                places.setdefault((number, word.line), len(lines))
        lines.append("")
        gold.append("")
    moved = _moved(facts, places)
    for name, signed in (("signer", {source.sign_name}), ("signer_title", set(source.sign_title))):
        if signed & hidden:
            del moved["meta"][name]
    return Broken(lines, gold, moved, len(lost))


def spoiled(page: degrade.Drawn, name: str, number: int) -> bytes:
    """Return the bytes of a spoiled page; the same page is always spoiled in the same way."""
    import numpy as np

    from corpus.samples.degrade import sign

    seed = zlib.crc32(name.encode())
    rng = np.random.default_rng([seed, number])
    if page.signature is not None:
        page = replace(page, picture=sign(page.picture, page.signature, page.seal, degrade.DPI, rng))
    return degrade.KINDS[KINDS[(seed + number) % len(KINDS)]](page, rng)


def read_words(data: bytes) -> list[tuple[tuple[int, int, int], Word]]:
    """Return the words that Tesseract ``eng`` reads, each with the line it puts it on."""
    import pytesseract
    from PIL import Image

    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    image = Image.open(BytesIO(data))
    scale = _POINTS / float(image.info["dpi"][0])
    rows = pytesseract.image_to_data(image, lang="eng", output_type=pytesseract.Output.DICT)
    words = []
    for k, text in enumerate(rows["text"]):
        if not text.strip() or float(rows["conf"][k]) < 0:
            continue
        left, top, wide, high = (float(rows[name][k]) * scale for name in ("left", "top", "width", "height"))
        key = (int(rows["block_num"][k]), int(rows["par_num"][k]), int(rows["line_num"][k]))
        words.append((key, Word(text.strip(), left, left + wide, top + high / 2, high)))
    return words


def visual_rows(words: list[tuple[tuple[int, int, int], Word]]) -> list[list[Word]]:
    """Return what lies on one height as one line, from top to bottom, words from left to right."""
    lines: dict[tuple[int, int, int], list[Word]] = {}
    for key, word in words:
        lines.setdefault(key, []).append(word)
    rows: list[list[Word]] = []
    for line in sorted(lines.values(), key=_height):
        beside = [row for row in rows if abs(_height(row) - _height(line)) < 5 and _apart(row, line)]
        if beside:
            beside[-1].extend(line)
        else:
            rows.append(list(line))
    return [sorted(row, key=lambda w: w.left) for row in sorted(rows, key=_height)]


def _height(row: list[Word]) -> float:
    ys = sorted(w.y for w in row)
    return ys[len(ys) // 2]


def _apart(one: list[Word], other: list[Word]) -> bool:
    return all(a.right <= b.left + 2 or b.right <= a.left + 2 for a in one for b in other)


def drawn_words(sheet: Sheet) -> list[Word]:
    """Return the words of a page where they were drawn, with their line in reading order from 1."""
    from corpus.samples.typeset import string_width

    out: list[Word] = []
    for number, line in enumerate(sheet.reading, 1):
        for piece in line.pieces:
            x, text, left = piece.x, "", piece.x
            for run in piece.runs:
                for char in run.text:
                    wide = string_width(char, run.style, run.size)
                    if char == " ":
                        if text:
                            out.append(Word(text, left, x, line.y - _MIDDLE, run.size, number))
                        text, left = "", x + wide + piece.word_space
                        x = left
                        continue
                    text, x = text + char, x + wide
            if text:
                out.append(Word(text, left, x, line.y - _MIDDLE, piece.runs[-1].size, number))
    if sheet.folio:
        middle = WIDTH / 2
        out.append(Word(sheet.folio, middle - 5, middle + 5, 42 - _MIDDLE, 13))
    return out


def rows_of_gold(rows: list[list[Word]], drawn: list[Word]) -> tuple[list[list[Word]], list[Word]]:
    """Return the true words of each row, and the words that no row has a trace of."""
    out: list[list[Word]] = [[] for _ in rows]
    lost: list[Word] = []
    for word in drawn:
        best = min(
            (k for k, row in enumerate(rows) if _trace(row, word)),
            key=lambda k: _distance(rows[k], word),
            default=None,
        )
        if best is None:
            lost.append(word)
        else:
            out[best].append(word)
    return [sorted(words, key=lambda w: w.left) for words in out], lost


def _trace(row: list[Word], word: Word) -> bool:
    """Something was read where the word stands."""
    slack = 0.25 * (word.right - word.left)
    return any(
        w.left < word.right - slack and word.left + slack < w.right and abs(w.y - word.y) < 0.62 * word.high
        for w in row
    )


def _distance(row: list[Word], word: Word) -> float:
    return min(abs(w.y - word.y) for w in row if w.left < word.right and word.left < w.right)


def _moved(facts: dict[str, Any], places: dict[tuple[int, int], int]) -> dict[str, Any]:
    """Return facts with the lines of the broken text; facts whose line left no trace are left out."""
    out = {"doc": facts["doc"], "meta": dict(facts["meta"])}
    for group in ("citations", "deadlines", "duties", "conflicts"):
        out[group] = [
            row | {"line": places[row["page"], row["line"]]}
            for row in facts[group]
            if (row["page"], row["line"]) in places
        ]
    return out


def _make(folder: Path, sources: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names(sources):
        broken = make(load(name, sources))
        (folder / f"{name}.txt").write_text("\n".join(broken.lines), encoding="utf-8")
        (folder / f"{name}.gold.txt").write_text("\n".join(broken.gold), encoding="utf-8")
        facts = broken.facts | {"unread": broken.unread}
        (folder / f"{name}.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
        sys.stderr.write(f"{name}: {len(broken.lines)} lines, {broken.unread} words without a trace\n")


#: The fields of facts that are scored where a fact is found.
_FIELDS = {"citations": ("date", "relation"), "deadlines": ("actor", "levels", "recipient")}


class Scores:
    """Restores broken directives and reads their facts; counts what the shared scorers say of them, one and all."""

    def __init__(self, model: Path | None = None) -> None:
        from ingest.restore.model import DEFAULT_DIR, Model
        from ingest.restore.restorer import Restorer
        from nlp.pipeline import Reader

        self._restorer, self._reader = Restorer(Model.load(model or DEFAULT_DIR)), Reader.load()
        self._texts, self._facts = shared_scorer("score_text"), shared_scorer("score_extract")
        self._words: Counter[str] = Counter()
        self._header: list[float] = []
        self._groups: dict[str, list[list[Any]]] = {group: [[], [], []] for group in _FIELDS}
        #: of the last one: wrong words as (line, restored, true); by group the pairs, what is extra, what is missed
        self.errors: list[tuple[int, str, str]] = []
        self.detail: dict[str, Any] = {}

    def add(self, name: str, broken: str, gold: str, want: dict[str, Any]) -> dict[str, Any]:
        """Count a directive and return its figures."""
        from tests.bench.extraction import of_text

        restored = self._restorer.restore(broken).text
        words, self.errors = self._texts.score(restored.split("\n"), gold.split("\n"))
        found, self.detail = self._facts.score(self._reader.read(of_text(name, restored)).as_dict(), want)
        self._words.update(words=words["words"], digits=words["digit_words"])
        self._words["right"] += round(words["word_accuracy"] * words["words"])
        self._words["right digits"] += round(words["digit_word_accuracy"] * words["digit_words"])
        self._header.append(found["meta"])
        row = {"doc": name, "words": words["word_accuracy"], "digits": words["digit_word_accuracy"]}
        for group, fields in _FIELDS.items():
            for rows, more in zip(self._groups[group], self.detail[group], strict=True):
                rows += more
            row[group] = [found[group][field] for field in ("f1", *fields)]
        return row | {"header": found["meta"], "wrong": found["meta_wrong"]}

    def total(self) -> dict[str, Any]:
        """Return the figures of all that were counted; those of fields are shares of all matched facts."""
        count = self._words
        row: dict[str, Any] = {
            "doc": "pooled",
            "words": round(count["right"] / max(1, count["words"]), 4),
            "digits": round(count["right digits"] / max(1, count["digits"]), 4),
        }
        for group, fields in _FIELDS.items():
            pairs, extra, missed = self._groups[group]
            f1 = 2 * len(pairs) / max(1, 2 * len(pairs) + len(extra) + len(missed))
            row[group] = [round(f1, 4), *(self._agreement(pairs, field) for field in fields)]
        return row | {"header": round(sum(self._header) / max(1, len(self._header)), 4)}

    def _agreement(self, pairs: list[Any], field: str) -> float:
        facts = self._facts
        if field == "actor":
            share = facts.agree(pairs, field, lambda a, b: bool(facts.as_set(a) & facts.as_set(b)))
        elif field == "levels":
            share = facts.agree(pairs, field, lambda a, b: facts.as_set(a) == facts.as_set(b))
        else:
            share = facts.agree(pairs, field, only_given=field in ("date", "recipient"))
        return float(share)


def _score(folder: Path, args: argparse.Namespace) -> None:
    scores = Scores(args.model)
    for path in sorted(folder.glob("*.json")):
        if args.names and path.stem not in args.names:
            continue
        broken, gold = ((folder / f"{path.stem}{end}").read_text(encoding="utf-8") for end in (".txt", ".gold.txt"))
        row = scores.add(path.stem, broken, gold, json.loads(path.read_text(encoding="utf-8")))
        print(json.dumps(row, ensure_ascii=False))
        if args.errors:
            _print_errors(scores.errors, broken.split("\n"), digits=args.errors == "digits")
        if args.misses:
            _print_misses(scores.detail)
    print(json.dumps(scores.total()))


def _print_errors(errors: list[tuple[int, str, str]], broken: list[str], *, digits: bool) -> None:
    for line, got, want in errors:
        if not digits or any(c.isdigit() for c in want):
            print(f"  {line}: {got or '∅'} ← {want}     | {broken[line - 1]}")


def _print_misses(detail: dict[str, Any]) -> None:
    for group, (_, wrong, missed) in detail.items():
        for what, rows in (("missed", missed), ("extra", wrong)):
            for row in rows:
                name, text = row.get("number") or row.get("due"), row.get("raw") or row["task"]
                print(f"  {group} {what} {row['line']}: {name} {text}")


def main() -> None:
    """Command line; see the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("make", "score"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", help="score these only")
    parser.add_argument("--sources", type=Path, default=SOURCES, help="folder of the directives' sources")
    parser.add_argument("--errors", nargs="?", const="all", choices=("all", "digits"), help="print wrong words")
    parser.add_argument("--misses", action="store_true", help="print facts that were missed or found in error")
    parser.add_argument("--model", type=Path, help="folder of another restoration model")
    args = parser.parse_args()
    if args.what == "make":
        _make(args.folder, args.sources)
    else:
        _score(args.folder, args)


if __name__ == "__main__":
    main()
