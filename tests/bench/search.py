"""What each part of the search earns, one JSON line a row: ``python -m tests.bench.search [--shared ../shared]``.

The documents are the true texts of the samples (and of the shared directives where they are at hand), read by nlp as
a user's files are. The questions are ``search_queries.toml`` over the samples and ``../shared/gold/search.json``.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import tempfile
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.document import Document, Page, content_id
from corpus.facts import Facts
from corpus.text import nfc
from index.embedding import load_embedder
from index.query import Steps
from index.results import Hit
from index.search import SearchEngine
from index.vectors import VectorIndex
from nlp.pipeline import Reader

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "corpus" / "samples" / "gold"
SHARED = ROOT.parent / "shared"
ROWS = {
    "hybrid": Steps(),
    "words alone (BM25)": Steps(
        meaning=False, official=False, kinds=False, units=False, years=False, nearness=False, typos=False
    ),
    "meaning alone": Steps(
        words=False, official=False, kinds=False, units=False, years=False, nearness=False, typos=False
    ),
    "words and meaning, no understanding": Steps(
        official=False, kinds=False, numbers=False, units=False, years=False, typos=False
    ),
    "without meaning": Steps(meaning=False),
    "without words": Steps(words=False),
    "without official words": Steps(official=False),
    "without kinds": Steps(kinds=False),
    "without numbers": Steps(numbers=False),
    "without years": Steps(years=False),
    "without units": Steps(units=False),
    "without the second look": Steps(again=False),
    "without nearness": Steps(nearness=False),
    "without mending of slips": Steps(typos=False),
}


@dataclass(frozen=True)
class Stored:
    """A directive with its facts, as the index wants it."""

    document: Document
    facts: Facts


@dataclass(frozen=True)
class Corpus:
    """Directives that are held in memory."""

    rows: tuple[Stored, ...]

    def stored(self) -> Iterator[Stored]:
        """Yield the directives."""
        yield from self.rows


def sample_documents() -> list[Document]:
    """Return the samples as documents of their true page texts."""
    found = []
    for path in sorted(SAMPLES.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(gold, dict) and "pages" in gold:
            pages = tuple(Page(k, nfc(text)) for k, text in enumerate(gold["pages"], start=1))
            text = "\f".join(gold["pages"]).encode()
            found.append(Document(content_id(text), f"{path.stem}.pdf", "application/pdf", pages))
    return found


def shared_documents(shared: Path) -> list[Document]:
    """Return the three shared directives: the true text of the broken one, the others as they are."""
    paths = [shared / "gold" / "text" / "000.txt", shared / "seeds" / "001.txt", shared / "seeds" / "002.txt"]
    found = []
    for path in paths:
        text = nfc(path.read_text(encoding="utf-8"))
        found.append(Document(content_id(text.encode()), path.name, "text/plain", (Page(1, text),)))
    return found


def sample_queries(documents: list[Document]) -> list[dict[str, Any]]:
    """Return the questions over the samples with the places of what is right: source, character range, grade."""
    rows = tomllib.loads((Path(__file__).parent / "search_queries.toml").read_text(encoding="utf-8"))["query"]
    return located(rows, documents)


def located(rows: list[dict[str, Any]], documents: list[Document]) -> list[dict[str, Any]]:
    """Return the questions with the places of what is right, found by the words given for each."""
    texts = {named(d.source): d for d in documents}
    for row in rows:
        row["relevant"] = [
            {"doc": spot["doc"], "grade": grade, "at": _find(texts[spot["doc"]], spot["at"])}
            for name, grade in (("right", 2), ("helps", 1))
            for spot in row.get(name, ())
        ]
    return rows


def named(source: str) -> str:
    """Return the name that questions have for a directive: its source without the extension."""
    return Path(source).with_suffix("").as_posix()


def _find(document: Document, quote: str) -> int:
    pattern = r"\s+".join(map(re.escape, nfc(quote).split()))
    found = re.search(pattern, document.text)
    if found is None:
        raise SystemExit(f"{document.source}: no “{quote}”")
    return found.start() + len(quote.split()[0])


def grade(hit: Hit, relevant: list[dict[str, Any]], used: set[int]) -> int:
    """Return the grade of a hit; each right place counts once."""
    best = 0
    for k, spot in enumerate(relevant):
        if k in used or named(hit.source) != spot["doc"]:
            continue
        inside = hit.start <= spot["at"] < hit.end if "at" in spot else _lines(hit, spot)
        if inside:
            used.add(k)
            best = max(best, int(spot["grade"]))
    return best


def _lines(hit: Hit, spot: dict[str, Any]) -> bool:
    return hit.line_from <= int(spot["to"]) and hit.line_to >= int(spot["from"])


def figures(results: list[tuple[Hit, ...]], queries: list[dict[str, Any]]) -> dict[str, Any]:
    """Return mrr10, success5 and ndcg10 as ../shared/score/score_search.py counts them, and the misses."""
    mrr = success = ndcg = 0.0
    misses = []
    for hits, query in zip(results, queries, strict=True):
        used: set[int] = set()
        gains = [grade(hit, query["relevant"], used) for hit in hits[:10]]
        first = next((k for k, g in enumerate(gains) if g == 2), None)
        mrr += 0 if first is None else 1 / (first + 1)
        success += first is not None and first < 5
        ideal = sorted((r["grade"] for r in query["relevant"]), reverse=True)[:10]
        ndcg += min(1.0, _dcg(gains) / _dcg(ideal))
        if first is None or first > 0:
            misses.append((query["id"], first))
    n = len(queries)
    return {
        "mrr10": round(mrr / n, 4),
        "success5": round(success / n, 4),
        "ndcg10": round(ndcg / n, 4),
        "misses": misses,
    }


def _dcg(gains: list[int]) -> float:
    return sum((2.0**g - 1) / math.log2(k + 2) for k, g in enumerate(gains))


def main() -> None:
    """Build an index in a temporary folder, ask everything in every row, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--only", help="the row of this name only")
    parser.add_argument("--misses", action="store_true")
    args = parser.parse_args()
    samples = sample_documents()
    sets = {"samples": sample_queries(samples)}
    documents = samples
    if (args.shared / "gold" / "search.json").is_file():
        documents = samples + shared_documents(args.shared)
        sets["gold"] = json.loads((args.shared / "gold" / "search.json").read_text(encoding="utf-8"))
    reader = Reader.load()
    corpus = Corpus(tuple(Stored(d, reader.read(d)) for d in documents))
    with tempfile.TemporaryDirectory() as folder:
        index = VectorIndex(load_embedder, folder=Path(folder) / "qdrant")
        alone = VectorIndex(load_embedder, folder=Path(folder) / "alone")
        if "gold" in sets:
            alone.rebuild(Corpus(corpus.rows[len(samples) :]))
        index.embedder.encode(["nạp mô hình"])
        started = time.monotonic()
        index.rebuild(corpus)
        count = index.count()
        print(json.dumps({"passages": count, "indexed_per_s": round(count / (time.monotonic() - started))}))
        for name, steps in ROWS.items():
            if args.only and name != args.only:
                continue
            steps = replace(steps, restore=False)
            row: dict[str, Any] = {"row": name}
            asked = [(label, index, queries) for label, queries in sets.items()]
            if "gold" in sets:
                asked.append(("gold, shared directives alone", alone, sets["gold"]))
            held_out = [q for q in sets["samples"] if int(q["id"][1:]) % 2 == 0]
            asked.insert(1, ("samples, the half not tuned on", index, held_out))
            for label, where, queries in asked:
                engine = SearchEngine(where, steps=steps)
                started = time.monotonic()
                results = [r.hits for r in engine.search_batch([q["query"] for q in queries])]
                row[label] = figures(results, queries)
                row[label]["ms_per_query"] = round(1000 * (time.monotonic() - started) / len(queries), 1)
                if not args.misses:
                    del row[label]["misses"]
            print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
