"""Questions nobody has tuned on, over thirty directives: ``python -m tests.bench.asked [--keep FOLDER] [--misses]``.

The directives named in ``asked_queries.toml`` (tests/directives) are read and indexed together with the samples and,
where they are at hand, the shared directives: in a larger index there is more to confuse. One JSON line says what the
search reaches: of all questions, of each half (odd and even numbers) and of each kind; then one line a step of
understanding and ranking left out (``--all``), as ``tests.bench.search`` has them.

``--misses`` lists the questions of the odd half that are not answered first; the even half's are not to be looked at.
``--keep FOLDER`` keeps documents and facts that were read, which takes most of the time.
"""

from __future__ import annotations

import argparse
import json
import pickle
import tempfile
import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.document import Document, Page, content_id
from corpus.samples.gold import build_gold
from corpus.samples.layout import lay_out
from corpus.samples.source import load
from corpus.text import nfc
from index.embedding import load_embedder
from index.search import Hit, SearchEngine
from index.vectors import VectorIndex
from nlp.pipeline import Reader
from tests.bench.search import ROWS, SHARED, Corpus, Stored, figures, located, sample_documents, shared_documents

DIRECTIVES = Path(__file__).resolve().parents[1] / "directives"
QUERIES = Path(__file__).parent / "asked_queries.toml"
#: Figures of one set of questions.
Figures = dict[str, float]


def asked_documents() -> list[Document]:
    """Return the directives that the questions name, as documents of their true page texts."""
    rows = tomllib.loads(QUERIES.read_text(encoding="utf-8"))["query"]
    names = dict.fromkeys(spot["doc"] for row in rows for spot in row["right"] if "/" in spot["doc"])
    found = []
    for name in names:
        source = load(Path(name).name, DIRECTIVES / Path(name).parent)
        texts = [nfc(text) for text in build_gold(source, lay_out(source))["pages"]]
        pages = tuple(Page(k, text) for k, text in enumerate(texts, start=1))
        found.append(Document(content_id("\f".join(texts).encode()), f"{name}.pdf", "application/pdf", pages))
    return found


def asked_queries(documents: list[Document]) -> list[dict[str, Any]]:
    """Return the questions with the places of what is right."""
    return located(tomllib.loads(QUERIES.read_text(encoding="utf-8"))["query"], documents)


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
    kept = keep / "asked.pickle" if keep else None
    if kept is not None and kept.is_file():
        loaded: Corpus = pickle.loads(kept.read_bytes())
        return loaded
    documents = asked_documents() + sample_documents()
    if (shared / "gold" / "text").is_dir():
        documents += shared_documents(shared)
    reader = Reader.load()
    corpus = Corpus(tuple(Stored(d, reader.read(d)) for d in documents))
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(corpus))
    return corpus


def main() -> None:
    """Build an index in a temporary folder, ask everything, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--keep", type=Path, help="folder for what was read")
    parser.add_argument("--all", action="store_true", help="every step left out in its turn")
    parser.add_argument("--misses", action="store_true", help="list what the odd half misses")
    args = parser.parse_args()
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
