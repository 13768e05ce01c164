"""Who does what a time ends: the units named, those of headings and ranks, else those whom the directive binds."""

from __future__ import annotations

from dataclasses import replace

from corpus.facts import DEPARTMENT, Actor
from nlp.dues.attending import (
    AT_PLACE,
    COMERS_IN,
    COMERS_TITLE,
    WHEN,
    attending,
    entrants_of_row,
    in_unit_columns,
    met,
    of_meeting,
    teams_behind,
    teams_come,
)
from nlp.dues.comers import taking_part
from nlp.dues.trained import with_trained
from nlp.naming.actors import Group, is_outside, level_group, named_in
from nlp.naming.levelnames import levels_in
from nlp.page.structure import Clause, Item
from nlp.page.telling import tells_aims
from nlp.when.closures import keeps_home
from nlp.when.starts import are_back
from nlp.when.titles import tells_event, tells_sending
from nlp.whom.bound import Bound, acting, directly_under, in_schools
from nlp.whom.called import comes_to_office, invited_to, units_called
from nlp.whom.candidates import sitting
from nlp.whom.clusters import comes_alone, led_by_any, met_by_cluster
from nlp.whom.exams import holder_of, is_session
from nlp.whom.frame import is_of_frame, names_centres, schools_of_frame, stands_in_frame
from nlp.whom.handled import are_called, are_visited, is_handled, is_review, is_time_of_visit
from nlp.whom.headings import are_persons, governing, heading_units, is_pupils
from nlp.whom.hosts import held_by_office
from nlp.whom.leadholds import held_for
from nlp.whom.led import led_in, partner_of
from nlp.whom.madeknown import is_made_known
from nlp.whom.ofdistrict import of_province
from nlp.whom.once import Told
from nlp.whom.others import held_by_others
from nlp.whom.prizes import of_organisers, won
from nlp.whom.ranks import held_by, is_event, is_inside, is_of_first, is_step, rank_beside, told_behind
from nlp.whom.reports import OFFICES, Place
from nlp.whom.schedules import by_schedule
from nlp.whom.upward import goes_above, goes_up, is_sent_up, tells_incident
from nlp.words.folding import folded, pattern

#: Meetings; what an office gathers from those it leads.
_TRAINS = pattern(
    r"(?<!\w)(?:tap huan|(?<!tong )(?<!phoi )(?<!truong )(?<!ket )(?<!phu )(?<!thich )hop|giao ban"
    r"|hoi nghi|hoi thao)(?!\w)"
)
#: What schools do when a school year begins and ends, not offices.
_OPENS = pattern(r"(?<!\w)(?:tuu truong|khai giang|be giang|hoc k[yi] (?:i{1,2}|1|2)|ket thuc nam hoc)(?!\w)")
#: What offices and schools all do: "viên chức, các trường học được nghỉ từ …", "các cơ quan, trường học treo cờ".
_EVERYBODY = pattern(
    r"(?<!\w)(?:can bo|cong chuc|vien chuc|nguoi lao dong|co quan)(?!\w)[^;:]{0,60}?(?<!\w)(?:truong hoc|co so giao duc"
    r"|nha truong)(?!\w)[^;:.]{0,12}?(?<!\w)(?:nghi|treo (?:co|quoc ky))(?!\w)"
)
#: What teachers do with pupils and classes.
_WITH_PUPILS = pattern(
    r"(?<!\w)(?:danh gia|xep loai|ban giao(?: chat luong)?|on tap|phu dao|day hoc|kiem tra)(?:,? \w+){0,4}?"
    r" (?:hoc sinh|tre em|lop \d)(?!\w)"
)
#: What is done within schools, with pupils' families or by their teachers, whoever the writing is to.
_IN_SCHOOL_LIFE = pattern(
    r"(?<!\w)(?<!duoc )(?:thong bao|cung cap|gui|cong bo|phat|thong tin|trao doi)(?: \w+,?){0,12}?"
    r" (?:den|cho|toi|voi) (?:tung |cac )?(?:phu huynh|cha me)(?!\w)"
    r"|(?<!\w)hoc sinh (?:cua|trong|toan) (?:nha )?truong(?!\w)"
    r"|(?<!\w)(?:phat|trao) (?:thuong|giay khen|phan thuong)(?: \w+){0,3}? (?:cho|den) (?:hoc sinh|tre|cac em)(?!\w)"
    r"|(?:^|[-+*:.)] )(?:doi voi )?(?:gvcn|giao vien (?:chu nhiem|bo mon))(?!\w)|doi voi giao vien\s?:"
)
_FAMILY = pattern(r"(?<!\w)(?:phu huynh|cha me|hoc sinh)(?!\w)")
_LEADS = pattern(r"(?<!\w)(?:chi dao|don doc)(?!\w)")
_BO = (str(Actor.BO_GDDT),)
_SO = (str(Actor.SO_GDDT),)
_BELOW_SO = {str(a) for a in (Actor.PHONG_GDDT, Actor.CO_SO_GIAO_DUC, Actor.DON_VI_TRUC_THUOC, Actor.TRUNG_TAM_GDTX)}
#: A heading over when things come in: "3. Thời gian nhận tác phẩm dự thi:".
_RECEIVED = pattern(
    r"\W{0,3}(?:[\divx]{1,4}(?:\.\d{1,2})?[.)]\s{0,2})?(?:thoi (?:gian|han)|lich|han)"
    r" (?:tiep )?(?:nhan|nop|gui|bao cao|dang ky)(?!\w)"
)
#: A heading over the days of trainings and meetings of the office that writes.
_DAYS_OF = pattern(
    r"\W{0,3}(?:[\divx]{1,4}(?:\.\d{1,2})?[.)]\s{0,2})?"
    r"(?:lich|thoi gian)(?: to chuc)? (?:tap huan|boi duong|hoi nghi|hoi thao|hop)(?!\w)"
)
#: A meeting told behind its time.
_BEHIND = pattern(r"(?:\s?\([^()]{1,30}\))?\s?:\s(?:hop|giao ban|tap huan|hoi nghi|khai mac|be mac)(?!\w)")
_IN_CONTEST = pattern(r"\s(?:du thi|tham gia)(?!\w)")
#: Sent to nobody that is named: "Hồ sơ đề nghị khen thưởng phải gửi trước ngày …".
_JUST_SENT = pattern(r"(?<!\w)(?:gui|nop)(?: ve)?\s{0,2}$")
_THING_SENT = pattern(
    r"\W{0,4}(?:(?:cac|ban|moi) )?(?:danh sach|dang ky|phieu|ho so|san pham|bai(?: du thi| viet| tham luan)?|video"
    r"|tac pham|bao cao|tham luan|y kien|van ban (?:gop y|tham gia)|so lieu|minh chung|vuong mac|de xuat"
    r"|thong tin dang ky)(?: \w+){0,6}? (?:gui|nop)(?! (?:lai|cho cac))(?!\w)"
)
#: A heading over when an office hands something out to those who come for it.
_HANDED_OUT = pattern(
    r"\W{0,3}(?:[\divx]{1,4}(?:\.\d{1,2})?[.)]\s{0,2})?(?:thoi gian|lich)(?:(?:,| va) dia diem)?"
    r" (?:giao nhan|cap phat|ban giao)"
    r"(?! (?:hoc sinh|ho so|chat luong|bai thi))(?!\w)"
)
#: Between a level and its time stands no more than the part of a day.
_NO_VERB = 12
_OFFICES = (str(Actor.SO_GDDT), str(Actor.PHONG_GDDT), str(Actor.UBND_XA))
_COLLECTS = pattern(r"(?<!\w)tong hop(?! hop)(?:[\s,]+\w+){0,9}?[\s,]+(?:gui|nop|bao cao)(?!\w)")


def _reaches_schools(words: str) -> bool:
    """Tell whether what the Bộ asks for a school year is done in schools, too: they or their levels are named."""
    return in_schools(words) or bool(levels_in(words))


def _addressed(item: Item, clause: Clause, bound: Bound, told: Told, until: int) -> tuple[str, ...]:
    """Return who does what names nobody: those the directive binds, or the units it is written to.

    Those send what goes up to the office that writes, or into a page of it, and do what only they can do, see
    ``is_of_first``.
    """
    words = item.joined.fold[clause.start : clause.end]
    if goes_above(words, bound):
        return bound.own
    up = goes_up(told.recipient, bound) if told.recipient is not None else bool(told.way) or is_sent_up(words, bound)
    first = up or is_of_first(item, clause) or (bound.own == _BO and not _reaches_schools(words))
    first = first or (bound.own == _SO and _JUST_SENT.search(item.joined.fold, clause.start, until) is not None)
    if tells_incident(item.joined.fold, clause) and set(bound.addressed) - {*_OFFICES}:
        first = False  # "Khi xảy ra ngộ độc, báo ngay về Sở": in schools of every kind
    actors = bound.first if bound.first and first else bound.actors
    sentence = item.joined.fold[item.joined.fold.rfind(". ", 0, clause.start) + 1 : clause.end]
    if not first and bound.own == _SO and str(Actor.PHONG_GDDT) in actors and _WITH_PUPILS.search(sentence):
        actors = bound.schools  # "Đánh giá thể lực học sinh …; kết quả ghi vào hồ sơ từng em trước ngày …"
    told_up = told.recipient is not None
    if not (first or told_up) and bound.gets and actors == bound.actors and not _reaches_schools(item.joined.fold):
        actors = bound.gets  # "Tuyên truyền Luật Bầu cử. Thời gian thực hiện: …" of a plan that these get
    below = tuple(a for a in actors if a not in bound.own) if up else ()
    return below or actors  # nobody reports to itself


def _named(item: Item, group: Group | None, bound: Bound, clause: Clause) -> Group | None:
    """Return the units that a time's own words name, else those of the headings above."""
    if group is not None and (group.general or (group.start < clause.start and _is_own(group, bound))):
        entered = _entered(item, clause, bound) if teams_come(item, clause) else None
        group = entered or group
    if group is not None and not group.general:
        return group
    if group is not None and bound.first and bound.own == _BO and _IN_CONTEST.match(item.joined.fold, group.end):
        return replace(group, actors=bound.first)  # "các đơn vị dự thi" of a Bộ's contest
    named = governing(item, bound.own, bound.defined)
    return directly_under(named, bound) if group is not None and named is not None else named


def _sent_by_others(item: Item, clause: Clause, group: Group, bound: Bound) -> Group:
    """Return who sends what a clause opens with, where the office that writes was named before: "Bộ tổ chức tập huấn,
    mỗi sở cử 03 người. Danh sách gửi về … trước ngày …"."""
    sent = _THING_SENT.match(item.joined.fold, clause.start) is not None
    if not sent or group.start >= clause.start or bound.school or not _is_own(group, bound):
        return group
    below = bound.first or tuple(a for a in bound.actors if a not in bound.own)
    return _entered(item, clause, bound) or (replace(group, actors=below, levels=()) if below else group)


def _is_own(group: Group, bound: Bound) -> bool:
    return bool(bound.own) and group.actors in (("own",), bound.own)


def _entered(item: Item, clause: Clause, bound: Bound) -> Group | None:
    """Return whose teams come to what the office holds: the units that an item named first, before it and a clause.

    "PGDĐT, các trường THPT đăng ký …; Sở tổ chức vòng chung khảo …. Các đoàn có mặt trước 7h00 ngày 14/12"
    """
    fold = item.joined.fold
    named = (g for g in named_in(item.text, fold, len(item.label), clause.start) if not _is_own(g, bound))
    return next((g for g in named if AT_PLACE.search(fold, max(0, g.start - 24), g.start) is None), None)


def _by_words(item: Item, place: Place, named: Group | None, bound: Bound, told: Told) -> tuple[str, ...] | None:
    """Return who acts by the words: the units named, those they work with or lead; None where nobody is named."""
    clause = place.clause
    words = item.text[clause.start : clause.end]
    actors = acting(named, bound, words) if named is not None and not named.general else None
    above = named is not None and named.start < clause.start  # not one that its own clause names
    whole = Clause(len(item.label) if above else clause.start, clause.end)
    if actors == () and (partner := partner_of(item, clause) or partner_of(item, whole)) is not None:
        actors = acting(partner, bound)  # an office outside education works with one of ours
    led = led_in(item, clause, place.start) if actors != () and not bound.school else None
    up = told.recipient is not None and goes_up(told.recipient, bound) and bool(set(actors or ()) & {*_OFFICES})
    if led is not None and (up or _COLLECTS.search(item.joined.fold, led.end, place.start) is not None):
        led = None  # "chỉ đạo các trường rà soát, tổng hợp gửi về Sở trước …": who leads them sends
    begins = named is not None and item.joined.fold.endswith(", ", clause.start, named.start)
    if led is not None and named is not None and begins and led.end < named.start:
        led = None  # "Hiệu trưởng chỉ đạo văn thư nhập xong …, cán bộ Phòng duyệt từ …"
    if led is not None and not is_outside(led):
        # "Phòng GDĐT chỉ đạo các trường …, báo cáo về Phòng GDĐT trước …": nobody reports to itself
        leaders = tuple(a for a in actors or () if OFFICES.get(a, "") != told.recipient)
        leaders = bound.first if actors is None else leaders
        actors = tuple(dict.fromkeys([*leaders, *acting(led, bound)]))
    return actors


def who(
    item: Item,
    place: Place,
    group: Group | None,
    bound: Bound,
    told: Told,
    comers: Group | None = None,
    apart: frozenset[str] = frozenset(),
) -> tuple[tuple[str, ...], Group | None]:
    """Return who does what a time ends, and the units that say so: its own, else those of the headings above.

    ``comers`` are to come to what the office holds then, see ``attendants``; ``apart`` are told to in a sentence of
    their own.
    """
    clause = place.clause
    held = held_for(item, clause, place.end, bound.own) if not bound.school else None
    if held is not None:
        guests = held[1] or comers or taking_part(item)
        come = acting(guests, bound) if guests is not None else ()
        return tuple(dict.fromkeys([*acting(held[0], bound), *come])), guests or held[0]
    if not bound.school and keeps_home(item, place.start):
        return bound.schools, None
    to_own = folded(told.recipient or "").startswith(("ubnd", "uy ban nhan dan", "chu tich ubnd"))
    if bound.committee and to_own and (together := of_province(item.joined.fold, clause.start)):
        return together, None
    if not (bound.school or item.table) and bound.own and are_back(item, clause, place.start):
        centres = names_centres(item.text[clause.start : place.start])
        return bound.schools if centres else bound.schools[:1], None
    if (met_then := met_by_cluster(item, clause, place.left, place.start, bound)) is not None:
        return met_then
    if bound.meets and bound.own and group is None and comes_alone(item, place.end):
        return bound.own, None
    guests = invited_to(item, place.start, group, bound) if bound.committee and not bound.own else None
    if guests is not None and (group is None or group.start >= place.end):
        return acting(guests, bound), guests  # what a committee without a name among actors holds
    if leaders := led_by_any(item, clause, bound):
        return leaders, None
    group = _sent_by_others(item, clause, group, bound) if group is not None else None
    named = _named(item, group, bound, clause)
    actors = _by_words(item, place, named, bound, told)
    of_year = is_of_frame(item, clause.start, place.start, place.title)
    said = item.text[clause.start : place.start]
    several = len(actors or ()) > 1 and str(Actor.PHONG_GDDT) in (actors or ())
    if of_year and group is None and several and _OPENS.search(folded(said)):
        actors = None  # "Thời gian tổ chức Lễ Khai giảng: …" under a lead that asks offices and schools
    pupils = of_year and group is not None and is_pupils(item, group) and names_centres(said)
    if pupils and not bound.school:
        actors = None  # "học viên giáo dục thường xuyên tựu trường …" are those of centres
    event = not of_year and not _is_received(item) and _is_held(item, place, bound)
    event = event and not tells_sending(place.title) and not bound.joins
    if event and bound.summons and group is None:
        named = None  # the lead of "Cử giáo viên coi thi, chấm thi" tells who comes
    if event and item.table and named is not None and are_persons(item, named) and _is_session(item, place, bound):
        named = group = None  # "Thi viết chữ đẹp giáo viên": who competes
    called = units_called(item, place.start, place.end) if bound.own and not bound.school else None
    if called is not None and comes_to_office(item):
        return tuple(dict.fromkeys([*bound.own, *acting(called, bound)])), called
    if (seen := by_schedule(item, place, group, bound)) is not None:
        return seen
    if item.table and bound.own and are_visited(item, visits=bound.visits and not bound.school):
        return bound.own, None  # "Đơn vị được kiểm tra | Thời gian | Trưởng đoàn"
    if called is not None:
        return acting(called, bound), called  # "Lịch nộp hồ sơ"
    visits = bound.visits and bool(bound.own) and not bound.school
    if (group is None or group.start >= place.end) and is_time_of_visit(item, clause.start, place.start, visits=visits):
        return bound.own, None
    if group is None and bound.own and not bound.school and _HANDED_OUT.match(folded(" ".join(item.path[-1:]))):
        return tuple(dict.fromkeys([*bound.own, *bound.addressed])), None
    sees = group is not None and bool(bound.own) and not bound.school and group.end > place.end
    if sees and group is not None and are_called(item, (group.start, group.end), clause.end):
        return bound.own, None
    contest = bound.holds and bool(bound.own) and not (bound.school or bound.joins)
    if contest and won(item, clause):
        return (), None
    ours = contest and (group is None or group.actors == ("own",)) and named in (None, group)
    if ours and of_organisers(item, clause):
        actors, event = bound.own, True
    made = group is None and is_made_known(item, clause, bound, named)
    in_column = tells_event(place.title)
    holder = held_by(item, clause.start, clause.end, event=in_column, named=group is not None and not group.bare)
    if holder is not None and (named is None or (named.bare and (in_column or not item.table))):
        actors = acting(holder, bound)
    elif event and group is not None and group.bare and (rank := rank_beside(item, clause.start, place.start)):
        actors = acting(rank, bound)  # "Vòng thi cấp trường xong trước … đối với tiểu học"
    elif (
        (event or made)
        and (bound.own or bound.committee)
        and (
            made
            or named is None
            or named.bare
            or (group is None and ("addressees" in named.actors or _is_time(item, bound)))
        )
    ):
        actors = holder_of(item, clause, bound.own)
    if actors == bound.own and not bound.school and teams_come(item, clause):
        event, named = False, _entered(item, clause, bound)  # to what the office holds
        below = tuple(a for a in bound.first or bound.actors if a not in bound.own)
        actors = acting(named, bound) if named is not None else below or actors
    if actors is None:
        if group is None and bound.committee and tells_aims(item):
            actors = ()
        elif pupils or (group is None and of_year):
            actors = schools_of_frame(said, item.path, bound)
        elif (group is None and _is_handled(item, place, bound, named)) or (
            group is None and is_inside(item, clause.start, clause.end, bound.own)
        ):
            actors = bound.own
        elif group is None and stands_in_frame(item, clause, whole=bound.frame):
            actors = schools_of_frame(said, item.path, bound)
        else:
            actors = _addressed(item, clause, bound, told, place.start) if group is None else acting(group, bound)
    asked = group is None and named is not None and not named.general
    if asked and told.recipient is not None and goes_up(told.recipient, bound):
        actors = _offices_of_lead(item, actors or ())
    fold = item.joined.fold
    comes = any(find.search(fold, clause.start, clause.end) for find in (_TRAINS, COMERS_IN))
    title = folded(item.head if item.table else "".join(item.path[-1:]))
    listed = bound.holds and group is not None and group.start >= place.end  # "- Ngày 22/9: mỗi trường 02 giáo viên"
    attended = (item.table or listed) and COMERS_TITLE.search(title) is not None
    trains = not item.table or _TRAINS.search(folded(" ".join(item.path[-2:]))) is not None
    entrants = entrants_of_row(item) if item.table and attended and contest else None
    if entrants is not None and group is not None and group.actors != ("own",):
        trains, actors, named = True, acting(entrants, bound), entrants  # "Ngày | Nội dung | Thành phần" of a contest
    elif entrants is not None:
        trains, comers = True, comers or entrants
    taught = with_trained(item, place, actors or (), group, bound, apart) if comers is None else None
    actors, named = taught if taught is not None else (actors, named)
    holds = taught is None and (event or comes or (attended and trains))
    attended = attended or (event and named is not None and in_unit_columns(item, clause.start, place.start))
    if holds and bound.own and attended and not bound.school:
        actors = tuple(dict.fromkeys([*bound.own, *(actors or ())]))  # "Thời gian | Nội dung | Thành phần"
    if holds and bound.own and actors == bound.own and not bound.school:
        comers = comers or sitting(item) or of_meeting(item, place) or met(item, place)
        comers = comers or teams_behind(item, place) or taking_part(item)
        comers = comers or invited_to(item, place.start, group, bound)
        come = acting(comers, bound) if comers is not None else bound.schools if bound.summons else ()
        actors = tuple(dict.fromkeys([*actors, *come, *attending(item, place, bound)]))
        named = comers if comers is not None and comers.levels else named
    elif holds and bound.own and actors and all(a.startswith(DEPARTMENT) for a in actors):
        comers = met(item, place)
        come = acting(comers, bound) if comers is not None else ()
        actors = tuple(dict.fromkeys([*actors, *come, *attending(item, place, bound)]))
        named = comers or named
    life = bound.own == _SO and (group is None or group.general) and not event
    life = life and (told.recipient is None or _FAMILY.search(folded(told.recipient)) is not None)
    if life and set(actors or ()) <= _BELOW_SO and _IN_SCHOOL_LIFE.search(_sentence(fold, clause)) is not None:
        actors, named = bound.schools, None
    told_of = not bound.school and tells_aims(item)
    if told_of and (host := held_by_office(item, clause.start, place.start)) is not None:
        actors, named = acting(host, bound), None  # "Chọn sản phẩm dự Ngày hội cấp tỉnh do Sở GDĐT tổ chức vào …"
    if group is None and not bound.school and _EVERYBODY.search(fold, 0, place.end) is not None:
        actors = tuple(dict.fromkeys([*(actors or ()), *bound.schools]))
    if bound.school:
        return held_by_others(item, clause, place.start, place.end, bound.above) or bound.actors, named
    return actors, named


def _sentence(fold: str, clause: Clause) -> str:
    """Return the sentence of a clause, folded."""
    return fold[fold.rfind(". ", 0, clause.start) + 1 : clause.end]


def _is_time(item: Item, bound: Bound) -> bool:
    """Tell whether an item is but when what the whole directive is about is held, whomever its lead asks."""
    told = bound.holds and WHEN.match(item.joined.fold, len(item.label)) is not None
    return told and all(heading_units(title) is None for title in item.path)


def _is_handled(item: Item, place: Place, bound: Bound, named: Group | None) -> bool:
    """Tell whether what names nobody is what the office that writes does with what comes in to it.

    Where the opening asks "các đơn vị" (``named``), only what nobody but that office decides.
    """
    if not bound.own or bound.school or any(heading_units(title) is not None for title in item.path):
        return False
    clause, time = place.clause, (place.start, place.end)
    if named is not None and not folded(item.above[0] if item.above else "").rstrip(" :").endswith(("sau", "sau day")):
        return False
    if bound.plan and named is None and is_review(item, clause.start, clause.end):
        return True
    title = item.joined.fold[clause.start : place.start].rstrip(" tuvaongh")
    procedure = bound.procedure and (named is None or title.endswith(":"))
    return is_handled(item, clause.start, time, clause.end, procedure=procedure)


def _is_received(item: Item) -> bool:
    """Tell whether the heading right above tells until when something is received or sent."""
    return bool(item.path) and _RECEIVED.match(folded(item.path[-1])) is not None


def _is_session(item: Item, place: Place, bound: Bound) -> bool:
    return is_session(item, place.clause, place.start, place.end, place.title, bound.own)


def _is_held(item: Item, place: Place, bound: Bound) -> bool:
    """Tell whether a clause is about what the office holds, also behind its time: "Từ 7h30 ngày 9/9: Họp bậc …"."""
    start = place.clause.start
    if is_event(item, start) or is_step(item, start, place.start, holds=bound.holds):
        return True
    if _goes_on_held(item, place):
        return True
    if _is_session(item, place, bound):
        return True
    if (then := told_behind(item, place.clause, place.start, place.end)) is not None and (
        is_event(item, then) or is_step(item, then, place.clause.end, holds=bound.holds)
    ):
        return True
    holds = bound.holds or (bool(item.path) and _DAYS_OF.match(folded(item.path[-1])) is not None)
    behind = _BEHIND.match(item.joined.fold, place.end) if holds else None
    return behind is not None and not item.joined.fold[start : place.start].strip(" -+*")


def _goes_on_held(item: Item, place: Place) -> bool:
    """Tell whether a clause is but another level of what an item holds: "Hội nghị tổng kết: bậc mầm non sáng 05/6; bậc
    phổ thông chiều 05/6"."""
    start, begin = place.clause.start, len(item.label)
    level = level_group(item.text, item.joined.fold, start) if start > begin + 2 else None
    return level is not None and place.start - level.end < _NO_VERB and is_event(item, begin)


def _offices_of_lead(item: Item, actors: tuple[str, ...]) -> tuple[str, ...]:
    """Return the offices that a lead asks to have schools do something, for what goes up to the writing office."""
    offices = tuple(a for a in actors if a in _OFFICES)
    lead = item.above[0] if len(item.above) > len(item.path) else ""
    led = offices and _LEADS.search(folded(lead)) and all(heading_units(title) is None for title in item.path)
    return offices if led else actors
