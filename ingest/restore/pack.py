"""The model file: what training writes and ``Model.load`` reads, one ``.npz`` without pickles.

``pack`` squeezes the language model's levels into bucketed tables (see ``kernel``), so that a 4-gram takes five bytes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.errors import MissingDependencyError
from ingest.restore.kernel import STEP, Array

#: Raised whenever the layout of the file changes.
FORMAT = 1
FILE = "restore.npz"


@dataclass(frozen=True)
class Packed:
    """The raw parts of a model file."""

    words: list[str]
    mixed: list[str]
    shapes: Array
    tables: tuple[Array | int, ...]
    blocks: list[tuple[str, str, float]]


def bucket_bits(count: int) -> int:
    """Return how many bits number the buckets of ``count`` entries, about three a bucket."""
    return max(4, int(np.ceil(np.log2(max(1, count) / 4))) + 0)


def quantise(log: Array) -> Array:
    """Return natural logs (at most 0) as steps of a byte."""
    return np.clip(np.rint(-log / STEP), 0, 255).astype(np.uint8)


def scramble(keys: Array) -> Array:
    """Return ``kernel.mix`` of every key, without the compiler."""
    k = keys.astype(np.uint64)
    k ^= k >> np.uint64(31)
    k *= np.uint64(0x9E3779B97F4A7C15)
    k ^= k >> np.uint64(29)
    k *= np.uint64(0xBF58476D1CE4E5B9)
    return k ^ (k >> np.uint64(32))


def pack_level(keys: Array, logp: Array, backoff: Array) -> tuple[Array, Array, Array]:
    """Return (bucket sizes as bytes, entries, quantised back-off weights) of one order."""
    bits = bucket_bits(len(keys))
    hashed = scramble(keys)
    bucket = (hashed >> np.uint64(64 - bits)).astype(np.int64)
    by = np.argsort(bucket, kind="stable")
    entries = ((hashed & np.uint64(0xFFFFFF)) << np.uint64(8)).astype(np.uint32) | quantise(logp).astype(np.uint32)
    sizes = np.bincount(bucket, minlength=1 << bits)
    if sizes.max() > 255:
        raise ValueError("a bucket holds more entries than a byte counts")
    return sizes.astype(np.uint8), entries[by], quantise(backoff)[by]


def write(language: Path, channel: Path, out: Path) -> None:
    """Pack the results of ``training.language`` and ``training.channel`` into the model file ``out``."""
    lm = np.load(language)
    blocks = json.loads(channel.read_text(encoding="utf-8"))["blocks"]
    parts: dict[str, Array] = {
        "format": np.array(FORMAT),
        "words": lm["words"],
        "mixed": lm["mixed"],
        "shapes": quantise(lm["shapes"]),
        "uni": lm["logp1"].astype(np.float32),
        "uni_back": lm["back1"].astype(np.float32),
        "blocks": np.array("\n".join(f"{c}\t{n}\t{v}" for c, n, v in blocks)),
    }
    for n in (2, 3, 4):
        sizes, entries, back = pack_level(lm[f"keys{n}"], lm[f"logp{n}"], lm[f"back{n}"])
        parts |= {f"sizes{n}": sizes, f"entries{n}": entries}
        if n < 4:
            parts[f"back{n}"] = back
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = out.with_suffix(".tmp.npz")
    np.savez_compressed(temporary, **parts)  # type: ignore[arg-type]  # numpy's stub takes the names for options
    temporary.replace(out)


def read(path: Path) -> Packed:
    """Read a model file; raises MissingDependencyError when it is not there or of another format."""
    if not path.is_file():
        raise MissingDependencyError(
            f"Thiếu mô hình khôi phục dấu tiếng Việt ({path.name}).", "Hãy cài đặt lại gói congvan đầy đủ."
        )
    with np.load(path) as data:
        if int(data["format"]) != FORMAT:
            raise MissingDependencyError(
                f"Mô hình khôi phục dấu {path.name} thuộc phiên bản khác.", "Hãy cài đặt lại gói congvan đầy đủ."
            )
        tables: list[Array | int] = [data["uni"], data["uni_back"]]
        for n in (2, 3, 4):
            sizes = data[f"sizes{n}"]
            offsets = np.zeros(len(sizes) + 1, dtype=np.int32)
            np.cumsum(sizes, out=offsets[1:])
            tables += [offsets, data[f"entries{n}"]]
            if n < 4:
                tables.append(data[f"back{n}"])
            tables.append(int(np.log2(len(sizes))))
        rows = [row.split("\t") for row in str(data["blocks"]).split("\n")]
        return Packed(
            words=str(data["words"]).split("\n"),
            mixed=str(data["mixed"]).split("\n"),
            shapes=-STEP * data["shapes"].astype(np.float32),
            tables=tuple(tables),
            blocks=[(c, n, float(v)) for c, n, v in rows],
        )
