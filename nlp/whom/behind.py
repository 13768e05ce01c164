"""Units that act behind something else: behind a condition, in the passive, behind what they deal with."""

from __future__ import annotations

from nlp.naming.actors import group_at
from nlp.page.structure import Clause
from nlp.words.folding import pattern
from nlp.words.verbs import opens_with_verb

#: How units begin that may act behind something: one list for all such places; ``group_at`` tells what they are.
UNITS = (
    r"(?:(?:cac |moi |tung )?(?:phong (?=gd|giao duc|van hoa|ql|td|tc|kh|ct|to chuc)|so (?=gd|giao duc)"
    r"|(?<!khan )(?<!chu )(?<!hien )truong (?!hop)|trung tam|co so|nha truong|hieu truong)"
    r"|thu truong|(?:chu tich )?(?:cac )?ubnd|uy ban nhan dan|van phong so|thanh tra so|cac don vi)"
)
#: Who acts where something else holds: "Cơ sở nào chưa đủ điều kiện thì Phòng GDĐT tham mưu …".
_THEN = pattern(rf",?\sthi\s(?=(?:{UNITS}|don vi|moi don vi))")
#: Whose work something is, in the passive: "Số liệu do các trường nhập trên hệ thống".
_DONE_BY = pattern(rf"\W{{0,4}}(?:[^\W\d]\w*\s){{1,10}}?do\s(?={UNITS})")
_BY = pattern(rf"(?:\s?\([^()]{{1,60}}\))?,?\s(?:thi\s)?do\s(?={UNITS})")
#: What units deal with, told before them: "Kết luận kiểm tra Sở GDĐT gửi trường …", "Minh chứng các trường lưu …".
_MATTER_FIRST = pattern(
    r"\W{0,4}(?:(?:toan bo|cac|moi)\s)?(?:ket luan|ket qua|minh chung|ho so|danh sach|bien ban|so lieu|phieu"
    r"|bai (?:thi|lam|du thi)|de (?:thi|kiem tra)|du lieu|giay (?:chung nhan|bao|moi)|chung chi|van bang|thiet bi"
    r"|phuong an|thong bao)"
    r"(?:\s(?!(?:cua|ve|cho|tai|tu|den|do|gui|nop|doi|voi|theo|trong|va|duoc|len|de)\s)[^\W\d]\w*){0,6}?\s"
    rf"(?={UNITS})"
)
#: What is only ruled: "Hồ sơ do trung tâm quản lý", "kinh phí do đơn vị tự chi trả".
_BY_RULE = pattern(
    r"(?:tu )?(?:quan ly|luu|chi(?! dao)|to chuc|chu tri|dam bao|bao dam|quyet dinh|quy dinh|chiu|cap)(?!\w)"
)
#: So many words may tell which of the units do it: "trường nơi đi ký số", "hiệu trưởng trường tiếp nhận kiểm tra".
_WHICH = 4


def behind_condition(text: str, fold: str, clause: Clause, until: int) -> list[int]:
    """Return where units stand behind "thì" and do something: "Cơ sở nào chưa đủ điều kiện thì Phòng GDĐT tham mưu
    …", "Học sinh chuyển trường thì trường nơi đi ký số …"; not behind "thi", which folds alike."""
    return [
        then.end()
        for then in _THEN.finditer(fold, clause.start, until)
        if text[then.start() : then.end()].lower().rstrip().endswith("thì") and _act(text, fold, then.end())
    ]


def _act(text: str, fold: str, at: int) -> bool:
    """Tell whether units at an offset do something, also behind a few words that tell which of them."""
    group = group_at(text, fold, at)
    end = group.end if group is not None else -1
    for _ in range(_WHICH + 1 if group is not None else 0):
        if opens_with_verb(fold, end + 1):
            return True
        following = fold.find(" ", end + 1)
        if following < 0 or any(mark in fold[end:following] for mark in ",;:.("):
            return False
        end = following
    return False


def done_by(text: str, fold: str, clause: Clause, until: int) -> set[int]:
    """Return where units stand by whom what a clause opens with is done, none where it opens with an act."""
    matter = _MATTER_FIRST.match(fold, clause.start, until)
    if matter is not None:
        return {matter.end()}
    bare = clause.start + len(fold[clause.start : until]) - len(fold[clause.start : until].lstrip(" -+*"))
    opening = group_at(text, fold, bare)  # "Hiệu trưởng trường trực thuộc do Sở GDĐT đánh giá"
    done = _BY.match(fold, opening.end, until) if opening is not None else _DONE_BY.match(fold, clause.start, until)
    return set() if done is None or opens_with_verb(fold, bare) else {done.end()}


def is_only_ruled(fold: str, at: int) -> bool:
    """Tell whether a verb at ``at`` says who is in charge, and asks nothing: "hồ sơ do trung tâm quản lý"."""
    return _BY_RULE.match(fold, at) is not None
