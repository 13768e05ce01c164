"""Duties whose own words do not say what is to be done: they take the title of their column, the heading above them,
else the trích yếu.

So do times that stand without what happens then: "Thời gian: 7h30, ngày 09/9/2024" in a paper about one meeting.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.facts import Deadline
from corpus.schools import special
from nlp.dues.leads import lead_of_title
from nlp.dues.order import without_term
from nlp.page.structure import Item
from nlp.when.titles import done_in_last, sent_in_last
from nlp.words.content import tells
from nlp.words.folding import folded, pattern
from nlp.words.phrases import bare_title, sentence
from nlp.words.verbs import opens_with_verb
from nlp.words.vocabulary import union

#: The label of a time, over what it is the time of: "Thời gian thi dự kiến: mầm non".
_LABELLED = re.compile(r"^(?:Thời (?:gian|hạn|điểm)|THỜI GIAN|Lịch)(?:\s\w+){0,3}:\s(?=\S)")
_LABEL = re.compile(r"^(?:Thời gian|THỜI GIAN)(?:,? (?:và )?địa điểm)?:\s(?=\S)")
#: What a row is that needs no verb: something held, something sent.
_NOUN = pattern(
    r"\W*(?:\d{1,2}\W+)?(?:hop|hoi|le|ngay hoi|cuoc thi|ky thi|vong|tap huan|bao cao|ho so|danh sach|ke hoach|bien ban"
    r"|du toan|phieu|ban|so (?:lieu|luong|lop)|thong ke|bieu|tuan le|chuyen de|so ket|tong ket)(?!\w)"
)
#: How a heading begins that names the time of something: "Thời gian, địa điểm thi", "Thời gian nhận hồ sơ".
_TIME_OF = re.compile(r"^(?:Thời (?:gian|hạn|điểm)|THỜI (?:GIAN|HẠN)|Lịch)(?:,? (?:và )?địa điểm)?\s(?=[^\W\d])")
#: A task that is but the label of its time, and one that is but levels: "- Tiểu học: 07 giờ 30 phút ngày 13/12/2018".
_ONLY_LABEL = pattern(
    r"\W*(?:lich|thoi gian)(?: (?:to chuc|dien ra|tien hanh|bat dau|thuc hien))?(?:(?:,| va)? dia diem)?\W*"
)
_ONLY_LEVELS = pattern(
    r"\W*(?:(?:cap|bac) )?(?:(?:mam non|mau giao|tieu hoc|thcs|thpt|gdtx|pho thong)(?:(?:,| va)\s)?){1,4}\W*"
    r"|\W*(?:cap|vong) (?:truong|co so|cum|xa|huyen|quan|thi xa|tinh|thanh pho|so)\W*"
)
_ONLY_HOUR = pattern(
    r"\W*(?:bat dau|vao|luc|dung|tu|trong)?(?: (?:vao|luc|dung|tu))?(?: (?:hoi|khoang))?\s?"
    r"(?:\d{1,2} ?(?:gio|h|g|:) ?(?:\d{2})?(?: phut)?(?: (?:sang|chieu|toi))?(?: ?(?:-|den) ?)?){0,2}\W*"
)
#: What else than an event a heading names that is held.
_HELD = pattern(r"(?<!\w)(?:hoi dong|vong|dot|sinh hoat)(?!\w)")
#: A verb alone has at most so many words.
_BARE = 2


def in_context(item: Item, row: Deadline, subject: str | None) -> Deadline:
    """Return a dated duty that can be read alone: "Các trường TH" → "Duyệt số liệu đầu năm học: các trường TH"."""
    row = _named(item, row, subject)
    task = _LABELLED.sub("", row.task)
    if _stands(item, task):
        bare = _LABEL.sub("", row.task)
        return row if bare == row.task else replace(row, task=sentence(bare))
    above = (*map(lead_of_title, reversed(item.path)), lead_of_title(subject or ""))
    lead = done_in_last(item, row.due_text) or next(filter(None, above), "")
    words = task.rstrip(" .")
    if not lead or folded(lead) in folded(words):
        return row
    if folded(words) in folded(lead):
        return replace(row, task=sentence(without_term(lead)))  # "Tổ chức" under "Tổ chức Hội thi …"
    if special(words) is not None and special(f"{lead}: {words}") is None:
        return replace(row, task=sentence(f"{words}: {lead[:1].lower()}{lead[1:]}"))  # "Các trường THPT tư thục: …"
    rest = words[:1].lower() + words[1:] if words[1:2].islower() else words
    if len(rest.split()) <= _BARE and opens_with_verb(folded(rest), 0) and not opens_with_verb(folded(lead), 0):
        return replace(row, task=sentence(f"{rest} {lead[:1].lower()}{lead[1:]}"))  # "Tổ chức vòng trường"
    return replace(row, task=sentence(f"{lead}: {rest}"))


def _named(item: Item, row: Deadline, subject: str | None) -> Deadline:
    """Return a dated duty whose task is but "Thời gian" with what is held then: its heading, else the trích yếu.

    So is one that names but the levels it is for, and a row under a column that tells what is sent: "Nộp hồ sơ".
    """
    if item.table:
        title = sent_in_last(item)
        return replace(row, task=f"{title}: {row.task}") if title and title not in row.task else row
    levels = _ONLY_LEVELS.fullmatch(folded(row.task)) is not None
    if not levels and _ONLY_LABEL.fullmatch(folded(row.task)) is None and not _is_only_time(row):
        return row
    titles = (_TIME_OF.sub("", bare_title(title)) for title in reversed(item.path))
    heading = next((t for t in titles if len(t.split()) > 1 and (_says_what_is_held(t) or _is_done(t))), None)
    ranked = levels and folded(row.task).startswith(("cap ", "vong "))
    words = (heading or ("" if levels and not ranked else subject or "")).rstrip(" .:;")
    if not words:
        return row
    return replace(row, task=sentence(f"{words}: {row.task}" if levels else words))


def _is_done(title: str) -> bool:
    """Tell whether a heading without "Thời gian" is what is done then: "nhận hồ sơ"."""
    return title[:1].islower() and opens_with_verb(folded(title), 0)


def _is_only_time(row: Deadline) -> bool:
    """Tell whether a task is but its time, or the hour that stands beside it: "Bắt đầu từ 7 giờ 30"."""
    task = folded(row.task).strip(" .")
    return task == folded(row.due_text).strip(" .") or _ONLY_HOUR.fullmatch(task) is not None


def _says_what_is_held(title: str) -> bool:
    fold = folded(title)
    return (union("events", "held").search(fold) or _HELD.search(fold)) is not None


def _stands(item: Item, task: str) -> bool:
    """Tell whether a task says what is to be done; a row of a table does with a verb or with what is held or sent."""
    if not tells(task):
        return False
    fold = folded(task)
    by_column = fold.partition(":")[0] in folded(item.head)  # "Duyệt bảng kê: tiểu học", see titles.done_by
    return not item.table or by_column or _NOUN.match(fold) is not None or _holds_verb(fold)


def _holds_verb(fold: str) -> bool:
    return any(opens_with_verb(fold, match.start()) for match in re.finditer(r"(?<!\w)[a-z]", fold))
