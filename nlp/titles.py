"""What the titles of a table's columns say of the times in its rows: "Hạn gửi bản đăng ký", "Ngày chấm thi"."""

from __future__ import annotations

import re

from nlp.folding import folded, pattern
from nlp.structure import Item

#: Titles follow each other without a mark where a table is read line by line; each begins with a capital.
_TITLE = re.compile(r"[A-ZÀ-ỸĐ][a-zà-ỹđ].*?(?=\s[A-ZÀ-ỸĐ][a-zà-ỹđ]|[\t|]|$)")
_OF_TIME = pattern(
    r"(?:han(?!\w)|ngay|thoi (?:gian|han|diem)|ket thuc|hoan thanh|bat dau|tuu truong|(?:khai|be) giang|lich(?!\w))"
)
_OF_EVENT = pattern(
    r"(?:ngay|thoi (?:gian|diem)|lich)\s(?:cham|thi|to chuc|khai mac|hop|trao|cong bo|chung khao|tong ket)(?!\w)"
)
_OF_SENDING = pattern(r"(?<!\w)(?:gui|nop|dang ky|bao cao)(?!\w)")


def title_of(item: Item, n: int, times: int) -> str:
    """Return the folded title of the column of a row's ``n``-th time of ``times``, "" where it cannot be told."""
    titles = [folded(m.group()) for m in _TITLE.finditer(item.head)]
    of_times = [title for title in titles if _OF_TIME.match(title)]
    return of_times[n] if times > 1 and len(of_times) == times else ""


def tells_event(title: str) -> bool:
    """Tell whether a column says when something is held."""
    return _OF_EVENT.match(title) is not None


def tells_sending(title: str) -> bool:
    """Tell whether a column says until when something is sent."""
    return _OF_SENDING.search(title) is not None
