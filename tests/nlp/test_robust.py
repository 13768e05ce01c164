"""Text that is no directive, hostile text, long text: empty facts, in time."""

from __future__ import annotations

import cProfile
import pstats
import time

import pytest

from corpus.facts import Facts, Header
from nlp.naming import actors, levelnames
from nlp.words import folding
from tests.nlp.texts import document, facts_of, reader

POEM = (
    "Trăm năm trong cõi người ta,\nChữ tài chữ mệnh khéo là ghét nhau.\nTrải qua một "
    "cuộc bể dâu,\nNhững điều trông thấy mà đau đớn lòng.\n"
)
TABLE = "STT\tHọ và tên\tNgày sinh\tĐiểm\n1\tNguyễn Văn A\t01/02/2010\t8,5\n2\tTrần Thị B\t15/11/2010\t9,0\n"
FRENCH = "Le ministère transmet avant le 15/10/2023 la circulaire no 12/2020 relative aux écoles primaires.\n"
SCORES = "STT,Họ tên,Lớp,Toán,Văn\n" + "".join(f"{k},Trần Thị {k},9A{k},8.5,7.25\n" for k in range(1, 60))
CODE = "def f(x):\n    return x / 2020  # see RFC 12/2020\n" * 20
RECIPE = "1. Rửa sạch rau.\n2. Luộc trong 5 phút.\n3. Vớt ra trước khi ăn 10 phút.\n"
ENGLISH = "The Ministry shall report to the Parliament before 15/10/2023 pursuant to Regulation 12/2020.\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n \f ",
        POEM,
        TABLE,
        ENGLISH,
        FRENCH,
        SCORES,
        CODE,
        RECIPE,
        POEM * 500,
        "\f\f\f",
        "12345\n" * 50,
        "....." * 100,
    ],
)
def test_no_directive_gives_empty_facts(text: str) -> None:
    facts = reader().read(document(text))
    assert (facts.citations, facts.deadlines, facts.duties, facts.conflicts) == ((), (), (), ())
    assert facts.header.as_dict() == Header().as_dict()
    assert facts.confidence == 0


def test_a_directive_is_known_with_more_confidence_the_more_of_it_is_there() -> None:
    whole = facts_of("1. Các trường gửi báo cáo trước ngày 15/12/2023.").confidence
    extract = facts_of("1. Các trường gửi báo cáo trước ngày 15/12/2023.", head="", tail="").confidence
    assert 0.9 < whole <= 1 and 0 < extract <= 0.5


HOSTILE = [
    "1/" * 40_000,
    "số " * 30_000,
    "ngày 1 tháng " * 10_000,
    "Điều " * 20_000,
    "A-" * 40_000,
    "(" * 60_000,
    "12/KH-" * 12_000,
    "12/QĐ-UBND " * 6_000,
    "7" * 400_000,
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
    "|\n" * 6_000,
    "- Như trên;\n|\nKT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Lê Văn An\n|\n" * 500,
    "KT. GIÁM ĐỐC | " * 1_500,
    "Kính\ngửi:\n|\nSố hiệu:\n|\nSố:\n" * 800,
    "họcsinh" * 8_000,
    "Ấ,ấ." * 12_000,
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


def work(text: str) -> int:
    """Return how many calls it takes to read the body ``text``: the same on every machine, however busy, and whatever
    was read before."""
    for remembered in (actors._known_group, levelnames._levels_in, folding._folded_line):
        remembered.cache_clear()
    profile = cProfile.Profile()
    profile.runcall(facts_of, text)
    return sum(row[0] for row in pstats.Stats(profile).stats.values())  # type: ignore[attr-defined]  # no stub names it


CROWDED = {
    "dates": ("1. Các trường gửi báo cáo về Sở GDĐT ", "trước ngày {d:02d}/{m:02d}/2024", ", "),
    "dates, parted": ("1. Các trường gửi báo cáo về Sở GDĐT ", "trước ngày {d:02d}/{m:02d}/2024", "; "),
    "dates, joined": ("1. Các trường gửi báo cáo về Sở GDĐT ", "trước ngày {d:02d}/{m:02d}/2024", " và "),
    "sentences": ("1. ", "Các trường gửi báo cáo về Sở GDĐT trước ngày {d:02d}/{m:02d}/2024", ". "),
    "numbers": ("1. Thực hiện ", "Thông tư số {k}/2020/TT-BGDĐT ngày {d}/{m}/2020", ", "),
    "relative forms": ("1. ", "Thông tư số {k}/2020/TT-BGDĐT, Thông tư nêu trên", "; "),
    "laws": ("1. Theo ", "Luật Giáo dục năm 2019", " và "),
    "times that are described": ("1. Gửi báo cáo ", "sau {d} ngày kể từ ngày nhận văn bản số {k}/SGDĐT-VP", ", "),
}


@pytest.mark.parametrize("name", CROWDED)
def test_hundreds_of_dates_or_numbers_in_one_paragraph_take_linear_work(name: str) -> None:
    lead, form, joint = CROWDED[name]

    def body(count: int) -> str:
        return lead + joint.join(form.format(k=k + 10, d=k % 28 + 1, m=k % 12 + 1) for k in range(count)) + "."

    facts_of(body(5))
    assert work(body(300)) < 4.4 * work(body(75))


def test_every_date_of_hundreds_is_a_deadline() -> None:
    dates = ", ".join(f"trước ngày {k % 28 + 1:02d}/{k % 12 + 1:02d}/2024" for k in range(300))
    assert len(facts_of(f"1. Các trường gửi báo cáo về Sở GDĐT {dates}.").deadlines) == 300


@pytest.mark.slow
def test_ten_megabytes_of_one_line() -> None:
    text = "Trăm năm trong cõi người ta, chữ tài chữ mệnh khéo là ghét nhau, " * 160_000
    start = time.process_time()
    facts = reader().read(document(text))
    assert (facts.citations, facts.deadlines, facts.duties) == ((), (), ())
    assert time.process_time() - start < 30
