"""Which schools a duty binds where its own words do not tell: what its item is about, cells cut in a word."""

from __future__ import annotations

import pytest

from tests.nlp.texts import HEAD, due, facts_of


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("Tuyển sinh lớp 10: thực hiện phương thức thi tuyển. Môn thứ ba công bố trước ngày 31/3/2024.", ["thpt"]),
        ("Giáo dục mầm non: duy trì kết quả phổ cập. Hồ sơ phổ cập hoàn thiện trước ngày 15/11/2023.", ["mam_non"]),
        ("Cấp THCS: dạy đủ số tiết. Kế hoạch giáo dục công khai trước ngày 15/9/2023.", ["thcs"]),
        ("Chuyên môn: dạy đủ số tiết. Kế hoạch giáo dục công khai trước ngày 15/9/2023.", [""]),
        ("Sổ theo dõi ở trường THCS được lập xong trước ngày 15/5/2024.", ["thcs"]),  # "được" is no school's name
        ("Lớp tập huấn mở tại trường THPT Đoàn Kết, danh sách gửi trước ngày 15/5/2024.", [""]),
        ("Thi nghề (lớp 11: 03 môn) tổ chức gọn nhẹ. Biên bản lưu trước ngày 15/5/2024.", [""]),
    ],
)
def test_sentences_of_an_item_are_about_what_it_opens_with(text: str, levels: list[str]) -> None:
    assert [" ".join(r.levels or ()) for r in due(f"1. {text}", head=HEAD)] == levels


_PHONG = """UBND HUYỆN HÒA SƠN
PHÒNG GIÁO DỤC VÀ ĐÀO TẠO
Số: 512/PGDĐT-CM
V/v công tác tháng 10{subject}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hòa Sơn, ngày 28 tháng 9 năm 2023

"""


@pytest.mark.parametrize(
    ("subject", "tail", "levels"),
    [
        ("", "Trên đây là công tác tháng 10.\n", "mam_non tieu_hoc thcs"),  # nothing is left of whom it goes to
        (" cấp tiểu học", "Trên đây là công tác tháng 10.\n", "tieu_hoc"),
        ("", "Nơi nhận:\n- Các trường TH, THCS (t/h);\n- Lưu: VT.\n", "tieu_hoc thcs"),
    ],
)
def test_schools_of_a_district_office_whose_addressees_are_lost(subject: str, tail: str, levels: str) -> None:
    text = "1. Các trường gửi báo cáo về Phòng GDĐT trước ngày 25/10/2023.\n"
    [row] = facts_of(text, head=_PHONG.format(subject=subject), tail=tail).deadlines
    assert " ".join(row.levels or ()) == levels
