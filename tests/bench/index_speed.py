"""Speed and memory of the index, one JSON line a row: ``python -m tests.bench.index_speed [--sizes 1000 20000]``.

Passages are lines of the law text (``../shared/data``), several together. Rows: the embedded index (Qdrant Edge) as
the product uses it, whole questions included; qdrant-client's local mode on the same points (sizes up to
``--local``); and bm25s on the same texts where it is installed. Each row is a process of its own, so that memory is
that of the row.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np

from corpus.facts import CitationPlace
from index.embedding import load_embedder
from index.passages import Passage, PassageHeader
from index.search import SearchEngine
from index.server import ServerEngine
from index.training.lawtext import read_lines
from index.vectors import VectorIndex, _replace
from index.words import syllables

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
HEADER = PassageHeader(
    "Sở Giáo dục và Đào tạo tỉnh Phú Lâm", "so", "Công văn", "2023-2024", "2023-09-10", None, "Phú Lâm"
)
COMMAND = [sys.executable, "-m", "tests.bench.index_speed"]
#: Passages a directive.
EACH = 40


def directives(path: Path, size: int) -> Iterator[list[Passage]]:
    """Yield directives of passages of about 60 syllables, ``size`` passages in all."""
    group: list[Passage] = []
    made, text = 0, ""
    for line in read_lines(path):
        text = f"{text} {line}".strip()
        if len(text) < 260:
            continue
        text, piece = "", text[:900]
        document = str(made // EACH)
        group.append(
            Passage(
                id=f"{made:032x}", document=document, source=f"{document}.pdf", number=f"{document}/SGDĐT-VP", page=1,
                page_to=1, line_from=1, line_to=3, start=0, end=len(piece), text=piece, own=0, heading=("I. NỘI DUNG",),
                place=CitationPlace.BODY.value, header=HEADER,
            )
        )  # fmt: skip
        made += 1
        if made % EACH == 0 or made == size:
            yield group
            group = []
        if made == size:
            return


def asked(path: Path, count: int) -> list[str]:
    """Return ``count`` questions of 4 to 10 words of the law text."""
    chance = random.Random(3)
    lines = [line for k, line in enumerate(read_lines(path)) if k % 997 == 0]
    found = []
    for _ in range(count):
        words = [w for run in syllables(chance.choice(lines)) for w in run]
        start = chance.randrange(max(1, len(words) - 10))
        found.append(" ".join(words[start : start + chance.randint(4, 10)]) + " như thế nào")
    return found


def timed(ask: Callable[[str], object], queries: list[str]) -> dict[str, float]:
    """Return milliseconds a query after five to warm up: by the clock, and of all this process's processor time."""
    for query in queries[:5]:
        ask(query)
    clock, cpu = [], []
    for query in queries[5:]:
        began, worked = time.perf_counter(), time.process_time()
        ask(query)
        clock.append(1000 * (time.perf_counter() - began))
        cpu.append(1000 * (time.process_time() - worked))
    found = {f"p{q}_ms": round(float(np.percentile(clock, q)), 1) for q in (50, 95)}
    return found | {f"cpu_p{q}_ms": round(float(np.percentile(cpu, q)), 1) for q in (50, 95)}


def memory() -> int:
    """Return the most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def edge(path: Path, size: int, queries: list[str], folder: Path, model: Path | None) -> dict[str, object]:
    """Fill and ask the embedded index as the product does. A folder that was filled in part is filled further."""
    state = folder / "progress.json"
    spent = json.loads(state.read_text()) if state.exists() else {"passages": 0, "clock": 0.0, "cpu": 0.0}
    if spent["passages"] < size:
        _fill(path, size, folder, model, spent)
    fresh = subprocess.run(
        [*COMMAND, "--shared", str(path.parents[1]), "--ask", str(folder / "qdrant"), "--queries", str(len(queries))]
        + (["--model", str(model)] if model else []),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    disk = sum(p.stat().st_blocks * 512 for p in folder.rglob("*") if p.is_file())
    return {
        "indexed_per_s": round(size / spent["clock"]), "indexed_per_cpu_s": round(size / spent["cpu"]),
        "settle_s": round(spent["settle_clock"], 1), "settle_cpu_s": round(spent["settle_cpu"], 1),
        "disk_mb": disk >> 20, "fill_memory_mb": spent["memory"], **json.loads(fresh.stdout),
    }  # fmt: skip


def _fill(path: Path, size: int, folder: Path, model: Path | None, spent: dict[str, float]) -> None:
    """Index the passages that are not yet there, in turns as a rebuild takes them; note what they cost."""
    index = VectorIndex(lambda: load_embedder(model), folder=folder / "qdrant")
    index.embedder.encode(["nạp mô hình"])
    if not spent["passages"]:
        with index._engine.turn(writes=True) as turn:
            turn.create(index.collection, index.embedder.dimension)
            turn.switch(index.collection)
    left = (group for k, group in enumerate(directives(path, size)) if k * EACH >= spent["passages"])
    began, worked = time.perf_counter(), time.process_time()
    for found in batches(left, 10):
        rows = [(group[0].document, index.points(group)) for group in found]
        with index._engine.turn(writes=True) as turn:
            for document, points in rows:
                _replace(turn, index.collection, document, points)
        now, cpu = time.perf_counter(), time.process_time()
        spent["passages"] += sum(len(points) for _, points in rows)
        spent["clock"] += now - began
        spent["cpu"] += cpu - worked
        began, worked = now, cpu
        if spent["passages"] < size:
            (folder / "progress.json").write_text(json.dumps(spent))
    with index._engine.turn(writes=True) as turn:
        turn.settle(index.collection)
    spent |= {"settle_clock": time.perf_counter() - began, "settle_cpu": time.process_time() - worked}
    spent["memory"] = memory()
    index.close()
    (folder / "progress.json").write_text(json.dumps(spent))


def ask_edge(folder: Path, queries: list[str], model: Path | None) -> dict[str, object]:
    """Ask an index that is there, in a fresh process."""
    index = VectorIndex(lambda: load_embedder(model), folder=folder)
    index.embedder.encode(["nạp mô hình"])
    started = time.perf_counter()
    count = index.count()
    loaded = time.perf_counter() - started
    started = time.perf_counter()
    engine = SearchEngine(index)
    engine.search(queries[0])
    first = time.perf_counter() - started
    got = timed(engine.search, queries)
    hint = timed(lambda query: engine.suggest(query[:8]), queries)
    return {
        "count": count, "load_s": round(loaded, 2), "first_question_s": round(first, 2), **got,
        "suggest_p95_ms": hint["p95_ms"], "suggest_cpu_p95_ms": hint["cpu_p95_ms"], "memory_mb": memory(),
    }  # fmt: skip


def local(path: Path, size: int, queries: list[str]) -> dict[str, object]:
    """Fill and ask qdrant-client's local mode, in a folder, with the same points."""
    from qdrant_client import QdrantClient

    with tempfile.TemporaryDirectory() as folder:
        engine = ServerEngine(":memory:", "congvan")
        engine._client = QdrantClient(path=folder)
        index = VectorIndex(load_embedder, url=":memory:")
        index._engine = engine
        index.embedder.encode(["nạp mô hình"])
        started = time.perf_counter()
        with engine.turn() as turn:
            turn.create(index.collection, index.embedder.dimension)
            turn.switch(index.collection)
            for group in directives(path, size):
                turn.put(index.collection, index.points(group))
        filled = time.perf_counter() - started
        engine.close()
        started = time.perf_counter()
        engine._client = QdrantClient(path=folder)
        loaded = time.perf_counter() - started
        got = timed(SearchEngine(index).search, queries)
        return {"indexed_per_s": round(size / filled), "load_s": round(loaded, 2), **got, "memory_mb": memory()}


def bm25s(path: Path, size: int, queries: list[str]) -> dict[str, object]:
    """Fill and ask bm25s over syllables and pairs of the same texts: words alone, nothing kept on disk."""
    import bm25s as peer

    def cut(text: str) -> list[str]:
        return [w for run in syllables(text) for w in (*run, *(f"{a} {b}" for a, b in pairwise(run)))]

    texts = [p.text for group in directives(path, size) for p in group]
    started = time.perf_counter()
    retriever = peer.BM25()
    retriever.index([cut(text) for text in texts], show_progress=False)
    filled = time.perf_counter() - started
    got = timed(lambda q: retriever.retrieve([cut(q)], k=min(80, size), show_progress=False), queries)
    return {"indexed_per_s": round(size / filled), **got, "memory_mb": memory()}


def batches(groups: Iterator[list[Passage]], count: int) -> Iterator[list[list[Passage]]]:
    """Yield ``count`` directives at a time."""
    held: list[list[Passage]] = []
    for group in groups:
        held.append(group)
        if len(held) == count:
            yield held
            held = []
    if held:
        yield held


def main() -> None:
    """Run every row in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1000, 20_000, 200_000])
    parser.add_argument("--local", type=int, default=20_000, help="largest size for the local mode")
    parser.add_argument("--queries", type=int, default=105)
    parser.add_argument("--row", choices=["edge", "local", "bm25s"])
    parser.add_argument("--rows", nargs="*", default=["edge", "local", "bm25s"])
    parser.add_argument("--model", type=Path)
    parser.add_argument("--keep", type=Path, help="folder for the embedded index; a run that was broken off goes on")
    parser.add_argument("--ask", type=Path)
    args = parser.parse_args()
    path = args.shared / "data" / "law_sentences.txt.xz"
    queries = asked(path, args.queries)
    if args.ask:
        print(json.dumps(ask_edge(args.ask, queries, args.model)))
        return
    if args.row == "edge":
        with tempfile.TemporaryDirectory() as folder:
            keep = args.keep or Path(folder)
            keep.mkdir(parents=True, exist_ok=True)
            print(json.dumps(edge(path, args.sizes[0], queries, keep, args.model)))
        return
    if args.row:
        print(json.dumps({"local": local, "bm25s": bm25s}[args.row](path, args.sizes[0], queries)))
        return
    for size in args.sizes:
        for row in args.rows:
            if (row == "local" and size > args.local) or (row == "bm25s" and not importlib.util.find_spec("bm25s")):
                continue
            command = [*COMMAND, "--shared", str(args.shared), "--row", row]
            command += ["--sizes", str(size), "--queries", str(args.queries if row != "local" else 25)]
            command += ["--model", str(args.model)] if args.model else []
            command += ["--keep", str(args.keep / str(size))] if args.keep else []
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            print(json.dumps({"row": row, "passages": size, **json.loads(done.stdout)}), flush=True)


if __name__ == "__main__":
    main()
