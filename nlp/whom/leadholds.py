"""Lists of times under a lead that says who holds what they tell: "Sở GDĐT tổ chức tập huấn theo lịch: - Lớp 12 …".

Their members say for whom each day is; these come, beside who holds it.
"""

from __future__ import annotations

from corpus.facts import Actor
from nlp.naming.actors import Group, group_at, is_office, level_group, named_in
from nlp.naming.levelnames import in_order
from nlp.naming.people import tells_whose
from nlp.page.structure import Clause, Item
from nlp.whom.ranks import holder_in
from nlp.words.folding import folded, pattern
from nlp.words.verbs import opens_with_verb

#: What an office holds by a lead: "Sở GDĐT phối hợp với … tổ chức tập huấn theo lịch:", "Phòng mở 03 lớp bồi dưỡng …:".
_HOLDS = pattern(
    r"(?:\s?\([^()]{1,40}\))?,?\s(?:(?:se|du kien|chu tri|truc tiep)\s){0,2}"
    r"(?:phoi hop(?: voi| cung)? [^;:.]{3,90}? )?(?:(?:to chuc|mo|tien hanh)\s)?"
    r"(?:(?:cac|mot so|\d{1,2}|lop|khoa|dot|buoi|ky|cuoc|lai|le)\s){0,3}"
    r"(?:tap huan|boi duong|khao sat|hoi (?:nghi|thao|thi|giang|khoe)|thi(?! hanh| dua| diem| sinh)|giao luu|toa dam"
    r"|hop(?! (?:dong|tac))|giao ban|sinh hoat chuyen mon|chuyen de|gap mat|doi thoai)(?!\w)"
)
#: A heading over the times of what has a rank: "5. Thời gian, địa điểm thi cấp huyện:".
_RANKED = pattern(
    r"\W{0,3}(?:[\divx]{1,4}(?:\.\d{1,2})?[.)]\s{0,2}|[a-h]\)\s{0,2})?"
    r"(?:(?:thoi gian|lich|dia diem)(?:,? (?:va )?)?){1,2}"
    r"(?: (?:to chuc|thi|thi dau|cuoc thi|hoi thi|giai|cham)){0,2} (?=(?:cap|vong)\s)"
)
#: Where a sentence of a lead begins.
_SENTENCE = pattern(r"(?<=[.:])\s{1,2}(?=[a-z])")
#: What is handed in by a day, or done until one, is done by whom a member names: "- Các trường THPT: nộp trước …".
_DONE_UNTIL = pattern(
    r"(?<!\w)(?:gui|nop|bao cao|dang ky|hoan thanh|xong|truoc(?: ngay| \d)|cham nhat|den het|han)(?!\w)"
)
#: How far the words of a member go that say for whom it is.
_HEAD = 160


def held_for(item: Item, clause: Clause, until: int, own: tuple[str, ...]) -> tuple[Group, Group | None] | None:
    """Return who holds what a time of a list's member ends, by the lead, and for whom by the member's own words.

    None where the lead says nothing of the kind, or where a member does something of its own until then.
    """
    lead = (item.path or item.above or ("",))[-1]
    if item.table or not own or not lead.rstrip().endswith(":"):
        return None
    holder = _holder(lead, own)
    if holder is None or _DONE_UNTIL.search(item.joined.fold, clause.start, until) is not None:
        return None
    come = _meant(item, own)
    acts = come is not None and opens_with_verb(item.joined.fold, come.end + 1)
    return None if acts else (holder, come)


def _holder(title: str, own: tuple[str, ...]) -> Group | None:
    """Return who holds what stands under a lead, None for schools and where it tells nothing held."""
    fold = folded(title)
    ranked = _RANKED.match(fold)
    if ranked is not None:
        group = holder_in(fold, ranked.end())
        return group if group is not None and group.actors != (str(Actor.CO_SO_GIAO_DUC),) else None
    starts = [_label_end(fold), *(m.end() for m in _SENTENCE.finditer(fold))]
    for at in starts:
        group = group_at(title, fold, at)
        if group is not None and is_office(group) and _HOLDS.match(fold, group.end) is not None:
            return group if group.actors in (own, ("own",)) or group.actors[0] not in tuple(Actor) else None
    return None


def _label_end(fold: str) -> int:
    label = pattern(r"\W{0,3}(?:(?:[ivx]{1,5}|\d{1,2}(?:\.\d{1,2}){0,2}|[a-h])[.)]\s{0,2}|[-+*]\s{0,2})?").match(fold)
    return label.end() if label is not None else 0


def _meant(item: Item, own: tuple[str, ...]) -> Group | None:
    """Return all units that the head of a member names, up to its colon: "Lớp 5 (giáo viên các trường tiểu học):"."""
    fold, start = item.joined.fold, len(item.label)
    start += len(fold[start:]) - len(fold[start:].lstrip(" -+*"))
    colon = fold.find(":", start, start + _HEAD)
    end = colon if colon >= 0 else min(len(fold), start + _HEAD)
    groups = [g for g in named_in(item.text, fold, start, end) if g.actors not in (own, ("own",))]
    groups = [g for g in groups if tells_whose(fold, g)]  # not "(giáo viên cốt cán)"
    level = level_group(item.text, fold, start)
    groups = groups if any(g.levels for g in groups) or level is None else [*groups, level]
    if not groups:
        return None
    levels = {name for g in groups for name in g.levels}
    actors = tuple(dict.fromkeys(a for g in groups for a in g.actors))
    named = in_order(levels)
    return Group(groups[0].start, groups[-1].end, actors, named)
