"""How well tables are read, however a text parts their cells: a JSON line for each way.

usage: python -m tests.bench.tables [--misses] [--sources DIR …] [NAME …]

Every table of a directive in the samples' form is written as it is drawn (the cells' lines side by side), a cell a line
(as what is copied out of a browser or saved as text), with tabs, with strokes and as Markdown. ``found``, ``missed``
and ``invented`` count dated duties by the shared scorer, ``actor`` and ``levels`` those found that name the right ones;
all of a directive's are counted, so that what a table does to the text around it counts as well. ``skipped`` are
directives whose gold is anchored in what only the drawn table shows.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from corpus.samples.gold import build_gold
from corpus.samples.layout import Line, Sheet, lay_out
from corpus.samples.source import Source, SourceError, load, names
from nlp.pipeline import Reader
from tests.bench.extraction import by_page, of_pages
from tests.bench.scorers import shared_scorer

DIRECTIVES = Path("tests/directives")
#: Stands between cells until they are written; no directive has it.
_MARK = "¦"
_BETWEEN = f" {_MARK} "
_WAYS = {"cells": "\n", "tabs": "\t", "strokes": " | ", "markdown": " | "}
_GROUPS = ("citations", "deadlines", "duties", "conflicts")


def written(gold: dict[str, Any], sheets: list[Sheet], way: str) -> dict[str, Any]:
    """Return gold whose pages have their tables written in one of the ways, and the lines of its facts there."""
    pages, lines = [], list[list[int]]()
    for sheet in sheets:
        page, starts = list[str](), list[int]()
        for line in sheet.reading:
            starts.append(len(page) + 1)
            cells = [cell.strip() for cell in line.text.split(_MARK)]
            text = _WAYS[way].join(cell for cell in cells if cell or way != "cells")
            page += (f"| {text} |" if way == "markdown" and len(cells) > 1 else text).split("\n")
        pages.append("\n".join(page))
        lines.append(starts)
    moved = {
        group: [row | {"line": lines[row["page"] - 1][row["line"] - 1]} for row in gold[group]] for group in _GROUPS
    }
    return gold | moved | {"pages": pages}


def _without_mark(sheets: list[Sheet]) -> list[Sheet]:
    """Return the pages as the anchors of the gold see them: a blank between cells."""
    return [Sheet(lines=[_Plain(*vars(line).values()) for line in s.lines], notes=s.notes) for s in sheets]


class _Plain(Line):
    @property
    def text(self) -> str:
        """The line without the marks between its cells."""
        return super().text.replace(_BETWEEN, " ")


def _has_tables(source: Source) -> bool:
    blocks = [*source.body, *(block for annex in source.annexes for block in annex.body)]
    return any(block.table for block in blocks)


def _golds(source: Source) -> dict[str, dict[str, Any]]:
    """Return the gold of a directive for every way its tables are written. Raises what ``build_gold`` raises."""
    sheets = lay_out(source, cell_mark=_MARK)
    plain = build_gold(source, _without_mark(sheets))
    return {"drawn": build_gold(source, lay_out(source))} | {way: written(plain, sheets, way) for way in _WAYS}


def main() -> None:
    """Print a line for each way."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--sources", type=Path, nargs="*", help="folders of sources as of the samples")
    args = parser.parse_args()
    folders = args.sources or sorted(p for p in DIRECTIVES.iterdir() if any(p.glob("20*.yaml")))
    scorer, reader = shared_scorer("score_extract"), Reader.load()
    totals, skipped = dict[str, Counter[str]](), 0
    for folder in folders:
        for name in names(folder):
            if (args.names and name not in args.names) or not _has_tables(source := load(name, folder)):
                continue
            try:
                golds = _golds(source)
            except SourceError:
                skipped += 1
                continue
            for way, gold in golds.items():
                facts = reader.read(of_pages(name, gold["pages"])).as_dict()
                _, detail = scorer.score(by_page(facts), by_page(gold))
                _count(totals.setdefault(way, Counter()), detail["deadlines"])
                if args.misses:
                    _print_misses(f"{way} {name}", detail["deadlines"])
    for way, total in totals.items():
        print(json.dumps({"tables": way} | total))
    print(json.dumps({"skipped": skipped}))


def _count(total: Counter[str], found: tuple[Any, Any, Any]) -> None:
    pairs, invented, missed = found
    total.update(found=len(pairs), missed=len(missed), invented=len(invented))
    total["actor"] += sum(bool({*(f["actor"] or ())} & {*(g["actor"] or ())}) for f, g in pairs)
    total["levels"] += sum({*(f["levels"] or ())} == {*(g["levels"] or ())} for f, g in pairs)


def _print_misses(where: str, found: tuple[Any, Any, Any]) -> None:
    for what, rows in (("invented", found[1]), ("missed", found[2])):
        for row in rows:
            print(f"  {where} {what} {row['line']}: {row['due'] or row['due_text']} {row['task'][:90]}")


if __name__ == "__main__":
    main()
