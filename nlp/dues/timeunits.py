"""The units that stand at each time of an item: behind it, before it, or carried from the clause before."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.facts import Actor
from corpus.named import named as named_only
from corpus.schools import special
from nlp.dues.comers import guests_before
from nlp.naming.actors import Group, group_at, in_turn, is_office, is_outside, stands_above, together
from nlp.naming.levelnames import ORDER, in_order, levels_in
from nlp.page.structure import Clause, Item
from nlp.when.described import Due
from nlp.when.times import SESSION
from nlp.whom.alongside import takes_turn, with_others_duty
from nlp.whom.apart import for_its_own, in_aside, of_office, of_those
from nlp.whom.beside import (
    BEHIND_TIME,
    OPENING,
    for_whom,
    leading_units,
    of_pupils_let,
    same_office,
    subject_after,
    subject_beside,
    subject_next,
    subject_of_column,
    subject_wrapped,
)
from nlp.whom.bound import Bound
from nlp.whom.clusters import cluster_by_name, made_of, of_round
from nlp.whom.defined import meant
from nlp.whom.handled import is_handled
from nlp.whom.headings import are_persons, governing, in_heading, is_pupils, units_at
from nlp.whom.hosts import held_behind, held_in
from nlp.whom.nearlevels import is_dealt_with, levels_above, next_level
from nlp.whom.ranks import (
    held_at,
    is_event,
    is_step,
    opening_rank,
    rank_beside,
    told_behind,
)
from nlp.whom.replies import answering
from nlp.whom.rowunits import units_of_column
from nlp.whom.steps import THESE_UNITS, are_these, step_doer
from nlp.whom.subjects import each_of, pupils_of, subject_before
from nlp.whom.upward import goes_above, tells_incident
from nlp.whom.wrapped import of_classes, whole_cell
from nlp.words.folding import pattern
from nlp.words.verbs import opens_with_verb

#: What joins what a time ends to the time before it.
JOINT = pattern(r"(?:\s\((?:thu \w{2,4}|chu nhat)\))?[\s,;]{0,3}(?:(?:va|sau do|dong thoi)\s)?")
_FOR_SCHOOLS = pattern(
    r"\s?\((?:doi voi|cho|danh cho)\s(?:cac )?(?:nha )?truong(?: hoc)?(?:(?:,| va) (?:cac )?trung tam)?"
)
#: Of whom a sentence counts a share, for what is sent next: "Phấn đấu 75% xã, phường đạt … Hồ sơ đề nghị gửi về Sở".
_OF_COMMUNES = pattern(r"\d{1,3}\s?% (?:so )?(?:cac )?(?:xa|phuong)(?:, (?:xa|phuong|dac khu)){0,2}(?!\w)")
#: Some of all that the sentence before told apart: "Đơn vị đóng ở Phú Quốc được gửi qua bưu điện".
_AT_PLACE = pattern(r"(?:cac )?don vi (?:(?:dong )?(?:o|tai)|thuoc|tren dia ban)(?!\w)")
#: Who are nobody's pupils: "Thí sinh tự do đăng ký tại nơi do Sở quy định".
_NOBODYS = pattern(r"\W{0,4}(?:cac )?thi sinh tu do(?: [^\W\d]\w*){0,4}? (?:dang ky|nop|nhan|du thi|lien he)(?!\w)")
_IS_TOLD = pattern(r"\s(?:se\s)?duoc (?:thong bao|bao truoc|bao tin|trieu tap)(?!\w)")
#: Some of others, who do only what their own clause says: "nhận hồ sơ, trường nào thiếu thì trả lại; lập danh mục …".
_WHICHEVER = pattern(r"(?:cac )?(?:truong|don vi|co so|cum|noi|huyen|xa) nao(?!\w)")
_BARE_SCHOOLS = pattern(r"cac (?:truong|co so|don vi)")
#: The same schools again, told as one: "Trường hợp sai sót, nhà trường lập …", "Trường, trung tâm có điều chỉnh …".
_SAME_SCHOOL = pattern(r"nha truong|truong(?:,| va| hoac) trung tam")
_INTO = pattern(r"\s?(?:cong tac )?tuyen sinh (?:vao|cua|tai|o)\s(?:cac\s(?=trung tam))?")
_BY = pattern(r",?\s(?:thi )?do\s")
_ONLY = pattern(r"(?<!\w)rieng\s$")
#: Those addressed but for the ones named before: "Phòng GDĐT trước 05/10; các đơn vị còn lại trước 10/10".
_REST_UNITS = pattern(r"[\s,;]{0,3}(?:(?:rieng|con|doi voi|cac|nhung|so)\s){0,3}don vi (?:con lai|khac)(?!\w)")
#: What is only sent on: "Đề án gửi về Sở …", "Danh sách, hồ sơ nộp trước …".
_THING_SENT = pattern(
    r"\W{0,4}(?:(?:cac|ban)\s)?(?P<thing>de an|ke hoach|danh sach|ho so|bao cao|du toan|bai du thi|san pham|phuong an"
    r"|bien ban|so lieu|phieu|to trinh)(?: \w+){0,4} (?:gui|nop|bao cao|trinh)(?! (?:cho|den) (?:cac )?truong)(?!\w)"
)
_CLASSES = pattern(r"(?:khoi|lop)(?: lop)? \d")
#: Bodies and clerks that schools and offices have alike.
_BODY = pattern(r"(?:cac )?(?:to (?:truong )?chuyen mon|bo phan|chuyen vien|ke toan|van thu|nhan vien|can bo)(?!\w)")
_COUNCIL = pattern(r"hoi dong (?:truong|su pham)(?!\w)")
_SENDS_SOME = pattern(r" (?:chon |se )?cu (?=\d|it nhat )")
#: What is looked at before somebody acts, behind a time.
_GROUNDS = pattern(r",?\s(?:tren co so|can cu(?: vao)?|theo ket qua|tu ket qua)(?!\w)")
_COMMA = pattern(r",\s")
#: On what occasion something is done, before its time: "Nhân Ngày Sách Việt Nam, từ 14/4 đến 21/4 mỗi trường …".
_OCCASION = pattern(
    r"\W{0,4}(?:\d{1,2}\.\s)?(?:nhan(?: dip)?|(?:de )?chao mung|huong ung|ky niem)\s[^.;:]{4,90},\s(?:trong |vao )?"
)
#: Times of one clause that are read with all that stands before.
_MANY = 24
_PHONG = (str(Actor.PHONG_GDDT),)
_SCHOOLS = {str(Actor.CO_SO_GIAO_DUC), str(Actor.TRUNG_TAM_GDTX)}
#: How a clause gives others a part: "giao Trạm Y tế …", "phân công trường THCS …"; "giao các trường …" asks them.
_ASSIGNS = re.compile(r"\W{0,3}(?:giao|phân công)\s(?:cho\s)?(?!(?:các|mỗi|từng|cho các)\s)", re.I)
_RATE = pattern(r"\W{0,3}(?:[^.,;]{4,40}, )?(?:phan dau )?t[iy] le\s")


def units_of_times(
    item: Item, clauses: list[Clause], dues: list[list[Due]], above: Group | None, bound: Bound
) -> list[list[Group | None]]:
    """Return the units of every time of every clause: named behind it, before it, or carried from the one before."""
    found: list[list[Group | None]] = []
    carried = None if opening_rank(item) is not None else above or _admitting(item)
    turn: list[Group] = []
    before_it, of_sentence = set[tuple[str, ...]](), set[tuple[str, ...]]()
    fold = item.joined.fold
    for k, (clause, row) in enumerate(zip(clauses, dues, strict=True)):
        if k and not item.text.startswith(";", clauses[k - 1].end):
            before_it, of_sentence = of_sentence, set()
        if turn and not item.text.startswith(";", clauses[k - 1].end):
            # a sentence behind units in turn is all of theirs
            all_of_them = in_turn if any(map(is_office, turn)) else together
            carried, turn = (all_of_them(turn) if len(turn) > 1 else carried), []
        carried = guests_before(item, clauses, k) or carried
        before = subject_before(item, clause, clause.end)
        leading = leading_units(item, clause, meant(item.joined.fold, before, bound.defined))
        if leading is None and k == 0 and not row:  # "3. Tại Phòng GDĐT. Tổng hợp hồ sơ …"
            leading = units_at(item.text[: clause.end], fold[: clause.end], clause.start)
        event = is_event(item, clause.start) or (
            is_step(item, clause.start, clause.end, holds=bound.holds) and not is_office(carried)
        )
        named: list[Group | None] = []
        for n in range(len(row)):
            group = _units_of_time(item, clause, row, n, leading, carried, named, bound)
            all_of = len(before_it) > 1 and group is not None and _AT_PLACE.match(fold, group.start) is not None
            if group is None or (carried and not all_of and _is_of(item, group, carried)):
                others = k == 0 and goes_above(item.joined.fold[clause.start : clause.end], bound)
                handled = k == 0 and above is carried and _is_handled(item, clause, row[n], bound)
                held = others or event or handled or _is_rate(item, clause, bound)
                held = held or _is_held(item, clause, row[n], carried, bound)
                before = of_round(item, group, carried) if group else None
                group = before or (None if group else _of_thing(item, clauses[:k], clause, carried, bound))
                group = None if held else group
            group = _those_before(fold, row[n], _of_that_kind(item, group, carried), found)
            shares = group is not None and (not item.table or item.joined.fold.startswith("moi ", group.start))
            named.append(each_of(item, group, row[n].start) if group is not None and shares else group)
        if len(before_it) > 1 and tells_incident(fold, clause):
            named = [None if g is carried else g for g in named]  # whoever it happens to
        named = _held_for_all(item, row, named)
        if named and k + 1 < len(clauses) and not dues[k + 1]:
            named[-1] = with_others_duty(item, clauses[k + 1], named[-1])
        found.append(named)
        of_sentence |= {(*g.actors, *g.levels) for g in named if g is not None}
        for g, due in zip(named, row, strict=True):
            turn += [g] if g is not None and takes_turn(fold, g, due.start, turn) else []
        some = k > 0 and leading is not None and _WHICHEVER.match(item.joined.fold, leading.start) is not None
        if leading is not None and not some and not (carried and _is_of(item, leading, carried)):
            if k and not row and carried is not None and _is_assigned(item, clauses[k - 1].end, clause, carried):
                continue
            shares = carried is not None and not row and _is_share(fold, leading) and _is_share(fold, carried)
            leading = each_of(item, leading, clause.end)
            carried = in_turn([carried, leading]) if shares and carried is not None else leading
    return found


def _is_assigned(item: Item, at: int, clause: Clause, carried: Group) -> bool:
    """Tell whether a clause behind a semicolon only tells whom an office gives a part of its own work, which goes on:
    "UBND xã bố trí kinh phí; giao Trạm Y tế trực tại các điểm thi; báo cáo kết quả về Sở trước …"."""
    office = is_office(carried) or carried.actors == (str(Actor.UBND_XA),)
    assigns = _ASSIGNS.match(item.text, clause.start) is not None and item.text.startswith(";", at)
    return office and assigns


def _is_share(fold: str, group: Group) -> bool:
    """Tell whether units each send some people: "mỗi phòng GDĐT cử 03 giáo viên"."""
    return fold.startswith("moi ", group.start) and _SENDS_SOME.match(fold, group.end) is not None


def _those_before(fold: str, due: Due, group: Group | None, before: list[list[Group | None]]) -> Group | None:
    """Return the schools that the sentences before told to send, for a bracket that only calls them so: "Báo cáo cuối
    năm gửi trước 26/5 (đối với trường) và 02/6 (đối với phòng)"."""
    if group is None or group.levels or not set(group.actors) <= _SCHOOLS:
        return group
    if _FOR_SCHOOLS.fullmatch(fold, due.end, group.end) is None:
        return group
    told = [g for row in before for g in row if g is not None and g.levels and set(g.actors) <= _SCHOOLS]
    return replace(group, actors=told[-1].actors, levels=told[-1].levels) if told else group


def _of_that_kind(item: Item, group: Group | None, before: Group | None) -> Group | None:
    """Return schools with the special kind that the sentence before names: "Các trường đại học cử giảng viên. Các
    trường gửi danh sách …"."""
    if group is None or before is None or group is before or group.only:
        return group
    words = item.text[before.start : before.end]
    if not group.levels and before.levels and _SAME_SCHOOL.fullmatch(item.joined.fold, group.start, group.end):
        same = set(group.actors) <= set(before.actors) <= _SCHOOLS and before.end <= group.start
        return replace(group, actors=before.actors, levels=before.levels) if same else group
    bare = _BARE_SCHOOLS.fullmatch(item.joined.fold, group.start, group.end) is not None
    return replace(group, only=words) if bare and before.end <= group.start and special(words) is not None else group


def _is_held(item: Item, clause: Clause, due: Due, carried: Group | None, bound: Bound) -> bool:
    """Tell whether what a time opens is held by the office that writes: "- Ngày 16/11/2018: Tổ chức thi cấp huyện"."""
    then = told_behind(item, clause, due.start, due.end)
    if then is None or (is_office(carried) and not _is_below(carried, bound)):
        return False
    return is_event(item, then) or is_step(item, then, clause.end, holds=bound.holds)


def _is_below(carried: Group | None, bound: Bound) -> bool:
    """Tell whether a Phòng held a round of what the Sở that writes holds in the end."""
    return bound.holds and bound.own == (str(Actor.SO_GDDT),) and carried is not None and carried.actors == _PHONG


def _is_handled(item: Item, clause: Clause, due: Due, bound: Bound) -> bool:
    """Tell whether the office that writes does a step, whoever did the one above: "2.3. Nhận hồ sơ dự tuyển: …"."""
    office = bool(bound.own) and not bound.school
    return office and is_handled(item, clause.start, (due.start, due.end), clause.end, procedure=bound.procedure)


def _units_of_time(
    item: Item,
    clause: Clause,
    row: list[Due],
    n: int,
    leading: Group | None,
    carried: Group | None,
    named: list[Group | None],
    bound: Bound,
) -> Group | None:
    """Return the units that the words of a clause name for its time ``n``, None where they name none.

    ``leading``: who leads the clause; ``carried``: who did what stands before it; ``named``: of the times before.
    """
    fold, due = item.joined.fold, row[n]
    if not item.table and (nobodys := _NOBODYS.match(fold, clause.start, due.start)) is not None:
        return Group(nobodys.start(), nobodys.end(), ("other",), ())
    if (office := answering(item, clause, due)) is not None:
        return office
    if n and due.rule == SESSION and named[-1] is not None:
        return named[-1]  # "Lớp 9: sáng 07/5 môn Toán, sáng 08/5 môn Văn"
    left = row[n - 1].end if n else clause.start
    right = row[n + 1].start if n + 1 < len(row) else clause.end
    group = (
        made_of(item, left, due.start)
        or held_at(item, left, due.start)
        or held_behind(item, due.end)
        or for_whom(item, clause, due, right, leading, carried)
    )
    group = group or _ranked(item, left, due.start)
    if item.table:  # of a row's units the last stand at its time, too
        group = subject_of_column(item, n, len(row)) or units_of_column(item) or group
        group = group or subject_wrapped(item, left, due.start, due.end) or of_classes(item, clause.start, clause.end)
    else:
        group = group or _beside(item, left, due.start, leading or carried)
    opens = OPENING.fullmatch(fold, clause.start, due.start) or BEHIND_TIME.fullmatch(fold, clause.start, due.start)
    opens = opens or (None if item.table else _OCCASION.fullmatch(fold, clause.start, due.start))
    if group is None and opens:
        group = subject_next(item, due.end, right) or _behind_grounds(item, due.end, right)
    group = group or step_doer(item, clause, due)
    joint = JOINT.match(fold, left) if n else None
    begin = min(joint.end(), due.start) if joint is not None else left
    behind = subject_after(item, left, due.start) if n and not item.table else None
    if behind is not None and behind.end < due.start and not opens_with_verb(fold, behind.end + 1):
        begin = behind.end  # "… ngày 31/10 đối với đơn vị ở thành phố và ngày 15/11 đối với các huyện"
    group = group or in_aside(item, left, due.start) or for_its_own(item, clause, due.start) or of_those(item, left)
    group = group or subject_before(item, Clause(begin, due.start), due.start)
    near = Clause(clause.start if n < _MANY else left, clause.end)
    group = whole_cell(item, group or subject_before(item, near, due.start))
    group = meant(fold, group, bound.defined)
    group = _rest_addressed(item, begin, due.start, carried or leading, bound) or group
    group = _told_by(item, of_pupils_let(item, clause, group), bound) or _of_pupils(item, clause, due, carried, bound)
    group = same_office(item, group, clause, begin, due.start, named, bound)
    group = _by_others(item, group, due.start) or of_office(item, clause, (left, due.start), group, carried) or group
    group = group or held_in(item, clause, due.start)
    group = group or next_level(item, clause, carried)
    if group is None:
        return cluster_by_name(item, clause)
    if is_dealt_with(item, clause, group, bound):
        return None
    group = levels_above(item, clause, group, carried)
    group = in_heading(item, group, alone=leading is None or leading.bare or is_pupils(item, leading))
    group = _of_classes(fold, group, bound)
    group = leading if n and leading is not None and _are_served(item, group, leading) else group
    return _rest_of(item, group, named)


def _behind_grounds(item: Item, at: int, until: int) -> Group | None:
    """Return who acts behind the grounds that a time opens: "Quý I/2024, trên cơ sở báo cáo của …, Sở tổ chức …"."""
    fold = item.joined.fold
    grounds = _GROUNDS.match(fold, at, until)
    if grounds is None:
        return None
    commas = (comma.end() for comma in _COMMA.finditer(fold, grounds.end(), until))
    found = (group_at(item.text, fold, comma) for comma in commas)
    return next((g for g in found if g is not None and opens_with_verb(fold, g.end + 1)), None)


def _is_of(item: Item, group: Group, before: Group) -> bool:
    """Tell whether units are but a part of those named before."""
    return _goes_on(item, group, before) or _is_body_of(item, group, before) or _are_people_of(item, group, before)


def _are_people_of(item: Item, group: Group, before: Group) -> bool:
    """Tell whether staff or a school's council are those of the schools and centres that a label names before them:
    "Trường THPT, trung tâm GDTX: lập kế hoạch; Hội đồng trường thông qua trước …"."""
    centres = set(before.actors) == _SCHOOLS and not group.levels and group.start > before.end
    labelled = item.joined.fold.startswith(":", before.end)
    return (
        centres and labelled and (are_persons(item, group) or _COUNCIL.match(item.joined.fold, group.start) is not None)
    )


def _is_rate(item: Item, clause: Clause, bound: Bound) -> bool:
    """Tell whether a sentence of a Bộ is of a rate, which is all the country's: "Đến hết 30/4, tỉ lệ khớp đạt …"."""
    own = bound.own == (str(Actor.BO_GDDT),) and item.text[: clause.start].rstrip().endswith(".")
    return own and _RATE.match(item.joined.fold, clause.start) is not None


def _of_thing(item: Item, before: list[Clause], clause: Clause, carried: Group | None, bound: Bound) -> Group | None:
    """Return who made what a clause only sends on, else who was named last: "Các đơn vị hoàn thiện đề án …; trường mầm
    non áp dụng N. Đề án gửi về Sở …"."""
    fold = item.joined.fold
    commune = str(Actor.UBND_XA)
    if carried is None and not item.table and commune in bound.addressed and _THING_SENT.match(fold, clause.start):
        share = _OF_COMMUNES.search(fold, before[-1].start, before[-1].end) if before else None
        return Group(share.start(), share.end(), (commune,), ()) if share is not None else None
    sent = _THING_SENT.match(fold, clause.start, clause.end) if carried is not None and not item.table else None
    for one in before if sent is not None else ():
        made = re.search(rf"(?<!\w){sent['thing']}(?!\w)", fold[one.start : one.end]) if sent is not None else None
        who = subject_before(item, one, one.end) if made is not None else None
        if made is not None and who is not None and who.end < one.start + made.start():
            return who
    return carried


def _held_for_all(item: Item, row: list[Due], named: list[Group | None]) -> list[Group | None]:
    """Give the office behind the last of several times to those before it that only name classes or levels: "lớp 5
    ngày 14/4, lớp 9 ngày 21/4 do Phòng GDĐT tổ chức"."""
    last = named[-1] if len(named) > 1 else None
    if last is None or not is_office(last) or not item.joined.fold.startswith("do ", row[-1].end + 1):
        return named
    return [replace(g, actors=last.actors) if g is not None and g.bare else g or last for g in named]


def _ranked(item: Item, left: int, until: int) -> Group | None:
    """Return who holds what has a rank beside a time, or the units named behind it: "Cấp cơ sở: các đơn vị …"."""
    rank = rank_beside(item, left, until)
    return rank and (subject_before(item, Clause(rank.end, until), until) or rank)


def _beside(item: Item, left: int, until: int, leading: Group | None) -> Group | None:
    """Return the units right before a time; where only their level is named, those who lead the clause act."""
    group = subject_beside(item, left, until)
    if group is None or not group.bare or leading is None or leading.general or leading.bare:
        return group
    return replace(group, actors=leading.actors)


def _admitting(item: Item) -> Group | None:
    """Return the units that admit pupils, which an item opens with: "5. Tuyển sinh vào trung tâm GDTX: từ ngày …"."""
    into = _INTO.match(item.joined.fold, len(item.label))
    group = group_at(item.text, item.joined.fold, into.end()) if into is not None else None
    return group if group is not None and set(group.actors) <= _SCHOOLS else None


def _by_others(item: Item, group: Group | None, until: int) -> Group | None:
    """Return who does what is of a level only, or only for units: "cấp THPT nộp về Sở …; cấp THCS do Phòng GDĐT tổng
    hợp, nộp trước …", "đối với trường mầm non do UBND cấp xã bố trí kinh phí …"."""
    fold = item.joined.fold
    only = group is not None and (group.bare or fold.endswith("doi voi ", 0, group.start))
    by = _BY.match(fold, group.end, until) if group is not None and only else None
    other = group_at(item.text, item.joined.fold, by.end()) if by is not None else None
    acts = other is not None and opens_with_verb(item.joined.fold, other.end + 1)
    return replace(other, levels=other.levels or group.levels) if acts and other is not None and group else None


def _told_by(item: Item, group: Group | None, bound: Bound) -> Group | None:
    """Return the office that writes where the units are only told something: "giáo viên được thông báo trước …"."""
    told = group is not None and not bound.school and _IS_TOLD.match(item.joined.fold, group.end) is not None
    return replace(group, actors=("own",)) if group is not None and told and bound.own else group


def _of_pupils(item: Item, clause: Clause, due: Due, carried: Group | None, bound: Bound) -> Group | None:
    """Return the schools of the pupils that a clause opens with, None where the heading names them and others."""
    group = pupils_of(item, clause, due.start)
    candidates = group is not None and item.joined.fold.startswith("thi sinh", group.start)
    nowhere = candidates and not levels_in(item.text[clause.start : clause.end])
    if group is not None and nowhere and set(bound.schools) == _SCHOOLS:
        group = replace(group, actors=bound.schools)  # those of an exam that centres take part in
    if group is not None and bound.trains and item.joined.fold.startswith("hoc vien", group.start):
        group = replace(group, actors=bound.schools)  # who is trained
    above = governing(item) if group is not None and carried is None else None
    return None if group is not None and above is not None and set(group.actors) < set(above.actors) else group


def _goes_on(item: Item, group: Group, before: Group) -> bool:
    """Tell whether units are some of those named before: "Các trường nhập hồ sơ. Đơn vị chưa hoàn thành gửi …"."""
    fold = item.joined.fold
    if are_these(fold, group):
        return set(before.actors) <= _SCHOOLS
    if THESE_UNITS.match(fold, group.start) is not None:
        return not (before.general or stands_above(before))
    others = fold.startswith("thi ", group.end + 1)  # "…; đơn vị thì gửi thẳng Sở"
    return group.general and not stands_above(before) and fold.startswith("don vi", group.start) and not others


def _of_classes(fold: str, group: Group, bound: Bound) -> Group:
    """Return all whom a directive to schools and centres binds for their classes: "khối 12 từ …; khối 10, 11 từ …"."""
    classes = group.bare and _CLASSES.match(fold, group.start) is not None and group.levels == ("thpt",)
    return replace(group, actors=bound.actors) if classes and set(bound.actors) == _SCHOOLS else group


def _rest_addressed(item: Item, start: int, until: int, before: Group | None, bound: Bound) -> Group | None:
    """Return those whom a directive is written to for "các đơn vị còn lại", without the kinds that go before; where
    these are units by name, or nobody, all of them."""
    rest = _REST_UNITS.match(item.joined.fold, start, until)
    if rest is None or (before is not None and (before.general or is_outside(before))):
        return None
    by_name = before is not None and named_only(item.text[before.start : until]) is not None
    taken = set(before.actors) if before is not None and not by_name else set[str]()
    left = tuple(a for a in bound.addressed if a not in taken)
    levels = tuple(level for level in ORDER if level in bound.levels)
    some = bool(left) and (left != bound.addressed or not taken)
    return Group(rest.start(), rest.end(), left, levels) if some else None


def _rest_of(item: Item, group: Group, before: list[Group | None]) -> Group:
    """Return the units of the times before for "riêng các đơn vị …": some of those named in the same clause."""
    schools = [g for g in before if g is not None and not g.general and not is_office(g) and not is_outside(g)]
    if not group.general or not schools or _ONLY.search(item.joined.fold, max(0, group.start - 8), group.start) is None:
        return group
    actors = tuple(dict.fromkeys(a for g in schools for a in g.actors))
    levels = {level for g in schools for level in g.levels} if all(g.levels for g in schools) else set()
    return replace(group, actors=actors, levels=in_order(levels))


def _are_served(item: Item, group: Group, leading: Group | None) -> bool:
    """Tell whether persons at a later time are but those for whom somebody acts: "tập huấn cho giáo viên cốt cán
    trước …, giáo viên còn lại trước …"."""
    if leading is None or leading.start >= group.start or leading.general or group.levels:
        return False
    if are_persons(item, leading):
        return False  # "giáo viên lớp 5 trước …, giáo viên lớp 9 trước …"
    return are_persons(item, group) and not opens_with_verb(item.joined.fold, group.end + 1)


def _is_body_of(item: Item, group: Group, office: Group) -> bool:
    """Tell whether a body or clerk that no office is named for is of the office named before: "Phòng GDĐT: …;"
    " Tổ …"."""
    body = is_office(office) and not is_office(group) and _BODY.match(item.joined.fold, group.start) is not None
    return body and not group.levels  # "cán bộ, giáo viên của các trường THCS" are those of schools
