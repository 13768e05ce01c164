"""Working days of Viet Nam, days moved earlier, and how they are written."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.drafting.dates import WorkingDays, comes_back, earlier, is_limit, rewrite, short

DAYS = WorkingDays()


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2024, 2, 12), "Tết by the moon"),
        (date(2025, 1, 29), "Tết by the moon"),
        (date(2026, 2, 17), "Tết by the moon"),
        (date(2023, 9, 4), "2 September fell on a Saturday"),
        (date(2025, 5, 2), "a day swapped by the Government"),
        (date(2024, 4, 18), "Giỗ Tổ, the 10th of the third month"),
        (date(2023, 1, 2), "New Year fell on a Sunday"),
        (date(2022, 10, 1), "Saturday"),
    ],
)
def test_offices_are_closed(day: date, why: str) -> None:
    assert not DAYS.is_working(day), why


def test_a_lead_leaps_over_tet() -> None:
    # Tết Quý Mão: offices were closed from 20 to 26 January 2023
    assert DAYS.before(date(2023, 1, 30), 1) == date(2023, 1, 27)
    assert DAYS.before(date(2023, 1, 30), 2) == date(2023, 1, 19)
    assert DAYS.before(date(2023, 1, 30), 7) == date(2023, 1, 12)


@settings(deadline=None, max_examples=60)
@given(st.dates(date(2019, 1, 1), date(2027, 12, 31)), st.integers(1, 30))
def test_before_and_between_agree(day: date, count: int) -> None:
    found = DAYS.before(day, count)
    assert DAYS.is_working(found)
    assert found < day
    # as many working days lie from there to the day before, which begins the count
    assert DAYS.between(found, day - timedelta(days=1)) == count - 1


def test_units_are_given_time_or_it_is_asked() -> None:
    issued = date(2022, 8, 30)
    assert earlier(date(2022, 9, 30), 7, issued, DAYS) == (date(2022, 9, 21), False)
    # 1 and 2 September are holidays: three working days end on the 6th
    assert earlier(date(2022, 9, 9), 7, issued, DAYS) == (date(2022, 9, 6), True)
    assert earlier(date(2022, 9, 5), 7, issued, DAYS) == (date(2022, 8, 31), True)
    assert earlier(date(2022, 8, 31), 7, issued, DAYS) is None
    assert earlier(date(2022, 7, 1), 7, issued, DAYS) is None


@pytest.mark.parametrize(
    ("words", "limit"),
    [
        ("trước ngày 30/9/2022", True),
        ("chậm nhất là ngày 15 tháng 10 năm 2022", True),
        ("trong quý I năm 2024", True),
        ("đến hết ngày 31/5/2023", True),
        ("vào ngày 27 tháng 3 hằng năm", False),
        ("từ ngày 05/10/2020 đến ngày 16/10/2020", False),
        ("dự kiến lúc 14 giờ 00 ngày 06/3/2024", False),
        ("ngày 05/12/2019", False),
    ],
)
def test_a_limit_is_told_from_an_event(words: str, limit: bool) -> None:
    assert is_limit(words) is limit


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("trước ngày 30/9/2022", "trước ngày 05/01/2023"),
        ("chậm nhất ngày 30 tháng 9 năm 2022", "chậm nhất ngày 05 tháng 01 năm 2023"),
        ("trước 17 giờ 00 ngày 20/8/2022", "trước 17 giờ 00 ngày 05/01/2023"),
        ("trong tháng 10/2022", "trước ngày 05/01/2023"),
        ("trước 31/5/2022", "trước ngày 05/01/2023"),
        ("trước ngày 15/11", "trước ngày 05/01/2023"),
        ("trước ngày 15 tháng 6 hằng năm", "trước ngày 05 tháng 01 hằng năm"),
    ],
)
def test_a_day_is_written_as_it_was(words: str, written: str) -> None:
    assert rewrite(words, date(2023, 1, 5)) == written


def test_zeros_before_days_and_the_first_two_months_only() -> None:
    assert [short(date(2026, m, 5)) for m in (1, 2, 3, 12)] == ["05/01/2026", "05/02/2026", "05/3/2026", "05/12/2026"]


def test_what_comes_back_has_no_day() -> None:
    assert comes_back("trước ngày 20 hằng tháng")
    assert not comes_back("trước ngày 15 tháng 6 hằng năm")
