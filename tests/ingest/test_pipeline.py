"""From file to Document, with an engine and a restorer of known behaviour; real Tesseract in the slow tests."""

from __future__ import annotations

import io
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageFilter

from corpus.document import Decision, Document, Edit, Repaired
from corpus.errors import (
    CongvanError,
    DamagedFileError,
    EmptyFileError,
    LimitError,
    MissingDependencyError,
    NotFoundError,
)
from ingest.batch import expand
from ingest.ocr import CachedOcr, OcrWord, Tesseract, parse
from ingest.pages import Limits, Pixels
from ingest.pipeline import LATE, PageProgress, ReadOptions, read, read_path
from ingest.restore.restorer import Restorer
from ingest.textlayer import Mode
from tests.ingest import files

BROKEN = (
    "Cac co so giao duc bao cao ket qua thuc hien nhiem vu nam hoc ve So",
    "Giao duc va Dao tao truoc ngay 15 thang 6 nam 2023 theo quy dinh tai",
)


@dataclass
class Reader:
    """An engine that reads the same words from every picture."""

    text: str = "Kính gửi các trường học"
    calls: int = 0
    version: str = "fixed 1"

    def words(self, pixels: Pixels, dpi: float, seconds: float) -> list[OcrWord]:
        self.calls += 1
        height = pixels.shape[0]
        return [
            OcrWord(word, (100.0 + 100 * k, height / 2, 190.0 + 100 * k, height / 2 + 30), 0.9, 0)
            for k, word in enumerate(self.text.split())
        ]


@dataclass
class Refusing:
    """An engine that fails in one way."""

    error: CongvanError
    version: str = "refusing 1"

    def words(self, pixels: Pixels, dpi: float, seconds: float) -> list[OcrWord]:
        raise self.error


@dataclass
class Marks:
    """A restorer that knows one word."""

    forced: list[bool] = field(default_factory=list)

    def restore(self, text: str, *, force: bool = False) -> Repaired:
        self.forced.append(force)
        at = text.find("Giao")
        if at < 0:
            return Repaired(text)
        return Repaired(text.replace("Giao", "Giáo", 1), (Edit(at, at + 4, "Giao", 0.9),))

    def correct(self, text: str, doubts: Sequence[tuple[int, int, float]]) -> Repaired:
        return Repaired(text)


def never() -> Marks:
    raise AssertionError("no restorer is needed here")


def consistent(document: Document) -> None:
    for page in document.pages:
        for word in page.words:
            assert page.text[word.start : word.end].strip() and " " not in page.text[word.start : word.end]


def test_a_clean_digital_page_is_kept_without_any_model() -> None:
    document = read(files.pdf(), "a.pdf", options=ReadOptions(restorer=never, engine=Reader()))
    page = document.pages[0]
    assert page.text.split("\n") == list(files.LINES)
    assert (page.decision, page.error) == (Decision.KEEP, None)
    assert "fixed" not in document.reader
    first = page.words[0].box
    assert first is not None and first.x0 == pytest.approx(85, abs=2)
    assert first.y0 < 842 - 742 < first.y1, "the baseline is inside the box"
    consistent(document)


def test_broken_text_without_a_picture_is_repaired() -> None:
    marks, engine = Marks(), Reader(" ".join(BROKEN))
    document = read(files.pdf([BROKEN]), "a.pdf", options=ReadOptions(engine=engine, restorer=lambda: marks))
    page = document.pages[0]
    assert engine.calls == 1, "a look at the picture shows that it is no better"
    assert page.decision is Decision.REPAIR and page.text.count("Giáo") == 1 and marks.forced == [False]
    assert page.edits[0].source == "Giao" and "dấu" in page.reason
    consistent(document)


def test_broken_text_over_a_scan_is_read_anew() -> None:
    buffer = io.BytesIO()
    files.drawing().save(buffer, "PDF", resolution=150)
    scan, layer = pikepdf.open(buffer), pikepdf.open(io.BytesIO(files.pdf([BROKEN])))
    scan.pages[0].add_overlay(layer.pages[0], pikepdf.Rectangle(0, 0, 595, 842))
    both = io.BytesIO()
    scan.save(both)
    engine = Reader()
    marks = Marks()
    document = read(both.getvalue(), "a.pdf", options=ReadOptions(engine=engine, restorer=lambda: marks))
    assert marks.forced == [], "what was read from a picture is corrected, not restored"
    assert document.pages[0].decision is Decision.OCR and engine.calls == 1
    assert document.text == engine.text
    assert "fixed 1" in document.reader
    kept = read(both.getvalue(), "a.pdf", options=ReadOptions(engine=engine, mode=Mode.KEEP))
    assert kept.pages[0].decision is Decision.KEEP and kept.text.startswith("Cac co so")


@dataclass
class Proofs(Marks):
    """A restorer that also corrects: it puts one word right and drops one speck."""

    doubts: list[tuple[int, int, float]] = field(default_factory=list)

    def correct(self, text: str, doubts: Sequence[tuple[int, int, float]]) -> Repaired:
        self.doubts = list(doubts)
        right = text.replace("trưòng", "trường").replace(" |", "")
        at, speck = text.find("trưòng"), text.find(" |")
        return Repaired(right, (Edit(at, at + 6, "trưòng", 0.9, "proofread"), Edit(speck, speck, " |", 0.9, "speck")))


def test_what_was_read_from_a_picture_is_corrected_and_says_so() -> None:
    proofs = Proofs()
    engine = Reader("Kính gửi các trưòng học | trong tỉnh")
    document = read(scan(), "a.png", options=ReadOptions(engine=engine, restorer=lambda: proofs))
    page = document.pages[0]
    assert page.text == "Kính gửi các trường học trong tỉnh"
    assert page.decision is Decision.OCR and "Đã sửa 2 chỗ" in page.reason and len(page.edits) == 2
    assert document.source_text(0, len(document.text)) == engine.text
    assert [page.text[word.start : word.end] for word in page.words] == page.text.split()
    assert [word.confidence for word in page.words] == [0.9] * 7
    first, last = page.words[3].box, page.words[-1].box
    assert first is not None and last is not None and last.x0 - first.x0 == pytest.approx(4 * (last.x1 - first.x1) / 4)
    assert proofs.doubts[3] == (13, 19, 0.9)
    consistent(document)


def test_without_a_model_the_page_stays_as_read() -> None:
    def missing() -> Proofs:
        raise MissingDependencyError("Thiếu mô hình.", "Hãy cài lại.")

    document = read(scan(), "a.png", options=ReadOptions(engine=Reader(), restorer=missing))
    assert document.text == Reader().text and document.pages[0].edits == ()


def scan() -> bytes:
    return files.image_bytes(files.drawing())


def test_text_files_are_kept_or_repaired_line_by_line() -> None:
    text = "\n".join(BROKEN) + "\n\n\fGiao"
    document = read(text.encode(), "a.txt", options=ReadOptions(restorer=Marks))
    assert document.text == text.replace("Giao", "Giáo", 1)
    assert [page.first_line for page in document.pages] == [1, 4]
    clean = "\n".join(files.LINES) + "  \n\n\n"
    assert read(clean.encode(), "a.txt", options=ReadOptions(restorer=never)).text == clean


def test_pages_read_side_by_side_come_in_order() -> None:
    seen: list[PageProgress] = []
    data = files.pdf([[f"Trang số {k}", *files.LINES] for k in range(1, 9)])
    document = read(data, "a.pdf", options=ReadOptions(jobs=3, restorer=never), progress=seen.append)
    assert [page.text.split("\n")[0] for page in document.pages] == [f"Trang số {k}" for k in range(1, 9)]
    assert [(step.done, step.total) for step in seen] == [(k, 8) for k in range(1, 9)]


def test_side_by_side_pages_share_one_restorer() -> None:
    made: list[Marks] = []

    def make() -> Marks:
        time.sleep(0.05)
        made.append(Marks())
        return made[0]

    options = ReadOptions(jobs=3, engine=Reader(""), restorer=make)
    document = read(files.pdf([BROKEN] * 6), "a.pdf", options=options)
    assert [page.error for page in document.pages] == [None] * 6
    assert len(made) == 1 and len(made[0].forced) == 6


def two_frames() -> bytes:
    frames = [files.drawing(), Image.new("RGB", (9, 9))]
    return files.image_bytes(frames[0], "TIFF", save_all=True, append_images=frames[1:])


def test_a_page_that_fails_keeps_its_number_and_reason() -> None:
    document = read(two_frames(), "a.tif", options=ReadOptions(engine=Reader()))
    assert [page.number for page in document.failed_pages] == [2]
    assert "quá nhỏ" in (document.pages[1].error or "") and document.pages[0].text
    assert "Trang 2" in document.warnings[0]


def test_when_no_page_can_be_read_the_file_fails() -> None:
    slow = Refusing(LimitError("Nhận dạng trang quá 1 giây.", "Hãy quét lại."))
    with pytest.raises(DamagedFileError, match="quá 1 giây"):
        read(files.image_bytes(files.drawing()), "a.png", options=ReadOptions(engine=slow))
    with pytest.raises(EmptyFileError):
        read(files.image_bytes(files.drawing()), "a.png", options=ReadOptions(engine=Reader("")))


@pytest.mark.parametrize("mode", [Mode.KEEP, Mode.REPAIR])
def test_a_picture_has_no_text_layer_to_keep(mode: Mode) -> None:
    with pytest.raises(EmptyFileError, match="không có lớp chữ") as raised:
        read(files.image_bytes(files.drawing()), "a.png", options=ReadOptions(engine=Reader(), mode=mode))
    assert "auto" in raised.value.remedy


def test_missing_tesseract_is_said_once_and_not_page_by_page() -> None:
    missing = Refusing(MissingDependencyError("Chưa cài Tesseract.", "Hãy chạy: sudo apt install tesseract-ocr"))
    with pytest.raises(MissingDependencyError):
        read(two_frames(), "a.tif", options=ReadOptions(engine=missing))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        read_path(tmp_path / "không có.pdf")


def test_a_batch_is_sorted_as_people_count(tmp_path: Path) -> None:
    for name in ("trang 10.pdf", "trang 2.pdf", "ảnh.JPG", "ghi chú.xls", ".ẩn.pdf", "b/c/x.txt", ".git/y.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = expand([tmp_path, tmp_path / "ghi chú.xls", tmp_path / "trang 2.pdf"])
    names = [str(path.relative_to(tmp_path)) for path in found]
    assert names == ["b/c/x.txt", "trang 2.pdf", "trang 10.pdf", "ảnh.JPG", "ghi chú.xls"]


@pytest.mark.slow
def test_tesseract_reads_a_skewed_stampless_scan_and_knows_where_the_words_are() -> None:
    image = files.drawing(files.LINES * 2, dpi=200).rotate(1.2, Image.Resampling.BICUBIC, fillcolor="white")
    document = read(files.image_bytes(image, "JPEG", dpi=200), "quét.jpg")
    page = document.pages[0]
    wanted = " ".join(files.LINES * 2).split()
    right = sum(word in page.text.split() for word in wanted)
    assert right / len(wanted) > 0.97
    assert "tesseract" in document.reader
    # The first word begins 1.1 inches from the left and 1.2 from the top, before the page was turned.
    box = page.words[0].box
    assert box is not None and abs(box.x0 - 1.1 * 72) < 16 and abs(box.y0 - 1.2 * 72) < 20


def test_signs_that_look_like_plain_ones_become_plain() -> None:
    names = ("level", "block_num", "par_num", "line_num", "left", "top", "width", "height", "conf", "text")
    cells = [["5", "1", "1", "1", "0", "0", "9", "9", "90", text] for text in ("41⁄46/TT‑BGDÐT", "ðến", "˜", "3–4")]
    table = "\n".join("\t".join(row) for row in (names, *cells))
    assert [word.text for word in parse(table)] == ["41/46/TT-BGDĐT", "đến", "~", "3–4"]


def test_all_attempts_at_a_page_share_its_time() -> None:
    class Slow(Reader):
        def words(self, pixels: Pixels, dpi: float, seconds: float) -> list[OcrWord]:
            given.append(seconds)
            time.sleep(0.12)
            if len(given) > 1:
                raise LimitError("Nhận dạng trang quá lâu.")
            return [replace(word, confidence=0.3) for word in super().words(pixels, dpi, seconds)]

    given: list[float] = []
    options = ReadOptions(engine=Slow(), limits=Limits(page_seconds=5))
    document = read(files.image_bytes(files.drawing()), "a.png", options=options)
    assert document.text == Reader.text, "what was read before the time was up is kept"
    assert len(given) == 2 and given[1] < given[0] - 0.1
    assert LATE in document.pages[0].reason and LATE in document.warnings[0], "and the page says that it is in doubt"


@pytest.mark.slow
def test_a_coarse_scan_is_read_and_corrected() -> None:
    lines = (
        "Các trường tiểu học tổ chức kiểm tra, gửi báo cáo bổ sung",
        "về Sở để tổng hợp. Phòng Giáo dục và Đào tạo thẩm định hồ sơ",
        "tuyển sinh, chuyển phòng chuyên môn kiểm tra chuẩn phổ cập.",
    )
    image = files.drawing(lines * 4, dpi=115).filter(ImageFilter.GaussianBlur(0.7))
    data = files.image_bytes(image, "JPEG", dpi=115, quality=40)
    wanted = " ".join(lines * 4).split()
    plain = read(data, "mờ.jpg")
    better = read(data, "mờ.jpg", options=ReadOptions(restorer=Restorer.load))
    errors = [len(wanted) - (Counter(wanted) & Counter(d.text.split())).total() for d in (plain, better)]
    assert errors[0] >= 10, "the scan is coarse enough to be misread"
    assert errors[1] <= errors[0] / 3
    assert better.pages[0].edits and better.source_text(0, len(better.text)) == plain.text
    consistent(better)


@pytest.mark.slow
@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_that_came_turned_is_set_upright(tmp_path: Path, angle: int) -> None:
    engine = CachedOcr(Tesseract(), tmp_path)
    data = files.image_bytes(files.drawing(files.LINES * 3, dpi=150).rotate(angle, expand=True), "PNG")
    document = read(data, "ngược.png", options=ReadOptions(engine=engine))
    assert document.text.startswith("Các cơ sở giáo dục báo cáo")
    page = document.pages[0]
    box, corner = page.words[0].box, {90: (0, 1), 180: (1, 1), 270: (1, 0)}[angle]
    assert box is not None and page.width and page.height
    assert (box.x0 > page.width / 2, box.y0 > page.height / 2) == corner
    again = read(data, "ngược.png", options=ReadOptions(engine=engine))
    assert again == document and len(list(tmp_path.glob("*.json"))) >= 2


def children() -> set[str]:
    """Return the processes that this one has started and that are still there, ended but not fetched ones included."""
    return {pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()}


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="no /proc to look for processes in")
def test_a_page_that_takes_too_long_is_given_up_and_leaves_no_process_behind() -> None:
    before = children()
    with pytest.raises(DamagedFileError, match="giây"):
        read(
            files.image_bytes(files.drawing(files.LINES * 5, dpi=300), dpi=300),
            "lâu.png",
            options=ReadOptions(limits=Limits(page_seconds=0.05)),
        )
    assert children() <= before
