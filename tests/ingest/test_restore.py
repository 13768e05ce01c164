"""The restorer with the shipped model: what comes back, what is left alone, and what each edit says."""

from __future__ import annotations

import random
import time
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import MissingDependencyError
from corpus.text import nfc
from ingest.restore.candidates import Candidates, Damage
from ingest.restore.restorer import Restorer
from tests.bench.restore import right, stripped, toneless, wrong_tones

pytestmark = pytest.mark.slow

CLEAN = """UBND TỈNH HÒA SƠN
SỞ GIÁO DỤC VÀ ĐÀO TẠO
Số: 412/SGDĐT-VP
1. Các trường trung học phổ thông lập danh sách giáo viên tham gia bồi dưỡng, gửi về Sở trước ngày 12/10/2023.
2. Phòng Giáo dục và Đào tạo kiểm tra việc công khai các khoản thu tại các trường tiểu học trên địa bàn;
a) Thời gian kiểm tra: từ ngày 06 tháng 11 đến ngày 17 tháng 11 năm 2023;
b) Kết quả kiểm tra được báo cáo bằng văn bản và gửi qua địa chỉ vanphong@hoason.edu.vn.
Nơi nhận: Như trên; Lưu: VT, KHTC."""

BROKEN = """UBND TINH HOA SON
SO GIAO DUC VA DAO TAO
S6: 412/SGDDT-VP
1. Cac truong trung hoc phé théng lap danh sach gido vién tham gia béi dudng, giti vé Sé trudc ngay 12/10/2023.
2. Phong Giáo duc va Dao tao kiém tra viéc céng khai cac khoan thu tai cac truong tiéu hoc trén dia ban;
a) Thoi gian kiém tra: tir ngay 06 thang 11 dén ngay 17 thang 11 nam 2023;
b) Két qua kiém tra duoc bao cao bang van ban va gti qua dia chi vanphong@hoason.edu.vn.
Noi nhan: Nhu trén; Luu: VT, KHTC."""

ENGLISH = "The office shall keep a written record of every visit.\nIt sends a copy to the school within one week.\n"


@lru_cache(maxsize=1)
def restorer() -> Restorer:
    """Return the shipped restorer, loaded once."""
    return Restorer.load()


def accuracy(text: str, gold: str) -> float:
    """Return the share of right words."""
    return right(text.split("\n"), gold.split("\n"))


def test_broken_text_comes_back() -> None:
    repaired = restorer().restore(BROKEN)
    assert accuracy(repaired.text, CLEAN) >= 0.95, repaired.text
    assert "412/SGDĐT-VP" in repaired.text
    assert "vanphong@hoason.edu.vn" in repaired.text
    assert repaired.text.count("\n") == BROKEN.count("\n")
    assert {e.rule for e in repaired.edits} == {"restored", "number"}


@pytest.mark.parametrize("text", [CLEAN, CLEAN + "\n\f" + CLEAN, ENGLISH, "", "\n\f\n", "12 34\n56,7 8/9", "Sở GDĐT"])
def test_what_is_not_broken_comes_back_byte_for_byte(text: str) -> None:
    assert restorer().restore(text).text == text
    assert restorer().restore(text).edits == ()


def test_only_the_broken_page_is_changed() -> None:
    out = restorer().restore("\f".join([CLEAN, BROKEN, ENGLISH])).text.split("\f")
    assert out[0] == CLEAN
    assert accuracy(out[1], CLEAN) >= 0.95
    assert out[2] == ENGLISH


@pytest.mark.parametrize(("damage", "least"), [(stripped, 0.96), (toneless, 0.97)])
def test_lost_marks_come_back(damage: object, least: float) -> None:
    assert callable(damage)
    assert accuracy(restorer().restore(damage(CLEAN)).text, CLEAN) >= least


def test_wrong_tones_get_better() -> None:
    wrong = wrong_tones(CLEAN, random.Random(4))
    assert accuracy(restorer().restore(wrong).text, CLEAN) >= accuracy(wrong, CLEAN) + 0.15


def test_query_without_marks() -> None:
    assert restorer().restore("han nop bao cao hoc ky 1", force=True).text == "hạn nộp báo cáo học kỳ 1"
    assert restorer().restore("thời hạn báo cáo", force=True).text == "thời hạn báo cáo"


def test_edits_carry_source_confidence_and_alternatives() -> None:
    repaired = restorer().restore(BROKEN)
    assert repaired.source() == BROKEN
    assert all(0 <= e.confidence <= 1 for e in repaired.edits)
    assert all(repaired.text[e.start : e.end] not in e.alternatives for e in repaired.edits)
    sure = [e.confidence for e in repaired.edits if repaired.text[e.start : e.end] in CLEAN.split()]
    assert sum(sure) / len(sure) > 0.85


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(st.sampled_from(BROKEN.split(" ")), st.text(max_size=12)), max_size=60), st.booleans())
def test_any_text_keeps_its_lines_and_its_source(parts: list[str], force: bool) -> None:
    text = " ".join(parts)
    repaired = restorer().restore(text, force=force)
    assert repaired.source() == (nfc(text) if repaired.edits else text)
    assert [c for c in repaired.text if c in "\n\f"] == [c for c in text if c in "\n\f"]


def test_time_grows_linearly_with_a_long_line() -> None:
    one, eight = (BROKEN.replace("\n", " ") * n for n in (40, 320))
    restorer().restore(one)
    times = []
    for text in (one, eight):
        start = time.process_time()
        restorer().restore(text)
        times.append(time.process_time() - start)
    assert times[1] < 8 * times[0] * 1.8


@pytest.mark.parametrize(
    ("noisy", "meant"),
    [
        ("vé&", "về"),
        ("v0i", "với"),
        ("klem", "kiểm"),
        ("10p", "lớp"),
        ("$6", "Sở"),
        ("S86", "Sở"),
        ("S&6", "Sở"),
        ("B6GDDT", "Bộ GDĐT"),
        ("S@GDDT", "Sở GDĐT"),
        ("GDDBT", "GDĐT"),
    ],
)
def test_what_no_page_showed_is_found_by_the_dear_search(noisy: str, meant: str) -> None:
    rows = Candidates(restorer().model, Damage.OCR).readings(noisy).rows
    assert meant in [row.text for row in rows]


def test_an_abbreviation_that_comes_again_and_again_stays_what_it_is() -> None:
    office = "\nPhong TCCB cua So GDDT chi tri."
    text = BROKEN + office + "\nBao cao gti vé phong TCCB, So GDDT.\nPhong TCCB tong hop, trinh lanh dao So GDDT."
    restored = restorer().restore(text).text
    assert restored.count("TCCB") == 3, restored
    assert restored.count("Sở GDĐT") == 3, restored


def test_adaptation_learns_the_office_words_and_changes_nothing_else() -> None:
    office = "Đề án Trường học xanh Hoa Ngâu do trung tâm Hoa Ngâu chủ trì, trường Hoa Ngâu thí điểm.\n" * 3
    noisy = BROKEN + "\nDé an Truong hoc xanh Hoa Ngau do trung tam Hoa Ngau chu tri."
    adapted = restorer().adapted([office])
    assert "Trường học xanh Hoa Ngâu" in adapted.restore(noisy).text
    assert "Hoa Ngâu" not in restorer().restore(noisy).text
    assert adapted.restore(noisy) == restorer().adapted([office]).restore(noisy)
    assert adapted.restore(CLEAN).text == CLEAN


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingDependencyError, match="mô hình"):
        Restorer.load(tmp_path)


def test_layout_marks_come_back_in_a_broken_text() -> None:
    broken = (
        "I. MOT SO NHIEM VU TRONG TAM\n1. Trién khai c6 hiéu qua Chuong trinh chuyén déi s6\nI. TO CHUC THUC HIEN\n"
        "Cac phong chuyén m6n PGDDT va trung tam hoc tap cong dong (TTHTCD) thuc hién.\n"
        "Mdi TTHTCD béo cdo PGDDT.\nNoi nhan:\n~ Nhu trén;\n"
    )
    lines = restorer().restore(broken).text.split("\n")
    assert [line.split()[0] for line in (lines[0], lines[2], lines[6])] == ["I.", "II.", "-"]
    assert "TTHTCĐ" in lines[4]
    assert "PGDĐT" in lines[3]
    assert lines[6] == "- Như trên;"


def test_what_stands_before_a_number_for_so_is_so() -> None:
    restored = restorer().restore(BROKEN + "\nthyc hién theo TT s6 20/2018/TT-BGDDT va QD s6 53/2008/QD-BGDDT.").text
    assert restored.endswith("TT số 20/2018/TT-BGDĐT và QĐ số 53/2008/QĐ-BGDĐT."), restored


def test_an_ampersand_in_the_office_stays() -> None:
    text = BROKEN + "\nPhong GD&DT va PGDDT gti bao cao vé SGD&DT theo Ké hoach s6 12/KH-SGD&DT."
    restored = restorer().restore(text).text
    assert [restored.count(w) for w in ("Phòng GD&ĐT", "PGDĐT", "về SGD&ĐT", "12/KH-SGD&ĐT")] == [1, 1, 1, 1], restored
