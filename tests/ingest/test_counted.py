"""Days, months and classes of a picture's text: digits read as letters, strokes lost; what has two readings stays."""

from __future__ import annotations

import pytest

from ingest.restore.counted import counted

MENDED = {
    "trước ngày 05/42016,": "trước ngày 05/4/2016,",
    "ngày 12/32019": "ngày 12/3/2019",
    "ngày 01/102018.": "ngày 01/10/2018.",
    "ngày 15/412018": "ngày 15/4/2018",
    "ngày 05/12016": "ngày 05/1/2016",
    "ngày 15/O4/2018": "ngày 15/04/2018",
    "ngày l5/4/2018": "ngày 15/4/2018",
    "ngày 15/4/20I8": "ngày 15/4/2018",
    "ngàyl5/4/2018": "ngày15/4/2018",
    "ngày I5 tháng 4 năm 2018": "ngày 15 tháng 4 năm 2018",
    "ngày 15 tháng l0 năm 2018": "ngày 15 tháng 10 năm 2018",
    "ngày 3O/9/2018": "ngày 30/9/2018",
    "ngày 15/4/2O18": "ngày 15/4/2018",
    "ngày 1 5/4/2018": "ngày 15/4/2018",
    "ngày 15/4/201 8": "ngày 15/4/2018",
    "ngày l5/4 hằng năm": "ngày 15/4 hằng năm",
    "lớp 10, lớp I1 (phổ thông": "lớp 10, lớp 11 (phổ thông",
    "lớp 10, I1, I2": "lớp 10, 11, 12",
    "khối I2": "khối 12",
    "tháng l1/2019": "tháng 11/2019",
    "lớp 1O": "lớp 10",
    "ngày 3/122019": "ngày 3/12/2019",
    "ngày 31.3.2O20": "ngày 31.3.2020",
    "ngày 09 tháng II năm 2018": "ngày 09 tháng 11 năm 2018",
    "đến ngày 30/1 1/2018)": "đến ngày 30/11/2018)",
    "Ngày 28 tháng Il/2018": "Ngày 28 tháng 11/2018",
    "ngày 21 tháng 1] năm 2017": "ngày 21 tháng 11 năm 2017",
    "trước l5 giờ ngày 05/02/2020": "trước 15 giờ ngày 05/02/2020",
    "lúc I4h30 ngày 05/02/2020": "lúc 14h30 ngày 05/02/2020",
    "Nghị quyết số 5 1/2017/QH14": "Nghị quyết số 51/2017/QH14",
}
#: Two readings ("1/112018" is 1/11 or 1/1), no day, no class, or right as it stands.
LEFT = (
    "ngày 1/112018",
    "học sinh lớp l, lớp 2",
    "lớp IA",
    "Số 02703/82016",
    "12/2018",
    "điện thoại 0912.345.678",
    "số 12/2018/TT-BGDĐT",
    "45/42016",
    "lớp I5",
    "trong 3 ngày 2 đêm",
    "học kỳ I1",
    "15/10/2018",
    "lớp 1 0",
    "tháng I",
    "tháng 01/2020",
    "tháng II năm 2018",
    "quý II năm 2018",
    "ngày 09 tháng II",
)


def mended(line: str) -> str:
    for found in sorted(counted([line]), key=lambda f: -f.start):
        assert found.alternatives == (line[found.start : found.end],)
        line = line[: found.start] + found.text + line[found.end :]
    return line


@pytest.mark.parametrize("line", MENDED)
def test_a_number_that_was_misread(line: str) -> None:
    assert mended(line) == MENDED[line]
    assert mended(MENDED[line]) == MENDED[line]


@pytest.mark.parametrize("line", LEFT)
def test_a_number_that_stays(line: str) -> None:
    assert mended(line) == line


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        (["Nghị quyết số 29-NQ/TW, ngày 4 tháng", "II năm 2013 của"], [(1, "11")]),
        (["trước ngày 15 tháng", "Il năm 2023."], [(1, "11")]),
        (["Kết quả của tháng", "II năm 2013"], []),
        (["đến ngày 20 tháng 8", "II. NỘI DUNG"], []),
    ],
)
def test_the_eleventh_month_behind_the_end_of_a_line(lines: list[str], read: list[tuple[int, str]]) -> None:
    assert [(found.line, found.text) for found in counted(lines)] == read
