"""Corrections: they change search and duties at once, survive another reading, are in the log, and are undone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from api.app import create_app
from api.library import Library
from api.settings import Settings
from corpus.corrections import Anchor, Correction, with_facts, with_words, word_anchor
from corpus.document import Box, Document, Edit, Page, Word, content_id
from corpus.facts import Conflict, Facts, Header, evidence
from tests.api.conftest import FIRST, NOW
from tests.api.rooms import ToyRooms

BLURRED = FIRST.replace("báo cáo học kỳ", "báo cao học kỳ")


@pytest.fixture
def client(settings: Settings, library: Library) -> Iterator[TestClient]:
    with TestClient(create_app(settings, library), base_url="http://127.0.0.1") as made:
        yield made


def taken_in(library: Library) -> str:
    return library.add(BLURRED.encode(), "một.pdf").document or ""


def word(library: Library, document: str, text: str) -> dict[str, Any]:
    start = library.show(document).document.pages[0].text.index(text)
    return {"target": "word", "page": 1, "start": start, "end": start + len(text)}


def test_a_corrected_word_is_found_and_owed_at_once(client: TestClient, library: Library) -> None:
    document = taken_in(library)
    assert "báo cao" in library.duties(library.profile())[0].duty.task
    sent = {**word(library, document, "cao"), "action": "edit", "changes": {"text": "cáo"}}
    made = client.post(f"/v1/documents/{document}/corrections", json=sent)
    assert made.status_code == 201, made.text
    row = library.duties(library.profile())[0]
    assert row.duty.task == "nộp báo cáo học kỳ 1 của trường THPT" and row.due == "2024-01-15"
    assert row.duty.evidence.source.endswith("báo cao học kỳ 1 của trường THPT")
    assert any("báo cáo học kỳ" in hit.text for hit in library.search("báo cáo").hits)
    page = client.get(f"/van-ban/{document}").text
    assert 'data-source="cao"' in page
    assert client.get("/v1/audit").json()[0]["action"] == "correct.edit"
    undone = client.delete(f"/v1/corrections/{made.json()['id']}")
    assert undone.status_code == 200 and "báo cao" in library.duties(library.profile())[0].duty.task
    assert client.delete(f"/v1/corrections/{made.json()['id']}").status_code == 404
    assert library.store.reading(document)[0].text == BLURRED


def test_corrections_survive_removal_and_another_reading(library: Library, rooms: ToyRooms) -> None:
    document = taken_in(library)
    sent = {**word(library, document, "cao"), "action": "edit", "changes": {"text": "cáo"}}
    library.correcting.correct(document, sent)
    library.remove(document)
    library.add(BLURRED.encode(), "một.pdf")
    assert "báo cáo" in library.duties(library.profile())[0].duty.task
    assert library.store.reading(document)[0].text == BLURRED
    library.undo_correction(library.corrections()[0].id)
    assert "báo cao" in library.duties(library.profile())[0].duty.task


def test_a_duty_is_given_a_day_another_is_rejected(client: TestClient, library: Library) -> None:
    document = taken_in(library)
    rows = library.duties(library.profile())
    dated, undated = rows[0].known.key, rows[1].known.key
    url = f"/v1/documents/{document}/corrections"
    changes = {"due": "31/01/2024", "actor": ["co_so_giao_duc"], "levels": ["thpt"]}
    sent = {"target": "duty", "key": undated, "action": "edit", "changes": changes}
    assert client.post(url, json=sent).status_code == 201
    sent = {"target": "deadline", "key": dated, "action": "reject"}
    assert client.post(url, json=sent).status_code == 201
    school = {"unit": "co_so_giao_duc", "level": "thpt"}
    (row,) = client.get("/v1/duties", params=school).json()["duties"]
    assert (row["due"], row["id"], row["confidence"]) == ("2024-01-31", undated, 1.0)
    assert len(client.get("/v1/corrections").json()) == 2


def test_a_duty_and_the_header_are_corrected_on_the_directives_own_page(client: TestClient, library: Library) -> None:
    """What the machine was sure of, too; only what a person changed is a correction; wrong input says why."""
    document = taken_in(library)
    plain = client.get(f"/van-ban/{document}").text
    assert "?dau=d0&amp;sua=d0#sua" in plain and "<textarea" not in plain
    form = client.get(f"/van-ban/{document}", params={"dau": "d0", "sua": "d0"}).text
    key = re.search(r'name="khoa" value="([^"]+)"', form)
    held = library.duties(library.profile())[0].duty
    assert key and held.task in form and 'name="don_vi" value="co_so_giao_duc" checked' in form
    sent = {
        "van_ban": document, "loai": "deadline", "khoa": key[1], "dau": "d0", "viec": "edit", "chu": held.task,
        "han": "2024-01-20", "don_vi": list(held.actor), "cap": list(held.levels or ()),
    }  # fmt: skip
    back = client.post("/can-xem-lai", data=sent, follow_redirects=False)
    assert back.headers["location"].startswith(f"/van-ban/{document}?dau=d0&vua=")
    (made,) = library.corrections()
    assert made.changes == {"due": "2024-01-20"} and library.duties(library.profile())[0].due == "2024-01-20"
    assert "Đã ghi: sửa." in client.get(back.headers["location"]).text
    undone = client.post("/can-xem-lai/hoan-tac", data={"ma": made.id, "van_ban": document}, follow_redirects=False)
    assert undone.headers["location"].startswith(f"/van-ban/{document}") and library.corrections() == []

    header = {"van_ban": document, "loai": "header", "dau": "", "viec": "edit", "so": "15/SGDĐT-VP"}
    wrong = client.post("/can-xem-lai", data=header | {"nam_hoc": "2023-2029"})
    assert "không phải là một năm học" in wrong.text and library.corrections() == []
    client.post("/can-xem-lai", data=header | {"nam_hoc": "2022-2023"})
    assert [row.changes for row in library.corrections()] == [{"school_year": "2022-2023"}]
    rejected = {"van_ban": document, "loai": "deadline", "khoa": key[1], "viec": "reject"}
    client.post("/can-xem-lai", data=rejected)
    assert all(row.due is None for row in library.duties(library.profile()))


def test_what_a_form_of_words_means_is_no_contradiction(client: TestClient, library: Library) -> None:
    document = library.show(taken_in(library))
    found = evidence(document.document, 0, 3, "citation.open", 0.6)
    facts = replace(document.facts, conflicts=(Conflict(found, "Chưa rõ “Văn bản nêu trên” là văn bản nào."),))
    library.store.save(document.document, facts, None, NOW)
    page = client.get("/can-xem-lai").text
    assert "chưa rõ viện dẫn văn bản nào" in page and "Đúng là chưa rõ" in page and "mâu thuẫn" not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"target": "duty", "key": "x", "action": "accept"},
        {"target": "word", "page": 1, "start": 5, "end": 4, "action": "accept"},
        {"target": "word", "page": 1, "start": 0, "end": 3, "action": "edit", "changes": {"text": " "}},
        {"target": "header", "action": "edit", "changes": {"date": "mai"}},
        {"target": "header", "action": "edit"},
        {"item": "nichts", "action": "accept"},
        {"action": "accept"},
        {"action": "löschen"},
    ],
)
def test_what_does_not_fit_is_refused(client: TestClient, library: Library, wrong: dict[str, Any]) -> None:
    document = taken_in(library)
    answer = client.post(f"/v1/documents/{document}/corrections", json=wrong)
    assert answer.status_code in (404, 422) and answer.json()["detail"]
    assert library.corrections() == []


def test_the_header_can_be_corrected(client: TestClient, library: Library) -> None:
    document = taken_in(library)
    sent = {"target": "header", "action": "edit", "changes": {"number": "16/SGDĐT-VP", "date": "02/09/2023"}}
    assert client.post(f"/v1/documents/{document}/corrections", json=sent).status_code == 201
    assert library.one("16/SGDĐT-VP").date == "2023-09-02"


def test_a_directive_whose_letterhead_was_not_read_is_filled_in_on_the_page(
    client: TestClient, library: Library
) -> None:
    document = taken_in(library)
    stored = library.store.get(document)
    bare = replace(stored.facts.header, number=None, issuer=None, issuer_level=None)
    library.store.save(stored.document, replace(stored.facts, header=bare), None, NOW)
    (item,) = client.get("/v1/review").json()["items"]
    assert (item["target"], item["reading"]) == ("header", "Chưa đọc được số ký hiệu, cơ quan ban hành.")
    shown = client.get("/can-xem-lai").text
    assert "Văn bản không ghi" in shown and "Điền vào" in shown and 'name="viec" value="reject"' not in shown
    form = {"van_ban": document, "muc": item["id"], "loai": "header", "viec": "edit"}
    wrong = client.post("/can-xem-lai", data={**form, "so": "chưa rõ"}, follow_redirects=True).text
    assert "không phải là số ký hiệu" in wrong
    named = {"so": "16 /SGD&ĐT-VP", "noi": "Sở Giáo dục và Đào tạo Phú Lâm"}
    assert "Đã ghi" in client.post("/can-xem-lai", data={**form, **named}, follow_redirects=True).text
    found = library.one("16/SGDĐT-VP")
    assert (found.issuer, found.issuer_level) == (named["noi"], "so")
    assert client.get("/v1/review").json()["items"] == []


@pytest.mark.parametrize(
    ("typed", "kept"), [("12/TB", "12/TB"), ("415/THCS", "415/THCS"), ("9", "9"), ("16/SGD&ĐT-VP", "16/SGDĐT-VP")]
)
def test_a_number_whose_symbol_no_table_knows_is_kept_as_typed(
    client: TestClient, library: Library, typed: str, kept: str
) -> None:
    document = taken_in(library)
    sent = {"target": "header", "action": "edit", "changes": {"number": typed}}
    assert client.post(f"/v1/documents/{document}/corrections", json=sent).status_code == 201
    assert library.store.get(document).info.number == kept


@pytest.mark.parametrize(
    ("issuer", "level"),
    [
        ("Bộ Giáo dục và Đào tạo", "bo"),
        ("Sở GDĐT tỉnh Phú Lâm", "so"),
        ("Phòng GD&ĐT huyện Tân An Đông", "phong"),
        ("Trường THCS Nguyễn Khuyến", "truong"),
        ("Trung tâm GDNN-GDTX Bình Lạc", "truong"),
        ("UBND xã Đồng Tân", None),
        ("Phòng Văn hóa - Xã hội", None),
        ("Bộ phận một cửa", None),
    ],
)
def test_an_office_that_a_person_names_has_the_level_of_its_name(issuer: str, level: str | None) -> None:
    made = Correction("1", "d", NOW, "edit", "header", Anchor(1, ""), {"issuer": issuer})
    document = Document("d", "d.txt", "text/plain", (Page(1, "a"),))
    assert with_facts(document, Facts(Header()), [made]).header.issuer_level == level


def test_the_page_lists_decides_and_undoes(client: TestClient, library: Library) -> None:
    document = taken_in(library)
    stored = library.store.get(document)
    page = stored.document.pages[0]
    start = page.text.index("cao")
    words = tuple(replace(w, confidence=0.3 if w.start == start else 0.9) for w in page.words)
    edits = (Edit(0, 2, "So", 0.2, alternatives=("Sổ",)),)
    read = replace(stored.document, pages=(replace(page, words=words, edits=edits),))
    library.store.save(read, stored.facts, None, NOW)
    items = client.get("/v1/review").json()["items"]
    assert [(item["reading"], item["source"]) for item in items] == [("Số", "So"), ("cao", "cao")]
    shown = client.get("/can-xem-lai").text
    assert "<mark>cao</mark>" in shown and "gốc: So" in shown
    form = {"van_ban": document, "muc": items[1]["id"], "viec": "edit", "chu": "cáo", "loai": "word"}
    crossed = client.post("/can-xem-lai", data=form, headers={"sec-fetch-site": "cross-site"})
    assert crossed.status_code == 403 and library.corrections() == []
    after = client.post("/can-xem-lai", data=form).text
    assert "Đã ghi" in after and "<mark>cao</mark>" not in after
    client.post("/can-xem-lai", data={"van_ban": document, "muc": items[0]["id"], "viec": "reject"})
    assert library.show(document).document.text.startswith("So:")
    # its number was read with the word that is gone
    assert [item["target"] for item in client.get("/v1/review").json()["items"]] == ["header"]
    cao = next(row for row in library.corrections() if row.anchor.text == "cao")
    client.post("/can-xem-lai/hoan-tac", data={"ma": cao.id})
    assert "<mark>cao</mark>" in client.get("/can-xem-lai").text


LETTERS = st.text("ab \n", min_size=1, max_size=60)


@given(LETTERS, st.integers(0, 59), st.integers(1, 5), st.text("abc", min_size=1, max_size=8))
def test_places_move_along_with_a_corrected_word(text: str, start: int, length: int, new: str) -> None:
    spans = [(k, k + 1) for k, c in enumerate(text) if c not in " \n"]
    words = tuple(Word(a, b, Box(a, 0, b, 1), 0.5) for a, b in spans)
    page = Page(1, text, words=words, edits=(Edit(0, 1, "x", 0.5),) if text[0] not in " \n" else ())
    document = Document(content_id(text.encode()), "t", "text/plain", (page,))
    old = text[start : start + length]
    if not old or "\n" in old:
        return
    made = Correction("c", document.id, NOW, "edit", "word", word_anchor(page, start, start + length), {"text": new})
    fixed = with_words(document, [made])
    for word in fixed.pages[0].words:
        assert 0 <= word.start <= word.end <= len(fixed.text)
    assert fixed.source_text(0, len(fixed.text)) == document.source_text(0, len(text))
    assert fixed is document or len(fixed.text) == len(text) + len(new) - len(old)
