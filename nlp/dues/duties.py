"""Concrete duties without a date: clauses that open with a task verb or say "phải", with who, which schools, target."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.document import Document
from corpus.facts import Actor, Duty, evidence
from nlp.dues.asks import ASKED_OF, EACH, LIMIT, NO_ACT, TARGET, asks, exhorts, is_measured, is_ruled
from nlp.dues.idle import asks_nothing, says_enough, without_answering
from nlp.dues.trouble import of_addressees, told_trouble
from nlp.dues.turns import Turn, turns_of
from nlp.dues.wording import plain
from nlp.naming.actors import Group
from nlp.naming.levelnames import ordered
from nlp.naming.recipients import sends
from nlp.page.marks import is_upper
from nlp.page.structure import Clause, Item
from nlp.page.telling import tells_aims, tells_facts
from nlp.page.zones import Zone
from nlp.whom.bound import Bound, acting, in_schools
from nlp.whom.defined import meant
from nlp.whom.headings import for_addressees, governing
from nlp.whom.led import led_in
from nlp.whom.levels import levels_of, of_centres
from nlp.whom.openings import (
    MUST,
    contents_at,
    is_noun,
    lists_contents,
    opening_until,
    stands_alone,
    tells_of_thing,
    tells_trouble,
)
from nlp.whom.subjects import clauses_of, subject_before
from nlp.words.folding import folded, pattern
from nlp.words.language import UNITS_COMPONENT, VERBS, may_hold_verbs
from nlp.words.phrases import sentence, tidy
from nlp.words.stretches import apart, meets
from nlp.words.verbs import is_written_verb, written_verbs

if TYPE_CHECKING:
    from spacy.language import Language

#: A measure of its own in a clause: "…; phấn đấu 60 % trường tiểu học được đánh giá ngoài".
_ANEW = pattern(r"\W{0,4}(?:phan dau|(?:bao|dam) dam|dat|huy dong)(?: \w+){0,6}? \d{1,3}(?:[.,]\d{1,2})?\s?%")
#: A bound of what stands before: "…; có ít nhất 1/3 số thành viên là giáo viên".
_HAS_OF_IT = re.compile(r"\W{0,4}(?:trong đó,? )?có (?:ít nhất|tối thiểu|không quá)\s", re.I)
#: How an invitation tells who is to come.
_INVITES = re.compile(r"\W{0,3}(?:(?:trân trọng )?kính )?mời\s", re.I)
_BESIDES = pattern(r"\W{0,4}dong thoi\s")
_ASKS_OTHERS = pattern(r"\s(?:de nghi|yeu cau) (?:cac|thu truong|hieu truong|quy|moi)\s")
#: Whose own words go on behind a full stop; an office's do not.
_IN_SCHOOLS = {
    str(Actor.CO_SO_GIAO_DUC),
    str(Actor.TRUNG_TAM_GDTX),
    str(Actor.DON_VI_TRUC_THUOC),
    "addressees",
    "sector",
}
#: What is done in schools, beside what ``in_schools`` tells.
_OF_SCHOOLS = pattern(
    r"(?<!\w)(?:hoc phi|dong phuc|cha me|phu huynh|tre (?:em|duoi|tu|mau giao|khuyet tat|5)|do choi|phong hoc"
    r"|phong tu van|khau phan|ban tru|khoan thu|thoi khoa bieu|de kiem tra|hoc ba|so diem|so goi ten)(?!\w)"
)
_LEARNERS, _PUPILS = (
    pattern(r"(?<!\w)(?:hoc vien|gdtx|giao duc thuong xuyen)(?!\w)"),
    pattern(r"(?<!\w)(?:hoc sinh|tre)(?!\w)"),
)
#: How far into a clause it is sought who acts, in characters.
_FAR = 220
#: A section of what matters most says in short what the section of details says again, where there is one.
_FOCUS = pattern(r"(?<!\w)(?:nhiem vu|cong tac|noi dung) trong tam(?!\w)")
_DETAILS = pattern(r"(?<!\w)(?:nhiem vu|noi dung|giai phap|cong viec)(?: \w+){0,3} cu the(?!\w)")
#: How an attached plan begins, and the annexes behind it.
_PLAN = pattern(r"\W{0,3}(?:ke hoach|quy che|quy dinh|de an|chuong trinh|phuong an|huong dan|noi quy)(?!\w)")
_ANNEX = pattern(r"\W{0,3}(?:phu luc|bieu|mau)(?!\w)")
_MIN_WORDS = 5
#: Clauses of a sentence are one duty up to so many words; longer ones are duties of their own.
_LONG = 45
#: A clause that only bounds what stands before it has at most so many words.
_SHORT = 14


def has_details(items: list[Item]) -> bool:
    """Tell whether a directive has a section of details ("NHIỆM VỤ CỤ THỂ")."""
    return any(item.heading and _DETAILS.search(item.joined.fold) for item in items)


def find_duties(
    document: Document,
    item: Item,
    bound: Bound,
    nlp: Language,
    skip: list[tuple[int, int]],
    *,
    detailed: bool = False,
    lead: int | None = None,
    title: int = 0,
) -> list[Duty]:
    """Return the undated duties of one item: sentences that ask for something, less what dated duties cover.

    ``skip`` are the stretches of the dated duties; ``detailed``: see ``has_details``; ``lead`` is where the paragraph
    begins that leads to what is asked, see ``lead_of``; ``title`` where a title ends that runs into the item's text.
    A sentence's clauses are one duty, unless one names other units.
    """
    contents = contents_at(item.text)
    if (item.heading and contents is None) or item.table or tells_facts(item) or lists_contents(item):
        return []
    aims, thing = tells_aims(item), tells_of_thing(item)
    if detailed and any(_FOCUS.search(folded(title)) for title in item.path):
        return []
    skip = apart(skip)
    if all(_covered(item, clause, skip) for clause in clauses_of(item)):
        return []  # segmentation is what costs most here
    verbs = written_verbs(item.text)
    if may_hold_verbs(item.text):
        doc = nlp(item.text, disable=[UNITS_COMPONENT])
        verbs |= {span.start_char for span in doc.spans[VERBS]}
    found: list[Duty] = []
    carried: Group | None = None
    opens, dated = opening_until(item, lead), _of_dated(item, skip)
    for run in _runs(item, skip, verbs, opens, len(item.text) if contents is None else contents):
        if run[-1].end <= title:  # its units do what follows: "3. UBND các xã, phường. Rà soát phòng học …"
            carried = _acts_in(item, run[0], run[0].end) or carried
            continue
        run = _without_idle(item, run)
        groups = [_acts_in(item, Clause(c.start, min(c.end, c.start + _FAR)), c.end) for c in run]
        if carried is not None and _is_own(carried, bound) and _begins_sentence(item, run[0].start):
            carried = None  # "Sở GDĐT chi tiền tài liệu. Công tác phí do đơn vị cử người chi."
        groups = [meant(item.joined.fold, group, bound.defined) for group in groups]
        carried = next((g for g in groups if g is not None), None) or dated.get(run[0].start) or carried
        whole = Clause(run[0].start, run[-1].end)
        words = item.text[whole.start : whole.end]
        if bound.invites and _INVITES.match(words) is not None:
            continue  # who comes to what is held stands beside its day
        if len(words.split()) < _MIN_WORDS or (
            is_noun(words) and not ASKED_OF.match(item.joined.fold, whole.start) and not is_ruled(item, whole, verbs)
        ):
            continue
        turns = turns_of(item, whole)
        if not turns and not any(asks(item, clause, group, verbs) for clause, group in zip(run, groups, strict=True)):
            continue
        if exhorts(item, run):
            continue
        if thing and not (any(groups) and (MUST.search(words) or (not turns and _acts_at_once(item, groups)))):
            continue
        if aims and not any(is_measured(item, clause, group) for clause, group in zip(run, groups, strict=True)):
            continue
        if not item.label and not item.path and not stands_alone(item, run[0], groups[0], opens):
            continue
        told_by = next((g for g in groups if g is not None), None)
        told_by = told_by if told_by is not None or _begins_sentence(item, whole.start) else carried
        closing = of_addressees(item, words, told_by, bound)
        duty = _duty(document, item, whole, _named(item, carried, bound), bound, closing)
        if says_enough(duty.task):
            found += [_of_turn(document, item, turn, bound) for turn in turns] or [duty]
    return found


def _of_turn(document: Document, item: Item, turn: Turn, bound: Bound) -> Duty:
    """Return the duty of units that do a part of a sentence."""
    group = meant(item.joined.fold, turn.group, bound.defined) or turn.group
    words = item.text[turn.clause.start : turn.clause.end]
    actors = _unnamed(words, bound) if turn.share else acting(group, bound, words)
    actors = bound.actors if bound.school else actors
    levels = {*group.levels} if turn.share else levels_of(group, item, turn.clause, bound, actors, here=True)
    target = TARGET.search(words)
    return Duty(
        evidence=evidence(document, *item.joined.span(turn.clause.start, turn.clause.end), "duty.turn", 0.6),
        task=turn.task,
        actor=of_centres(actors, levels),
        levels=ordered(levels),
        target=target.group().strip() if target else None,
        heading=item.path,
    )


def _acts_at_once(item: Item, groups: list[Group | None]) -> bool:
    """Tell whether units do something right behind their name: no "giáo viên tiểu học đang dạy trong các trường"."""
    return any(g is not None and not g.bare and is_written_verb(item.text, g.end + 1) for g in groups)


def _without_idle(item: Item, run: list[Clause]) -> list[Clause]:
    """Return a sentence's clauses without those at its end that tell what befalls whoever is late."""
    while len(run) > 1 and asks_nothing(item.text[run[-1].start : run[-1].end]):
        run = run[:-1]
    return run


def _named(item: Item, carried: Group | None, bound: Bound) -> Group | None:
    """Return the units that the words name, else those of the headings above; "các đơn vị" where neither says more.

    A heading or lead that tells "các đơn vị" only says no more than the addressees do.
    """
    if carried is not None and not carried.general:
        return carried
    above = governing(item, bound.own, bound.defined)
    return carried if above is None or above.general else above


def _duty(
    document: Document, item: Item, whole: Clause, named: Group | None, bound: Bound, closing: tuple[str, ...] = ()
) -> Duty:
    """Return the duty that some clauses of an item tell ``named``, else those whom the directive binds; ``closing``
    are those whom its closing asks."""
    words = item.text[whole.start : whole.end]
    named = None if closing else named
    actors = closing or (_unnamed(words, bound) if named is None else acting(named, bound))
    if not actors and (led := led_in(item, whole, whole.end)) is not None:
        actors = acting(led, bound)  # an office outside education leads one of ours
    actors = bound.actors if bound.school else actors
    target = TARGET.search(words)
    start, end = item.joined.span(whole.start, whole.end)
    levels = levels_of(named, item, whole, bound, actors)
    if closing:
        levels = set(bound.levels) if set(actors) <= _IN_SCHOOLS else set()
    return Duty(
        evidence=evidence(document, start, end, "duty.verb", 0.6),
        task=for_addressees(
            told_trouble(words) or sentence(without_answering(tidy(plain(item, whole)))),
            bound.only if actors == bound.actors else "",
        ),
        actor=of_centres(actors, levels),
        levels=ordered(levels),
        target=target.group().strip() if target else None,
        heading=item.path,
    )


def _acts_in(item: Item, clause: Clause, until: int) -> Group | None:
    """Return the units that act in a clause, not the office that asks them: "Sở GDĐT đề nghị các đơn vị …"."""
    group = subject_before(item, clause, until)
    return None if group is not None and _ASKS_OTHERS.match(item.joined.fold, group.end) else group


def _of_dated(item: Item, skip: list[tuple[int, int]]) -> dict[int, Group | None]:
    """Return, by where a clause begins, who does what the dated clauses right before it tell.

    "Văn phòng Sở in giấy mời trước ngày 5/10; bố trí hội trường": the same. Behind a full stop an office goes on no
    longer, schools do ("Các trường mở lớp từ ngày 3/6. Không thu tiền của học sinh.").
    """
    found: dict[int, Group | None] = {}
    doer: Group | None = None
    for clause in clauses_of(item):
        if doer is not None and not (_IN_SCHOOLS & {*doer.actors}) and _begins_sentence(item, clause.start):
            doer = None
        found[clause.start] = doer
        if not _covered(item, clause, skip):
            doer = None
            continue
        doer = _acts_in(item, Clause(clause.start, min(clause.end, clause.start + _FAR)), clause.end) or doer
    return found


def _is_own(group: Group, bound: Bound) -> bool:
    return bool(bound.own) and group.actors in (("own",), bound.own)


def _begins_sentence(item: Item, start: int) -> bool:
    return not item.text[:start].rstrip().endswith(";")


def _unnamed(words: str, bound: Bound) -> tuple[str, ...]:
    """Return who does what names nobody: those whom an office writes to; what is done in schools is theirs where a Sở
    writes, all's where the Bộ does."""
    fold = folded(words)
    inside = in_schools(fold) or _OF_SCHOOLS.search(fold) is not None
    if inside and "%" not in words and bound.own == (str(Actor.SO_GDDT),):
        return _learning(fold, bound)  # a share is a measure for all: "bảo đảm 100% học sinh có sổ theo dõi sức khỏe"
    return bound.actors if not bound.first or inside else bound.first


def _learning(fold: str, bound: Bound) -> tuple[str, ...]:
    """Return the schools, and the centres for their own people: "Kiểm tra, đánh giá học viên theo Thông tư …"."""
    centre = str(Actor.TRUNG_TAM_GDTX)
    learners = _LEARNERS.search(fold) is not None and centre in (*bound.actors, *bound.first)
    pupils = _PUPILS.search(fold) is not None
    return (*((str(Actor.CO_SO_GIAO_DUC),) if pupils or not learners else ()), *((centre,) if learners else ()))


def _covered(item: Item, clause: Clause, skip: list[tuple[int, int]]) -> bool:
    """Tell whether a clause is part of a dated duty; ``skip`` are the stretches of those, in order and apart."""
    return meets(skip, *item.joined.span(clause.start, clause.end))


def _runs(item: Item, skip: list[tuple[int, int]], verbs: set[int], opens: int, contents: int) -> list[list[Clause]]:
    """Return the clauses of an item that no dated duty covers, those of one sentence together.

    An order that the opening holds begins at ``opens``; from ``contents`` on an item tells what something is made of.
    """
    runs: list[list[Clause]] = []
    last = -1
    dated = False
    for whole in clauses_of(item):
        clause = Clause(opens if whole.start < opens < whole.end else whole.start, min(whole.end, contents))
        if clause.start >= clause.end:
            break
        words = item.text[clause.start : clause.end]
        if _covered(item, clause, skip):
            last, dated = -1, True
            continue
        if dated and _BESIDES.match(item.joined.fold, clause.start) and sends(words):
            continue  # "…; đồng thời gửi bản mềm": the dated duty once more
        joined = last >= 0 and item.text[last : clause.start].startswith(";") and not tells_trouble(words)
        if joined and _goes_on(item, clause, item.text[runs[-1][0].start : clause.end], verbs):
            runs[-1].append(clause)
        else:
            runs.append([clause])
        last, dated = clause.end, False
    return runs


def _goes_on(item: Item, clause: Clause, whole: str, verbs: set[int]) -> bool:
    """Tell whether a clause belongs to the sentence's duty: no units of its own act in it, or it only bounds them."""
    words = item.text[clause.start : clause.end]
    if _HAS_OF_IT.match(words):
        return True
    if (
        len(words.split()) <= _SHORT
        and LIMIT.search(words)
        and not any(
            clause.start < v < clause.end and NO_ACT.search(item.text[max(0, v - 6) : v]) is None for v in verbs
        )
    ):
        return True
    if EACH.match(words) or _ANEW.match(item.joined.fold, clause.start) or len(whole.split()) > _LONG:
        return False
    if is_ruled(item, clause, verbs):
        return False
    return subject_before(item, Clause(clause.start, min(clause.end, clause.start + 60)), clause.end) is None


def attached_plan(items: list[Item]) -> set[int]:
    """Return where the items begin of a plan or rules that a decision attaches: their duties are its own."""
    found: set[int] = set()
    plan = False
    for item in items:
        if item.zone is not Zone.ANNEX:
            continue
        if _ANNEX.match(item.joined.fold):
            plan = False
        elif is_upper(item.text.split("(")[0]) and _PLAN.match(item.joined.fold):
            plan = True
        elif plan and not item.table:
            found.add(item.start)
    return found
