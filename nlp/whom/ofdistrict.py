"""Offices among which those of education are: the rooms and public units of a district, the departments of a province.

"Kính gửi: Các phòng, ban, ngành huyện; Các đơn vị sự nghiệp thuộc UBND huyện; UBND các xã": the Phòng GDĐT is one of
its rooms, its schools are units of that kind (Nghị định 120/2020/NĐ-CP: đơn vị sự nghiệp công lập).
"""

from __future__ import annotations

from corpus.facts import Actor, Header
from nlp.words.folding import folded, pattern

#: A committee of a district, or a room of it that is none of education.
_ISSUER = pattern(
    r"(?:(?:ubnd|u[yi] ban nhan dan)|phong (?!giao duc|gd)[a-z -]{3,40}?) (?:huyen|quan|thi xa|thanh pho)(?!\w)"
)
_ROOMS = pattern(
    r"(?:(?:thu truong|lanh dao|truong)(?: cac)? )?(?:cac )?(?:co quan, )?(?:phong,? (?:va )?(?:ban|nganh)"
    r"|phong chuyen mon|co quan,? (?:phong|ban|chuyen mon))(?!\w)"
)
#: Offices of a province told together, who report or plan: "Các sở, ngành có tên trong Kế hoạch báo cáo UBND tỉnh".
_OF_PROVINCE = pattern(
    r"\W{0,4}(?:(?:[ivx]{1,5}|\d{1,2}|[a-h])[.)]\s{0,2})?(?:(?:de nghi|yeu cau|giao)\s)?"
    r"(?:(?:thu truong|giam doc|lanh dao)(?: cac)? )?(?:cac )?so,(?: co quan,)?(?: ban,| ban nganh,)? nganh(?!\w)"
)
_UNITS = pattern(
    r"(?:(?:thu truong|lanh dao)(?: cac)? )?(?:cac )?don vi su nghiep(?: cong lap)?(?: \w+){0,3} (?:ubnd"
    r"|huyen|quan|thi xa"
    r"|thanh pho)(?!\w)"
)


def local_units(header: Header) -> tuple[str, ...]:
    """Return the Phòng GDĐT and the schools where a district's office writes to what they belong to."""
    if header.issuer_level is not None or _ISSUER.match(folded(header.issuer or "")) is None:
        return ()
    told = [folded(one).strip(" -+:") for one in header.addressees]
    rooms = any(_ROOMS.match(one) for one in told)
    units = any(_UNITS.match(one) for one in told)
    return ((str(Actor.PHONG_GDDT),) if rooms else ()) + ((str(Actor.CO_SO_GIAO_DUC),) if units else ())


def of_province(fold: str, start: int) -> tuple[str, ...]:
    """Return the Sở GDĐT as one of the offices that folded words name together from ``start`` on, () where they name
    none so: "Các sở, ban, ngành, UBND cấp huyện báo cáo UBND tỉnh …" of a province's committee."""
    return (str(Actor.SO_GDDT),) if _OF_PROVINCE.match(fold, start) is not None else ()
