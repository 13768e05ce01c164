"""How much memory a long scan takes: prints one JSON line.

    python -m tests.bench.memory [--pages 200] [--jobs 2]

The pages are A4 at 300 dpi in colour, all different to PDFium; OCR is replaced by an engine that takes a moment, so
that as many pictures are held at once as there are jobs. Counted is the largest resident size of this process and, one
by one and together, of those that it started (the PDF worker).
"""

from __future__ import annotations

import argparse
import io
import json
import threading
import time
from pathlib import Path

import numpy as np
import pikepdf
from PIL import Image

from ingest.ocr import OcrWord
from ingest.pages import Pixels
from ingest.pipeline import ReadOptions, read
from tests.ingest import files
from tests.ingest.test_pipeline import Reader


class Slow(Reader):
    """Reads the same words from every picture, after a moment."""

    def words(self, pixels: Pixels, dpi: float, seconds: float) -> list[OcrWord]:
        time.sleep(0.2)
        return super().words(pixels, dpi, seconds)


def scan(pages: int) -> bytes:
    """Return a PDF of so many scanned pages; a few pictures, each on many pages."""
    picture = files.drawing(files.LINES * 6, dpi=300)
    buffer = io.BytesIO()
    with pikepdf.new() as document:
        images = []
        for k in range(4):
            noisy = np.array(picture).astype(np.int16) - np.random.default_rng(k).integers(
                0, 9, (*picture.size[::-1], 1)
            )
            data = files.image_bytes(Image.fromarray(noisy.clip(0, 255).astype(np.uint8)), "JPEG", 300)
            image = document.make_stream(data)
            image.stream_dict.update(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=picture.width, Height=picture.height,
                    BitsPerComponent=8, ColorSpace=pikepdf.Name.DeviceRGB, Filter=pikepdf.Name.DCTDecode,
                )
            )  # fmt: skip
            images.append(image)
        for k in range(pages):
            document.add_blank_page(page_size=(595, 842))
            page = document.pages[-1].obj
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=images[k % len(images)]))
            page.Contents = document.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q")
        document.save(buffer)
    return buffer.getvalue()


def resident(process: str) -> int:
    """Return the resident size of a process in bytes, 0 when it is gone."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * 4096
    except (OSError, IndexError):
        return 0


def children() -> set[str]:
    """Return the processes that this one has started."""
    return {pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    data = scan(asked.pages)
    most = {"own": 0, "workers": 0, "together": 0}
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.05):
            own, others = resident("self"), sum(map(resident, children()))
            for name, size in (("own", own), ("workers", others), ("together", own + others)):
                most[name] = max(most[name], size)

    watcher = threading.Thread(target=watch)
    watcher.start()
    start = time.monotonic()
    document = read(data, "a.pdf", options=ReadOptions(engine=Slow(), jobs=asked.jobs))
    seconds = time.monotonic() - start
    done.set()
    watcher.join()
    megabytes = {f"{name}_mb": round(size / 2**20) for name, size in most.items()}
    print(json.dumps({"pages": len(document.pages), "jobs": asked.jobs, "seconds": round(seconds, 1), **megabytes}))


if __name__ == "__main__":
    main()
