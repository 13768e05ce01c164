"""Texts to vectors through sentence-transformers: our own model, or another one in a folder. Nothing is ever fetched.

Our model (``index/model``, see docs/models/embedding.md) is a static one: a text is the sum of its tokens' vectors, and
``index.words`` cuts the tokens, in training as in use.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import MissingDependencyError
from index.lean import left_out
from index.words import WORDS_VERSION, prepare

Vectors = NDArray[np.float32]

#: Held while the library or a model is loaded.
_loading = Lock()

#: The model that ships with the project.
OWN_MODEL = Path(__file__).resolve().parent / "model"


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    @property
    def identity(self) -> str:
        """Changes whenever the vectors change; an index made by another identity is stale."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return an array (len(texts), dimension) of float32; a text without known words gives zeros."""
        ...


@dataclass(frozen=True)
class TokenTable:
    """The vectors of a static model by token: ``index.words.model_tokens`` of text with marks."""

    rows: Mapping[str, int]
    weights: Vectors
    lengths: Vectors

    def row(self, token: str) -> int:
        """Return the row of a token; that of unknown ones, which is all zeros, where the model does not know it."""
        return self.rows.get(token, 0)

    def unit(self, rows: NDArray[np.int64]) -> Vectors:
        """Return the vectors of rows, scaled to length 1."""
        return self.of(rows) / self.lengths[rows][:, None]

    def of(self, rows: NDArray[np.int64]) -> Vectors:
        """Return the vectors of rows, in the width that sums keep exact (a model may be kept in half of it)."""
        found: Vectors = self.weights[rows].astype(np.float32)
        return found

    def word(self, word: str) -> Vectors:
        """Return the unit vector of a word of one or two syllables; of a pair that is not known, from its syllables."""
        known = self.row(word.replace(" ", "_"))
        parts = [known] if known else [self.row(part) for part in word.split()]
        return _unit(self.unit(np.array(parts, dtype=np.int64)).sum(axis=0))

    def sum(self, words: Sequence[str]) -> Vectors:
        """Return the unit vector of words in a row, with their pairs."""
        rows = [self.row(word) for word in words] + [self.row(f"{a}_{b}") for a, b in pairwise(words)]
        return _unit(self.of(np.array(rows, dtype=np.int64)).sum(axis=0))


def _unit(vector: Vectors) -> Vectors:
    found: Vectors = vector / max(float(np.linalg.norm(vector)), 1e-9)
    return found


class SentenceEmbedder:
    """A sentence-transformers model. ``prepared`` tells that its texts are cut by ``index.words`` first.

    ``identity`` is known without loading the model; the library (seconds) and the weights are loaded at the first
    text.
    """

    def __init__(self, model: str, identity: str, prepared: bool) -> None:
        self.name, self._prepared = model, prepared
        self.identity = identity

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(_loaded(self.name).get_embedding_dimension())

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See ``Embedder.encode``. Raises MissingDependencyError when the model is not on this machine."""
        model = _loaded(self.name)
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        given = [prepare(text) for text in texts] if self._prepared else list(texts)
        vectors = model.encode(given, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False)
        return np.nan_to_num(np.asarray(vectors, dtype=np.float32))

    def table(self) -> TokenTable:
        """Return the vectors of single tokens; only a static model has such a table."""
        module = _loaded(self.name)[0]
        weights: Vectors = module.embedding.weight.detach().cpu().numpy()
        lengths = np.maximum(np.sqrt(np.einsum("ij,ij->i", weights, weights, dtype=np.float32)), 1e-9)
        return TokenTable(module.tokenizer.get_vocab(), weights, lengths)


def load_embedder(model: str | Path | None = None) -> Embedder:
    """Return the embedder for a folder or a name; None means our own model.

    Raises MissingDependencyError when the model, or the library it needs, is not on this machine.
    """
    folder = Path(model) if model is not None else OWN_MODEL
    if model is None and not (folder / "modules.json").is_file():
        raise MissingDependencyError(
            "Thiếu mô hình nhúng đi kèm chương trình (index/model).",
            "Hãy cài lại congvan, hoặc tạo lại mô hình bằng lệnh: python -m index.training.train.",
        )
    if not folder.is_dir():
        # a name in the local cache: only loading it tells whether it is there
        dimension = _loaded(str(model)).get_embedding_dimension()
        return SentenceEmbedder(str(model), f"{model}:{dimension}", prepared=False)
    return SentenceEmbedder(str(folder.resolve()), identity_of(folder), bool(_about(folder).get("prepare")))


def _loaded(model: str) -> Any:
    """Return the model of that name or folder, loaded once whoever asks for it first."""
    with _loading:
        return _load(model)


@lru_cache(maxsize=2)
def _load(model: str) -> Any:
    try:
        with left_out() if _is_static(Path(model)) else nullcontext():
            from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise MissingDependencyError(
            "Thiếu thư viện sentence-transformers.", "Hãy cài lại: pip install congvan."
        ) from error
    try:
        return SentenceTransformer(model, device="cpu", local_files_only=True)
    except (OSError, ValueError) as error:
        raise MissingDependencyError(
            f"Không có mô hình nhúng “{model}” trên máy này.",
            "Chương trình không tải gì từ mạng: hãy chép mô hình vào máy, đặt CONGVAN_EMBEDDING_MODEL là thư mục ấy.",
        ) from error


@lru_cache(maxsize=4)
def identity_of(folder: Path) -> str:
    """Return a hash over the weights and the tokenizer in a folder, with the version of the word analysis."""
    digest = hashlib.sha256(WORDS_VERSION.encode())
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".safetensors", ".bin") or path.name in ("tokenizer.json", "modules.json"):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@lru_cache(maxsize=1)
def known_syllables() -> frozenset[str]:
    """Return the syllables that our own model knows: those of the language at large, in their one spelling."""
    path = OWN_MODEL / "tokenizer.json"
    if not path.is_file():
        return frozenset()
    vocabulary = json.loads(path.read_text(encoding="utf-8"))["model"]["vocab"]
    return frozenset(token for token in vocabulary if token.isalpha())


def _is_static(folder: Path) -> bool:
    """Tell whether a model's texts are the sums of their tokens: it has no transformer."""
    path = folder / "modules.json"
    if not path.is_file():
        return False
    kinds = {row["type"].rpartition(".")[2] for row in json.loads(path.read_text(encoding="utf-8"))}
    return kinds <= {"StaticEmbedding", "Normalize"}


def _about(folder: Path) -> dict[str, Any]:
    path = folder / "congvan.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
