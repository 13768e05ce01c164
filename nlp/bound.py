"""Whom a directive binds where a duty names nobody: its addressees, else what stands below the office that writes."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.facts import DEPARTMENT, Actor, Header, IssuerLevel, SchoolLevel
from nlp.actors import Group, group_at, levels_in
from nlp.folding import folded, pattern
from nlp.vocabulary import first_entry

#: Kinds of unit that the facts have no name for; ``spelled_out`` says what they mean.
_NO_NAMES = ("addressees", "own", "other")
_NEXT_PART = pattern(r"[,;]\s{0,2}|\sva\s")
_FOR_SCHOOLS = pattern(
    r"(?<!\w)(?:huong dan|yeu cau|de nghi|thong bao|chi dao|trien khai|luu y)(?: (?:toi|den|cho|doi voi))?\s{1,2}"
)
_COMMITTEE = pattern(r"(?:uy ban nhan dan|ubnd) (?P<kind>tinh|huyen|quan|thi xa|xa|phuong|dac khu)(?!\w)")
#: What names all of them limits nothing.
_ALL_SCHOOLS = {"mam_non", "tieu_hoc", "thcs", "thpt"}
#: Who learns at centres.
_LEARNERS = pattern(r"(?<!\w)hoc vien(?!\w)")


@dataclass(frozen=True, slots=True)
class Bound:
    """Whom a directive binds where a duty names nobody, and the levels that all of it is about.

    ``addressed`` are "các đơn vị": those it is written to, of schools under a Sở those that stand directly under it;
    ``own`` is the issuing office, which acts through the bodies that it sets up; ``first`` are those right below it
    that it writes to, where it has others below those; ``committee``: a people's committee (UBND) writes.
    """

    actors: tuple[str, ...]
    addressed: tuple[str, ...]
    levels: frozenset[str]
    school: bool = False
    own: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    committee: bool = False

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


#: Schools that stand directly under the Sở.
_UNDER_SO = {"thpt", "gdtx"}
_OWN: dict[IssuerLevel, tuple[str, ...]] = {
    IssuerLevel.BO: (str(Actor.BO_GDDT),),
    IssuerLevel.SO: (str(Actor.SO_GDDT),),
    IssuerLevel.PHONG: (str(Actor.PHONG_GDDT),),
    IssuerLevel.TRUONG: (str(Actor.CO_SO_GIAO_DUC),),
}


def bound_by(header: Header, opening: str = "", assigned: tuple[str, ...] = ()) -> Bound:
    """Return the units and levels that the header gives: addressees, else what stands below the issuer.

    ``opening`` is the lead of the body, which may name schools where no addressees stand above it; ``assigned`` are
    those under whose names tasks stand: "các đơn vị" of a committee's plan.
    """
    groups = _addressed(header)
    schools = groups or _opened(opening)
    named = dict.fromkeys(a for g in groups for a in g.actors if a not in _NO_NAMES)
    addressed = tuple(a for a in named if not a.startswith(DEPARTMENT)) or tuple(named)
    below = _BELOW.get(header.issuer_level, ()) if header.issuer_level else _below_committee(header.issuer)
    # what the Bộ writes to the Sở binds those below them, too, where it names nobody
    actors = below if addressed in ((), (str(Actor.SO_GDDT),)) and below else addressed
    own = _OWN.get(header.issuer_level, ()) if header.issuer_level else ()
    first: tuple[str, ...] = ()
    if header.issuer_level is IssuerLevel.SO and str(Actor.PHONG_GDDT) in addressed:
        addressed = first = _directly_under(addressed, groups)
    elif header.issuer_level is IssuerLevel.SO and not addressed:  # "các đơn vị" of its thông báo
        addressed = (str(Actor.PHONG_GDDT), str(Actor.DON_VI_TRUC_THUOC))
    elif header.issuer_level is IssuerLevel.BO:
        first = _BELOW[IssuerLevel.BO][:1] if not addressed or str(Actor.SO_GDDT) in addressed else ()
    committee = header.issuer_level is None and _COMMITTEE.match(folded(header.issuer or "")) is not None
    if committee and not addressed:
        addressed = assigned
    levels = frozenset(_topic_levels(header, schools))
    if _is_school(header) and levels == {str(SchoolLevel.GDTX)}:
        actors = own = (str(Actor.TRUNG_TAM_GDTX),)
    return Bound(actors, addressed or actors, levels, _is_school(header), own, first, committee)


def _directly_under(addressed: tuple[str, ...], groups: list[Group]) -> tuple[str, ...]:
    """Return addressees of a Sở with its schools as đơn vị trực thuộc, where only such schools are among them."""
    schools = [g for g in groups if str(Actor.CO_SO_GIAO_DUC) in g.actors]
    if not schools or not all(g.levels and set(g.levels) <= _UNDER_SO for g in schools):
        return addressed
    direct = str(Actor.DON_VI_TRUC_THUOC)
    return tuple(dict.fromkeys(direct if a == str(Actor.CO_SO_GIAO_DUC) else a for a in addressed))


def _below_committee(issuer: str | None) -> tuple[str, ...]:
    """Return what stands below a people's committee: of a province the Sở and all under it, else the schools."""
    match = _COMMITTEE.match(folded(issuer or ""))
    if match is None:
        return ()
    return _BELOW[IssuerLevel.BO] if match["kind"] == "tinh" else _BELOW[IssuerLevel.PHONG]


def _addressed(header: Header) -> list[Group]:
    found = []
    for addressee in header.addressees:
        fold, at = folded(addressee), 0
        while at < len(addressee):
            group = group_at(addressee, fold, at)
            if group is not None:
                found.append(group)
            cut = _NEXT_PART.search(fold, group.end if group else at)
            at = cut.end() if cut else len(addressee)
    return found


def _opened(opening: str) -> list[Group]:
    """Return the schools that a lead is for: "Phòng GDĐT hướng dẫn các trường tiểu học, THCS một số nội dung sau:"."""
    fold = folded(opening)
    found = (group_at(opening, fold, m.end()) for m in _FOR_SCHOOLS.finditer(fold))
    return [group for group in found if group is not None and group.levels][:1]


def _is_school(header: Header) -> bool:
    return header.issuer_level is IssuerLevel.TRUONG


def _topic_levels(header: Header, groups: list[Group]) -> set[str]:
    """Return the levels that all of a directive is about: of a school, of a Phòng's addressees, of the subject."""
    levels: set[str] = set()
    if _is_school(header):
        levels = levels_in(header.issuer or "")
    elif header.issuer_level is IssuerLevel.PHONG and groups and all(g.levels for g in groups):
        levels = {level for g in groups for level in g.levels}
    if not levels and first_entry("units", "topic", header.subject or "") is not None:
        levels = levels_in(header.subject or "")
    return set() if levels >= _ALL_SCHOOLS else levels


def spelled_out(actors: tuple[str, ...], bound: Bound) -> tuple[str, ...]:
    """Return actors as the facts name them: "các đơn vị" are the addressees, a body is the office that set it up.

    An office outside education has no name among actors: alone it leaves none.
    """
    units = tuple(a for a in bound.addressed if a != str(Actor.UBND_XA))  # a committee is no "đơn vị"
    meant = {"addressees": units or bound.addressed, "own": bound.own, "other": ()}
    return tuple(dict.fromkeys(one for actor in actors for one in meant.get(actor, (actor,))))


def acting(group: Group, bound: Bound, words: str = "") -> tuple[str, ...]:
    """Return the actors of units; "cơ sở giáo dục" whose học viên ``words`` name are centres, too, that are written to.

    Else the schools' name stands for all of them.
    """
    actors = spelled_out(group.actors, bound)
    learners = group.every and _LEARNERS.search(folded(words)) is not None
    return bound.schools if learners else actors
