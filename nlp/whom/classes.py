"""Whose a clause is that names nobody, by whom it is of: classes that no Phòng has, học viên of centres."""

from __future__ import annotations

from corpus.facts import Actor, SchoolLevel
from nlp.naming.levelnames import CLASSES, levels_of_classes
from nlp.whom.bound import LEARNERS, Bound
from nlp.words.folding import pattern

_PHONG, _SCHOOLS, _UNDER = str(Actor.PHONG_GDDT), str(Actor.CO_SO_GIAO_DUC), str(Actor.DON_VI_TRUC_THUOC)
_CENTRES = str(Actor.TRUNG_TAM_GDTX)
_THPT, _GDTX = str(SchoolLevel.THPT), str(SchoolLevel.GDTX)
#: The class that pupils go on to, which those below them deal with: "tuyển sinh vào lớp 10".
_GO_ON = pattern(
    r"(?<!\w)(?:thi|tuyen sinh|vao|len|du tuyen|xet tuyen|dau cap|phan luong)(?: vao)?(?: (?:khoi|lop)){1,2} 10(?!\d)"
)
#: Who learns at centres (``LEARNERS``) has no pupils of schools beside them.
_PUPILS = pattern(r"(?<!\w)(?:hoc sinh|hs|tre(?: em)?|hoc vien (?:lop|khoa|du|tham gia|la|hoan thanh)(?! \d))(?!\w)")


#: Whose "học viên" are those who are trained.
_TRAINED = pattern(r"(?<!\w)(?:tap huan|boi duong|chuyen de|hoi nghi|giang vien|bao cao vien|chung chi)(?!\w)")


def taught_in(words: str, around: str, actors: tuple[str, ...], bound: Bound) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return whom a Sở binds by folded words that name nobody, and their levels, none where these say no more.

    ``around`` are all words of the item and the headings above it, folded.

    Classes 10 to 12 are taught in schools of the THPT and at the centres, never in what a Phòng leads ("Tổ chức ôn tập
    cho lớp 12"), whoever did the sentence before; học viên are those of centres that it writes to.
    """
    none = frozenset[str]()
    if bound.own != (str(Actor.SO_GDDT),) or _PHONG not in actors:
        return actors, none
    if not bound.trains and _CENTRES in actors and LEARNERS.search(words) is not None and _PUPILS.search(words) is None:
        return (_CENTRES,), frozenset({_GDTX})
    upper = CLASSES.search(words) is not None and levels_of_classes(words) == {_THPT} and _GO_ON.search(words) is None
    left = tuple(a for a in (actors if len(actors) > 1 else bound.actors) if a != _PHONG)
    if not upper or not left:
        return actors, none
    if _SCHOOLS not in left:
        return left, none
    if _UNDER not in bound.addressed and _SCHOOLS not in bound.addressed:
        left = tuple(a for a in left if a != _SCHOOLS) or left  # written to the Phòng and centres
    return left, frozenset({*((_THPT,) if _SCHOOLS in left else ()), *((_GDTX,) if _CENTRES in left else ())})
