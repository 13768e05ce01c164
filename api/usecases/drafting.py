"""Drafting a Sở's guidance: from which directive, as which office, with what the store knows of both."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from api.usecases.comparing import Compared, side
from corpus.errors import BadInputError
from corpus.facts import Citation, Facts
from corpus.text import squeeze
from corpus.units import same_office

if TYPE_CHECKING:
    from api.library import Library
    from api.settings import Settings
    from nlp.drafting.draft import Draft
    from nlp.drafting.habits import Earlier, Precedent
    from nlp.drafting.office import Choices, Newer, Office

#: So many earlier directives of the office, and of others on the same matter, are learnt from.
OWN, OTHERS = 3, 4
#: A directive whose last day lies longer ago is drafted from as on its own day.
_STILL = timedelta(days=30)
#: A lead is no longer, in working days.
MOST_DAYS = 60


@dataclass(frozen=True)
class Drafted:
    """A draft with what it was made from; ``precedents`` are other wordings by the order of the upper part."""

    upper: Compared
    office: Office
    choices: Choices
    issued: date
    draft: Draft
    precedents: dict[int, tuple[Precedent, ...]]
    earlier: tuple[Earlier, ...]


def draft(library: Library, reference: str, unit: str, choices: Choices, *, files: bool = False) -> Drafted:
    """Draft the guidance of ``unit`` (a Sở) from a directive of the Bộ.

    ``reference`` is an id, number or file name of a stored directive; with ``files`` also the path of a file, which is
    read and not stored. Raises NotFoundError and BadInputError, in Vietnamese.
    """
    from nlp.compare.items import parts_of
    from nlp.drafting.compose import check, compose
    from nlp.drafting.office import office_of

    if choices.kind not in ("cong-van", "ke-hoach"):
        raise BadInputError(f"Không soạn được loại “{choices.kind[:40]}”.", "Hãy chọn cong-van hoặc ke-hoach.")
    if not reference.strip():
        raise BadInputError("Cần nêu văn bản của Bộ để soạn.", "Ví dụ: 4118/BGDĐT-GDTC")
    upper = side(library, reference.strip(), files=files)
    parts = parts_of(upper.document, upper.facts)
    check(parts)
    issued = issued_on(upper.facts, choices.on, library.today())
    known = sorted({row.issuer for row in library.documents() if row.issuer and row.issuer_level == "so"})
    office = office_of(unit, issued, known=known)
    earlier = _earlier(library, upper, office, issued)
    made, habits = compose(parts, office, choices, issued, earlier, _Register(library))
    return Drafted(upper, office, choices, issued, made, habits.precedents, tuple(earlier))


def issued_on(facts: Facts, chosen: date | None, today: date) -> date:
    """Return the day whose units, holidays and documents in force count: the chosen one, else today while the upper
    directive still has days to come or is new, else its own day. Raises BadInputError for a day before its own."""
    own = date.fromisoformat(facts.header.date) if facts.header.date else None
    if chosen is not None:
        if own is not None and chosen < own:
            raise BadInputError(
                f"Ngày ban hành {chosen:%d/%m/%Y} trước ngày của văn bản cấp trên ({own:%d/%m/%Y}).",
                "Hãy chọn ngày sau đó.",
            )
        return chosen
    last = max((d.due for d in facts.deadlines if d.due), default=None)
    ends = max(date.fromisoformat(last) if last else date.min, own or date.min)
    if own is None or ends >= today - _STILL:
        return max(today, own or today)
    return own


def _earlier(library: Library, upper: Compared, office: Office, issued: date) -> list[Earlier]:
    """Return the office's own directives on the matter of before the upper one, newest first, then others'."""
    from nlp.drafting.habits import Earlier

    if not library.has_store():
        return []
    before = upper.facts.header.date or issued.isoformat()
    own: list[tuple[str, str]] = []
    others: list[str] = []
    for row in library.graph().on_matter(upper.facts.header.subject, "so"):
        if same_office(row["issuer"], office.issuer, on=issued.isoformat()):
            if row["date"] and row["date"] < before:
                own.append((row["date"], row["document"]))
        else:
            others.append(row["document"])
    ids = [(document, True) for _, document in sorted(own, reverse=True)[:OWN]]
    ids += [(document, False) for document in others[:OTHERS]]
    found = []
    for document, mine in ids:
        stored = library.show(document)
        found.append(Earlier(stored.document, stored.facts, mine))
    return found


class _Register:
    """What the store's graph knows of documents that took others' places."""

    def __init__(self, library: Library) -> None:
        self._graph = library.graph() if library.has_store() else None

    def replaced_by(self, citation: Citation, on: str) -> Newer | None:
        """Return what has replaced a document."""
        from nlp.drafting.office import Newer

        row = None if self._graph is None else self._graph.in_place_of(citation.key, citation.number, on)
        if row is None:
            return None
        return Newer(row["number"], row["doc_type"], row["date"], row["issuer"], row["subject"])


@dataclass(frozen=True, slots=True)
class Asked:
    """What an officer asks for, as typed: ``to`` codes joined by commas, ``day`` ISO or "05/9/2026", ``lead`` working
    days for reports (None: as set), ``taken`` wordings as "12:<id>:4"."""

    kind: str = "cong-van"
    to: str = ""
    department: str = ""
    signer: str = ""
    day: str = ""
    lead: int | None = None
    taken: tuple[str, ...] = ()


def choices_of(asked: Asked, settings: Settings) -> Choices:
    """Return the choices that were typed. Raises BadInputError."""
    from nlp.drafting.office import Choices, Leads

    report = settings.draft_report_days if asked.lead is None else asked.lead
    if not 0 <= report <= MOST_DAYS:
        raise BadInputError(f"Số ngày làm việc sớm hơn phải từ 0 đến {MOST_DAYS}.", "Ví dụ: --lead 7")
    work = min(report, settings.draft_work_days)
    return Choices(
        asked.kind or "cong-van",
        tuple(code for text in asked.to.split(",") if (code := text.strip())),
        Leads(report, settings.draft_school_days, work, work),
        squeeze(asked.department),
        squeeze(asked.signer),
        _day(asked.day),
        tuple(_taken(text) for text in asked.taken if text.strip()),
    )


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        if "/" in text:
            day, month, year = (int(part) for part in text.split("/"))
            return date(year, month, day)
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise BadInputError(f"“{text[:20]}” không phải một ngày.", "Ví dụ: 14/9/2026 hoặc 2026-09-14.") from error


def _taken(text: str) -> tuple[int, str, int]:
    match = re.fullmatch(r"(\d{1,5}):([0-9a-f]{64}):(\d{1,5})", text.strip())
    if match is None:
        raise BadInputError(f"“{text[:40]}” không phải một cách viết có thể lấy.", "Hãy chọn lại từ danh sách.")
    return int(match[1]), match[2], int(match[3])
