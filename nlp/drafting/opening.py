"""How a draft begins: the upper directive first, then what it stands on, with those in force for replaced documents."""

from __future__ import annotations

import re
from datetime import date

from corpus.facts import Citation, Relation
from nlp.compare.items import Part, Parts, Role
from nlp.drafting.cited import BASES, bases, full_name, newer_name
from nlp.drafting.dates import long
from nlp.drafting.draft import Act, Change, Kind, Paragraph, Source
from nlp.drafting.habits import Habits
from nlp.drafting.marks import Marks
from nlp.drafting.office import Office, Register
from nlp.drafting.origin import field_of, part_of
from nlp.drafting.units import small
from nlp.words.vocabulary import table

_VERB = re.compile(
    r"(?:Bộ (?:GDĐT|Giáo dục và Đào tạo)(?: \(GDĐT\))?)\s(?:\w+ ){0,2}?(?P<verb>hướng dẫn|yêu cầu|đề nghị|chỉ đạo)"
)
_PERIOD = re.compile(r"giai đoạn (?P<a>\d{4}) ?[-–] ?(?P<b>\d{4})")


def full_title(upper: Parts) -> str:
    """Return the upper directive as it is cited for the first time: kind, number, date, office, subject."""
    header = upper.facts.header
    kind = header.doc_type or "Công văn"
    name = f"{kind} số {header.number}" if header.number else kind
    if header.date:
        name = f"{name} ngày {long(date.fromisoformat(header.date))}"
    name = f"{name} của {header.issuer or 'Bộ Giáo dục và Đào tạo'}"
    if header.subject:
        name = (
            f"{name} về việc {lowered(header.subject)}" if kind == "Công văn" else f"{name} {lowered(header.subject)}"
        )
    return name


def lowered(subject: str) -> str:
    """Return a subject as it follows "về việc": a small first letter, unless it is a short form."""
    return small(re.sub(r"^(?:[Vv]/v|[Vv]ề việc|[Vv]ề)\s", "", subject))


def opening_of(
    upper: Parts, office: Office, units: str, habits: Habits, register: Register, on: date, marks: Marks, *, plan: bool
) -> list[Paragraph]:
    """Return the first paragraphs: for a công văn one sentence, for a plan its grounds line by line and a sentence."""
    parts = [part for part in upper.parts if part.role is Role.OPENING]
    sources, changes = _sources(upper, parts), [_kept_out(parts)]
    own_grounds, asked = _own_grounds(habits, on, marks)
    if habits.latest is not None and (own_grounds or asked):
        sources = (*sources, field_of(habits.latest.document, habits.latest.facts, "number"))
    named: dict[Relation, list[str]] = {}
    cited = [c for part in parts for c in part.citations]
    for relation in (Relation.IMPLEMENTS, Relation.BASED_ON):
        named[relation] = [_base(c, register, on, changes) for c in bases(cited, relation)]
    told = tuple(change for change in changes if change is not None)
    verb = next((m["verb"] for part in parts if (m := _VERB.search(part.text))), "hướng dẫn")
    verb = "hướng dẫn" if verb == "chỉ đạo" else verb
    carried = full_title(upper)
    grounds = [*named[Relation.BASED_ON], *named[Relation.IMPLEMENTS], *own_grounds]
    if plan:
        lines = [f"Căn cứ {ground}{';' if k < len(grounds) - 1 or asked else '.'}" for k, ground in enumerate(grounds)]
        lines += [f"Căn cứ {asked}."] if asked else []
        found = [Paragraph(Kind.BASE, "", marks.runs(line), sources, told) for line in lines]
        text = f"Thực hiện {carried}, {_self(office)} xây dựng Kế hoạch với các nội dung sau:"
        return [*found, Paragraph(Kind.BODY, "", marks.runs(text), sources, told)]
    rest = [*named[Relation.IMPLEMENTS], *own_grounds]
    text = "; ".join([f"Thực hiện {carried}", *rest, *([asked] if asked else [])])
    if named[Relation.BASED_ON]:
        text = f"{text}; căn cứ {'; '.join(named[Relation.BASED_ON])}"
    text = f"{text}, {_self(office)} {verb} {units} thực hiện các nội dung sau:"
    return [Paragraph(Kind.BODY, "", marks.runs(text), sources, told)]


def _self(office: Office) -> str:
    return f"{office.name} (GDĐT)" if office.name.endswith("Đào tạo") else office.name


def _sources(upper: Parts, parts: list[Part]) -> tuple[Source, ...]:
    if not parts:
        return (field_of(upper.document, upper.facts, "number"),)
    return tuple(part_of(upper.document, upper.facts, part) for part in parts)


def _kept_out(parts: list[Part]) -> Change | None:
    """Tell which paragraphs of the opening only describe the country's state."""
    silent = [part.text for part in parts if not any(c.relation in BASES for c in part.citations)]
    if not silent:
        return None
    return Change(Act.LEFT_OUT, " ".join(silent)[:400], "", "phần mở đầu nêu tình hình chung của Bộ")


def _base(citation: Citation, register: Register, on: date, changes: list[Change | None]) -> str:
    newer = register.replaced_by(citation, on.isoformat())
    if newer is None:
        return full_name(citation)
    name = newer_name(newer, whole=True)
    changes.append(
        Change(Act.CITED, full_name(citation), name, f"{citation.number} đã được thay thế bởi {newer.number}")
    )
    return name


def _own_grounds(habits: Habits, on: date, marks: Marks) -> tuple[list[str], str]:
    """Return the province's own grounds of last year that cover the day of the draft, and a question for the others."""
    latest = habits.latest
    if latest is None:
        return [], ""
    kept: list[str] = []
    doubtful: list[str] = []
    for citation in latest.facts.citations:
        local = "UBND" in citation.number or "HĐND" in citation.number or "/TU" in citation.number
        if citation.relation not in BASES or not local:
            continue
        name = full_name(citation)
        period = _PERIOD.search(name)
        yearly = any(re.search(row["pattern"], name) for row in table("drafting")["yearly"])
        if period and int(period["a"]) <= on.year <= int(period["b"]):
            kept.append(name)
        elif not yearly:
            doubtful.append(name)
    if not doubtful:
        return kept, ""
    shown = "; ".join(doubtful[:3])
    mark = marks.put(
        "[văn bản của tỉnh còn áp dụng]", f"{latest.name} còn viện dẫn: {shown}. Năm nay còn áp dụng văn bản nào?"
    )
    return kept, mark


def about_of(upper: Parts, *, plan: bool) -> str:
    """Return the trích yếu: as the upper directive's, for a plan "Thực hiện …" in place of "Hướng dẫn …"."""
    subject = upper.facts.header.subject or ""
    if not plan:
        return lowered(subject)
    rest = re.sub(r"^[Hh]ướng dẫn (?:triển khai |thực hiện )*", "", subject)
    if rest != subject:
        return f"Thực hiện {rest[:1].lower() + rest[1:]}"
    return subject[:1].upper() + subject[1:]
