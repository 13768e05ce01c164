"""Units that act behind something else: behind a condition, in the passive, behind what they deal with."""

from __future__ import annotations

from nlp.page.structure import Clause
from nlp.words.folding import pattern
from nlp.words.verbs import opens_with_verb

#: Who acts where something else holds: "Cơ sở nào chưa đủ điều kiện thì Phòng GDĐT tham mưu …".
_THEN = pattern(
    r"(?<!\w)(?:nao|neu|khi|truong hop|chua|khong)(?!\w)[^;.:]{3,160}?,?\sthi\s"
    r"(?=(?:cac |moi )?(?:phong|so|truong|trung tam|hieu truong|nha truong|don vi|thu truong|ubnd|co so)(?!\w))"
)
#: Whose work something is, in the passive: "Số liệu do các trường nhập trên hệ thống".
_DONE_BY = pattern(
    r"\W{0,4}(?:[^\W\d]\w*\s){1,10}?do\s(?=(?:cac |moi )?(?:phong gd|so gd|truong|trung tam|hieu truong|nha truong"
    r"|(?<=cac )don vi|co so)(?!\w))"
)
#: What units deal with, told before them: "Kết luận kiểm tra Sở GDĐT gửi trường …", "Minh chứng các trường lưu …".
_MATTER_FIRST = pattern(
    r"\W{0,4}(?:(?:toan bo|cac|moi)\s)?(?:ket luan|ket qua|minh chung|ho so|danh sach|bien ban|so lieu|phieu"
    r"|bai (?:thi|lam|du thi)|de (?:thi|kiem tra)|du lieu|giay (?:chung nhan|bao|moi)|chung chi|van bang|thiet bi)"
    r"(?:\s(?!(?:cua|ve|cho|tai|tu|den|do|gui|nop|doi|voi|theo|trong|va|duoc|len|de)\s)[^\W\d]\w*){0,6}?\s"
    r"(?=(?:cac |moi )?(?:phong gd|phong giao|so gd|so giao|truong (?!hop)|trung tam|hieu truong|nha truong"
    r"|(?<=cac )don vi))"
)
#: What is only ruled: "Hồ sơ do trung tâm quản lý", "kinh phí do đơn vị tự chi trả".
_BY_RULE = pattern(
    r"(?:tu )?(?:quan ly|luu|chi(?! dao)|to chuc|chu tri|dam bao|bao dam|quyet dinh|quy dinh|chiu|cap)(?!\w)"
)


def behind_condition(text: str, fold: str, clause: Clause, until: int) -> list[int]:
    """Return where units stand behind "thì": "Cơ sở nào chưa đủ điều kiện thì Phòng GDĐT tham mưu …"; not behind
    "thi", which folds alike."""
    then = _THEN.search(fold, clause.start, until)
    said = then is not None and text[then.start() : then.end()].lower().rstrip().endswith(" thì")
    return [then.end()] if then is not None and said else []


def done_by(fold: str, clause: Clause, until: int) -> set[int]:
    """Return where units stand by whom what a clause opens with is done, none where it opens with an act."""
    matter = _MATTER_FIRST.match(fold, clause.start, until)
    if matter is not None:
        return {matter.end()}
    done = _DONE_BY.match(fold, clause.start, until)
    bare = clause.start + len(fold[clause.start : until]) - len(fold[clause.start : until].lstrip(" -+*"))
    return set() if done is None or opens_with_verb(fold, bare) else {done.end()}


def is_only_ruled(fold: str, at: int) -> bool:
    """Tell whether a verb at ``at`` says who is in charge, and asks nothing: "hồ sơ do trung tâm quản lý"."""
    return _BY_RULE.match(fold, at) is not None
