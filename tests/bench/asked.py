"""Questions nobody has tuned on, over thirty directives: ``python -m tests.bench.asked [--keep FOLDER] [--misses]``.

The directives named in ``asked_queries.toml`` (tests/directives) are read and indexed together with the samples and,
where they are at hand, the shared directives: in a larger index there is more to confuse. One JSON line says what the
search reaches: of all questions, of each half (odd and even numbers) and of each kind; then one line a step of
understanding and ranking left out (``--all``), as ``tests.bench.search`` has them.

``--misses`` lists the questions of the odd half that are not answered first; the even half's are not to be looked at.
``--keep FOLDER`` keeps documents and facts that were read, which takes most of the time.

``--later`` asks the questions of ``asked_later.toml`` instead, with their directives in the index as well, and says of
how many the first hit, one of the first five, and the day on top is right.
"""

from __future__ import annotations

import argparse
import json
import pickle
import tempfile
import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.document import Document, Page, content_id
from corpus.samples.gold import build_gold
from corpus.samples.layout import lay_out
from corpus.samples.source import load
from corpus.text import nfc
from index.embedding import load_embedder
from index.query import Steps
from index.results import Hit, SearchResult
from index.search import SearchEngine
from index.vectors import VectorIndex
from nlp.pipeline import Reader
from tests.bench.search import ROWS, SHARED, Corpus, Stored, figures, located, sample_documents, shared_documents

DIRECTIVES = Path(__file__).resolve().parents[1] / "directives"
QUERIES = Path(__file__).parent / "asked_queries.toml"
LATER = Path(__file__).parent / "asked_later.toml"
#: Figures of one set of questions.
Figures = dict[str, float]


def asked_documents(queries: Path) -> list[Document]:
    """Return the directives that the questions name, as documents of their true page texts."""
    rows = tomllib.loads(queries.read_text(encoding="utf-8"))["query"]
    names = dict.fromkeys(spot["doc"] for row in rows for spot in row["right"] if "/" in spot["doc"])
    found = []
    for name in names:
        source = load(Path(name).name, DIRECTIVES / Path(name).parent)
        texts = [nfc(text) for text in build_gold(source, lay_out(source))["pages"]]
        pages = tuple(Page(k, text) for k, text in enumerate(texts, start=1))
        found.append(Document(content_id("\f".join(texts).encode()), f"{name}.pdf", "application/pdf", pages))
    return found


def asked_queries(documents: list[Document], queries: Path = QUERIES) -> list[dict[str, Any]]:
    """Return the questions with the places of what is right."""
    return located(tomllib.loads(queries.read_text(encoding="utf-8"))["query"], documents)


def halves(queries: list[dict[str, Any]]) -> dict[str, list[int]]:
    """Return the places in ``queries`` of all, of each half and of each kind."""
    sets = {"all": list(range(len(queries)))}
    for name, rest in (("odd half", 1), ("even half", 0)):
        sets[name] = [k for k, q in enumerate(queries) if int(q["id"][1:]) % 2 == rest]
    for kind in Counter(q["kind"] for q in queries):
        sets[kind] = [k for k, q in enumerate(queries) if q["kind"] == kind]
    return sets


def measured(results: list[tuple[Hit, ...]], queries: list[dict[str, Any]]) -> dict[str, Figures]:
    """Return mrr10 and success5 of all, of each half and of each kind, with the number of questions."""
    found: dict[str, Figures] = {}
    for name, chosen in halves(queries).items():
        got = figures([results[k] for k in chosen], [queries[k] for k in chosen])
        found[name] = {"n": len(chosen), "mrr10": got["mrr10"], "success5": got["success5"]}
    return found


def read(shared: Path, keep: Path | None) -> Corpus:
    """Return the directives with their facts; read anew where ``keep`` has none."""

    def documents() -> list[Document]:
        more = shared_documents(shared) if (shared / "gold" / "text").is_dir() else []
        return asked_documents(QUERIES) + sample_documents() + more

    return _kept(keep / "asked.pickle" if keep else None, documents)


def read_later(shared: Path, keep: Path | None) -> Corpus:
    """Return the directives of the later questions with all others, and their facts."""
    own = _kept(keep / "asked_later.pickle" if keep else None, lambda: asked_documents(LATER))
    return Corpus((*own.rows, *read(shared, keep).rows))


def _kept(file: Path | None, documents: Callable[[], list[Document]]) -> Corpus:
    if file is not None and file.is_file():
        loaded: Corpus = pickle.loads(file.read_bytes())
        return loaded
    reader = Reader.load()
    corpus = Corpus(tuple(Stored(d, reader.read(d)) for d in documents()))
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(pickle.dumps(corpus))
    return corpus


def counted(results: list[SearchResult], queries: list[dict[str, Any]]) -> dict[str, str]:
    """Return of how many questions the first hit, one of the first five and the day on top is right."""
    places = [figures([r.hits], [q])["misses"] for r, q in zip(results, queries, strict=True)]
    first = [0 if not missed else missed[0][1] for missed in places]
    dated = [k for k, q in enumerate(queries) if q.get("due")]
    days = sum(_day(results[k]) in queries[k]["due"] for k in dated)
    n = len(queries)
    five = sum(place is not None and place < 5 for place in first)
    return {"first": f"{first.count(0)}/{n}", "first five": f"{five}/{n}", "day": f"{days}/{len(dated)}"}


def _day(result: SearchResult) -> str | None:
    return result.answer.deadline.due if result.answer else None


def ask_later(shared: Path, keep: Path | None, misses: bool) -> None:
    """Ask the later questions; print what is right of all and each half, with ``misses`` what the odd half misses."""
    corpus = read_later(shared, keep)
    queries = asked_queries([row.document for row in corpus.rows], LATER)
    with tempfile.TemporaryDirectory() as folder:
        index = VectorIndex(load_embedder, folder=Path(folder) / "qdrant")
        index.rebuild(corpus)
        print(json.dumps({"directives": len(corpus.rows), "passages": index.count(), "questions": len(queries)}))
        engine = SearchEngine(index, steps=Steps(restore=False))
        results = engine.search_batch([q["query"] for q in queries])
    sets = halves(queries)
    for name in ("all", "odd half", "even half"):
        print(name, counted([results[k] for k in sets[name]], [queries[k] for k in sets[name]]))
    for k in sets["odd half"] if misses else ():
        got = counted([results[k]], [queries[k]])
        if got["first"] != "1/1" or got["day"] not in ("1/1", "0/0"):
            print(queries[k]["id"], queries[k]["query"], got, _day(results[k]), sep="\t")
            for hit in results[k].hits[:3]:
                print("", round(hit.score, 3), hit.source, " ".join(hit.text.split())[:150], sep="\t")


def main() -> None:
    """Build an index in a temporary folder, ask everything, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--keep", type=Path, help="folder for what was read")
    parser.add_argument("--all", action="store_true", help="every step left out in its turn")
    parser.add_argument("--misses", action="store_true", help="list what the odd half misses")
    parser.add_argument("--later", action="store_true", help="the forty questions of asked_later.toml")
    args = parser.parse_args()
    if args.later:
        ask_later(args.shared, args.keep, args.misses)
        return
    corpus = read(args.shared, args.keep)
    queries = asked_queries([row.document for row in corpus.rows])
    with tempfile.TemporaryDirectory() as folder:
        index = VectorIndex(load_embedder, folder=Path(folder) / "qdrant")
        index.rebuild(corpus)
        print(json.dumps({"directives": len(corpus.rows), "passages": index.count(), "questions": len(queries)}))
        for name, steps in ROWS.items():
            if name != "hybrid" and not args.all:
                continue
            engine = SearchEngine(index, steps=replace(steps, restore=False))
            results = [r.hits for r in engine.search_batch([q["query"] for q in queries])]
            print(json.dumps({"row": name, **measured(results, queries)}, ensure_ascii=False))
            if args.misses and name == "hybrid":
                odd = halves(queries)["odd half"]
                for where, first in figures([results[k] for k in odd], [queries[k] for k in odd])["misses"]:
                    print(where, first, next(q["query"] for q in queries if q["id"] == where), sep="\t")


if __name__ == "__main__":
    main()
