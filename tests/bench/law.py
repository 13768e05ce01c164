"""Questions about passages of law, one JSON line a row: ``python -m tests.bench.law [--shared ../shared]``.

The questions are made by rules (tests/bench/law_questions.py) about 357 passages of two laws, several times: of 200
syllables, of 450 (which the index cuts), and as articles with title and lines. No weights were chosen on the laws asked
about (``--tune`` asks those). The model that ships has seen most of them; ``--unseen`` asks about laws that today's
training keeps apart, ``--model`` takes a model made by it. A passage is one directive without facts, so that what is
measured is words and meaning alone. BM25 over syllables, and over syllables and their pairs, stands beside it, with
``--latent`` latent semantic analysis, too. ``--titles`` asks the titles of articles instead, which people worded;
where a model was trained on them it has an easy game, so take it with ``--unseen`` and ``--model``. ``--asked`` asks
what was written by hand about passages of laws kept from training (tests/bench/law_asked.py).
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy import sparse

from corpus.document import Document, Page, content_id
from corpus.facts import Facts, Header
from index.embedding import load_embedder
from index.query import Steps
from index.ranking import Weights
from index.search import SearchEngine
from index.vectors import VectorIndex
from index.words import syllables
from tests.bench.law_articles import Article, articles, large_set, small_set
from tests.bench.law_asked import asked_set
from tests.bench.law_latent import Latent
from tests.bench.law_questions import Asked, Bonds, bonds, questions, titles
from tests.bench.search import Corpus, Stored

#: Seed, syllables of a passage, and whether it is written in lines below its title, for each of the small sets.
TUNING = ((31, 200, False), (32, 200, False), (33, 450, False), (34, 200, True))
REPORTED = ((41, 200, False), (42, 200, False), (43, 450, False), (44, 200, True))
#: Where a line of an article begins.
_ITEM = re.compile(r"(?<=[.;:])\s+(?=\d{1,2}\.\s|[a-zđ]\)\s)")
#: What meaning counts beside BM25 relative to the best, for latent semantic analysis.
LATENT = 0.2
#: Hits asked for; of a passage that the index cuts, several may be among them.
HITS = 20
SHARED = Path(__file__).resolve().parents[2].parent / "shared"
ROWS = {
    "hybrid": Steps(),
    "words alone (BM25)": Steps(meaning=False, official=False, kinds=False, nearness=False),
    "meaning alone": Steps(words=False, official=False, kinds=False, nearness=False),
    "without the second look": Steps(again=False),
    "without nearness": Steps(nearness=False),
    "without meaning": Steps(meaning=False),
    "without official words": Steps(official=False),
    "without kinds": Steps(kinds=False),
}


def corpus(chosen: Sequence[Article]) -> Corpus:
    """Return the articles as directives without facts; the title is not part of them."""
    rows = []
    for k, article in enumerate(chosen):
        document = Document(
            content_id(f"{k} {article.body}".encode()), f"{k}.txt", "text/plain", (Page(1, article.body),)
        )
        rows.append(Stored(document, Facts(Header())))
    return Corpus(tuple(rows))


def plain_bm25(
    texts: Sequence[str], asked: Sequence[str], *, pairs: bool, k1: float = 1.2, b: float = 0.75
) -> np.ndarray:
    """Return BM25 scores, questions × texts, over syllables (and pairs of them)."""

    def terms(text: str) -> Iterator[str]:
        for run in syllables(text):
            yield from run
            if pairs:
                yield from (f"{x} {y}" for x, y in pairwise(run))

    known: dict[str, int] = {}

    def bags(rows: Sequence[str]) -> sparse.csr_matrix:
        counts = [Counter(known.setdefault(t, len(known)) for t in terms(row)) for row in rows]
        flat = np.array([k for c in counts for k in c], dtype=np.int64)
        data = np.array([n for c in counts for n in c.values()], dtype=np.float32)
        starts = np.concatenate([[0], np.cumsum([len(c) for c in counts])])
        return sparse.csr_matrix((data, flat, starts), shape=(len(rows), 4_000_000))

    matrix = bags(texts)
    lengths = np.asarray(matrix.sum(axis=1)).ravel()
    seen = np.asarray((matrix > 0).sum(axis=0)).ravel()
    idf = np.log(1 + (len(texts) - seen + 0.5) / (seen + 0.5))
    norm = np.repeat(k1 * (1 - b + b * lengths / lengths.mean()), np.diff(matrix.indptr))
    matrix.data = matrix.data * (k1 + 1) / (matrix.data + norm)
    scores: np.ndarray = np.asarray((bags(asked) @ sparse.diags(idf) @ matrix.T).todense())
    return scores


def measure(ranks: Sequence[int | None]) -> dict[str, float]:
    """Return recall@10 and MRR@10 of the ranks (from 0) of what is right."""
    got = [r for r in ranks if r is not None and r < 10]
    return {
        "recall10": round(len(got) / len(ranks), 4),
        "mrr10": round(sum(1 / (r + 1) for r in got) / len(ranks), 4),
    }


def searched(engine: SearchEngine, asked: Sequence[Asked]) -> list[int | None]:
    """Return the rank of the right article among the directives found, None where it is not there."""
    ranks: list[int | None] = []
    for result in engine.search_batch([a.text for a in asked], limit=HITS):
        order = list(dict.fromkeys(hit.source for hit in result.hits))
        names = {f"{k}.txt" for k in asked[len(ranks)].articles}
        ranks.append(next((k for k, name in enumerate(order) if name in names), None))
    return ranks


def baselines(
    chosen: Sequence[Article], asked: Sequence[Asked], latent: Latent | None
) -> Iterator[tuple[str, list[int | None]]]:
    """Yield the two plain BM25, and latent semantic analysis alone and with the latter."""
    texts, told = [a.body for a in chosen], [a.text for a in asked]
    rows = {
        "BM25, syllables": plain_bm25(texts, told, pairs=False),
        "BM25, syllables and pairs": plain_bm25(texts, told, pairs=True),
    }
    if latent is not None:
        near = latent.scores(texts, told)
        words = rows["BM25, syllables and pairs"]
        rows["latent semantic analysis"] = near
        rows["BM25 with pairs, and latent"] = words / np.maximum(words.max(axis=1, keepdims=True), 1e-9) + LATENT * near
    for name, scores in rows.items():
        yield name, [int((row > row[list(a.articles)].max()).sum()) for row, a in zip(scores, asked, strict=True)]


def chosen_sets(
    found: list[Article], bound: Bonds, args: argparse.Namespace
) -> Iterator[tuple[list[Article], list[Asked]]]:
    """Yield the sets of passages with their questions: one large, several small ones, or one written by hand."""
    if args.asked:
        yield asked_set(found, args.asked)
        return
    if args.set == "large":
        chosen = large_set(found, 6, tune=args.tune)
        yield chosen, questions(chosen, bound, each=3, seed=6, upto=400)[:: args.every]
        return
    for seed, length, lined in TUNING if args.tune else REPORTED:
        if lined and args.titles:
            continue
        chosen = small_set(found, seed, tune=args.tune, unseen=args.unseen, length=length)
        made = titles(chosen, seed=seed) if args.titles else questions(chosen, bound, each=8, seed=seed)
        asked = made[:: args.every]
        yield ([_in_lines(a, k) for k, a in enumerate(chosen, start=1)] if lined else chosen), asked


def _in_lines(article: Article, number: int) -> Article:
    lines = _ITEM.sub("\n", article.body)
    return replace(article, body=f"Điều {number}. {article.titles[0]}\n{lines}")


def main() -> None:
    """Build the sets, ask everything in every row, print the half that was not tuned on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--set", choices=["small", "large"], default="small")
    parser.add_argument("--tune", action="store_true", help="the half for tuning instead")
    parser.add_argument("--rows", nargs="*", default=list(ROWS))
    parser.add_argument("--weights", help="JSON of weights other than the usual ones")
    parser.add_argument("--model", type=Path)
    parser.add_argument("--unseen", action="store_true", help="laws that training keeps apart only")
    parser.add_argument("--latent", action="store_true", help="latent semantic analysis as well (minutes)")
    parser.add_argument("--titles", action="store_true", help="ask the titles of articles instead of made questions")
    parser.add_argument("--asked", choices=["open", "closed"], help="questions written by hand (law_asked.toml)")
    parser.add_argument("--every", type=int, default=4, help="ask every n-th question only")
    args = parser.parse_args()
    found = articles(args.shared / "data" / "law_sentences.txt.xz")
    bound = bonds([article.body for article in found])
    latent = Latent(args.shared / "data" / "law_sentences.txt.xz") if args.latent else None
    weights = Weights(**json.loads(args.weights)) if args.weights else None
    ranks: dict[str, list[int | None]] = {}
    spent: dict[str, float] = {}
    for chosen, asked in chosen_sets(found, bound, args):
        for name, got in baselines(chosen, asked, latent):
            ranks.setdefault(name, []).extend(got)
        with tempfile.TemporaryDirectory() as folder:
            index = VectorIndex(lambda: load_embedder(args.model), folder=Path(folder) / "qdrant")
            index.rebuild(corpus(chosen))
            for name in args.rows:
                started = time.process_time()
                ranks.setdefault(name, []).extend(
                    searched(SearchEngine(index, steps=ROWS[name], weights=weights), asked)
                )
                spent[name] = spent.get(name, 0.0) + time.process_time() - started
            index.close()
    for name, got in ranks.items():
        row: dict[str, object] = {"row": name, "questions": len(got), **measure(got)}
        if name in spent:
            row["cpu_ms_per_query"] = round(1000 * spent[name] / len(got), 1)
        print(json.dumps(row, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
