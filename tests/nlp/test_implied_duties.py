"""What is told of things and persons and asked of units, what befalls whoever is late, and who goes on."""

from __future__ import annotations

import pytest

from tests.nlp.texts import facts_of

LEAD = "Sở GDĐT yêu cầu các đơn vị thực hiện các nội dung sau:\n1. Các mục.\n2. "
ASKED = [
    "Sổ điểm danh giữ tại phòng bảo vệ, không mang ra khỏi trường.",
    "Phiếu khảo sát để trong hộp kín đặt ở sảnh.",
    "Giấy khám sức khỏe lưu cùng hồ sơ viên chức.",
    "Chứng từ thu quỹ lưu đủ 10 năm.",
    "Chi phí đi lại của đội tuyển do nhà trường chi trả.",
    "Nước uống cho thí sinh do trường đặt điểm thi chuẩn bị.",
    "Y tế trường học phát thuốc tẩy giun theo hướng dẫn của trạm.",
    "Tổng phụ trách Đội tập cho đội viên bài múa hát sân trường.",
    "Tổ trưởng tổ Văn phòng kiểm kê tài sản từng phòng.",
    "Người học mang theo sách, vở ghi và máy tính cầm tay.",
    "Bảo vệ khóa cổng sau giờ tan học 15 phút.",
    "Cô Lan tổng hợp danh sách học sinh nhận học bổng.",
    "Phòng học nào dột thì che bạt tạm, báo ban giám hiệu.",
    "Lớp vắng trên 20% học sinh thì báo ngay trạm y tế.",
    "Kinh phí may cờ, băng rôn lấy từ nguồn chi thường xuyên.",
    "Sách tham khảo được cấp phát cho thư viện các điểm trường lẻ.",
    "Học bạ bản giấy được lưu trữ tại văn thư.",
    "Các trường THCS đo chiều cao, cân nặng của học sinh lớp 6.",
    "Trường THPT cử 02 giáo viên Tin học hỗ trợ kỹ thuật.",
    "Sở GDĐT ra đề chung môn Tiếng Anh lớp 9.",
    "Dọn vệ sinh, phát quang bụi rậm quanh trường.",
    "Nắm số học sinh ở trọ, số điện thoại chủ trọ.",
    "Quét mã điểm danh trước khi vào phòng họp.",
    "Giãn cách bàn ăn, chia ca cho học sinh bán trú.",
    "Lưu hồ sơ bồi dưỡng tại tổ chuyên môn.",
    "Con dấu, chữ ký số giữ trong két sắt.",
    "Phiếu thu mỗi bên giữ 01 liên.",
    "Phòng thi nào thiếu giám thị thì không phát đề.",
    "Chìa khóa phòng máy, phòng thí nghiệm để tại văn phòng.",
    "Giáo viên chủ nhiệm đến nhà học sinh nghỉ học nhiều buổi.",
    "Quan tâm sửa chữa nhà công vụ cho giáo viên ở xa.",
    "Quán triệt Thông tư này đến từng giáo viên; ký cam kết không dạy thêm trái quy định.",
    "Năm nay mỗi trường phải có 01 phòng tư vấn.",
    "Người phụ trách là hiệu trưởng phải ký từng trang.",
    "Đơn vị có học sinh đạt giải phải báo tin cho gia đình.",
    "Trường không có phòng học tạm cũng ghi rõ trong báo cáo.",
    "Giữ nguyên số lớp đã duyệt, không tách lớp giữa năm.",
]
NOT_ASKED = [
    "Trường nào nộp hồ sơ sau hạn sẽ bị hạ một bậc thi đua.",
    "Đơn vị nộp báo cáo trễ bị trừ 02 điểm.",
    "Hồ sơ gửi sau thời hạn trên không được giải quyết.",
    "Ban Tổ chức không nhận tác phẩm nộp muộn.",
    "Đơn vị nào để xảy ra mất an toàn, thủ trưởng đơn vị chịu trách nhiệm trước Giám đốc Sở.",
    "Tiếp tục thực hiện Chỉ thị số 31/CT-TTg ngày 04/12/2019 của Thủ tướng Chính phủ.",
    "Phân công nhiệm vụ cụ thể được ghi tại Phụ lục 2.",
    "Danh mục thiết bị được đính kèm tại Phụ lục 1.",
    "Cuộc thi được tổ chức công bằng, khách quan, thiết thực.",
    "Thu nhập tăng thêm của giáo viên là 18 triệu đồng.",
    "Chi đoàn giáo viên gồm 12 đoàn viên.",
    "Trình độ của giáo viên đều đạt chuẩn.",
    "Trường có 20 phòng học, trong đó 04 phòng xây từ năm 2001.",
    "Cô giáo vùng cao còn nhiều vất vả.",
    "Đẩy mạnh phong trào đọc sách trong nhà trường; xây dựng nếp sống văn minh.",
    "Làm tốt công tác phối hợp ba môi trường giáo dục.",
    "Phát huy vai trò của tổ chuyên môn; đổi mới sinh hoạt nhóm.",
    "Giữ vững kỷ cương, nền nếp; xây dựng khối đoàn kết.",
    "Năm học trước toàn ngành có 14 trường đạt chuẩn, còn 6 trường phải học nhờ.",
    "Hiện toàn tỉnh còn 37 phòng học tạm cần thay thế.",
    "Học sinh bán trú là học sinh ở lại trường trong tuần theo Nghị định số 116/2016/NĐ-CP.",
    "Sở GDĐT sẽ có hướng dẫn riêng về tổ chức hội thi.",
    "Đăng ký mới: cá nhân chưa có tài khoản trên hệ thống.",
    "Thực hiện theo lịch dưới đây.",
    "Sách, vở để ngoài hành lang bị ướt.",
]
#: A sentence, the task of its undated duty, who does it.
GOES_ON = [
    ("Văn phòng Sở in giấy mời trước ngày 05/10/2023; bố trí hội trường, nước uống.",
     "Bố trí hội trường, nước uống.", ("phong_chuyen_mon_so:Văn phòng Sở",)),
    ("Phòng GDĐT nghiệm thu thiết bị trước ngày 15/9/2023; công khai số điện thoại đường dây nóng.",
     "Công khai số điện thoại đường dây nóng.", ("phong_gddt",)),
    ("Các trường THPT mở lớp ôn tập từ ngày 03/6/2024 đến ngày 14/6/2024. Không thu tiền của học sinh.",
     "Không thu tiền của học sinh.", ("co_so_giao_duc",)),
    ("Đơn vị gửi trễ phải có văn bản giải trình.", "Đơn vị gửi trễ phải có văn bản giải trình.", None),
    ("Thủ trưởng đơn vị chịu trách nhiệm về tính chính xác của số liệu.",
     "Chịu trách nhiệm về tính chính xác của số liệu.", None),
    ("Các đoàn đăng ký trên trang hoithi.example.vn; đăng ký muộn không được xem xét.",
     "Các đoàn đăng ký trên trang hoithi.example.vn.", None),
    ("Có vướng mắc, các đơn vị báo cáo Sở GDĐT (qua Phòng QLCL) để kịp thời chỉ đạo.",
     "Báo cáo vướng mắc về Sở GDĐT (qua Phòng QLCL).", None),
    ("Nếu có khó khăn, các đơn vị trao đổi với Văn phòng Sở (ông Hà, 0203.111.222).",
     "Trao đổi khó khăn với Văn phòng Sở.", None),
]  # fmt: skip

CS, PH, TT, TX = "co_so_giao_duc", "phong_gddt", "don_vi_truc_thuoc", "trung_tam_gdtx"
#: Who does what a Sở asks of its Phòng, schools and centres: "các đơn vị" are those written to, what is done in schools
#: is theirs, a share is a measure for all.
WHO = [
    ("Các đơn vị cử 01 đầu mối phụ trách công tác này.", {PH, TT, TX}),
    ("Các đơn vị không ép học sinh học thêm.", {PH, TT, TX}),
    ("Không thu tiền mua sách tham khảo của học sinh.", {CS}),
    ("Học phí thu theo tháng, không thu gộp nhiều tháng.", {CS}),
    ("Không bắt buộc cha mẹ học sinh mua đồng phục mới.", {CS}),
    ("Đánh giá học viên theo Thông tư số 43/2021/TT-BGDĐT.", {TX}),
    ("Đánh giá học sinh, học viên đúng quy chế, không nâng điểm.", {CS, TX}),
    ("Bố trí người trực đường dây nóng của đơn vị.", {PH, TT, TX}),
    ("Bảo đảm 100% học sinh có thẻ bảo hiểm y tế.", {CS, PH, TX}),
    ("Phòng GDĐT kiểm tra ít nhất 20% số trường; lập biên bản từng trường.", {PH}),
]


@pytest.mark.parametrize(("text", "actor"), WHO)
def test_who(text: str, actor: set[str]) -> None:
    (duty,) = facts_of(f"{LEAD}{text}\n").duties
    assert set(duty.actor) == actor


@pytest.mark.parametrize("text", ASKED)
def test_one_duty(text: str) -> None:
    assert len(facts_of(f"{LEAD}{text}\n").duties) == 1


@pytest.mark.parametrize("text", NOT_ASKED)
def test_no_duty(text: str) -> None:
    assert [duty.task for duty in facts_of(f"{LEAD}{text}\n").duties] == []


@pytest.mark.parametrize(("text", "task", "actor"), GOES_ON)
def test_what_and_who(text: str, task: str, actor: tuple[str, ...] | None) -> None:
    (duty,) = facts_of(f"{LEAD}{text}\n").duties
    assert duty.task == task
    assert actor is None or duty.actor == actor
