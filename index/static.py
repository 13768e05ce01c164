"""A static model without the library it was made with: a text's vector is the mean of its tokens' vectors, made unit.

sentence-transformers brings torch and transformers, which take seconds of processor time to import, for what is a
table and a mean. The arithmetic here is theirs step by step, roundings to half precision included, so that the vectors
are the same bit for bit and an index made by either serves the other.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_PARTS = ["StaticEmbedding", "Normalize"]
_TABLE = "embedding.weight"


class StaticModel:
    """The table of a static model and the tokenizer that points into it."""

    def __init__(self, table: NDArray[np.float16], tokenizer: Any) -> None:
        self._table, self._tokenizer = table, tokenizer
        self.dimension = int(table.shape[1])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return an array (len(texts), dimension) of unit vectors; a text without tokens gives zeros."""
        means = np.zeros((len(texts), self.dimension), np.float16)
        for row, text in zip(means, self._tokenizer.encode_batch(list(texts), add_special_tokens=False), strict=True):
            if text.ids:
                total = self._table[text.ids].astype(np.float32).sum(axis=0).astype(np.float16)
                row[:] = total.astype(np.float32) / len(text.ids)
        # twice, as the library has it: the model's last part, and what is asked of the library on top of it
        return _unit(_unit(means)).astype(np.float32)


def _unit(vectors: NDArray[np.float16]) -> NDArray[np.float16]:
    exact = vectors.astype(np.float32)
    lengths = np.linalg.norm(exact, axis=1, keepdims=True).astype(np.float16).astype(np.float32)
    np.divide(exact, lengths, out=exact, where=lengths > 0)
    return exact.astype(np.float16)


@lru_cache(maxsize=2)
def load_static(folder: Path) -> StaticModel | None:
    """Return the static model of a folder; None where it is of another kind, which needs the library."""
    parts = json.loads((folder / "modules.json").read_text(encoding="utf-8")) if _has_files(folder) else []
    if [str(part["type"]).rpartition(".")[2] for part in parts] != _PARTS or parts[0]["path"]:
        return None
    try:
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer
    except ImportError:
        return None  # the library will tell what is missing
    table = load_file(folder / "model.safetensors").get(_TABLE)
    if table is None or table.dtype != np.float16:
        return None
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    return StaticModel(table, tokenizer)


def _has_files(folder: Path) -> bool:
    return all((folder / name).is_file() for name in ("modules.json", "model.safetensors", "tokenizer.json"))
