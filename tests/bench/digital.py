"""How fast digital pages are read, beside pdfplumber's ``extract_words`` on the same files: prints one JSON line.

    python -m tests.bench.digital [--rounds N]

Ours is the whole way from bytes to a Document (text layer, judgement, layout), the other the words of every page. Both
run in turn, in one process each; the best round of each counts, so that other work on the machine counts for neither.
"""

from __future__ import annotations

import argparse
import io
import json
import time
from collections.abc import Callable

import pdfplumber

from corpus.samples.builder import build_pdf
from corpus.samples.layout import lay_out
from corpus.samples.source import load, names
from ingest.pipeline import ReadOptions, read


def ours(data: bytes) -> int:
    """Read one file; return its number of pages."""
    return len(read(data, "a.pdf", options=ReadOptions()).pages)


def theirs(data: bytes) -> int:
    """Take the words of all pages with pdfplumber."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        return sum(1 for page in document.pages if page.extract_words() is not None)


def seconds(read_one: Callable[[bytes], int], files: list[bytes]) -> float:
    """Return how long it takes to read all files."""
    start = time.perf_counter()
    for data in files:
        read_one(data)
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    files = [build_pdf(source := load(name), lay_out(source), "digital") for name in names()]
    pages = sum(ours(data) for data in files)
    best = {"ours": float("inf"), "pdfplumber": float("inf")}
    for _ in range(rounds):
        for name, read_one in (("ours", ours), ("pdfplumber", theirs)):
            best[name] = min(best[name], seconds(read_one, files))
    print(
        json.dumps(
            {
                "files": len(files),
                "pages": pages,
                "pages_per_second": round(pages / best["ours"], 1),
                "pdfplumber_pages_per_second": round(pages / best["pdfplumber"], 1),
                "ratio": round(best["pdfplumber"] / best["ours"], 2),
            }
        )
    )


if __name__ == "__main__":
    main()
