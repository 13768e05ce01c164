"""From the upper office's directive to a draft of one's own, on one screen: parts, habits, opening, items, frame."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from corpus.document import Document
from corpus.errors import BadInputError
from corpus.facts import Facts, IssuerLevel
from nlp.compare.items import Parts, Role, parts_of
from nlp.drafting.body import Maker, body_of, note_marks
from nlp.drafting.cited import twice_dated
from nlp.drafting.dates import WorkingDays
from nlp.drafting.days import Clock
from nlp.drafting.draft import Draft, Line, Paragraph
from nlp.drafting.frame import (
    letterhead_of,
    power_of,
    recipients_of,
    relabelled,
    tail_of,
    to_of,
    units_for,
)
from nlp.drafting.habits import Earlier, Habits, learn
from nlp.drafting.marks import Marks
from nlp.drafting.office import PLAN, Choices, Nothing, Office, Register
from nlp.drafting.opening import about_of, opening_of
from nlp.drafting.origin import field_of
from nlp.drafting.rules import Frame
from nlp.drafting.short import introduced, written_out
from nlp.drafting.taking import taken
from nlp.drafting.units import Unit, has_districts, listed

#: Below this confidence a text is no directive (``Facts.confidence``).
SURE = 0.2
#: Kinds of document that are law and not carried on by copying them (Luật Ban hành văn bản quy phạm pháp luật).
_LAW = ("Thông tư", "Thông tư liên tịch", "Nghị định", "Luật", "Pháp lệnh")


def draft(
    document: Document,
    facts: Facts,
    office: Office,
    choices: Choices,
    *,
    issued: date,
    earlier: Sequence[Earlier] = (),
    register: Register | None = None,
) -> Draft:
    """Return the draft that ``office`` makes of a directive of the office above.

    ``issued`` is the day whose units, holidays and documents in force count; ``choices.on`` the day that is written.
    ``earlier`` are the office's own earlier directives, newest first, and others' on the same matter. Raises
    BadInputError for what is no directive of the Bộ with something to do in it.
    """
    return compose(parts_of(document, facts), office, choices, issued, earlier, register or Nothing())[0]


def compose(
    upper: Parts, office: Office, choices: Choices, issued: date, earlier: Sequence[Earlier], register: Register
) -> tuple[Draft, Habits]:
    """Return the draft and what was learnt for it (the precedents of each item)."""
    check(upper)
    habits = learn(upper, earlier)
    marks, plan = Marks(), choices.kind == PLAN
    units, notes = units_for(choices.to, office, habits, issued)
    maker = Maker(
        upper,
        _frame(marks, office, units, choices, habits, issued),
        Clock(issued, choices.leads, WorkingDays()),
        register,
        habits,
        issued,
        note_marks(upper),
        twice_dated(upper.facts.citations),
        {c.number for part in upper.parts if part.role is Role.OPENING for c in part.citations},
        frozenset(unit.actor for unit in units),
    )
    made = body_of(maker)
    if not made.paragraphs:
        raise BadInputError(
            f"{upper.facts.header.number or upper.document.source} không giao việc nào cho sở hay đơn vị của sở.",
            "Hãy đọc lại phần Kính gửi của văn bản.",
        )
    tail = tail_of(maker, made, plan=plan)
    inline = f"{listed([unit.inline for unit in units])} (sau đây gọi chung là các đơn vị)"
    inline = inline if len(units) > 1 else units[0].inline
    first = opening_of(upper, office, inline, habits, register, issued, marks, plan=plan)
    body: list[Paragraph] = [*first, *relabelled(made, tail)]
    body = taken(body, choices.taken, earlier, maker)
    known = introduced([upper.document.text, *(one.document.text for one in earlier if one.own)])
    power, signer = power_of(habits, marks, choices.signer)
    subject = about_of(upper, plan=plan) or marks.put("[trích yếu]", "Trích yếu của văn bản?")
    about = Line(marks.runs(subject), (field_of(upper.document, upper.facts, "subject", "number"),))
    written = choices.on or issued
    found = Draft(
        title="KẾ HOẠCH" if plan else None,
        letterhead=letterhead_of(office, habits, marks, written, plan=plan, day=written.day if choices.on else None),
        about=about,
        to=() if plan else to_of(units, habits, choices.to, marks),
        body=tuple(written_out(body, known)),
        recipients=recipients_of(office, units, habits, marks, issued, plan=plan),
        power=power,
        signer=signer,
        issuer_full=office.full,
        tasks=tuple(made.tasks),
        left_out=tuple(made.left_out),
        notes=tuple(note for note in (office.note, *notes, *_notes(upper, habits)) if note),
    )
    return found, habits


def check(upper: Parts) -> None:
    """Raise BadInputError for what cannot be carried on: no directive, not the Bộ's, law, or nothing to do in it."""
    header = upper.facts.header
    name = header.number or upper.document.source
    if upper.facts.confidence < SURE or not upper.items:
        raise BadInputError(
            f"“{name}” không phải văn bản chỉ đạo, hoặc không có mục nào để triển khai.",
            "Hãy chọn công văn, kế hoạch hoặc chỉ thị của Bộ.",
        )
    if header.issuer_level is not IssuerLevel.BO:
        issuer = header.issuer or "cơ quan chưa rõ"
        raise BadInputError(
            f"{name} là văn bản của {issuer}; sở chỉ soạn hướng dẫn từ văn bản của Bộ Giáo dục và Đào tạo.",
            "Để so sánh hai văn bản, hãy dùng congvan compare.",
        )
    if header.doc_type in _LAW:
        raise BadInputError(
            f"{name} là văn bản quy phạm pháp luật ({header.doc_type}); văn bản hướng dẫn không chép lại quy định.",
            "Hãy chọn công văn, kế hoạch hoặc chỉ thị của Bộ hướng dẫn thực hiện văn bản đó.",
        )


def _frame(
    marks: Marks, office: Office, units: Sequence[Unit], choices: Choices, habits: Habits, issued: date
) -> Frame:
    asked = marks.put("[phòng đầu mối]", "Phòng nào của Sở là đầu mối nhận báo cáo, giải đáp?")
    via = choices.department or habits.department or asked
    if habits.department and not choices.department:
        question = f"Giao phòng nào chủ trì (đầu mối năm trước là {habits.department})?"
    else:
        question = "Giao phòng nào của Sở chủ trì?"
    own = choices.department or marks.put("Phòng chuyên môn thuộc Sở", question)
    return Frame(
        marks,
        "các đơn vị" if len(units) > 1 else units[0].inline,
        via,
        own,
        office.committee,
        office.province,
        has_districts(issued),
    )


def _notes(upper: Parts, habits: Habits) -> list[str]:
    found: list[str] = []
    name = upper.facts.header.number or upper.document.source
    if not any(d.due for d in upper.facts.deadlines):
        found.append(f"{name} không nêu ngày nào phải xong việc nên dự thảo cũng không có ngày.")
    if habits.latest is None:
        found.append("Trong kho chưa có văn bản năm trước của Sở về việc này; phòng đầu mối, người ký phải điền tay.")
    else:
        found.append(f"Cách giao việc, nơi nhận, người ký học từ {habits.latest.name}.")
    return found
