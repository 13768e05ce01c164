"""Duties of a unit: filters, groups, chains, saved units, ticks, calendar and tables."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar
from openpyxl import load_workbook

from api import tables, wording
from api.app import create_app
from api.library import Library
from api.settings import Settings
from api.usecases.asking import answer, asking
from api.usecases.places import explain, label, profile, tree
from api.usecases.years import year_of
from corpus.document import Document, Page, content_id
from corpus.errors import BadInputError
from corpus.facts import (
    Actor,
    Citation,
    CitationPlace,
    Deadline,
    Duty,
    Facts,
    Header,
    IssuerLevel,
    Relation,
    SchoolLevel,
    evidence,
)
from tests.api.conftest import FIRST, NOW
from tests.api.rooms import ToyRooms

SCHOOL = {"unit": "co_so_giao_duc", "level": "thpt", "province": "Vĩnh Phúc"}


def directive(
    number: str, issuer: str, level: IssuerLevel, tasks: list[tuple[str, str | None]], cites: str = "", **header: Any
) -> tuple[Document, Facts, bytes]:
    """A directive with one line a task (wording, ISO day or None), all for schools."""
    text = "\n".join([f"Số: {number}", f"Thực hiện {cites}", *(task for task, _ in tasks)])
    data = text.encode()
    document = Document(content_id(data), f"{number.replace('/', '-')}.txt", "text/plain", (Page(1, text),))

    def at(words: str) -> Any:
        start = text.index(words)
        return evidence(document, start, start + len(words), "test")

    actor = (Actor.CO_SO_GIAO_DUC,)
    facts = Facts(
        Header(number=number, issuer=issuer, issuer_level=level, **{"date": "2023-09-01", "subject": number} | header),
        tuple(Citation(at(n), n, n, None, None, None, Relation.IMPLEMENTS, CitationPlace.BODY) for n in cites.split()),
        tuple(Deadline(at(t), at(t), t, due, f"trước {due}", actor, None, "Sở GDĐT") for t, due in tasks if due),
        tuple(Duty(at(t), t, actor) for t, due in tasks if not due),
    )
    return document, facts, data


BO = directive(
    "100/BGDĐT-GDTC",
    "Bộ Giáo dục và Đào tạo",
    IssuerLevel.BO,
    [
        ("Khám sức khỏe học sinh đầu cấp và lập hồ sơ theo dõi.", "2023-12-31"),
        ("Tổ chức hội khỏe Phù Đổng cấp trường.", "2024-03-26"),
    ],
    school_year="2023-2024",
)
SO = directive(
    "20/SGDĐT-VP",
    "Sở Giáo dục và Đào tạo tỉnh Vĩnh Phúc",
    IssuerLevel.SO,
    [
        ("Hoàn thành khám sức khỏe học sinh đầu cấp, lập hồ sơ theo dõi.", "2023-11-30"),
        ("Báo cáo sơ kết học kỳ.", "2024-01-15"),
        ("Rà soát máy tính.", None),
    ],
    cites="100/BGDĐT-GDTC",
    school_year="2023-2024",
)


@pytest.fixture
def full(library: Library) -> Library:
    for document, facts, data in (BO, SO):
        library.store.save(document, facts, data, NOW)
    return library


@pytest.fixture
def client(settings: Settings, full: Library) -> Iterator[TestClient]:
    with TestClient(create_app(settings, full), base_url="http://127.0.0.1") as made:
        yield made


def ask(client: TestClient, **more: str) -> dict[str, Any]:
    response = client.get("/v1/duties", params=SCHOOL | more)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def test_duties_are_flat_and_grouped(client: TestClient) -> None:
    found = ask(client)
    assert [row["due"] for row in found["duties"]] == ["2023-11-30", "2024-01-15", "2024-03-26", None]
    assert [group["due"] for group in found["dated"]] == ["2023-11-30", "2024-01-15", "2024-03-26"]
    assert [group["topic"] for group in found["undated"]] == ["20/SGDĐT-VP"]
    assert [row["status"] for row in found["duties"]] == ["overdue", "soon", "later", "undated"]
    assert found["counts"] == {"overdue": 1, "soon": 1, "later": 1, "undated": 1} and found["as_of"] == "2024-01-10"
    row = found["duties"][1]
    assert row["days"] == 5 and row["recipient"] == "Sở GDĐT" and row["number"] == "20/SGDĐT-VP"
    assert "quản lý" in row["reason"] and row["evidence"]["surface"] == row["task"] and row["confidence"] == 1.0
    assert found["dated"][1]["duties"] == [row]


def test_what_the_so_made_its_own_is_shown_once_with_the_chain(client: TestClient) -> None:
    tasks = [row["task"] for row in ask(client)["duties"]]
    assert "Khám sức khỏe học sinh đầu cấp và lập hồ sơ theo dõi." not in tasks
    (step,) = ask(client)["duties"][0]["chain"]
    assert (step["number"], step["due"]) == ("100/BGDĐT-GDTC", "2023-12-31")
    # a school of another province has the Bộ's day only
    other = client.get("/v1/duties", params=SCHOOL | {"province": "Cà Mau"}).json()["duties"]
    assert [row["due"] for row in other] == ["2023-12-31", "2024-03-26"] and not other[0]["chain"]


def test_a_later_day_below_hides_nothing(library: Library) -> None:
    late = directive(
        "20/SGDĐT-VP", "Sở Giáo dục và Đào tạo tỉnh Vĩnh Phúc", IssuerLevel.SO,
        [("Hoàn thành khám sức khỏe học sinh đầu cấp, lập hồ sơ theo dõi.", "2024-01-30")], "100/BGDĐT-GDTC",
    )  # fmt: skip
    for document, facts, data in (BO, late):
        library.store.save(document, facts, data, NOW)
    rows = library.duties(library.profile(**SCHOOL))
    assert [row.due for row in rows] == ["2023-12-31", "2024-01-30", "2024-03-26"]


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ({"status": "overdue"}, ["2023-11-30"]),
        ({"status": "soon"}, ["2024-01-15"]),
        ({"status": "soon", "days": "4"}, []),
        ({"status": "later"}, ["2024-03-26"]),
        ({"status": "undated"}, [None]),
        ({"from": "2024-01-01", "to": "31/01/2024"}, ["2024-01-15"]),
        ({"as_of": "2023-11-20", "status": "soon"}, ["2023-11-30"]),
        ({"as_of": "2023-08-01"}, []),
        ({"issuer": "bo giao duc"}, ["2024-03-26"]),
        ({"recipient": "so gdđt", "from": "2024-02-01"}, ["2024-03-26"]),
        ({"topic": "may tinh"}, [None]),
        ({"school_year": "2022-2023"}, []),
        ({"limit": "1", "offset": "1"}, ["2024-01-15"]),
    ],
)
def test_filters(client: TestClient, asked: dict[str, str], days: list[str | None]) -> None:
    assert [row["due"] for row in ask(client, **asked)["duties"]] == days


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"level": "cap1"}, "Tiểu học (tieu_hoc)"),
        ({"province": "Atlantis"}, "Phú Thọ"),
        ({"unit": "truong"}, "Phòng GDĐT (phong_gddt)"),
        ({"status": "muộn"}, "quá hạn"),
        ({"as_of": "mai"}, "2024-01-31"),
        ({"from": "2024-02-01", "to": "2024-01-01"}, "sau ngày"),
    ],
)
def test_what_is_unknown_is_answered_with_what_is_known(client: TestClient, asked: dict[str, str], said: str) -> None:
    response = client.get("/v1/duties", params=SCHOOL | asked)
    assert response.status_code == 422 and said in response.json()["detail"]


@pytest.mark.parametrize(
    ("due", "issued", "year"),
    [
        ("2024-07-31", "2024-05-02", "2023-2024"), ("2024-08-01", "2024-05-02", "2024-2025"),
        (None, "2024-07-01", "2024-2025"), (None, "2024-06-30", "2023-2024"), (None, None, None),
    ],
)  # fmt: skip
def test_a_duty_of_a_directive_without_a_school_year_has_that_of_its_day(
    due: str | None, issued: str | None, year: str | None
) -> None:
    assert year_of(due, issued) == year


def test_what_is_due_after_the_year_of_its_directive_is_in_the_year_of_its_day_too(library: Library) -> None:
    plan = directive(
        "5/KH-SGDĐT", "Sở Giáo dục và Đào tạo tỉnh Vĩnh Phúc", IssuerLevel.SO,
        [("Báo cáo năm học.", "2024-08-31"), ("Báo cáo lần hai.", "2024-09-01")], school_year="2023-2024",
    )  # fmt: skip
    library.store.save(*plan, NOW)
    found = {year: [row.due for row in library.bound(library.profile(), year).rows] for year in library.duty_years()}
    assert found == {"2023-2024": ["2024-08-31", "2024-09-01"], "2024-2025": ["2024-09-01"]}


def test_names_in_any_spelling_are_understood() -> None:
    found = profile("Phòng GDĐT", None, "tinh vinh phuc").query
    assert (found.kind, found.province) == (Actor.PHONG_GDDT, "Vĩnh Phúc")
    assert profile("co_so_giao_duc", "Tiểu học", "TP. HCM").query.province == "Thành phố Hồ Chí Minh"
    with pytest.raises(BadInputError, match="Bắc Kạn"):
        profile("co_so_giao_duc", None, "???")


def test_places_typed_without_marks_are_shown_as_offices_write_them() -> None:
    issuers = ["Sở Giáo dục và Đào tạo Phú Lâm", "Phòng Giáo dục và Đào tạo huyện Tân An Đông", "UBND xã Đồng Tân"]
    found = profile("co_so_giao_duc", "thcs", "phu lam", "tan an dong", "xa dong tan", issuers=issuers)
    assert label(found) == "Trường THCS, xã Đồng Tân, Tân An Đông, Phú Lâm"
    # what has marks, and what no office is called, stays as it was given
    kept = profile("co_so_giao_duc", "thcs", "phu lam", "Tân An Đống", "an dong tay", issuers=issuers)
    assert (kept.query.district, kept.commune) == ("Tân An Đống", "an dong tay")


def test_a_unit_of_before_2025_is_explained_with_its_successor(client: TestClient) -> None:
    unit = ask(client, as_of="2025-09-01", unit="phong_gddt", district="huyện Yên Lạc")["unit"]
    assert unit["successor"]["province"] == "Phú Thọ" and unit["successor"]["unit"] == "ubnd_xa"
    said = " ".join(unit["explanation"])
    assert "30/6/2025" in said and "Phú Thọ" in said and "Yên Lạc" in said
    assert unit["tree"][1] == "Sở GDĐT Phú Thọ"
    same = profile("co_so_giao_duc", "thcs", "Cà Mau", None, "xã Đất Mũi")
    assert explain(same, "2025-09-01") == []
    assert tree(same, "2025-09-01")[1:3] == ["Sở GDĐT Cà Mau", "UBND xã Đất Mũi"]
    # a district is one without its kind, too; what is to be added is said to whom it helps
    bare = profile("co_so_giao_duc", "thcs", "Cà Mau", "Ngọc Hiển")
    assert "Huyện, quận Ngọc Hiển" in (said := explain(bare, "2025-09-01")[0]) and "nêu thêm xã" in said
    assert "UBND xã, phường (chưa nêu)" in tree(bare, "2025-09-01") and explain(bare, "2025-06-30") == []
    above = profile("co_so_giao_duc", "thpt", "Cà Mau", "huyện Ngọc Hiển")
    assert "nêu thêm xã" not in explain(above, "2025-09-01")[0]
    assert explain(profile("co_so_giao_duc", "thcs", "Cà Mau", "xã Đất Mũi"), "2025-09-01") == []


def test_hue_became_a_city_before_provinces_were_merged(client: TestClient) -> None:
    hue = {"unit": "so_gddt", "province": "Thừa Thiên Huế"}
    unit = client.get("/v1/duties", params=hue).json()["unit"]
    assert "đến hết 31/12/2024" in unit["explanation"][0] and "202/2025" not in unit["explanation"][0]
    assert (unit["successor"]["province"], unit["successor"]["valid_from"]) == ("Huế", "2025-01-01")
    district = client.get("/v1/duties", params=hue | {"unit": "phong_gddt", "district": "Phú Vang"}).json()["unit"]
    assert (district["successor"]["unit"], district["successor"]["valid_from"]) == ("ubnd_xa", "2025-07-01")


def test_units_are_saved_asked_for_and_brought_back(client: TestClient) -> None:
    given = SCHOOL | {"name": "Trường THPT Số 1"}
    saved = client.post("/v1/units", json=given)
    assert saved.status_code == 201
    unit = saved.json()["id"]
    assert client.post("/v1/units", json=given).json()["id"] == unit
    assert [row["id"] for row in client.get("/v1/units").json()] == [unit]
    assert client.get("/v1/duties", params={"unit_id": unit}).json()["count"] == 4
    assert client.delete(f"/v1/units/{unit}").status_code == 200
    assert client.get("/v1/units").json() == []
    assert client.get("/v1/duties", params={"unit_id": unit}).status_code == 404
    assert client.post(f"/v1/units/{unit}/restore").json()["label"] == "Trường THPT Số 1"
    assert client.post("/v1/units", json=given | {"email": "không phải thư"}).status_code == 422
    assert client.post("/v1/units", json=given | {"level": "x"}).status_code == 422


def test_ticks_hold_and_are_undone_with_a_trace(client: TestClient, full: Library) -> None:
    unit = client.post("/v1/units", json=SCHOOL).json()["id"]
    duty = ask(client)["duties"][1]["id"]
    url = f"/v1/units/{unit}/duties/{duty}/done"
    assert client.put(url, json={"note": "đã gửi"}).json()["note"] == "đã gửi"
    row = client.get("/v1/duties", params={"unit_id": unit}).json()["duties"][1]
    assert row["done"] == {"day": "2024-01-10", "note": "đã gửi"}
    # another reading of the same file keeps the mark
    document, facts, data = SO
    later = replace(facts.deadlines[1], due="2024-01-20")
    full.store.save(document, replace(facts, deadlines=(facts.deadlines[0], later)), data, NOW + timedelta(days=1))
    row = client.get("/v1/duties", params={"unit_id": unit}).json()["duties"][1]
    assert row["due"] == "2024-01-20" and row["done"]
    assert client.delete(url).status_code == 200 and client.delete(url).status_code == 404
    assert [a.action for a in full.store.desk.audit()][:2] == ["duty.undone", "duty.done"]
    assert client.put(f"/v1/units/{unit}/duties/nichts/done", json={}).status_code == 404


def test_the_feed_has_stable_events_that_count_changes(client: TestClient, full: Library) -> None:
    unit = client.post("/v1/units", json=SCHOOL).json()["calendar"]

    def events() -> dict[str, Any]:
        response = client.get(unit)
        assert response.headers["content-type"].startswith("text/calendar")
        return {str(e["uid"]): e for e in Calendar.from_ical(response.content).walk("VEVENT")}

    first = events()
    assert len(first) == 3 and first.keys() == events().keys()
    event = next(e for e in first.values() if "sơ kết" in e["summary"])
    assert event["dtstart"].dt.isoformat() == "2024-01-15" and event["sequence"] == 0
    assert [a["trigger"].dt for a in event.walk("VALARM")] == [timedelta(days=-7), timedelta(days=-1)]
    zones = Calendar.from_ical(client.get(unit).content).walk("VTIMEZONE")
    assert [str(z["tzid"]) for z in zones] == ["Asia/Ho_Chi_Minh"]
    document, facts, data = SO
    full.now = lambda: datetime(2024, 1, 11, tzinfo=UTC)
    moved = replace(facts.deadlines[1], due="2024-01-20")
    full.store.save(document, replace(facts, deadlines=(facts.deadlines[0], moved)), data, NOW)
    again = events()[str(event["uid"])]
    assert again["dtstart"].dt.isoformat() == "2024-01-20" and again["sequence"] == 1
    assert again["last-modified"].dt > event["last-modified"].dt


def test_tables_open_in_vietnamese_and_hold_no_formula(library: Library) -> None:
    evil = directive(
        "9/SGDĐT-VP", "Sở Giáo dục và Đào tạo tỉnh Vĩnh Phúc", IssuerLevel.SO,
        [('=HYPERLINK("http://x","Bấm")', "2024-01-15"), ("-1+1|cmd", "2024-01-16"), ("@SUM(A1)", None)],
    )  # fmt: skip
    library.store.save(*evil, NOW)
    owed = answer(library, asking(library, SCHOOL))
    data = tables.as_csv(owed)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0][1:3] == ["Nhiệm vụ", "Hạn hoàn thành"] and rows[1][2] == "15/01/2024"
    assert all(cell[:1] not in ("=", "+", "-", "@") for row in rows for cell in row)
    sheet: Any = load_workbook(io.BytesIO(tables.as_xlsx(owed))).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert sheet["C5"].value == datetime(2024, 1, 15) and sheet["C5"].number_format == "dd/mm/yyyy"


def test_a_time_that_is_no_day_is_shown_and_offices_of_any_district_are_told(client: TestClient, full: Library) -> None:
    document, facts, data = directive(
        "7/PGDĐT", "Phòng Giáo dục và Đào tạo huyện Yên Lạc", IssuerLevel.PHONG, [("Kiểm tra bếp ăn.", "2024-01-20")],
    )  # fmt: skip
    full.store.save(document, facts, data, NOW)
    school = SCHOOL | {"level": "thcs"}
    assert "của mọi huyện, xã giao" in client.get("/truong-toi", params=school).text
    assert "của mọi huyện" not in client.get("/truong-toi", params=school | {"district": "Yên Lạc"}).text
    meant = replace(facts, deadlines=(replace(facts.deadlines[0], due=None, due_text="vào đầu năm học"),))
    full.store.save(document, meant, None, NOW)
    assert "Thời gian: <b>vào đầu năm học</b>" in client.get("/truong-toi", params=school).text
    rows = csv.reader(io.StringIO(client.get("/v1/duties.csv", params=school).content.decode("utf-8-sig"), newline=""))
    assert {row[1]: row[2] for row in rows}["Kiểm tra bếp ăn."] == "vào đầu năm học"


def test_files_over_http(client: TestClient) -> None:
    for kind, begins in (("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf"), ("ics", b"BEGIN:VCALENDAR")):
        response = client.get(f"/v1/duties.{kind}", params=SCHOOL)
        assert response.status_code == 200 and response.content.startswith(begins)
        assert response.headers["content-disposition"].endswith(f".{kind}")


def test_controls_of_many_rows_are_told_apart_by_who_hears_the_page(client: TestClient) -> None:
    mine = client.get("/truong-toi", params=SCHOOL | {"school_year": "2023-2024"}).text
    marked = re.findall(r"<summary>Đánh dấu đã xong<span class=\"hidden\">: ([^<]+)</span></summary>", mine)
    assert len(marked) > 1 and len(set(marked)) == len(marked) == mine.count("<summary>Đánh dấu đã xong")
    found = client.get("/", params={"q": "báo cáo"}).text
    alike = re.findall(r">Đoạn tương tự<span class=\"hidden\"> với ([^<]+)</span></a>", found)
    assert alike and len(alike) == found.count(">Đoạn tương tự<")


def test_the_page_ticks_and_undoes(client: TestClient) -> None:
    page = client.get("/truong-toi", params=SCHOOL | {"school_year": "2023-2024"}).text
    assert 'class="duty late"' in page and "quá 41 ngày" in page and 'href="#t-2024-01"' in page
    duty = ask(client)["duties"][1]["id"]
    form = {"don_vi": "unit=co_so_giao_duc&level=thpt&province=Vĩnh Phúc", "viec": duty, "ghi_chu": "<b>xong</b>"}
    back = client.post("/truong-toi/xong", data=form | {"ve": "unit=co_so_giao_duc&x=//evil"}, follow_redirects=False)
    assert back.status_code == 303 and back.headers["location"] == f"/truong-toi?unit=co_so_giao_duc#v-{duty}"
    page = client.get("/truong-toi").text
    assert "✓ đã xong" in page and "&lt;b&gt;xong" in page
    assert "đã xong 10/01/2024" in client.get("/truong-toi/in").text
    client.post("/truong-toi/chua-xong", data=form)
    assert "✓ đã xong" not in client.get("/truong-toi").text
    crossed = client.post("/truong-toi/xong", data=form, headers={"sec-fetch-site": "cross-site"})
    assert crossed.status_code == 403


def test_the_page_saves_the_unit_and_tells_the_address_of_its_calendar(client: TestClient) -> None:
    asked = "unit=co_so_giao_duc&level=thpt&province=V%C4%A9nh+Ph%C3%BAc"
    assert "calendar.ics" not in client.get(f"/truong-toi?{asked}").text
    form = {"don_vi": asked, "thu": "vanthu@thpt.edu.vn", "ve": asked}
    back = client.post("/truong-toi/luu", data=form, follow_redirects=False)
    assert back.status_code == 303 and back.headers["location"] == f"/truong-toi?{asked}#da-luu"
    (unit,) = client.get("/v1/units").json()
    assert unit["email"] == "vanthu@thpt.edu.vn"
    page = client.get(f"/truong-toi?{asked}").text
    assert f"http://127.0.0.1{unit['calendar']}" in page and 'value="vanthu@thpt.edu.vn"' in page
    wrong = client.post("/truong-toi/luu", data=form | {"thu": "không phải thư"})
    assert wrong.status_code == 422 and "thư điện tử không hợp lệ" in wrong.text


def test_a_unit_is_taken_off_the_list_and_saved_again_with_its_ticks(client: TestClient) -> None:
    asked = "unit=co_so_giao_duc&level=thpt&province=V%C4%A9nh+Ph%C3%BAc"
    form = {"don_vi": asked, "viec": ask(client)["duties"][1]["id"], "ve": asked}
    client.post("/truong-toi/xong", data=form)
    assert "Bỏ lưu đơn vị" in client.get(f"/truong-toi?{asked}").text
    back = client.post("/truong-toi/bo-luu", data=form, follow_redirects=False)
    assert back.status_code == 303 and client.get("/v1/units").json() == []
    page = client.get(f"/truong-toi?{asked}").text
    assert "✓ đã xong" not in page and "Lưu đơn vị" in page and "Bỏ lưu" not in page
    client.post("/truong-toi/luu", data=form)
    assert "✓ đã xong" in client.get(f"/truong-toi?{asked}").text


def test_a_page_without_duties_says_what_to_do_and_the_unit_can_be_saved_all_the_same(client: TestClient) -> None:
    asked = "unit=ubnd_xa&province=Ph%C3%BA+Th%E1%BB%8D&commune=x%C3%A3+H%C3%B9ng+L%C3%B4"
    page = client.get(f"/truong-toi?{asked}").text
    assert "UBND xã Hùng Lô, Phú Thọ" in page and 'href="/nap"' in page and "Lưu đơn vị" in page
    page = client.get(f"/truong-toi?{asked}&school_year=2031-2032&topic=xyz").text
    assert "Không có việc nào trong năm học 2031-2032 theo điều kiện lọc" in page
    assert f'<a href="/truong-toi?{asked.replace("&", "&amp;")}">Xem mọi việc' in page


def test_long_overdue_is_told_in_months_and_years() -> None:
    told = [wording.late(days) for days in (1, 60, 61, 729, 730, 2937)]
    assert told == ["quá 1 ngày", "quá 60 ngày", "quá 2 tháng", "quá 24 tháng", "quá 2 năm", "quá 8 năm"]


def test_the_page_of_a_unit_that_ended_leads_to_its_successor(client: TestClient, full: Library) -> None:
    full.now = lambda: datetime(2025, 9, 1, tzinfo=UTC)
    asked = {"unit": "phong_gddt", "province": "Vĩnh Phúc", "district": "huyện Yên Lạc", "commune": "xã Tề Lỗ"}
    page = client.get("/truong-toi", params=asked).text
    assert "tồn tại đến hết 30/6/2025" in page and "Huyện Yên Lạc thuộc cấp huyện" in page
    link = page.split('href="/truong-toi?unit=ubnd_xa')[1].split('"')[0]
    after = client.get(f"/truong-toi?unit=ubnd_xa{link.replace('&amp;', '&')}")
    assert after.status_code == 200 and "UBND xã Tề Lỗ, Phú Thọ" in after.text


def test_the_answer_is_what_the_schema_promises(client: TestClient) -> None:
    from api.dutyschemas import DutiesOut

    found = ask(client)
    DutiesOut.model_validate(found)
    assert json.loads(client.get("/v1/duties", params=SCHOOL).content) == found


def test_duties_of_toy_directives_still_come_flat(library: Library) -> None:
    library.add(FIRST.encode(), "một.txt")
    rows = library.duties(library.profile("co_so_giao_duc", "thpt", "An Bình"))
    assert [row.due for row in rows] == ["2024-01-15"]
    assert SchoolLevel.THPT in (rows[0].duty.levels or ())


def test_another_copy_of_a_directive_lists_its_duties_once_and_shows_both_versions(
    client: TestClient, full: Library
) -> None:
    """The same number, issuer and year in other bytes: the newer copy counts, its page names the older one."""
    before = [row["task"] for row in ask(client)["duties"]]
    document, facts, data = SO
    copy = replace(document, id=content_id(data + b"\n"), source="bản sao.txt")
    full.store.save(copy, facts, data + b"\n", NOW + timedelta(days=1))
    found = ask(client)["duties"]
    assert [row["task"] for row in found] == before
    assert {row["source"] for row in found if row["number"] == "20/SGDĐT-VP"} == {"bản sao.txt"}
    for shown, other in ((copy, document), (document, copy)):
        page = client.get(f"/van-ban/{shown.id}").text
        assert "Các phiên bản" in page and f'href="/van-ban/{other.id}"' in page
    full.remove(copy.id)
    assert [row["source"] for row in ask(client)["duties"] if row["number"] == "20/SGDĐT-VP"] == [document.source] * 3
    assert "Các phiên bản" not in client.get(f"/van-ban/{document.id}").text


def test_a_tick_moves_to_the_newer_copy_and_so_does_the_calendars_event(client: TestClient, full: Library) -> None:
    """The copy is read a little otherwise and has a line more; what was done stays done, the UIDs stay the same."""
    unit = client.post("/v1/units", json=SCHOOL).json()
    rows = ask(client)["duties"]
    done = next(row for row in rows if row["due"] == "2024-01-15")
    client.put(f"/v1/units/{unit['id']}/duties/{done['id']}/done", json={"note": "đã gửi"})
    uids = {str(e["uid"]) for e in Calendar.from_ical(client.get(unit["calendar"]).content).walk("VEVENT")}
    copy = directive(
        "20/SGDĐT-VP", "Sở Giáo dục và Đào tạo tỉnh Vĩnh Phúc", IssuerLevel.SO,
        [
            ("Hoàn thành khám sức khỏe học sinh đầu cấp, lập hồ sơ theo dõi.", "2023-11-30"),
            ("Báo cáo sơ kết hoc kỳ.", "2024-01-17"), ("Rà soát máy tính.", None), ("Thay bóng đèn.", None),
        ],
        cites="100/BGDĐT-GDTC", school_year="2023-2024",
    )  # fmt: skip
    full.store.save(*copy, NOW + timedelta(days=1))

    def mine() -> dict[str, Any]:
        answer = client.get("/v1/duties", params={"unit_id": unit["id"]}).json()["duties"]
        return {row["task"]: row for row in answer}

    moved = mine()["Báo cáo sơ kết hoc kỳ."]
    assert moved["due"] == "2024-01-17" and moved["done"]["note"] == "đã gửi" and moved["id"] != done["id"]
    assert [task for task, row in mine().items() if row["done"]] == [moved["task"]]
    events = {str(e["uid"]): e for e in Calendar.from_ical(client.get(unit["calendar"]).content).walk("VEVENT")}
    assert events.keys() == uids and all(str(e["status"]) != "CANCELLED" for e in events.values())
    assert client.delete(f"/v1/units/{unit['id']}/duties/{moved['id']}/done").status_code == 200
    assert mine()["Báo cáo sơ kết hoc kỳ."]["done"] is None
    assert client.put(f"/v1/units/{unit['id']}/duties/{moved['id']}/done", json={}).status_code == 200
    third = directive("20/SGDĐT-VP", *copy_of(copy), "100/BGDĐT-GDTC")
    full.store.save(*third, NOW + timedelta(days=2))
    assert mine()["Báo cáo sơ kết học kỳ."]["done"]["day"] == "2024-01-10"
    # the copies are taken out again: it was done on the second one, and stays done on the first
    full.remove(third[0].id)
    full.remove(copy[0].id)
    back = {row["due"]: row for row in mine().values()}["2024-01-15"]
    assert back["id"] == done["id"] and back["done"]["day"] == "2024-01-10"
    assert client.delete(f"/v1/units/{unit['id']}/duties/{back['id']}/done").status_code == 200
    assert full.store.desk.ticks(unit["id"]) == {}
    assert [row.action for row in full.store.desk.audit(action="duty.")].count("duty.done") == 2


@pytest.mark.parametrize("gone", [(0,), (1,), (0, 1), (1, 0)], ids=str)
def test_a_tick_stays_when_older_copies_are_removed_and_the_server_starts_again(
    client: TestClient, full: Library, settings: Settings, rooms: ToyRooms, gone: tuple[int, ...]
) -> None:
    """Three copies; it was done on the first. Whichever of the older ones goes, the third's duty is done, is listed
    once, and keeps the name that calendars know it by."""
    unit = client.post("/v1/units", json=SCHOOL).json()
    done = next(row for row in ask(client)["duties"] if row["due"] == "2024-01-15")
    client.put(f"/v1/units/{unit['id']}/duties/{done['id']}/done", json={"note": "đã gửi"})
    address = unit["calendar"]
    uids = {str(e["uid"]) for e in Calendar.from_ical(client.get(address).content).walk("VEVENT")}
    document, facts, data = SO
    copies = [document]
    for days, more in enumerate((b"\n", b"\n\n"), 1):
        copies.append(replace(document, id=content_id(data + more), source=f"{days}.txt"))
        full.store.save(copies[-1], facts, data + more, NOW + timedelta(days=days))
        ask(client)
    for at in gone:
        full.remove(copies[at].id)
    full.close()
    again = Library(settings, rooms, now=lambda: NOW)
    with closing(again), TestClient(create_app(settings, again), base_url="http://127.0.0.1") as restarted:
        rows = restarted.get("/v1/duties", params={"unit_id": unit["id"]}).json()["duties"]
        shown = [row for row in rows if row["due"] == "2024-01-15"]
        assert [(row["document"], (row["done"] or {}).get("note")) for row in shown] == [(copies[2].id, "đã gửi")]
        events = Calendar.from_ical(restarted.get(address).content).walk("VEVENT")
        assert {str(e["uid"]) for e in events} == uids and "CANCELLED" not in {str(e["status"]) for e in events}
        assert restarted.delete(f"/v1/units/{unit['id']}/duties/{shown[0]['id']}/done").status_code == 200
        assert again.store.desk.ticks(unit["id"]) == {}


def test_how_surely_its_source_is_a_directive_is_told_of_a_duty(client: TestClient, full: Library) -> None:
    row = ask(client)["duties"][0]
    sure = full.store.get(row["document"]).facts.confidence
    assert 0 < sure < 1 and row["document_confidence"] == round(sure, 4)
    assert client.get(f"/v1/documents/{row['document']}").json()["facts"]["confidence"] == round(sure, 4)


def copy_of(made: tuple[Document, Facts, bytes]) -> tuple[str, IssuerLevel, list[tuple[str, str | None]]]:
    """Office, level and tasks for a third copy, without the line that the second had more."""
    facts = made[1]
    tasks = [(d.task.replace("hoc", "học"), d.due) for d in facts.deadlines]
    return str(facts.header.issuer), IssuerLevel.SO, [*tasks, ("Rà soát máy tính cũ.", None)]


@pytest.mark.slow
def test_the_workbook_opens_in_libreoffice_and_becomes_a_pdf(client: TestClient, tmp_path: Any) -> None:
    import os
    import shutil
    import subprocess

    import pypdfium2

    office = shutil.which("soffice")
    if office is None and "CI" not in os.environ:
        pytest.skip("needs LibreOffice Calc")
    assert office is not None, "LibreOffice Calc is missing (libreoffice-calc-nogui)"
    book = tmp_path / "bang.xlsx"
    book.write_bytes(client.get("/v1/duties.xlsx", params=SCHOOL).content)
    command = [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(book)], check=True, capture_output=True, timeout=180)
    pages = pypdfium2.PdfDocument(tmp_path / "bang.pdf")
    text = " ".join(page.get_textpage().get_text_bounded() for page in pages).replace("\r\n", " ")
    assert "BẢNG THEO DÕI NHIỆM VỤ" in text and "15/01/2024" in text and "20/SGDĐT-VP" in text
    width, height = pages[0].get_size()
    assert width > height, "A4 landscape, as the sheet says"
