"""Which duty of a lower office is the one that an upper office asked for, and which only sounds like it."""

from __future__ import annotations

import pytest

from api.library import Library
from corpus.facts import IssuerLevel
from tests.api.conftest import NOW
from tests.api.test_duties import SCHOOL, directive

BO = ("77/BGDĐT-GDTrH", "Bộ Giáo dục và Đào tạo", IssuerLevel.BO)
SO = ("31/SGDĐT-GDTrH", "Sở Giáo dục và Đào tạo tỉnh Vĩnh Phúc", IssuerLevel.SO)


@pytest.mark.parametrize(
    ("above", "below", "same"),
    [
        ("Gửi báo cáo năm về giáo dục STEM về Bộ GDĐT.", "Gửi báo cáo năm về Sở GDĐT.", True),
        ("Báo cáo sơ kết học kỳ I về Bộ GDĐT.", "Nộp báo cáo sơ kết học kỳ 1 về Sở GDĐT.", True),
        ("Báo cáo sơ kết học kỳ I về Bộ GDĐT.", "Báo cáo sơ kết HK1 gửi về Sở GDĐT.", True),
        ("Báo cáo sơ kết học kỳ II về Bộ GDĐT.", "Báo cáo sơ kết học kỳ I về Sở GDĐT.", False),
        ("Báo cáo đợt 2 về dạy thêm, học thêm.", "Báo cáo đợt 1 về dạy thêm, học thêm.", False),
        ("Báo cáo năm về dạy thêm, học thêm.", "Báo cáo đợt 1 về dạy thêm, học thêm.", False),
        ("Báo cáo quý IV về an toàn trường học.", "Báo cáo quý III về an toàn trường học.", False),
        ("Báo cáo về an toàn trường học.", "Báo cáo đợt 1 về an toàn trường học.", False),
        ("Khảo sát tiếng Anh học sinh lớp 9.", "Tổ chức khảo sát tiếng Anh học sinh lớp 5.", False),
        (
            "Báo cáo đợt 1 về an toàn trường học gửi Bộ GDĐT.",
            "Gửi báo cáo đợt 1 về an toàn trường học về Sở GDĐT qua hộp thư vp@so.edu.vn: các trường tiểu học, THCS.",
            True,
        ),
        ("Tập huấn giáo viên dạy tiểu học.", "Tập huấn giáo viên dạy THCS.", False),
        ("Rà soát thiết bị dạy học tối thiểu.", "Hoàn thành rà soát thiết bị dạy học tối thiểu.", True),
        ("Rà soát thiết bị dạy học tối thiểu.", "Bảo đảm đủ sách giáo khoa cho học sinh.", False),
    ],
)
def test_the_same_duty_is_shown_once(library: Library, above: str, below: str, same: bool) -> None:
    for made in (directive(*BO, [(above, "2024-05-31")]), directive(*SO, [(below, "2024-05-20")], BO[0])):
        library.store.save(*made, NOW)
    rows = library.duties(library.profile(**SCHOOL))
    assert [row.due for row in rows] == (["2024-05-20"] if same else ["2024-05-20", "2024-05-31"])


def test_of_two_that_fit_equally_the_next_day_is_meant(library: Library) -> None:
    """Two reports of the same words: each comes from the one whose day is next, none is hidden by the other's."""
    upper = directive(
        *BO, [("Báo cáo kết quả giáo dục STEM.", "2023-12-31"), ("Báo cáo về giáo dục STEM.", "2024-05-31")]
    )
    lower = directive(
        *SO, [("Báo cáo kết quả giáo dục STEM.", "2023-12-20"), ("Báo cáo giáo dục STEM.", "2024-05-20")], BO[0]
    )
    for made in (upper, lower):
        library.store.save(*made, NOW)
    rows = library.duties(library.profile(**SCHOOL))
    assert [(row.due, [step.due for step in row.chain]) for row in rows] == [
        ("2023-12-20", ["2023-12-31"]), ("2024-05-20", ["2024-05-31"]),
    ]  # fmt: skip
