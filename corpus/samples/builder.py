"""Build the sample PDFs and their gold: ``python -m corpus.samples.builder [--kind K] [--only NAME] [-o DIR]``.

Without ``-o`` the shipped files are written: every sample once, in the kind its source names, its gold,
``queries.json``, ``pairs.json`` and ``profiles.json``. With ``--kind`` every sample is made in that kind; ``-o`` is
then required.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.samples import drawing
from corpus.samples.gold import Flow, build_gold, dumps
from corpus.samples.layout import Sheet, lay_out
from corpus.samples.pairs import build_pairs
from corpus.samples.profiles import build_profiles
from corpus.samples.queries import build_queries
from corpus.samples.source import KINDS, Source, load, names

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HERE = Path(__file__).parent
QUALITY = {"scan": 52, "ocr_eng": 52, "photo": 50}


def build_pdf(source: Source, sheets: list[Sheet], kind: str) -> bytes:
    """Return the sample as a PDF of ``kind``: digital, scan, ocr_eng or photo."""
    digital = drawing.digital_pdf(sheets, source.number)
    if kind == "digital":
        return digital
    jpegs = page_jpegs(source, sheets, kind, digital)
    return _with_english_layer(jpegs) if kind == "ocr_eng" else drawing.image_pdf(jpegs, "")


def page_jpegs(source: Source, sheets: list[Sheet], kind: str, digital: bytes) -> list[bytes]:
    """Return the page images of a scan or photo; each page's damage depends on the sample's name and page only."""
    from corpus.samples import degrade

    spoil = degrade.photo if kind == "photo" else degrade.scan
    out = []
    for number, (sheet, picture) in enumerate(zip(sheets, drawing.render(digital), strict=True), 1):
        rng = _generator(source.name, number)
        if sheet.signature is not None:
            picture = degrade.sign(picture, sheet.signature, source.seal, drawing.DPI, rng)
        out.append(degrade.jpeg(spoil(picture, rng), QUALITY[kind], drawing.DPI))
    return out


def page_images(name: str, kind: str) -> list[NDArray[np.uint8]]:
    """Return the page images of one sample in any kind, as RGB arrays."""
    return drawing.render(build_pdf(source := load(name), lay_out(source), kind))


def _generator(name: str, page: int) -> np.random.Generator:
    import numpy as np

    return np.random.default_rng([zlib.crc32(name.encode()), page])


def _with_english_layer(jpegs: list[bytes]) -> bytes:
    """Return an image PDF with the text layer that Tesseract ``eng`` makes: broken Vietnamese, as met in real life."""
    import pikepdf
    import pytesseract

    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    with pikepdf.new() as joined, tempfile.TemporaryDirectory() as folder:
        for number, jpeg in enumerate(jpegs, 1):
            path = Path(folder) / f"{number}.jpg"
            path.write_bytes(jpeg)
            page = pytesseract.image_to_pdf_or_hocr(str(path), lang="eng", extension="pdf")
            with pikepdf.open(BytesIO(page)) as single:
                joined.pages.extend(single.pages)
        buffer = BytesIO()
        joined.save(buffer, deterministic_id=True)
    return buffer.getvalue()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def main(argv: list[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m corpus.samples.builder", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--kind", choices=KINDS, help="make every sample in this kind (needs -o)")
    parser.add_argument("--only", metavar="NAME", help="this sample only")
    parser.add_argument("--gold", action="store_true", help="gold and the lists beside it only, no PDFs")
    parser.add_argument("-o", "--out", type=Path, help="folder for the PDFs; default: the shipped files and their gold")
    args = parser.parse_args(argv)
    if args.kind and args.out is None:
        parser.error("--kind needs -o: the shipped samples have one fixed kind each")
    for name in [args.only] if args.only else names():
        source = load(name)
        sheets = lay_out(source)
        gold = build_gold(source, sheets)
        if args.out is None:
            _write(HERE / "gold" / f"{name}.json", dumps(gold).encode())
        kind = args.kind or source.kind
        size = 0
        if not args.gold:
            pdf = build_pdf(source, sheets, kind)
            size = len(pdf)
            _write((args.out or HERE) / f"{name}.pdf", pdf)
        sys.stderr.write(f"{name}: {kind}, {len(sheets)} pages, {size / 1024:.0f} KiB\n")
    if args.out is None and not args.only:
        sources = {name: load(name) for name in names()}
        flows = {name: Flow(lay_out(source)) for name, source in sources.items()}
        _write(HERE / "queries.json", dumps(build_queries(flows)).encode())
        _write(HERE / "pairs.json", dumps(build_pairs(flows)).encode())
        _write(HERE / "profiles.json", dumps(build_profiles(sources, flows)).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
