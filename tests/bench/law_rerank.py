"""Train the trees of the second look: ``python -m tests.bench.law_rerank --out index/model [--shared ../shared]``.

Questions made by rules (tests/bench/law_questions.py) about passages of laws that are for choosing weights, as they are
and harder (more words forgotten, more said in everyday words, some everyday words thrown in), and titles of laws that
today's training keeps apart, are asked of the index; of the first hits of each, what ``index.rerank`` sees is written
down. LightGBM (``pip install lightgbm``, MIT; only needed here) learns the order listwise, from the first one on, with
signs that can only help held to that. Four forests of different seeds are laid together. Everything is seeded; some
minutes on one free core, nearly all of it asking. The result is ``rerank.json`` beside the model it was trained with.
"""

from __future__ import annotations

import argparse
import importlib
import json
import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder, SentenceEmbedder, load_embedder
from index.nearness import Rarity
from index.query import Question
from index.rerank import COLUMNS, FILE, LOOKED_AT, SIGNS, Columns, Lexicon, Reranker, Rows, read_lexicon
from index.search import SearchEngine
from index.trees import Trees
from index.vectors import VectorIndex
from index.words import syllables
from tests.bench.law import SHARED, corpus
from tests.bench.law_articles import Article, articles, small_set
from tests.bench.law_questions import Asked, Bonds, Habits, bonds, questions, titles

#: Seeds of the sets of passages; every so many of their questions is asked. Titles are asked whole.
MADE, TITLED, EVERY, EACH = range(51, 59), (32, 33, 34), 16, 8
#: How much a question of each kind counts.
COUNTS = {"made": 1.0, "hard": 0.5, "title": 1.5}
#: What harder questions are made by, and words that people throw in.
HARD = Habits(said=0.95, forgotten=0.35, hinted=0.1, words=(4, 10))
THROWN_IN = tuple(
    "đi làm lấy đưa mang bớt thêm chỗ lúc đứng mua bán mất hết xong mới cũ gần xa riêng chung đầu cuối tự chịu trả giữ"
    " bỏ nhà cơ người dân bên phía nhiều ít lớn nhỏ tiền giấy tờ nói biết hiểu đợi chờ kèm giúp sửa nhớ luật pháp thủ"
    " tục".split()
)
#: What one unit of the first order's score is worth at the beginning, seeds of the forests, least articles of a word.
SCALE, SEEDS, LEAST = 3.0, (1, 2, 3, 4), 5
SETTINGS = {
    "objective": "lambdarank", "learning_rate": 0.04, "num_leaves": 7, "min_data_in_leaf": 200, "feature_fraction": 0.4,
    "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 5, "lambdarank_truncation_level": 12, "verbose": -1,
    "num_threads": 1, "deterministic": True,
}  # fmt: skip
ROUNDS = 200


@dataclass(frozen=True)
class Example:
    """What is seen of the first hits of one question, their scores, which are right, and how much it counts."""

    columns: Columns
    scores: NDArray[np.float64]
    right: NDArray[np.bool_]
    counts: float


class Recorder(Reranker):
    """Looks as the trees do and writes down what it sees, adding nothing."""

    def __init__(self, lexicon: Lexicon, embedder: SentenceEmbedder) -> None:
        nothing = {name: [0] for name in ("column", "limit", "left", "right", "value", "roots")}
        super().__init__(lexicon, embedder.table(), Trees.read(nothing), 1.0)
        self.seen: dict[str, tuple[Columns, NDArray[np.float64]]] = {}

    def at(self, _: Embedder) -> Reranker:
        """Return itself, whatever the embedder."""
        return self

    def added(self, question: Question, rarity: Rarity, rows: Sequence[Rows]) -> list[float]:
        """Write down what is seen of the first hits."""
        if question.marked and question.content and len(rows) > 1:
            scores = np.array([row.signs[0] for row in rows])
            self.seen[question.text] = (self.columns(question, rarity, rows), scores)
        return [0.0] * len(rows)


def lexicon_of(found: Sequence[Article]) -> dict[str, Any]:
    """Return the bonds and the words of articles as ``index.rerank.read_lexicon`` reads them."""
    bound = bonds([article.body for article in found])
    lexicon = Lexicon(bound, {}, 0)
    seen = Counter(word for article in found for word in {*lexicon.words(syllables(article.body))})
    return {
        "bonds": {" ".join(pair): round(bond, 3) for pair, bond in sorted(bound.items())},
        "words": {word: count for word, count in sorted(seen.items()) if count >= LEAST},
        "counted": len(found),
    }


def asked_sets(found: list[Article], bound: Bonds) -> Iterator[tuple[str, list[Article], list[Asked]]]:
    """Yield the kind of question, the passages and the questions of each set."""
    for seed in MADE:
        chosen = small_set(found, seed, tune=True, unseen=False, length=200)
        yield "made", chosen, questions(chosen, bound, each=EACH, seed=seed)[::EVERY]
        hard = questions(chosen, bound, each=EACH, seed=seed + 1000, habits=HARD)[3::EVERY]
        yield "hard", chosen, _with_words(hard, random.Random(seed))
    for seed in TITLED:
        chosen = small_set(found, seed, tune=True, unseen=True, length=200)
        yield "title", chosen, titles(chosen, seed=seed)


def _with_words(asked: list[Asked], chance: random.Random) -> list[Asked]:
    """Return the questions with up to three everyday words thrown in."""
    found = []
    for row in asked:
        words = row.text.split()
        for _ in range(chance.choice((0, 1, 1, 2, 3))):
            words.insert(chance.randrange(1, len(words)), chance.choice(THROWN_IN))
        found.append(replace(row, text=" ".join(words)))
    return found


def examples(found: list[Article], lexicon: Lexicon, embedder: SentenceEmbedder) -> Iterator[Example]:
    """Ask everything and yield what is seen where a right passage is among the first hits."""
    for kind, chosen, asked in asked_sets(found, lexicon.bonds):
        recorder = Recorder(lexicon, embedder)
        with tempfile.TemporaryDirectory() as folder:
            index = VectorIndex(lambda: embedder, folder=Path(folder) / "qdrant")
            index.rebuild(corpus(chosen))
            engine = SearchEngine(index, reranker=recorder.at)
            for row in asked:
                recorder.seen.clear()
                hits = engine.search(row.text, limit=LOOKED_AT).hits
                for columns, scores in recorder.seen.values():
                    names = {f"{k}.txt" for k in row.articles}
                    right = np.array([hit.source in names for hit in hits])[: len(scores)]
                    if right.any() and len(right) == len(scores):
                        yield Example(columns, scores, right, COUNTS[kind])
            index.close()


def trained(rows: Sequence[Example]) -> Trees:
    """Return the forests of all seeds as one, their sums divided by the number of forests."""
    lightgbm: Any = importlib.import_module("lightgbm")
    columns = np.concatenate([row.columns for row in rows])
    start = SCALE * np.concatenate([row.scores for row in rows])
    weight = np.concatenate([np.full(len(row.right), row.counts) for row in rows])
    right = np.concatenate([row.right for row in rows]).astype(int)
    falls = {at for at, name in enumerate(COLUMNS) if name.split(",")[0] == "missing"}
    held = [-1 if at in falls else 1 for at in range(len(COLUMNS))]
    nodes: list[dict[str, Any]] = []
    roots: list[int] = []
    for seed in SEEDS:
        data = lightgbm.Dataset(columns, right, group=[len(row.right) for row in rows], init_score=start, weight=weight)
        forest = lightgbm.train({**SETTINGS, "seed": seed, "monotone_constraints": held}, data, num_boost_round=ROUNDS)
        roots += [_laid_out(tree["tree_structure"], nodes) for tree in forest.dump_model()["tree_info"]]
    for node in nodes:
        node["value"] /= len(SEEDS)
    return Trees.read(
        {name: [node[name] for node in nodes] for name in ("column", "limit", "left", "right", "value")}
        | {"roots": roots}
    )


def _laid_out(tree: dict[str, Any], nodes: list[dict[str, Any]]) -> int:
    """Append a tree of LightGBM to the nodes and return its root."""
    at = len(nodes)
    node: dict[str, Any] = {"column": 0, "limit": 0.0, "left": at, "right": at, "value": tree.get("leaf_value", 0.0)}
    nodes.append(node)
    if "split_feature" in tree:
        node.update(column=tree["split_feature"], limit=tree["threshold"])
        node.update(left=_laid_out(tree["left_child"], nodes), right=_laid_out(tree["right_child"], nodes))
    return at


def main() -> None:
    """Ask, train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--model", type=Path, help="another model than the one that ships")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    found = articles(args.shared / "data" / "law_sentences.txt.xz")
    embedder = load_embedder(args.model)
    assert isinstance(embedder, SentenceEmbedder)
    lexicon = lexicon_of([article for article in found if not article.held_out])
    write(args.out / FILE, lexicon, trained([*examples(found, read_lexicon(lexicon), embedder)]))


def write(path: Path, lexicon: dict[str, Any], trees: Trees) -> None:
    """Write what ``index.rerank`` reads."""
    about = {"signs": list(SIGNS), "scale": SCALE, "lexicon": lexicon, "trees": trees.as_dict()}
    path.write_text(json.dumps(about, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
