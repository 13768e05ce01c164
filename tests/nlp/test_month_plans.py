"""A month's plan of a Phòng or a commune: whom it binds without addressees, what its results and closing are not."""

from __future__ import annotations

import pytest

from nlp.page.unitcolumns import heads_times
from tests.nlp.texts import due, facts_of

HEAD = """UBND HUYỆN TÂN LẬP
PHÒNG GIÁO DỤC VÀ ĐÀO TẠO
Số: 215/KH-PGDĐT
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Tân Lập, ngày 28 tháng 02 năm 2019
KẾ HOẠCH
Công tác tháng 3 năm 2019
"""
TAIL = """
Nơi nhận:
- UBND huyện (b/c);
{}
- Lưu: VT.

TRƯỞNG PHÒNG

Đặng Văn Hòa
"""
BODY = """I. CÔNG TÁC THÁNG 3
1. Các trường gửi báo cáo tháng về Phòng GDĐT trước ngày 26/3/2019.
"""
ALL = ("mam_non", "tieu_hoc", "thcs")


@pytest.mark.parametrize(
    ("recipients", "levels"),
    [
        ("- Các trường MN, TH, THCS;", ALL),
        ("- Các trường tiểu học, THCS;", ("tieu_hoc", "thcs")),
        ("- Các trường mầm non, mẫu giáo (t/h);\n- Các trường THCS (p/h);", ("mam_non",)),
        ("- Hiệu trưởng các trường mầm non;\n- Hiệu trưởng các trường tiểu học;", ("mam_non", "tieu_hoc")),
        ("- Các trường trực thuộc;", ()),
        ("- Các trường THPT trên địa bàn (để phối hợp);", ()),
    ],
)
def test_schools_that_get_a_plan_are_those_it_binds(recipients: str, levels: tuple[str, ...]) -> None:
    """Levels of "các trường" are those of the schools addressed, without addressees those of the recipients."""
    (row,) = facts_of(BODY, head=HEAD, tail=TAIL.format(recipients)).deadlines
    assert tuple(str(level) for level in row.levels or ()) == levels


@pytest.mark.parametrize(
    "title",
    [
        "I. KẾT QUẢ CÔNG TÁC THÁNG 02",
        "I. Đánh giá công tác tháng 02/2019",
        "I. Một số kết quả nổi bật trong tháng 2",
        "I. KIỂM ĐIỂM VIỆC THỰC HIỆN NHIỆM VỤ THÁNG 02",
        "I. Tình hình thực hiện nhiệm vụ quý I",
        "I. Nhận xét công tác tuần qua",
    ],
)
def test_results_of_a_month_end_nothing(title: str) -> None:
    text = (
        f"{title}\nCác trường đã cho học sinh đi học lại ngày 11/02. Còn 03 trường báo cáo chậm so với ngày 20/02.\n"
        "Đề nghị các trường nộp chậm khắc phục trước ngày 05/3/2019.\nII. NHIỆM VỤ THÁNG 3\n"
        "1. Các trường gửi báo cáo tháng về Phòng GDĐT trước ngày 26/3/2019.\n"
    )
    facts = facts_of(text, head=HEAD, tail=TAIL.format("- Các trường;"))
    assert [str(row.due) for row in facts.deadlines] == ["2019-03-05", "2019-03-26"]


@pytest.mark.parametrize(
    "closing",
    [
        "Trên đây là kế hoạch công tác tháng 3 năm 2019, đề nghị các trường triển khai thực hiện.",
        "Trên đây là những nhiệm vụ trọng tâm tháng 3/2019, các trường nghiêm túc thực hiện./.",
    ],
)
def test_a_closing_names_its_month_only(closing: str) -> None:
    facts = facts_of(BODY + closing, head=HEAD, tail=TAIL.format("- Các trường;"))
    assert [str(row.due) for row in facts.deadlines] == ["2019-03-26"]


@pytest.mark.parametrize(
    ("head", "row", "actors"),
    [
        ("TT Loại báo cáo Trường THPT PGDĐT", "1 Tuyển sinh 25/9/2023 29/9/2023", ["co_so_giao_duc", "phong_gddt"]),
        (
            "STT Nội dung Phòng GDĐT Trường THPT, TTGDTX",
            "1 Sơ kết học kỳ I Trước 05/01/2024 Trước ngày 09/01/2024",
            ["phong_gddt", "co_so_giao_duc+trung_tam_gdtx"],
        ),
        ("Kỳ báo cáo UBND xã Đơn vị trực thuộc", "Quý I 22/3/2024 20/3/2024", ["ubnd_xa", "don_vi_truc_thuoc"]),
    ],
)
def test_titles_that_are_units_have_the_times_below_them(head: str, row: str, actors: list[str]) -> None:
    text = f"1. Báo cáo gửi về Sở GDĐT theo lịch sau:\n{head}\n{row}\n"
    assert ["+".join(one.actor) for one in due(text)] == actors


def test_a_sentence_that_ends_with_units_heads_no_table() -> None:
    assert not heads_times("Sở GDĐT giao các trường THPT, Phòng GDĐT", "Báo cáo vào 20/3/2024 20/6/2024")
    assert not heads_times("TT Loại báo cáo Trường THPT PGDĐT", "1 Tuyển sinh 25/9/2023")
    assert heads_times("TT Loại báo cáo Trường THPT PGDĐT", "1 Tuyển sinh 25/9 29/9")
