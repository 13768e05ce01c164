"""For which schools a directive is by its addressees or its trích yếu: a special kind, general education alone."""

from __future__ import annotations

import re

from corpus.schools import special
from nlp.naming.actors import group_at
from nlp.words.folding import folded, pattern

#: Who owns or heads a unit, and what parts one addressee from the next in a line.
_HEADS = re.compile(
    r"^(?:Đ/c |Đồng chí |Các |Ông \(bà\) )*"
    r"(?:[Cc]hủ (?:đầu tư|cơ sở|sở hữu)|[Gg]iám đốc|[Hh]iệu trưởng|[Tt]hủ trưởng)"
    r"(?:,? (?:và )?(?:[Gg]iám đốc|[Hh]iệu trưởng))?\s"
)
_NEXT = re.compile(r"[,;]\s|\svà\s")
#: Schools of general education, children under six, adults, in a folded trích yếu.
_GENERAL = pattern(
    r"(?<!\w)(?:hoc sinh|giao duc|csgd|co so giao duc|truong|giao vien) pho thong(?!\w)(?! (?:dan toc|nam|20))"
)
_NURSERIES = pattern(r"(?<!\w)(?:boi duong|tap huan|mam non|mau giao|tre(?: em)?|nha tre)(?!\w)")
_ADULTS = pattern(r"(?<!\w)(?:giao duc thuong xuyen|gdtx|hoc vien|thuong xuyen)(?!\w)")


def special_addressees(addressees: tuple[str, ...]) -> str:
    """Return the kind of school that a directive is written to, "" where it goes to ordinary ones or offices, too:
    "Chủ đầu tư Trung tâm Ngoại ngữ - Tin học", "Các trường đại học, cao đẳng"."""
    told = [_HEADS.sub("", words.strip(" .;:-+")) for words in addressees]
    return told[0] if told and all(map(_is_special, told)) else ""


def _is_special(words: str) -> bool:
    """Tell whether words name one special kind of school and no unit beside it."""
    others = _NEXT.split(words)[1:]
    return special(words) is not None and all(group_at(one, folded(one), 0) is None for one in others)


def general_levels(subject: str) -> frozenset[str]:
    """Return the levels of general education (and GDTX beside it) where a folded trích yếu names no nurseries."""
    if _GENERAL.search(subject) is None or _NURSERIES.search(subject) is not None:
        return frozenset()
    return frozenset({"tieu_hoc", "thcs", "thpt"} | ({"gdtx"} if _ADULTS.search(subject) is not None else set()))
