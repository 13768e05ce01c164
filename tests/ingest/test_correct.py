"""Correcting what a Vietnamese OCR read: what is put right, what is never touched, and that the rules hold up."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Repaired
from corpus.text import fold, nfc
from ingest.restore.confusions import CONFUSIONS, is_worn, letters_for, marks_cost
from ingest.restore.restorer import Restorer
from ingest.restore.specks import SPECKS

RIGHT = """1. Các trường tiểu học tổ chức kiểm tra, gửi báo cáo về Sở Giáo dục và Đào tạo trước ngày 12/10/2023.
2. Phòng Giáo dục và Đào tạo thẩm định dự toán chi của các đơn vị, công khai trên cổng thông tin điện tử;
a) Thời gian kiểm tra: từ ngày 06 tháng 11 đến ngày 17 tháng 11 năm 2023;
b) Kết quả kiểm tra được gửi qua địa chỉ kiemtra@hoason.edu.vn theo Công văn số 412/SGDĐT-VP."""


@lru_cache(maxsize=1)
def restorer() -> Restorer:
    """Return the shipped restorer, loaded once."""
    return Restorer.load()


def read(text: str, confidence: float = 0.96) -> Repaired:
    """Correct a text whose words were all read with one confidence."""
    return restorer().correct(text, [(m.start(), m.end(), confidence) for m in re.finditer(r"\S+", text)])


def test_every_confusion_explains_its_example() -> None:
    for confusion in CONFUSIONS:
        wrong, right = confusion.example
        assert len(wrong) == len(right) and sum(a != b for a, b in zip(wrong, right, strict=True)) == 1
        if fold(confusion.read) == fold(confusion.true):
            assert marks_cost(wrong, right) == (confusion.cost, confusion.common)
        else:
            pairs = {(r, row.true) for r, rows in letters_for().items() for row in rows}
            assert any(a != b and (a, b) in pairs for a, b in zip(wrong, right, strict=True))


def test_every_kind_of_speck_has_its_example() -> None:
    for speck in SPECKS:
        assert speck.pattern.fullmatch(speck.example)


@pytest.mark.parametrize("confidence", [0.96, 0.6])
def test_right_text_stays_as_it_is(confidence: float) -> None:
    assert read(RIGHT, confidence) == Repaired(RIGHT)


def test_lost_hooks_come_back_whatever_the_confidence() -> None:
    hooks = str.maketrans("ểổẩ", "ếốấ")
    assert RIGHT.translate(hooks) != RIGHT
    assert read(RIGHT.translate(hooks), 0.97).text == RIGHT


WORN = """1. Phòng Giáo dục và Đào tạo các huyện, thành phố triển khai, tổ chức thực hiện bài tập thể dục buổi sáng, thể
dục giữa giờ, bài võ cổ truyền trong các trường phổ thông; tổ chức bồi dưỡng, tập huấn cho giáo viên.
2. Các trường tổng hợp số liệu, gửi báo cáo bằng văn bản; tổ chức hội nghị chuyên đề và giao ban cấp trung học cơ sở.
3. Củng cố, bổ sung cơ sở vật chất; bố trí kinh phí để tổ chức kiểm tra, thi đấu các môn thể thao theo đúng điều lệ.
4. Đơn vị cử cán bộ, giáo viên tham gia đầy đủ, đúng thành phần; phối hợp với các tổ chức đoàn thể tại địa phương."""
#: Marks lost in every way that worn copies lose them: the hook, the circumflex, the tone, both.
LOST = (
    ("thành phố triển", "thành phó triên"),
    ("bài tập thể dục buổi sáng, thể", "bài tập thê dục buỏi sáng, thê"),
    (
        "võ cổ truyền trong các trường phổ thông; tổ chức bồi dưỡng",
        "võ cô truyền trong các trường phô thông; tô chức bôi dưỡng",
    ),
    ("tổng hợp số liệu", "tông hợp sô liệu"),
    ("giao ban cấp trung", "giao ban câp trung"),
    ("Củng cố, bổ sung", "Củng có, bô sung"),
    ("thi đấu", "thi đâu"),
    ("các tổ chức đoàn thể", "các tô chức đoàn thê"),
)


@pytest.mark.parametrize(
    ("seen", "printed", "worn"),
    [("tô", "tổ", True), ("tó", "tổ", True), ("đề", "để", True), ("cắp", "cấp", True), ("phô", "phổ", True),
     ("thị", "thi", False), ("thị", "thì", False), ("nghỉ", "nghi", False), ("dân", "dần", True)],
)  # fmt: skip
def test_marks_wear_off_but_do_not_come(seen: str, printed: str, worn: bool) -> None:
    assert is_worn(seen, printed) is worn


def test_words_in_capitals_keep_their_marks_on_a_worn_copy() -> None:
    head = "STT HỌ VÀ TÊN MÃ SỐ SBD NGÀY SINH ĐIỂM CÁC MÔN THI TOÁN VĂN ANH ƯU TIÊN TỔNG ĐIỂM (TOÁN + VĂN)"
    worn = WORN
    for printed, left in LOST:
        worn = worn.replace(printed, left, 1)
    assert read(f"{worn}\n{head}").text == f"{WORN}\n{head}"


def test_a_worn_copy_tells_how_easily_it_lost_its_marks() -> None:
    worn = WORN
    for printed, left in LOST:
        assert printed in worn
        worn = worn.replace(printed, left, 1)
    assert read(worn).text == WORN
    alone = WORN.replace("buổi sáng", "buỏi sáng")
    assert read(alone).text == alone


@pytest.mark.parametrize(
    ("seen", "printed"),
    [
        ("Phòng Giáo dục và Đào tạo đề nghị các trường đây mạnh công tác phổ cập giáo dục.",
         "Phòng Giáo dục và Đào tạo đề nghị các trường đẩy mạnh công tác phổ cập giáo dục."),
        ("Ban chỉ đạo phân công nhiệm vụ cụ thê cho từng thành viên trong tháng 9.",
         "Ban chỉ đạo phân công nhiệm vụ cụ thể cho từng thành viên trong tháng 9."),
        ("Các đơn vị chủ động điêu chỉnh kế hoạch dạy học cho phù hợp với tình hình thực tế.",
         "Các đơn vị chủ động điều chỉnh kế hoạch dạy học cho phù hợp với tình hình thực tế."),
        ("Nhà trường chuẩn bị cơ sở vật chất, bô trí phòng thi đúng quy định.",
         "Nhà trường chuẩn bị cơ sở vật chất, bố trí phòng thi đúng quy định."),
        ("Hướng dẫn công tác tuyên sinh vào lớp 10 trung học phổ thông năm học 2024-2025.",
         "Hướng dẫn công tác tuyển sinh vào lớp 10 trung học phổ thông năm học 2024-2025."),
        ("Bộ phận chuyên môn có trách nhiệm găn kết các hoạt động của tổ với kế hoạch chung.",
         "Bộ phận chuyên môn có trách nhiệm gắn kết các hoạt động của tổ với kế hoạch chung."),
        ("Sở yêu cầu Hiệu trưởng các trường tổ chức cho học sinh ký cam kêt không vi phạm.",
         "Sở yêu cầu Hiệu trưởng các trường tổ chức cho học sinh ký cam kết không vi phạm."),
        ("Báo cáo gửi về Phòng trước ngày 15/10/2024 đề tổng hợp báo cáo Sở.",
         "Báo cáo gửi về Phòng trước ngày 15/10/2024 để tổng hợp báo cáo Sở."),
        ("Thực hiện đôi mới phương pháp dạy học và kiểm tra đánh giá.",
         "Thực hiện đổi mới phương pháp dạy học và kiểm tra đánh giá."),
        ("Ủy ban nhân dân các huyện, thành phô và các xã, phường, thị trấn phối hợp chỉ đạo.",
         "Ủy ban nhân dân các huyện, thành phố và các xã, phường, thị trấn phối hợp chỉ đạo."),
    ],
)  # fmt: skip
def test_tones_that_melted_into_a_circumflex_come_back(seen: str, printed: str) -> None:
    assert read(seen).text == printed
    assert read(printed).text == printed


@pytest.mark.parametrize(
    "text",
    [
        "Tăng cường công tác tuyên truyền trong cha mẹ học sinh.",
        "Giáo viên ra đề kiểm tra theo ma trận; không để lộ thông tin đề kiểm tra.",
        "Học sinh đi xe đạp, xe máy điện phải đội mũ bảo hiểm; không đỗ xe ô tô trước cổng trường.",
        "Tuyên dương, khen thưởng tập thể và cá nhân có thành tích; cân đối nguồn kinh phí được giao.",
        "Đây là nhiệm vụ trọng tâm của ngành trong năm học này.",
        "Đối với học sinh dân tộc thiểu số ở vùng sâu, vùng xa, cần quan tâm nhiều hơn.",
        "Khảo sát nhu cầu học tiếng dân tộc, tiếng Hàn; phân công giáo viên nên nếp dạy thay.",
        "Trên đây là hướng dẫn tổ chức thi giáo viên giỏi; đề thi do Sở ra, các đơn vị nhận đề tại Văn phòng.",
    ],
)
def test_words_with_a_circumflex_alone_stay(text: str) -> None:
    assert read(text).text == text


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Nghị định này có hiệu lực từ ngày ban hảnh", "Nghị định này có hiệu lực từ ngày ban hành"),
        ("XỬ PHẠT VỈ PHẠM HÀNH CHÍNH", "XỬ PHẠT VI PHẠM HÀNH CHÍNH"),
        ("cha mẹ lọc sinh đầu năm học", "cha mẹ học sinh đầu năm học"),
    ],
)
def test_single_letters_are_put_right(wrong: str, right: str) -> None:
    text = f"{RIGHT}\n{wrong}\n"
    out = read(text, 0.9)
    assert out.text == f"{RIGHT}\n{right}\n"
    (edit,), word = out.edits, next(w for w in wrong.split() if w not in right.split())
    assert edit.rule == "proofread" and edit.source == word and 0.8 < edit.confidence <= 1
    assert out.source() == text


@pytest.mark.parametrize(
    "line",
    [
        "Số: 1234/QĐ-UBND ngày 15/6/2023, 3.450.000 đồng, 45,5%",
        "Người ký: Lâm Tấn Lốc, Nguyễn Thi Chỉ, Trần Đình Tổ",
        "Lưu: VT, KHTC, GDTH, QLCL, CNTT",
        "Liên hệ: thiduakhen@hoason.edu.vn, https://hoason.edu.vn/kiem-tra",
    ],
)
@pytest.mark.parametrize("confidence", [0.95, 0.5])
def test_numbers_names_codes_and_addresses_are_not_touched(line: str, confidence: float) -> None:
    assert read(f"{RIGHT}\n{line}", confidence).text.split("\n")[-1] == line


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("| Giao chỉ tiêu cho các trường", "Giao chỉ tiêu cho các trường"),
        ("Các phòng, ban ` thuộc Sở |", "Các phòng, ban thuộc Sở"),
        ("gửi về Sở (qua Phòng . KHTC)", "gửi về Sở (qua Phòng KHTC)"),
        ("_Nơi nhận:", "Nơi nhận:"),
        ("'V/v kiểm tra", "V/v kiểm tra"),
        ("~ Như trên;", "- Như trên;"),
        ("Nghị định số 20/2014/NĐ:CP-ngày 24/3/2014", "Nghị định số 20/2014/NĐ-CP ngày 24/3/2014"),
    ],
)
def test_specks_and_signs(wrong: str, right: str) -> None:
    text = f"{RIGHT}\n{wrong}\n{RIGHT}"
    out = read(text, 0.8)
    assert out.text == f"{RIGHT}\n{right}\n{RIGHT}"
    assert out.source() == text


def test_signs_that_were_read_surely_stay() -> None:
    line = "Kính gửi : các trường - theo “Đề án” - 2 > 1"
    assert read(f"{RIGHT}\n{line}").text.split("\n")[-1] == line


@pytest.mark.parametrize(
    ("read_as", "printed"),
    [
        (["I", "II", "HI", "IV"], ["I", "II", "III", "IV"]),
        (["I", "II", "II"], ["I", "II", "III"]),
        (["I", "HH", "III"], ["I", "II", "III"]),
        (["IH", "IV"], ["III", "IV"]),
        (["I", "II", "III"], ["I", "II", "III"]),
        (["II", "III"], ["II", "III"]),
        (["V", "VI"], ["V", "VI"]),
    ],
)
def test_parts_count_up(read_as: list[str], printed: list[str]) -> None:
    text, wanted = ("\n".join(f"{m}. TỔ CHỨC THỰC HIỆN\n{RIGHT}" for m in row) for row in (read_as, printed))
    assert read(text, 0.8).text == wanted


def test_a_page_that_is_not_nearly_right_is_left_as_read() -> None:
    english = "The office shall keep a written record of every visit | and send it to the school within one week.\n" * 3
    assert read(english, 0.5).edits == ()
    broken = "Trién khai c6 hiéu qua Chuong trinh chuyén déi sé qudc gia trong cac trudng hoc\n" * 4
    assert read(broken, 0.5).edits == ()


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.one_of(st.sampled_from(RIGHT.split(" ")), st.text(max_size=6)), st.floats(0, 1), st.sampled_from(" \n")
        ),
        max_size=60,
    )
)
def test_any_reading_keeps_its_lines_and_its_source(parts: list[tuple[str, float, str]]) -> None:
    text, doubts = f"{RIGHT}\n", list[tuple[int, int, float]]()
    for word, confidence, blank in parts:
        word = nfc(word)
        doubts.append((len(text), len(text) + len(word), confidence))
        text += word + blank
    text = nfc(text)
    out = restorer().correct(text, doubts)
    assert out.source() == text
    assert out.text.count("\n") == text.count("\n")


def test_a_decomposed_text_is_composed_before_anything_else() -> None:
    broken = "Cac truong tieu hoc to chuc kiem tra, gui bao cao ve Sở trước ngay 12/10/2023"
    restored = restorer().restore(unicodedata.normalize("NFD", broken))
    assert restored.text == restorer().restore(broken).text
    assert restored.source() == broken
    decomposed = unicodedata.normalize("NFD", RIGHT)
    assert restorer().restore(decomposed).text == decomposed, "clean text stays byte for byte"
