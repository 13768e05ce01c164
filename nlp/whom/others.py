"""What a school's own plan tells of others: events that an office holds or inspects, rounds of a contest above its own.

A school's plan is its own, whomever it names; but "Phòng GDĐT tổ chức thi cấp huyện vào …", "cấp tỉnh thi ngày …", "Ban
Tổ chức cuộc thi công bố kết quả …" are no days of the school. What it takes part in, sends or prepares is.
"""

from __future__ import annotations

from corpus.facts import Actor
from nlp.page.structure import Clause, Item
from nlp.words.folding import pattern

_OFFICE = (
    r"(?P<who>phong|so|bo)(?: gd ?(?:&|va|-)? ?dt| gddt| giao duc (?:va|&) dao tao)(?: (?:tinh|huyen|quan|thi xa"
    r"|thanh pho|tp)(?: (?!du|se|to|kiem)\w+){0,3})?"
)
_HOLDS = (
    r"(?:(?:to chuc|mo)(?: (?:cham|coi|ky|cuoc|hoi|cac|le|lop|vong|chung|so))* ?(?:thi(?! dua)|cham|khao"
    r"|giai|giao luu|tap huan"
    r"|chuyen de|hoi (?:khoe|thi|nghi|thao)|le|bai|ket)?|kiem tra|thanh tra|khao sat|cong bo|trao giai)(?!\w)"
)
#: The office opens the clause, or stands behind the label of what it holds.
_ACTS = pattern(rf"(?:[\W\d]{{0,6}}|[^.;]{{0,120}}[,:]\s)(?:du kien )?{_OFFICE} (?:se |du kien |da )?{_HOLDS}")
_BY = pattern(rf"(?<!\w)do {_OFFICE} (?:to chuc|chu tri|mo)(?!\w)")
#: A rank above the school's that opens its clause and holds: "cấp huyện dự kiến tổ chức …", "cấp Tỉnh thi vào …".
_RANK = pattern(
    r"[\W\d]{0,6}(?:con |vong )?(?:cap )(?P<rank>huyen|quan|thi xa|tinh|toan quoc|quoc gia)"
    r"(?::\s|,)?\s?(?:(?:du kien|se) )?(?:to chuc|thi(?! dua)|cham)(?!\w)(?!(?:[^.;]){0,40}(?:nop|gui|dang ky))"
)
#: Those who hold the contest that a school's page calls to.
_BOARD = pattern(
    r"[\W\d]{0,6}(?:[^.;]{0,60}:\s)?(?:ban (?:to chuc|giam khao)(?!\w)(?! (?:nha )?truong)"
    r"|vong (?:chung khao|chung ket|ban ket)"
    r"|(?:le )?(?:tong ket|trao)(?:,? (?:va )?(?:tong ket|trao))? (?:giai|thuong)|(?:tong ket"
    r"|trao giai) (?:cuoc|hoi) thi)"
)
_BOARD_ACTS = pattern(r"[\W\d]{0,6}(?:[^.;]{0,60}:\s)?ban (?:to chuc|giam khao)(?!\w)(?! (?:nha )?truong)")
_BOARD_OF = pattern(
    r"[\W\d]{0,6}ban (?:to chuc|giam khao)[^.;,]{0,40} cua (?P<who>phong|so|bo)(?! \w+ (?:hoc|mon))(?!\w)"
)
#: What is the school's whoever holds it.
_OWN = pattern(
    r"(?<!\w)(?:tham gia|tham du|du thi|cu |nop|gui|dang ky|bao cao|chuan bi|nha truong|truong (?:to chuc|thi)|on tap"
    r"|cap truong|boi duong|phuc vu|don doan)(?!\w)"
)
_OF_RANK = {
    "phong": Actor.PHONG_GDDT, "huyen": Actor.PHONG_GDDT, "quan": Actor.PHONG_GDDT, "thi xa": Actor.PHONG_GDDT,
    "so": Actor.SO_GDDT, "tinh": Actor.SO_GDDT,
    "bo": Actor.BO_GDDT, "toan quoc": Actor.BO_GDDT, "quoc gia": Actor.BO_GDDT,
}  # fmt: skip


#: The rank of the contest that a school's page is about: "Phát động cuộc thi … thành phố Hà Nội lần thứ II".
_CONTEST = pattern(
    r"(?:phat dong|huong ung|tham gia|trien khai|thong bao|gioi thieu)[^.;]{0,40}?(?:cuoc|hoi"
    r"|ky) thi(?!\w)[^.;]{0,120}?(?<!\w)"
    r"(?:cap )?(?P<rank>tinh|huyen|quan|toan quoc|thanh pho (?:ha noi|ho chi minh|da nang|hai phong|can tho|hue))(?!\w)"
)


def contest_above(subject: str) -> tuple[str, ...]:
    """Return who holds the contest that a school's page calls to, by its folded trích yếu; () for none."""
    found = _CONTEST.match(subject)
    if found is None:
        return ()
    return (str(_OF_RANK.get(found["rank"], Actor.SO_GDDT)),)


def held_by_others(item: Item, clause: Clause, start: int, end: int, above: tuple[str, ...]) -> tuple[str, ...]:
    """Return the office that holds what a clause of a school's plan dates, () where it is the school's.

    ``above`` holds the contest that all of the page is about.
    """
    fold = item.joined.fold
    begun = max(clause.start, len(item.label))
    before = fold[begun:start]
    part = before[before.rfind(", ") + 2 :] if ", " in before else before  # "…, cấp huyện thi vào …"
    ranked = _RANK.match(part) if _OWN.search(part) is None else None
    if ranked is not None:
        return (str(_OF_RANK[ranked["rank"]]),)
    if above and _BOARD_ACTS.match(before) is not None:
        return above
    if _OWN.search(before) is not None:
        return ()
    board = _BOARD_OF.match(before)
    acts = board or _ACTS.match(before) or _BY.search(fold, begun, clause.end)
    if acts is not None:
        return (str(_OF_RANK[acts["who"]]),)
    return above if above and _BOARD.match(before) is not None else ()
