"""The clean text that the restorer learns from, and the fixed split that keeps evaluation honest.

One file of plain text, one sentence or line each (``../shared/data/law_sentences.txt.xz``: Vietnamese law). Two lines
in a hundred are held out by the hash of the line itself, so that every script, on every machine, agrees on which.
"""

from __future__ import annotations

import lzma
import zlib
from collections.abc import Iterator
from pathlib import Path

#: One line in this many is held out for evaluation and never counted, drawn or trained on.
HELD_OUT_EVERY = 50


def is_held_out(line: str) -> bool:
    """Tell whether ``line`` belongs to the evaluation split."""
    return zlib.crc32(line.strip().encode("utf-8")) % HELD_OUT_EVERY == 0


def lines(path: Path, held_out: bool | None = None) -> Iterator[str]:
    """Yield the stripped lines of a text file (``.xz`` or plain): the training or the held-out part, or both (None)."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for raw in file:
            line = str(raw).strip()
            if line and (held_out is None or is_held_out(line) == held_out):
                yield line
