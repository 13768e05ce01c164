"""How well facts are read: one JSON line a document, the figures of the shared scorer, misses on request.

usage: python -m tests.bench.extraction [--misses] [--worst N] [NAME …]
           [--pdf | --text DIR --gold DIR | --sources DIR [--kind digital|scan|photo|ocr_eng]]

Without DIRs the samples' true pages are read (corpus/samples/gold); with --pdf the samples' PDFs, through
ingest.pipeline; with --sources the true pages of other directives in the samples' form (tests/directives), with --kind
these drawn as PDFs of that kind and read by ingest.pipeline, as they come in by post (scans: 3 to 5 seconds a page).
Lines of pages count from 1 on every page; the scorer knows only lines, so page 2's line 3 becomes 2003 on both sides.

Beside the scorer's figures: ``task`` is the mean F1 of the words (folded) of found and true task over the deadlines
that match; ``duties`` the F1 of undated duties, which match within two lines where the F1 of their words is at least
0.5. The last line pools all documents; ``times_of_word_tokenize`` in it is our processor time, for all facts, against
that of underthesea's word segmentation alone on the same text in the same run. --worst prints the N tasks that are
furthest from the gold.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from corpus.document import Document, Page
from corpus.samples.gold import build_gold
from corpus.samples.layout import lay_out
from corpus.samples.source import KINDS, load, names
from corpus.text import nfc
from nlp.pipeline import Reader
from nlp.words.folding import folded
from tests.bench.scorers import shared_scorer

SAMPLES = Path("corpus/samples/gold")


def of_pages(name: str, pages: list[str]) -> Document:
    """Return a document of page texts."""
    return Document(name, name, "application/pdf", tuple(Page(k, text) for k, text in enumerate(pages, 1)))


def of_text(name: str, text: str) -> Document:
    """Return a document of a text file, form feeds between pages, lines counted through."""
    pages, line = [], 1
    for k, part in enumerate(nfc(text).split("\f"), 1):
        pages.append(Page(k, part, line))
        line += part.count("\n")
    return Document(name, name, "text/plain", tuple(pages))


def by_page(rows: dict[str, Any]) -> dict[str, Any]:
    """Return facts with lines that count pages too."""
    moved = dict(rows)
    for group in ("citations", "deadlines", "duties", "conflicts"):
        moved[group] = [r | {"line": 1000 * r["page"] + r["line"]} for r in rows[group]]
    return moved


_WORD = re.compile(r"\w+")
_LIKE = 0.5
_NEAR = 2


def likeness(one: str, other: str) -> float:
    """Return the F1 of the words of two tasks, folded, each as often as it stands; 1 is the same words."""
    ours, theirs = (Counter(_WORD.findall(folded(text))) for text in (one, other))
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else 1.0


@dataclass
class Tasks:
    """Wording of deadlines and undated duties of some documents, against their gold."""

    dated: list[tuple[float, str, str, str]] = field(default_factory=list)
    hits: int = 0
    extra: list[tuple[str, str]] = field(default_factory=list)
    missed: list[tuple[str, str]] = field(default_factory=list)

    def add(self, name: str, pairs: list[tuple[dict[str, Any], dict[str, Any]]], found: Any, gold: Any) -> None:
        """Count a document: ``pairs`` are its matched deadlines, ``found`` and ``gold`` its duties."""
        for got, want in pairs:
            self.dated.append(
                (likeness(got["task"], want["task"]), f"{name}:{want['line']}", got["task"], want["task"])
            )
        ranked = sorted(
            ((likeness(f["task"], g["task"]), i, j) for i, f in enumerate(found) for j, g in enumerate(gold)
             if abs(f["line"] - g["line"]) <= _NEAR),
            reverse=True,
        )  # fmt: skip
        ours: set[int] = set()
        theirs: set[int] = set()
        for value, i, j in ranked:
            if value >= _LIKE and i not in ours and j not in theirs:
                ours.add(i)
                theirs.add(j)
        self.hits += len(ours)
        self.extra += [(f"{name}:{f['line']}", f["task"]) for i, f in enumerate(found) if i not in ours]
        self.missed += [(f"{name}:{g['line']}", g["task"]) for j, g in enumerate(gold) if j not in theirs]

    def figures(self) -> dict[str, Any]:
        """Return ``task`` and the precision, recall and F1 of duties."""
        task = sum(row[0] for row in self.dated) / len(self.dated) if self.dated else 1.0
        ours, theirs = self.hits + len(self.extra), self.hits + len(self.missed)
        precision, recall = self.hits / ours if ours else 1.0, self.hits / theirs if theirs else 1.0
        f1 = 2 * self.hits / (ours + theirs) if ours + theirs else 1.0
        rows = {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}
        return {"task": round(task, 4), "duties": rows}


def peer_seconds(document: Document) -> float:
    """Return the processor seconds that underthesea's word_tokenize takes for the same text, line by line."""
    from underthesea import word_tokenize  # type: ignore[import-untyped]  # has no stubs

    word_tokenize("làm quen")
    clock = time.process_time()
    for line in document.text.splitlines():
        word_tokenize(line)
    return time.process_time() - clock


def _golds(args: argparse.Namespace) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the directives that are asked for, each with its gold."""
    if args.sources:
        for name in names(args.sources):
            if not args.names or name in args.names:
                yield name, build_gold(source := load(name, args.sources), lay_out(source))
        return
    for path in sorted((args.gold or SAMPLES).glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        missing = args.pdf and not (SAMPLES.parent / f"{path.stem}.pdf").exists()
        if (not args.names or path.stem in args.names) and (args.gold or "pages" in gold) and not missing:
            yield path.stem, gold


@cache
def _restorer() -> Any:
    """Return the restorer, loaded at first need: it corrects what was read from pictures, as in the product."""
    from ingest.restore.restorer import Restorer

    return Restorer.load()


def _document(args: argparse.Namespace, name: str, gold: dict[str, Any]) -> Document:
    if args.text:
        return of_text(name, (args.text / f"{name}.txt").read_text(encoding="utf-8"))
    if args.pdf:
        from ingest.pipeline import ReadOptions, read_path

        return read_path(SAMPLES.parent / f"{name}.pdf", options=ReadOptions(restorer=_restorer))
    if args.kind:
        from corpus.samples.builder import build_pdf
        from ingest.pipeline import ReadOptions, read

        source = load(name, args.sources)
        data = build_pdf(source, lay_out(source), args.kind)
        return read(data, f"{name}.pdf", options=ReadOptions(restorer=_restorer))
    return of_pages(name, gold["pages"])


def main() -> None:
    """Score documents and print a line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--pdf", action="store_true", help="read the samples' PDFs (slow)")
    parser.add_argument("--text", type=Path, help="folder of text files; with --gold")
    parser.add_argument("--gold", type=Path, help="folder of their gold")
    parser.add_argument("--sources", type=Path, help="folder of sources as of the samples")
    parser.add_argument("--kind", choices=KINDS, help="with --sources: draw them as such PDFs and read these (slow)")
    args = parser.parse_args()
    if args.kind and not args.sources:
        parser.error("--kind goes with --sources")
    scorer = shared_scorer("score_extract")
    reader = Reader.load()
    reader.read(of_text("warm", "Số: 1/KH-SGDĐT\n1. Gửi báo cáo trước ngày 1/2/2023."))
    pooled = Tasks()
    ours = peer = 0.0
    for name, gold in _golds(args):
        document = _document(args, name, gold)
        start, clock = time.perf_counter(), time.process_time()
        facts = reader.read(document).as_dict()
        seconds = time.perf_counter() - start
        ours += time.process_time() - clock
        peer += peer_seconds(document)
        found, want = (facts, gold) if args.text else (by_page(facts), by_page(gold))
        figures, detail = scorer.score(found, want)
        tasks = Tasks()
        for one in (tasks, pooled):
            one.add(name, detail["deadlines"][0], found["duties"], want["duties"])
        if args.misses:
            _print_misses(detail)
            _print_duties(tasks)
        figures |= tasks.figures()
        figures["pages_per_second"] = round(len(document.pages) / seconds, 1)
        print(json.dumps({"doc": name} | figures, ensure_ascii=False))
    for value, place, got, wanted in sorted(pooled.dated)[: args.worst]:
        print(f"  {value:.2f} {place}\n       {got}\n  want {wanted}")
    speed = {"times_of_word_tokenize": round(ours / peer, 2)} if peer else {}
    print(json.dumps({"doc": "pooled"} | pooled.figures() | speed, ensure_ascii=False))


def _print_duties(tasks: Tasks) -> None:
    for what, rows in (("missed", tasks.missed), ("extra", tasks.extra)):
        for place, task in rows:
            print(f"  duties: {what} {place}: {task}")


def _print_misses(detail: dict[str, Any]) -> None:
    for group, (pairs, wrong, missed) in detail.items():
        for what, rows in (("missed", missed), ("extra", wrong)):
            for row in rows:
                words = row.get("raw") or row["due_text"]
                name = row.get("number") or row.get("due")
                print(f"  {group}: {what} {row['line']}: {name} {words} {row.get('levels')}")
        fields = ("date", "doc_type", "relation") if group == "citations" else ("actor", "levels", "recipient", "via")
        for got, want in pairs:
            for name in fields:
                if got.get(name) != want.get(name) and (want.get(name) is not None or name == "levels"):
                    what = want.get("number") or want["due_text"]
                    print(f"  {group} {want['line']} {what} {name}: {got.get(name)} want {want.get(name)}")


if __name__ == "__main__":
    main()
