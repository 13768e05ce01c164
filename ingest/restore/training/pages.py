"""Parallel data for the channel: clean lines drawn as page images and read by an English OCR.

    python -m ingest.restore.training.pages --text law_sentences.txt.xz --pages 300 --out pairs.jsonl

One to two seconds a page on one core. Each output line is a JSON list ``[clean line, OCR line]``. The damage of real
scans comes from an OCR that knows only English letters, so that is what is run (``tesseract -l eng``). Both typefaces
are needed, with the Vietnamese letters: Tinos (fonts-croscore) and Liberation Serif 2 (fonts-liberation2). They have
the widths of Times New Roman, the face that Nghị định 30/2020 prescribes; Liberation 1.x draws empty boxes and is
never taken.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from corpus.errors import MissingDependencyError
from ingest.restore.training.corpora import lines

FONT_DIRS = {
    "Tinos": Path("/usr/share/fonts/truetype/croscore"),
    "LiberationSerif": Path("/usr/share/fonts/truetype/liberation2"),
}
STYLES = ("Regular", "Regular", "Regular", "Regular", "Bold", "Bold", "Italic", "BoldItalic")
#: Scan resolutions and how often each is drawn; offices scan at 200 or 300, faxes and bad exports are coarser.
DPI = (110, 130, 150, 150, 200, 200, 200, 250, 300, 300)
#: Longest time to read one page.
PAGE_SECONDS = 60
PAGE_INCHES = (8.27, 11.69)


def need_fonts() -> None:
    """Raise where a typeface is not installed.

    Raises:
        MissingDependencyError: a font file is missing; the remedy names the packages.
    """
    files = (folder / f"{family}-{style}.ttf" for family, folder in FONT_DIRS.items() for style in set(STYLES))
    if missing := sorted(str(path) for path in files if not path.is_file()):
        raise MissingDependencyError(
            f"Không tìm thấy phông chữ {missing[0]}.",
            "Cài các gói phông chữ: apt-get install fonts-croscore fonts-liberation2",
        )


@dataclass(frozen=True)
class DrawnLine:
    """A line of a drawn page: its text and the vertical band, in pixels, that it fills."""

    text: str
    top: int
    bottom: int


def wrap(words: list[str], font: ImageFont.FreeTypeFont, width: float) -> Iterator[str]:
    """Yield lines of words that fit ``width`` pixels."""
    line: list[str] = []
    for word in words:
        if line and font.getlength(" ".join([*line, word])) > width:
            yield " ".join(line)
            line = []
        line.append(word)
    if line:
        yield " ".join(line)


def draw_page(paragraphs: Iterator[str], rng: random.Random) -> tuple[Image.Image, list[DrawnLine]]:
    """Draw one A4 page of paragraphs with scan damage; returns the image and the lines on it."""
    dpi = rng.choice(DPI)
    scale = rng.choice((1.0, 1.0, 1.5, 2.0)) if dpi <= 200 else 1.0
    size = (round(PAGE_INCHES[0] * dpi * scale), round(PAGE_INCHES[1] * dpi * scale))
    image = Image.new("L", size, 255)
    pen = ImageDraw.Draw(image)
    family = rng.choice(list(FONT_DIRS))
    points = rng.choice((11, 12, 13, 13, 14, 14))
    left, right = round(size[0] * 0.13), round(size[0] * 0.93)
    y, drawn = round(size[1] * 0.06), list[DrawnLine]()
    while True:
        paragraph = next(paragraphs)
        style = rng.choice(STYLES)
        font = ImageFont.truetype(FONT_DIRS[family] / f"{family}-{style}.ttf", round(points * dpi * scale / 72))
        step = round(font.size * rng.choice((1.15, 1.2, 1.3)))
        ink = rng.choice((0, 0, 0, 40, 80))
        for line in wrap(paragraph.split(), font, right - left):
            if y + step > size[1] * 0.95:
                return _damage(image, size, scale, rng), [_shrink(d, scale) for d in drawn]
            pen.text((left, y), line, font=font, fill=ink)
            drawn.append(DrawnLine(line, y, y + step))
            y += step
        y += round(step * 0.3)


def _shrink(line: DrawnLine, scale: float) -> DrawnLine:
    return DrawnLine(line.text, round(line.top / scale), round(line.bottom / scale))


def _damage(image: Image.Image, size: tuple[int, int], scale: float, rng: random.Random) -> Image.Image:
    """Return ``image`` as a scanner would give it: downscaled, blurred, speckled, sometimes two-tone, JPEG."""
    if scale != 1.0:
        image = image.resize((round(size[0] / scale), round(size[1] / scale)), Image.Resampling.BICUBIC)
    if rng.random() < 0.5:
        image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.2, 0.8) * image.width / 1650))
    if rng.random() < 0.5:
        noise = np.random.default_rng(rng.randrange(2**31)).normal(0, rng.uniform(3, 25), image.size[::-1])
        image = Image.fromarray(np.clip(np.asarray(image, dtype=np.float32) + noise, 0, 255).astype(np.uint8))
    if rng.random() < 0.3:
        threshold = rng.randint(110, 200)
        image = image.point(lambda v: 255 if v > threshold else 0)
    if rng.random() < 0.6:
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=rng.randint(35, 85))
        image = Image.open(buffer).convert("L")
    return image


def read_page(image: Image.Image, drawn: list[DrawnLine], language: str) -> list[tuple[str, str]]:
    """Return (clean, OCR) text of every drawn line that the OCR found; words go to the line whose band they sit in."""
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        image.save(file.name, dpi=(200, 200))
        env = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        command = ["tesseract", file.name, "stdout", "-l", language, "--psm", "6", "tsv"]
        try:
            table = subprocess.run(
                command, capture_output=True, text=True, check=True, env=env, timeout=PAGE_SECONDS
            ).stdout
        except subprocess.TimeoutExpired:
            return []  # noise can make Tesseract search a page for minutes; such a page teaches nothing
    found: dict[int, list[tuple[int, str]]] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip():
            middle = int(cells[7]) + int(cells[9]) / 2
            best = min(range(len(drawn)), key=lambda k: abs((drawn[k].top + drawn[k].bottom) / 2 - middle))
            found.setdefault(best, []).append((int(cells[6]), cells[11].strip()))
    return [(drawn[k].text, " ".join(text for _, text in sorted(found[k]))) for k in sorted(found)]


def paragraphs(texts: Iterable[str], rng: random.Random) -> Iterator[str]:
    """Yield the texts in random order for ever, some short ones in capitals as headings are."""
    pool = list(texts)
    while True:
        rng.shuffle(pool)
        for text in pool:
            yield text.upper() if len(text) < 90 and rng.random() < 0.25 else text


def main() -> None:
    """Command line; see the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path, required=True, action="append", help="clean text, one line each; repeat")
    parser.add_argument("--held-out", action="store_true", help="draw the evaluation split instead of the training one")
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--language", default="eng", help="Tesseract language of the damage")
    parser.add_argument("--keep-images", type=Path, help="folder for the first ten pages, to look at")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    need_fonts()
    rng = random.Random(args.seed)
    sources = []
    for path in args.text:
        texts = [t for t in lines(path, args.held_out) if len(t) < 1500]
        sources.append(paragraphs(rng.sample(texts, min(len(texts), 40_000)), rng))
    with args.out.open("w", encoding="utf-8") as out:
        for page in range(args.pages):
            image, drawn = draw_page(sources[page % len(sources)], rng)
            if args.keep_images and page < 10:
                image.save(args.keep_images / f"page-{page}.png")
            for pair in read_page(image, drawn, args.language):
                out.write(json.dumps(pair, ensure_ascii=False) + "\n")
            out.flush()
            print(f"\r{page + 1}/{args.pages}", end="", file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    main()
