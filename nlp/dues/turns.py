"""What units do in turn in one sentence: "mỗi phòng GDĐT chọn 03 giáo viên, mỗi trường THPT chọn 01 giáo viên".

Each sees its own part: with the purpose that stands behind the last ("tham gia Ban giám khảo") and the verb that only
the first has ("…; mỗi trường THPT không quá 02 dự án").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.dues.order import NAMED
from nlp.naming.actors import Group, group_at, is_outside
from nlp.page.structure import Clause, Item
from nlp.whom.behind import in_brackets
from nlp.whom.subjects import share_at
from nlp.words.folding import pattern
from nlp.words.phrases import clean, sentence, tidy
from nlp.words.verbs import opens_with_verb

#: Before the first of them: a topic ("Số lượng dự thi: "), how much is aimed at ("Phấn đấu ").
_LEAD = pattern(
    r"\W{0,4}(?:[^:;.,]{3,60}:\s{1,2}|(?:phan dau|bao dam|dam bao)(?: co| dat)?(?: it nhat| toi thieu)?\s)?"
    r"(?=(?:moi|cac|phong|truong|trung tam|ubnd|uy ban)\s|\d{1,3}\s?%)"
)
_NEXT = pattern(
    r"[,;]\s(?:(?:va|con|rieng)\s)?(?=(?:moi|cac|phong|truong|trung tam|ubnd|uy ban)\s|\d{1,3}\s?%)"
    r"|\sva\s(?=moi\s|\d{1,3}\s?%)"
)
#: One of several that "các" names: "các trường THPT mỗi trường cử 06 vận động viên".
_ONE_OF = pattern(r"\smoi (?:truong|phong|trung tam|don vi|xa)(?=\s)")
_COUNTED = pattern(r"(?:\s?:)?\s(?:(?:duoc )?(?:toi da|it nhat|toi thieu|khong qua|co)\s)?\d")
#: What all of it is for, behind the last: "… dự tập huấn", "… gửi dự thi cấp tỉnh".
_FOR = re.compile(
    r"\s(?:tham gia|tham dự|dự(?! án| toán| thảo| giờ| trữ)|để|phục vụ|đăng trên|gửi|nộp|làm (?:cộng tác viên|giám khảo"
    r"|đầu mối|báo cáo viên|thành viên))\s"
)
#: A topic that only says that numbers follow.
_NUMBER_TOPIC = pattern(r"\W{0,4}(?:so luong|thanh phan|chi tieu|quy mo|phan bo)\s?:\s{1,2}")
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Turn:
    """The part of a sentence that some units do, and it in words; ``share``: of them only a share is told, which is a
    measure for all."""

    clause: Clause
    group: Group
    task: str
    share: bool


def turns_of(item: Item, whole: Clause) -> list[Turn]:
    """Return the parts of ``whole`` that different units do in turn, none where it is not so told."""
    fold = item.joined.fold
    lead = _LEAD.match(fold, whole.start, whole.end)
    first = _acting(item, lead.end(), whole.end) if lead is not None else None
    if lead is None or first is None:
        return []
    cuts, groups = [lead.end()], [first]
    for joint in _NEXT.finditer(fold, first.end, whole.end):
        if in_brackets(item.text, whole.start, joint.start()):
            continue
        group = _acting(item, joint.end(), whole.end)
        if group is not None and not any(_is_of(group, g) for g in groups):
            cuts.append(joint.end())
            groups.append(group)
    ends = [*cuts[1:], whole.end]
    parts = [Clause(start, end) for start, end in zip(cuts, ends, strict=True)]
    if len(parts) < 2 or not all(_FIGURE.search(item.text, p.start, p.end) for p in parts):
        return []
    opening = "" if _NUMBER_TOPIC.match(fold, whole.start) is not None else item.text[whole.start : lead.end()]
    told = _worded(item, parts, groups)
    return [
        Turn(part, group, sentence(tidy(clean(f"{opening}{words}"))), _share(item, part))
        for part, group, words in zip(parts, groups, told, strict=True)
    ]


def _is_of(group: Group, other: Group) -> bool:
    """Tell whether units are the same as others or some of them, an exception: "mỗi trường …, trường chuyên …"."""
    return group.actors == other.actors and (group.levels == other.levels or not other.levels)


def _acting(item: Item, at: int, until: int) -> Group | None:
    """Return the units at ``at`` that do something, so many of something, or of which a share is told."""
    text, fold = item.text, item.joined.fold
    share = share_at(text, fold, at)
    if share is not None:
        return share if share.levels and share.end < until else None
    group = group_at(text, fold, at)
    if group is None or group.general or is_outside(group) or group.end >= until:
        return None
    one = _ONE_OF.match(fold, group.end)
    end = one.end() if one is not None else group.end
    return group if opens_with_verb(fold, end + 1) or _COUNTED.match(fold, end) else None


def _share(item: Item, part: Clause) -> bool:
    return share_at(item.text, item.joined.fold, part.start) is not None


def _worded(item: Item, parts: list[Clause], groups: list[Group]) -> list[str]:
    """Return the words of each part, with what they share."""
    words = [item.text[p.start : p.end].rstrip(" ,;") for p in parts]
    words[:-1] = [re.sub(r"[,;]?\s(?:và|còn|riêng)$", "", w) for w in words[:-1]]
    behind = [w[g.end - p.start :] for w, p, g in zip(words, parts, groups, strict=True)]
    if all(_share(item, part) for part in parts):
        return [w if rest.strip() else f"{w}{behind[-1]}" for w, rest in zip(words, behind, strict=True)]
    purpose = _FOR.search(behind[-1].partition(",")[0])
    verb = _verb(behind[0])
    told = []
    for text, rest, (part, group) in zip(words, behind, zip(parts, groups, strict=True), strict=True):
        counted = _COUNTED.match(item.joined.fold, group.end) is not None
        what = f"{verb}{rest.lstrip(' :')}" if counted else rest.lstrip()
        units = text[: group.end - part.start]
        alone = NAMED.search(item.joined.fold[group.start : group.end]) is None and not counted
        full = what if alone else f"{units} {what}"
        told.append(full if purpose is None or _FOR.search(rest) else f"{full}{behind[-1][purpose.start() :]}")
    return told


def _verb(rest: str) -> str:
    """Return the verb of the first part up to its number: " chọn không quá 04 dự án" → "chọn "."""
    head = re.match(r"\s(?P<verb>\w+(?: \w+)?)\s(?=(?:không quá|tối đa|tối thiểu|ít nhất|từ)?\s?\d)", rest)
    if head is None or head["verb"] in ("không quá", "tối đa", "tối thiểu", "ít nhất"):
        return ""
    return f"{head['verb'].removesuffix(' không')} "
