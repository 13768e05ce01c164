"""Schools' own pages that tell of what others hold: whose each day is. Invented schools; answers decided before."""

from __future__ import annotations

import pytest

from corpus.document import Document, Page
from nlp.pipeline import read

HEAD = "PHÒNG GD&ĐT HUYỆN TAM SƠN\nTRƯỜNG THCS NGUYỄN DU\nKẾ HOẠCH\nThực hiện nhiệm vụ năm học 2022-2023\n"
CONTEST = (
    'Phát động Cuộc thi vẽ tranh "Em yêu biển đảo" thành phố Hà Nội năm 2023\nThứ năm - 16/03/2023 10:22\n'
    "Thực hiện Công văn số 210/PGDĐT-CM ngày 14/3/2023 của Phòng GDĐT, "
    "trường Tiểu học Lê Lợi phát động Cuộc thi như sau:\n"
)
SCHOOL, PHONG, SO = "co_so_giao_duc", "phong_gddt", "so_gddt"


@pytest.mark.parametrize(
    ("line", "whose"),
    [
        ("- Phòng GDĐT tổ chức thi học sinh giỏi lớp 9 vào ngày 15/12/2022; cấp tỉnh thi vào ngày 22/3/2023.",
         [PHONG, SO]),
        ("- Cấp trường tổ chức xong trước ngày 15/11/2022; cấp huyện dự kiến tổ chức vào tháng 01/2023.",
         [SCHOOL, PHONG]),
        ("- Thi KHKT: các tổ đăng ký đề tài trước 30/9/2022; Sở GDĐT tổ chức cuộc thi cấp tỉnh vào ngày 15/12/2022.",
         [SCHOOL, SO]),
        ("- Trao giải: dự kiến ngày 28/4/2023 do Phòng GDĐT tổ chức.", [PHONG]),
        ("- Phòng GD&ĐT kiểm tra công tác phổ cập ngày 20/10/2022.", [PHONG]),
        # what the school takes part in, sends, or gets approved is its own
        ("- Nhà trường tham gia Hội khỏe Phù Đổng cấp tỉnh từ ngày 10/01/2023 đến ngày 15/01/2023.", [SCHOOL]),
        ("- Nộp hồ sơ giáo viên dự thi cấp huyện về Phòng GDĐT trước ngày 10/12/2022.", [SCHOOL]),
        ("- Phòng GDĐT duyệt kết quả tuyển sinh ngày 25/9/2022.", [SCHOOL]),
        ("- Bồi dưỡng đội tuyển dự thi học sinh giỏi do Phòng GDĐT tổ chức, xong trước ngày 01/12/2022.", [SCHOOL]),
    ],
)  # fmt: skip
def test_what_others_hold_in_a_plan_of_a_school(line: str, whose: list[str]) -> None:
    facts = read(Document("page", "page", "text/plain", (Page(1, f"{HEAD}II. NHIỆM VỤ\n{line}\n", 1),)))
    assert [list(row.actor) for row in facts.deadlines] == [[one] for one in whose]
    assert [bool(row.levels) for row in facts.deadlines] == [one == SCHOOL for one in whose]


@pytest.mark.parametrize(
    ("line", "whose"),
    [
        ("- Học sinh nộp bài cho giáo viên chủ nhiệm trước ngày 05/4/2023.", SCHOOL),
        ("- Vòng chung khảo: từ ngày 15/4/2023 đến ngày 20/4/2023.", SO),
        ("- Ban Tổ chức lựa chọn 20 bài đạt giải gửi tham gia vòng toàn quốc trước ngày 25/4/2023.", SO),
        ("- Tổng kết và trao thưởng Cuộc thi vào ngày 28/4/2023.", SO),
    ],
)
def test_rounds_above_a_school(line: str, whose: str) -> None:
    facts = read(Document("page", "page", "text/plain", (Page(1, f"{CONTEST}1. Thời gian tổ chức:\n{line}\n", 1),)))
    assert [list(row.actor) for row in facts.deadlines] == [[whose]]
