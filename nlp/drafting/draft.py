"""What drafting gives: paragraphs with their sources, changes and open questions, and the task table."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a paragraph of the draft is; the layout of each is in ``corpus.layout30`` (``ELEMENTS``)."""

    BASE = "base"  #: căn cứ
    BODY = "body"
    ROMAN = "roman"  #: tiêu đề mục I, II
    CLAUSE_TITLE = "clause_title"  #: tiêu đề khoản
    CLAUSE = "clause"
    POINT = "point"


class Act(StrEnum):
    """What was done to the words of the source."""

    ACTOR = "actor"  #: đơn vị thực hiện
    RECIPIENT = "recipient"  #: nơi nhận báo cáo
    CONTACT = "contact"  #: địa chỉ, điện thoại, người liên hệ
    DAY = "day"  #: hạn
    CITED = "cited"  #: văn bản được thay thế
    UNIT = "unit"  #: đơn vị không còn, đổi tên
    SPLIT = "split"  #: tách theo nhóm đơn vị
    SHORT = "short"  #: chữ viết tắt
    LABEL = "label"  #: số thứ tự
    LEFT_OUT = "left_out"  #: phần bỏ
    TAKEN = "taken"  #: lấy cách viết của văn bản khác


@dataclass(frozen=True, slots=True)
class Source:
    """Where words come from: a directive (``document`` its id, None where it is no stored file), item, page and line.

    Where they are a frame that no directive gave, ``name`` names the rule and the rest is None or "".
    """

    name: str
    document: str | None = None
    item: str = ""
    page: int | None = None
    line: int | None = None
    order: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """``before`` (the source's words) became ``after``; ``why`` in Vietnamese."""

    act: Act
    before: str
    after: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """What the machine could not decide: the words that stand in its place, and the question."""

    text: str
    question: str


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one paragraph; ``gap`` where they are an open place."""

    text: str
    gap: Gap | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the draft. ``label`` ("1.", "a)", "-") stands before ``runs``; ``part`` is the order of the
    source's part (``nlp.compare.items.Part``), None for a frame."""

    kind: Kind
    label: str
    runs: tuple[Run, ...]
    sources: tuple[Source, ...]
    changes: tuple[Change, ...] = ()
    part: int | None = None

    @property
    def text(self) -> str:
        """The words, without the label."""
        return "".join(run.text for run in self.runs)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The open places, in order."""
        return tuple(run.gap for run in self.runs if run.gap is not None)


@dataclass(frozen=True, slots=True)
class Task:
    """A row of the task table: what, who, by when, to whom; ``above`` is the upper office's day (ISO) and words."""

    task: str
    who: str
    due: str | None
    due_text: str
    recipient: str
    item: str
    above: str | None
    above_text: str
    source: Source
    moved: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part of the source that the draft does not carry on, and why (Vietnamese)."""

    text: str
    why: str
    source: Source


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of page 1: ``number`` is left open ("Số:      /SGDĐT-GDTrH"), ``symbol`` what follows its stroke."""

    parent: str
    issuer: str
    symbol: tuple[Run, ...]
    place: str
    year: int
    month: int
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of Kính gửi, of Nơi nhận or of the sign-off, with where it comes from."""

    runs: tuple[Run, ...]
    sources: tuple[Source, ...]
    changes: tuple[Change, ...] = ()

    @property
    def text(self) -> str:
        """The words."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Draft:
    """The draft of a công văn (``title`` None) or of a plan (``title`` "KẾ HOẠCH").

    ``about`` is the trích yếu; ``to`` the lines of Kính gửi (none in a plan); ``recipients`` those of Nơi nhận without
    dash and mark; ``power`` the lines above the signature. ``notes`` tell the officer what concerns the whole draft.
    """

    title: str | None
    letterhead: Letterhead
    about: Line
    to: tuple[Line, ...]
    body: tuple[Paragraph, ...]
    recipients: tuple[Line, ...]
    power: tuple[Line, ...]
    signer: Line
    issuer_full: str
    tasks: tuple[Task, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """All open places, each question once, in order."""
        lines = (*self.to, self.about, *self.recipients, *self.power, self.signer)
        runs = [*self.letterhead.symbol, *(r for p in self.body for r in p.runs), *(r for ln in lines for r in ln.runs)]
        return tuple(dict.fromkeys(run.gap for run in runs if run.gap is not None))
