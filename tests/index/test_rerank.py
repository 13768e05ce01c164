"""The second look: trees as arrays, what is seen of a passage, and which hits may change places."""

import json
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from index.embedding import OWN_MODEL, SentenceEmbedder, TokenTable, load_embedder
from index.nearness import Held, Rarity
from index.query import Question, Steps, understand
from index.ranking import rank
from index.rerank import COLUMNS, FILE, SIGNS, Lexicon, Looked, Reranker, Rows, load_reranker
from index.trees import Trees
from index.vectors import Candidate
from tests.index.fixtures import HashEmbedder
from tests.index.test_ranking import passage

#: column 0 at most 0.5: 1, else column 1 at most 2: 10, else 100; and a leaf alone.
TREES = Trees.read(
    {
        "column": [0, 0, 1, 0, 0, 0],
        "limit": [0.5, 0, 2, 0, 0, 0],
        "left": [1, 1, 3, 3, 4, 5],
        "right": [2, 1, 4, 3, 4, 5],
        "value": [0, 1, 0, 10, 100, 1000],
        "roots": [0, 5],
    }
)
LEXICON = Lexicon({("bảo", "hiểm"): 0.9, ("hiểm", "họa"): 0.5}, {"bảo hiểm": 40, "thẻ": 20}, 50)
HELD = Held(cover=0.5, above=0.0, phrase=0.4, sentence=0.4, near=0.4, close=0.2, whole=True)
RARITY = Rarity(10, {"thẻ": 5, "bảo": 6, "hiểm": 6, "bảo hiểm": 6, "mất": 1})


@pytest.mark.parametrize(("row", "total"), [((0.5, 9), 1001), ((0.6, 2), 1010), ((0.6, 2.1), 1100)])
def test_a_row_goes_down_every_tree(row: tuple[float, float], total: float) -> None:
    assert TREES.depth == 2
    assert TREES.sums(np.array([row, row])).tolist() == [total, total]


def test_trees_are_read_as_they_were_written() -> None:
    again = Trees.read(json.loads(json.dumps(TREES.as_dict())))
    assert again.as_dict() == TREES.as_dict()
    assert again.sums(np.array([[0.6, 2.1]])).tolist() == [1100]


def test_words_of_two_syllables_are_whole_and_words_without_content_left_out() -> None:
    assert LEXICON.words([["thẻ", "bảo", "hiểm", "họa"], ["của", "5"]]) == ["thẻ", "bảo hiểm", "họa"]
    assert LEXICON.rarity("chưa từng") > LEXICON.rarity("thẻ") > LEXICON.rarity("bảo hiểm") > 0


def table() -> TokenTable:
    """Vectors by which "mất" is like "rách" and unlike the rest."""
    names = ["[UNK]", "thẻ", "bảo", "hiểm", "bảo_hiểm", "mất", "rách", "phim"]
    weights = np.zeros((len(names), 8), dtype=np.float32)
    for at in range(1, len(names)):
        weights[at, at] = 1
    weights[6] = weights[5] * 0.9 + weights[6] * 0.4
    return TokenTable({name: k for k, name in enumerate(names)}, weights, np.linalg.norm(weights, axis=1).clip(1e-9))


def seen(*texts: str, question: str = "thẻ bảo hiểm bị mất") -> list[dict[str, float]]:
    rows = [Looked(text.split(), (1.0, 1.0, 0.5), HELD) for text in texts]
    columns = Reranker(LEXICON, table(), TREES, 1.0).columns(understand(question), RARITY, rows)
    return [dict(zip(COLUMNS, row, strict=True)) for row in columns.tolist()]


def test_a_word_like_the_one_that_is_asked_for_counts_but_less() -> None:
    same, like, other = seen("thẻ bảo hiểm mất", "thẻ bảo hiểm rách", "thẻ bảo hiểm phim")
    for name in ("soft_12", "soft_30", "soft"):
        assert same[name] > like[name] > other[name]
    assert same["soft"] == pytest.approx(1.0)
    assert same["exact_30"] > like["exact_30"] == other["exact_30"]
    assert same["missing"] < like["missing"]
    assert same["soft, from the best"] == 0 > other["soft, from the best"]


def test_the_best_stretch_of_each_passage_counts_and_none_reaches_into_the_next() -> None:
    filler = "phim " * 40
    near, far, ends, begins = seen(
        f"{filler}thẻ bảo hiểm mất {filler}",
        f"thẻ {filler}bảo hiểm {filler}mất",
        f"{filler}thẻ",
        f"bảo hiểm mất {filler}",
    )
    assert near["soft_30"] == pytest.approx(1.0)
    assert near["soft_30"] > far["soft_30"]
    assert ends["exact_30"] + begins["exact_30"] == pytest.approx(1.0)
    assert near["stretch"] > ends["stretch"]


def test_headings_are_no_part_of_what_is_seen() -> None:
    bare, headed = seen("thẻ phim", "thẻ phim ¦ bảo hiểm mất")
    assert bare == headed


@pytest.mark.parametrize("question", ["the bao hiem bi mat", "?a"])
def test_nothing_is_added_without_marks_or_words(question: str) -> None:
    rows = [Looked(["thẻ"], (1.0, 1.0, 0.5), HELD)] * 2
    reranker = Reranker(LEXICON, table(), TREES, 1.0)
    assert reranker.added(understand(question), RARITY, rows) == [0.0, 0.0]
    assert reranker.added(understand("thẻ bảo hiểm bị mất"), Rarity(0, {}), rows) == [0.0, 0.0]


class Last(Reranker):
    """Puts what comes last first."""

    def __init__(self) -> None:
        super().__init__(LEXICON, table(), TREES, 1.0)

    def added(self, question: Question, rarity: Rarity, rows: Sequence[Rows]) -> list[float]:
        """Return more for each row than for the one before."""
        return [10.0 * k for k in range(len(rows))]


def test_only_plain_text_changes_places() -> None:
    texts = [passage(f"Thẻ bảo hiểm y tế bị mất được cấp lại, mục {k}", start=k) for k in range(3)]
    headed = [replace(text, heading=("CẤP LẠI THẺ",)) for text in texts]

    def order(found: list[object]) -> list[int]:
        rows = [Candidate(p, 1.0 - k / 10, 0.5, ("thẻ",)) for k, p in enumerate(found)]  # type: ignore[arg-type]
        ranked = rank(understand("thẻ bảo hiểm bị mất"), rows, Steps(), reranker=Last())
        return [row.passage.start for row in ranked]

    assert order([*headed]) == [0, 1, 2]
    assert order([*texts]) == [2, 1, 0]


def test_our_model_brings_its_trees_and_no_other_does() -> None:
    about = json.loads((OWN_MODEL / FILE).read_text(encoding="utf-8"))
    assert tuple(about["signs"]) == SIGNS
    assert max(about["trees"]["column"]) < len(COLUMNS)
    assert load_reranker(HashEmbedder()) is None
    embedder = load_embedder()
    assert isinstance(embedder, SentenceEmbedder)
    reranker = load_reranker(embedder)
    assert reranker is not None and load_reranker(embedder) is reranker
    texts = "người có tên trong thẻ không tiếp tục tham gia bảo hiểm y tế", "đổi thẻ bảo hiểm y tế bị mất hoặc rách"
    rows = [Looked(text.split(), (1.0, 1.0, 0.5), HELD) for text in texts]
    first, second = reranker.added(understand("làm lại thẻ bảo hiểm y tế bị mất thế nào"), RARITY, rows)
    assert second > first
