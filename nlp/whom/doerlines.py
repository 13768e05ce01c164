"""Who does what a line of its own tells the time of: "- Đơn vị thực hiện: Các trường THPT. - Thời gian: tháng 4/2020".

In a plan the lines below a task tell its doer and its time apart, in either order; where no line tells the doer, who
acts in the paragraph right above does it: "Các trường tổ chức ký cam kết. ⏎ Thời gian thực hiện: xong trước ngày 15/3".
"""

from __future__ import annotations

from dataclasses import replace

from nlp.naming.actors import Group, groups_in, in_turn, is_outside
from nlp.page.structure import Item
from nlp.whom.subjects import clauses_of, subject_before
from nlp.words.folding import pattern

_LABEL = r"\W{0,4}(?:(?:[ivx]{1,5}|\d{1,2}(?:\.\d{1,2}){0,2}|[a-hd])[.)]\s{0,2})?"
#: Who does it: "Đơn vị chủ trì:", "Người thực hiện:", "Bộ phận phụ trách:", "Phân công thực hiện:"; not who helps.
_DOER = pattern(
    _LABEL
    + r"(?:(?:don vi|bo phan|co quan|nguoi|phan cong|ca nhan|to chuc|dau moi|trach nhiem|lanh dao)[,/ -]{1,3}){0,3}"
    r"(?:(?:chu tri|thuc hien|phu trach|dau moi|chiu trach nhiem|trien khai|dam nhan)(?:[,/ -]{1,3}(?:va )?)?){1,2}"
    r"(?:chinh|thuc hien)?\s?:\s{0,3}(?=\w)"
)
_HELPERS = pattern(r"(?<!\w)(?:don vi |co quan )?phoi hop(?!\w)")
#: A line that is but a time.
_TIMED = pattern(
    _LABEL
    + r"(?:thoi (?:gian|han|diem)|tien do)(?: (?:du kien|thuc hien|hoan thanh|trien khai|tien hanh|to chuc))*\s?:"
)
#: Who does it stands with the time in one line: "Thời gian: …; đơn vị thực hiện: …", which is read there.
_BOTH = pattern(r"(?<!\w)(?:don vi|nguoi|bo phan) (?:thuc hien|chu tri|phu trach)\s?:")
#: Lines that tell of what else: whom it is for, where, with whom.
_ASIDE = pattern(
    _LABEL
    + r"(?:doi tuong|thanh phan|dia (?:diem|ban)|hinh thuc|(?:don vi |co quan )?phoi hop|kinh phi|san pham|yeu cau"
    r"|muc (?:dich|tieu)|so luong|chi tieu)(?: \w+){0,5}?\s?:"
)
_BULLETS = ("", "-", "+", "*", "•")


def doers_told(items: list[Item]) -> dict[int, Group]:
    """Return who does what is told by a line that is but a time; keys are where such items begin."""
    found: dict[int, Group] = {}
    for block in _blocks(items):
        times = [one for one in block if _is_time(one)]
        doer = _doer(block) if times else None
        for one in times:
            who = doer or _acting_above(block, one)
            if who is not None:
                at = len(one.label)
                found[one.start] = replace(who, start=at, end=at, bare=False)
    return found


def _blocks(items: list[Item]) -> list[list[Item]]:
    """Return the lines of each task: what stands under one heading, or behind a number without one."""
    blocks: list[list[Item]] = []
    path: tuple[str, ...] | None = None
    for item in items:
        if item.heading or item.table:
            path = None
            continue
        mark = item.label.strip()
        told = mark[:1].isalpha() and any(find.match(item.joined.fold) for find in (_TIMED, _DOER))
        if item.path != path or not (told or mark in _BULLETS):
            blocks.append([])
        path = item.path
        blocks[-1].append(item)
    return blocks


def _is_time(item: Item) -> bool:
    fold = item.joined.fold
    return _TIMED.match(fold) is not None and _BOTH.search(fold) is None


def _doer(block: list[Item]) -> Group | None:
    """Return the units of the one line of a block that tells who does it."""
    lines = [(one, told) for one in block if (told := _DOER.match(one.joined.fold)) is not None]
    if len(lines) != 1:
        return None
    one, told = lines[0]
    fold = one.joined.fold
    helpers = _HELPERS.search(fold, told.end())
    groups = groups_in(one.text, fold, told.end(), helpers.start() if helpers is not None else len(fold))
    return in_turn(groups) if groups and groups[0].start <= told.end() + 2 else None


def _acting_above(block: list[Item], time: Item) -> Group | None:
    """Return who acts in the paragraphs of a block above its time, where those are the same throughout."""
    found: list[Group] = []
    for one in block[: block.index(time)]:
        if _is_time(one):
            return None
        if _ASIDE.match(one.joined.fold) is not None:
            continue
        groups = (subject_before(one, clause, clause.end) for clause in clauses_of(one))
        found += [g for g in groups if g is not None and not one.joined.fold[: g.start].rstrip().endswith("doi voi")]
    kinds = {(g.actors, g.levels) for g in found}
    return found[0] if len(kinds) == 1 and not is_outside(found[0]) else None
