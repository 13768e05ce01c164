"""What is told of a thing or a person and asked of a unit: "minh chứng lưu tại trường", "kế toán mở sổ theo dõi"."""

from __future__ import annotations

import re

from nlp.naming.actors import group_at
from nlp.page.structure import Clause, Item
from nlp.words.folding import pattern
from nlp.words.verbs import is_written_verb

#: Where and how long a thing is kept: "Biên bản lưu tại đơn vị ít nhất 05 năm", "bản kê khai để trong phong bì".
_KEPT = re.compile(
    r"(?P<thing>(?:[^\s;:.()]+\s){1,16}?)(?:(?:được|phải) ){0,2}(?:(?:lưu|giữ) 0?\d"
    r"|(?:lưu(?: trữ| giữ)?|giữ|để|niêm yết|bảo quản|dán|treo|cất|khóa)(?: lại| kín)? (?:tại|trong|cùng|đủ|ít nhất"
    r"|tối thiểu)\s"
    # how it is made or taken: "học phí thu theo tháng", "tệp đặt tên không dấu theo mẫu"
    r"|(?:được )?(?:thu|tính|đặt tên|ghi|đóng|chấm|xếp|lập)(?: [^\s,;:.()]+){0,2}? theo\s(?!dấu|ngày))",
    re.I,
)
#: Whence it is paid: "Kinh phí ăn ở của đoàn chi từ nguồn chi thường xuyên".
_PAID = re.compile(
    r"(?P<thing>\W{0,4}(?:Kinh phí|Tiền|Các khoản chi)\s(?:[^\s;:.()]+\s){0,12}?)"
    r"(?:được )?(?:chi|lấy|trích|sử dụng|(?:do [^,;]{2,30} )?(?:bảo|đảm) (?:đảm|bảo))"
    r" từ (?:nguồn|ngân sách|kinh phí|dự toán|quỹ)\s",
    re.I,
)
#: What is done to a thing: "tiền ăn bán trú được thu, chi công khai", "sách được cấp phát cho học sinh mượn".
_DONE = re.compile(
    r"(?P<thing>(?:[^\s;:.()]+\s){1,14}?)(?<!đã )(?<!chưa )(?<!khi )(?<!nếu )(?<!không )được\s(?!hỗ trợ|miễn"
    r"|giảm|công nhận"
    r"|xét|nghỉ|tham gia|chọn|cử|cấp (?!phát)|giao|học|xác định|triển khai|tiến hành|tổ chức|bố trí(?! theo)|khen"
    r"|quy định|nâng|mở|tính (?!theo)|ký|hoàn thành)(?P<verb>[^\s;:.]+(?:,? (?:và )?[^\s;:.,]+){0,4}?)"
    r" (?:theo|cho|đối với|cùng|sang|tại|công khai|kín|bằng)\s",
    re.I,
)
_TOLD_DONE = re.compile(
    r"(?P<thing>(?:[^\s;:.()]+\s){1,14}?)(?<!đã )(?<!chưa )(?<!không )được\s(?P<verb>[^\s;:.]+)", re.I
)
#: Not of things: what a text tells of people, events, figures of the past.
_NO_THING = pattern(
    r"\W{0,4}(?:[a-z]\)\s|\d{1,2}[.)]\s)?(?:(?:cac|nhung|moi|mot so|nhieu|nam|tu|den|trong|khi|neu|theo|tai|qua"
    r"|sau|hien"
    r"|da|dang|con)\s){0,2}(?:hoc sinh|giao vien|tre|truong|don vi|ca nhan|nguoi|hoc vien|thi sinh|doi|can bo"
    r"|vien chuc"
    r"|tinh|huyen|xa|(?:so|phong|bo) (?:gd|giao duc)|ubnd|ky|hoi|cuoc"
    r"|le|dot|ket qua|so lieu|phan|muc|thoi gian|giai|chuong trinh|quyet dinh"
    r"|cong van|ke hoach nay|nhieu|khao sat|mot so|qua|trong|khi)(?!\w)"
)
#: By whom something is done, at a clause's end: "đề các khối khác do trường ra", "kinh phí do đơn vị cử đi chi trả".
_BY = re.compile(r"(?<!\w)(?<!là )do\s")
_DOES = re.compile(
    r"(?:\s[^\s;:.]+){0,8}?\s(?:chi trả|chi|thanh toán|chuẩn bị|ra|cấp|bố trí|lập|lo|đài thọ|đảm nhận|đảm nhiệm"
    r"|bảo đảm)"
    r"(?: theo [^;]{3,120})?[\s./]*$",
    re.I,
)
#: Persons of a school and who comes to what is held: what they do is a duty, and the task says whose.
_PERSON = pattern(
    r"\W{0,4}(?:(?:rieng|dong thoi|de nghi|yeu cau|(?:doi )?voi [^,;]{3,60},)\s)?(?:(?:cac|moi|nhung|toan the)\s)?"
    r"(?:ke toan|thu quy|van thu|bao ve|y te truong|can bo y te|phu trach y te|tong phu trach(?: doi)?|tpt(?: doi)?"
    r"|bi thu|doan truong|lien doi|chi doan|doan thanh nien|to truong|to [A-Za-z][\w -]{2,30}?|hoc vien|dai bieu"
    r"|thi sinh(?= tu mang| mang)|nguoi (?:du|nhan|di|hoc|duoc|dang ky|phu trach)|giam thi|giam khao|bao cao vien"
    r"|vien chuc|nhan vien|cbql|gvcn|gvbm|giao vien(?: chu nhiem| bo mon)?|gv|thu vien|truong phong|lop \d{1,2}"
    r"|doan(?= (?:dang ky|phai|mang|nop|tu))|(?P<named>d/c|dong chi|thay|co|ong|ba))(?!\w)"
)
#: How far behind a person's name the verb may stand, in characters, and what stands between.
_NEAR = 60
_NOT_ACTING = re.compile(r"(?:được|đã|để|việc|bị|về|của|các|và|chưa|có|là|đang|sẽ|khi|theo|cho|với|từ|do|thể)\s$", re.I)
#: A thing or a place with a condition, and what is done then: "Nơi chưa có trang điện tử thì in thành tập".
_THEN = re.compile(
    r"(?<!\w)thì (?!hủy|trừ|xem xét)(?:(?:các )?(?:nhà trường|trường|đơn vị|hiệu trưởng|giáo viên(?: chủ nhiệm)?|GVCN"
    r"|GV|nhân viên y tế|bảo vệ) )?(?:cần |phải |tiếp tục |không )?"
)
#: What a teacher does with a family, whose verb is no task's elsewhere.
_WITH_FAMILY = re.compile(
    r"(?:mời|trao đổi với|báo cho|gặp|liên hệ với)\s(?:cha mẹ|phụ huynh|gia đình|PHHS|CMHS)", re.I
)
#: What whoever comes is to bring: "Khi đến duyệt mang theo sổ đăng bộ", "ngày làm việc mang theo 03 bản giấy".
_BRINGS = re.compile(
    r"\W{0,4}(?:[Kk]hi (?:đến|đi|về|nộp|nhận|dự|tham)|[Đđ]ến (?:nhận|nộp|dự|duyệt|làm)|(?:[Nn]gày|[Bb]uổi) (?:làm việc"
    r"|nhận|duyệt|dự|họp))(?: [^\s,;:.]+){0,6}?,? (?:đề nghị )?(?:cần |phải )?mang (?:theo )?(?!tính|tên)"
)
#: How often something is done to a thing: "Bể nước được thau rửa mỗi quý một lần".
_OFTEN = re.compile(
    r"(?:mỗi|hằng|hàng) (?:ngày|tuần|tháng|quý|học kỳ|năm)(?: học)?|(?:một|hai|ba|\d{1,2}) lần"
    r"(?:/| (?:mỗi|một|trong) ?)(?:ngày|tuần|tháng|quý|học kỳ|năm)",
    re.I,
)
#: What is done to papers of exams and food, no matter how.
_HANDLED = re.compile(
    r"được (?:dọc phách|rọc phách|niêm phong|kiểm nghiệm|xét nghiệm|đối khớp|đối chiếu|khử khuẩn|thau rửa|lưu mẫu"
    r"|bàn giao|kiểm thực|niêm yết|khóa sổ|đánh số phách|kiểm định|tẩy trùng|chấm (?:chéo|hai vòng|2 vòng))(?!\w)",
    re.I,
)
_NOT_YET = re.compile(r"(?<!\w)(?:đã|chưa|nếu|khi|sau khi|không|đang|từng|vừa)\s$", re.I)
#: What a school is to do for pupils, told of them: "Học sinh yếu được nhà trường tổ chức phụ đạo".
_FOR_THEM = re.compile(
    r"(?<!đã )(?<!nếu )(?<!chưa )(?<!không )(?<!\w)được "
    r"(?:(?:các |nhà )?trường|trung tâm|giáo viên(?: chủ nhiệm)?|đơn vị) (?:tổ chức|lập|bố trí|phụ đạo|ôn tập"
    r"|bồi dưỡng|theo dõi|hỗ trợ|cấp|tư vấn|kiểm tra lại|dạy bù|xây dựng)\s"
)


def is_implied(item: Item, clause: Clause) -> bool:
    """Tell whether a clause tells of a thing or a person what a unit is to do."""
    clause = Clause(_bare(item.text, clause.start), clause.end)
    words = item.text[clause.start : clause.end]
    return (
        _is_told_of_thing(item, clause, words)
        or _is_done_by(item, clause)
        or _is_of_person(item, clause)
        or any(_is_done(item.text, m.end()) for m in _THEN.finditer(item.text, clause.start, clause.end))
        or _BRINGS.match(words) is not None
        or _FOR_THEM.search(words) is not None
    )


def _is_done(text: str, at: int) -> bool:
    return is_written_verb(text, at) or _WITH_FAMILY.match(text, at) is not None


def _is_told_of_thing(item: Item, clause: Clause, words: str) -> bool:
    fold = item.joined.fold
    if _PAID.match(words):
        return True
    if _NO_THING.match(fold, clause.start) or is_written_verb(item.text, _bare(fold, clause.start)):
        return False
    if _KEPT.match(words):
        return True
    handled = _HANDLED.search(words)
    if handled is not None and _NOT_YET.search(words[: handled.start()]) is None:
        return True
    done = _DONE.match(words)
    if done is None and _OFTEN.search(words) is not None:
        done = _TOLD_DONE.match(words)
    return done is not None and is_written_verb(item.text, clause.start + done.start("verb"))


def _is_done_by(item: Item, clause: Clause) -> bool:
    for by in _BY.finditer(item.text, clause.start, clause.end):
        group = group_at(item.text, item.joined.fold, by.end())
        if group is not None and by.start() > clause.start and _DOES.match(item.text, group.end, clause.end):
            return True
    return False


def _is_of_person(item: Item, clause: Clause) -> bool:
    """Tell whether a person of a school or who comes acts: "Kế toán mở sổ", "Đại biểu mang theo máy tính xách tay"."""
    person = _PERSON.match(item.joined.fold, clause.start, clause.end)
    if person is None or (person["named"] and not item.text[person.end() + 1 : person.end() + 2].isupper()):
        return False
    text, end = item.text, min(clause.end, person.end() + _NEAR)
    for gap in re.finditer(r"\s(?=\w)|$", text[person.end() : end]):
        at = person.end() + gap.end()
        if is_written_verb(text, at) and text[at - 1 : at] == " ":
            return _NOT_ACTING.search(text[max(0, at - 8) : at]) is None
        if text[person.end() : at].rstrip().endswith((",", ";", ":", ".")):
            return False
    return False


def _bare(fold: str, at: int) -> int:
    while at < len(fold) and not fold[at].isalnum():
        at += 1
    return at
