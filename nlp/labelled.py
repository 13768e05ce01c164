"""Days that a label tells: "Ngày khai giảng …: Ngày 05/9/2023", "Thời gian: dự kiến tháng 12", "cấp tỉnh, tháng 3"."""

from __future__ import annotations

from nlp.dates import Calendar, Time, TimeKind
from nlp.folding import pattern
from nlp.structure import Clause, Item, tells_facts
from nlp.timewords import DAYS
from nlp.vocabulary import union

#: The words of an item up to its time; what is said of the time stands between.
_LABEL = pattern(
    r"\W{0,4}(?P<label>[^:;]{4,160}):\s(?:-\s)?(?:du kien,?\s)?(?:(?:vao|tu|trong|het)\s)?(?:ca )?(?:ngay\s)?$"
)
#: What else than an event a label names that is held, begun or handed in on a day.
_DATED = pattern(r"(?<!\w)(?:ngay|thoi (?:gian|diem|han)|lich|han|(?:khai|be) giang|tuu truong|cham|vong|dot)(?!\w)")
_TOLD = pattern(
    r"(?<!\w)(?:can cu|sinh|ban hanh|(?<!hoc )ky|cap (?:ngay|lan)|so lieu|quyet dinh|cong van|hieu luc|da"
    r"|ngay nghi|thanh lap|dien thoai|e-?mail)(?!\w)"
)
_ONLY = pattern(r"\s?(?:\([^()]{1,60}\)\s?)?(?:[.;,](?=\s|$)|$)")
#: A bracket of a time alone behind what is held: "giao lưu tin học tiểu học (dự kiến tháng 01 năm 2024)".
_BRACKET = pattern(r"\((?:du kien,? )?(?:(?:vao|trong) )?$")
_CLOSES = pattern(r"\)\s?(?:[.;,]|$)")
_REACH = 120
#: A time behind a rank alone: "cấp tỉnh, tháng 12/2020".
_RANK = pattern(
    r"\W{0,4}(?:[^:;]{4,60}: )?(?:cap|vong) (?:truong|xa|huyen|tinh|quoc gia|thanh pho|bo|khu vuc|\d|i{1,3}),? $"
)


def labelled(item: Item, clause: Clause, begin: int, end: int, time: Time, known: Calendar) -> bool:
    """Tell whether a time is all that an item tells behind its label, or behind the rank of what is held."""
    if time.due is None or (known.issued is not None and time.due < known.issued) or tells_facts(item):
        return False
    if time.kind not in DAYS and not (time.kind is TimeKind.MONTH and time.stated_year):
        return False
    fold = item.joined.fold
    month = time.kind is TimeKind.MONTH
    if month and fold.startswith(")", end) and _BRACKET.search(fold, clause.start, begin) and _CLOSES.match(fold, end):
        words = fold[max(clause.start, begin - _REACH) : begin]
        return time.stated_year and _is_dated(words)
    if _ONLY.match(fold, end) is None or (known.issued is None and not time.stated_year):
        return False
    if _RANK.fullmatch(fold, clause.start, begin) is not None:
        return True
    label = _LABEL.fullmatch(fold, clause.start, begin)
    if label is None or clause.start > len(item.label) + 1:
        return False
    return _is_dated(label["label"])


def _is_dated(words: str) -> bool:
    """Tell whether folded words name what takes place on a day, and no day that is only told."""
    named = _DATED.search(words) or union("events", "held").search(words)
    return named is not None and _TOLD.search(words) is None
