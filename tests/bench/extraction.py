"""How well facts are read: one JSON line a document, the figures of the shared scorer, misses on request.

usage: python -m tests.bench.extraction [--misses] [--text DIR --gold DIR] [NAME …]

Without DIRs the samples' true pages are read (corpus/samples/gold). Lines of pages count from 1 on every page; the
scorer knows only lines, so page 2's line 3 becomes 2003 on both sides.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from pathlib import Path
from typing import Any

from corpus.document import Document, Page
from corpus.text import nfc
from nlp.pipeline import Reader

SAMPLES = Path("corpus/samples/gold")
SCORER = Path("../shared/score/score_extract.py")


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


def main() -> None:
    """Score documents and print a line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--text", type=Path, help="folder of text files; with --gold")
    parser.add_argument("--gold", type=Path, help="folder of their gold")
    args = parser.parse_args()
    if not SCORER.exists():
        sys.exit(f"{SCORER} is missing: this benchmark needs the shared scorer")
    spec = importlib.util.spec_from_file_location("score_extract", SCORER)
    assert spec is not None and spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    reader = Reader.load()
    reader.read(of_text("warm", "Số: 1/KH-SGDĐT\n1. Gửi báo cáo trước ngày 1/2/2023."))
    for path in sorted((args.gold or SAMPLES).glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if (args.names and path.stem not in args.names) or (args.gold is None and "pages" not in gold):
            continue
        if args.text:
            document = of_text(path.stem, (args.text / f"{path.stem}.txt").read_text(encoding="utf-8"))
        else:
            document = of_pages(path.stem, gold["pages"])
        start = time.perf_counter()
        facts = reader.read(document).as_dict()
        seconds = time.perf_counter() - start
        found, want = (facts, gold) if args.text else (by_page(facts), by_page(gold))
        figures, detail = scorer.score(found, want)
        if args.misses:
            _print_misses(detail)
        figures["pages_per_second"] = round(len(document.pages) / seconds, 1)
        print(json.dumps({"doc": path.stem} | figures, ensure_ascii=False))


def _print_misses(detail: dict[str, Any]) -> None:
    for group, (pairs, wrong, missed) in detail.items():
        for what, rows in (("missed", missed), ("extra", wrong)):
            for row in rows:
                words = row.get("raw") or row["due_text"]
                name = row.get("number") or row.get("due")
                print(f"  {group}: {what} {row['line']}: {name} {words} {row.get('levels')}")
        fields = ("date", "doc_type", "relation") if group == "citations" else ("actor", "levels", "recipient", "via")
        for got, want in pairs:
            for field in fields:
                if got.get(field) != want.get(field) and (want.get(field) is not None or field == "levels"):
                    name = want.get("number") or want["due_text"]
                    print(f"  {group} {want['line']} {name} {field}: {got.get(field)} want {want.get(field)}")


if __name__ == "__main__":
    main()
