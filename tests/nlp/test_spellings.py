"""Every spelling of a time that the issue names, formatted from its meaning and read back: format, parse, the same."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.naming.dates import Calendar, SchoolYear, TimeKind, find_dates
from tests.nlp.texts import due

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2049, 12, 31))
DAY_FORMS = [
    "{d}/{m}/{y}",
    "{d:02}/{m:02}/{y}",
    "{d:02}-{m:02}-{y}",
    "{d:02}.{m:02}.{y}",
    "{d} / {m} / {y}",
    "ngày {d:02} tháng {m} năm {y}",
    "ngày {d} tháng {m:02} năm {y}",
    "ngày {d} tháng {m}, {y}",
    "ngày {d} tháng {m}/{y}",
    "NGÀY {d:02} THÁNG {m:02} NĂM {y}",
    "ngay {d} thang {m} nam {y}",
]
HOURS = ["", "16h00 ", "17 giờ 00 ", "17 giờ 30 phút ", "8g30 ", "16:00 "]
FORM, HOUR = st.sampled_from(DAY_FORMS), st.sampled_from(HOURS)
MONTHS = st.tuples(st.integers(2000, 2049), st.integers(1, 12))
ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
#: Where the reader has a directive around the words, the day must not lie before it.
LATER = st.dates(min_value=date(2023, 9, 6), max_value=date(2026, 12, 31))
FEW = settings(max_examples=12, deadline=None)


def written(day: date, form: str) -> str:
    return form.format(d=day.day, m=day.month, y=day.year)


def last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


@given(DAYS, FORM, HOUR)
def test_a_day(day: date, form: str, hour: str) -> None:
    [time] = find_dates(f"nộp trước {hour}{written(day, form)}.")
    assert (time.due, time.kind, time.stated_year) == (day, TimeKind.DAY, True)


@given(DAYS, st.integers(1, 300), FORM, st.sampled_from(["{a} đến {b}", "{a} đến hết {b}", "{a} - {b}", "{a} tới {b}"]))
def test_a_stretch_between_two_days(first: date, more: int, form: str, joint: str) -> None:
    last = first + timedelta(days=more)
    [time] = find_dates("từ " + joint.format(a=written(first, form), b=written(last, form)))
    assert (time.due, time.kind) == (last, TimeKind.RANGE)


@given(
    MONTHS,
    st.integers(1, 20),
    st.integers(1, 8),
    st.sampled_from(
        [
            "từ {a} đến {b}/{m}/{y}",
            "từ ngày {a:02} đến ngày {b:02} tháng {m} năm {y}",
            "từ {a:02}-{b:02}/{m:02}/{y}",
            "ngày {a} và {b} tháng {m} năm {y}",
            "ngày {a}, {b}/{m}/{y}",
            "trong hai ngày {a:02} và {b:02}/{m}/{y}",
            "các ngày {a}/{m} và {b}/{m}/{y}",
            "từ ngày {a}/{m} đến hết ngày {b}/{m}/{y}",
            "trong 02 ngày, {a:02} và {b:02}/{m}/{y}",
        ]
    ),
)
def test_days_that_share_a_month(month: tuple[int, int], first: int, more: int, form: str) -> None:
    year, number = month
    last = date(year, number, first + more)
    known = Calendar(None, SchoolYear(year if number >= 8 else year - 1))
    [time] = find_dates(form.format(a=first, b=last.day, m=number, y=year), known)
    assert (time.due, time.kind) == (last, TimeKind.RANGE)


@given(MONTHS, st.sampled_from(["tháng {m}/{y}", "tháng {m:02}/{y}", "tháng {m} năm {y}", "cuối tháng {m}/{y}"]))
def test_a_month(month: tuple[int, int], form: str) -> None:
    year, number = month
    [time] = find_dates("trong " + form.format(m=number, y=year))
    assert (time.due, time.kind) == (last_day(year, number), TimeKind.MONTH)


@given(MONTHS, st.sampled_from(["đầu tháng {m}/{y}", "giữa tháng {m} năm {y}", "tuần thứ hai tháng {m}/{y}"]))
def test_a_part_of_a_month_has_no_day(month: tuple[int, int], form: str) -> None:
    [time] = find_dates(form.format(y=month[0], m=month[1]))
    assert (time.due, time.kind) == (None, TimeKind.MONTH)


@given(
    st.integers(2000, 2049),
    st.integers(1, 4),
    st.sampled_from(["quý {r}/{y}", "quý {r} năm {y}", "Quý {q}/{y}", "quý {r}-{y}"]),
)
def test_a_quarter(year: int, quarter: int, form: str) -> None:
    [time] = find_dates("trong " + form.format(r=ROMAN[quarter], q=quarter, y=year))
    assert (time.due, time.kind) == (last_day(year, 3 * quarter), TimeKind.QUARTER)


@given(st.integers(2000, 2049), st.integers(1, 12), st.integers(1, 28))
def test_a_day_without_a_year_lies_in_the_school_year(first: int, month: int, day: int) -> None:
    [time] = find_dates(f"trước ngày {day}/{month}", Calendar(None, SchoolYear(first)))
    assert time.due == date(first if month >= 8 else first + 1, month, day)


@FEW
@given(LATER, FORM, HOUR, st.sampled_from(["trước {t}", "chậm nhất {t}", "chậm nhất là {t}", "hạn cuối: {t}"]))
def test_a_deadline_in_a_directive(day: date, form: str, hour: str, cue: str) -> None:
    time = cue.format(t=hour + written(day, form))
    [row] = due(f"Các trường gửi báo cáo về Sở GDĐT {time}.")
    assert row.due == day.isoformat()
    assert written(day, form) in row.due_text


UNITS = st.sampled_from(["ngày", "ngày làm việc", "giờ", "tuần"])
EVENTS = st.sampled_from(
    ["nhận được văn bản", "kết thúc học kỳ I", "có kết quả", "ban hành kế hoạch", "hết hạn nhận đơn", "xảy ra vụ việc"]
)


@FEW
@given(
    st.integers(1, 90),
    UNITS,
    EVENTS,
    st.sampled_from(
        [
            "trong vòng {n:02} {u} kể từ ngày {e}",
            "trong thời hạn {n} {u} kể từ khi {e}",
            "chậm nhất {n} {u} sau khi {e}",
        ]
    ),
)
def test_so_many_days_from_an_event_are_described(count: int, unit: str, event: str, form: str) -> None:
    words = form.format(n=count, u=unit, e=event)
    [row] = due(f"Các trường gửi báo cáo về Sở GDĐT {words}.")
    assert (row.due, row.due_text) == (None, words)


@FEW
@given(
    st.sampled_from(["trước khi", "sau khi", "ngay sau khi"]),
    st.sampled_from(["kết thúc", "bắt đầu"]),
    st.sampled_from(["học kỳ 1", "học kỳ I", "học kỳ II", "năm học"]),
)
def test_before_and_after_a_term_is_described(lead: str, verb: str, term: str) -> None:
    words = f"{lead} {verb} {term}"
    [row] = due(f"Các trường gửi báo cáo về Sở GDĐT {words}.")
    assert (row.due, row.due_text) == (None, words)


@FEW
@given(st.sampled_from(["đầu", "giữa", "cuối"]), st.sampled_from(["năm học", "năm"]))
def test_a_round_of_statistics_is_described(part: str, year: str) -> None:
    words = f"kỳ {part} {year}"
    [row] = due(f"Các trường thực hiện báo cáo thống kê {words} trên cơ sở dữ liệu ngành.")
    assert (row.due, row.due_text) == (None, words)


@FEW
@given(st.integers(1, 28), st.sampled_from(["hằng", "hàng"]), st.sampled_from(["tháng", "quý"]))
def test_what_comes_back_has_no_day(day: int, each: str, period: str) -> None:
    words = f"trước ngày {day:02} {each} {period}"
    [row] = due(f"Các trường gửi báo cáo về Sở GDĐT {words}.")
    assert (row.due, row.due_text) == (None, words)
