"""What happens to a page on its way: signature and seal, scanner, phone camera.

Images are RGB arrays of shape (height, width, 3), uint8. Everything random comes from the generator handed in, so
the same page is always spoiled in the same way.
"""

from __future__ import annotations

import math
from io import BytesIO

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image, ImageDraw, ImageFont

from corpus.samples.fonts import file_of

Picture = NDArray[np.uint8]
Field = NDArray[np.float32]
SEAL_RED = (196, 32, 44)
INK_BLUE = (28, 38, 120)


def sign(
    page: Picture, centre: tuple[float, float], seal: tuple[str, str], dpi: int, rng: np.random.Generator
) -> Picture:
    """Put a hand signature at ``centre`` (points from the top left) and a round seal over its left third."""
    scale = dpi / 72
    x, y = centre[0] * scale, centre[1] * scale
    out = _multiply(page, _squiggle(page.shape, x, y, scale, rng), INK_BLUE)
    radius = 50 * scale
    stamp = _seal(seal, radius, float(rng.uniform(-14, 14)))
    mask: Field = _field(np.zeros((page.shape[0], page.shape[1])))
    left, top = int(x - 60 * scale - radius), int(y + 5 * scale - radius)
    high, wide = stamp.shape
    mask[top : top + high, left : left + wide] = stamp[: mask.shape[0] - top, : mask.shape[1] - left]
    worn = _field(cv2.GaussianBlur(_field(rng.random(page.shape[:2], np.float32)), (0, 0), 3))
    worn = np.clip((worn - worn.min()) / (worn.max() - worn.min()) + 0.35, 0.55, 1.0)
    return _multiply(out, _field(mask * worn * 0.85), SEAL_RED)


def scan(page: Picture, rng: np.random.Generator) -> Picture:
    """A flat-bed scan: skew of up to 0.7 degrees, soft edges, grain, specks, a grey margin."""
    high, wide = page.shape[:2]
    angle = float(rng.uniform(0.25, 0.7) * rng.choice([-1, 1]))
    turn = np.asarray(cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0), np.float64)
    turn[:, 2] += rng.uniform(-5, 5, 2)
    out = cv2.warpAffine(page, turn, (wide, high), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))
    paper = float(rng.uniform(240, 248)) / 255
    field = _field(cv2.GaussianBlur(out, (0, 0), 0.7)) * np.float32(paper) + np.float32(5)
    field += _field(rng.normal(0, 2.2, (high, wide, 1)))
    for _ in range(int(rng.integers(25, 60))):
        at = (int(rng.integers(0, wide)), int(rng.integers(0, high)))
        cv2.circle(field, at, int(rng.integers(1, 3)), (95.0, 95.0, 95.0), -1)
    edge = int(rng.integers(6, 16))
    field[:, -edge:] *= np.linspace(1.0, 0.55, edge, dtype=np.float32)[None, :, None]
    return _picture(field)


def photo(page: Picture, rng: np.random.Generator) -> Picture:
    """A phone photo: perspective, a desk around the sheet, uneven light with a shadow, soft focus, noise."""
    high, wide = page.shape[:2]
    margin = int(wide * 0.055)
    size = (wide + 2 * margin, high + 2 * margin)
    desk = np.array(rng.choice([[122, 96, 70], [88, 84, 80], [140, 124, 104]]), np.float32)
    shift = wide * 0.022
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    target = corners + margin + rng.uniform(-shift, shift, (4, 2)).astype(np.float32)
    warp = cv2.getPerspectiveTransform(corners, target)
    sheet = _field(cv2.warpPerspective(page, warp, size, flags=cv2.INTER_CUBIC))
    cover = cv2.warpPerspective(np.full((high, wide), 1.0, np.float32), warp, size)
    cover = _field(cv2.GaussianBlur(cover, (0, 0), 1.2))[:, :, None]
    grain = _field(cv2.GaussianBlur(_field(rng.normal(0, 9, (size[1], size[0]))), (0, 0), 4))[:, :, None]
    field = sheet * cover + (desk[None, None, :] + grain * 2) * (1 - cover)
    field *= _light(size, rng)[:, :, None] * np.array([1.0, 0.975, 0.93], np.float32)
    field = _field(cv2.GaussianBlur(field, (0, 0), 0.9))
    field += _field(rng.normal(0, 3.0, field.shape))
    return _picture(field)


def jpeg(page: Picture, quality: int, dpi: int) -> bytes:
    """Encode as a colour JPEG with 4:2:0 chroma; the resolution is noted for programs that read the page size."""
    buffer = BytesIO()
    Image.fromarray(page).save(buffer, "JPEG", quality=quality, subsampling=2, optimize=True, dpi=(dpi, dpi))
    return buffer.getvalue()


def _light(size: tuple[int, int], rng: np.random.Generator) -> Field:
    wide, high = size
    ys, xs = _field(np.arange(high))[:, None], _field(np.arange(wide))[None, :]
    angle = rng.uniform(0, 2 * math.pi)
    slope = (xs / wide - 0.5) * math.cos(angle) + (ys / high - 0.5) * math.sin(angle)
    light = 0.9 + 0.16 * slope
    cx, cy = rng.uniform(0.2, 0.8) * wide, rng.uniform(0.75, 1.05) * high
    shade = np.exp(-(((xs - cx) / (0.55 * wide)) ** 2 + ((ys - cy) / (0.3 * high)) ** 2))
    return _field(light - 0.2 * shade)


def _field(value: ArrayLike) -> Field:
    return np.asarray(value, np.float32)


def _picture(field: Field) -> Picture:
    return np.clip(field, 0, 255).astype(np.uint8)


def _multiply(page: Picture, mask: Field, colour: tuple[int, int, int]) -> Picture:
    ink = _field(colour) / np.float32(255)
    tint = 1 - mask[:, :, None] * (1 - ink[None, None, :])
    return _picture(_field(page) * tint)


def _squiggle(shape: tuple[int, ...], x: float, y: float, scale: float, rng: np.random.Generator) -> Field:
    turns = int(rng.integers(5, 8))
    t = np.linspace(0, 1, 400)
    xs = x + scale * (-62 + 118 * t + 11 * np.sin(2 * math.pi * turns * t + rng.uniform(0, 6)))
    tall = scale * (16 - 9 * t) * np.sin(2 * math.pi * turns * t)
    ys = y + tall + scale * (6 - 14 * t) + scale * 4 * np.sin(2 * math.pi * 1.5 * t + rng.uniform(0, 6))
    points = np.stack([xs, ys], 1).round().astype(np.int32)
    mask = np.zeros(shape[:2], np.uint8)
    cv2.polylines(mask, [points], False, 255, max(2, round(1.5 * scale)), cv2.LINE_AA)
    return _field(mask) / np.float32(255)


def _seal(words: tuple[str, str], radius: float, tilt: float) -> Field:
    """Return the seal as a mask in 0..1: two rings, the upper and the lower legend, a star."""
    side = int(2 * radius) + 4
    mid = side / 2
    image = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(image)
    for share, weight in ((0.99, 0.035), (0.66, 0.015)):
        r = radius * share
        pen.ellipse((mid - r, mid - r, mid + r, mid + r), outline=255, width=max(2, int(radius * weight)))
    path, middle = str(file_of("bold")), radius * 0.815
    natural = sum(ImageFont.truetype(path, 100).getlength(text) for text in words) / 100
    font = ImageFont.truetype(path, int(min(radius * 0.2, 0.84 * 2 * math.pi * middle / natural)))
    _legend(image, words[0], font, mid, middle, True)
    _legend(image, words[1], font, mid, middle, False)
    star = []
    for k in range(10):
        r = radius * (0.34 if k % 2 == 0 else 0.135)
        star.append((mid + r * math.sin(math.pi * k / 5), mid - r * math.cos(math.pi * k / 5)))
    pen.polygon(star, fill=255)
    return _field(np.asarray(image.rotate(tilt, Image.Resampling.BICUBIC))) / np.float32(255)


def _legend(
    image: Image.Image, text: str, font: ImageFont.FreeTypeFont, mid: float, radius: float, upper: bool
) -> None:
    widths = [font.getlength(char) for char in text]
    angle = -sum(widths) / radius / 2
    for char, width in zip(text, widths, strict=True):
        at = angle + width / radius / 2
        angle += width / radius
        side = int(font.size * 1.7)
        glyph = Image.new("L", (side, side), 0)
        ImageDraw.Draw(glyph).text((side / 2, side / 2), char, 255, font, anchor="mm")
        glyph = glyph.rotate(-math.degrees(at) if upper else math.degrees(at), Image.Resampling.BICUBIC)
        x = mid + radius * math.sin(at)
        y = mid - radius * math.cos(at) if upper else mid + radius * math.cos(at)
        image.paste(255, (int(x - side / 2), int(y - side / 2)), glyph)
