"""What a directive says, as data: header, citations, dated duties, undated duties, contradictions.

Every fact carries its evidence: the characters it was read from, page and line, the rule that found it and a
confidence. Field names are those of the electronic record and of the project's gold files, so that
``Facts.as_dict`` can be scored as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from corpus.document import Box, Document


class IssuerLevel(StrEnum):
    """Level of the issuing office (cấp của cơ quan ban hành)."""

    BO = "bo"
    SO = "so"
    PHONG = "phong"
    TRUONG = "truong"


class Actor(StrEnum):
    """Kinds of unit that a duty can fall on. A department of a Sở is ``phong_chuyen_mon_so:<tên phòng>``."""

    BO_GDDT = "bo_gddt"
    SO_GDDT = "so_gddt"
    PHONG_GDDT = "phong_gddt"
    CO_SO_GIAO_DUC = "co_so_giao_duc"
    DON_VI_TRUC_THUOC = "don_vi_truc_thuoc"
    TRUNG_TAM_GDTX = "trung_tam_gdtx"
    UBND_XA = "ubnd_xa"


#: Prefix of an actor that is a department of the Sở, followed by the department's name.
DEPARTMENT = "phong_chuyen_mon_so:"


class SchoolLevel(StrEnum):
    """School levels (cấp học)."""

    MAM_NON = "mam_non"
    TIEU_HOC = "tieu_hoc"
    THCS = "thcs"
    THPT = "thpt"
    GDTX = "gdtx"


class Relation(StrEnum):
    """What a citation does, read from the words around it."""

    IMPLEMENTS = "implements"  #: thực hiện
    BASED_ON = "based_on"  #: căn cứ
    PURSUANT_TO = "pursuant_to"  #: theo, quy định tại
    REPLACES = "replaces"  #: thay thế, bãi bỏ
    AMENDS = "amends"  #: sửa đổi, bổ sung
    GUIDES = "guides"  #: hướng dẫn thi hành
    ATTACHED = "attached"  #: kèm theo
    LISTED = "listed"  #: một dòng trong danh mục, phụ lục
    MENTIONS = "mentions"


class CitationPlace(StrEnum):
    """The part of the directive in which a citation stands."""

    HEADER = "header"
    BODY = "body"
    FOOTNOTE = "footnote"
    APPENDIX = "appendix"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact was read: ``document.text[start:end] == surface``, always.

    ``source`` is what stood there before repair (equal to ``surface`` where nothing was repaired); ``boxes`` are
    (page, box) per line where places on the page are known; ``confidence`` is in 0..1.
    """

    start: int
    end: int
    surface: str
    source: str
    page: int
    line: int
    rule: str
    confidence: float = 1.0
    boxes: tuple[tuple[int, Box], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the evidence as plain data; boxes as ``{"page", "box": [x0, y0, x1, y1]}``."""
        return {
            "start": self.start,
            "end": self.end,
            "surface": self.surface,
            "source": self.source,
            "page": self.page,
            "line": self.line,
            "rule": self.rule,
            "confidence": round(self.confidence, 4),
            "boxes": [{"page": p, "box": [round(v, 1) for v in (b.x0, b.y0, b.x1, b.y1)]} for p, b in self.boxes],
        }


def evidence(document: Document, start: int, end: int, rule: str, confidence: float = 1.0) -> Evidence:
    """Return the evidence for ``document.text[start:end]`` with its place and its text before repair."""
    place = document.place(start)
    return Evidence(
        start=start,
        end=end,
        surface=document.text[start:end],
        source=document.source_text(start, end),
        page=place.page,
        line=place.line,
        rule=rule,
        confidence=confidence,
        boxes=tuple(document.boxes(start, end)),
    )


@dataclass(frozen=True, slots=True)
class Header:
    """The fields of the letterhead and sign-off. What the text does not give is None or empty.

    number: số ký hiệu, normalised · date: ISO · place: địa danh · issuer: cơ quan ban hành · doc_type: tên loại ·
    subject: trích yếu · addressees: kính gửi · signer_title: quyền hạn, chức vụ · recipients: nơi nhận ·
    effective: ngày có hiệu lực, ISO.
    ``evidence`` holds the place of each field that was found, by field name.
    """

    number: str | None = None
    date: str | None = None
    place: str | None = None
    issuer: str | None = None
    issuer_level: IssuerLevel | None = None
    doc_type: str | None = None
    subject: str | None = None
    addressees: tuple[str, ...] = ()
    school_year: str | None = None
    signer: str | None = None
    signer_title: str | None = None
    recipients: tuple[str, ...] = ()
    effective: str | None = None
    evidence: dict[str, Evidence] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return the fields as plain data, without evidence."""
        return {
            "number": self.number,
            "date": self.date,
            "place": self.place,
            "issuer": self.issuer,
            "issuer_level": self.issuer_level,
            "doc_type": self.doc_type,
            "subject": self.subject,
            "addressees": list(self.addressees),
            "school_year": self.school_year,
            "signer": self.signer,
            "signer_title": self.signer_title,
            "recipients": list(self.recipients),
            "effective": self.effective,
        }


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention of another numbered document (văn bản được viện dẫn).

    ``number`` is the repaired, normalised số ký hiệu; ``key`` the canonical key of the cited document (see
    ``corpus.numbers.document_key``); ``alternatives`` other readings of a number that stayed ambiguous;
    ``provision`` the điểm, khoản, Điều named before it.
    """

    evidence: Evidence
    number: str
    key: str
    doc_type: str | None
    date: str | None
    issuer: str | None
    relation: Relation
    place: CitationPlace
    subject: str | None = None
    provision: str | None = None
    alternatives: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the citation in the fields of the gold files, with its evidence."""
        return {
            "line": self.evidence.line,
            "page": self.evidence.page,
            "raw": self.evidence.source,
            "number": self.number,
            "key": self.key,
            "doc_type": self.doc_type,
            "date": self.date,
            "issuer": self.issuer,
            "subject": self.subject,
            "provision": self.provision,
            "relation": self.relation,
            "place": self.place,
            "alternatives": list(self.alternatives),
            "evidence": self.evidence.as_dict(),
        }


@dataclass(frozen=True, slots=True)
class Deadline:
    """A dated duty: one row per (group of units, date).

    ``due`` is ISO, or None where the time is only described; ``due_text`` is always the wording.
    ``levels`` None means all schools of the units named. ``via`` is the unit it goes through (qua …).
    ``due_evidence`` is the place of the date itself, ``evidence`` that of the whole duty.
    """

    evidence: Evidence
    due_evidence: Evidence
    task: str
    due: str | None
    due_text: str
    actor: tuple[str, ...]
    levels: tuple[SchoolLevel, ...] | None = None
    recipient: str | None = None
    via: str | None = None
    heading: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the deadline in the fields of the gold files, with its evidence."""
        return {
            "line": self.evidence.line,
            "page": self.evidence.page,
            "task": self.task,
            "due": self.due,
            "due_text": self.due_text,
            "actor": list(self.actor),
            "levels": None if self.levels is None else list(self.levels),
            "recipient": self.recipient,
            "via": self.via,
            "heading": list(self.heading),
            "evidence": self.evidence.as_dict(),
            "due_evidence": self.due_evidence.as_dict(),
        }


@dataclass(frozen=True, slots=True)
class Duty:
    """A concrete duty without a date; ``target`` is the measure asked for (100 %, 24 học sinh/1 máy …)."""

    evidence: Evidence
    task: str
    actor: tuple[str, ...]
    levels: tuple[SchoolLevel, ...] | None = None
    target: str | None = None
    heading: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the duty in the fields of the gold files, with its evidence."""
        return {
            "line": self.evidence.line,
            "page": self.evidence.page,
            "task": self.task,
            "actor": list(self.actor),
            "levels": None if self.levels is None else list(self.levels),
            "target": self.target,
            "heading": list(self.heading),
            "evidence": self.evidence.as_dict(),
        }


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something in the directive that contradicts itself; ``what`` is a Vietnamese sentence for people."""

    evidence: Evidence
    what: str

    def as_dict(self) -> dict[str, Any]:
        """Return the conflict in the fields of the gold files, with its evidence."""
        return {
            "line": self.evidence.line,
            "page": self.evidence.page,
            "what": self.what,
            "evidence": self.evidence.as_dict(),
        }


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the directive's own structure: ``document.text[start:end]``.

    ``label`` is its number as written ("I.", "1.", "a)", "-", "Điều 5"), empty for plain paragraphs; ``title`` the
    heading's words, empty for items that are text; ``path`` the headings above it, outermost first; ``depth``
    counts from 0. ``place`` tells body from footnote and annex.
    """

    start: int
    end: int
    label: str
    title: str
    path: tuple[str, ...]
    depth: int
    place: CitationPlace = CitationPlace.BODY


#: The fields that a directive is known by.
_IDENTIFYING = ("number", "date", "issuer", "doc_type", "subject", "signer")


class Sure(Protocol):
    """What has been found with a confidence (``Evidence`` is one)."""

    @property
    def confidence(self) -> float: ...


class _Found(Protocol):
    @property
    def evidence(self) -> Sure: ...


class _Told(Protocol):
    @property
    def evidence(self) -> Mapping[str, Sure]: ...


class Read(Protocol):
    """The part of a directive's facts that tells how surely it is one (``Facts`` has all of them)."""

    @property
    def header(self) -> _Told: ...

    @property
    def citations(self) -> Sequence[_Found]: ...

    @property
    def deadlines(self) -> Sequence[_Found]: ...


def sureness(facts: Read) -> float:
    """Return how surely a text is a directive; see ``Facts.confidence``."""
    told = facts.header.evidence
    fields = [told[name].confidence if name in told else 0.0 for name in _IDENTIFYING]
    rows = [found.evidence.confidence for found in (*facts.citations, *facts.deadlines)]
    return max(sum(fields) / len(fields), 0.5 * sum(rows) / len(rows) if rows else 0.0)


@dataclass(frozen=True)
class Facts:
    """All that ``nlp`` read from one directive."""

    header: Header
    citations: tuple[Citation, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    duties: tuple[Duty, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    sections: tuple[Section, ...] = ()

    @property
    def confidence(self) -> float:
        """How surely the text is a directive, 0..1: 0 for a poem, a list of names, another language.

        A letterhead counts by its fields; an extract without one by its citations and deadlines, for half.
        """
        return sureness(self)

    def as_dict(self) -> dict[str, Any]:
        """Return the facts in the groups and fields of the gold files (sections are left out)."""
        return {
            "meta": self.header.as_dict(),
            "citations": [c.as_dict() for c in self.citations],
            "deadlines": [d.as_dict() for d in self.deadlines],
            "duties": [d.as_dict() for d in self.duties],
            "conflicts": [c.as_dict() for c in self.conflicts],
        }
