"""The date grammar: what is formatted is read back, and office spellings give the day that a clerk would give."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.naming.dates import Calendar, SchoolYear, TimeKind, find_dates, parse_school_year, school_year_of

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2059, 12, 31))
YEAR = Calendar(date(2023, 9, 5), SchoolYear(2023))


@given(
    DAYS,
    st.sampled_from(
        [
            "{d}/{m}/{y}",
            "{d:02}/{m:02}/{y}",
            "{d}-{m}-{y}",
            "{d:02}.{m:02}.{y}",
            "ngày {d:02} tháng {m} năm {y}",
            "ngày {d} tháng {m:02} năm {y}",
            "{d} / {m} / {y}",
        ]
    ),
)
def test_a_formatted_day_is_read_back(day: date, form: str) -> None:
    text = f"gửi trước {form.format(d=day.day, m=day.month, y=day.year)} nhé"
    (time,) = find_dates(text)
    assert (time.due, time.stated_year) == (day, True)


@given(DAYS, DAYS)
def test_a_range_ends_with_its_last_day(one: date, other: date) -> None:
    first, last = sorted((one, other))
    text = f"từ ngày {first.day}/{first.month}/{first.year} đến hết ngày {last.day:02}/{last.month:02}/{last.year}"
    times = list(find_dates(text))
    assert [t.due for t in times] == [last]
    assert times[0].kind is TimeKind.RANGE


@given(st.integers(1, 12), st.integers(2015, 2040))
def test_a_month_is_its_last_day(month: int, year: int) -> None:
    [time] = find_dates(f"trong tháng {month:02}/{year}")
    assert time.due is not None and (time.due.year, time.due.month) == (year, month)
    assert time.due.toordinal() + 1 == date(year + month // 12, month % 12 + 1, 1).toordinal()


@given(st.integers(1, 12), st.integers(1, 28), st.integers(2010, 2050))
def test_a_yearly_day_lies_in_the_school_year(month: int, day: int, first: int) -> None:
    [time] = find_dates(f"vào ngày {day} tháng {month} hằng năm", Calendar(None, SchoolYear(first)))
    assert time.due is not None and date(first, 8, 1) <= time.due <= date(first + 1, 7, 31)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hoàn thành trước 30/9", "2023-09-30"),
        ("trước ngày 15/5", "2024-05-15"),
        ("từ ngày 01/10 đến hết ngày 15/10/2023", "2023-10-15"),
        ("từ 01-15/10/2023", "2023-10-15"),
        ("từ ngày 15/9/2023 đến 17h00 ngày 30/11/2023", "2023-11-30"),
        ("trong hai ngày 05/6/2024 và 06/6/2024", "2024-06-06"),
        ("trong quý IV năm 2023", "2023-12-31"),
        ("hết quý I/2024", "2024-03-31"),
        ("từ tháng 9 đến tháng 11/2023", "2023-11-30"),
        ("tháng 02/2024", "2024-02-29"),
        ("ngày 10 tháng 10 hàng năm", "2023-10-10"),
        ("ngày 20/11 hằng năm", "2023-11-20"),
        ("trước 16h00 ngày 12/10/2023", "2023-10-12"),
        ("nộp trước ngày 15/10/23.", "2023-10-15"),
        ("chậm nhất 05/6/24 gửi về Sở", "2024-06-05"),
        ("trước ngày 20/11/20", "2023-11-20"),  # the rest of the year is cut off
        ("từ 10/9/23 đến 15/9/23", "2023-09-15"),
    ],
)
def test_office_spellings(text: str, expected: str) -> None:
    assert [t.due.isoformat() for t in find_dates(text, YEAR) if t.due] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2023",
        "24 học sinh/1 máy",
        "số 09/2021/TT-BGDĐT",
        "024.38695144",
        "giai đoạn 2016-2020",
        "75/2020/NQ",
        "1/2/14",
        "khai giảng: ngày 05/9/20....",  # a form left open
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert [t for t in find_dates(text, YEAR) if t.due] == []


def test_there_is_no_default_year() -> None:
    [time] = find_dates("trước ngày 30/9")
    assert time.due is None


def test_school_years() -> None:
    assert str(parse_school_year("năm học 2023 – 2024")) == "2023-2024"
    assert parse_school_year("giai đoạn 2021-2025") is None
    assert parse_school_year("năm học 2021-2025") is None
    assert str(school_year_of(date(2024, 5, 2))) == "2023-2024"
    assert str(school_year_of(date(2023, 8, 28))) == "2023-2024"


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("kiểm tra tháng 4,5 năm 2018", "tháng 4,5 năm 2018"),
        ("trong các tháng 4, 5/2018", "tháng 4, 5/2018"),
        ("tháng 4 và 5 năm 2018", "tháng 4 và 5 năm 2018"),
        ("tháng 3, 4, 5 năm 2018", "tháng 3, 4, 5 năm 2018"),
        ("tháng 4.5 năm 2018", "tháng 4.5 năm 2018"),  # a comma that an OCR read as a stop
    ],
)
def test_months_in_a_row_end_with_the_last(text: str, surface: str) -> None:
    [time] = find_dates(text)
    assert (time.due, text[time.start : time.end]) == (date(2018, 5, 31), surface)


@pytest.mark.parametrize("text", ["tháng 4, 5 trường thực hiện", "tháng 4, 5 năm học qua", "xong tháng 4. 5 năm 2018"])
def test_a_number_behind_a_month_may_be_none(text: str) -> None:
    assert all(time.due is None for time in find_dates(text))
