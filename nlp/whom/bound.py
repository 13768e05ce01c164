"""Whom a directive binds where a duty names nobody: its addressees, else what stands below the office that writes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.facts import DEPARTMENT, Actor, Header, IssuerLevel, SchoolLevel
from corpus.places import provinces
from nlp.naming.actors import Group, group_at
from nlp.naming.levelnames import levels_in
from nlp.naming.people import behind_count
from nlp.whom.defined import Defined
from nlp.whom.handled import is_frame, is_procedure, is_summons, is_visit
from nlp.whom.matters import held_by_lead, is_held_by_own, tells_to_join
from nlp.whom.ofdistrict import local_units
from nlp.whom.others import contest_above
from nlp.whom.special import general_levels, special_addressees
from nlp.words.folding import folded, pattern
from nlp.words.vocabulary import first_entry

#: Kinds of unit that the facts have no name for; ``spelled_out`` says what they mean.
_NO_NAMES = ("addressees", "own", "council", "other", "room", "districts", "sector", "under", "rooms")
#: How those who head units are addressed: "Đồng chí Trưởng phòng GDĐT …", "Các đồng chí Hiệu trưởng …".
_TITLE = pattern(r"\W{0,4}(?:(?:cac |quy )?(?:dong chi|d/c|ong \(ba\)|ong/ba|ong, ba|ong|ba)\s)")
#: What a recipient gets the paper for who is to carry it out.
_CARRIES_OUT = pattern(r"\(\s?(?:de )?(?:t/h|th/h|th|thuc hien|t/hien|trien khai|de biet va t/h)\s?[);,]")
#: What else a recipient gets it for: "(để b/c)", "(phối hợp)".
_GETS = pattern(r"\(\s?(?:de )?(?:b/c|bc|bao cao|p/h|ph|phoi hop|biet|de biet|theo doi|chi dao|d/b)\s?[);,]")
#: Whom a lead tells: "Sở thông báo đến các trường THPT, trung tâm …", and how far on their list may go.
_TOLD = pattern(
    r"(?<!\w)(?:thong bao|huong dan|yeu cau|de nghi|chi dao|trien khai|luu y|de)"
    r"(?: (?:toi|den|cho|doi voi))?\s{1,2}"
)
_MORE = 160
#: The boarding school of a province, which the Sở writes to beside those of the THPT.
_OF_PROVINCE = pattern(r"(?:truong )?(?:pt|pho thong )\s?(?:dtnt|dan toc noi tru|dan toc nt)(?: cap)? tinh(?!\w)")
_BOARDING = pattern(r"(?:cac )?(?:truong )?(?:pt ?|pho thong )?(?:dtnt|dan toc noi tru)(?!\w)")
#: Schools of several levels in one: "Các trường phổ thông có nhiều cấp học".
_OF_SEVERAL = pattern(r"(?:cac )?truong (?:pho thong |pt )?(?:co )?nhieu cap(?: hoc)?(?!\w)")
_NEXT_PART = pattern(r"[,;]\s{0,2}|\sva\s")
_COMMITTEE = pattern(r"(?:uy ban nhan dan|ubnd) (?P<kind>tinh|huyen|quan|thi xa|xa|phuong|dac khu)(?!\w)")
#: What names all of them limits nothing; those of a Phòng are the first three.
_ALL_SCHOOLS = {"mam_non", "tieu_hoc", "thcs", "thpt"}
_ALL_OF_PHONG = {"mam_non", "tieu_hoc", "thcs"}
#: The yearly guidance of an office: "Hướng dẫn thực hiện nhiệm vụ … năm học 2024-2025".
_YEARLY = pattern(r"(?<!\w)nam hoc(?!\w)")
#: What is done in schools of every kind.
_IN_SCHOOLS = pattern(
    r"(?<!\w)(?:hoc sinh|hoc vien|tre em|lop|tiet|nha truong|thuc pham|bep an|(?:gio|mon|buoi) hoc|giang day|the duc"
    r"|suc khoe|ve sinh|huong ung|ngay hoi)(?!\w)|%\s(?:cac |so )?(?:truong|co so)(?!\w)"
)
#: Who learns at centres.
LEARNERS = pattern(r"(?<!\w)hoc vien(?!\w)")


@dataclass(frozen=True, slots=True)
class Bound:
    """Whom a directive binds where a duty names nobody, and the levels that all of it is about.

    ``addressed`` are "các đơn vị": those it is written to, of schools under a Sở those that stand directly under it;
    ``own`` is the issuing office, which acts through the bodies that it sets up; ``first`` are those right below it
    that it writes to, where it has others below those; ``committee``: a people's committee (UBND) writes;
    ``holds``: the directive is the plan of an event of the office itself, or invites to one; ``defined`` are its short
    names of units; ``summons``: it calls those it is written to together ("triệu tập"); ``below`` are the levels of
    the schools of a Phòng or a commune that it is written to; ``procedure``: it is about what the office decides on,
    ``visits`` about its visits; ``plan``: it is a plan of an office, written to nobody; ``frame``: it is the frame of
    a school year; ``gets``: the units below a Sở that get what it writes to nobody;
    ``joins``: it only tells those below to join what others hold; ``only`` is the special kind of school that alone it
    is written to, as written ("các trung tâm ngoại ngữ, tin học"), "" for ordinary ones; ``general`` are the levels of
    a trích yếu that names schools of general education alone ("học sinh phổ thông"), for what "cơ sở giáo dục" do;
    ``trains``: it is about a training, whose "học viên" are people of those schools; ``invites``: ``addressed`` are
    those whom an invitation lists under "kính mời:"; ``above`` holds the contest that a school's page calls to;
    ``meets`` tells an invitation (giấy mời).
    """

    actors: tuple[str, ...]
    addressed: tuple[str, ...]
    levels: frozenset[str]
    school: bool = False
    own: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    committee: bool = False
    holds: bool = False
    defined: Defined = ()
    below: frozenset[str] = frozenset()
    summons: bool = False
    procedure: bool = False
    visits: bool = False
    plan: bool = False
    frame: bool = False
    gets: tuple[str, ...] = ()
    joins: bool = False
    only: str = ""
    general: frozenset[str] = frozenset()
    trains: bool = False
    invites: bool = False
    above: tuple[str, ...] = ()
    meets: bool = False

    @property
    def schools(self) -> tuple[str, ...]:
        """The schools, and the centres where they are written to."""
        centres = str(Actor.TRUNG_TAM_GDTX)
        return (str(Actor.CO_SO_GIAO_DUC), *((centres,) if centres in self.addressed else ()))


_BELOW: dict[IssuerLevel, tuple[str, ...]] = {
    IssuerLevel.BO: (str(Actor.SO_GDDT), str(Actor.PHONG_GDDT), str(Actor.CO_SO_GIAO_DUC)),
    IssuerLevel.SO: (str(Actor.PHONG_GDDT), str(Actor.CO_SO_GIAO_DUC)),
    IssuerLevel.PHONG: (str(Actor.CO_SO_GIAO_DUC),),
    IssuerLevel.TRUONG: (str(Actor.CO_SO_GIAO_DUC),),
}


#: The matter of a training.
_TRAINS = pattern(r"(?<!\w)(?:tap huan|boi duong)(?!\w)")
#: Schools that stand directly under the Sở.
_UNDER_SO = {"thpt", "gdtx"}
_UNDER = (str(Actor.PHONG_GDDT), str(Actor.CO_SO_GIAO_DUC), str(Actor.TRUNG_TAM_GDTX), str(Actor.DON_VI_TRUC_THUOC))
#: A plan for the office itself: "… năm 2020 của Sở Giáo dục và Đào tạo", and the departments that get it.
_OF_OFFICE = pattern(
    r"(?<!\w)(?:cua|tai|trong|thuoc) (?:co quan )?so (?:giao duc (?:va )?dao tao|gd ?(?:&|va|-)? ?dt)"
    r"(?: [\w ]{2,30})?$"
)
_WITHIN = pattern(r"(?<!\w)(?:cac )?(?:don vi|phong(?:,? ban)?)(?: [\w,]+){0,4}? thuoc so(?!\w)")
_SCHOOLS = {str(Actor.CO_SO_GIAO_DUC), str(Actor.TRUNG_TAM_GDTX)}
_OWN: dict[IssuerLevel, tuple[str, ...]] = {
    IssuerLevel.BO: (str(Actor.BO_GDDT),),
    IssuerLevel.SO: (str(Actor.SO_GDDT),),
    IssuerLevel.PHONG: (str(Actor.PHONG_GDDT),),
    IssuerLevel.TRUONG: (str(Actor.CO_SO_GIAO_DUC),),
}


def _on_its_day(actors: tuple[str, ...], day: str | None) -> tuple[str, ...]:
    """Return units as they are on the day (ISO) of a directive: communes where the Phòng was until July 2025."""
    if day is None or day < provinces().valid_from:
        return actors
    return tuple(str(Actor.UBND_XA) if actor == str(Actor.PHONG_GDDT) else actor for actor in actors)


def bound_by(
    header: Header,
    opening: str = "",
    assigned: tuple[str, ...] = (),
    invited: tuple[str, ...] = (),
    defined: Defined = (),
) -> Bound:
    """Return the units and levels that the header gives: addressees, else what stands below the issuer.

    ``opening`` is the lead of the body, which may name schools where no addressees stand above it; ``assigned`` are
    those under whose names tasks stand: "các đơn vị" of a committee's plan; ``invited`` are those whom an invitation
    (giấy mời) lists under "kính mời:".
    """
    groups = _units_in((*header.addressees, *invited), header.issuer_level)
    lead = [] if groups else _told_in(header, opening)
    told = groups or lead or _carrying_out(header)
    named = dict.fromkeys(a for g in groups for a in g.actors if a not in _NO_NAMES)
    of_others = (
        bool(invited) and header.issuer_level is not IssuerLevel.SO
    )  # departments of the Sở that a huyện invites
    addressed = tuple(a for a in named if of_others or not a.startswith(DEPARTMENT)) or tuple(named)
    addressed = tuple(dict.fromkeys([*local_units(header), *addressed]))
    if _leads_schools(header) and str(Actor.DON_VI_TRUC_THUOC) in addressed:
        addressed = (str(Actor.CO_SO_GIAO_DUC),)  # "các đơn vị trực thuộc Phòng GDĐT"
    below = _BELOW.get(header.issuer_level, ()) if header.issuer_level else _below_committee(header.issuer)
    below = _on_its_day(below, header.date)
    # the Bộ's guidance for a school year binds those below the Sở, too, where it names nobody
    yearly = _YEARLY.search(folded(header.subject or "")) is not None
    actors = below if below and (not addressed or (addressed == below[:1] and yearly)) else addressed
    if header.issuer is None and not actors:
        actors = (str(Actor.CO_SO_GIAO_DUC),)  # a post without a letterhead tells schools
    own = _OWN.get(header.issuer_level, ()) if header.issuer_level else _own_committee(header.issuer)
    first: tuple[str, ...] = ()
    of_told = tuple(dict.fromkeys(a for g in told for a in g.actors if a in tuple(Actor)))
    if lead and _leads_schools(header) and set(of_told) == _SCHOOLS:
        actors = of_told  # schools and centres of its place
    local = {str(Actor.PHONG_GDDT), str(Actor.UBND_XA)}  # communes stand where the Phòng stood until July 2025
    if header.issuer_level is IssuerLevel.SO and local & {*(addressed or of_told)}:
        addressed = _directly_under(addressed or of_told, told)
        carried_out = any(_CARRIES_OUT.search(folded(one)) for one in header.recipients)
        first = addressed if groups or carried_out else ()
    elif not addressed and of_told:
        addressed = of_told
    elif header.issuer_level is IssuerLevel.SO and not addressed:  # "các đơn vị" of its thông báo
        addressed = _on_its_day((str(Actor.PHONG_GDDT), str(Actor.DON_VI_TRUC_THUOC)), header.date)
    elif header.issuer_level is IssuerLevel.BO:
        first = _BELOW[IssuerLevel.BO][:1] if not addressed or str(Actor.SO_GDDT) in addressed else ()
    committee = header.issuer_level is None and _COMMITTEE.match(folded(header.issuer or "")) is not None
    if committee and not addressed:
        addressed = assigned
    lower = frozenset(level for g in told if set(g.levels) <= _ALL_OF_PHONG for level in g.levels)
    post = header.issuer is None and bool(lower) and not any(_UNDER_SO & {*g.levels} for g in groups)
    if post or _leads_schools(header):  # "các đơn vị trực thuộc" of a Phòng, in its lead or among its recipients
        addressed = tuple(dict.fromkeys(map(_school_of_phong, addressed)))
        actors = tuple(dict.fromkeys(map(_school_of_phong, actors)))
    gets = _getting(header) if not (groups or lead) else ()
    if gets and gets == own:
        actors, addressed = own, own
    if only := special_addressees(header.addressees):
        actors, addressed, first = (str(Actor.CO_SO_GIAO_DUC),), (str(Actor.CO_SO_GIAO_DUC),), ()
    levels = frozenset(_topic_levels(header, told if _leads_schools(header) else groups or lead, invites=bool(invited)))
    if _is_school(header) and levels == {str(SchoolLevel.GDTX)}:
        actors = own = (str(Actor.TRUNG_TAM_GDTX),)
    if header.issuer_level is IssuerLevel.SO:
        defined = tuple((name, _units_of_so(group) if name.startswith("don vi") else group) for name, group in defined)
    levels = levels or lower if post else levels  # of a Phòng, whose letterhead is lost
    summons = is_summons(folded(header.subject or ""))
    holds = bool(invited) or summons or is_held_by_own(folded(header.subject or held_by_lead(opening)))
    matter = folded(header.subject or "")
    return Bound(
        actors, addressed or actors, levels, _is_school(header), own, first, committee, holds, defined, lower, summons,
        is_procedure(matter), is_visit(matter), _is_plan(header), is_frame(matter), gets,
        tells_to_join(matter), only, general_levels(matter), _TRAINS.search(matter) is not None,
        bool(invited), contest_above(matter) if _is_school(header) else (), header.doc_type == "Giấy mời",
    )  # fmt: skip


def _getting(header: Header) -> tuple[str, ...]:
    """Return the units right below a Sở that get what it writes to nobody ("Nơi nhận: Các phòng GDĐT, các đơn vị trực
    thuộc"), the Sở for a plan of its own that only its departments get; () where its recipients tell neither."""
    if header.issuer_level is not IssuerLevel.SO or header.addressees:
        return ()
    told = _units_in(tuple(one for one in header.recipients if not _GETS.search(folded(one))))
    below = tuple(dict.fromkeys(a for g in told for a in g.actors if a in _UNDER))
    if below:
        direct = _directly_under(below, told)
        return direct if str(Actor.PHONG_GDDT) in below and len(direct) > 1 else ()
    within = any(_WITHIN.search(folded(one)) is not None for one in header.recipients)
    return _OWN[IssuerLevel.SO] if within and _OF_OFFICE.search(folded(header.subject or "")) is not None else ()


def _is_plan(header: Header) -> bool:
    """Tell whether an office writes a plan, a programme or a project, to nobody."""
    kind = folded(header.doc_type or "")
    return not header.addressees and not _is_school(header) and kind in ("ke hoach", "chuong trinh", "de an")


def directly_under(units: Group, bound: Bound) -> Group:
    """Return the units that "các đơn vị" goes on with: "Sở yêu cầu phòng GDĐT, các trường THPT …: các đơn vị …"."""
    return _units_of_so(units) if bound.own == (str(Actor.SO_GDDT),) else units


def _units_of_so(units: Group) -> Group:
    """Return units with the schools of THPT among them as those directly under the Sở."""
    under = _directly_under(units.actors, [units])
    beside = {str(Actor.PHONG_GDDT), str(Actor.DON_VI_TRUC_THUOC)} & {*units.actors}
    return units if under == units.actors or not beside else replace(units, actors=under, levels=())


def _directly_under(addressed: tuple[str, ...], groups: list[Group]) -> tuple[str, ...]:
    """Return addressees of a Sở with its schools as đơn vị trực thuộc, where only such schools are among them.

    Schools that go up to the THPT ("PTDTNT THCS&THPT") are, too, where none of lower levels alone are named.
    """
    schools = [g for g in groups if str(Actor.CO_SO_GIAO_DUC) in g.actors]
    if not schools or not all(g.levels and set(g.levels) - g.joined <= _UNDER_SO for g in schools):
        return addressed
    direct = str(Actor.DON_VI_TRUC_THUOC)
    return tuple(dict.fromkeys(direct if a == str(Actor.CO_SO_GIAO_DUC) else a for a in addressed))


def _school_of_phong(actor: str) -> str:
    return str(Actor.CO_SO_GIAO_DUC) if actor == str(Actor.DON_VI_TRUC_THUOC) else actor


def _below_committee(issuer: str | None) -> tuple[str, ...]:
    """Return what stands below a people's committee: of a province the Sở and all under it, else the schools."""
    match = _COMMITTEE.match(folded(issuer or ""))
    if match is None:
        return ()
    return _BELOW[IssuerLevel.BO] if match["kind"] == "tinh" else _BELOW[IssuerLevel.PHONG]


def _told_in(header: Header, opening: str) -> list[Group]:
    """Return the units that the lead of a directive tells: "Sở thông báo đến các trường THPT, trung tâm …"."""
    for match in _TOLD.finditer(fold := folded(opening)):
        first = group_at(opening, fold, match.end())
        if first is not None and "addressees" in first.actors:
            return []  # "thông báo đến các đơn vị, cơ sở giáo dục": whoever it goes to
        if first is not None and not _is_office_of(first, header):
            return [first, *_units_in((opening[first.end : first.end + _MORE].split(".")[0],))]
    return []


def _carrying_out(header: Header) -> list[Group]:
    """Return the units among the recipients that get a directive to carry it out ("(t/h)").

    Where a Phòng or a commune marks none so, those are its schools, by level: "Các trường MN, TH, THCS;".
    """
    marked = tuple(one for one in header.recipients if _CARRIES_OUT.search(folded(one)))
    if marked or not _leads_schools(header) or levels_in(header.subject or "", classes=True):
        return _units_in(marked)
    others = _units_in(tuple(one for one in header.recipients if not _GETS.search(folded(one))))
    return [g for g in others if g.levels and set(g.actors) == {str(Actor.CO_SO_GIAO_DUC)}]


def _is_office_of(group: Group, header: Header) -> bool:
    """Tell whether units are but the office that writes: "Sở GDĐT hướng dẫn …"."""
    return header.issuer_level is not None and group.actors == _OWN[header.issuer_level] and not group.levels


def _own_committee(issuer: str | None) -> tuple[str, ...]:
    """Return a commune's committee as who writes; those of other places have no name among actors."""
    match = _COMMITTEE.match(folded(issuer or ""))
    return (str(Actor.UBND_XA),) if match is not None and match["kind"] in ("xa", "phuong", "dac khu") else ()


def _units_in(addressees: tuple[str, ...], writes: IssuerLevel | None = None) -> list[Group]:
    """Return the units that addressees name, chain by chain; schools of several levels that a Sở writes to (``writes``)
    are those that go up to the THPT, boarding schools that a Phòng writes to those of its district, THCS."""
    of_so, of_phong = writes is IssuerLevel.SO, writes is IssuerLevel.PHONG
    found = []
    for words in addressees:
        addressee = words.replace(":", "")  # "Các trường: MN, TH, THCS (th/h)"
        fold, at = folded(addressee), 0
        title = _TITLE.match(fold)
        at = title.end() if title is not None else 0
        while at < len(addressee):
            group = group_at(addressee, fold, behind_count(fold, at))
            under = _OF_PROVINCE.match(fold, at) or (of_so and _OF_SEVERAL.match(fold, at))
            if group is not None and not group.levels and under:
                group = replace(group, levels=(str(SchoolLevel.THPT),))
            elif group is not None and not group.levels and of_phong and _BOARDING.match(fold, at):
                group = replace(group, levels=(str(SchoolLevel.THCS),))
            if group is not None:
                found.append(group)
            cut = _NEXT_PART.search(fold, group.end if group else at)
            at = cut.end() if cut else len(addressee)
    return found


def _leads_schools(header: Header) -> bool:
    """Tell whether a Phòng or a commune writes: whoever gets its directives to carry them out are its schools."""
    return header.issuer_level is IssuerLevel.PHONG or bool(_own_committee(header.issuer))


def _is_school(header: Header) -> bool:
    return header.issuer_level is IssuerLevel.TRUONG


def _topic_levels(header: Header, groups: list[Group], *, invites: bool = False) -> set[str]:
    """Return the levels that all of a directive is about: of a school, of schools alone addressed, of the subject.

    Who invites schools of some levels one by one (``invites``) speaks of those.
    """
    levels: set[str] = set()
    of_phong = _leads_schools(header)
    of_so = header.issuer_level in (IssuerLevel.SO, None) and all(set(g.actors) <= _SCHOOLS for g in groups)
    of_so = of_so and len(groups) >= len(header.addressees)
    if _is_school(header):
        levels = levels_in(header.issuer or "")
    elif of_phong or of_so or invites:
        schools = [g for g in groups if set(g.actors) & _SCHOOLS]
        if schools and all(g.levels for g in schools):
            levels = {level for g in schools for level in g.levels}
    topic = first_entry("units", "topic", header.subject or "") is not None
    if (not levels or (of_so and topic)) and topic:
        levels = levels_in(header.subject or "")
        levels = set() if levels and _goes_to_others(header, groups, levels) else levels
        levels |= levels_in(header.subject or "", classes=True) if levels else set()  # "… mầm non, lớp 1, lớp 6"
        levels = set() if of_phong and levels >= _ALL_OF_PHONG else levels
    elif of_phong and is_held_by_own(folded(header.subject or "")):
        levels = (levels_in(header.subject or "") & levels) or levels  # "Giao lưu tiếng Anh tiểu học"
    if header.issuer_level is IssuerLevel.PHONG and not (levels or groups) and _names_no_schools(header):
        levels = set(_ALL_OF_PHONG)  # a district office whose Nơi nhận is lost
    return set() if levels >= _ALL_SCHOOLS and not of_phong else levels


def _goes_to_others(header: Header, groups: list[Group], levels: set[str]) -> bool:
    """Tell whether a Sở writes to schools of other levels than those that its trích yếu names for the last of several
    matters, and none of these: "rà soát dữ liệu …, cấp chữ ký số và triển khai học bạ số cấp tiểu học" to the THPT."""
    schools = {level for g in groups if set(g.actors) & _SCHOOLS for level in g.levels}
    return header.issuer_level is IssuerLevel.SO and bool(schools) and not schools & levels


def _names_no_schools(header: Header) -> bool:
    """Tell whether neither the trích yếu nor the recipients say of which schools a directive speaks."""
    schools = any("truong" in folded(one) for one in (*header.addressees, *header.recipients))
    return not schools and not levels_in(header.subject or "", classes=True)


def spelled_out(actors: tuple[str, ...], bound: Bound) -> tuple[str, ...]:
    """Return actors as the facts name them: "các đơn vị" are the addressees, a body is the office that set it up.

    An office outside education has no name among actors: alone it leaves none. Districts act through their Phòng in
    what a Sở asks, else through their committees.
    """
    units = tuple(a for a in bound.addressed if a != str(Actor.UBND_XA))  # a committee is no "đơn vị"
    phong = (str(Actor.PHONG_GDDT),) if bound.own == (str(Actor.SO_GDDT),) else ()
    commune = bound.own if bound.own == (str(Actor.UBND_XA),) else ()
    direct = (str(Actor.DON_VI_TRUC_THUOC),)
    schools = bound.schools if bound.own in ((str(Actor.PHONG_GDDT),), (str(Actor.UBND_XA),)) else direct
    council = bound.first[:1] if bound.own == (str(Actor.BO_GDDT),) and bound.first else bound.own
    sector = (*phong, *direct, bound.schools[0]) if phong else bound.schools
    meant = {
        "addressees": units or bound.addressed,
        "own": bound.own,
        "council": council,
        "other": (),
        "room": commune,
        "rooms": bound.own or ((str(Actor.PHONG_GDDT),) if bound.committee else ()),  # the Phòng GDĐT is one of them
        str(Actor.DON_VI_TRUC_THUOC): schools,
        "districts": phong,
        "sector": sector,
        "under": (*bound.own, *direct),
    }
    parts = {a: commune for a in actors if commune and a.startswith(DEPARTMENT)}  # of a commune, not of a Sở
    return tuple(dict.fromkeys(one for actor in actors for one in {**meant, **parts}.get(actor, (actor,))))


def acting(group: Group, bound: Bound, words: str = "") -> tuple[str, ...]:
    """Return the actors of units; "cơ sở giáo dục" whose học viên ``words`` name are centres, too, that are"
    " written to.

    Else the schools' name stands for all of them.
    """
    actors = spelled_out(group.actors, bound)
    learners = group.every and LEARNERS.search(folded(words)) is not None
    return bound.schools if learners else actors


def in_schools(words: str) -> bool:
    """Tell whether folded words tell of what is done in schools of every kind."""
    return _IN_SCHOOLS.search(words) is not None
