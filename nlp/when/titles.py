"""What the titles of a table's columns say of the times in its rows: "Hạn gửi bản đăng ký", "Ngày chấm thi"."""

from __future__ import annotations

import re

from corpus.text import LOWER, UPPER
from nlp.page.structure import Item
from nlp.words.content import tells
from nlp.words.folding import folded, pattern
from nlp.words.phrases import clean
from nlp.words.verbs import opens_with_verb

#: Titles follow each other without a mark where a table is read line by line; each begins with a capital.
_TITLE = re.compile(rf"[{UPPER}][{LOWER}].*?(?=\s[{UPPER}][{LOWER}]|[\t|]|$)")
_OF_TIME = pattern(
    r"(?:han(?!\w)|ngay|thoi (?:gian|han|diem)|ket thuc|hoan thanh|bat dau|tuu truong|(?:khai|be) giang|lich(?!\w))"
)
_OF_WHAT = re.compile(r"^(?:Hạn(?: cuối)?|Ngày|Thời (?:gian|hạn|điểm)|Lịch)(?!\w)")
_OF_EVENT = pattern(
    r"(?:ngay|thoi (?:gian|diem)|lich)\s(?:cham|thi|to chuc|khai mac|hop|trao|cong bo|chung khao|tong ket)(?!\w)"
)
_OF_SENDING = pattern(r"(?<!\w)(?:gui|nop|dang ky|bao cao)(?!\w)")
_SENT = pattern(r"(?:gui|nop)\s(?!(?:truoc|ve|cho|qua)(?!\w))")


def title_of(item: Item, n: int, times: int) -> str:
    """Return the title of the column of a row's ``n``-th time of ``times``, "" where it cannot be told."""
    of_times = [title for title in _titles(item) if _OF_TIME.match(folded(title))]
    return of_times[n] if times > 1 and len(of_times) == times else ""


def done_in_last(item: Item, time: str) -> str:
    """Return what is done by the time that ends a row, where its column says it: "Hạn nộp hồ sơ" → "nộp hồ sơ"."""
    titles = _titles(item) if item.table else []
    if not titles or not time or not item.text.rstrip(" .;").endswith(time.rstrip(" .;")):
        return ""
    what = _what(titles[-1])
    return what if opens_with_verb(folded(what), 0) and tells(what) else ""


def sent_in_last(item: Item) -> str:
    """Return the title of a table's last column where it tells what is sent: "TT | Bậc học | … | Nộp hồ sơ"."""
    titles = _titles(item)
    return titles[-1] if titles and _SENT.match(folded(titles[-1])) else ""


def done_by(item: Item, title: str, start: int) -> str:
    """Return what a row has done by a time in the column of a title: "Ngày chấm thi" → "Chấm thi: mầm non".

    The row's first time begins at ``start``; "" where the title is of a time alone.
    """
    what = _what(title)
    row = clean(item.text[:start])
    return f"{what[:1].upper()}{what[1:]}: {row}" if what and row else what


def tells_event(title: str) -> bool:
    """Tell whether a column says when something is held."""
    return _OF_EVENT.match(folded(title)) is not None


def tells_sending(title: str) -> bool:
    """Tell whether a column says until when something is sent."""
    return _OF_SENDING.search(folded(title)) is not None


def _titles(item: Item) -> list[str]:
    return [m.group() for m in _TITLE.finditer(item.head)]


def _what(title: str) -> str:
    """Return what the time of a column is of: "Hạn nộp hồ sơ" → "nộp hồ sơ"."""
    return _OF_WHAT.sub("", title).strip(" :")
