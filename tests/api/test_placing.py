"""Where something stands: a page, or in files without pages the item."""

from __future__ import annotations

import pytest

from api.placing import has_pages, item, short, where
from api.wording import says_little


@pytest.mark.parametrize(
    ("heading", "text", "place"),
    [
        (["II. NỘI DUNG", "2. Về cơ sở dữ liệu"], "a) Trường nào cũng rà lại", "mục II.2.a"),
        (["A. TUYỂN SINH LỚP 1"], "3. Đăng ký trực tuyến", "mục A.3"),
        (["2. Các vòng thi"], "2.1. Vòng trường", "mục 2.1"),
        (["2. Các vòng thi"], "2. Các vòng thi\n- Vòng huyện", "mục 2"),
        (["II. NỘI DUNG", "2. Về dữ liệu"], "II. NỘI\nDUNG\n2. Về dữ liệu\na) Trường rà lại", "mục II.2.a"),
        (["I. NỘI DUNG"], "I. NỘI DUNG\n1. Các trường", "mục I.1"),
        ([], "3. Tập huấn", "mục 3"),
        (["**4. Kiểm tra.**"], "- Đoàn của Phòng", "mục 4"),
        (["Chương II", "Điều 5. Trách nhiệm"], "2. Hiệu trưởng", "khoản 2 Điều 5"),
        (["Điều 5", "2. Hiệu trưởng"], "b) Phân công", "điểm b khoản 2 Điều 5"),
        (["PHỤ LỤC: LỊCH KIỂM TRA"], "3 Trường Tiểu học", "Phụ lục"),
        (["Phụ lục 1", "ĐỀ CƯƠNG"], "1. Đặc điểm", "Phụ lục 1, mục 1"),
        (["Giai đoạn 2"], "- Thi thử", "mục “Giai đoạn 2”"),
        (["Giai đoạn 2 (tháng 4 và nửa đầu tháng 5 năm 2025)"], "", "mục “Giai đoạn 2 (tháng 4 và nửa đầu tháng 5 …”"),
        ([], "Căn cứ Thông tư số 27", ""),
        ([], "", ""),
        ([], "TT Nội dung", ""),
    ],
)
def test_items_by_their_numbers(heading: list[str], text: str, place: str) -> None:
    assert item(heading, text) == place


def test_pages_are_named_only_of_files_that_have_them() -> None:
    assert where(True, 2, (7, 9), ["II. NỘI DUNG"], "1. Trường") == "trang 2, dòng 7–9"
    assert where(False, 1, (48, 48), ["II. NỘI DUNG"], "1. Trường") == "mục II.1, dòng 48"
    assert where(False, 1, (2, 3), [], "Căn cứ") == "dòng 2–3"
    assert short(True, 2, 7, ["II. NỘI DUNG"]) == "trang 2"
    assert short(False, 1, 7, ["II. NỘI DUNG"]) == "mục II"
    assert short(False, 1, 7, []) == "dòng 7"


def test_a_duty_of_few_words_says_little_alone() -> None:
    assert says_little("Nộp tại UBND xã, phường.") and says_little("Nộp hồ sơ.")
    assert not says_little("Nộp hồ sơ đăng ký đánh giá ngoài về Sở.")


@pytest.mark.parametrize(
    ("media_type", "pages"),
    [
        ("application/pdf", True), ("image/png", True), ("text/plain", True), ("text/html", False),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", False),
    ],
)  # fmt: skip
def test_files_with_pages(media_type: str, pages: bool) -> None:
    assert has_pages(media_type) is pages
