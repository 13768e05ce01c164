"""Pages of the samples as offices really have them: a set of page images, each kind spoiled in one way.

Drawn at 300 dpi from the samples' digital PDFs and spoiled by fixed seeds, so that the same page always comes out the
same. Kinds: ``clean`` 300 dpi; ``dpi200``, ``dpi150``, ``dpi100``; ``skew`` up to 3 degrees; ``blur``; ``jpeg`` of low
quality; ``bleed`` (the back of the sheet shines through); ``seal`` (red seals and a blue ĐẾN stamp over text);
``greyseal`` (the same copied without colour, every second one in black and white); ``folds`` (folds and shadows);
``camera`` (perspective and lamp light); ``fax`` (1 bit, 200 dpi, specks, broken strokes); ``mixed`` (two to five of
these at once, by chance).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from corpus.samples.source import Source

Picture = NDArray[np.uint8]
Generator = np.random.Generator

DPI = 300
INK_BLUE = (38, 52, 150)


@dataclass(frozen=True, slots=True)
class Case:
    """A spoiled page: its name (sample:page), the bytes of an image file, and the words that stand on it."""

    name: str
    data: bytes
    gold: str

    @property
    def form(self) -> str:
        """The file's ending."""
        return "png" if self.data.startswith(b"\x89PNG") else "jpg"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A clean page at 300 dpi: its name (sample:page), its words, where its signature and seal go."""

    name: str
    picture: Picture
    gold: str
    signature: tuple[float, float] | None
    seal: tuple[str, str]


def cases(kind: str, count: int) -> Iterator[Case]:
    """Yield ``count`` pages of one kind. Pages with a sign-off come first where seals lie over the text."""
    wanted = all_pages()
    if kind in ("seal", "greyseal"):
        wanted = sorted(wanted, key=lambda place: not place[2])
    else:
        # Kinds share pages, but not all of them.
        shift = list(KINDS).index(kind) * 2
        wanted = wanted[shift % len(wanted) :] + wanted[: shift % len(wanted)]
        step = max(1, len(wanted) // count)
        wanted = wanted[::step]
    for name, number, _ in wanted[:count]:
        drawn = _drawn(name)[number - 1]
        rng = np.random.default_rng([zlib.crc32(f"{kind} {name}".encode()), number])
        yield Case(f"{name}:{number}", KINDS[kind](drawn, rng), drawn.gold)


@lru_cache(maxsize=1)
def all_pages() -> list[tuple[str, int, bool]]:
    """Return (sample, page, whether it bears the sign-off) of every page of every sample."""
    from corpus.samples.layout import lay_out
    from corpus.samples.source import load, names

    return [
        (name, number, sheet.signature is not None)
        for name in names()
        for number, sheet in enumerate(lay_out(load(name)), 1)
    ]


@lru_cache(maxsize=2)
def _drawn(name: str) -> list[Drawn]:
    from corpus.samples.source import load

    return draw(load(name))


def draw(source: Source) -> list[Drawn]:
    """Return the clean pages of a source."""
    from corpus.samples.drawing import digital_pdf, render
    from corpus.samples.gold import build_gold
    from corpus.samples.layout import lay_out

    name, sheets = source.name, lay_out(source)
    pictures = render(digital_pdf(sheets, ""), DPI)
    golds = build_gold(source, sheets)["pages"]
    return [
        Drawn(f"{name}:{k + 1}", picture, gold, sheet.signature, source.seal)
        for k, (sheet, picture, gold) in enumerate(zip(sheets, pictures, golds, strict=True))
    ]


def clean(page: Drawn, rng: Generator) -> bytes:
    """A good scan at 300 dpi."""
    return _jpeg(_grain(page.picture, rng, 2.0), DPI, 85)


def _coarser(dpi: int, quality: int) -> Callable[[Drawn, Generator], bytes]:
    def spoil(page: Drawn, rng: Generator) -> bytes:
        return _jpeg(_grain(_scaled(page.picture, dpi), rng, 3.0), dpi, quality)

    return spoil


def skew(page: Drawn, rng: Generator) -> bytes:
    """Put in askew, by 0.8 to 3 degrees."""
    angle = float(rng.uniform(0.8, 3.0) * rng.choice([-1, 1]))
    return _jpeg(_grain(_turned(_scaled(page.picture, 200), angle), rng, 2.0), 200, 70)


def blur(page: Drawn, rng: Generator) -> bytes:
    """Out of focus."""
    import cv2

    soft = cv2.GaussianBlur(_scaled(page.picture, 200), (0, 0), float(rng.uniform(1.3, 1.9)))
    return _jpeg(_grain(_picture(soft), rng, 2.0), 200, 75)


def jpeg(page: Drawn, rng: Generator) -> bytes:
    """Packed for e-mail until the letters have fringes."""
    return _jpeg(_grain(_scaled(page.picture, 150), rng, 2.0), 150, int(rng.integers(12, 20)))


def bleed(page: Drawn, rng: Generator) -> bytes:
    """The back of the sheet, mirrored, shines through thin paper."""
    return _jpeg(_grain(_shone_through(_scaled(page.picture, 200), page, rng), rng, 3.0), 200, 70)


def _shone_through(picture: Picture, page: Drawn, rng: Generator) -> Picture:
    import cv2

    pages = _drawn(page.name.split(":")[0])
    back = pages[(int(page.name.split(":")[1])) % len(pages)].picture[:, ::-1]
    back = _picture(cv2.resize(back, picture.shape[1::-1], interpolation=cv2.INTER_AREA))
    soft = cv2.GaussianBlur(np.roll(back, (9, 5), (0, 1)), (0, 0), 1.6).astype(np.float32)
    strength = float(rng.uniform(0.35, 0.55))
    return _picture(picture.astype(np.float32) * (1 - strength * (1 - soft / 255)) * 0.94)


def seal(page: Drawn, rng: Generator) -> bytes:
    """Signature and seal where they belong, a red seal over the body and a blue ĐẾN stamp over the letterhead."""
    return _jpeg(_grain(_picture(_scaled(_stamped(page, rng), 200) * 0.97), rng, 2.5), 200, 60)


def grey_seal(page: Drawn, rng: Generator) -> bytes:
    """The same sheet copied without colour; every second copy is black and white."""
    import cv2

    grey = cv2.cvtColor(_stamped(page, rng), cv2.COLOR_RGB2GRAY)
    if rng.random() < 0.5:
        limit = int(rng.integers(125, 165))
        return _png(_picture((_scaled(_picture(grey), 300) > limit) * 255.0), 300)
    return _jpeg(_grain(_scaled(_picture(grey), 200), rng, 2.5), 200, 65)


def folds(page: Drawn, rng: Generator) -> bytes:
    """Folded twice to fit an envelope, copied with the shadow of the lid along one side."""
    return _jpeg(_grain(_folded(_scaled(page.picture, 200), rng), rng, 3.0), 200, 65)


def _folded(picture: Picture, rng: Generator) -> Picture:
    shown = picture.astype(np.float32)
    high, wide = shown.shape[:2]
    light = np.ones((high, wide), np.float32)
    ys, xs = np.arange(high, dtype=np.float32)[:, None], np.arange(wide, dtype=np.float32)[None, :]
    for share in (1 / 3, 2 / 3):
        at = high * (share + rng.uniform(-0.03, 0.03)) + (xs / wide - 0.5) * rng.uniform(-30, 30)
        away = ys - at
        light *= 1 - 0.45 * np.exp(-((away / 2.2) ** 2)) - 0.18 * np.exp(-np.abs(away) / 60) * (away > 0)
    light *= 1 - float(rng.uniform(0.35, 0.55)) * np.exp(-xs / (0.22 * wide))
    cx, cy = rng.uniform(0.3, 0.9) * wide, rng.uniform(0.1, 0.9) * high
    light *= 1 - 0.3 * np.exp(-(((xs - cx) / (0.25 * wide)) ** 2 + ((ys - cy) / (0.12 * high)) ** 2))
    return _picture(shown * light[..., None])


def camera(page: Drawn, rng: Generator) -> bytes:
    """A phone photo of the signed sheet on a desk."""
    from corpus.samples import degrade

    picture = _scaled(page.picture, 200)
    if page.signature is not None:
        picture = degrade.sign(picture, page.signature, page.seal, 200, rng)
    return _jpeg(degrade.photo(picture, rng), 200, 55)


def fax(page: Drawn, rng: Generator) -> bytes:
    """1 bit at 200 dpi, with specks, and strokes that are broken here and swollen there."""
    import cv2

    grey = np.asarray(cv2.cvtColor(_scaled(page.picture, 200), cv2.COLOR_RGB2GRAY), np.float32)
    soft = np.asarray(cv2.GaussianBlur(grey, (0, 0), 0.7)) + rng.normal(0, 16, grey.shape)
    bits = np.where(soft > rng.uniform(120, 165), 255.0, 0.0)
    bits[rng.random(bits.shape) < 0.0008] = 0
    for _ in range(int(rng.integers(60, 140))):
        at = int(rng.integers(0, bits.shape[1])), int(rng.integers(0, bits.shape[0]))
        cv2.circle(bits, at, int(rng.integers(1, 3)), (0.0,), -1)
    return _png(_turned(_picture(bits), float(rng.uniform(-0.6, 0.6)), smooth=False), 200)


def mixed(page: Drawn, rng: Generator) -> bytes:
    """Two to five troubles at once, each about as strong as in its own kind; a third of the pages without colour."""
    import cv2

    troubles = set(rng.permutation(["stamps", "back", "folds", "blur", "askew"])[: int(rng.integers(2, 5))].tolist())
    dpi = int(rng.integers(130, 260))
    picture = _scaled(_stamped(page, rng) if "stamps" in troubles else page.picture, dpi)
    if "back" in troubles:
        picture = _shone_through(picture, page, rng)
    if "folds" in troubles:
        picture = _folded(picture, rng)
    if "askew" in troubles:
        picture = _turned(picture, float(rng.uniform(0.4, 2.2) * rng.choice([-1, 1])))
    if "blur" in troubles:
        picture = _picture(cv2.GaussianBlur(picture, (0, 0), float(rng.uniform(0.6, 1.2)) * dpi / 200))
    if rng.random() < 1 / 3:
        picture = _picture(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY))
    return _jpeg(_grain(picture, rng, float(rng.uniform(1.5, 5.0))), dpi, int(rng.integers(30, 75)))


KINDS: dict[str, Callable[[Drawn, Generator], bytes]] = {
    "clean": clean,
    "dpi200": _coarser(200, 60),
    "dpi150": _coarser(150, 55),
    "dpi100": _coarser(100, 60),
    "skew": skew,
    "blur": blur,
    "jpeg": jpeg,
    "bleed": bleed,
    "seal": seal,
    "greyseal": grey_seal,
    "folds": folds,
    "camera": camera,
    "fax": fax,
    "mixed": mixed,
}


def _stamped(page: Drawn, rng: Generator) -> Picture:
    """Return the 300-dpi page with the stamps of ``seal``."""
    from corpus.samples import degrade

    picture = page.picture
    if page.signature is not None:
        picture = degrade.sign(picture, page.signature, page.seal, DPI, rng)
    body = float(rng.uniform(150, 420)), float(rng.uniform(380, 560))
    red = degrade._seal(page.seal, 50 * DPI / 72, float(rng.uniform(-20, 20)))
    picture = _inked(picture, red * 0.8, body, degrade.SEAL_RED)
    return _inked(picture, _arrival(rng), (float(rng.uniform(120, 240)), float(rng.uniform(110, 150))), INK_BLUE)


def _arrival(rng: Generator) -> NDArray[np.float32]:
    """Return the mask of a stamp for incoming documents (dấu đến): a frame, its name, two lines to fill in."""
    from PIL import Image, ImageDraw, ImageFont

    from corpus.samples.fonts import file_of

    wide, high = round(1.9 * DPI), round(0.95 * DPI)
    image = Image.new("L", (wide, high), 0)
    pen = ImageDraw.Draw(image)
    pen.rectangle((4, 4, wide - 5, high - 5), outline=255, width=6)
    pen.line((4, high // 2, wide - 5, high // 2), fill=255, width=4)
    bold = ImageFont.truetype(str(file_of("bold")), 56)
    plain = ImageFont.truetype(str(file_of("regular")), 44)
    pen.text((24, 16), f"ĐẾN  Số: {rng.integers(100, 3000)}", 255, bold)
    pen.text((24, high // 2 + 14), f"Ngày: {rng.integers(1, 28)}/{rng.integers(1, 12)}/2023", 255, plain)
    mask = np.asarray(image.rotate(float(rng.uniform(-4, 4)), Image.Resampling.BICUBIC), np.float32)
    return np.asarray(mask * np.float32(0.85 / 255), np.float32)


def _inked(
    picture: Picture, mask: NDArray[np.float32], centre: tuple[float, float], colour: tuple[int, int, int]
) -> Picture:
    """Return the picture with ink of ``colour`` where ``mask`` (0..1) lies around ``centre`` (points)."""
    high, wide = mask.shape
    left, top = round(centre[0] * DPI / 72 - wide / 2), round(centre[1] * DPI / 72 - high / 2)
    left, top = max(0, min(left, picture.shape[1] - wide)), max(0, min(top, picture.shape[0] - high))
    out = picture.astype(np.float32)
    tint = 1 - mask[..., None] * (1 - np.array(colour, np.float32) / 255)
    out[top : top + high, left : left + wide] *= tint
    return _picture(out)


def _scaled(picture: Picture, dpi: int) -> Picture:
    import cv2

    if dpi == DPI:
        return picture
    return _picture(cv2.resize(picture, None, fx=dpi / DPI, fy=dpi / DPI, interpolation=cv2.INTER_AREA))


def _turned(picture: Picture, angle: float, *, smooth: bool = True) -> Picture:
    import cv2

    high, wide = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0)
    how = cv2.INTER_CUBIC if smooth else cv2.INTER_NEAREST
    return _picture(cv2.warpAffine(picture, turn, (wide, high), flags=how, borderValue=(255, 255, 255)))


def _grain(picture: Picture, rng: Generator, strength: float) -> Picture:
    noise = rng.normal(0, strength, picture.shape[:2])
    return _picture(picture + (noise if picture.ndim == 2 else noise[..., None]))


def _picture(field: object) -> Picture:
    return np.asarray(np.clip(np.asarray(field), 0, 255), np.uint8)


def _jpeg(picture: Picture, dpi: int, quality: int) -> bytes:
    return _packed(picture, "JPEG", dpi=(dpi, dpi), quality=quality, subsampling=2)


def _png(picture: Picture, dpi: int) -> bytes:
    return _packed(picture, "PNG", dpi=(dpi, dpi), compress_level=1)


def _packed(picture: Picture, form: str, **options: object) -> bytes:
    from PIL import Image

    buffer = BytesIO()
    Image.fromarray(picture).save(buffer, form, **options)
    return buffer.getvalue()
