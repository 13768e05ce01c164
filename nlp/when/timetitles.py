"""Headings and labels that are but a time, over what is done in it: "Tháng 9/2023:", "a) Trước ngày 20/02/2024:"."""

from __future__ import annotations

from nlp.naming.dates import Calendar, Time, find_dates
from nlp.page.structure import Item
from nlp.words.folding import folded, pattern

#: A heading that is but a time: "Tháng 01, 02/2024", "Tuần 1 (từ 02/10 đến 07/10)".
_ONLY_TIME = pattern(
    r"(?:(?:\d{1,2}|[a-z])[.)]\s)?(?:trong |vao |truoc |cham nhat(?: la)? )?"
    r"(?:(?:tuan|dot|giai doan) \w{1,3}[:,]? ?\(?)?"
    r"(?:(?:tu |den |het |ngay |thang |quy )"
    r"{0,4}\d{0,2}[\d/., -]{0,14}(?: va | nam )?(?:i{1,3}|iv)?){1,6}\)?(?:,? ?\(?(?:thu \w{2,4}|chu nhat)\)?)?"
)


def is_time(title: str) -> bool:
    """Tell whether a title is but a time: "Tháng 01, 02/2024:"."""
    return _ONLY_TIME.fullmatch(folded(title.strip(" :-+*"))) is not None


def time_above(item: Item, known: Calendar) -> Time | None:
    """Return the time that the heading of an item consists of: "Tháng 9/2023:"; None where it says more, or no time."""
    if item.heading or item.table or not item.path:
        return None
    title = item.path[-1].strip(" :-+*")
    times = list(find_dates(title, known))
    if not times or not is_time(title):
        return None
    last = times[-1]
    early = last.due is None or (known.issued is not None and last.due < known.issued)
    return None if early else last
