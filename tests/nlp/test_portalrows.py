"""Tables of law portals whose cells stand in lines of their own are read row by row; places lead back to the source."""

from __future__ import annotations

import time

from nlp.page.lines import lines_of
from nlp.page.portalrows import with_rows
from tests.nlp.texts import HEAD, TAIL, document, facts_of

_LEAD = "Sở GDĐT yêu cầu các đơn vị thực hiện các nội dung sau:\n"
_TITLES = ("TT", "Nhiệm vụ", "Đơn vị thực hiện", "Thời gian")
_ROWS = (
    ("1", "Nộp hồ sơ thi\nđua", "Các trường\nTHPT", "Trước ngày 10/10/2023"),
    ("2", "Tổng hợp danh sách", "Phòng GDĐT", "Trước ngày\n20/10/2023"),
    ("3", "Công bố kết quả", "", "Ngày 25/10/2023"),
)


def cells(*rows: tuple[str, ...]) -> str:
    return "".join(f"{cell}\n|\n" if cell else "|\n" for row in rows for cell in row)


def test_a_table_of_tasks() -> None:
    facts = facts_of(_LEAD + cells(_TITLES, *_ROWS) + "Trên đây là hướng dẫn của Sở./.\n")
    text = HEAD + _LEAD
    found = [(d.due, d.task, d.due_evidence.surface) for d in facts.deadlines]
    assert [(due, task) for due, task, _ in found] == [
        ("2023-10-10", "Nộp hồ sơ thi đua."),
        ("2023-10-20", "Tổng hợp danh sách."),
        ("2023-10-25", "Công bố kết quả."),
    ]
    assert found[1][2] == "Trước ngày\n20/10/2023"
    whole = text + cells(_TITLES, *_ROWS)
    for row in facts.deadlines:
        assert whole[row.due_evidence.start : row.due_evidence.end] == row.due_evidence.surface
    assert [d.actor for d in facts.deadlines[:2]] == [("co_so_giao_duc",), ("phong_gddt",)]
    assert facts.header.recipients == ("Như trên", "Lưu: VT, GDTrH") and TAIL


def test_what_is_no_such_table_stays() -> None:
    for text in (
        cells(("TT", "Nhiệm vụ"), ("Một", "Hai")),  # no running number
        "TT\n|\nNhiệm vụ\n1\n2\n",  # no strokes behind
        cells(("TT", "1")),  # one column
        cells(*[(f"{k}", "a") for k in range(3)]),  # no title
        "TT | Nhiệm vụ | Thời gian |\n1 | Nộp | 10/10/2023 |\n",  # rows in lines already
    ):
        lines = lines_of(document(text))
        assert with_rows(lines) == lines


def test_hostile_tables_end_in_time() -> None:
    for text in ("TT\n|\n" * 2_000, "TT\n|\na\n|\n1\n|\n" * 800, "TT\n" * 4_000, cells(_TITLES, *_ROWS) * 200):
        lines = lines_of(document(text))
        start = time.process_time()
        with_rows(lines)
        assert time.process_time() - start < 2
