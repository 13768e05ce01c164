"""What the site of a school or an office stamps on a page it posts: when it was posted, how often it was read.

"Cập nhật lúc : 14:09 22/04/2016", "Thứ năm - 14/04/2022 10:57 | Số lần đọc: 807", "11/05/2022 402". Above it stands the
title of the post; neither is a line of the directive, and the day is not its own.
"""

from __future__ import annotations

from nlp.page.lines import Line
from nlp.words.folding import pattern

#: A stamp stands within so many lines of the page's head and is no longer than this.
_FIRST, _LONG = 8, 100
_DAY = r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}"
_HOUR = r"\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]m|\s?(?:ch|sa))?"
_READ = r"(?:so lan doc|so luot xem|luot xem|luot doc|da xem|lan xem|xem)\s?:?\s?[\d.,]{1,9}(?: lan| luot)?"
_STAMP = pattern(
    rf"(?:cap nhat|ngay cap nhat|ngay dang|dang luc|dang ngay|da dang|ngay tao|thoi gian dang)"
    rf"(?:(?: luc| ngay)?\s?:\s?| luc | ngay )(?:(?:thu \w{{2,4}}|chu nhat)[,\s-]{{1,3}})?(?:ngay )?"
    rf"[\d\s:/.,hg-]{{2,24}}(?:thang \w{{1,4}},? \d{{4}}[\d\s:]{{0,12}})?(?:sa|ch|am|pm)?(?:\W{{1,5}}{_READ})?"
    rf"|(?:(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)\s?[,|-]\s?)?(?:ngay )?{_DAY}"
    rf"(?:(?:\s?[-,|]\s?|\s){_HOUR}(?: \(gmt[^)]{{0,5}}\))?(?:\W{{1,5}}{_READ})?|\W{{1,5}}{_READ}|\s{{1,3}}\d{{1,6}})"
    rf"|{_READ}"
    r"|a- a a\+.{0,60}|(?:co|kich co|font) chu\s?:.{0,40}"
)
#: A title is no longer than this and no sentence.
_TITLE, _WORDS = 220, 4
_SENTENCE_ENDS = (".", ";", ":", ",")


def stamps(lines: list[Line]) -> tuple[int, ...]:
    """Return the indices of the stamps at the head of a page."""
    near = enumerate(lines[:_FIRST])
    return tuple(k for k, line in near if len(line.text) <= _LONG and _STAMP.fullmatch(line.fold.strip(" -|")))


def stamped_title(lines: list[Line]) -> int | None:
    """Return the index of the post's title, right above the first stamp; None where none stands there."""
    at = next(iter(stamps(lines)), 0)
    if not at:
        return None
    text = lines[at - 1].text
    whole = len(text) <= _TITLE and len(text.split()) >= _WORDS and not text.endswith(_SENTENCE_ENDS)
    return at - 1 if whole else None
