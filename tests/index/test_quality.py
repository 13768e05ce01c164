"""The figures of the search over the samples and over directives that nobody has tuned on, held against floors."""

from pathlib import Path

import pytest

from index.embedding import load_embedder
from index.search import SearchEngine
from index.vectors import VectorIndex
from nlp.pipeline import Reader
from tests.bench.asked import asked_queries, measured, read
from tests.bench.search import Corpus, Stored, figures, sample_documents, sample_queries
from tests.floors import assert_floor

FLOORS = {"mrr10": 0.91, "success5": 0.95, "ndcg10": 0.91}


@pytest.mark.slow
def test_search_over_the_samples(tmp_path: Path) -> None:
    documents = sample_documents()
    queries = sample_queries(documents)
    reader = Reader.load()
    index = VectorIndex(load_embedder, folder=tmp_path / "qdrant")
    index.rebuild(Corpus(tuple(Stored(d, reader.read(d)) for d in documents)))
    results = [r.hits for r in SearchEngine(index).search_batch([q["query"] for q in queries])]
    got = figures(results, queries)
    assert {name: got[name] for name, floor in FLOORS.items() if got[name] < floor} == {}, got["misses"]


@pytest.mark.slow
def test_search_over_directives_that_nobody_has_tuned_on(tmp_path: Path) -> None:
    corpus = read(tmp_path / "no shared directives", keep=None)
    queries = asked_queries([row.document for row in corpus.rows])
    index = VectorIndex(load_embedder, folder=tmp_path / "qdrant")
    index.rebuild(corpus)
    results = [r.hits for r in SearchEngine(index).search_batch([q["query"] for q in queries])]
    got = measured(results, queries)
    for half in ("odd half", "even half"):
        assert_floor(f"asked, {half}: mrr10", got[half]["mrr10"])
        assert_floor(f"asked, {half}: success5", got[half]["success5"])
