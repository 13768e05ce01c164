"""What stands around the items: letterhead, Kính gửi, "Tổ chức thực hiện", closing, Nơi nhận, sign-off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from corpus.layout30 import POWERS
from corpus.text import squeeze
from corpus.units import addressed
from nlp.compare.items import Role
from nlp.drafting.body import Made, Maker
from nlp.drafting.dates import short
from nlp.drafting.days import goes_up
from nlp.drafting.draft import Act, Change, Kind, Letterhead, Line, Paragraph, Run, Source
from nlp.drafting.habits import Habits
from nlp.drafting.labels import Place, renumbered, roman, style_of
from nlp.drafting.marks import Marks
from nlp.drafting.office import Office
from nlp.drafting.origin import CHOSEN, FORM, field_of
from nlp.drafting.units import Unit, capital, has_districts, units_of
from nlp.words.folding import folded

CODE_QUESTION = "Ký hiệu của phòng soạn thảo trong số văn bản?"
_DOING = re.compile(r"to chuc thuc hien")
_GONE = re.compile(r"huyện|quận|thị xã|[Pp]hòng (?:GD|Giáo dục)")


def letterhead_of(office: Office, habits: Habits, marks: Marks, on: date, *, plan: bool, day: int | None) -> Letterhead:
    """Return the head of page 1; the number is left open, the symbol's last part where no earlier number tells it."""
    if plan:
        symbol = f"KH-{office.symbol}"
    elif habits.unit_code:
        symbol = f"{office.symbol}-{habits.unit_code}"
    else:
        mark = marks.put("…", CODE_QUESTION)
        symbol = f"{office.symbol}-{mark}"
    return Letterhead(
        office.committee.upper(), office.name.upper(), marks.runs(symbol), office.place, on.year, on.month, day
    )  # fmt: skip


def units_for(codes: Sequence[str], office: Office, habits: Habits, on: date) -> tuple[list[Unit], list[str]]:
    """Return the units to write to: those chosen, else the kinds that the office last wrote to, else Phòng (or
    communes), trường THPT and centres."""
    if codes:
        return units_of(codes, office.place, on)
    kinds: list[str] = []
    if habits.latest is not None:
        for line in habits.latest.facts.header.addressees:
            kinds += [code for told in addressed([line]) for code in _code(told.kind, told.levels)]
            kinds += ["phongso"] if re.search(r"[Pp]hòng[^,;]*thuộc [Ss]ở", line) else []
    found, _ = units_of(kinds or ("phong", "truong", "gdtx"), office.place, on)
    return found, []


def _code(kind: str, levels: tuple[str, ...]) -> list[str]:
    if kind == "co_so_giao_duc":
        return ["truong"] if "thpt" in levels or not levels else ["truong-duoi"]
    names = {"phong_gddt": "phong", "ubnd_xa": "xa", "trung_tam_gdtx": "gdtx", "don_vi_truc_thuoc": "tructhuoc"}
    return [names[kind]] if kind in names else []


def to_of(units: Sequence[Unit], habits: Habits, codes: Sequence[str], marks: Marks) -> tuple[Line, ...]:
    """Return the lines of Kính gửi."""
    learnt = _latest_source(habits) if not codes and habits.latest is not None else None
    sources = (learnt,) if learnt else (CHOSEN,)
    return tuple(Line(marks.runs(unit.to), sources) for unit in units)


def _latest_source(habits: Habits) -> Source | None:
    latest = habits.latest
    if latest is None:
        return None
    return field_of(latest.document, latest.facts, "recipients", "number")


def tail_of(maker: Maker, made: Made, *, plan: bool) -> list[Paragraph]:
    """Return what closes the body: who collects, what is replaced, whom to ask, and the pointer to the annex."""
    marks, doc = maker.frame.marks, "Kế hoạch" if plan else "Công văn"
    found: list[Paragraph] = []
    if not any(p.role is Role.HEADING and _DOING.search(folded(p.text)) for p in maker.upper.parts):
        found.append(Paragraph(Kind.ROMAN, "", marks.runs("TỔ CHỨC THỰC HIỆN"), (FORM,)))
    if any(task.recipient.startswith("Sở GDĐT") for task in made.tasks):
        collecting = (
            f"Giao {maker.frame.via} theo dõi, đôn đốc, tổng hợp báo cáo của {maker.frame.units}, "
            "tham mưu Giám đốc Sở báo cáo Bộ GDĐT."
        )
        found.append(Paragraph(Kind.BODY, "", marks.runs(collecting), _reports(maker)))
    found += _replacing(maker, made, doc)
    closing = made.closing[-1] if made.closing else None
    words = (
        f"Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, {maker.frame.units} phản ánh về Sở GDĐT "
        f"(qua {maker.frame.via}) để được hướng dẫn, giải quyết./."
    )
    if made.tasks:
        words = f"Nhiệm vụ và thời hạn được tổng hợp tại Phụ lục kèm theo {doc} này. {words}"
    changes = (Change(Act.RECIPIENT, closing.text[:400], words, "đầu mối giải đáp là Sở"),) if closing else ()
    where = (maker.source(closing),) if closing else (FORM,)
    found += _annex_pointer(maker, made)
    found.append(Paragraph(Kind.BODY, "", marks.runs(words), where, changes, closing.order if closing else None))
    return found


def _reports(maker: Maker) -> tuple[Source, ...]:
    """Return the first items that ask for something to be sent to the Bộ."""
    parts = [part for part in maker.upper.items if any(goes_up(d) for d in part.deadlines)]
    return tuple(maker.source(part) for part in parts[:3]) or (FORM,)


def _replacing(maker: Maker, made: Made, doc: str) -> list[Paragraph]:
    """Ask whether the office's own last directive is replaced, where the upper one replaces its last."""
    latest = maker.habits.latest
    if not made.replaces or latest is None or not latest.facts.header.number:
        return []
    header = latest.facts.header
    day = f" ngày {short(date.fromisoformat(header.date))}" if header.date else ""
    name = f"{header.doc_type or 'Công văn'} số {header.number}{day} của Sở GDĐT"
    mark = maker.frame.marks.put(
        f"[{doc} này thay thế {name}.]",
        f"Văn bản của Bộ thay văn bản cũ; {doc.lower()} này có thay {header.number} không?",
    )
    part = made.replaces[0]
    sources = [maker.source(part)]
    learnt = _latest_source(maker.habits)
    sources += [learnt] if learnt else []
    return [Paragraph(Kind.BODY, "", maker.frame.marks.runs(mark), tuple(sources), (), part.order)]


def _annex_pointer(maker: Maker, made: Made) -> list[Paragraph]:
    """Point to the annex of the upper directive where it sends one along."""
    part = next((p for p in made.closing if re.search(r"gui kem|phu luc", folded(p.text))), None)
    number = maker.upper.facts.header.number
    if part is None or not number or "phu luc" not in folded(part.text):
        return []
    kind = maker.upper.facts.header.doc_type or "Công văn"
    words = f"{capital(maker.frame.units)} nghiên cứu các văn bản tại Phụ lục kèm theo {kind} số {number}."
    change = Change(Act.RECIPIENT, part.text[:400], words, "phụ lục của Bộ không chép lại")
    return [Paragraph(Kind.BODY, "", maker.frame.marks.runs(words), (maker.source(part),), (change,), part.order)]


def relabelled(made: Made, tail: list[Paragraph]) -> list[Paragraph]:
    """Return the body with its labels counted anew, the tail's headings after those of the items."""
    labels = renumbered([Place(part.label, part.path) for part in made.parts])
    found: list[Paragraph] = []
    for paragraph, label in zip(made.paragraphs, labels, strict=True):
        changes = paragraph.changes
        if style_of(label) and label.rstrip(".)") != paragraph.label.rstrip(".)"):
            changes = (*changes, Change(Act.LABEL, paragraph.label, label, "đánh lại số thứ tự"))
        found.append(replace(paragraph, label=label, changes=changes))
    return _placed(found, tail)


def _placed(body: list[Paragraph], tail: list[Paragraph]) -> list[Paragraph]:
    """Number the heading of the tail so that it goes on with those of the body."""
    romans = [p for p in body if style_of(p.label) == "roman"]
    tops = [p for p in body if p.kind is Kind.CLAUSE_TITLE and style_of(p.label) == "number"]
    found: list[Paragraph] = []
    for p in tail:
        if p.kind is Kind.ROMAN and romans:
            p = replace(p, label=f"{roman(len(romans) + 1)}.")
        elif p.kind is Kind.ROMAN and tops:
            p = replace(p, kind=Kind.CLAUSE_TITLE, label=f"{len(tops) + 1}.", runs=(Run("Tổ chức thực hiện"),))
        elif p.kind is Kind.ROMAN:
            p = replace(p, kind=Kind.CLAUSE_TITLE, runs=(Run("Tổ chức thực hiện"),))
        found.append(p)
    return [*body, *found]


def recipients_of(
    office: Office, units: Sequence[Unit], habits: Habits, marks: Marks, on: date, *, plan: bool
) -> tuple[Line, ...]:
    """Return the lines of Nơi nhận: as the office's last directive had them, else who has to know."""
    latest = _latest_source(habits)
    rows: list[Line] = []
    if plan:
        rows += [Line(marks.runs(f"{unit.to} (để t/h)"), (FORM,)) for unit in units]
    else:
        rows.append(Line(marks.runs("Như trên"), (FORM,)))
    kept = []
    for text in habits.latest.facts.header.recipients if habits.latest else ():
        line = squeeze(text)
        if re.match(r"[Ll]ưu|[Nn]hư (?:trên|kính gửi)", line) or (not has_districts(on) and _GONE.search(line)):
            continue
        kept.append(Line(marks.runs(line), (latest,) if latest else (FORM,)))
    if not kept:
        names = ("Bộ GDĐT (để b/c)", f"{office.committee} (để b/c)", "Giám đốc, các Phó Giám đốc Sở")
        kept = [Line(marks.runs(name), (FORM,)) for name in names]
    code = habits.unit_code
    archive = f"Lưu: VT, {code or marks.put('…', CODE_QUESTION)}"
    return (*rows, *kept, Line(marks.runs(archive), (FORM,)))


def power_of(habits: Habits, marks: Marks, given: str) -> tuple[tuple[Line, ...], Line]:
    """Return the lines of quyền hạn, chức vụ and that of the name: the power as last time, the name is left open."""
    latest = _latest_source(habits)
    title = habits.latest.facts.header.signer_title if habits.latest else None
    signer = habits.latest.facts.header.signer if habits.latest else None
    if title and latest:
        lines = [squeeze(line).upper() for line in re.split(r",\s|\n", title) if line.strip()]
        known = any(lines[0].startswith(power.mark) for power in POWERS)
        power = tuple(Line(marks.runs(line), (latest,)) for line in (lines if known else lines[:1]))
    else:
        power = (Line(marks.runs("GIÁM ĐỐC"), (FORM,)),)
    if given:
        return power, Line(marks.runs(given), (CHOSEN,))
    if signer:
        name = marks.put(signer, f"Lần trước {signer} ký; lần này ai ký?")
    else:
        name = marks.put("[Họ và tên người ký]", "Ai ký văn bản này?")
    return power, Line(marks.runs(name), (latest,) if latest else (FORM,))
