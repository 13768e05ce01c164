"""Dated duties: one row for each group of units and date, with who, what, when, to whom and through whom."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from corpus.document import Document
from corpus.facts import DEPARTMENT, Actor, Deadline, evidence
from corpus.named import named as names_in
from corpus.schools import special
from nlp.dues.comers import Come, told_to_come
from nlp.dues.inorder import as_before, days_in_order
from nlp.dues.owndays import own_days
from nlp.dues.timeunits import JOINT, units_of_times
from nlp.dues.trained import are_trained_offices
from nlp.dues.who import who
from nlp.dues.wording import Task, Timed, task_of
from nlp.naming.actors import Group, is_outside
from nlp.naming.dates import Calendar, Time, TimeKind
from nlp.naming.levelnames import ordered
from nlp.naming.systems import system_in
from nlp.page.columns import Column
from nlp.page.structure import Clause, Item
from nlp.page.telling import tells_aims, tells_facts
from nlp.when.described import Due
from nlp.when.tied import named_round, tied_time
from nlp.when.times import dues_of
from nlp.when.timetitles import is_time, time_above
from nlp.when.timewords import widened
from nlp.when.titles import done_by, title_of
from nlp.whom.bound import Bound, acting
from nlp.whom.called import units_called
from nlp.whom.classes import taught_in
from nlp.whom.defined import meant
from nlp.whom.headings import for_addressees, for_schools
from nlp.whom.levels import levels_of, of_centres, without_centres, without_later
from nlp.whom.once import Told, told_by
from nlp.whom.replies import answering
from nlp.whom.reports import OFFICES, Place, received, told_of
from nlp.whom.shares import shares_of, shares_of_term
from nlp.whom.subjects import clauses_of, subject_before
from nlp.whom.wrapped import units_of_cell
from nlp.words.folding import folded, pattern
from nlp.words.phrases import clean, sentence, tidy
from nlp.words.verbs import opens_with_verb

#: What sets a duty against the one before: "…, còn kế hoạch bồi dưỡng thì ban hành trong quý IV".
_CONTRAST = pattern(r"(?:con|rieng)\s")
_ONLY_DONE = pattern(r"\W{0,4}(?:(?:phai|can|va)\s)?(?:hoan thanh|hoan tat|xong)\W{0,3}")
#: Whom an office asks for something: no duty of those under the heading.
_ASKS = pattern(r"[\s;,\-]{0,4}(?:de nghi|kien nghi) ubnd(?!\w)")
#: What a stage of several years is only about.
_URGES = pattern(
    r"\W{0,4}(?:trong tam(?: \w+){0,3} la|quan tam|chu trong|nang cao|khuyen khich|phat huy|doi moi)(?!\w)"
)
#: Words behind a time that say what is done by the next: not "…, hoàn thành trước ngày …".
_TELLS = 4
#: What stands before and behind a time that labels what is done in it, and how far into a clause its units stand.
_LABEL, _COLON = pattern(r"\W{0,4}(?:(?:trong|vao|tu|den|khoang)\s)?"), pattern(r"\s?:\s")
_OPENS = 12
#: Rules of times that name what is reported ("báo cáo kỳ cuối năm học") and stay in the task.
_NAMING = frozenset({"described:kỳ thống kê"})


def find_deadlines(
    document: Document,
    item: Item,
    known: Calendar,
    bound: Bound,
    taken: list[tuple[int, int]],
    above: Group | None = None,
    once: Told | None = None,
    comers: Group | None = None,
    doer: Group | None = None,
) -> list[Deadline]:
    """Return the dated duties of one item.

    ``taken``: stretches of the item that are citations; ``above``: who did the step above, see ``step_units``;
    ``doer``: who is told beside an item that is but a time, see ``doers_told``;
    ``once``: what is told for its whole list, see ``told_once``; ``comers``: see ``attendants``.
    """
    if item.heading and not item.text.rstrip().endswith(":"):
        return []
    if item.text.rstrip().endswith(":") and is_time(item.text):
        return []  # "Tháng 9/2023:" over what is done in it
    if any(cell.column is Column.DUE and cell.start < cell.end for cell in item.cells):
        return _of_cells(document, item, known, bound, taken, once or Told(), comers)
    clauses = clauses_of(item)
    dues = _same_times(item, [dues_of(item, clause, known, taken) for clause in clauses])
    ordered_days = days_in_order(item, clauses, dues, known)
    dues = [[] if k in ordered_days else row for k, row in enumerate(dues)]
    groups = units_of_times(item, clauses, dues, above, bound)
    groups = [[doer if g is None and doer is not None else g for g in named] for named in groups]
    times = [
        [Timed(*widened(item, d.start, d.end), g, d.rule in _NAMING) for d, g in zip(row, named, strict=True)]
        for row, named in zip(dues, groups, strict=True)
    ]
    found: list[Deadline] = []
    for k, row in enumerate(dues):
        days = ordered_days.get(k, []) if len(ordered_days.get(k, [])) <= len(found) else []
        before = found[len(found) - len(days) :]
        found += [as_before(document, item, clauses[k], day, one) for day, one in zip(days, before, strict=True)]
        for n, due in enumerate(row):
            task = task_of(item, clauses, times, k, n)
            left = row[n - 1].end if n else clauses[k].start
            title = title_of(item, n, len(row)) if item.table else ""
            if title and (words := done_by(item, title, row[0].start)):
                task = replace(task, words=sentence(words))
            place = Place(clauses[k], due.start, due.end, left, row[-1].end, clauses, title)
            told = told_of(item, place, task.end, bound, once or Told())
            said = _said_until(item, row, groups[k], n, clauses[k])
            shares = [] if item.table else shares_of(item, left, due, groups[k][n], told)
            shares = shares or shares_of_term(item, clauses, dues, k)
            for share in shares:
                part = share.span
                words = sentence(tidy(item.text[part.start : part.end])) if part is not None else ""
                one = Task(words, part.start, part.end) if part is not None else task
                row_of = _deadline(document, item, place, one, due, share.group, bound, share.told, said, comers)
                own = ordered(set(share.group.levels)) if share.group is not None else None
                found.append(replace(row_of, levels=own or row_of.levels))
            come = told_to_come(item, clauses, k, due, dues, invites=bound.invites)
            apart = frozenset(a for one in come if not one.beside for a in acting(one.group, bound))
            if not shares:
                found.append(
                    _deadline(document, item, place, task, due, groups[k][n], bound, told, said, comers, apart)
                )
            found[-1:] = _with_comers(
                document, item, due, come, found[-1], bound,
                named=groups[k][n] is not None or opens_with_verb(item.joined.fold, clauses[k].start),
            )  # fmt: skip
    found += _of_label(document, item, bound, once or Told(), clauses, dues, groups)
    return found + _of_heading(document, item, known, bound, once or Told(), (clauses, dues))


def _with_comers(
    document: Document, item: Item, due: Due, come: list[Come], held: Deadline, bound: Bound, *, named: bool
) -> list[Deadline]:
    """Return the duty of who holds something and those of who is told to come to it then.

    ``named``: who holds it is named or does something; else ("Lễ tổng kết: 8 giờ …") it is the duty of those who come.
    """
    others = []
    for one in come:
        place, words = _all_of(item, one.clause)
        group = meant(item.joined.fold, one.group, bound.defined)
        row = _deadline(document, item, place, words, due, group, bound, Told())
        if bound.invites and one.beside:
            held = replace(held, actor=tuple(dict.fromkeys([*bound.own, *row.actor])), levels=row.levels)
        elif not named and not set(held.actor) & {*bound.own}:
            held = replace(held, actor=row.actor, levels=row.levels)
        elif not set(row.actor) - set(held.actor):
            continue
        elif one.beside:
            actors = tuple(dict.fromkeys([*held.actor, *row.actor]))
            held = replace(held, actor=actors, levels=held.levels or row.levels)
        else:
            others.append(row)
    return [held, *others]


def _of_heading(
    document: Document,
    item: Item,
    known: Calendar,
    bound: Bound,
    once: Told,
    read: tuple[list[Clause], list[list[Due]]],
) -> list[Deadline]:
    """Return the duties without a time of their own under one that is a heading: "Tháng 9/2023: ⏎ - …".

    Of an item with times those sentences that name who acts or open with a verb.
    """
    time = time_above(item, known)
    if time is None or tells_aims(item) or tells_facts(item):
        return []
    found = []
    clauses, dues = read
    for clause, row in zip(clauses, dues, strict=True):
        group = subject_before(item, clause, clause.end)
        said = group is not None or opens_with_verb(item.joined.fold, clause.start)
        urges = time.kind is TimeKind.YEAR and _URGES.match(item.joined.fold, clause.start) is not None
        if (
            row
            or urges
            or _ASKS.match(item.joined.fold, clause.start)
            or (not said and (any(dues) or clause is not clauses[0]))
        ):
            continue
        due = Due(clause.end, clause.end, time, "heading", 0.7)
        place, words = _all_of(item, clause)
        told = told_of(item, place, clause.end, bound, once)
        made = _deadline(document, item, place, words, due, group, bound, told)
        found.append(replace(made, due_text=item.path[-1].strip(), due_evidence=made.evidence))
    return found


def _all_of(item: Item, clause: Clause) -> tuple[Place, Task]:
    """Return the place and the task of a clause that has no time of its own: its end, all its words."""
    words = sentence(tidy(item.text[clause.start : clause.end]))
    place = Place(clause, clause.end, clause.end, clause.start, clause.end, [clause])
    return place, Task(words, clause.start, clause.end)


def _of_label(
    document: Document,
    item: Item,
    bound: Bound,
    once: Told,
    clauses: list[Clause],
    dues: list[list[Due]],
    groups: list[list[Group | None]],
) -> list[Deadline]:
    """Return the duties of others in the time that labels an item: "- Tháng 12: Phòng GDĐT thi cấp huyện; các trường
    THPT chọn đội tuyển"."""
    if item.table or len(clauses) < 2 or len(dues[0]) != 1 or any(dues[1:]):
        return []
    due = dues[0][0]
    if _LABEL.fullmatch(item.joined.fold, len(item.label), due.start) is None:
        return []
    if _COLON.match(item.joined.fold, due.end) is None:
        return []
    found, before = [], groups[0][0]
    for clause in clauses[1:]:
        group = subject_before(item, clause, clause.end)
        acts = group is not None and not group.general and opens_with_verb(item.joined.fold, group.end + 1)
        if group is None or not acts or group.start > clause.start + _OPENS or before is None or group == before:
            continue
        if {*group.actors} & {*before.actors} and group.levels == before.levels:
            continue
        before = group
        place, words = _all_of(item, clause)
        made = _deadline(
            document, item, place, words, replace(due, start=clause.end, end=clause.end), group, bound,
            told_of(item, place, clause.end, bound, once),
        )  # fmt: skip
        told = evidence(document, *item.joined.span(due.start, due.end), f"due.{due.rule}", due.confidence)
        found.append(replace(made, due_text=item.text[due.start : due.end].strip(), due_evidence=told))
    return found


def _said_until(item: Item, row: list[Due], groups: list[Group | None], n: int, clause: Clause) -> int:
    """Return where the words of a time end: where the next has units or a verb of its own, else with the clause."""
    if item.table or n + 1 >= len(row):
        return clause.end
    end, after, group = row[n].end, row[n + 1], groups[n + 1]
    if group is not None and end <= group.start < after.start:
        return group.start
    joint = JOINT.match(item.joined.fold, end)
    return end if joint is not None and _tells(item, joint.end(), after.start) else clause.end


def _tells(item: Item, start: int, until: int) -> bool:
    """Tell whether words say what is done: a verb opens them, and more than what is done by then."""
    fold = item.joined.fold
    return opens_with_verb(fold, start) and len(fold[start:until].split()) >= _TELLS


def _same_times(item: Item, dues: list[list[Due]]) -> list[list[Due]]:
    """Give "cùng thời hạn" and "trước 14 giờ cùng ngày" the date before them, and those told from it theirs."""
    named: dict[str, Time] = {}
    found: list[list[Due]] = []
    last = None
    for row in dues:
        found.append([])
        for due in row:
            same = due.rule.endswith(("cùng thời hạn", "cùng một ngày"))
            tied = tied_time(item, due, named)
            found[-1].append(replace(due, time=last) if same else replace(due, time=tied) if tied is not None else due)
            last = last if same or tied is not None else due.time
            named |= named_round(item, due)
    return found


def _of_cells(
    document: Document,
    item: Item,
    known: Calendar,
    bound: Bound,
    taken: list[tuple[int, int]],
    once: Told,
    comers: Group | None,
) -> list[Deadline]:
    """Return the dated duties of a row whose cells are known: time, task and units each from their own column."""
    cell = {c.column: Clause(c.start, c.end) for c in reversed(item.cells) if c.start < c.end}
    task = cell.get(Column.TASK)
    if task is None:
        return []
    unit = cell.get(Column.UNIT)
    group = units_of_cell(item, unit) if unit is not None else None
    # the month stands in a line above, or a cell that goes on over several rows
    below = item.joined.at(len(item.text) - 1) < item.joined.at(task.start)
    below = below or any(item.joined.at(c.start) < item.start for c in item.cells if item.text[c.start : c.end].strip())
    dues = dues_of(item, cell[Column.DUE], known, taken)
    own = own_days(item, task, dues, known, taken)
    if unit is None:
        group = subject_before(item, task, task.end)
    group = meant(item.joined.fold, group, bound.defined) if group is None or not is_outside(group) else group
    found = []
    for due, part in own or [(due, task) for due in dues]:
        said = item.text[part.start : part.end]
        if part.start <= due.start < part.end:
            start, end = (at - part.start for at in widened(item, due.start, due.end))
            said = clean(f"{said[:start]} {said[end:]}")
        said = sentence(tidy(said))
        if unit is not None and names_in(by := item.text[unit.start : unit.end]) is not None:
            small = said[:1].lower() if said[1:2].islower() else said[:1]
            said = f"{by} {small}{said[1:]}"  # those by name stand in the task, as in a sentence
        words = Task(said, part.start if below else 0, part.end if below else len(item.text))
        place = Place(task, due.start, due.end, task.start, task.end, [task])
        told = told_of(item, place, task.end, bound, once)
        receiver = cell.get(Column.RECEIVER) or Clause(due.end, cell[Column.DUE].end)
        told = received(item.text[receiver.start : receiver.end], told)
        noted = (cell.get(Column.PRODUCT), cell.get(Column.OTHER)) if told.recipient is None else ()
        told = next((t for c in noted if c is not None and (t := told_by(item.text[c.start : c.end]))), told)
        found.append(_deadline(document, item, place, words, due, group, bound, told, comers=comers))
    return found


def _sentence_of(item: Item, place: Place) -> int:
    """Return where the first clause of a sentence begins that ends with when it is done: "…; hoàn thành trước …"."""
    k = bisect_left(place.clauses, place.clause.start, key=lambda clause: clause.start)
    k = k if k < len(place.clauses) and place.clauses[k] == place.clause else 0  # a part of one: none before it
    while k and item.text.startswith(";", place.clauses[k - 1].end):
        k -= 1
    return place.clauses[k].start


def _begin(item: Item, place: Place, task: Task, group: Group | None) -> int:
    """Return where a duty begins: with its own units or verb behind the time before it, else where it is read from.

    Where a lead stands before all of a list ("Biên bản gửi như sau: trường THPT …"), each begins behind it.
    """
    if task.start < place.clause.start or item.table:
        return task.start
    fold, later = item.joined.fold, place.left > place.clause.start
    sentence = _sentence_of(item, place)
    own = group is None or group.start >= place.clause.start
    if own and sentence < place.clause.start and special(item.text[sentence : place.clause.start].lstrip()) is not None:
        return sentence  # "Chế độ đối với nhà giáo ở trường PTDTNT …; các trường lập danh sách …"
    if not later and _ONLY_DONE.fullmatch(fold, place.clause.start, place.start):
        return sentence
    if group is not None and place.left <= group.start < place.start:
        listed = later or fold[max(0, group.start - 4) : group.start].rstrip().endswith(":")
        return group.start if listed else task.start
    joint = JOINT.match(fold, place.left) if later else None
    if joint is None:
        return task.start
    apart = _CONTRAST.match(fold, joint.end()) is not None or _tells(item, joint.end(), place.start)
    return joint.end() if apart else task.start


def _system(item: Item, place: Place, *, sent: bool) -> str | None:
    """Return the named system that a duty has something entered into; ``sent``: it goes to somebody."""
    until = place.clause.end if place.end >= place.last or item.table else place.start
    joint = JOINT.match(item.joined.fold, place.left) if place.left > place.clause.start and not item.table else None
    shared = joint is not None and not sent and not _tells(item, joint.end(), place.start)
    left = place.clause.start if shared or (item.table and item.cells) else place.left
    return system_in(item.text[left:until])


def _goes_on(item: Item, place: Place, actors: tuple[str, ...]) -> bool:
    """Tell whether communes go on behind a time with an act of its own, whose levels are those of its own words: "UBND
    xã tập huấn cho các trường mầm non trước …, báo cáo kết quả trước …"."""
    communes = actors == (str(Actor.UBND_XA),) and place.left > place.clause.start
    joint = JOINT.match(item.joined.fold, place.left) if communes else None
    return joint is not None and not item.table and _tells(item, joint.end(), place.start)


def _deadline(
    document: Document,
    item: Item,
    place: Place,
    task: Task,
    due: Due,
    group: Group | None,
    bound: Bound,
    told: Told,
    said: int | None = None,
    comers: Group | None = None,
    told_apart: frozenset[str] = frozenset(),
) -> Deadline:
    """Return one dated duty; ``said`` is where the words that tell of it end, by default with the clause;
    ``told_apart`` are told to come in a sentence of their own."""
    clause = place.clause
    told = Told() if answering(item, clause, due) is not None else told  # nobody answers itself
    actors, named = who(item, place, group, bound, told, comers, told_apart)
    if told.recipient is not None and bound.own and actors == bound.own and told.recipient == OFFICES.get(bound.own[0]):
        if bound.first and told.way and (group is None or group.start < clause.start):
            # "Đồng thời gửi danh sách về Sở GDĐT qua phòng …", behind what the Sở did
            actors, named = bound.first, None
        else:
            told = Told()  # nobody reports to itself
    others = tuple(a for a in actors if a != f"{DEPARTMENT}{told.recipient}")
    actors = others if others and item.table else actors
    here = group is not None and clause.start <= group.start < clause.end
    apart = group is not None and group.start >= place.left > clause.start  # who goes on with it: "…, Phòng tổng hợp …"
    apart = apart or _goes_on(item, place, actors)
    words = Clause(place.left if apart else clause.start, said or clause.end)
    if (called := units_called(item, place.start, place.end)) is not None and called is not group:
        words = Clause(called.start, called.end)  # no level of the school where they come to
    if named is not None and named is not group and are_trained_offices(item, clause, named):
        words = Clause(words.start, max(place.end, named.end))  # whose people are trained, not those of the next day
    actors, young = without_centres(actors, named, item, words, bound) if group is None else (actors, frozenset())
    taught = frozenset[str]()
    carried = group is not None and group is named and group.start < clause.start
    if not item.table and (carried or (group is None and (named is None or named.general))):
        around = f"{folded(' '.join(item.path[-2:]))} {item.joined.fold}"
        actors, taught = taught_in(item.joined.fold[words.start : words.end], around, actors, bound)
    levels = levels_of(named, item, words, bound, actors, here=here, recipient=told.recipient)
    levels = levels | {*taught} if str(Actor.CO_SO_GIAO_DUC) in actors else {*taught} or levels
    levels = without_later(item, due.end, levels, actors)
    start, end = item.joined.span(_begin(item, place, task, group), task.end)
    date = due.time.due if due.time is not None else None
    words_of = for_schools(item, task.words, group, clause)
    return Deadline(
        evidence=evidence(document, start, end, f"deadline.{due.rule}", due.confidence),
        due_evidence=evidence(document, *item.joined.span(due.start, due.end), f"due.{due.rule}", due.confidence),
        task=for_addressees(words_of, bound.only if actors == bound.actors else ""),
        due=date.isoformat() if date else None,
        due_text=item.text[due.start : due.end].strip(),
        actor=of_centres(actors, levels),
        levels=ordered(levels or {*young}),
        recipient=told.recipient,
        via=told.way or _system(item, place, sent=told.recipient is not None),
        heading=item.path,
    )
