"""Undated duties whose subject is a thing that a document rules, measures of their own, and what is none of them."""

from __future__ import annotations

import pytest

from tests.nlp.texts import facts_of

ONE = [
    "Học bạ của học sinh tiểu học thực hiện theo Thông tư số 27/2020/TT-BGDĐT.",
    "Đồ dùng, đồ chơi tối thiểu trang bị theo Thông tư số 02/2010/TT-BGDĐT.",
    "Việc tuyển dụng viên chức thực hiện theo Nghị định số 115/2020/NĐ-CP của Chính phủ.",
    "Hoạt động của trường bán trú tổ chức theo Thông tư số 03/2023/TT-BGDĐT.",
    "Hiệu trưởng không phân công giáo viên tập sự làm tổng phụ trách Đội.",
    "Các trường ban hành nội quy phòng thí nghiệm, niêm yết tại cửa phòng.",
    "Các trường phải lắp camera tại cổng trường và hành lang.",
    "Mỗi trường chọn 02 sáng kiến có thể nhân rộng trong toàn huyện.",
    "Hạch toán kế toán theo Thông tư số 24/2024/TT-BTC.",
    "Công nhận kết quả bồi dưỡng của giáo viên theo Thông tư số 19/2019/TT-BGDĐT.",
]
NONE = [
    "Mức chi thực hiện theo Thông tư số 36/2018/TT-BTC.",
    "Các nội dung khác không nêu tại văn bản này thực hiện theo Công văn số 3899/BGDĐT-GDTH.",
    "Cơ sở vi phạm bị xử phạt theo Nghị định số 04/2021/NĐ-CP.",
    "Các trường ở xa có thể dự trực tuyến tại phòng họp của trường.",
    "Trẻ em được hưởng chính sách theo Nghị định số 105/2020/NĐ-CP.",
]
TWO = [
    "Rà soát danh sách trường đăng ký đánh giá ngoài; phấn đấu 60% trường tiểu học được đánh giá ngoài.",
    "Lập danh sách học sinh hộ nghèo của từng lớp; học bổng của học sinh chi trả theo Thông tư liên tịch số"
    " 109/2009/TTLT-BTC-BGDĐT.",
]


@pytest.mark.parametrize(("text", "count"), [*((t, 1) for t in ONE), *((t, 0) for t in NONE), *((t, 2) for t in TWO)])
def test_how_many_duties_a_sentence_holds(text: str, count: int) -> None:
    assert [d.task for d in facts_of(f"1. {text}").duties[count:]] == []
    assert len(facts_of(f"1. {text}").duties) == count
