"""What sounds like a duty and asks nobody for anything: what befalls whoever is late, where something is written."""

from __future__ import annotations

import re

from nlp.words.content import tells

#: What befalls whoever does otherwise: "Đơn vị gửi chậm bị trừ điểm thi đua", "hồ sơ nộp muộn không được xem xét".
_SUFFERS = re.compile(
    r"(?<!\w)(?:(?:sẽ )?bị (?:trừ|hạ|xử (?:lý|phạt)|phạt|hủy|loại|phê bình|trả lại|khóa|cắt)"
    r"|không được (?:xét|tiếp nhận|xem xét|công nhận|giải quyết)"
    r"|không (?:nhận|tiếp nhận|giải quyết|chấp nhận)\s[^,;.]{0,40}?(?:trễ|muộn|chậm|sau hạn|quá hạn)"
    r"|thì (?:chưa|không được)|quá (?:thời )?hạn (?:trên|này|nêu trên)"
    r"|(?:trừ điểm|hạ (?:bậc|mức)|không xét)(?: thi đua| xếp loại)?(?: đối với| của)?\s[^,;.]{0,40}?"
    r"(?:trễ|muộn|chậm|không (?:nộp|gửi|đúng hạn)))(?!\w)",
    re.I,
)
#: Who answers for what went wrong: "Đơn vị nào để học sinh bỏ học …, thủ trưởng chịu trách nhiệm".
_ANSWERS = re.compile(
    r"(?:(?<!\w)nào\s[^;]{3,120}?|(?:chậm|trễ|muộn|sai sót|vi phạm)\W[^;]{0,40}?)(?:tự |hoàn toàn |phải )?chịu"
    r" (?:mọi |hoàn toàn )?trách nhiệm"
    r"|chịu (?:mọi |hoàn toàn )?trách nhiệm trước \w[^;,]{2,40}? về (?:kết quả|việc) (?:tổ chức )?(?:triển khai )?"
    r"thực hiện",
    re.I,
)
#: What must be done all the same: "… bị thu sai phải hoàn trả".
_STILL = re.compile(r"(?<!\w)phải (?!chịu)", re.I)
#: Where the rest is written: "Phân công cụ thể được nêu tại Phụ lục", "Danh mục văn bản gửi kèm".
_POINTS = re.compile(
    r"\W{0,4}(?:(?:Bảng )?[Pp]hân công|(?:Các )?[Dd]anh mục|[Nn]ội dung|[Ll]ịch|[Cc]hi tiết|[Mm]ẫu"
    r"|[Bb]iểu mẫu)(?! \w+ \w+ \w+"
    r" (?:theo|gửi về))(?:\s[^\W\d]+){0,8}?\s(?:được )?(?:nêu|gửi kèm|đính kèm|ghi|quy định|kèm theo|thực hiện theo"
    r" lịch)?\s?(?:rõ )?(?:tại|theo|ở)? ?(?:các )?[Pp]hụ lục[^;]{0,60}$"
    r"|(?:[Tt]hực hiện )?(?:theo lịch|các nội dung|nội dung) (?:tại|ở) (?:Phụ lục|bảng)[^;]{0,30}$"
)
#: A document carried on with, and nothing else said: "Tiếp tục thực hiện Quyết định số 522/QĐ-TTg ngày …".
_GOES_ON = re.compile(
    r"\W{0,4}(?:Tiếp tục|Nghiêm túc) (?:thực hiện|triển khai)(?: (?:có hiệu quả|nghiêm túc|tốt|thực hiện))?"
    r"(?:,?(?: và)? (?:Chỉ thị|Quyết định|Nghị quyết|Kết luận|Luật|Nghị định|Thông tư|Công văn|Kế hoạch"
    r"|Chương trình)\s"
    r"(?:(?!,? (?:và )?(?:Chỉ thị|Quyết định|Nghị quyết|Kết luận|Luật|Nghị định|Thông tư|Công văn"
    r"|Kế hoạch) )[^;,]){3,160}"
    r"){1,5}$"
)
_NUMBERED = re.compile(r"số \d")
_ABOUT = re.compile(r"\svề (?!việc)(?:\w+ ){2}")
#: A closing, by whatever verb: "… đề nghị thủ trưởng các đơn vị triển khai ngay", "thông báo để các trường biết".
_CLOSES = re.compile(
    r"(?:thông báo|thông tin|gửi) (?:đến |tới |cho )?(?:để )?(?:các |quý |[Pp]hòng |thủ trưởng )[^;:.]{2,60}?"
    r"(?:được )?biết(?:,| và|, và)? (?:để )?(?:phối hợp )?(?:triển khai )?thực hiện\W*$"
    r"|^\W{0,4}Nhận được (?:công văn|kế hoạch|văn bản|thông báo|hướng dẫn) này,[^;:]{3,90}"
    r"(?:triển khai|khẩn trương|nghiêm túc)(?: thực hiện)?(?: ngay| kịp thời| nghiêm túc)*\W*$"
    r"|(?:nghiêm túc (?:triển khai )?thực hiện|(?:triển khai|thực hiện)(?: thực hiện)?"
    r"(?: nghiêm túc| đầy đủ| tốt| kịp thời| có hiệu quả|,| và){1,4})(?: (?:các )?nội dung(?: của)?)?"
    r" (?:công văn|kế hoạch|văn bản|thông báo|hướng dẫn) này\W*$",
    re.I,
)
#: Who comes, and not more: the meeting has its own row. "Đề nghị các đơn vị bố trí người dự đúng thành phần".
_COMES = re.compile(
    r"(?:(?:cử|bố trí)(?: người| cán bộ| đại biểu| thành viên)?|bố trí thời gian|thu xếp thời gian)"
    r"(?: về| đến)? (?:tham )?dự(?: (?:họp|hội nghị|tập huấn|lễ|lớp))?(?:,? (?:và )?(?:đầy đủ|đủ|đúng giờ"
    r"|đúng thời gian|đúng (?:và đủ )?thành phần|thành phần)){1,3}\W*$",
    re.I,
)
#: What an event is to be like: "Kỳ thi phải được tổ chức nghiêm túc, an toàn, đúng quy chế".
_IN_EARNEST = re.compile(
    r"\W{0,4}(?:(?:Kỳ|Hội|Cuộc) (?:thi|giảng|khảo sát)|Việc tổ chức|Công tác tổ chức|(?:Các )?[Hh]oạt động|Giải pháp"
    r"|Chương trình)(?:\s\w+){0,6}? "
    r"(?:(?:phải|được|cần|bảo đảm|đảm bảo|tổ chức|diễn ra) ){1,3}(?:(?:thật )?(?:nghiêm túc|an toàn|tiết kiệm"
    r"|khách quan"
    r"|công bằng|trung thực|đúng quy chế|chất lượng|hiệu quả|thiết thực|phù hợp|khả thi|gọn nhẹ|gọn|đồng bộ"
    r"|tránh (?:hình thức|lãng phí|phô trương))(?:,? (?:và )?)?){1,6}"
    r"(?:,? không [^;,]{4,40})?\W*$"
)
#: What was or is, with figures; what a word means; who is meant by a topic; what an office will do later.
_TELLS = re.compile(
    r"\W{0,4}(?:[a-zđ]\) )?"
    r"(?:(?:Năm|Mùa|Vụ|Quý|Hiện|Toàn (?:huyện|tỉnh|thành phố|xã|ngành))(?: \S+){0,8}?(?<!phải)(?<!cần) (?:có|còn|đã) \d"
    r"|(?:[^\s;,:]+ ){1,5}là (?!cơ quan|đầu mối|đơn vị|bắt buộc|trách nhiệm|nhiệm vụ|người)(?=[^;]*$)"
    r"(?!.*(?:phải|không) )"
    r"|[^\s:;,.][^:;,.]{2,40}: (?:người (?:có|được|đang|chưa)|cấp trưởng|cá nhân|các cá nhân)(?!.*(?:phải|không) )"
    r"|.{0,60}(?:Phòng|Sở|Bộ|Vụ|Cục)(?: [\w&-]+){0,4} sẽ (?:có|thông báo|ban hành|gửi|hướng dẫn)(?!\w))"
)
#: A lead to a table and nothing else: "Thực hiện các nội dung ở bảng dưới đây".
_TO_TABLE = re.compile(
    r"(?:theo|ở|tại) (?:lịch|bảng|biểu)(?: \w+){0,2} ?(?:dưới đây|sau đây|sau)(?:,[^;]{0,50})?[\s.:]*$"
)
_ASKING = re.compile(r"^(?:Đề nghị|Yêu cầu|Thực hiện|Tổ chức thực hiện|Triển khai)\s(?=\S)")
#: Before whom somebody answers, at the end of what they are to do: "… và chịu trách nhiệm trước Giám đốc Sở".
_BEFORE_WHOM = re.compile(
    r",? và (?:tự |hoàn toàn )?chịu (?:hoàn toàn |mọi )?trách nhiệm trước [^,;:.()]{3,40}?(?<! về)(?=[\s./]*$)", re.I
)


def without_answering(words: str) -> str:
    """Return a task without before whom somebody answers for it."""
    return words if " về " in words.rpartition("trách nhiệm trước")[2] else _BEFORE_WHOM.sub("", words)


def says_enough(task: str) -> bool:
    """Tell whether a task says what to do: "Thực hiện." and "Đề nghị UBND các xã, phường." do not."""
    bare = _ASKING.sub("", task.rstrip(" ."))
    return len(bare.split()) > 1 and tells(bare)


def asks_nothing(words: str) -> bool:
    """Tell whether a clause tells only what befalls somebody, where something stands, how an event is to be."""
    if _TELLS.match(words) or _TO_TABLE.search(words):
        return True
    if _CLOSES.search(words) or _COMES.search(words):
        return True
    if _POINTS.match(words) or _IN_EARNEST.match(words) or _ANSWERS.search(words):
        return True
    if _GOES_ON.match(words) and _NUMBERED.search(words) and not _ABOUT.search(words):
        return True
    return _SUFFERS.search(words) is not None and _STILL.search(words) is None
