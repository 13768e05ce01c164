"""Damaged pictures: whatever Pillow stumbles over is named as damage, never as a fault of ours."""

import io
import random
import warnings
from collections import Counter

import pytest
from PIL import Image, ImageDraw

from corpus.errors import BadInputError, CongvanError
from ingest.imagefile import ImageFile
from ingest.pages import Limits

LIMITS = Limits(pixels=4_000_000)


def encoded(kind: str) -> bytes:
    """A page with some print, as a file of this kind with the tags that scanners and cameras write."""
    image = Image.new("RGB", (240, 320), "white")
    ImageDraw.Draw(image).multiline_text((20, 40), "CONG HOA XA HOI\nSo: 12/KH\nKinh gui", fill="black")
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera"
    if kind == "tiff":
        frames = [image.convert("1"), image.convert("L").rotate(90, expand=True)]
        image.save(out, "TIFF", save_all=True, append_images=frames, dpi=(200, 200), compression="tiff_lzw")
    elif kind == "png":
        image.convert("P").save(out, "PNG", dpi=(150, 150), transparency=3, exif=exif)
    else:
        image.save(out, "JPEG", dpi=(150, 150), exif=exif, progressive=kind == "progressive")
    return out.getvalue()


def damaged(chance: random.Random, data: bytes) -> bytes:
    """The file with some bytes changed, most of them near its beginning (tags) or end (directories), or cut short."""
    spoiled = bytearray(data)
    reach = chance.choice([64, 400, len(data)])
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(min(reach, len(spoiled)))
        spoiled[at if chance.random() < 0.6 else -1 - at] = chance.choice([0, 1, 127, 255, chance.randrange(256)])
    return bytes(spoiled[: chance.randrange(len(spoiled))] if chance.random() < 0.15 else spoiled)


@pytest.mark.parametrize("kind", ["tiff", "png", "jpeg", "progressive"])
def test_damage_is_named_as_damage(kind: str) -> None:
    chance, whole = random.Random(7), encoded(kind)
    ends: Counter[str] = Counter()
    for _ in range(250):
        data = damaged(chance, whole)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                file = ImageFile(data, f"image/{kind}", LIMITS)
                for number in range(1, min(file.page_count, 3) + 1):
                    file.page(number)
                    file.picture(number)
                    file.picture(number, dpi=72)
                ends["read"] += 1
            except CongvanError as error:
                assert isinstance(error, BadInputError) and error.message
                ends["named"] += 1
    assert ends["read"] and ends["named"] > 20, ends
