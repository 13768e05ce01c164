"""Each cleaning step does its work on a page that needs it and leaves alone one that does not."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from corpus.errors import DamagedFileError, LimitError, NotFoundError
from ingest.image import clean, skew, turned
from ingest.pagepng import page_png
from ingest.pages import Limits, Picture, Pixels
from ingest.pixels import Cleaned
from ingest.shapes import take_out_shapes
from tests.ingest import files


def picture(image: Image.Image, dpi: float = 150) -> Picture:
    return Picture(np.asarray(image.convert("RGB")), dpi)


def test_a_clean_page_is_left_alone() -> None:
    cleaned = clean(picture(files.drawing(dpi=200), 200))
    assert cleaned.steps == ()
    assert np.array_equal(cleaned.back, np.eye(3))


@pytest.mark.parametrize("angle", [-3.0, -0.6, 0.4, 2.2])
def test_skew_is_found_and_undone(angle: float) -> None:
    image = files.drawing(dpi=200).rotate(angle, Image.Resampling.BICUBIC, fillcolor="white")
    assert skew(np.asarray(image.convert("L"))) == pytest.approx(-angle, abs=0.15)
    assert abs(skew(clean(picture(image, 200)).pixels)) <= 0.15


def test_a_sheet_on_a_desk_is_cut_out_in_uneven_light() -> None:
    sheet = files.drawing(dpi=150)
    desk = Image.new("RGB", (1500, 2000), (96, 84, 70))
    desk.paste(sheet, (120, 110))
    light = np.linspace(1.0, 0.55, 2000)[:, None, None]
    cleaned = clean(Picture((np.asarray(desk) * light).astype(np.uint8), 150))
    assert "sheet" in cleaned.steps and "light" in cleaned.steps
    corner = cleaned.back @ np.array([0.0, 0.0, 1.0])
    assert corner[:2] / corner[2] == pytest.approx([120, 110], abs=8)
    assert np.percentile(cleaned.pixels, 10) > 220


def ringed(image: Image.Image, colour: tuple[int, int, int]) -> Pixels:
    """Draw a ring of ink over the page: it darkens print and paper alike."""
    from PIL import ImageDraw

    ring = Image.new("RGB", image.size, "white")
    ImageDraw.Draw(ring).ellipse((300, 250, 620, 570), outline=colour, width=14)
    both = np.asarray(image).astype(np.uint16) * np.asarray(ring)
    return np.asarray(both // 255, dtype=np.uint8)


@pytest.mark.parametrize("colour", [(200, 35, 45), (40, 60, 160)])
def test_a_stamp_goes_and_the_print_under_it_stays(colour: tuple[int, int, int]) -> None:
    plain = files.drawing(dpi=200)
    print_only = np.asarray(plain.convert("L"))
    cleaned = clean(Picture(ringed(plain, colour), 200))
    assert "stamps" in cleaned.steps
    assert cleaned.pixels[print_only == 255].mean() > 250
    assert cleaned.pixels[print_only < 40].mean() < 60


def test_coloured_print_is_no_stamp() -> None:
    pixels = np.asarray(files.drawing(dpi=200)).copy()
    pixels[..., 2][pixels[..., 2] < 128] = 230
    cleaned = clean(Picture(pixels, 200))
    assert "stamps" not in cleaned.steps
    assert cleaned.pixels.min() < 60


def test_a_page_of_a_purple_copier_keeps_its_print_and_loses_its_red_seal() -> None:
    bare = np.asarray(files.drawing(files.LINES * 5, dpi=200)).astype(np.float32)
    purple = (255 - (255 - bare) * np.array([0.55, 0.62, 0.4])).astype(np.uint8)
    cleaned = clean(Picture(purple, 200))
    assert "stamps" not in cleaned.steps and cleaned.pixels.min() < 130
    sealed = clean(Picture(ringed(Image.fromarray(purple), (230, 20, 40)), 200))
    assert "stamps" in sealed.steps
    ring = np.asarray(ringed(Image.new("RGB", purple.shape[1::-1], "white"), (0, 0, 0)))[..., 0] < 100
    print_only = bare[..., 0] < 40
    assert sealed.pixels[print_only & ~ring].mean() < 150
    assert sealed.pixels[ring & (bare[..., 0] == 255)].mean() > 240


def test_rules_are_painted_over() -> None:
    pixels = np.asarray(files.drawing(dpi=200).convert("RGB")).copy()
    pixels[300:303, 200:1400] = 0
    pixels[300:900, 200:203] = 0
    cleaned = clean(Picture(pixels, 200))
    assert "rules" in cleaned.steps
    assert cleaned.pixels[300:303, 300:1300].mean() > 240
    assert cleaned.pixels[400:900, 200:203].mean() > 240


def test_small_print_is_enlarged() -> None:
    small = files.drawing(files.LINES * 4, dpi=90)
    cleaned = clean(picture(small, 90))
    assert cleaned.dpi > 120
    assert cleaned.pixels.shape[0] / small.height == pytest.approx(cleaned.dpi / 90, abs=0.01)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_turning_maps_back(quarters: int) -> None:
    pixels = np.arange(5 * 7, dtype=np.uint8).reshape(5, 7)
    upright, back = turned(Picture(pixels, 72), quarters)
    for y in range(upright.pixels.shape[0]):
        for x in range(upright.pixels.shape[1]):
            column, row, _ = back @ np.array([x, y, 1.0])
            assert pixels[int(row), int(column)] == upright.pixels[y, x]


def test_a_page_as_png() -> None:
    data = files.pdf([files.LINES, files.LINES])
    shown = Image.open(io.BytesIO(page_png(data, "application/pdf", 2, 72)))
    assert shown.size == (595, 842)
    for number in (0, 3):
        with pytest.raises(NotFoundError):
            page_png(data, "application/pdf", number)
    with pytest.raises(NotFoundError):
        page_png(b"text", "text/plain", 1)


def test_drawing_a_page_has_limits_of_time_memory_and_size() -> None:
    data = files.pdf([files.LINES])
    with pytest.raises(LimitError, match="giây"):
        page_png(data, "application/pdf", 1, 72, Limits(call_seconds=0.0))
    large, sheet = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (6000, 6000), "white").save(large, "JPEG")
    with pytest.raises((LimitError, DamagedFileError)):
        page_png(large.getvalue(), "image/jpeg", 1, 220, Limits(memory=250 * 2**20))
    Image.new("RGB", (1654, 2339), "white").save(sheet, "JPEG", dpi=(200, 200))
    shown = Image.open(io.BytesIO(page_png(sheet.getvalue(), "image/jpeg", 1, 220, Limits(pixels=1654 * 2339))))
    assert shown.size == (1654, 2339), "asked for finer than it is, no larger than a page may be"


def seal(size: tuple[int, int], ink: int, *, middle: tuple[int, int]) -> Pixels:
    """Draw a seal of two rings with a star, 1.4 inches wide at 200 dpi, in grey ``ink``."""
    from PIL import ImageDraw

    image = Image.new("L", size, 255)
    pen = ImageDraw.Draw(image)
    x, y = middle
    for radius, width in ((140, 6), (90, 3)):
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=ink, width=width)
    pen.polygon([(x, y - 40), (x + 12, y - 12), (x + 40, y), (x + 12, y + 12), (x, y + 40), (x - 40, y)], fill=ink)
    return np.asarray(image)


def stamped(ink: int) -> tuple[Pixels, Pixels]:
    """Return a page and the same under a seal that lies over its print."""
    plain = np.asarray(files.drawing(files.LINES * 4, dpi=200).convert("L"))
    over = seal((plain.shape[1], plain.shape[0]), ink, middle=(700, 520))
    return plain, (plain.astype(np.uint16) * over // 255).astype(np.uint8)


def test_a_grey_seal_goes_and_the_print_under_it_stays() -> None:
    plain, page = stamped(150)
    cleaned = clean(Picture(page, 200))
    assert "faint" in cleaned.steps and cleaned.pixels.shape == page.shape
    assert page[plain == 255].min() == 150 and (cleaned.pixels[plain == 255] < 200).mean() < 0.001
    assert cleaned.pixels[plain < 40].mean() < 60
    assert "faint" not in clean(Picture(page, 200), whole=True).steps


def test_the_back_of_the_sheet_goes() -> None:
    plain = np.asarray(files.drawing(files.LINES * 4, dpi=200).convert("L"))
    back = 255 - (255 - np.roll(plain, (30, 17), (0, 1))[:, ::-1].astype(np.float32)) * 0.4
    cleaned = clean(Picture((plain * (back / 255)).astype(np.uint8), 200))
    assert "faint" in cleaned.steps
    assert (cleaned.pixels[plain == 255] < 200).mean() < 0.002
    assert cleaned.pixels[plain < 40].mean() < 70


def test_rings_in_the_black_of_the_print_go_by_their_form() -> None:
    plain, page = stamped(0)
    before = Cleaned(page, 200, np.eye(3))
    after = take_out_shapes(before)
    assert "shapes" in after.steps
    wrong = [int((pixels[plain == 255] < 128).sum()) for pixels in (before.pixels, after.pixels)]
    assert wrong[1] < 0.1 * wrong[0]
    assert (after.pixels[plain < 40] < 128).mean() > 0.97
    assert take_out_shapes(Cleaned(plain, 200, np.eye(3))).steps == ()


def test_large_print_is_made_smaller_and_keeps_its_place() -> None:
    large = files.drawing(files.LINES * 4, dpi=300)
    cleaned = clean(picture(large, 300))
    assert 190 < cleaned.dpi < 260 and cleaned.pixels.shape[0] < large.height
    corner = cleaned.back @ np.array([cleaned.pixels.shape[1], cleaned.pixels.shape[0], 1.0])
    assert corner[:2] / corner[2] == pytest.approx([large.width, large.height], rel=0.002)
