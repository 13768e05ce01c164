"""The table of rules: every example is read and rewritten as it says; clauses concern whom they name."""

import re
from typing import Any

import pytest

from nlp.drafting.marks import OWN_OFFICE, Marks
from nlp.drafting.rules import Frame, rewritten
from nlp.drafting.scope import Scope, clauses, told_by
from nlp.words.folding import folded
from nlp.words.vocabulary import table

TABLE = table("drafting")


def frame(*, districts: bool = True) -> Frame:
    name = "Phòng GDTrH"
    return Frame(Marks(), "các đơn vị", name, name, "UBND tỉnh Phú Lâm", "tỉnh Phú Lâm", districts)


@pytest.mark.parametrize("row", [*TABLE["led"], *TABLE["actor"], *TABLE["ended"]], ids=lambda row: row["before"])
def test_examples_are_rewritten(row: dict[str, Any]) -> None:
    scope = Scope.OWN if row.get("scope") == "own" else Scope.UNITS
    text, changes = rewritten(
        row["before"],
        scope,
        frame(districts=row not in TABLE["ended"]),
        opens=scope is Scope.UNITS and row["before"][0].isupper(),
    )
    assert text.replace(OWN_OFFICE, "Sở GDĐT") == row["after"]
    assert changes


@pytest.mark.parametrize(
    ("group", "row"), [(g, r) for g in ("outside", "above", "own", "own_within") for r in TABLE[g]],
    ids=lambda value: value["example"] if isinstance(value, dict) else value,
)  # fmt: skip
def test_examples_concern_whom_they_name(group: str, row: dict[str, Any]) -> None:
    find = re.search if group == "own_within" else re.match
    assert find(row["pattern"], folded(row["example"]))
    wanted = {"outside": Scope.OUTSIDE, "above": Scope.ABOVE}.get(group, Scope.OWN)
    assert told_by(row["example"]) is wanted


def test_what_goes_on_behind_a_subject() -> None:
    for row in TABLE["beyond"]:
        assert re.search(row["pattern"], row["example"])


@pytest.mark.parametrize("row", TABLE["held"], ids=lambda row: row["example"])
def test_what_the_bo_holds(row: dict[str, Any]) -> None:
    assert re.search(row["pattern"], folded(row["example"]))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "Gửi báo cáo về Bộ GDĐT (qua Cục CNTT để tổng hợp) trước ngày 15/6/2023.",
            "Gửi báo cáo về Sở GDĐT (qua Phòng GDTrH để tổng hợp) trước ngày 15/6/2023.",
        ),
        (
            "Lập danh sách, gửi Vụ Giáo dục Tiểu học trước ngày 15/6/2023.",
            "Lập danh sách, gửi Sở GDĐT (qua Phòng GDTrH) trước ngày 15/6/2023.",
        ),
        (
            "Thực hiện theo hướng dẫn của Bộ GDĐT và Thông tư của Bộ trưởng Bộ GDĐT.",
            "Thực hiện theo hướng dẫn của Bộ GDĐT và Thông tư của Bộ trưởng Bộ GDĐT.",
        ),
        ("Các sở, ban, ngành phối hợp thực hiện.", "Các sở, ban, ngành phối hợp thực hiện."),
        ("Rà soát số giáo viên của sở ban ngành.", "Rà soát số giáo viên của sở ban ngành."),
    ],
)
def test_what_is_sent_up_goes_to_the_so(before: str, after: str) -> None:
    text, _ = rewritten(before, Scope.UNITS, frame(), opens=True)
    assert text.replace(OWN_OFFICE, "Sở GDĐT") == after


def test_contacts_of_the_bo_become_questions() -> None:
    made = frame()
    text, _ = rewritten(
        "liên hệ ông Tạ Văn Đình, chuyên viên chính, ĐT: 024.38684282, thư điện tử abc@moet.gov.vn.",
        Scope.UNITS, made, opens=False,
    )  # fmt: skip
    runs = made.marks.runs(text)
    assert "024" not in "".join(r.text for r in runs)
    assert "moet" not in "".join(r.text for r in runs)
    assert sum(r.gap is not None for r in runs) == 3


def test_a_clause_goes_on_with_the_one_before_it_and_a_sentence_begins_anew() -> None:
    text = (
        "Bộ GDĐT tổ chức hội thảo: miền Bắc ngày 05/12/2019; miền Nam ngày 12/12/2019. "
        "Mỗi sở cử 04 người tham dự; các phòng GDĐT lập danh sách. Báo cáo kết quả."
    )
    assert [c.scope for c in clauses(text, Scope.UNITS)] == [
        Scope.ABOVE, Scope.ABOVE, Scope.ABOVE, Scope.OWN, Scope.UNITS, Scope.UNITS,
    ]  # fmt: skip
    assert "".join(text[c.start : c.end] for c in clauses(text, Scope.UNITS)) == text
