"""What a web page says of a directive beside or in place of its letterhead: its title, the title that a law portal
gives it, the school that speaks in its first sentences."""

from __future__ import annotations

import re

from corpus.facts import IssuerLevel
from corpus.numbers import document_key, find_numbers
from corpus.text import LOWER, UPPER
from nlp.header.draft import Draft, span_of
from nlp.header.subject import tidy_subject
from nlp.naming.dates import find_dates
from nlp.page.lines import Line, join
from nlp.page.marks import is_schedule_title, is_upper
from nlp.page.stamps import stamped_title
from nlp.page.zones import Zone, Zoned
from nlp.words.folding import folded, pattern
from nlp.words.vocabulary import Entry, entries

#: "Thông báo Khẩn ngày 18/10/2020".
_DATED = pattern(
    r"(?P<type>[a-z]+(?: [a-z]+){1,2}?)(?:\s\(?(?:thuong )?(?:khan|hoa toc)\)?|\s\(?(?:lan|dot) \d\)?){0,2}"
    r"\sngay\s\d[\d/.-]{5,9}$"
)
#: Before a portal's title of a directive, and behind the number in it.
_WHOLE_TEXT = pattern(r"(?:noi dung )?(?:toan van|chi tiet|noi dung)\s")
_BEHIND_NUMBER = pattern(r"\s{0,2}(?:(?:nam )?20\d\d|ngay \d[\d/.-]{5,9})?\s{0,2}[:,–-]?\s{1,2}")
#: How the title of a schedule goes on in the next line.
_OF_YEAR = pattern(r"\W{0,2}(?:nam hoc|hoc k[yi]|tuan|thang|khoi|cap)(?!\w)")
#: So many lines from the beginning may hold a title, a school that speaks.
_TITLES, _FIRST_LINES = 5, 12
_LONGEST_TITLE = 200
_KIND = r"(?:Mầm non|Mẫu giáo|Tiểu học|TH|THCS|THPT|MN|MG|Trung học cơ sở|Trung học phổ thông|PTDTNT|PTDTBT|Phổ thông)"
#: The school that writes, where it says what it does: "Trường THPT Cẩm Giang thông báo đến …".
_SCHOOL = re.compile(
    rf"(?P<name>(?:[Tt]rường|TRƯỜNG) {_KIND}(?:(?:,| và| &|\s?[-–&])\s?{_KIND}){{0,2}}"
    rf"(?: (?:[{UPPER}][{LOWER}{UPPER}]{{0,8}}|\d{{1,2}})){{1,6}})(?: \([^()]{{2,30}}\))?(?=,? [{LOWER}])"
)
_SPEAKS = pattern(
    r",? (?:xin |tran trong |se |kinh )?(?:thong bao|ban hanh|xay dung|moi|kinh moi|to chuc|tuyen sinh|huong dan"
    r"|quy dinh|trieu tap|trien khai|de nghi|yeu cau|phat dong|lap|de ra)(?!\w)"
)
#: What of a school speaks for it, and the grounds behind whose comma it does: "Thực hiện Công văn …, trường TH …".
_OF_SCHOOL = pattern(
    r"(?:bo phan |to )?thu vien(?: cua)?|ban giam hieu(?: cua)?|(?:lanh dao|tap the) |to (?:chuyen mon|van phong)"
)
_GROUNDS = pattern(r"(?:can cu|thuc hien|theo|tiep theo|de|nham|huong ung|trien khai|duoc su|chao mung)(?!\w)")


def read_post(draft: Draft, zoned: Zoned) -> None:
    """Read what a post tells that has neither number nor letterhead: tên loại, day, trích yếu, the school."""
    if not {"number", "date", "doc_type"} & set(draft.values):
        for line in zoned.of(Zone.LETTERHEAD)[:3]:
            _dated_title(draft, line)
        if not {"doc_type", "subject"} & set(draft.values) and not zoned.of(Zone.LETTERHEAD, Zone.SUBJECT):
            _title(draft, zoned.of(Zone.BODY)[:1])
        _stamped(draft, zoned)
    _schedule(draft, zoned)
    _school(draft, zoned.of(Zone.SUBJECT, Zone.BODY)[:_FIRST_LINES])


def read_portal_title(draft: Draft, zoned: Zoned) -> None:
    """Read the trích yếu from the title that a portal gives the directive: "Công văn 1422/SGDĐT-GDTrH kiểm tra …"."""
    if draft.number is None or "subject" in draft.values:
        return
    for line in zoned.lines[:_TITLES]:
        lead = _WHOLE_TEXT.match(line.fold)
        start = lead.end() if lead is not None else 0
        entry = _type_at(line, start)
        number = next(find_numbers(line.text[start:]), None) if entry is not None else None
        if entry is None or number is None or number.start > len(entry.name) + len(" số ") + 1:
            continue
        if document_key(number.number) != document_key(draft.number) or len(line.text) > _LONGEST_TITLE:
            continue
        behind = _BEHIND_NUMBER.match(line.fold, start + number.end)
        if behind is not None and line.text[behind.end() : behind.end() + 1].islower():
            draft.put("subject", tidy_subject(line.text[behind.end() :]), span_of(line, behind.end()), "post", 0.7)
            return


def _type_at(line: Line, start: int) -> Entry | None:
    """Return the tên loại that a line names at ``start`` with a large letter."""
    if not line.text[start : start + 1].isupper():
        return None
    named = [e for e in entries("types", "type") if e.row.get("title") or e.name == "Công văn"]
    return next((e for e in named if line.fold.startswith(f"{folded(e.name)} ", start)), None)


def _dated_title(draft: Draft, line: Line) -> None:
    match = _DATED.match(line.fold)
    time = next(find_dates(line.text[match.end("type") :]), None) if match else None
    typed = [e for e in entries("types", "type") if match and e.row.get("title") and folded(e.name) == match["type"]]
    if match and typed and time and time.due and time.stated_year:
        draft.put("doc_type", typed[0].name, span_of(line, 0, match.end("type")), "post", 0.8)
        draft.put("date", time.due.isoformat(), span_of(line, match.end("type")), "post", 0.8)


def _title(draft: Draft, lines: list[Line]) -> None:
    """Read the first line as the post's title: "Thông báo lịch kiểm tra học kỳ I"; a sentence is none."""
    for line in lines:
        entry = _type_at(line, 0)
        words = line.text[len(entry.name) :].strip() if entry is not None else ""
        if entry is None or len(words.split()) < 2 or line.text.endswith((".", ";", ":", ",")):
            return
        if len(line.text) > _LONGEST_TITLE or (not words[:1].islower() and not words.startswith(("V", "v"))):
            return
        draft.put("doc_type", entry.name, span_of(line, 0, len(entry.name)), "post", 0.7)
        draft.put("subject", tidy_subject(words), span_of(line, len(entry.name)), "post", 0.7)


def _stamped(draft: Draft, zoned: Zoned) -> None:
    """Read the title that a site gives its post, above when it was posted, as its trích yếu."""
    at = stamped_title(zoned.lines)
    if at is None or {"doc_type", "subject"} & set(draft.values) or zoned.zones[at] is not Zone.SUBJECT:
        return
    line = zoned.lines[at]
    _title(draft, [line])
    draft.put("subject", tidy_subject(line.text), span_of(line), "post", 0.7)


def _schedule(draft: Draft, zoned: Zoned) -> None:
    """Read the title of a page that is but a schedule as its trích yếu; a schedule is no tên loại."""
    if {"doc_type", "subject", "number"} & set(draft.values):
        return
    lines = zoned.of(Zone.LETTERHEAD, Zone.BODY)[:_FIRST_LINES]
    at = next((k for k, line in enumerate(lines) if is_schedule_title(line)), None)
    if at is None or any(len(line.text) > _LONGEST_TITLE or line.text.endswith(".") for line in lines[:at]):
        return
    below = lines[at + 1 : at + 2] if is_upper(lines[at].text) else []
    title = join([lines[at], *(line for line in below if is_upper(line.text) and _OF_YEAR.match(line.fold))])
    draft.put("subject", tidy_subject(title.text), title.span(0, len(title.text)), "post", 0.7)


def _school(draft: Draft, lines: list[Line]) -> None:
    """Read the school that speaks in the first sentences, where nobody else is the issuer."""
    if {"issuer", "number"} & set(draft.values):
        return
    for line in lines:
        for match in _SCHOOL.finditer(line.text):
            if not _opens(line, match.start()) or _SPEAKS.match(line.fold, match.end()) is None:
                continue
            name = match["name"][:1].upper() + match["name"][1:]
            draft.put("issuer", name, span_of(line, match.start(), match.end("name")), "body", 0.6)
            draft.values.setdefault("issuer_level", IssuerLevel.TRUONG)
            return


def _opens(line: Line, at: int) -> bool:
    """Tell whether who stands at ``at`` opens the line, or the clause behind its grounds; its library speaks for a
    school."""
    before = line.fold[:at].strip(" -–*")
    grounds, comma, own = before.rpartition(",")
    own = own.strip()
    if comma and (not _GROUNDS.match(grounds)):
        return False
    return not own or _OF_SCHOOL.fullmatch(own) is not None
