"""The header: letterhead and sign-off of a directive as fields, after the layout of Nghị định 30/2020/NĐ-CP.

The letterhead comes in three shapes: left column then right column (pages), two columns run together in one line
(text of a page), or line by line. Without one, the metadata of a law portal is the second evidence; what neither
tells stays null.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import accumulate

from corpus.document import Document
from corpus.facts import Evidence, Header, IssuerLevel, evidence
from corpus.numbers import DocumentNumber, NumberMatch, find_numbers
from corpus.text import squeeze
from nlp.agencies import agency_at
from nlp.casing import office_case, sentence_case, title_case
from nlp.dates import TimeKind, find_dates, parse_school_year
from nlp.folding import LOWER, UPPER, folded, pattern
from nlp.lines import Joined, Line, join
from nlp.marks import DATE_LINE, MOTTO, NATION, OWN_NUMBER, SHORT_DATE_LINE, is_upper, title_type
from nlp.signoff import addressees_of, read_signoff
from nlp.vocabulary import Entry, entries
from nlp.zones import Zone, Zoned

_ABOUT = pattern(r"(?<!\w)v\s?/\s?v\s{0,2}[:.]?\s{0,2}|^(?:ve viec|trich yeu)\s{0,2}:?\s")
_BLURRED_ABOUT = pattern(r"(?:[vwy][\w/]{0,3}|[wn]/v)\s?[:.]?\s{1,2}(?=[a-z“\"(])")
_PORTAL_FIELD = pattern(
    r"^\W{0,4}(?P<key>so hieu|so ky hieu|loai van ban|ngay ban hanh|noi ban hanh|"
    r"co quan ban hanh|nguoi ky|trich yeu)\s{0,2}:\s{0,2}"
)
_CAPITALS = rf"[{UPPER}][{UPPER}\s.-]{{1,30}}"
_PARENT_PLACE = re.compile(
    r"(?:UBND|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|SỞ [A-ZÀ-ỸĐ&\s]{3,30}?)\s(?P<kind>TỈNH|"
    rf"THÀNH PHỐ|TP\.?|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|ĐẶC KHU)?\s?(?P<name>{_CAPITALS})$"
)
_OWN_PLACE = re.compile(
    rf"(?:(?P<kind>TỈNH|THÀNH PHỐ|TP\.?|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|ĐẶC KHU)\s)?(?P<name>{_CAPITALS})$"
)
_PLACE_DATE = re.compile(
    rf"(?<![\w-])(?P<place>(?:TP\.?\s?)?[{UPPER}][{LOWER}]{{0,7}}(?:[\s-]{{1,3}}[{UPPER}][{LOWER}]{{0,7}}){{0,4}}"
    r")\s?,\s{0,2}(?=[Nn]g\w{1,2}\s?[\d\s./…])"
)
_OTHER_OFFICE = pattern(
    r"(?:ubnd|u[yi] ban|bo|so|chinh phu|thu tuong|hoi dong|van phong|cuc|vu|ban|thanh tra|tinh u[yi]|huyen u[yi])"
    r"(?!\w|\s{0,2}[:;./\d])"
)
_COMMITTEE = pattern(r"(?:ubnd|u[yi] ban nhan dan)(?!\w)")
_PLACE_LINE = pattern(
    r"(?P<kind>tinh|thanh pho|tp\.?|huyen|quan|thi xa|xa|phuong|dac khu)\s(?P<name>[a-z][a-z .-]{1,30})$"
)
_PLACE_KINDS = {
    "tinh": "tỉnh", "thanh pho": "thành phố", "tp": "thành phố", "tp.": "thành phố", "huyen": "huyện", "quan": "quận",
    "thi xa": "thị xã", "xa": "xã", "phuong": "phường", "dac khu": "đặc khu",
}  # fmt: skip
_PLACE_END = re.compile(
    rf"(?:TP\.?\s?)?[{UPPER}][{LOWER}]{{0,7}}(?:[\s-]{{1,3}}[{UPPER}][{LOWER}]{{0,7}}){{0,4}}\s?,\s*$"
)
_ABOUT_HEAD = re.compile(rf"^(?:[Vv]ề việc|V/v|Về(?=\s[{LOWER}]))\s*:?\s+")
_YEARS = re.compile(r"(?<=\d{4})\s{1,2}[-–]\s{0,2}(?=\d{4})|(?<=\d{4})[-–]\s{1,2}(?=\d{4})|(?<=\d{4})–(?=\d{4})")


@dataclass
class _Draft:
    """Fields found so far with the place of each."""

    document: Document
    values: dict[str, object] = field(default_factory=dict)
    places: dict[str, Evidence] = field(default_factory=dict)
    number: DocumentNumber | None = None
    own: NumberMatch | None = None

    def put(self, name: str, value: object, span: tuple[int, int], rule: str, confidence: float = 1.0) -> None:
        """Set a field unless it is set already."""
        if value and name not in self.values:
            self.values[name] = value
            self.places[name] = evidence(self.document, *span, f"header.{rule}", confidence)

    def text(self, name: str) -> str | None:
        """Return a field that is text."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None


def read_header(document: Document, zoned: Zoned) -> Header:
    """Return the header fields of ``document``; what the text does not give is None or empty."""
    draft = _Draft(document)
    _letterhead(draft, zoned)
    _title(draft, zoned)
    _about(draft, zoned)
    addressees = addressees_of(zoned)
    if addressees:
        draft.put("addressees", tuple(a for a, _ in addressees), _hull([s for _, s in addressees]), "addressees")
    sign = read_signoff(zoned)
    for name, (value, span) in sign.items():
        draft.put(name, value, span, "signoff")
    _portal(draft, zoned)
    _doc_type(draft, zoned)
    _issuer_from_symbol(draft)
    _issuer_place(draft)
    _school_year(draft, zoned)
    values = draft.values
    level = values.get("issuer_level")
    return Header(
        number=draft.text("number"),
        date=draft.text("date"),
        place=draft.text("place"),
        issuer=draft.text("issuer"),
        issuer_level=level if isinstance(level, IssuerLevel) else None,
        doc_type=draft.text("doc_type"),
        subject=draft.text("subject"),
        addressees=_strings(values.get("addressees")),
        school_year=draft.text("school_year"),
        signer=draft.text("signer"),
        signer_title=draft.text("signer_title"),
        recipients=_strings(values.get("recipients")),
        evidence=draft.places,
    )


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(v) for v in value) if isinstance(value, tuple) else ()


def _hull(spans: list[tuple[int, int]]) -> tuple[int, int]:
    return min(s[0] for s in spans), max(s[1] for s in spans)


def _span(line: Line, start: int = 0, end: int | None = None) -> tuple[int, int]:
    return join([line]).span(start, len(line.text) if end is None else end)


def _letterhead(draft: _Draft, zoned: Zoned) -> None:
    """Read number, place, date and issuer from the lines above the subject or the addressees."""
    offices: list[tuple[Line, str]] = []
    for line in zoned.of(Zone.LETTERHEAD):
        text, fold = line.text, line.fold
        if len(text) > 300:
            continue
        _own_number(draft, line)
        dated = DATE_LINE.search(fold) or SHORT_DATE_LINE.search(fold)
        if dated and "date" not in draft.values:
            times = [t for t in find_dates(text[dated.start() :]) if t.kind is TimeKind.DAY and t.due and t.stated_year]
            if times and times[0].due:
                draft.put("date", times[0].due.isoformat(), _span(line, dated.start(), dated.end()), "date")
            place = _PLACE_DATE.search(text, 0, dated.end())
            if place:
                draft.put("place", squeeze(place["place"]), _span(line, place.start(), place.end("place")), "place")
        left = _left_column(text, fold)
        if left and is_upper(left):
            offices.append((line, left))
    _issuer(draft, offices)


def _own_number(draft: _Draft, line: Line) -> None:
    for own in OWN_NUMBER.finditer(line.fold):
        if own.start() > 60 or "v/v" in line.fold[: own.start()]:
            return
        for match in find_numbers(line.text):
            if match.start - own.end() <= 2 and match.start >= own.start():
                known = match.number.agencies or match.number.type
                current = draft.own
                if current is None or (current.repaired and not match.repaired):
                    draft.values.pop("number", None)
                    draft.own, draft.number = match, match.number
                    draft.put(
                        "number",
                        str(match.number),
                        _span(line, match.start, match.end),
                        "number",
                        match.confidence if known else 0.7,
                    )
                return


def _left_column(text: str, fold: str) -> str:
    """Return what stands in the left column of a line: without quốc hiệu, tiêu ngữ and number."""
    own = (
        m for m in OWN_NUMBER.finditer(fold) if ":" in m.group() or "/" in fold[m.end() : m.end() + 12] or not m.start()
    )
    cuts = [m.start() for m in (NATION.search(fold), MOTTO.search(fold), next(own, None)) if m]
    return text[: min(cuts)].strip(" -*") if cuts else text.strip(" -*")


def _issuer(draft: _Draft, offices: list[tuple[Line, str]]) -> None:
    """Read the issuing agency: the last office of the left column, with the place of the parent above it."""
    if not offices:
        return
    text = " ".join(t for _, t in offices)
    fold = folded(text)
    best = max(
        ((m.start(), e, m) for e in entries("offices", "office") for m in e.find.finditer(fold)),
        key=lambda found: found[0],
        default=None,
    )
    ends = list(accumulate(len(t) + 1 for _, t in offices))
    other = next((k for k in range(len(offices) - 1, -1, -1) if _OTHER_OFFICE.match(folded(offices[k][1]))), None)
    at = bisect_right(ends, best[0]) if best is not None else -1
    if best is not None and (other is None or other <= at):
        start, entry, match = best
        rest = text[match.end() : ends[at]].strip(" -,")
        parent = text[:start].strip(" -,")
        draft.put("issuer", _named(entry, text[start:].strip(" -,"), rest, parent), _span(offices[at][0]), "issuer")
        if "level" in entry.row:
            draft.values["issuer_level"] = IssuerLevel(entry.row["level"])
    elif other is not None:
        _other_office(draft, offices, other)


def _other_office(draft: _Draft, offices: list[tuple[Line, str]], at: int) -> None:
    """Read an issuer that is no education office: a people's committee, another Sở, a Cục of the Bộ, a board."""
    line, own = offices[at]
    below = offices[at + 1][1] if at + 1 < len(offices) else ""
    if _COMMITTEE.match(folded(own)):
        found = next(((t, m) for t in (below, own) if (m := _PLACE_LINE.search(folded(t)))), None)
        name = "Ủy ban nhân dân"
        if found is not None:
            words, place = found
            name += f" {_PLACE_KINDS[place['kind']]} {title_case(words[place.start('name') :].strip())}"
    else:
        name = office_case(own)
        if folded(own).startswith("so "):
            parent = _PARENT_PLACE.search(" ".join(t for _, t in offices[:at]))
            name = f"{name} {title_case(parent['name'].strip())}" if parent else name
    agency = agency_at(name, folded(name), 0)
    name = agency.name if agency and agency.end == len(name) else name
    draft.put("issuer", name, _span(line), "issuer", 0.8)
    above = " ".join(folded(t) for _, t in offices[:at])
    of_ministry = re.match(r"(?:cuc|vu|thanh tra|van phong)\s", folded(own))
    if of_ministry and entries("offices", "office")[0].find.search(above):
        draft.values["issuer_level"] = IssuerLevel.BO


def _named(entry: Entry, kept: str, rest: str, parent: str) -> str:
    """Return the name of an office with its place, of its own line or of the agency above it."""
    if entry.row.get("keep"):
        return title_case(kept)
    how = entry.row.get("place")
    if how is None:
        return entry.name
    place = _OWN_PLACE.fullmatch(rest) if rest else None
    place = place or _PARENT_PLACE.search(parent)
    if place is None:
        return entry.name
    name = title_case(place["name"].strip())
    kind = (place["kind"] or "").lower().replace("tp.", "thành phố").replace("tp", "thành phố")
    return f"{entry.name} {name}" if how == "bare" or not kind else f"{entry.name} {kind} {name}"


def _title(draft: _Draft, zoned: Zoned) -> None:
    """Read tên loại and trích yếu that stand in the middle of the page."""
    if zoned.title is None:
        return
    lines = [line for line, z in zip(zoned.lines, zoned.zones, strict=True) if z is Zone.SUBJECT]
    if not lines:
        return
    found = title_type(lines[0])
    if found is None:
        return
    name, end = found
    draft.put("doc_type", name, _span(lines[0]), "title")
    rest = [replace(lines[0], text=lines[0].text[end:], parts=_moved(lines[0], end))] if end else []
    if rest or len(lines) > 1:
        joined = join([*rest, *lines[1:]])
        draft.put("subject", tidy_subject(joined.text), joined.span(0, len(joined.text)), "subject")


def _moved(line: Line, start: int) -> tuple[tuple[int, int], ...]:
    """Return the parts of a line from ``start`` on."""
    return tuple((max(0, a - start), b + max(0, start - a)) for a, b in line.parts)


def _about(draft: _Draft, zoned: Zoned) -> None:
    """Read the trích yếu of a công văn: the V/v lines under the number."""
    lines = zoned.of(Zone.LETTERHEAD)
    for k, line in enumerate(lines):
        start = _ABOUT.search(line.fold) or (_blurred_about(draft, lines[:k], line) if k else None)
        if start is None:
            continue
        group = [_left_part(line)]
        for after in lines[k + 1 : k + 8]:
            left = _left_part(after)
            apart = after.gap and not (left.text[:1].islower() or left.text[:1] in '“"(')
            if apart or not left.text or OWN_NUMBER.match(after.fold) or is_upper(left.text):
                break
            group.append(left)
        joined: Joined = join(group)
        draft.put(
            "subject", tidy_subject(joined.text[start.end() :]), joined.span(start.end(), len(joined.text)), "about"
        )
        return


def _blurred_about(draft: _Draft, above: list[Line], line: Line) -> re.Match[str] | None:
    """Return what a reader of pictures made of the "V/v" of a công văn: the small word under the own number.

    "Vụ rà soát đội ngũ", "VW ôn tập": right under the number nothing else stands in small letters.
    """
    number = draft.places.get("number")
    if number is None or draft.number is None or draft.number.type is not None:
        return None
    below = [a for a in above if a.start > number.end and not is_upper(_left_part(a).text) and _left_part(a).text]
    if below or line.end <= number.end or not any(a.start <= number.start < a.end for a in above[-2:]):
        return None
    return _BLURRED_ABOUT.match(line.fold)


def _left_part(line: Line) -> Line:
    """Return a line of the V/v without the right column: quốc hiệu, tiêu ngữ, place and date."""
    cut = [m.start() for m in (s.search(line.fold) for s in (NATION, MOTTO, DATE_LINE, SHORT_DATE_LINE)) if m]
    if not cut:
        return line
    text = line.text[: min(cut)]
    place = _PLACE_END.search(text)
    text = (text[: place.start()] if place else text).rstrip()
    return replace(line, text=text, parts=tuple(p for p in line.parts if p[0] <= len(text)))


def tidy_subject(text: str) -> str:
    """Return a trích yếu as a sentence: first letter large, years joined, no mark at its end."""
    text = _YEARS.sub("-", squeeze(_ABOUT_HEAD.sub("", text.strip()))).strip(" .;,:|_~*’'`")
    if is_upper(text):
        text = sentence_case(text)
    return text[:1].upper() + text[1:]


def _portal(draft: _Draft, zoned: Zoned) -> None:
    """Take what is still missing from the metadata of a law portal."""
    takers: dict[str, Callable[[str], tuple[str, object]]] = {
        "so hieu": lambda v: ("number", next((str(m.number) for m in find_numbers(v)), None)),
        "so ky hieu": lambda v: ("number", next((str(m.number) for m in find_numbers(v)), None)),
        "loai van ban": lambda v: ("doc_type", v),
        "ngay ban hanh": lambda v: ("date", next((t.due.isoformat() for t in find_dates(v) if t.due), None)),
        "noi ban hanh": lambda v: ("issuer", v),
        "co quan ban hanh": lambda v: ("issuer", v),
        "nguoi ky": lambda v: ("signer", v),
        "trich yeu": lambda v: ("subject", tidy_subject(v)),
    }
    for line in zoned.of(Zone.PORTAL):
        match = _PORTAL_FIELD.match(line.fold)
        if match is None or len(line.text) > 400:
            continue
        value = line.text[match.end() :].strip()
        if value and "đang cập nhật" not in value.lower():
            name, found = takers[match["key"]](value)
            draft.put(name, found, _span(line, match.end()), "portal", 0.8)
            if name == "number" and draft.number is None and found:
                draft.number = next((m.number for m in find_numbers(value)), None)
            if name == "issuer" and "issuer_level" not in draft.values:
                entry = next((e for e in entries("offices", "office") if e.find.search(folded(value))), None)
                if entry:
                    draft.values["issuer_level"] = IssuerLevel(entry.row["level"])


def _doc_type(draft: _Draft, zoned: Zoned) -> None:
    """A number whose symbol has no type is that of a công văn; a type in the symbol names itself."""
    if draft.number is not None and "doc_type" not in draft.values:
        place = draft.places.get("number")
        if place is not None:
            draft.put("doc_type", draft.number.type_name, (place.start, place.end), "symbol", 0.9)
    elif "doc_type" not in draft.values and any(_ABOUT.search(line.fold) for line in zoned.of(Zone.LETTERHEAD)):
        draft.values["doc_type"] = "Công văn"


def _issuer_from_symbol(draft: _Draft) -> None:
    """Where no office is named, the symbol tells its kind and the place of the date line its province."""
    number, place = draft.number, draft.places.get("number")
    if number is None or place is None or ("issuer" in draft.values and "issuer_level" in draft.values):
        return
    for part in number.parts[:1]:
        entry = next((e for e in entries("offices", "symbol") if e.find.fullmatch(folded(part))), None)
        if entry is None:
            continue
        where = draft.text("place")
        name = f"{entry.name} {where}" if entry.row.get("place") and where else entry.name
        draft.put("issuer", name, (place.start, place.end), "symbol", 0.7)
        draft.values.setdefault("issuer_level", IssuerLevel(entry.row["level"]))
        return


def _issuer_place(draft: _Draft) -> None:
    """A Sở dates its papers in its province (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.4): the place that it lacks."""
    issuer, place = draft.text("issuer"), draft.text("place")
    bare = {e.name for e in entries("offices", "office") if e.row.get("place") == "bare"}
    if issuer in bare and place:
        draft.values["issuer"] = f"{issuer} {place}"


def _school_year(draft: _Draft, zoned: Zoned) -> None:
    """Read the school year: of the subject, else the one that the text names most often."""
    subject = draft.places.get("subject")
    year = parse_school_year(draft.text("subject") or "")
    if year is not None and subject is not None:
        draft.put("school_year", str(year), (subject.start, subject.end), "school-year")
        return
    counts: dict[str, int] = {}
    first: dict[str, tuple[int, int]] = {}
    for line in zoned.of(Zone.SUBJECT, Zone.ADDRESSEES, Zone.BODY):
        found = parse_school_year(line.text)
        if found is not None:
            counts[str(found)] = counts.get(str(found), 0) + 1
            first.setdefault(str(found), (line.start, line.end))
    if counts:
        best = max(counts, key=lambda k: (counts[k], k))
        draft.put("school_year", best, first[best], "school-year", 0.8)


def issued_on(header: Header) -> date | None:
    """Return the directive's date, None where unknown."""
    return date.fromisoformat(header.date) if header.date else None
