"""Scans and photos as PNG, JPEG or TIFF (several frames are several pages)."""

from __future__ import annotations

import io
import struct
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import CongvanError, DamagedFileError, EmptyFileError, LimitError
from ingest.pages import POINTS_PER_INCH, Limits, Picture, Pixels, RawPage

if TYPE_CHECKING:
    from PIL import Image

_AGAIN = "Hãy quét hoặc chụp lại rồi thử lại."

#: What Pillow raises over damaged files: besides OSError whatever its readers stumble over in tags and tables.
_DAMAGE = (
    OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, AttributeError, ArithmeticError, RuntimeError,
    AssertionError, struct.error,
)  # fmt: skip

#: Nothing readable fits into less.
_LEAST_SIDE = 32

#: What scanners write; 72 and 96 are what programs write when they do not know.
_TRUSTED_DPI = (100.0, 1200.0)
_A4_INCHES = (8.27, 11.69)


class ImageFile:
    """An open image file. Raises ``DamagedFileError``, ``EmptyFileError`` or ``LimitError`` on opening."""

    def __init__(self, data: bytes, media_type: str, limits: Limits) -> None:
        from PIL import Image

        self.media_type = media_type
        self._limits = limits
        self._lock = threading.Lock()
        with warnings.catch_warnings():
            # Size is checked below against our own limit, before any pixel is unpacked.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            try:
                self._image = Image.open(io.BytesIO(data), formats=["PNG", "JPEG", "TIFF"])
                # A phone's JPEG may carry previews as further frames (MPO); only TIFF frames are pages.
                self.page_count = int(getattr(self._image, "n_frames", 1)) if self._image.format == "TIFF" else 1
            except Image.DecompressionBombError as error:
                raise LimitError("Ảnh quá lớn.", "Hãy quét lại ở 300 dpi.") from error
            except _DAMAGE as error:
                raise DamagedFileError("Tệp ảnh bị hỏng, không mở được.", _AGAIN) from error
        if self.page_count == 1:
            self._check_size(1)

    def page(self, number: int) -> RawPage:
        """Return the page without text: all that an image has is its picture."""
        with self._lock, _damage_named(f"Ảnh của trang {number} bị hỏng."):
            self._seek(number)
            width, height = _upright_size(self._image)
            dpi = _dpi(self._image)
        scale = POINTS_PER_INCH / dpi
        return RawPage(number, width=width * scale, height=height * scale, pictured=True)

    def picture(self, number: int, dpi: float | None = None) -> Picture:
        """Return the pixels, grey or in colour as the file has them, turned as the camera says; ``dpi`` asks for a
        smaller or larger picture."""
        from PIL import Image, ImageOps

        with self._lock, _damage_named(f"Ảnh của trang {number} bị cắt cụt hoặc hỏng."):
            self._seek(number)
            own = _dpi(self._image)
            image: Image.Image = self._image
            image.load()
            # Each step here copies the whole picture, and is passed over where there is nothing to do.
            if _turn(image) != 1:
                image = ImageOps.exif_transpose(image)
            if image.mode not in ("L", "RGB") or _has_alpha(image):
                image = image.convert(_plain_mode(image))
            elif self.page_count > 1:
                image = image.copy()  # the next frame takes its place
        if image.mode == "RGBA":
            paper = Image.new("RGBA", image.size, "white")
            image = Image.alpha_composite(paper, image).convert("RGB")
        if dpi is not None:
            # a page that is asked for finer than it is must not become larger than any page may be
            scale = min(dpi / own, (self._limits.pixels / (image.width * image.height)) ** 0.5)
            image = image.resize((max(1, round(image.width * scale)), max(1, round(image.height * scale))))
            own *= scale
        pixels: Pixels = np.asarray(image, dtype=np.uint8)
        return Picture(pixels, own)

    def close(self) -> None:
        """Free the image."""
        self._image.close()

    def _seek(self, number: int) -> None:
        if self.page_count > 1:
            self._image.seek(number - 1)
        self._check_size(number)

    def _check_size(self, number: int) -> None:
        width, height = self._image.size
        if width * height > self._limits.pixels:
            raise LimitError(
                f"Ảnh của trang {number} quá lớn ({width} × {height} điểm ảnh).", "Hãy quét lại ở 300 dpi."
            )
        if min(width, height) < _LEAST_SIDE:
            raise EmptyFileError(f"Ảnh của trang {number} quá nhỏ ({width} × {height} điểm ảnh) để có chữ.", _AGAIN)


@contextmanager
def _damage_named(what: str) -> Iterator[None]:
    """Turn whatever Pillow stumbles over into ``DamagedFileError``; our own refusals pass."""
    from PIL import Image

    try:
        yield
    except CongvanError:
        raise
    except (*_DAMAGE, Image.DecompressionBombError) as error:
        raise DamagedFileError(what, _AGAIN) from error


def _has_alpha(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info


def _plain_mode(image: Image.Image) -> str:
    if _has_alpha(image):
        return "RGBA"
    return "L" if image.mode == "1" else "RGB"


def _upright_size(image: Image.Image) -> tuple[int, int]:
    width, height = image.size
    return (height, width) if _turn(image) in (5, 6, 7, 8) else (width, height)


def _turn(image: Image.Image) -> int:
    """Return how the camera was held, as EXIF counts it: 1 is upright."""
    turn = image.getexif().get(0x0112, 1)
    return turn if isinstance(turn, int) else 1


def _dpi(image: Image.Image) -> float:
    """Return the resolution the file states where it makes sense, else that of an A4 page of this many pixels."""
    width, height = image.size
    stated = image.info.get("dpi")
    if stated:
        dpi = float(stated[0])
        inches = max(width, height) / dpi if dpi > 0 else 0.0
        if _TRUSTED_DPI[0] <= dpi <= _TRUSTED_DPI[1] and 3.0 <= inches <= 20.0:
            return dpi
    return max(min(width, height) / _A4_INCHES[0], max(width, height) / _A4_INCHES[1], 1.0)
