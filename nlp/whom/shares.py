"""One date, several receivers: "báo cáo Phòng GDĐT (đối với tiểu học) hoặc Sở GDĐT (đối với THPT) trước ngày …".

Each of the units that brackets or a list name hands in to its own receiver, or by its own way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.facts import Actor, SchoolLevel
from nlp.naming.actors import Group, group_at, level_group
from nlp.naming.levelnames import ORDER, levels_in
from nlp.naming.recipients import receiver_at, recipient_of, sends
from nlp.naming.ways import JOINT, mailbox_in, via_of
from nlp.page.sent import DATED
from nlp.page.structure import Clause, Item
from nlp.when.described import Due
from nlp.whom.levels import without_ways
from nlp.whom.once import Told, told_by
from nlp.whom.subjects import subject_before
from nlp.words.folding import pattern

_BRACKET = re.compile(r"\((?P<words>[^()]{3,160})\)")
_LEAD = pattern(r"\s{0,2}(?:(?:doi voi|cho|cua|danh cho|ap dung cho|rieng|con)\s)?(?:cac\s(?=cap\s))?")
_REST = pattern(r"(?<!\w)con lai(?!\w)")
_PARTS = re.compile(r";\s|,\s(?=(?:riêng|còn)\s)")
#: Parts of a list behind a time, which commas may part where units begin each.
_LISTED = re.compile(rf"{_PARTS.pattern}|,\s(?:còn\s)?(?=(?:các )?(?:trường|trung tâm|phòng|Phòng|UBND|đơn vị)\s)")
#: Clauses of one sentence that tell whose things go where, before one time for all.
_CLAUSES = re.compile(r";\s|(?:,|\svà)\s(?=(?:nộp|gửi|báo cáo)\s(?:về|cho|lên)\s)")
#: Where the next of those who send begins, and what says that one day is for all.
_TURNS = pattern(r"[,;]\s(?=(?:(?:con |rieng )?cua )?(?:cac |moi )?(?:truong|trung tam|phong|ubnd|don vi)\s)")
#: Whose thing each part tells of: "Kết quả của trường THCS gửi Phòng, của trường THPT gửi Sở, cùng hạn …".
_OF_WHOM = pattern(r"(?:[^\W\d]\w* ){0,9}?cua (?=(?:cac |moi )?(?:truong|trung tam|phong|ubnd|don vi)\s)")
_ALL_BY = pattern(r"(?<!\w)(?:cung|deu|chung)(?: mot| co)?(?: (?:thoi )?han| ngay| truoc| cham nhat| gui)(?!\w)")
#: What a time stands behind that opens a part of a sentence, and what ends that part.
_OPENED, _STOP = re.compile(r"[.;]\s$"), re.compile(r"[.;](?:\s|$)")
_FOR = pattern(r"\s(?=(?:doi voi|danh cho|cho)\s)")
_CENTRES = pattern(r"(?:cac )?trung tam(?!\w)")
#: What stands behind the units of a part: a way or a receiver of their own.
_GOES = pattern(r"\s{0,2}(?:thi\s|:\s)?(?:gui|nop|bao cao|qua)(?!\w)")
_REACH = 110
_TERM = pattern(r"\W{0,4}(?:thoi (?:han|gian)|han)(?!\w)")
#: One time for several things: "…, cùng trước ngày 03/6".
_TOGETHER = pattern(r"(?<!\w)(?:cung|deu|tat ca)(?: nop| gui)?\s$")
_REPORTS = pattern(r"\s(?:gui|nop|bao cao)(?!\w)")


@dataclass(frozen=True, slots=True)
class Share:
    """Who hands in what a date is for, and where; ``span``: the words that tell what, where each has its own."""

    group: Group | None
    told: Told
    span: Clause | None = None


def shares_of(item: Item, start: int, due: Due, leading: Group | None, told: Told) -> list[Share]:
    """Return the shares that the words from ``start`` to a time name, or a list behind it; none for less than two.

    ``leading`` are the units that lead the clause, ``told`` what is read for all of them.
    """
    until = due.start
    if not sends(item.text[start:until]):
        opens = not item.text[start:until].strip(" -+*;,") and item.text.startswith(", ", due.end)
        if turns := _of_turns_behind(item, due):
            return turns
        return _of_list(item, due.end, leading, told, opens=opens)
    found = (
        _of_turns(item, due)
        or _of_things(item, until, leading)
        or _of_clauses(item, until, leading)
        or _of_receivers(item, start, until, leading)
        or _of_parts(item, start, until, leading, told)
    )
    return found or _of_list(item, due.end, leading, told)


def shares_of_term(item: Item, clauses: list[Clause], dues: list[list[Due]], k: int) -> list[Share]:
    """Return the shares of the sentence before a term: "Trường THPT báo cáo Sở; trường tiểu học báo cáo UBND xã. Thời
    hạn: trước ngày …"; ``k`` is the clause of the term."""
    fold = item.joined.fold
    found: list[Share] = []
    for clause in reversed(clauses[:k] if _TERM.match(fold, clauses[k].start) else []):
        group = subject_before(item, clause, clause.end)
        if group is None or dues[clauses.index(clause)] or _REPORTS.match(fold, group.end) is None:
            break
        found.insert(0, Share(group, told_by(item.text[group.end : clause.end])))
    return found if len(found) > 1 else []


def _units(text: str, fold: str, at: int) -> Group | None:
    """Return the units that words begin with: "đối với mầm non, tiểu học", "các trường THPT, trung tâm"."""
    lead = _LEAD.match(fold, at)
    at = lead.end() if lead is not None else at
    centres = _CENTRES.match(fold, at)
    found = group_at(text, fold, at) or level_group(text, fold, at)
    if found is None and centres is not None:
        return Group(at, centres.end(), (str(Actor.TRUNG_TAM_GDTX),), (str(SchoolLevel.GDTX),))
    return found


def _of_receivers(item: Item, start: int, until: int, leading: Group | None) -> list[Share]:
    """Return a share for each receiver with its units in brackets."""
    text, fold = item.text[:until], item.joined.fold[:until]
    found: list[Share] = []
    for bracket in _BRACKET.finditer(text, start):
        group = _units(text[: bracket.end("words")], fold[: bracket.end("words")], bracket.start("words"))
        to = _receiver_before(text, fold, start, bracket.start())
        if group is None or to is None or sends(bracket["words"]):
            continue
        found.append(Share(_of_leading(group, leading), Told(to)))
        rest = _REST.search(fold, bracket.start(), bracket.end()) is not None
        if rest and not group.levels and len(found) > 1:
            others = {level for share in found[:-1] if share.group for level in share.group.levels}
            left = tuple(level for level in ORDER if level not in {*others, "gdtx"})
            found[-1] = replace(found[-1], group=replace(_of_leading(group, leading), levels=left))
    return found if len(found) > 1 else []


def _of_things(item: Item, until: int, leading: Group | None) -> list[Share]:
    """Return a share for each of several things that the same units send by the same time: "tổng hợp danh sách THCS gửi
    về A; danh sách tiểu học gửi về B, cùng trước ngày …"."""
    if leading is None or _TOGETHER.search(item.joined.fold, 0, until) is None:
        return []
    start = max(item.text.rfind(". ", 0, until) + 2, len(item.label))
    if DATED.search(item.text, start, until) is not None:
        return []
    found: list[Share] = []
    cuts = [start, *(m.end() for m in re.finditer(r";\s", item.text[:until]) if m.start() > start), until]
    for at, end in pairwise(cuts):
        told = told_by(item.text[at:end])
        if told.recipient is None:
            return []
        said = levels_in(without_ways(item.text[at:end]))
        levels = tuple(level for level in ORDER if level in said)
        last = _TOGETHER.search(item.joined.fold, at, end) if end == until else None
        words = Clause(at, last.start() if last is not None else end)
        found.append(Share(replace(leading, levels=levels or leading.levels), told, words))
    return found if len(found) > 1 else []


def _of_clauses(item: Item, until: int, leading: Group | None) -> list[Share]:
    """Return a share for each clause before one time: "nộp về A đối với tiểu học; nộp về B đối với THPT, trước …"."""
    start = max(item.text.rfind(". ", 0, until) + 2, len(item.label))
    if DATED.search(item.text, start, until) is not None:
        return []
    found: list[Share] = []
    cuts = [start, *(cut.end() for cut in _CLAUSES.finditer(item.text, start, until)), until]
    for at, end in pairwise(cuts) if len(cuts) > 2 else ():
        text, fold = item.text[:end], item.joined.fold[:end]
        of = next((m for m in _FOR.finditer(fold, at) if _units(text, fold, m.end()) is not None), None)
        group = _units(text, fold, of.end()) if of is not None else None
        to = recipient_of(text[at : of.start()]) if of is not None else None
        if group is None or to is None:
            return []
        found.append(Share(_of_leading(group, leading), Told(to, via_of(text[at : of.start()]) if of else None)))
    return found


def _of_turns(item: Item, due: Due) -> list[Share]:
    """Return a share for each of those who send something in turn by one day: "Trường tiểu học gửi UBND cấp xã, trường
    THPT gửi Sở GDĐT, cùng hạn 12/9"."""
    fold = item.joined.fold
    start = max(item.text.rfind(". ", 0, due.start) + 2, len(item.label) + 1)
    together = _ALL_BY.search(fold, max(start, due.start - 20), due.end)
    if together is None:
        return []
    topic = item.text.find(": ", start, together.start())
    if topic > 0 and _units(item.text, fold, start) is None:
        start = topic + 2  # "Báo cáo số liệu: trường THPT gửi Sở, trường THCS gửi Phòng GDĐT, cùng hạn …"
    elif topic < 0 and (of := _OF_WHOM.match(fold, start, together.start())) is not None:
        start = of.end()
    if DATED.search(item.text, start, due.start) is not None:
        return []
    return _turns(item, start, together.start())


def _of_turns_behind(item: Item, due: Due) -> list[Share]:
    """Return the same shares where the day stands before them: "Ngày 17/4, trường THPT chuyển về Sở, trường THCS chuyển
    về Phòng GDĐT"."""
    if _OPENED.search(item.text, 0, due.start) is None and due.start > len(item.label) + 1:
        return []
    start = due.end + (2 if item.text.startswith(", ", due.end) else 1)
    end = _STOP.search(item.text, start)
    until = end.start() if end is not None else len(item.text)
    return _turns(item, start, until) if DATED.search(item.text, start, until) is None else []


def _turns(item: Item, start: int, until: int) -> list[Share]:
    """Return a share for each of several units that words name with a receiver of their own, none for less than two."""
    fold = item.joined.fold
    found: list[Share] = []
    starts, chain = [start], _units(item.text[:until], fold[:until], start)
    for cut in _TURNS.finditer(fold, start, until):
        if chain is not None and cut.end() > chain.end:  # not within "trường THPT, trung tâm"
            starts.append(cut.end())
            chain = _units(item.text[:until], fold[:until], cut.end())
    for at, end in pairwise([*starts, until]):
        group = _units(item.text[:end], fold[:end], at)
        to = recipient_of(item.text[at:end]) if group is not None else None
        if to is None:
            return []
        found.append(Share(group, Told(to, via_of(item.text[at:end]))))
    return found if len(found) > 1 else []


def _of_parts(item: Item, start: int, until: int, leading: Group | None, told: Told) -> list[Share]:
    """Return a share for each part of a bracket whose units have a way or receiver of their own."""
    text = item.text[:until]
    for bracket in _BRACKET.finditer(text, start):
        words = bracket["words"]
        found = _parts(item, bracket.start("words"), bracket.end("words"), leading, told)
        if not found:
            continue
        if len(found) == 1:
            rest = _without(leading, found[0].group)
            outer = text[start : bracket.start()].rstrip()
            first = Told(
                recipient_of(outer) or told.recipient, via_of(f"{outer}({_PARTS.split(words)[0].strip(' ;,')})")
            )
            if rest is None and first.recipient == found[0].told.recipient:
                continue
            return [Share(rest or leading, first), *found]
        if len(found) > 1:
            return found
    return []


def _of_list(item: Item, end: int, leading: Group | None, told: Told, *, opens: bool = True) -> list[Share]:
    """Return a share for each part of a list behind the time: "…: THCS gửi về hộp thư A; THPT …".

    ``opens``: the list may stand behind a comma, as the time opens the sentence; else it has words before a colon.
    """
    comma = item.text.startswith(", ", end)
    colon = end if comma and opens else item.text.find(": ", end)
    stop = item.text.find(". ", end)
    stop = len(item.text) if stop < 0 else stop
    if not 0 <= colon < stop or DATED.search(item.text, colon, stop) is not None:
        return []
    found = _parts(item, colon + 2, stop, leading, told, _LISTED)
    return found if len(found) > 1 else []


def _parts(
    item: Item, start: int, stop: int, leading: Group | None, told: Told, cuts: re.Pattern[str] = _PARTS
) -> list[Share]:
    """Return a share for each part of words whose units have a way or receiver of their own."""
    text, fold = item.text[:stop], item.joined.fold[:stop]
    found: list[Share] = []
    for at, end in pairwise([start, *(cut.end() for cut in cuts.finditer(text, start)), stop]):
        group = _units(text, fold, at)
        if group is None or _GOES.match(fold, group.end) is None:
            continue
        part = text[at:end].strip(" ;,")
        own, way = recipient_of(part), via_of(f"gửi {part}") or mailbox_in(part)
        if own is not None or way is not None:
            found.append(Share(_of_leading(group, leading), Told(own or told.recipient, way)))
    return found


def _receiver_before(text: str, fold: str, start: int, until: int) -> str | None:
    """Return the receiver that ends right before a bracket."""
    for joint in JOINT.finditer(fold, max(start, until - _REACH), until):
        found = receiver_at(text, fold, joint.end())
        if found is not None and not text[found[1] : until].strip():
            return found[0]
    return None


def _of_leading(group: Group, leading: Group | None) -> Group:
    """Return units of which only the level is told with the actors that lead the clause."""
    if not group.bare or leading is None or leading.general or leading.bare:
        return group
    return replace(group, actors=leading.actors)


def _without(leading: Group | None, part: Group | None) -> Group | None:
    """Return the units that lead a clause without some of them, None where nothing is left or they are others."""
    if leading is None or part is None:
        return None
    actors = tuple(a for a in leading.actors if a not in part.actors)
    if not actors or len(actors) == len(leading.actors):
        return None
    levels = tuple(level for level in leading.levels if level not in part.levels)
    return replace(leading, actors=actors, levels=levels)
