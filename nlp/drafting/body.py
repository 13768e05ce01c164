"""The items of the upper directive for the office's own units, one by one: kept, rewritten, split or left out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from corpus.facts import Actor, CitationPlace, Deadline
from corpus.text import UPPER
from nlp.compare.items import Part, Parts, Role
from nlp.drafting.cited import filled, swapped, undated
from nlp.drafting.dates import short
from nlp.drafting.days import Clock, goes_up, spots
from nlp.drafting.draft import Act, Change, Kind, LeftOut, Paragraph, Source, Task
from nlp.drafting.habits import Group, Habits
from nlp.drafting.labels import style_of
from nlp.drafting.marks import OWN_OFFICE
from nlp.drafting.office import Register
from nlp.drafting.origin import part_of
from nlp.drafting.rules import Frame, rewritten
from nlp.drafting.scope import Scope, clauses, told_by
from nlp.drafting.units import LOWER, capital, label_of
from nlp.words.folding import folded
from nlp.words.vocabulary import table

_ABOVE_WHY = "việc của Bộ, không giao xuống đơn vị"
_OUTSIDE_WHY = "việc của cơ sở không thuộc Sở quản lý"
_REPLACES = re.compile(r"(?:Công văn|Văn bản|Kế hoạch|Hướng dẫn|Chỉ thị) này thay (?:thế|cho)[^.]*(?:\.(?=\s|$)|$)\s?")
_SENDING = re.compile(rf"(?:,|;)?\s(?:và )?(?:gửi|nộp|báo cáo)(?: báo cáo)?(?: về)?\s{OWN_OFFICE}[^;]*$")
_FOOTNOTE = re.compile(rf"^\d{{1,2}}\s[{UPPER}]")
_ENDS = (".", ";", ":", "!", "?", "…", "”", ")", "./.", ",")


@dataclass
class Made:
    """The body on the way: paragraphs with the places of their labels, tasks, what was left out, what closes."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    closing: list[Part] = field(default_factory=list)
    replaces: list[Part] = field(default_factory=list)
    own: list[tuple[Part, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Maker:
    """What the items are rewritten with."""

    upper: Parts
    frame: Frame
    clock: Clock
    register: Register
    habits: Habits
    on: date
    notes: frozenset[str]
    twice: Mapping[str, list[str]]
    cited: set[str]
    kinds: frozenset[str]

    def source(self, part: Part) -> Source:
        """Return where a part stands."""
        return part_of(self.upper.document, self.upper.facts, part)

    def framed(self, part: Part) -> tuple[Frame, list[Source]]:
        """Return the frame with the departments that earlier directives named for such an item, and these sources."""
        frame, sources = self.frame, []
        for learnt in (self.habits.via, self.habits.in_charge):
            if part.order in learnt:
                name, precedent = learnt[part.order]
                frame = replace(frame, via=name) if learnt is self.habits.via else replace(frame, own=name)
                sources.append(part_of(precedent.earlier.document, precedent.earlier.facts, precedent.part))
        return frame, sources


def body_of(maker: Maker) -> Made:
    """Return the body: every part of the upper directive is in it or among what was left out."""
    made = Made()
    skip: int | None = None
    scope_at: list[tuple[int, Scope]] = []
    parts = maker.upper.parts
    for k, part in enumerate(parts):
        depth = len(part.path)
        if skip is not None and depth > skip:
            made.left_out.append(LeftOut(part.text, _OUTSIDE_WHY, maker.source(part)))
            continue
        skip = None
        scope_at = [(d, s) for d, s in scope_at if d < depth]
        if part.role is Role.OPENING:
            continue
        if part.role is Role.CLOSING or _closes(part, k, len(parts)):
            _close(maker, part, made)
            continue
        told = told_by(part.text)
        if told is Scope.OUTSIDE and _only(part.text, told):
            made.left_out.append(LeftOut(part.text, _OUTSIDE_WHY, maker.source(part)))
            skip = depth if part.role is Role.HEADING else None
            continue
        default = scope_at[-1][1] if scope_at else Scope.UNITS
        if part.role is Role.HEADING:
            scope_at.append((depth, told if told is Scope.OWN else default))
            _heading(maker, part, default, made)
        else:
            _item(maker, part, default, made)
    return made


def _closes(part: Part, k: int, count: int) -> bool:
    """Tell whether one of the last paragraphs only closes the directive, though it holds a day of the Bộ's own."""
    if part.label or part.table or k < count - 3 or any(str(Actor.BO_GDDT) not in d.actor for d in part.deadlines):
        return False
    fold = folded(part.text)
    return any(re.search(row["pattern"], fold) for row in table("compare")["closing"])


def _close(maker: Maker, part: Part, made: Made) -> None:
    if _REPLACES.search(part.text):
        made.replaces.append(part)
    made.closing.append(part)


def _only(text: str, scope: Scope) -> bool:
    """Tell whether every clause of a text is of one scope."""
    return all(clause.scope is scope for clause in clauses(text, scope))


def _heading(maker: Maker, part: Part, default: Scope, made: Made) -> None:
    frame, learnt = maker.framed(part)
    text, changes = _words(maker, part, _cleaned(part.text, maker.notes), default, frame)
    if text.isupper():
        kind = Kind.ROMAN
    else:
        style = style_of(part.label)
        kind = {"roman": Kind.ROMAN, "letter": Kind.ROMAN, "": Kind.BODY, "point": Kind.POINT}.get(
            style, Kind.CLAUSE_TITLE
        )
        kind = Kind.CLAUSE if kind is Kind.CLAUSE_TITLE and part.text.endswith(":") else kind
    _put(maker, part, made, kind, text, changes, learnt)


def _item(maker: Maker, part: Part, default: Scope, made: Made) -> None:
    text = _cleaned(part.text, maker.notes)
    source = maker.source(part)
    if _FOOTNOTE.match(part.text) and not part.label and not part.deadlines:
        made.left_out.append(LeftOut(part.text, "chú thích cuối trang của Bộ", source))
        return
    if not part.label and not part.table and not text.endswith(_ENDS):
        _scrap(maker, part, text, made)
        return
    changes: list[Change] = []
    replaced = _REPLACES.search(text)
    if replaced is not None:
        made.replaces.append(part)
        changes.append(Change(Act.LEFT_OUT, replaced[0].strip(), "", "văn bản của Bộ thay văn bản của Bộ"))
        text = (text[: replaced.start()] + text[replaced.end() :]).strip()
    if not text or _only_above(text, default):
        made.left_out.append(LeftOut(part.text, _ABOVE_WHY, source))
        return
    frame, learnt = maker.framed(part)
    written, told = _words(maker, part, text, default, frame, made=made)
    changes += told
    if not written:
        made.left_out.append(LeftOut(part.text, _OUTSIDE_WHY, source))
        return
    if any(clause.scope is Scope.OWN for clause in clauses(text, default)):
        made.own.append((part, frame.own))
    kind = {"number": Kind.CLAUSE, "many": Kind.CLAUSE, "point": Kind.POINT}.get(style_of(part.label), Kind.BODY)
    if part.order in maker.habits.groups and _split(maker, part, made, kind, written, changes, frame, learnt):
        return
    _put(maker, part, made, kind, written, changes, learnt)


def _only_above(text: str, default: Scope) -> bool:
    return all(c.scope in (Scope.ABOVE, Scope.OUTSIDE) for c in clauses(text, default))


def _scrap(maker: Maker, part: Part, text: str, made: Made) -> None:
    """Ask for what stands in a table that could not be told row by row."""
    before = made.paragraphs[-1] if made.paragraphs else None
    question = f"Bảng ở trang {part.evidence.page} văn bản của Bộ không đọc được thành câu; chép lại từ bản gốc?"
    mark = maker.frame.marks.put(f"[Bảng ở trang {part.evidence.page} văn bản của Bộ]", question)
    if before is not None and any(gap.question == question for gap in before.gaps):
        made.left_out.append(LeftOut(text, "dòng của bảng, chép lại từ bản gốc", maker.source(part)))
        return
    _put(maker, part, made, Kind.BODY, f"{mark}.", [], [])


def _cleaned(text: str, notes: frozenset[str]) -> str:
    """Take off the marks of footnotes ("của Bộ2") and the mark of the end within."""
    text = text.replace("./.", ".")
    for mark in notes:
        text = re.sub(rf"(?<=[^\W\d_”\")]){mark}(?=[\s,.;:)]|$)", "", text)
        text = re.sub(rf"(?<=[^\W\d_][.,;]){mark}(?=\s|$)", "", text)
        text = re.sub(rf"(?<=/\d\d\d\d){mark}(?=[\s,.;:)]|$)", "", text)
    return text


def _words(
    maker: Maker, part: Part, text: str, default: Scope, frame: Frame, *, made: Made | None = None
) -> tuple[str, list[Change]]:
    """Return an item's words for the units, and note its tasks in ``made``."""
    changes: list[Change] = []
    times = spots(text, part.deadlines)
    tasks: list[tuple[int, Task]] = []
    pieces: list[str] = []
    done: set[tuple[int, int]] = set()
    for clause in clauses(text, default):
        piece = text[clause.start : clause.end]
        if clause.scope is Scope.OUTSIDE:
            changes.append(Change(Act.LEFT_OUT, piece.strip(), "", _OUTSIDE_WHY))
            continue
        for start, end, deadline in reversed(times):
            if not clause.start <= start < clause.end:
                continue
            told: list[Change] = []
            words = text[start:end]
            before = text[max(clause.start, start - 40) : start]
            new, due, moved = maker.clock.moved(deadline, words, clause.scope, frame.marks, told, before)
            if made is not None and clause.scope is not Scope.ABOVE:
                tasks.append((start, _task(maker, part, deadline, clause.scope, new, due, moved, frame)))
            if (start, end) not in done:
                done.add((start, end))
                changes += told
                at = start - clause.start
                piece = piece[:at] + new + piece[at + len(words) :]
        piece, told = swapped(piece, part.citations, maker.register, maker.on.isoformat(), frame.marks)
        changes += told
        piece, told = filled(piece, part.citations, maker.upper.facts.citations, maker.cited)
        changes += told
        piece, told = undated(piece, part.citations, maker.twice, frame.marks)
        changes += told
        named = default is Scope.OWN and told_by(piece) is not Scope.OWN
        piece, told = rewritten(piece, clause.scope, frame, opens=clause.start == 0, named=named)
        changes += told
        pieces.append(piece)
    if made is not None:
        made.tasks += [task for _, task in sorted(tasks, key=lambda row: row[0])]
    return "".join(pieces).strip(), changes


def _task(
    maker: Maker, part: Part, deadline: Deadline, scope: Scope, words: str, due: date | None, moved: bool, frame: Frame
) -> Task:
    task, _ = rewritten(_cleaned(deadline.task, maker.notes), scope, frame, opens=scope is not Scope.OWN)
    task, _ = swapped(task, part.citations, maker.register, maker.on.isoformat(), frame.marks)
    below = [actor for actor in deadline.actor if actor not in (Actor.SO_GDDT, Actor.BO_GDDT)]
    if scope is Scope.OWN:
        who = frame.own
    elif below:
        who = label_of(below, deadline.levels, maker.on)
    else:
        who = frame.units
    up = goes_up(deadline) and scope is Scope.UNITS
    to = f"{OWN_OFFICE} (qua {frame.via})" if up else (deadline.recipient or "")
    plain = frame.marks.plain
    return Task(
        capital(plain(task).replace(OWN_OFFICE, "Sở GDĐT")),
        capital(plain(who)),
        due.isoformat() if due else None,
        plain(words),
        plain(to).replace(OWN_OFFICE, "Sở GDĐT"),
        part.key,
        deadline.due,
        " ".join(deadline.due_text.split()),
        maker.source(part),
        moved,
    )


def _put(
    maker: Maker,
    part: Part,
    made: Made,
    kind: Kind,
    text: str,
    changes: Sequence[Change],
    learnt: Sequence[Source],
    label: str | None = None,
) -> None:
    runs = maker.frame.marks.runs(text.replace(OWN_OFFICE, "Sở GDĐT"))
    sources = (maker.source(part), *learnt)
    made.paragraphs.append(
        Paragraph(kind, part.label if label is None else label, runs, sources, tuple(changes), part.order)
    )
    made.parts.append(part if label is None else replace(part, label=label, path=(*part.path, part.text)))


def _split(
    maker: Maker,
    part: Part,
    made: Made,
    kind: Kind,
    text: str,
    changes: list[Change],
    frame: Frame,
    learnt: list[Source],
) -> bool:
    """Write a report group by group, as the office's last directive did; False where its words do not allow it."""
    up = [task for task in made.tasks if task.source.order == part.order and task.moved]
    if len(up) != 1 or len(part.deadlines) != 1 or up[0].due is None:
        return False
    cut = _SENDING.search(text)
    if cut is None:
        return False
    groups = _chosen(maker, maker.habits.groups[part.order])
    if len(groups) < 2:
        return False
    rows = _group_days(maker, groups, date.fromisoformat(up[0].due))
    head = text[: cut.start()].rstrip(" ,;")
    earlier = groups[0].source.earlier
    sent = frame.marks.plain(text[cut.start() :]).replace(OWN_OFFICE, "Sở GDĐT").strip(" ,;")
    change = Change(Act.SPLIT, sent, "", f"{earlier.name} tách theo nhóm đơn vị")
    before = made.tasks.pop(made.tasks.index(up[0]))
    _put(maker, part, made, kind, f"{head}:", [*changes, change], learnt)
    for k, (group, day) in enumerate(rows):
        who = label_of(group.actors, group.levels, maker.on)
        below = group.recipient is not None and not group.recipient.startswith("Sở")
        to = label_of(("phong_gddt",), None, maker.on) if below else f"{OWN_OFFICE} (qua {frame.via})"
        to = capital(to) if below and to.startswith("phòng") else to
        source = part_of(earlier.document, earlier.facts, group.source.part)
        words = f"trước ngày {short(day)}"
        end = "." if k == len(rows) - 1 else ";"
        told = Change(Act.DAY, before.above_text, words, f"năm trước nhóm này có hạn {short(group.due)}")
        _put(maker, part, made, Kind.BODY, f"{capital(who)} gửi về {to} {words}{end}", [change, told], [source], "-")
        plain = frame.marks.plain(to).replace(OWN_OFFICE, "Sở GDĐT")
        made.tasks.append(replace(before, who=capital(who), due=day.isoformat(), due_text=words, recipient=plain))
    return True


def _chosen(maker: Maker, groups: Sequence[Group]) -> list[Group]:
    """Return the groups as far as the draft writes to their units; schools below a Phòng or commune go with it."""
    between = {str(Actor.PHONG_GDDT), str(Actor.UBND_XA)}
    found = []
    for group in groups:
        written_to = set(maker.kinds)
        if maker.kinds & between:
            lower = group.levels is not None and set(group.levels) <= set(LOWER)
            written_to |= between | ({str(Actor.CO_SO_GIAO_DUC)} if lower else set())
        if Actor.DON_VI_TRUC_THUOC in maker.kinds:
            written_to |= {str(Actor.CO_SO_GIAO_DUC), str(Actor.TRUNG_TAM_GDTX)}
        kept = tuple(actor for actor in group.actors if actor in written_to)
        if kept:
            found.append(replace(group, actors=kept))
    return found


def _group_days(maker: Maker, groups: Sequence[Group], base: date) -> list[tuple[Group, date]]:
    """Return the groups with their days: what goes to the Sở as far apart as in the year before, what schools send to
    the office between by a further lead; none before the units have had time."""
    days, clock = maker.clock.days, maker.clock
    to_so = [group.due for group in groups if group.recipient and group.recipient.startswith("Sở")]
    latest = max(to_so, default=max(group.due for group in groups))
    floor = min(base, days.after(clock.issued, 3))
    found = []
    for group in groups:
        if group.due in to_so and group.recipient and group.recipient.startswith("Sở"):
            apart = days.between(group.due, latest)
            day = days.before(base, apart) if apart else base
        else:
            day = days.before(base, clock.leads.school)
        found.append((group, max(day, floor)))
    return found


def note_marks(parts: Parts) -> frozenset[str]:
    """Return the marks of the footnotes of a directive."""
    facts = parts.facts
    starts = [s.start for s in facts.sections if s.place is CitationPlace.FOOTNOTE]
    found = (re.match(r"\d{1,2}", parts.document.text[start:]) for start in starts)
    strays = (_FOOTNOTE.match(part.text) for part in parts.parts if not part.label)
    return frozenset(m[0] for m in found if m is not None) | frozenset(m[0].split()[0] for m in strays if m is not None)
