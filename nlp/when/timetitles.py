"""Headings and labels that are but a time, over what is done in it: "Tháng 9/2023:", "a) Trước ngày 20/02/2024:"."""

from __future__ import annotations

from datetime import date

from nlp.naming.dates import Calendar, Time, TimeKind, find_dates
from nlp.page.structure import Item
from nlp.words.folding import folded, pattern

#: A heading that is but a time: "Tháng 01, 02/2024", "Tuần 1 (từ 02/10 đến 07/10)".
_ONLY_TIME = pattern(
    r"(?:(?:\d{1,2}|[a-z])[.)]\s)?(?:trong |vao |truoc |cham nhat(?: la)? )?"
    r"(?:(?:tuan|dot|giai doan) \w{1,3}[:,]? ?\(?)?"
    r"(?:(?:tu |den |het |ngay |thang |quy )"
    r"{0,4}\d{0,2}[\d/., -]{0,14}(?: va | nam )?(?:i{1,3}|iv)?){1,6}\)?(?:,? ?\(?(?:thu \w{2,4}|chu nhat)\)?)?"
)


#: A year or several as the stage of a plan: "Năm 2024:", "Giai đoạn 2024 - 2026", "Từ năm 2025 đến năm 2027".
_YEARS = pattern(
    r"(?:(?:\d{1,2}|[a-z])[.)]\s)?(?:(?:giai doan|lo trinh)(?: (?:\d|i{1,3}))?:?\s)?"
    r"\(?(?:trong |tu |den )?(?:nam )?(?:20\d\d)"
    r"(?:\s?(?:-|den|toi)\s?(?:het )?(?:nam )?(?P<last>20\d\d))?\)?"
)


#: What a month of a plan is devoted to: "THÁNG 9/2022 - Chủ điểm: Truyền thống nhà trường".
_TOPIC = pattern(r"\s?[-–:(.,]\s?(?:chu (?:diem|de)|trong tam)(?!\w).{0,120}$")


def is_time(title: str) -> bool:
    """Tell whether a title is but a time: "Tháng 01, 02/2024:", "Năm 2024:"."""
    title = _without_topic(title)
    return _years_of(title) is not None or _ONLY_TIME.fullmatch(folded(title.strip(" :-+*"))) is not None


def time_above(item: Item, known: Calendar) -> Time | None:
    """Return the time that the heading of an item consists of: "Tháng 9/2023:"; None where it says more, or no time."""
    if item.heading or item.table or not item.path:
        return None
    title = _without_topic(item.path[-1].strip(" :-+*"))
    years = _years_of(title)
    times = [years] if years is not None else list(find_dates(title, known))
    if not times or not is_time(title):
        return None
    last = times[-1]
    early = last.due is None or (known.issued is not None and last.due < known.issued)
    return None if early else last


def _without_topic(title: str) -> str:
    topic = _TOPIC.search(folded(title))
    return title[: topic.start()] if topic is not None and topic.start() > 0 else title


def _years_of(title: str) -> Time | None:
    """Return the stretch of years that a title consists of, due on its last day; a number alone is none."""
    bare = folded(title.strip(" .:-+*"))
    match = _YEARS.fullmatch(bare)
    if match is None or not ("nam " in bare or match["last"]):
        return None
    return Time(0, len(title), TimeKind.YEAR, date(int(match["last"] or bare.rstrip(")")[-4:]), 12, 31))
