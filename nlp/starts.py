"""Days on which something stops or begins: "tạm dừng đến trường từ 0 giờ 00 ngày …", "phát sóng … từ ngày …"."""

from __future__ import annotations

from nlp.dates import Calendar, Time
from nlp.folding import pattern
from nlp.structure import Item
from nlp.subjects import Clause

#: What begins or stops on a day: "tạm dừng đến trường từ 0 giờ 00 ngày …", "phát sóng … từ ngày …".
_BEGINS = pattern(
    r"(?<!\w)(?:tam dung|dung (?:hoat dong|to chuc|den truong|day|hoc|thu)|ngung|cam|phat song|khai truong|van hanh"
    r"|mo(?: cua)?(?=\s*$)|mo cua|mo (?:cac |\d{1,2} )?lop|truc (?:ban|chi huy)|dong cua)(?!\w)"
)
#: What begins at an hour: days off and days back without one are but told.
_BEGINS_AT = pattern(
    r"(?<!\w)(?:nghi (?:hoc|tet|le|he|day)|tro lai|don (?:tre|hoc sinh|hoc vien)|day hoc|hoc truc tuyen)(?!\w)"
)
_ON = pattern(r"(?:\s?\([^()]{1,60}\))?,?\s(?:den|-)\s")
#: What stands before such a day.
FROM = pattern(r"(?:ke )?tu(?: (?:sang|chieu|toi|thoi diem))?(?: ngay)?$")
_REACH = 64


def begins(item: Item, clause: Clause, begin: int, hour: int, end: int, time: Time, known: Calendar) -> bool:
    """Tell whether something stops or begins on a day to come: "tạm dừng đến trường từ ngày …".

    ``begin`` is where "từ" stands, ``hour`` where a time of day or the date begins.
    """
    if time.due is None or known.issued is None or time.due < known.issued or not (item.label or item.path):
        return False
    fold = item.joined.fold
    if _ON.match(fold, end):
        return False
    verbs = [_BEGINS, _BEGINS_AT] if fold[hour].isdigit() else [_BEGINS]
    lo, hi = max(clause.start, begin - 2 * _REACH), min(clause.end, end + _REACH)
    opens = not fold[clause.start : begin].strip(" -+*,:")
    return any(
        verb.search(fold, lo, begin) is not None or (opens and verb.search(fold, end, hi) is not None) for verb in verbs
    )
