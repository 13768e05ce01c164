"""What is to be done, in words that a clerk can read alone: no time, no acting units, with the lead it hangs on."""

from __future__ import annotations

import pytest

from nlp.words.phrases import bare_title, tidy
from tests.nlp.texts import due, facts_of

ONE = [
    # the time goes, wherever it stands
    ("Gửi kế hoạch năm học về Sở GDĐT trước ngày 25/9/2023.", "Gửi kế hoạch năm học về Sở GDĐT."),
    ("Trước ngày 25/9/2023 gửi kế hoạch năm học về Sở GDĐT.", "Gửi kế hoạch năm học về Sở GDĐT."),
    ("Rà soát phòng thí nghiệm, hoàn thành trước ngày 25/9/2023.", "Rà soát phòng thí nghiệm."),
    (
        "Mở lớp tập huấn kế toán vào tháng 11/2023, kinh phí do đơn vị tự chi.",
        "Mở lớp tập huấn kế toán, kinh phí do đơn vị tự chi.",
    ),
    ("Báo cáo số lượng học sinh nghỉ học: trước ngày 05/10/2023.", "Báo cáo số lượng học sinh nghỉ học."),
    ("Thời hạn nộp bài dự thi về Sở GDĐT là ngày 20/01/2024.", "Nộp bài dự thi về Sở GDĐT."),
    # the units that act go: they have a field of their own
    ("Các trường THPT nhập điểm lên hệ thống trước ngày 05/10/2023.", "Nhập điểm lên hệ thống."),
    ("Đề nghị các phòng GDĐT tổng hợp phiếu khảo sát trước ngày 05/10/2023.", "Tổng hợp phiếu khảo sát."),
    ("Yêu cầu Hiệu trưởng các trường THPT rà soát đội ngũ trước ngày 05/10/2023.", "Rà soát đội ngũ."),
    ("Đối với các trường tiểu học: nộp hồ sơ kiểm tra trước ngày 05/10/2023.", "Nộp hồ sơ kiểm tra."),
    ("Trước ngày 05/10/2023, các phòng GDĐT nộp danh sách dự thi.", "Nộp danh sách dự thi."),
    ("Sở GDĐT yêu cầu các trường THPT khóa sổ điểm trước ngày 05/10/2023.", "Khóa sổ điểm."),
    (
        "Khi có dịch bệnh, các trường báo cáo nhanh về Sở GDĐT trong vòng 24 giờ.",
        "Khi có dịch bệnh, báo cáo nhanh về Sở GDĐT.",
    ),
    ("Phòng KHTC chủ trì, phối hợp với Thanh tra Sở kiểm tra trước ngày 05/10/2023.", None),
    # units that are described, and persons, stay
    ("Trường có nhà đa năng đăng ký lịch thi trước ngày 05/10/2023.", "Trường có nhà đa năng đăng ký lịch thi."),
    ("Mỗi trường chọn một tiết mục văn nghệ trước ngày 05/10/2023.", "Mỗi trường chọn một tiết mục văn nghệ."),
    ("Giáo viên chủ nhiệm nhập hạnh kiểm trước ngày 05/10/2023.", "Giáo viên chủ nhiệm nhập hạnh kiểm."),
    (
        "Nhận hồ sơ đối với trường hợp đến muộn trước ngày 05/10/2023.",
        "Nhận hồ sơ đối với trường hợp đến muộn.",
    ),
    # the verb first
    ("Hồ sơ thi đua đề nghị nộp về Sở GDĐT chậm nhất ngày 05/10/2023.", "Nộp hồ sơ thi đua về Sở GDĐT."),
    # cited documents by their number
    (
        "Đăng ký danh hiệu thi đua theo Công văn số 12/SGDĐT-VP ngày 15/8/2023 của Sở GDĐT trước ngày 05/10/2023.",
        "Đăng ký danh hiệu thi đua theo Công văn số 12/SGDĐT-VP.",
    ),
    # what a sentence does before it sends
    (
        "Lập dự toán sửa chữa; hoàn thiện hồ sơ và trình Sở phê duyệt trước ngày 05/10/2023.",
        "Lập dự toán sửa chữa; hoàn thiện hồ sơ và trình Sở phê duyệt.",
    ),
    (
        "Kiện toàn ban chỉ đạo; phân công người phụ trách, hoàn thành trước ngày 05/10/2023.",
        "Kiện toàn ban chỉ đạo; phân công người phụ trách.",
    ),
    ("Đẩy mạnh tuyên truyền; tổ chức hội thi vẽ tranh trước ngày 05/10/2023.", "Tổ chức hội thi vẽ tranh."),
    (
        "Lập danh sách học sinh giỏi trước ngày 25/9/2023; hiệu trưởng ký, gửi về Phòng GDĐT.",
        "Lập danh sách học sinh giỏi; hiệu trưởng ký, gửi về Phòng GDĐT.",
    ),
]


@pytest.mark.parametrize(("text", "task"), ONE, ids=[t[0][:48] for t in ONE])
def test_the_words_of_one_task(text: str, task: str | None) -> None:
    [row] = due(text)
    assert row.task == (task or "Kiểm tra.")


MANY = [
    (
        "Báo cáo tài chính gửi về Phòng GDĐT qua email: ketoan@hailam.edu.vn; các trường mầm non gửi trước ngày "
        "05/01/2024; các trường tiểu học, THCS trước ngày 06/01/2024.",
        [
            "Gửi báo cáo tài chính về Phòng GDĐT qua email: ketoan@hailam.edu.vn: các trường mầm non gửi.",
            "Gửi báo cáo tài chính về Phòng GDĐT qua email: ketoan@hailam.edu.vn: các trường tiểu học, THCS.",
        ],
    ),
    (
        "Nộp hồ sơ dự thi về Sở GDĐT: các trường THPT trước ngày 05/10/2023, các trung tâm GDTX trước ngày 10/10/2023.",
        ["Nộp hồ sơ dự thi về Sở GDĐT: các trường THPT.", "Nộp hồ sơ dự thi về Sở GDĐT: các trung tâm GDTX."],
    ),
    (
        "Gửi phiếu đánh giá viên chức: đợt 1 trước ngày 05/12/2023; đợt 2 trước ngày 05/5/2024.",
        ["Gửi phiếu đánh giá viên chức: đợt 1.", "Gửi phiếu đánh giá viên chức: đợt 2."],
    ),
    (
        "Nộp báo cáo tài chính về Sở GDĐT trước ngày 31/12/2023 và trước ngày 30/6/2024 theo mẫu.",
        ["Nộp báo cáo tài chính về Sở GDĐT theo mẫu."] * 2,
    ),
    (
        "Nộp báo cáo tài chính về Sở GDĐT vào ngày 15/12/2023, 15/3/2024 và 15/6/2024.",
        ["Nộp báo cáo tài chính về Sở GDĐT."] * 3,
    ),
    (
        "Thực hiện báo cáo thống kê kỳ đầu năm học và kỳ cuối năm học đúng biểu mẫu.",
        [
            "Thực hiện báo cáo thống kê kỳ đầu năm học đúng biểu mẫu.",
            "Thực hiện báo cáo thống kê kỳ cuối năm học đúng biểu mẫu.",
        ],
    ),
    (
        "Báo cáo thống kê (kỳ đầu năm học và kỳ cuối năm học) cho phòng GDĐT đầy đủ.",
        [
            "Báo cáo thống kê (kỳ đầu năm học) cho phòng GDĐT đầy đủ.",
            "Báo cáo thống kê (kỳ cuối năm học) cho phòng GDĐT đầy đủ.",
        ],
    ),
    (
        "Các trường xét duyệt hồ sơ từ ngày 01/3/2024 đến ngày 10/3/2024, gửi danh sách học sinh đạt giải về Sở GDĐT "
        "trước ngày 15/3/2024.",
        ["Xét duyệt hồ sơ.", "Gửi danh sách học sinh đạt giải về Sở GDĐT."],
    ),
    (
        "Các trường tổng kết phong trào, gửi về Sở GDĐT trước ngày 10/5/2024 đối với trường THPT; gửi về Phòng GDĐT "
        "trước ngày 05/5/2024 đối với các trường tiểu học, THCS.",
        ["Tổng kết phong trào, gửi về Sở GDĐT.", "Tổng kết phong trào: gửi về Phòng GDĐT."],
    ),
    (
        "1. Báo cáo phong trào thi đua gửi về Sở GDĐT, cụ thể:\n\n- Các trường THPT: trước ngày 05/6/2024.\n\n"
        "- Các phòng GDĐT: trước ngày 10/6/2024.\n",
        [
            "Gửi báo cáo phong trào thi đua về Sở GDĐT, cụ thể: Các trường THPT.",
            "Gửi báo cáo phong trào thi đua về Sở GDĐT, cụ thể: Các phòng GDĐT.",
        ],
    ),
]


@pytest.mark.parametrize(("text", "tasks"), MANY, ids=[t[0][:48] for t in MANY])
def test_every_row_carries_what_it_shares(text: str, tasks: list[str]) -> None:
    assert [row.task for row in due(text)] == tasks


def test_the_evidence_covers_the_clauses_that_are_told() -> None:
    [row] = due("Kiện toàn ban chỉ đạo; phân công người phụ trách, hoàn thành trước ngày 05/10/2023.")
    assert "Kiện toàn" in row.evidence.surface and row.evidence.surface.endswith("2023.")


def test_units_right_before_a_time_are_those_it_binds() -> None:
    rows = due(
        "Gửi phiếu khảo sát, các trường mầm non trước ngày 05/10/2023; các trung tâm GDTX trước ngày 06/10/2023."
    )
    assert [(list(r.actor), list(r.levels or ())) for r in rows] == [
        (["co_so_giao_duc"], ["mam_non"]),
        (["trung_tam_gdtx"], ["gdtx"]),
    ]
    [row] = due("Gửi danh sách cho UBND xã, Sở GDĐT trước ngày 05/10/2023.")
    assert "so_gddt" not in row.actor


def test_a_label_that_ocr_reads_as_a_capital_is_no_word_of_the_task() -> None:
    rows = due(
        "1. Cơ sở vật chất\n\na) Rà soát bàn ghế trước ngày 05/10/2023.\n\nB) Kiểm kê sách trước ngày 06/10/2023.\n"
    )
    assert [r.task for r in rows] == ["Rà soát bàn ghế.", "Kiểm kê sách."]


@pytest.mark.parametrize(
    ("words", "tidied"),
    [
        (" ; gửi báo cáo , hoàn thành", "gửi báo cáo"),
        ("Nộp hồ sơ theo Thông tư số 12/2021/TT-BGDĐT ngày 05/4/2021 của Bộ GDĐT./.",
         "Nộp hồ sơ theo Thông tư số 12/2021/TT-BGDĐT"),
        ("Lập sổ theo mẫu (bản giấy", "Lập sổ theo mẫu (bản giấy)"),
    ],
)  # fmt: skip
def test_tidy(words: str, tidied: str) -> None:
    assert tidy(words) == tidied


@pytest.mark.parametrize("label", ["I. ", "2.1. ", "a) ", "B) ", "- ", "+ ", "12) "])
def test_bare_title(label: str) -> None:
    assert bare_title(f"{label}Công tác thi đua") == "Công tác thi đua"


DUTIES = [
    ("Các trường không thu tiền giữ xe của học sinh.", ["Không thu tiền giữ xe của học sinh."]),
    ("Học phí: thu theo tháng, không thu gộp cả năm.", ["Học phí: thu theo tháng, không thu gộp cả năm."]),
    (
        "Kiểm tra sân chơi của trẻ em; thay ngay thiết bị đã hỏng.",
        ["Kiểm tra sân chơi của trẻ em; thay ngay thiết bị đã hỏng."],
    ),
    (
        "Tiếp nhận hồ sơ chuyển trường; Phòng GDĐT xác minh nơi cư trú của học sinh.",
        ["Tiếp nhận hồ sơ chuyển trường.", "Xác minh nơi cư trú của học sinh."],
    ),
    (
        "Mỗi trường chọn ít nhất hai tiết mục dự thi văn nghệ.",
        ["Mỗi trường chọn ít nhất hai tiết mục dự thi văn nghệ."],
    ),
    (
        "Ít nhất 60% trường THCS khám sức khỏe học sinh hai đợt.",
        ["Ít nhất 60% trường THCS khám sức khỏe học sinh hai đợt."],
    ),
    ("Nâng cao nhận thức của cán bộ, giáo viên về chuyển đổi số.", []),
    ("Khuyến khích các trường tham gia sân chơi trí tuệ.", []),
    ("Cha mẹ học sinh không phải nộp bản sao giấy khai sinh.", []),
    ("Kết quả được lưu tại đơn vị và là căn cứ để xây dựng kế hoạch năm sau.", []),
    ("Đề nghị thủ trưởng các đơn vị nghiêm túc thực hiện.", []),
]


@pytest.mark.parametrize(("text", "tasks"), DUTIES, ids=[d[0][:48] for d in DUTIES])
def test_undated_duties(text: str, tasks: list[str]) -> None:
    found = [d.task for d in facts_of(f"1. {text}").duties]
    assert (found[:1] if len(tasks) == 1 else found) == tasks


def test_aims_and_what_the_details_say_again_are_no_duties() -> None:
    text = (
        "I. NHIỆM VỤ TRỌNG TÂM\n\n1. Triển khai hiệu quả phần mềm thư viện trong các trường.\n\n"
        "II. NHIỆM VỤ CỤ THỂ\n\n1. Nhập toàn bộ sách giáo khoa lên phần mềm thư viện.\n"
    )
    assert [d.task for d in facts_of(text).duties] == ["Nhập toàn bộ sách giáo khoa lên phần mềm thư viện."]
    alone = "I. NHIỆM VỤ TRỌNG TÂM\n\n1. Triển khai hiệu quả phần mềm thư viện trong các trường.\n"
    assert len(facts_of(alone).duties) == 1
    aims = "I. MỤC ĐÍCH, YÊU CẦU\n\n1. Tổ chức các hoạt động thiết thực, tiết kiệm cho học sinh.\n"
    assert facts_of(aims).duties == ()


MORE_DUTIES = [
    (
        "II. NHIỆM VỤ\n1. Các trường trên địa bàn thị xã An Trạch ký hợp đồng với ít nhất hai cơ sở cung cấp.",
        ["Các trường trên địa bàn thị xã An Trạch ký hợp đồng"],
    ),
    ("II. NHIỆM VỤ\n1. Tỷ lệ giải không quá 60% số thí sinh dự thi của từng môn.", ["Tỷ lệ giải không quá 60%"]),
    ("I. MỤC TIÊU\n1. Ít nhất 80% học sinh được khám sức khỏe đầu năm học.", ["Ít nhất 80% học sinh"]),
    ("I. MỤC ĐÍCH, YÊU CẦU\n1. Các trường không cắt xén chương trình, không ép học sinh dự thi.", ["Không cắt xén"]),
    ("I. MỤC ĐÍCH, YÊU CẦU\n1. Xây dựng nếp sống văn minh cho học sinh toàn tỉnh.", []),
    ("II. NHIỆM VỤ\n1. Đối với cấp tiểu học: Bao gồm: vòng thi cấp trường, vòng thi tổ chức tại Sở.", []),
    ("II. NHIỆM VỤ\n1. Để được tham gia vòng tỉnh, vòng khu vực, học sinh phải đạt từ 80 điểm ở vòng huyện.", []),
    ("II. NHIỆM VỤ\n1. Để tham gia đúng lịch, các trường THCS phải đăng ký tài khoản.", ["Đăng ký tài khoản"]),
    ("A. ĐẶC ĐIỂM TÌNH HÌNH\n1. Trường phải thuê thêm 03 phòng học của nhà văn hóa xã.", []),
    ("V. TỔ CHỨC\n1. Công văn này thay thế Công văn số 12/SGDĐT-VP ngày 15/01/2021 của Sở.", []),
    (
        "II. NHIỆM VỤ\n1. Mỗi trường đăng ký không quá 06 em một môn; riêng Trường THPT chuyên không quá 12 em.",
        ["Mỗi trường đăng ký"],
    ),
    (
        "II. NHIỆM VỤ\n1. Các trường nộp hồ sơ trước ngày 30/9/2023; đồng thời gửi tệp danh sách về Sở GDĐT.",
        [],
    ),
    (
        "II. NHIỆM VỤ\n1. Tất cả các trường THPT đo thị lực; ít nhất 60% trường THCS đo hai lần trong năm học.",
        ["Đo thị lực", "Ít nhất 60% trường THCS"],
    ),
]


@pytest.mark.parametrize(("text", "opens"), MORE_DUTIES, ids=[d[0][:60] for d in MORE_DUTIES])
def test_what_is_an_undated_duty(text: str, opens: list[str]) -> None:
    tasks = [row.task for row in facts_of(text).duties]
    assert len(tasks) == len(opens)
    assert all(task.startswith(start) for task, start in zip(tasks, opens, strict=True))


def test_words_that_only_tell_for_whom_say_what_their_heading_does() -> None:
    text = """1. Ngày tựu trường
- Đối với giáo dục mầm non: ngày 20/9/2023.
- Đối với giáo dục thường xuyên: ngày 18/9/2023 đối với khối lớp 9, 12 và ngày 25/9/2023 đối với các khối lớp còn lại.
2. THỜI GIAN HỌC KỲ I
a) Giáo dục trung học:
- Đối với lớp 9, 12: 18 tuần thực học, từ ngày 11/9/2023 đến ngày 13/01/2024.
"""
    assert [row.task for row in due(text)] == [
        "Ngày tựu trường: Đối với giáo dục mầm non.",
        "Ngày tựu trường: Đối với giáo dục thường xuyên: đối với khối lớp 9, 12.",
        "Ngày tựu trường: Đối với giáo dục thường xuyên: đối với các khối lớp còn lại.",
        "Thời gian học kỳ I: Giáo dục trung học: Đối với lớp 9, 12: 18 tuần thực học.",
    ]
