"""Texts to vectors: our own model, or any sentence-transformers model in a folder. Nothing is ever fetched.

Our model (``index/model``, see docs/models/embedding.md) is a plain sum of token vectors. sentence-transformers loads
it like any other, but loading that library takes seconds, so a folder of this kind is read directly; a test holds
both ways to the same vectors. Other models go through sentence-transformers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import MissingDependencyError
from index.words import WORDS_VERSION, model_tokens, prepare

Vectors = NDArray[np.float32]

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
class StaticEmbedder:
    """Our own model: the sum of its token vectors, scaled to length 1."""

    rows: dict[str, int]
    weights: Vectors
    identity: str

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self.weights.shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See ``Embedder.encode``."""
        found = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for k, text in enumerate(texts):
            rows = [self.rows[token] for token in model_tokens(text) if token in self.rows]
            if rows:
                total = self.weights[rows].sum(axis=0)
                found[k] = total / max(float(np.linalg.norm(total)), 1e-9)
        return found


class TransformerEmbedder:
    """Any sentence-transformers model in a local folder (or in the local cache, by name)."""

    def __init__(self, model: Any, identity: str, prepared: bool) -> None:
        self._model, self._identity, self._prepared = model, identity, prepared

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension())

    @property
    def identity(self) -> str:
        """See ``Embedder.identity``."""
        return self._identity

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See ``Embedder.encode``."""
        given = [prepare(text) for text in texts] if self._prepared else list(texts)
        vectors = self._model.encode(given, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False)
        return np.nan_to_num(np.asarray(vectors, dtype=np.float32))


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
    if folder.is_dir() and _about(folder).get("prepare") and (folder / "0_StaticEmbedding").is_dir():
        return _static(folder.resolve())
    if folder.is_dir() and _about(folder).get("prepare") and (folder / "model.safetensors").is_file():
        return _static(folder.resolve())
    return load_transformer(str(model if model is not None else folder))


@lru_cache(maxsize=2)
def _static(folder: Path) -> StaticEmbedder:
    from safetensors.numpy import load_file

    inner = folder / "0_StaticEmbedding" if (folder / "0_StaticEmbedding").is_dir() else folder
    vocabulary: dict[str, int] = json.loads((inner / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    weights = load_file(inner / "model.safetensors")["embedding.weight"].astype(np.float32)
    return StaticEmbedder(vocabulary, weights, identity_of(folder))


@lru_cache(maxsize=2)
def load_transformer(model: str) -> TransformerEmbedder:
    """Load a model through sentence-transformers, without network."""
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise MissingDependencyError(
            "Thiếu thư viện sentence-transformers.", "Hãy cài lại: pip install congvan."
        ) from error
    try:
        loaded = SentenceTransformer(model, device="cpu", local_files_only=True)
    except (OSError, ValueError) as error:
        raise MissingDependencyError(
            f"Không có mô hình nhúng “{model}” trên máy này.",
            "Chương trình không tải gì từ mạng: hãy chép mô hình vào máy, đặt CONGVAN_EMBEDDING_MODEL là thư mục ấy.",
        ) from error
    folder = Path(model)
    identity = identity_of(folder) if folder.is_dir() else f"{model}:{loaded.get_embedding_dimension()}"
    return TransformerEmbedder(loaded, identity, bool(folder.is_dir() and _about(folder).get("prepare")))


def identity_of(folder: Path) -> str:
    """Return a hash over the weights and the tokenizer in a folder, with the version of the word analysis."""
    digest = hashlib.sha256(WORDS_VERSION.encode())
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".safetensors", ".bin") or path.name in ("tokenizer.json", "modules.json"):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _about(folder: Path) -> dict[str, Any]:
    path = folder / "congvan.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
