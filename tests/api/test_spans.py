"""Questions for all that is due in a month or a week: which days, whose, and what page, API and console say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.library import Library
from api.settings import Settings
from api.usecases.spans import SHOWN, asked_span, due_in

TODAY = date(2025, 11, 20)  # a Thursday


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("trường tôi phải làm gì tháng 10", "2025-10-01", "2025-10-31"),
        ("phai lam gi thang 2", "2026-02-01", "2026-02-28"),
        ("việc cần làm trong tháng 12/2022", "2022-12-01", "2022-12-31"),
        ("tháng 11 năm 2023 phòng giáo dục phải nộp gì", "2023-11-01", "2023-11-30"),
        ("năm học 2022-2023 tháng 3 phải làm những gì", "2023-03-01", "2023-03-31"),
        ("tháng này có việc gì", "2025-11-01", "2025-11-30"),
        ("tháng sau trường báo cáo gì", "2025-12-01", "2025-12-31"),
        ("tuần này phải nộp những gì", "2025-11-17", "2025-11-23"),
        ("các báo cáo đến hạn tuần tới", "2025-11-24", "2025-11-30"),
    ],
)
def test_the_days_that_are_asked_for(question: str, since: str, until: str) -> None:
    span = asked_span(question, TODAY)
    assert span is not None and (span.since.isoformat(), span.until.isoformat()) == (since, until)


@pytest.mark.parametrize(
    "question",
    [
        "hạn nộp báo cáo tháng 12",
        "báo cáo tháng 10 nộp khi nào",
        "lịch công tác tháng 10",
        "trường phải làm gì khi có dịch",
        "tháng 13 phải làm gì",
        "ngày 10/10 phải làm gì",
        "tuần lễ học tập suốt đời",
    ],
)
def test_other_questions(question: str) -> None:
    assert asked_span(question, TODAY) is None


def test_the_school_year_beside_the_question_tells_the_year() -> None:
    span = asked_span("tháng 2 làm gì", TODAY, "2022-2023")
    assert span is not None and span.label == "tháng 2/2023"


def stored(library: Library, folder: Path) -> Library:
    days = "".join(f"hạn 2024-01-{15 + k} nộp báo cáo {k} của trường THPT\n" for k in range(SHOWN + 2))
    (folder / "ba.txt").write_text(f"Số: 16/SGDĐT-VP\nNăm học 2023-2024\n{days}", "utf-8")
    library.add_paths([folder])
    return library


def test_duties_answer_and_the_last_year_that_has_some_is_told(library: Library, folder: Path) -> None:
    stored(library, folder)  # it is 10 January 2024
    found = due_in(library, "trường THPT phải làm gì tháng 1")
    assert found is not None and found.owed.count == SHOWN + 3 and len(found.owed.rows) == SHOWN and not found.note
    assert found.as_dict()["label"] == "tháng 1/2024"
    assert "from=2024-01-01" in found.query and "level=thpt" in found.query
    other = due_in(library, "trường tiểu học phải làm gì tháng 1")
    assert other is not None and other.owed.count == 0
    before = due_in(library, "tháng 5 phải làm gì")
    assert before is not None and before.span.label == "tháng 5/2023" and "tháng 5/2024 chưa có việc" in before.note
    named = due_in(library, "tháng 5/2024 phải làm gì")
    assert named is not None and named.owed.count == 0 and not named.note


def test_the_unit_that_asks_is_kept_where_the_question_names_none_or_the_same(library: Library, folder: Path) -> None:
    stored(library, folder)
    own = {"unit": "co_so_giao_duc", "level": "thpt", "province": "An Giang", "name": "Nguyễn Du"}
    for question, level in (("tháng 1 phải làm gì", "thpt"), ("trường tôi tháng 1 phải làm gì", "thpt")):
        found = due_in(library, question, unit=own)
        assert found is not None and f"level={level}" in found.query and "name=Nguy" in found.query
    other = due_in(library, "phòng giáo dục tháng 1 phải làm gì", unit=own)
    assert other is not None and "unit=phong_gddt" in other.query
    assert "name=" not in other.query and "level=" not in other.query and "province=An" in other.query


def test_page_api_and_command_line_show_them(
    library: Library, settings: Settings, folder: Path, cli: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    stored(library, folder)
    client = TestClient(create_app(settings, library), base_url="http://127.0.0.1")
    question = "trường THPT phải làm gì tháng 1/2024"
    page = client.get("/", params={"q": question}).text
    assert f"Việc có hạn trong tháng 1/2024: {SHOWN + 3} việc" in page and f"Xem cả {SHOWN + 3} việc" in page
    assert 'href="/truong-toi?unit=co_so_giao_duc&amp;level=thpt&amp;from=2024-01-01&amp;to=2024-01-31"' in page
    mine = client.get("/truong-toi", params={"unit": "co_so_giao_duc", "from": "2024-01-15", "to": "2024-01-16"}).text
    assert mine.count('class="duty') == 3 and 'name="from" value="2024-01-15"' in mine
    assert "/v1/duties.xlsx?unit=co_so_giao_duc&amp;from=2024-01-15&amp;to=2024-01-16" in mine
    found = client.get("/v1/search", params={"q": question}).json()["due"]
    assert (found["from"], found["to"], found["count"], len(found["duties"])) == (
        "2024-01-01", "2024-01-31", SHOWN + 3, SHOWN
    )  # fmt: skip
    assert client.get("/v1/search", params={"q": "báo cáo học kỳ"}).json()["due"] is None
    assert 'class="dues"' not in client.get("/", params={"q": "báo cáo học kỳ"}).text
    client.get("/truong-toi", params={"unit": "co_so_giao_duc", "level": "thpt"})  # remembered
    viec = found["duties"][0]["id"]
    client.post("/truong-toi/xong", data={"don_vi": "unit=co_so_giao_duc&level=thpt", "viec": viec})
    assert client.get("/", params={"q": question}).text.count("✓ đã xong") == 1
    assert "level=thpt&amp;from=" in client.get("/", params={"q": "tháng 1/2024 phải làm gì"}).text
    cli("ingest", folder)
    capsys.readouterr()
    assert cli("search", question) == 0
    text = capsys.readouterr().out
    assert f"tháng 1/2024: {SHOWN + 3} việc" in text and "▶ 15/01/2024 – " in text
    assert "congvan duties --from 2024-01-01 --to 2024-01-31" in text
