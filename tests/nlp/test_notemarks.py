"""Marks of footnotes that the text of a PDF glues to days."""

from __future__ import annotations

import pytest

from tests.nlp.texts import due, facts_of

NOTES = "\n1 Theo mẫu gửi kèm.\n8,9 Phòng GDĐT tổng hợp báo cáo của các trường.\n2 Bản có dấu."


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("1. Báo cáo\n- Gửi báo cáo sơ kết về Sở GDĐT trước ngày 15/018.", ["2024-01-15"]),
        ("1. Báo cáo\n- Gửi báo cáo tổng kết về Sở GDĐT trước ngày 30/59.", ["2024-05-30"]),
        ("1. Báo cáo\n- Nộp hồ sơ trước ngày 25/5/20241, bản in trước ngày 28/5/2024.", ["2024-05-25", "2024-05-28"]),
        ("1. Báo cáo\n- Khảo sát trong tháng 12/20232, gửi kết quả trước 05/01/2024.", ["2023-12-31", "2024-01-05"]),
        ("1. Báo cáo\n- Nộp hồ sơ trước ngày 12/11.", ["2023-11-12"]),
        ("1. Báo cáo\n- Nộp hồ sơ trước ngày 12/1.", ["2024-01-12"]),
    ],
)  # fmt: skip
def test_days_with_marks(text: str, days: list[str]) -> None:
    assert [row.due for row in due(text + NOTES)] == days


def test_what_no_note_tells_stays() -> None:
    assert [row.due for row in due("1. Báo cáo\n- Gửi báo cáo về Sở GDĐT trước ngày 15/017.")] == []


def test_the_place_of_what_follows_stays() -> None:
    (row,) = facts_of("1. Báo cáo\n- Trước ngày 25/5/20241, các trường THPT nộp hồ sơ về Sở GDĐT." + NOTES).deadlines
    assert row.due_evidence.surface.startswith("Trước ngày 25/5/2024")
    assert "các trường THPT nộp hồ sơ về Sở GDĐT." in row.evidence.surface
