"""Short công văn: the order stands in the first paragraph; a lead, a closing, what is told and contents are none."""

from __future__ import annotations

import pytest

from tests.nlp.texts import facts_of

HEAD = (
    "UBND HUYỆN TÂN AN\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nSố: 215/PGDĐT\n"
    "Tân An, ngày 12 tháng 10 năm 2019\nKính gửi: Hiệu trưởng các trường tiểu học, THCS\n"
)
ORDERS = [
    "Đề nghị mỗi trường chọn 02 học sinh tiêu biểu để Phòng GDĐT biểu dương.",
    "Đề nghị Hiệu trưởng các trường rà soát lại hồ sơ học sinh khuyết tật của đơn vị mình.",
    "Thực hiện Công văn số 812/SGDĐT-VP ngày 02/10/2019 của Sở GDĐT, Phòng GDĐT đề nghị các trường lập danh sách"
    " giáo viên"
    " chưa đạt chuẩn.",
    "Căn cứ Kế hoạch số 15/KH-UBND ngày 04/01/2019 của UBND huyện, Phòng Giáo dục và Đào tạo yêu cầu Hiệu trưởng"
    " các trường"
    " thông báo đến phụ huynh lịch tiêm chủng.",
    "Để chuẩn bị tổng kết năm học, Phòng Giáo dục và Đào tạo (GDĐT) hướng dẫn các trường lập báo cáo tổng kết"
    " theo mẫu gửi"
    " kèm công văn này.",
    "Phòng GDĐT huyện vừa nhận được thư mời của Hội Khuyến học. Phòng GDĐT đề nghị các trường thông báo cuộc thi"
    " đến toàn"
    " thể giáo viên.",
    "Nhằm nâng cao chất lượng đội ngũ, Phòng GDĐT yêu cầu các trường căn cứ tiêu chuẩn nói trên để cử giáo viên"
    " đi bồi"
    " dưỡng.",
    "Yêu cầu các trường kiểm tra hệ thống điện, nước trong khuôn viên nhà trường.",
    "Theo Thông báo số 33/TB-UBND ngày 01/10/2019, Phòng GDĐT giao các trường THCS thành lập đội tuyên truyền"
    " măng non.",
    "Trường nào chưa công khai thực đơn thì khẩn trương niêm yết tại cổng trường.",
]
NONE = [
    "Thực hiện Kế hoạch số 15/KH-UBND ngày 04/01/2019 của UBND huyện, Phòng GDĐT yêu cầu các trường thực hiện một"
    " số nội"
    " dung sau:",
    "Nhận được công văn này, đề nghị Hiệu trưởng các trường tiểu học, Hiệu trưởng các trường trung học cơ sở trên"
    " địa bàn"
    " huyện nhanh chóng triển khai thực hiện kịp thời và nghiêm túc.",
    "Đề nghị Hiệu trưởng các trường chấp hành nghiêm túc.",
    "Phòng GDĐT đã nhận được báo cáo của các trường gửi về theo Công văn số 812/SGDĐT-VP.",
    "Phòng GDĐT thông báo để các trường biết và triển khai thực hiện.",
    "Mọi chi tiết xin liên hệ ông Trần Văn Bình, chuyên viên Phòng GDĐT.",
    "Phòng GDĐT quy định và hướng dẫn công tác chuyển trường như sau:",
]


@pytest.mark.parametrize("text", ORDERS)
def test_the_first_paragraph_orders(text: str) -> None:
    duties = facts_of(f"{text}\n", head=HEAD).duties
    assert [duty.actor for duty in duties] == [("co_so_giao_duc",)]


@pytest.mark.parametrize("text", NONE)
def test_leads_closings_and_news_order_nothing(text: str) -> None:
    assert not facts_of(f"{text}\n", head=HEAD).duties


LEAD = "Phòng GDĐT yêu cầu các trường thực hiện các nội dung sau:\n"
CONTENTS = [
    "1. Các trường xây dựng báo cáo sơ kết gửi về Phòng GDĐT. Nội dung báo cáo gồm hai phần:\n- Báo cáo tổng hợp"
    " theo mẫu"
    " số 1;\n- Báo cáo số liệu theo biểu số 2.",
    "1. Các trường lập hồ sơ đề nghị công nhận trường chuẩn. Hồ sơ gồm có:\n- Báo cáo tự đánh giá có chữ ký;\n-"
    " Lập bảng"
    " thống kê theo phụ lục.",
    "1. Mỗi trường cử 02 giáo viên dự lớp bồi dưỡng, bao gồm:\n- 01 giáo viên dạy môn Toán;\n- 01 tổng phụ trách Đội.",
    "1. Hiệu trưởng các trường báo cáo tình hình đầu năm học, trong đó tập trung vào các vấn đề sau:\n- Tuyển"
    " sinh đầu"
    " cấp, phân tuyến;\n- Triển khai chương trình mới ở lớp 1.",
    "1. Các trường tự kiểm tra theo các nội dung sau:\n- Thực hiện quy chế chuyên môn;\n- Quản lý hồ sơ, sổ sách.",
]


@pytest.mark.parametrize("text", CONTENTS)
def test_contents_are_no_duties_their_lead_is(text: str) -> None:
    duties = facts_of(f"{LEAD}{text}\n2. Kết thúc.\n", head=HEAD).duties
    assert len(duties) == 1
    assert duties[0].actor == ("co_so_giao_duc",)
