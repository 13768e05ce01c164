"""Sections that only tell: what is aimed at, what was and is, what a month brought."""

from __future__ import annotations

from nlp.page.structure import Item
from nlp.words.folding import folded, pattern

#: Sections of aims, and of whom a plan is for: only what is measured or forbidden in them is to be done.
_AIMS = pattern(
    r"(?<!\w)(?:muc dich|muc tieu|nhiem vu chung|quan diem|phuong huong|pham vi"
    r"|doi tuong,? (?:va )?(?:pham vi|dieu kien))(?!\w)"
)
#: Sections of what was and is.
_FACTS = pattern(
    r"(?<!\w)(?:danh gia (?:chung|tinh hinh)|(?:dac diem )?tinh hinh|thuc trang|thuan loi|han che"
    r"|ket qua (?:dat duoc|thuc hien))(?!\w)"
)
#: Sections of what a month, a week or a quarter brought: "Kết quả công tác tháng 10", "Kiểm điểm nhiệm vụ tuần 12".
_RESULTS = pattern(
    r"\W{0,4}(?:(?:[ivx]{1,4}|[a-h]|\d{1,2})[.)/]\s{0,2})?(?:(?:mot so|nhung) )?"
    r"(?:ket qua|danh gia|kiem diem|nhan xet|tinh hinh|viec thuc hien|so ket|nhin lai|cong tac da|nhung viec da)"
    r"(?: [^\W\d]+){0,8}? (?:trong )?(?:thang|tuan|quy)(?: (?:truoc|qua|thu)(?!\w)| (?:\d|[ivx]{1,3}(?!\w)))"
)


def tells_aims(item: Item) -> bool:
    """Tell whether an item stands in a section of aims, or of whom a plan is for."""
    return any(_AIMS.search(folded(title)) for title in item.path)


def tells_facts(item: Item) -> bool:
    """Tell whether an item stands in a section of what was and is ("ĐẶC ĐIỂM TÌNH HÌNH")."""
    return any(_FACTS.search(folded(title)) for title in item.path) or tells_results(item)


def tells_results(item: Item) -> bool:
    """Tell whether an item stands in a section of what a month, a week or a quarter brought."""
    return any(_RESULTS.match(folded(title)) for title in item.path)
