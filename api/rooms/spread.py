"""Pages that other machines read (``CONGVAN_DASK_SCHEDULER``): the pixels go there, the words come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.usecases.cluster import Cluster

if TYPE_CHECKING:
    from ingest.ocr import OcrEngine
    from ingest.pages import Limits, Picture
    from ingest.recognise import Reading


def spread(cluster: Cluster, picture: Picture, engine: OcrEngine, limits: Limits, number: int) -> Reading:
    """Read the picture of a page on another machine: its pixels go there, the words come back."""
    import cv2

    # losslessly; a page is some ten megabytes else
    packed = cv2.imencode(".png", picture.pixels, [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].tobytes()
    # a page may wait until the one before it is read
    seconds = 3 * limits.page_seconds
    return cluster.call(_there, _reader(engine), packed, picture.dpi, engine, limits, number, seconds=seconds)


def _there(wanted: str, packed: bytes, dpi: float, engine: OcrEngine, limits: Limits, number: int) -> Reading:
    """Read a picture where this runs. Raises OSError where another program or another Tesseract would read it."""
    import cv2
    import numpy as np

    from ingest.pages import Picture
    from ingest.recognise import recognise

    if _reader(engine) != wanted:
        raise OSError(f"another reader: {_reader(engine)}")
    pixels = cv2.imdecode(np.frombuffer(packed, np.uint8), cv2.IMREAD_UNCHANGED)
    if pixels is None:
        raise OSError("no picture")
    return recognise(Picture(pixels.astype(np.uint8, copy=False), dpi), engine, limits, number)


def _reader(engine: OcrEngine) -> str:
    from ingest.pipeline import READER_VERSION

    return f"{READER_VERSION} {engine.version}"
