"""Whom an office of a district outside education writes to: its rooms and public units, of which ours are among them.

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
