"""The feed of a unit as strict readers take it: two independent libraries, RFC 5545's own limits, and what changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event, EventStatus
from ical.exceptions import CalendarParseError
from icalendar import Calendar

from api.app import create_app
from api.library import Library
from api.settings import Settings
from corpus.facts import IssuerLevel
from tests.api.conftest import NOW
from tests.api.test_duties import BO, SCHOOL, SO, directive

LONG = directive(
    "31/SGDĐT-VP",
    "Sở Giáo dục và Đào tạo tỉnh Vĩnh Phúc",
    IssuerLevel.SO,
    [("Báo cáo; gửi kèm “biểu mẫu, phụ lục” \\ bản giấy: " + "đợt một, " * 40 + "hết.", "2024-02-29")],
    school_year="2023-2024",
)


@pytest.fixture
def client(settings: Settings, library: Library) -> Iterator[TestClient]:
    for document, facts, data in (BO, SO, LONG):
        library.store.save(document, facts, data, NOW)
    with TestClient(create_app(settings, library), base_url="http://127.0.0.1") as made:
        yield made


@pytest.fixture
def address(client: TestClient) -> str:
    found: str = client.post("/v1/units", json=SCHOOL).json()["calendar"]
    return found


def valid(raw: bytes) -> dict[str, Event]:
    """Return the events of a feed by UID after all that can be checked of it."""
    text = raw.decode("utf-8")
    assert text.startswith("BEGIN:VCALENDAR\r\n") and text.endswith("END:VCALENDAR\r\n")
    lines = raw.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines) and b"\n" not in b"".join(lines)
    assert all(line.decode("utf-8") is not None for line in lines), "no letter is cut in two by a fold"
    calendar = IcsCalendarStream.calendar_from_ics(text)
    assert calendar.prodid and calendar.version == "2.0" and str(calendar.method).endswith("PUBLISH")
    other = {str(event["uid"]): event for event in Calendar.from_ical(raw).walk("VEVENT")}
    events = {event.uid: event for event in calendar.events if event.uid}
    assert len(events) == len(calendar.events) == len(other) == raw.count(b"BEGIN:VEVENT"), "every UID is there once"
    for uid, event in events.items():
        assert isinstance(event.dtstamp, datetime) and event.dtstamp.utcoffset() == timedelta(0)
        assert event.last_modified == event.dtstamp
        assert type(event.dtstart) is date and event.dtend == event.dtstart + timedelta(days=1)
        assert event.summary == str(other[uid]["summary"]) and event.description == str(other[uid]["description"])
        assert event.transparency == "TRANSPARENT" and event.sequence is not None
        triggers = [alarm.trigger for alarm in event.alarm]
        assert triggers == ([] if event.status is EventStatus.CANCELLED else [timedelta(-7), timedelta(-1)])
        assert all(alarm.action == "DISPLAY" and alarm.description for alarm in event.alarm)
    return events


def told(client: TestClient, url: str, **asked: str) -> dict[str, Event]:
    response = client.get(url, params=asked)
    assert response.status_code == 200, response.text
    return valid(response.content)


def test_the_feed_is_valid_for_two_readers(client: TestClient, address: str) -> None:
    events = told(client, address)
    assert sorted(str(event.dtstart) for event in events.values()) == [
        "2023-11-30", "2024-01-15", "2024-02-29", "2024-03-26",
    ]  # fmt: skip
    long = next(event for event in events.values() if str(event.dtstart) == "2024-02-29")
    assert long.summary == LONG[1].deadlines[0].task, "blanks, commas, semicolons, backslashes and quotes come back"
    assert {event.sequence for event in events.values()} == {0}


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (b"DTSTAMP:20240110T080000Z\r\n", b"DTSTAMP:heute\r\n"),
        (b"DTSTART;VALUE=DATE:20231130", b"DTSTART;VALUE=DATE:20231131"),
        (b"SEQUENCE:0", b"SEQUENCE:one"),
        (b"STATUS:CONFIRMED", b"STATUS:MAYBE"),
        (b"TRIGGER:-P7D", b"TRIGGER:-7D"),
        (b"END:VALARM\r\n", b""),
        (b"TZOFFSETTO:+0700\r\n", b""),
        (b"\r\n ", b"\r\n"),
    ],
)
def test_the_second_reader_refuses_what_is_wrong(client: TestClient, address: str, good: bytes, bad: bytes) -> None:
    raw = client.get(address).content
    assert good in raw
    with pytest.raises((CalendarParseError, AssertionError, ValueError)):
        valid(raw.replace(good, bad, 1))


def test_what_changes_counts_up_and_keeps_its_uid(client: TestClient, library: Library, address: str) -> None:
    first = told(client, address)
    assert told(client, address) == first, "asked again, nothing has changed"
    library.now = lambda: NOW + timedelta(days=1)
    document, facts, data = SO
    moved = replace(facts.deadlines[1], due="2024-01-20")
    library.store.save(document, replace(facts, deadlines=(facts.deadlines[0], moved)), data, NOW)
    second = told(client, address)
    assert second.keys() == first.keys()
    (uid,) = (uid for uid in first if first[uid] != second[uid])
    assert (first[uid].sequence, second[uid].sequence) == (0, 1) and str(second[uid].dtstart) == "2024-01-20"
    assert second[uid].last_modified == NOW + timedelta(days=1)


def test_a_duty_that_vanishes_is_cancelled_for_a_while(client: TestClient, library: Library, address: str) -> None:
    first = told(client, address)
    gone = next(uid for uid, event in first.items() if "sơ kết" in str(event.summary))
    document, facts, data = SO
    library.store.save(document, replace(facts, deadlines=facts.deadlines[:1]), data, NOW)
    library.now = lambda: NOW + timedelta(days=2)
    for _ in range(2):  # told once or twice, it is the same change
        second = told(client, address)
        assert second.keys() == first.keys() and second[gone].status is EventStatus.CANCELLED
        assert (second[gone].sequence, second[gone].summary) == (1, first[gone].summary)
        assert second[gone].dtstart == first[gone].dtstart and "không còn" in str(second[gone].description)
    assert [uid for uid in first if second[uid].status is not EventStatus.CONFIRMED] == [gone]
    library.now = lambda: NOW + timedelta(days=70)
    assert gone not in told(client, address)
    library.store.save(document, facts, data, NOW)
    back = told(client, address)[gone]
    assert (back.status, back.sequence) == (EventStatus.CONFIRMED, 2)


def test_a_removed_directive_is_cancelled_and_filters_cancel_nothing(
    client: TestClient, library: Library, address: str
) -> None:
    first = told(client, address)
    part = told(client, "/v1/duties.ics", **SCHOOL, status="soon")
    assert len(part) == 1 and part.keys() < first.keys()
    assert {event.status for event in told(client, address).values()} == {EventStatus.CONFIRMED}
    library.remove(LONG[0].id)
    second = told(client, address)
    assert [str(e.dtstart) for e in second.values() if e.status is EventStatus.CANCELLED] == ["2024-02-29"]
    assert told(client, "/v1/duties.ics", **SCHOOL, status="soon").keys() == part.keys()
    assert first.keys() == told(client, "/v1/duties.ics", **SCHOOL, school_year="2023-2024").keys()
    assert len(told(client, "/v1/duties.ics", **SCHOOL, school_year="2022-2023")) == 0


def test_what_the_lower_office_takes_over_cancels_the_upper_day(
    client: TestClient, library: Library, address: str
) -> None:
    """The Sở makes the Bộ's hội khỏe Phù Đổng its own with an earlier day: one day is cancelled, another comes."""
    first = told(client, address)
    so = directive(
        "40/SGDĐT-VP", "Sở Giáo dục và Đào tạo tỉnh Vĩnh Phúc", IssuerLevel.SO,
        [("Tổ chức hội khỏe Phù Đổng cấp trường.", "2024-03-01")], "100/BGDĐT-GDTC", school_year="2023-2024",
    )  # fmt: skip
    library.store.save(*so, NOW)
    second = told(client, address)
    days = {str(event.dtstart): event.status for event in second.values()}
    assert days["2024-03-26"] is EventStatus.CANCELLED and days["2024-03-01"] is EventStatus.CONFIRMED
    assert len(second) == len(first) + 1


def test_a_finished_duty_says_so_and_reminds_no_more(client: TestClient, address: str) -> None:
    rows: list[dict[str, Any]] = client.get("/v1/duties", params=SCHOOL).json()["duties"]
    row = next(row for row in rows if row["due"] == "2024-01-15")
    client.put(f"{address.removesuffix('/calendar.ics')}/duties/{row['id']}/done", json={"note": "đã gửi"})
    raw = client.get(address).content
    events: list[Any] = Calendar.from_ical(raw).walk("VEVENT")
    event = next(e for e in events if e["dtstart"].dt == date(2024, 1, 15))
    assert str(event["summary"]).startswith("✓ ") and not event.walk("VALARM")
    assert "đã gửi" in event["description"]


def test_feeds_told_before_the_store_was_upgraded_go_on(client: TestClient, library: Library, address: str) -> None:
    """A store of version 3 knows what changed, not yet what was told: the first feed after it notes that."""
    from sqlalchemy import text

    first = told(client, address)
    with library.store._engine.begin() as connection:
        connection.execute(text("DELETE FROM feeds"))
    assert told(client, address) == first
    library.remove(LONG[0].id)
    library.now = lambda: datetime(2024, 1, 12, tzinfo=UTC)
    assert len(told(client, address)) == len(first)


def test_an_event_says_what_its_directive_is_about(settings: Settings, library: Library) -> None:
    subject = "Tuyển sinh vào lớp 10"
    document, facts, data = directive(
        "45/SGDĐT-QLCL",
        "Sở Giáo dục và Đào tạo tỉnh Vĩnh Phúc",
        IssuerLevel.SO,
        [("Nộp hồ sơ.", "2024-05-06"), ("Báo cáo kết quả thực hiện về Sở GDĐT.", "2024-05-07")],
        subject=subject,
    )
    library.store.save(document, facts, data, NOW)
    with TestClient(create_app(settings, library), base_url="http://127.0.0.1") as client:
        events = told(client, client.post("/v1/units", json=SCHOOL).json()["calendar"])
    assert sorted(str(event.summary) for event in events.values()) == [
        "Báo cáo kết quả thực hiện về Sở GDĐT.",
        f"Nộp hồ sơ – {subject}",  # in a month's view the title is all there is
    ]
    assert all(f"Trích yếu: {subject}" in str(event.description) for event in events.values())
