"""Our model as it ships, and other models by folder; nothing is ever fetched."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import MissingDependencyError
from index.embedding import OWN_MODEL, load_embedder

TEXTS = [
    "nộp tiền học qua ngân hàng",
    "thanh toán học phí không dùng tiền mặt",
    "thanh toan hoc phi khong dung tien mat",
    "phòng cháy, chữa cháy trong trường học",
    "",
]


def test_vectors_are_unit_and_near_in_meaning() -> None:
    embedder = load_embedder()
    vectors = embedder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.dimension) and vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors[:4], axis=1), 1, atol=1e-3)
    assert not vectors[4].any()
    near = vectors @ vectors.T
    assert near[0, 1] > near[0, 3] + 0.2, "office talk is near the official words"
    assert near[2, 1] > near[2, 3] + 0.2, "text without marks is near the text with marks"


def test_the_model_is_small_enough_to_ship() -> None:
    assert sum(p.stat().st_size for p in OWN_MODEL.rglob("*") if p.is_file()) < 22_000_000


def test_the_identity_is_known_without_loading_the_library() -> None:
    code = "import sys; from index.embedding import load_embedder as l; l().identity; print('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


@pytest.mark.slow
def test_another_model_by_path(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    tokenizer = Tokenizer(WordLevel({"[UNK]": 0, "học": 1, "phí": 2}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=8)], device="cpu").save(
        str(tmp_path / "model")
    )
    embedder = load_embedder(tmp_path / "model")
    assert embedder.encode(["học phí"]).shape == (1, 8)
    assert embedder.identity != load_embedder().identity


@pytest.mark.slow
@pytest.mark.parametrize("name", ["/khong/co/thu/muc", "khong-co/mo-hinh-nay"])
def test_a_model_that_is_not_here_is_not_fetched(name: str) -> None:
    with pytest.raises(MissingDependencyError, match="CONGVAN_EMBEDDING_MODEL"):
        load_embedder(name)
