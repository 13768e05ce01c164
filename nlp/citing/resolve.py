"""From found citations to facts: own number left out, short forms tied to a single candidate, keys and conflicts.

A short form ("CV 5807") becomes a full number only where exactly one cited document fits; else it keeps its digits
and its candidates (compare eyecite's resolver, which accepts a single candidate only).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from corpus.document import Document
from corpus.facts import Citation, Header, evidence
from corpus.numbers import DocumentNumber, document_key, parse_number
from corpus.symbols import is_known_part, symbols
from corpus.text import fold, squeeze
from corpus.units import is_city
from nlp.citing.citations import Found
from nlp.citing.signed import last_such
from nlp.naming.agencies import agency_at
from nlp.page.positions import one_slip
from nlp.page.unread import heads_own_number
from nlp.page.zones import Zone
from nlp.words.folding import folded

_HEADS = ("Bộ trưởng ", "Thứ trưởng ", "Chủ tịch ", "Giám đốc ", "Trưởng ")
#: What a công văn is called by what it holds: "Hướng dẫn số 991" for 991/BGDĐT-QLCL.
_LETTERS = ("Hướng dẫn", "Văn bản")
#: A bare "Nghị quyết 29" counts only where it can be tied to a number; with "số" or abbreviated it always counts.
_NEEDS_CANDIDATE = "short-bare"
#: Shorter codes of units differ by one letter without being slips (GDMN, GDTH).
_LONG_PART = 5
_COMMITTEES = ("Ủy ban nhân dân", "Hội đồng nhân dân")
_OF_PROVINCE = ("Sở ", "Ban Tuyên giáo Tỉnh ủy", "Ban Tổ chức Tỉnh ủy", "Công an tỉnh", "Tỉnh ủy", "Thành ủy")
_PROVINCE = re.compile(
    r"(?:Sở Giáo dục và Đào tạo|Sở Giáo dục, Khoa học và Công nghệ|Ủy ban nhân dân tỉnh|Ủy ban nhân dân thành phố"
    r"(?= (?:Hà Nội|Hồ Chí Minh|Hải Phòng|Đà Nẵng|Cần Thơ|Huế))) (?P<name>.+)"
)
#: So far before a document stands who tells it.
_REACH = 80
_DISTRICT = re.compile(r"Phòng Giáo dục và Đào tạo (?P<kind>huyện|quận|thị xã|thành phố) (?P<name>.+)")


def resolve(document: Document, found: Iterable[Found], header: Header) -> tuple[Citation, ...]:
    """Return the citations of ``document`` in reading order."""
    own = parse_number(header.number) if header.number else None
    found = list(found)
    issued = date.fromisoformat(header.date) if header.date else None
    for one in found:
        if one.date is None and one.day is not None:
            one.date = last_such(one.day, one.number.year if one.number is not None else None, issued)
    _mend_types(found)
    _mend_parts(found, own)
    kept = [f for f in found if not is_own(f, own, header)]
    by_serial: dict[str, dict[str, Found]] = defaultdict(dict)
    years: dict[str, set[int]] = defaultdict(set)
    for one in kept:
        if one.number is not None:
            by_serial[_bare(one.number.serial)].setdefault(str(one.number), one)
            if one.date:
                years[str(one.number)].add(one.date.year)
    named = frozenset(f.issuer for f in kept if f.issuer)
    facts = [_citation(document, one, by_serial, years, _Names(header, own, named)) for one in kept]
    return tuple(f for f in facts if f is not None)


def _mend_types(found: list[Found]) -> None:
    """Read a type that no table knows as the word before the number tells it: "Thông tư số 5/2020/PT-BGDĐT" is TT."""
    for one in found:
        number = one.number
        if number is None or number.type or len(number.parts) < 2 or is_known_part(number.parts[0]):
            continue
        slip = number.parts[0]
        code = next((c for c, name in symbols().types.items() if name == one.word and len(c) == len(slip)), None)
        if code is not None and one_slip(slip, code):
            one.number = replace(number, type=code, parts=number.parts[1:])
            one.repaired, one.confidence = True, one.confidence * 0.8


def _mend_parts(found: list[Found], own: DocumentNumber | None) -> None:
    """Read a unit that no table knows as the directive spells it elsewhere: "SGDĐT-CNTTINN" beside "SGDĐT-CNTTNN".

    Spelled is what stands in the own number or in several citations; a part that is one letter off it is a slip.
    """
    counts = Counter(p for f in found if f.number is not None for p in f.number.parts if not is_known_part(p))
    counts.update({p: 2 for p in own.parts if not is_known_part(p)} if own is not None else {})
    spelled = [p for p, count in counts.items() if count > 1 and len(p) >= _LONG_PART]
    spelled += [p for p in own.parts[1:] if len(p) >= _LONG_PART and p not in spelled] if own is not None else []
    if not spelled:
        return
    for one in found:
        if one.number is None:
            continue
        parts = tuple(_as_spelled(p, spelled) if counts[p] == 1 else p for p in one.number.parts)
        if parts != one.number.parts:
            one.number = replace(one.number, parts=parts)
            one.repaired, one.confidence = True, one.confidence * 0.8


def _as_spelled(part: str, spelled: list[str]) -> str:
    near = [p for p in spelled if one_slip(part, p)]
    return near[0] if len(near) == 1 and near[0].replace("&", "") != part.replace("&", "") else part


def is_own(one: Found, own: DocumentNumber | None, header: Header) -> bool:
    """Tell whether a citation is the directive's own number ("Ban hành kèm theo văn bản số …")."""
    if own is None:
        return one.item.zone is Zone.LETTERHEAD and heads_own_number(one.item.text[: one.start])
    same_date = one.date is None or header.date is None or one.date.isoformat() == header.date
    if one.number is None:
        return False
    if str(one.number) == str(own):
        return same_date or one.relation.value == "attached"
    named = one.date is not None and same_date and one.number.year == own.year
    if named and _bare(one.number.serial) == _bare(own.serial) and _begins(fold(own.symbol), fold(one.number.symbol)):
        return True  # its own date, and a unit that drew it up left out
    alike = fold(one.number.symbol) == fold(own.symbol) and _bare(one.number.serial) == _bare(own.serial)
    return alike and same_date and one.number.year == own.year


def _begins(symbol: str, short: str) -> bool:
    """Tell whether a symbol is another with units left out at its end: "sgddt-gdtrh" of "sgddt-gdtrh&gdtx"."""
    return symbol.startswith(short) and not symbol[len(short) : len(short) + 1].isalnum()


def _citation(
    document: Document,
    one: Found,
    by_serial: dict[str, dict[str, Found]],
    years: dict[str, set[int]],
    names: _Names,
) -> Citation | None:
    start, end = one.item.joined.span(one.start, one.end)
    number, alternatives = one.number, one.alternatives
    rule, confidence = f"citation.{one.rule}", one.confidence
    doc_type = one.doc_type
    if number is None:
        fits = _candidates(one, by_serial)
        if len(fits) == 1:
            number, confidence = fits[0].number, 0.85
            doc_type = fits[0].doc_type
        elif one.rule == _NEEDS_CANDIDATE:
            return None
        else:
            alternatives = tuple(str(f.number) for f in fits)
    issuer = names.issuer(one, number)
    known = years.get(str(number), set())
    year = one.date.year if one.date else next(iter(known)) if len(known) == 1 else None
    serial, _, stated = one.serial.partition("/")
    open_key = f"|?|{_bare(serial)}|{stated or year or '?'}"
    key = document_key(number, year=year, issuer=_office(issuer)) if number else open_key
    return Citation(
        evidence=evidence(document, start, end, rule, round(confidence, 3)),
        number=str(number) if number else one.serial,
        key=key,
        doc_type=doc_type,
        date=one.date.isoformat() if one.date else None,
        issuer=issuer,
        relation=one.relation,
        place=one.item.place,
        subject=squeeze(one.subject) if one.subject else None,
        provision=squeeze(one.provision) if one.provision else None,
        alternatives=alternatives,
    )


def _bare(serial: str) -> str:
    return serial.lstrip("0") or "0"


def _candidates(one: Found, by_serial: dict[str, dict[str, Found]]) -> list[Found]:
    """Return the cited documents that a short form can mean: same serial, same type or a type that fits all."""
    serial, _, year = one.serial.partition("/")
    fits = list(by_serial.get(_bare(serial), {}).values())
    if year:
        fits = [f for f in fits if f.number is not None and f.number.year == int(year)]
    if one.word and one.word != "Công văn":
        same = [f for f in fits if one.word in (f.doc_type, f.word)]
        letters = [f for f in fits if f.doc_type == "Công văn" or f.word in _LETTERS]
        fits = same or (letters if one.word in _LETTERS else [])
    elif one.word == "Công văn":
        fits = [f for f in fits if f.doc_type == "Công văn" or f.word == "Công văn"] or fits
    if one.date:
        fits = [f for f in fits if f.date in (None, one.date)]
    return fits


@dataclass(frozen=True)
class _Names:
    """What tells the place of a local office that is named without it: the directive's own office, others it names."""

    header: Header
    own: DocumentNumber | None
    named: frozenset[str]

    def issuer(self, one: Found, number: DocumentNumber | None) -> str | None:
        """Return the issuer of a citation in full: as named behind it, else as its symbol tells."""
        told = number.issuer if number else None
        if one.issuer is None and number is not None and number.is_local:
            told = _told_before(one) or _told_behind(one, number) or told
        joint = told is not None and one.issuer is not None and told.startswith(f"{one.issuer}, ")
        issuer = told if joint else one.issuer or (told if number and number.is_local else None)
        if issuer is None and number is not None and self.own is not None and not number.agencies:
            issuer = self.header.issuer if number.parts[:1] == self.own.parts[:1] else None  # of the same school
        return self._placed(issuer) or told

    def _placed(self, issuer: str | None) -> str | None:
        """Return a local office with the place that the directive's own office gives ("Sở GDĐT", "UBND tỉnh")."""
        own = self.header.issuer
        if issuer is None or own is None:
            return issuer
        for title in _HEADS:
            if issuer.startswith(title):
                return title + str(self._placed(issuer.removeprefix(title)))
        if own.startswith(f"{issuer} "):
            return own
        full = _in_district(issuer, own) or _in_province(issuer, own)
        if full is not None:
            return full
        longer = {name for name in self.named if name.startswith(f"{issuer} ")}
        return longer.pop() if len(longer) == 1 else issuer


def _told_before(one: Found) -> str | None:
    """Return the agency before a document: "chỉ đạo của UBND huyện Sơn Đông tại Công văn số …"."""
    before = one.item.text[max(0, one.start - _REACH) : one.start]
    at = before.rfind(" của ")
    named = agency_at(before, folded(before), at + 5) if at >= 0 else None
    return named.name if named is not None and named.local and before[named.end :].strip() == "tại" else None


def _told_behind(one: Found, number: DocumentNumber) -> str | None:
    """Return the agency at the end of a subject, where the symbol leaves open whether a Sở or a Phòng signed."""
    subject = one.subject or ""
    at = subject.rfind(" của ")
    if number.parts[:1] != ("GDĐT",) or at < 0:
        return None
    named = agency_at(subject, folded(subject), at + 5)
    whole = named is not None and not subject[named.end :].strip(" .,;")
    return named.name if named is not None and whole and "Giáo dục và Đào tạo" in named.name else None


def _in_district(issuer: str, own: str) -> str | None:
    """Return a committee of the district of a Phòng in full: "UBND huyện" → "Ủy ban nhân dân huyện Sơn Đông"."""
    place = _DISTRICT.match(own)
    if place is None:
        return None
    if issuer == "Huyện ủy" and place["kind"] == "huyện":
        return f"{issuer} {place['name']}"
    committee = issuer.removesuffix(f" {place['kind']}")
    return f"{issuer} {place['name']}" if committee != issuer and committee in _COMMITTEES else None


def _in_province(issuer: str, own: str) -> str | None:
    """Return an office of the province of a Sở or of its committee in full: "Tỉnh ủy" → "Tỉnh ủy Gia Lai"."""
    place = _PROVINCE.match(own)
    if place is None:
        return None
    province, kind = place["name"], "thành phố" if is_city(place["name"]) else "tỉnh"
    if issuer == "Tỉnh ủy" and kind == "thành phố":
        issuer = "Thành ủy"
    if issuer in _COMMITTEES and own.startswith("Sở "):
        return f"{issuer} {kind} {province}"
    words = province.split()
    for count in range(len(words) - 1, 0, -1):  # "Tỉnh ủy Yên bái"
        issuer = issuer.removesuffix(f" {' '.join(words[:count])}")
    if issuer.startswith(_OF_PROVINCE) or issuer in [f"{c} {kind}" for c in _COMMITTEES]:
        return issuer if issuer.endswith(province) else f"{issuer} {province}"
    return None


def _office(issuer: str | None) -> str | None:
    """Return the office without the title of its head, so that both spellings give one key."""
    if issuer is None:
        return None
    for title in _HEADS:
        issuer = issuer.removeprefix(title)
    return issuer
