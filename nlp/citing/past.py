"""What was done, sent, told or seen before by a document: it is mentioned, neither followed nor carried out."""

from __future__ import annotations

import re

from corpus.facts import Relation
from nlp.words.folding import pattern

#: A sentence that only tells: "Năm học 2024-2025 là năm hoàn thành việc đưa Chương trình … vào các khối lớp".
_TELLS = pattern(r"^\W{0,4}(?:nam hoc|day|nam \d{4})(?: [\w-]+){0,4} la (?:nam|ky|lan|moc)(?!\w)")
#: What an office did before by a document of its own: "Bộ GDĐT đã ban hành Kế hoạch số …"; not "mẫu đã gửi tại …".
_HAS_SENT = re.compile(
    r"(?<!\w)(?:đã|vừa)\s(?:(?!được)\w+\s){0,2}?(?:có|ban hành|gửi|ký|phê duyệt|tham mưu)\s"
    r"(?:(?!theo|thực hiện|kèm|tại|trong)\w+\s){0,4}$"
)
_TOLD = r"(?:chỉ đạo|hướng dẫn|yêu cầu|thông báo|đề nghị|nhắc|phổ biến|triển khai)(?!\w)[^.;]{0,260}?\s(?:tại|trong)\s$"
#: What an office told others before: "Bộ GDĐT đã chỉ đạo tổ chức dạy học qua Internet tại Công văn …".
_HAS_TOLD = re.compile(
    r"(?:^|[,.;:]\s)\W{0,3}(?:Vừa qua,?\s|[Nn]gày\s[\d/]{3,10},?\s)?"
    rf"(?:Sở|Phòng|Bộ|UBND|Ủy ban|Uỷ ban|Chính phủ|Thủ tướng)[\w\s()&]{{0,70}}?\s(?:đã|vừa)\s{_TOLD}"
)
#: What it told besides: "…; đồng thời hướng dẫn dạy học trên truyền hình tại Công văn …".
_TOLD_AS_WELL = re.compile(rf"[;,]?\s?(?:đồng thời|và|tiếp đó)\s(?:đã\s)?{_TOLD}")
#: Who did or did not do what a document asks for: "còn 12 đơn vị chưa gửi báo cáo theo …"; what was done by one
#: ("phòng học đã trang bị theo …") follows it.
_SO_FAR = re.compile(
    r"(?<!\w)(?:(?:[Đđ]ơn vị|[Tt]rường|[Đđ]ịa phương|GDĐT|Sở|Phòng|Bộ|tỉnh|huyện|xã)\sđã|chưa)"
    r"\s(?!đạt|đủ|đáp|bảo|đúng|qua)(?:(?!thì|nên|phải|được|thực hiện)\w+\s){1,6}theo\s$"
    r"|(?<!\w)đã\s(?:được\s)?(?:gia hạn|điều chỉnh|lùi|hoãn|thay đổi)\s(?:\w+\s){0,4}(?:tại|theo)\s$"
)
#: What was done, and by which documents: "Bộ đã triển khai việc tổ chức kỳ thi (Quyết định số …)".
_WAS_DONE = re.compile(
    r"(?<!\w)đã\s(?:thực hiện|triển khai|có|ban hành|gửi)\s(?:(?!theo|thực hiện|triển khai)[^.;()]){0,160}\($"
)
#: What is told or asked of how things stand: "báo cáo tình hình thực hiện Nghị định …", "sau 02 năm thực hiện …".
_HOW_IT_STANDS = pattern(
    r"(?<!\w)(?:tinh hinh|qua trinh|\d{1,2} (?:\(\w+\) )?nam)(?: [\w,]+){0,4}?"
    r" (?:trien khai(?: thuc hien)?|thuc hien|thi hanh)\s{1,2}(?:cac\s{1,2})?$"
)
#: The same of what was seen: "Qua theo dõi việc thực hiện Công văn …, Sở nhận thấy …".
_SEEN = pattern(
    r"^\W{0,6}(?:qua|tu|sau khi) (?:theo doi|kiem tra|ra soat|nam bat|tong hop|khao sat)(?!\w)[^,;]{0,120}$"
)


def is_past(
    text: str, fold: str, cue: Relation | None, cut: int, start: int, begin: int, before: Relation | None
) -> bool:
    """Tell whether the words before a citation tell of what was, whatever its ``cue`` says.

    The sentence begins at ``cut``, the citation at ``begin``, what it is attached to at ``start``; ``before`` is the
    relation of the one before it.
    """
    if cue not in (None, Relation.IMPLEMENTS, Relation.PURSUANT_TO):
        return False
    words = fold[cut:start]
    if _HAS_SENT.search(text, cut, begin) or _HAS_TOLD.search(text, cut, start) or _TELLS.search(words):
        return True
    if before is Relation.MENTIONS and _TOLD_AS_WELL.fullmatch(text, cut, start):
        return True
    if cue is Relation.PURSUANT_TO:
        return _SO_FAR.search(text, cut, start) is not None
    done = cue is Relation.IMPLEMENTS and (_WAS_DONE.search(text, cut, start) or _HOW_IT_STANDS.search(words))
    return bool(done) or (cue is Relation.IMPLEMENTS and _SEEN.match(words) is not None)
