"""Rules of times that are anchored where a window ends: the words right before a date (tables/times.toml)."""

from __future__ import annotations

import re

from nlp.naming.dates import TimeKind
from nlp.words.folding import pattern
from nlp.words.vocabulary import Entry, entries, table

#: What is sent may be done before: "nộp báo cáo đã kiểm toán về Phòng KHTC trước ngày 31/3".
_SENT_DONE = pattern(r"(?<!\w)(?:gui|nop|bao cao|trinh)(?: \w+){1,9}? da (?:\w+ ){1,3}(?:ve|cho|toi) ")
#: What a day is the time of: "Thời gian áp dụng từ 0 giờ ngày …".
_TIME_OF = pattern(r"(?<!\w)thoi (?:gian|diem)(?!\w)")
_DAYS = (TimeKind.DAY, TimeKind.RANGE)


def ends_with(group: str, window: str, kind: TimeKind = TimeKind.DAY, text: str = "") -> tuple[Entry, int] | None:
    """Return the rule of a group whose pattern ends the window, the longest match first, and its length.

    ``text``: the window as written, in small letters, where words that only fold alike are told apart.
    """
    best: tuple[Entry, int] | None = None
    for entry, find in _anchored(group):
        if entry.row.get("days") and kind not in _DAYS:
            continue
        match = find.search(window)
        if match is not None and any(other in text[match.start() :] for other in entry.row.get("not", ())):
            continue
        if match is not None and (best is None or len(match.group()) > best[1]):
            best = (entry, len(match.group()))
    return best


def ends_still(rule: tuple[Entry, int], fold: str, start: int, until: int, end: int) -> bool:
    """Tell whether a time ends what is done in spite of a rule that speaks against it.

    The "đã" may be of the thing sent alone ("nộp báo cáo đã kiểm toán về Phòng KHTC trước …"), what is "thực hiện từ"
    a day may have a last one, too, and so may a "thời gian áp dụng từ"; ``until`` and ``end`` are where the time begins
    and ends.
    """
    sent = rule[0].name == "đã" and _SENT_DONE.search(fold, start, until) is not None
    labelled = rule[0].name == "áp dụng từ" and _TIME_OF.search(fold, start, until) is not None
    return sent or ((labelled or bool(rule[0].row.get("open"))) and " den " in fold[until:end])


_ANCHORED: dict[str, list[tuple[Entry, re.Pattern[str]]]] = {}


def _anchored(group: str) -> list[tuple[Entry, re.Pattern[str]]]:
    if group not in _ANCHORED:
        _ANCHORED[group] = [
            (e, re.compile(rf"(?<!\w)(?:{row['pattern']})\s?[:,(]{{0,2}}$"))
            for e, row in zip(entries("times", group), table("times")[group], strict=True)
        ]
    return _ANCHORED[group]
