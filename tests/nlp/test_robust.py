"""Text that is no directive, hostile text, long text: empty facts, in time."""

from __future__ import annotations

import time

import pytest

from corpus.facts import Facts, Header
from tests.nlp.texts import document, facts_of, reader

POEM = (
    "Trăm năm trong cõi người ta,\nChữ tài chữ mệnh khéo là ghét nhau.\nTrải qua một "
    "cuộc bể dâu,\nNhững điều trông thấy mà đau đớn lòng.\n"
)
TABLE = "STT\tHọ và tên\tNgày sinh\tĐiểm\n1\tNguyễn Văn A\t01/02/2010\t8,5\n2\tTrần Thị B\t15/11/2010\t9,0\n"
ENGLISH = "The Ministry shall report to the Parliament before 15/10/2023 pursuant to Regulation 12/2020.\n"


@pytest.mark.parametrize("text", ["", " \n \f ", POEM, TABLE, ENGLISH, "\f\f\f", "12345\n" * 50, "....." * 100])
def test_no_directive_gives_empty_facts(text: str) -> None:
    facts = reader().read(document(text))
    assert (facts.citations, facts.deadlines, facts.duties, facts.conflicts) == ((), (), (), ())
    assert facts.header.as_dict() == Header().as_dict()


HOSTILE = [
    "1/" * 40_000,
    "số " * 30_000,
    "ngày 1 tháng " * 10_000,
    "Điều " * 20_000,
    "A-" * 40_000,
    "(" * 60_000,
    "12/KH-" * 12_000,
    "theo quy định của " * 6_000,
    "trong vòng 10 ngày kể từ ngày " * 4_000,
    "các trường, " * 10_000,
    "Nơi nhận:\n" * 5_000,
    "Phụ lục\n" * 5_000,
    "thời hạn a a a a a " * 6_000,
    "1 Aa\n" * 5_000,
    "**" * 40_000,
    "<a" * 40_000,
    "V/v a b c\n" * 3_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=[h[:16].strip() for h in HOSTILE])
def test_hostile_text_ends_in_time(text: str) -> None:
    start = time.process_time()
    assert isinstance(facts_of(text), Facts)
    assert time.process_time() - start < 12


def test_time_grows_with_length_and_no_faster() -> None:
    item = (
        "1. Các trường gửi báo cáo về Sở GDĐT (qua Phòng GDTrH) theo Thông tư số 32/2020/TT-BGDĐT "
        "trước ngày 15/12/2023.\n"
    )
    facts_of(item)

    def seconds(copies: int) -> float:
        start = time.process_time()
        facts_of(item * copies)
        return time.process_time() - start

    small = min(seconds(100) for _ in range(2))
    assert seconds(400) < 10 * small


@pytest.mark.parametrize("joint", [", ", "; ", " và "])
def test_hundreds_of_dates_in_one_paragraph_take_linear_time(joint: str) -> None:
    def seconds(count: int) -> float:
        dates = joint.join(f"trước ngày {k % 28 + 1:02d}/{k % 12 + 1:02d}/2024" for k in range(count))
        start = time.process_time()
        facts = facts_of(f"1. Các trường gửi báo cáo về Sở GDĐT {dates}.")
        assert len(facts.deadlines) == count
        return time.process_time() - start

    # the best of several on both sides: other work on the machine only slows
    small, large = (min(seconds(count) for _ in range(3)) for count in (75, 300))
    assert large < 8 * small + 0.2


@pytest.mark.slow
def test_ten_megabytes_of_one_line() -> None:
    text = "Trăm năm trong cõi người ta, chữ tài chữ mệnh khéo là ghét nhau, " * 160_000
    start = time.process_time()
    facts = reader().read(document(text))
    assert (facts.citations, facts.deadlines, facts.duties) == ((), (), ())
    assert time.process_time() - start < 30
