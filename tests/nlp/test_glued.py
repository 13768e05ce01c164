"""Words glued together by a converter are read apart; offsets lead back to the source."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.page.lines import join, lines_of
from nlp.words.glued import missing_blanks
from tests.nlp.texts import document

GLUED = [
    ("các Sở Giáo dục vàĐào tạo", "các Sở Giáo dục và Đào tạo"),
    ("đề nghị cácSở báocáo", "đề nghị các Sở báo cáo"),
    ("Kínhgửi: cáctrường", "Kính gửi: các trường"),
    ("kiểm địnhchất lượng giáo dục", "kiểm định chất lượng giáo dục"),
    ("từ đầu nămhọc đến hết họckỳ I", "từ đầu năm học đến hết học kỳ I"),
    ("đềnghị các đơnvị phốihợp", "đề nghị các đơn vị phối hợp"),
    ("BộGiáo dục, PhòngGDĐT, trườngTHPT", "Bộ Giáo dục, Phòng GDĐT, trường THPT"),
    ("năm học2007-2008, ngày04/6/2010", "năm học 2007-2008, ngày 04/6/2010"),
    ("tổng hợp chung,Bộ đề nghị", "tổng hợp chung, Bộ đề nghị"),
    ("giáodụcthể chất", "giáo dục thể chất"),
    ("triển khai kếhoạch.Các trường", "triển khai kế hoạch. Các trường"),
    ("đạibiểu dựhọp, nângcao, bangiám hiệu", "đại biểu dự họp, nâng cao, ban giám hiệu"),
]
#: What stays: abbreviations, addresses, footnote marks, names of peoples and places, foreign words.
WHOLE = [
    "GDTrH, SGDĐT, GDĐT, PTDTNT, KT&KĐCL, ThS, GDMN-GDTH, UBND, HĐND, LĐTBXH",
    "phongtrunghoc@hailam.edu.vn, www.hoctructuyen.Vn, https://bit.ly/bc-Mau1",
    "của Bộ2, cơ sở đào tạo1, Thông tư số 26/2020/TT-BGDĐT, lớp 1,2,3, 1.250.000đ",
    "Krông Búk, Đắk Lắk, Kbang, Plei Ku, Êđê, Xơ Đăng, H’Lan, Mnông",
    "website, e-mail, YouTube, iPhone, VnEdu, online, Covid-19, STEM, robot, Facebook",
    "các trưòng Mầm non, ngưòi nộp, hưóng dẫn, TRƯÒNG, nưóc, đưọc",
    "nghiêng, khuyến, nguyễn, huynh trưởng, quỳnh, giếng, phường, thương, xuyên, oanh",
]


@pytest.mark.parametrize(("glued", "apart"), GLUED)
def test_read_apart(glued: str, apart: str) -> None:
    made = document(glued)
    (line,) = lines_of(made)
    assert line.text == apart
    whole = join([line])
    for word in ("Đào", "cáo", "gửi", "2007", "giám"):
        at = line.text.find(word)
        if at >= 0:
            start, end = whole.span(at, at + len(word))
            assert made.text[start:end] == word


@pytest.mark.parametrize("text", WHOLE)
def test_stays(text: str) -> None:
    assert missing_blanks(text) == []


def test_clean_directives_stay() -> None:
    here = Path(__file__).parent
    rows = tomllib.loads((here / "letterheads.toml").read_text(encoding="utf-8"))["letterhead"]
    assert len(rows) > 30
    for row in rows:
        found = [row["text"][at - 8 : at + 8] for at in missing_blanks(row["text"])]
        assert found == [] or "Lâm,ngày" in row["text"], row["name"]


@given(st.text(alphabet="aáăghnciêưyođĐBTR12,. /@", max_size=60))
def test_hostile(text: str) -> None:
    cuts = missing_blanks(text)
    assert cuts == sorted(set(cuts)) and all(0 < at < len(text) for at in cuts)
