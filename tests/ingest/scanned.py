"""The samples as clean signed 300-dpi scans, as an OCR read them: words with places, kept so that layout can be tested.

    python -m tests.ingest.scanned --rewrite        (three minutes)

draws and reads all pages anew and writes ``scanned.json.xz``. Nothing else writes it: a test without it fails.
"""

from __future__ import annotations

import argparse
import json
import lzma
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from corpus.document import Box
from ingest.ocr import Tesseract
from ingest.pages import Limits, Picture, Token
from ingest.recognise import read_tokens

KEPT = Path(__file__).with_name("scanned.json.xz")
DPI = 300


def picture(name: str, number: int) -> Picture:
    """Return a page of a sample as a scan, with signature and seal where it bears them."""
    from corpus.samples import degrade
    from corpus.samples.drawing import digital_pdf, render
    from corpus.samples.layout import lay_out
    from corpus.samples.source import load

    sheets = lay_out(source := load(name))
    sheet = sheets[number - 1]
    rng = np.random.default_rng([zlib.crc32(name.encode()), number])
    pixels = render(digital_pdf([sheet], ""), DPI)[0]
    if sheet.signature is not None:
        pixels = degrade.sign(pixels, sheet.signature, source.seal, DPI, rng)
    noisy = pixels + rng.normal(0, 2.0, (*pixels.shape[:2], 1))
    return Picture(np.asarray(np.clip(noisy, 0, 255), np.uint8), DPI)


def tokens() -> dict[str, list[tuple[list[Token], float, float]]]:
    """Return by sample and page the words as read, and the size of the page in points."""
    kept: dict[str, list[Any]] = json.loads(lzma.decompress(KEPT.read_bytes()))
    return {
        name: [
            ([Token(t, Box(*box), run, confidence) for t, box, run, confidence in words], width, height)
            for words, width, height in pages
        ]
        for name, pages in kept.items()
    }


def record() -> None:
    """Read all samples and keep the words."""
    from corpus.samples.layout import lay_out
    from corpus.samples.source import load, names

    out: dict[str, list[Any]] = {}
    for name in names():
        for number in range(1, len(lay_out(load(name))) + 1):
            page = read_tokens(picture(name, number), Tesseract(), Limits())
            words = [
                (t.text, [round(v, 1) for v in (t.box.x0, t.box.y0, t.box.x1, t.box.y1)], t.run, t.confidence)
                for t in page.tokens
            ]
            out.setdefault(name, []).append((words, round(page.width, 1), round(page.height, 1)))
            print(name, number, flush=True)  # noqa: T201
    KEPT.write_bytes(lzma.compress(json.dumps(out, ensure_ascii=False).encode(), preset=9))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rewrite", action="store_true", required=True, help="replace what is kept")
    parser.parse_args()
    record()
