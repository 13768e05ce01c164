"""What is asked without a date, told of a thing or set as a bound; what was done, what fees are, is none."""

from __future__ import annotations

import pytest

from tests.nlp.texts import facts_of

ASKED = [
    "Việc mua sắm thiết bị thực hiện đúng trình tự của Luật Đấu thầu.",
    "Việc quản lý, cấp phát văn bằng được thực hiện theo quy định tại Thông tư số 21/2019/TT-BGDĐT.",
    "Việc trao đổi văn bản giữa các đơn vị thực hiện trên hệ thống quản lý văn bản của tỉnh.",
    "Hồ sơ sức khỏe của học sinh được lưu trữ tại phòng y tế của trường.",
    "Sổ theo dõi chất lượng được quản lý bằng phần mềm có chữ ký số.",
    "Mã số của học sinh được giữ nguyên khi học sinh chuyển trường.",
    "Mức chi cho thư viện không thấp hơn 3% tổng chi thường xuyên.",
    "Diện tích phòng học không dưới 1,5 m2 cho một học sinh.",
    "Giáo dục thường xuyên (GDTX): mỗi trung tâm mở tối thiểu 02 lớp xóa mù chữ.",
    "Mỗi trường bố trí 01 nhân viên y tế chuyên trách.",
    "Các trường không được giao chỉ tiêu vận động tài trợ.",
]
TOLD = [
    "UBND huyện đã bố trí 02 tỷ đồng mua máy tính cho các trường.",
    "Các trường đã hoàn thành việc kiểm kê tài sản năm học trước.",
    "Mức thưởng thực hiện theo Nghị quyết số 88/2013/NQ-HĐND của HĐND tỉnh.",
    "Kết quả được lưu tại đơn vị và là căn cứ để xây dựng kế hoạch năm sau.",
]


@pytest.mark.parametrize(("text", "count"), [(t, 1) for t in ASKED] + [(t, 0) for t in TOLD])
def test_what_is_asked_without_a_date(text: str, count: int) -> None:
    assert len(facts_of(f"II. NHIỆM VỤ\n1. {text}").duties) == count
