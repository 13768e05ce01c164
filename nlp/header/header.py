"""The header: letterhead and sign-off of a directive as fields, after the layout of Nghị định 30/2020/NĐ-CP.

The letterhead comes in three shapes: left column then right column (pages), two columns run together in one line
(text of a page), or line by line. Without one, the metadata of a law portal is the second evidence; what neither
tells stays null.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.document import Document
from corpus.facts import Header, IssuerLevel
from corpus.numbers import find_numbers, parse_number
from corpus.text import LOWER, UPPER, squeeze
from nlp.header.dateline import dateline_start, digits_beside, place_end, read_dateline, read_day_apart
from nlp.header.draft import Draft, span_of
from nlp.header.effect import read_effect
from nlp.header.formulae import mended_addressees, with_own_unit
from nlp.header.issuer import issuer_from_body, issuer_from_symbol, issuer_place, read_issuer
from nlp.header.ownwords import read_number_over_annex, read_own_type
from nlp.header.portalfields import read_portal, read_portal_effect
from nlp.header.posts import read_portal_title, read_post
from nlp.header.schoolname import school_over_page
from nlp.header.schoolyear import read_school_year
from nlp.header.signoff import addressees_of, read_signoff
from nlp.header.subject import tidy_subject
from nlp.naming.plain import plain_number
from nlp.page.columns import is_known_title
from nlp.page.lines import Joined, Line, join, piece
from nlp.page.litter import is_litter
from nlp.page.marks import (
    DATE_LINE,
    MOTTO,
    NATION,
    OWN_NUMBER,
    SHORT_DATE_LINE,
    is_schedule_title,
    is_upper,
    title_type,
)
from nlp.page.scraps import is_scrap
from nlp.page.unread import Unread, is_doubted, is_marked, unread_number
from nlp.page.zones import Zone, Zoned
from nlp.words.casing import sentence_case, with_names
from nlp.words.folding import folded, pattern

_ABOUT = pattern(
    r"(?<!\w)v\s?/\s?v\s{0,2}[:.]?\s{0,2}|^(?:ve viec|trich yeu)\s{0,2}:?\s"
    r"|^cong van\s(?:so\s?:?\s?)?\d{1,5}\s?/\s?\S+(?:\sngay\s\S+)?,?\sve viec\s:?"
)
#: A number before a day: that of a document which the V/v names ("số 100/2019/NĐ-CP, ngày 30/12/2019").
_NUMBER_END = re.compile(r"\d/\S{2,20},?\s?$")
#: So many lines a V/v has at most, those of a converter that breaks a justified column word by word included.
_ABOUT_LINES = 15
#: The words alone that stand for a lost letterhead: so many lines and letters at most, no sentence and no list.
_TITLE_LINES, _TITLE_WIDE = 3, 300
_NO_TITLE = re.compile(r"[.:;,]$|^\W|^[\dIVX]{1,4}[.)/]|\bSố:|\d/[A-ZĐ]")
#: So many known titles of columns and more head a table.
_HEADS, _HEAD_WORDS = 2, 4
#: A V/v of more words than these ends where a tab stands.
_ABOUT_WORDS = 3
_BLURRED_ABOUT = pattern(r"(?:[vwy][\w/]{0,3}|[wn]/v|v\W{1,2}\s?v\W?|du)\s?[:.]?\s{1,2}(?=[a-z\d“\"(])")
#: A line of the body whose number is another document's: "Thực hiện Kế hoạch số 63/KH-BTC, ngày …".
_CITES = pattern(r"(?:can cu|thuc hien|trien khai|theo|tiep theo)(?: theo| thuc hien)? [a-z ]{3,40}?so\s?:?\s?\d")
#: "SỞ" at the head of an office's line, however it was read: "sở GIÁO DỤC", "$0 GIÁO DỤC", "5Ở Y TẾ".
_BLURRED_OFFICE = re.compile(rf"^[sS$58][oOởơỞƠ0](?=\s[{UPPER}]+\s[{UPPER}])")
#: A name in capitals and what stands behind it in small letters.
_LITTERED = re.compile(
    rf"(?P<name>[{UPPER}][{UPPER}\d&.,-]+(?:\s[{UPPER}&][{UPPER}\d&.,-]*)+)\s(?P<rest>(?=.*[{LOWER}])\S.*)"
)
#: The digits of an own number that was put there when it was registered, in a line of their own:
#: "Số:     /QĐ-SGDĐT ⏎ 550"; a day may stand behind it.
_NUMBER_ALONE = re.compile(r"\d{1,5}(?:\s+\d{1,2})?")
#: A draft's number that is not given yet: "Số: …/KH-SGDĐT".
_GAP = re.compile(r"\s{0,3}\d{1,5}(?P<gap>\s{2,12})(?=/)")
#: "HĐ" behind a number: of a contract (hợp đồng), and of a council (hội đồng).
_COUNCIL = "HĐ"
_OPEN_NUMBER = re.compile(r"[Ss]ố\s{0,3}:[\s._…]*/\s?(?P<symbol>[A-ZĐ][\w&-]+)")
#: The end of a V/v in a line of its own: "Về cho học sinh nghỉ học ⏎ Ngày 07/11/2017".
_DAY_OF_ABOUT = re.compile(r"(?:Ngày \d{1,2}/\d{1,2}|Năm học 20\d\d).{0,14}$")
#: The same over "Kính gửi": "V/v Hướng dẫn thực hiện nhiệm vụ ⏎ ⏎ Giáo dục trung học năm học 2014-2015".
_YEAR_OF_ABOUT = pattern(
    r"^[a-z][^:/]{3,90} (?:nam hoc|nam|giai doan) (?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?\W{0,2}$"
)


def read_header(document: Document, zoned: Zoned) -> Header:
    """Return the header fields of ``document``; what the text does not give is None or empty."""
    draft = Draft(document)
    _letterhead(draft, zoned)
    read_number_over_annex(draft, zoned, _symbol_left_open(zoned))
    _title(draft, zoned)
    _about(draft, zoned)
    _bare_about(draft, zoned)
    read_own_type(draft, zoned)
    addressees = addressees_of(zoned)
    if addressees:
        names = mended_addressees(tuple(a for a, _ in addressees))
        draft.put("addressees", names, _hull([s for _, s in addressees]), "addressees")
    sign = read_signoff(zoned)
    units = draft.number.parts if draft.number is not None else ()
    for name, (value, span) in sign.items():
        draft.put(name, with_own_unit(_strings(value), units) if name == "recipients" else value, span, "signoff")
    read_post(draft, zoned)
    read_portal_title(draft, zoned)
    read_portal(draft, zoned)
    _doc_type(draft, zoned)
    _initials(draft)
    issuer_from_symbol(draft)
    school_over_page(draft, zoned)
    issuer_from_body(draft, zoned.of(Zone.SUBJECT, Zone.BODY))
    issuer_place(draft)
    read_school_year(draft, zoned)
    read_effect(draft, zoned)
    read_portal_effect(draft, zoned)
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
        effective=draft.text("effective"),
        evidence=draft.places,
    )


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(v) for v in value) if isinstance(value, tuple) else ()


def _hull(spans: list[tuple[int, int]]) -> tuple[int, int]:
    return min(s[0] for s in spans), max(s[1] for s in spans)


def _letterhead(draft: Draft, zoned: Zoned) -> None:
    """Read number, place, date and issuer from the lines above the subject or the addressees."""
    offices: list[tuple[Line, str]] = []
    scheduled = False
    for line in zoned.of(Zone.LETTERHEAD):
        scheduled = scheduled or is_schedule_title(line)
        text = _BLURRED_OFFICE.sub("SỞ", line.text)  # as many letters as before
        fold = folded(text)
        if len(text) > 300:
            continue
        _own_number(draft, line)
        read_dateline(draft, line)
        left = _without_litter(_left_column(text, fold))
        if left and is_upper(left) and not scheduled:
            offices.append((line, left))
    if draft.number is None:
        _number_apart(draft, zoned.of(Zone.LETTERHEAD))
    if draft.number is None:
        draft.unread = draft.unread or unread_number(zoned.of(Zone.LETTERHEAD))
    if "date" not in draft.values:
        read_day_apart(draft, zoned.of(Zone.LETTERHEAD))
    read_issuer(draft, offices)


def _without_litter(left: str) -> str:
    """Return the name of an office without what an OCR made of a seal or a ruling beside it: "TRƯỜNG … Sa aa alse"."""
    found = _LITTERED.fullmatch(left)
    return found["name"] if found is not None and is_scrap(found["rest"]) else left


def _number_apart(draft: Draft, lines: list[Line]) -> None:
    """Read an own number whose digits stand alone in the line under or over its symbol."""
    for k, line in enumerate(lines):
        left_open = _OPEN_NUMBER.search(line.text)
        digits = digits_beside(lines, (k + 1, k - 1), _NUMBER_ALONE) if left_open else []
        if left_open is None or not digits:
            continue
        match = next(iter(find_numbers(f"{digits[0]}/{left_open['symbol']}")), None)
        if match is not None:
            draft.own, draft.number = None, match.number
            draft.put("number", str(match.number), span_of(line, left_open.start(), left_open.end()), "number", 0.8)
        return


def _own_number(draft: Draft, line: Line) -> None:
    if _CITES.match(line.fold):
        return
    for own in OWN_NUMBER.finditer(line.fold):
        if own.start() > 60 or "v/v" in line.fold[: own.start()]:
            return
        behind = line.text[own.end() :]  # from behind the "Số:", whose marks may look like a time's
        gap = _GAP.match(behind)  # "Số: 20   /KH-PGDĐT": typed into a form
        lost = gap.end() - gap.start("gap") if gap is not None else 0
        behind = f"{behind[: gap.start('gap')]}{behind[gap.end() :]}" if gap is not None else behind
        dots = len(behind) - len(behind.lstrip(" .…_"))
        found = next((m for m in find_numbers(behind) if m.start <= max(2, dots)), None) or plain_number(behind)
        if found is None or is_marked(behind[: found.start]):
            continue
        match = replace(found, start=found.start + own.end(), end=found.end + own.end() + lost)
        if is_doubted(draft.document, *span_of(line, match.start, match.start + len(found.number.serial))):
            draft.unread = draft.unread or Unread(line, match.number, match.end)
            return
        known = match.number.agencies or match.number.type
        current = draft.own
        if current is None or (current.repaired and not match.repaired):
            draft.values.pop("number", None)
            draft.own, draft.number = match, match.number
            place = span_of(line, match.start, match.end)
            draft.put("number", str(match.number), place, "number", match.confidence if known else 0.7)
        return


def _symbol_left_open(zoned: Zoned) -> str | None:
    """Return the symbol of an own number whose digits nobody has put in yet: "Số:     /KH-UBND"."""
    lines = zoned.of(Zone.LETTERHEAD)
    return next((m["symbol"] for line in lines if (m := _OPEN_NUMBER.search(line.text))), None)


def _initials(draft: Draft) -> None:
    """Spell the symbol of a school by the initials of its name: "PDL" of Trường THCS Phan Đình Lạc is "PĐL"."""
    number, words = draft.number, (draft.text("issuer") or "").split()
    if number is None or not words or words[0] != "Trường" or "number" not in draft.places:
        return
    own = {"".join(word[0] for word in words[-k:]) for k in range(2, min(5, len(words)))}
    spelled = {folded(name): name for name in own if name.isupper()}
    parts = tuple(spelled.get(folded(part), part) for part in number.parts)
    if parts != number.parts:
        draft.number = replace(number, parts=parts)
        draft.values["number"] = str(draft.number)


#: What a name within which a dash stands begins with, at a line's end: "TRUNG TÂM GIÁO DỤC NGHỀ NGHIỆP - ⏎ GIÁO DỤC …".
_GOES_ON_DASHED = pattern(
    r"(?<!\w)(?:nghe nghiep|van hoa|ke hoach|ngoai ngu|huong nghiep|giao duc thuong xuyen) [-–]\s*$"
)


def _left_column(text: str, fold: str) -> str:
    """Return what stands in the left column of a line: without quốc hiệu, tiêu ngữ and number."""
    own = (
        m for m in OWN_NUMBER.finditer(fold) if ":" in m.group() or "/" in fold[m.end() : m.end() + 12] or not m.start()
    )
    marks = (NATION.search(fold), MOTTO.search(fold), next(own, None), _OPEN_NUMBER.search(text))
    cuts = [at for at in (dateline_start(text, fold), *(m.start() for m in marks if m)) if at is not None]
    left = text[: min(cuts)] if cuts else text
    dash = " -" if _GOES_ON_DASHED.search(folded(left)) is not None else ""
    return squeeze(left.strip(" -*") + dash)


def _title(draft: Draft, zoned: Zoned) -> None:
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
    draft.put("doc_type", name, span_of(lines[0]), "title")
    rest = [piece(lines[0], end, len(lines[0].text))] if end else []
    if rest or len(lines) > 1:
        joined = join([*rest, *_without_heads(lines[1:])])
        text = joined.text
        if rest and is_upper(rest[0].text) and not is_upper(text):  # "HƯỚNG DẪN CÔNG TÁC THI ⏎ vào lớp 10"
            text = with_names(sentence_case(rest[0].text)) + text[len(rest[0].text) :]
        draft.put("subject", tidy_subject(text, _places(draft)), joined.span(0, len(joined.text)), "subject")


def _without_heads(lines: list[Line]) -> list[Line]:
    """Return lines of a trích yếu without the titles of a table that stand line by line under it: "NỘI DUNG CÔNG VIỆC ⏎
    NGƯỜI THỰC HIỆN"."""
    last = len(lines)
    while last and is_upper(lines[last - 1].text) and _is_title_of_column(lines[last - 1].text):
        last -= 1
    return lines[:last] if len(lines) - last >= _HEADS else lines


def _is_title_of_column(text: str) -> bool:
    return len(text.split()) <= _HEAD_WORDS and is_known_title(text)


def _places(draft: Draft) -> tuple[str, ...]:
    """Return the places that the letterhead names: of the date, of the office."""
    issuer = draft.text("issuer") or ""
    own = re.search(rf"(?:[{UPPER}][{LOWER}]*\s?){{1,4}}$", issuer)
    return tuple(name for name in (draft.text("place"), own.group() if own else None) if name)


def _about(draft: Draft, zoned: Zoned) -> None:
    """Read the trích yếu of a công văn: the V/v lines under the number."""
    lines = zoned.of(Zone.LETTERHEAD)
    if "subject" not in draft.values and not any(_ABOUT.search(line.fold) for line in lines):
        # a converter that reads column by column may bring the V/v behind nơi nhận
        tail = zoned.of(Zone.SIGNOFF)
        lines += tail[next((k for k, line in enumerate(tail) if _ABOUT.match(line.fold)), len(tail)) :]
    for k, line in enumerate(lines):
        start = _ABOUT.search(line.fold) or (_blurred_about(draft, lines[:k], line) if k else None)
        if start is None:
            continue
        group = [_left_part(line)]
        for after in lines[k + 1 : k + _ABOUT_LINES]:
            left = _left_part(after)
            goes_on = left.text[:1].islower() or left.text[:1] in '“"(' or _DAY_OF_ABOUT.match(left.text) is not None
            goes_on = goes_on or (after is lines[-1] and _YEAR_OF_ABOUT.search(left.fold) is not None)
            apart = after.gap and not goes_on
            cited = left.text.startswith("số ")  # "Nghị định ⏎ số …"
            number = OWN_NUMBER.match(after.fold) is not None and not cited
            if apart or not left.text or number or is_upper(left.text) or is_litter(left.text):
                break
            group.append(left)
        joined: Joined = join(group)
        draft.put(
            "subject", tidy_subject(joined.text[start.end() :]), joined.span(start.end(), len(joined.text)), "about"
        )
        return


def _bare_about(draft: Draft, zoned: Zoned) -> None:
    """Read the trích yếu of a công văn that lost its letterhead: the words alone above its "Kính gửi", as on a page of
    an office's site."""
    to = next((k for k, z in enumerate(zoned.zones) if z is Zone.ADDRESSEES), 0)
    lines = [line for line, z in zip(zoned.lines[:to], zoned.zones, strict=False) if z is not Zone.MARGIN]
    known = {"number", "date", "doc_type", "subject"} & draft.values.keys()
    if known or not 0 < len(lines) <= _TITLE_LINES or draft.unread is not None:
        return
    joined = join(lines)
    plain = joined.text[:1].isupper() and not is_upper(joined.text) and not _NO_TITLE.search(joined.text)
    if plain and len(joined.text) <= _TITLE_WIDE and all(z is not Zone.PORTAL for z in zoned.zones[:to]):
        said = re.sub(r"^(?:Về việc|Về|V/v)\s", "", joined.text)
        start = len(joined.text) - len(said)
        draft.put("subject", tidy_subject(said), joined.span(start, len(joined.text)), "title", 0.7)


def _blurred_about(draft: Draft, above: list[Line], line: Line) -> re.Match[str] | None:
    """Return what a reader of pictures made of the "V/v" of a công văn: the small word under the own number.

    "Vụ rà soát đội ngũ", "VW ôn tập": right under the number nothing else stands in small letters, but for place and
    date ("Vĩnh Long, ngày 06 …").
    """
    place, symbol = draft.places.get("number"), draft.number
    start, end = (place.start, place.end) if place is not None else (0, 0)
    if draft.unread is not None:
        symbol, (start, end) = draft.unread.symbol, span_of(draft.unread.line, 0, draft.unread.end)
    if symbol is None or symbol.type is not None or not end:
        return None
    below = [a for a in above if a.start > end and not is_upper(_left_part(a).text) and _left_part(a).text]
    if below or line.end <= end or not any(a.start <= start < a.end for a in above[-2:]):
        return None
    return _BLURRED_ABOUT.match(folded(_left_part(line).text))


def _left_part(line: Line) -> Line:
    """Return a line of the V/v without the right column: quốc hiệu, tiêu ngữ, place and date."""
    found = (s.search(line.fold) for s in (NATION, MOTTO, DATE_LINE, SHORT_DATE_LINE))
    cut = [m.start() for m in found if m and not _NUMBER_END.search(line.text, 0, m.start())]
    tab = line.text.find("\t")
    if tab > 0 and len(line.text[:tab].split()) > _ABOUT_WORDS:
        cut.append(tab)  # another column, or the same words once more
    if not cut:
        return line
    text = line.text[: min(cut)]
    place = place_end(text)
    text = (text[: place.start()] if place else text).rstrip()
    return replace(line, text=text, parts=tuple(p for p in line.parts if p[0] <= len(text)))


def _doc_type(draft: Draft, zoned: Zoned) -> None:
    """A number whose symbol has no type is that of a công văn; a type in the symbol names itself."""
    lines = zoned.of(Zone.LETTERHEAD)
    about = any(_ABOUT.search(line.fold) for line in lines)
    if draft.number is not None and draft.number.type == _COUNCIL and not draft.number.agencies and about:
        draft.values.setdefault("doc_type", "Công văn")  # "Số: 32/HĐ, V/v …" is of a council, no contract
    if draft.number is not None and "doc_type" not in draft.values:
        place = draft.places.get("number")
        if place is not None:
            draft.put("doc_type", draft.number.type_name, (place.start, place.end), "symbol", 0.9)
    elif draft.unread is not None and "doc_type" not in draft.values:
        told = draft.unread.symbol.type_name
        draft.put("doc_type", told, span_of(draft.unread.line, 0, draft.unread.end), "symbol", 0.8)
    elif "doc_type" not in draft.values:
        symbol = _symbol_left_open(zoned)
        number = parse_number(f"1/{symbol}") if symbol else None
        if (symbol or "").startswith("CV-") or about:
            draft.values["doc_type"] = "Công văn"
        elif number is not None:
            draft.values["doc_type"] = number.type_name
        elif zoned.of(Zone.ADDRESSEES) and zoned.title is None and not any(is_upper(line.text) for line in lines):
            # of what is sent, only a công văn has no tên loại (Nghị định 30/2020/NĐ-CP, Điều 8, 2)
            draft.values["doc_type"] = "Công văn"
