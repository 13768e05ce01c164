"""What comparing two directives gives: rows of items, facts that changed, citations that came and went."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from corpus.facts import Evidence
from nlp.compare.items import Part, Parts
from nlp.compare.words import Change

#: Items that are less alike may be about something else.
SURE = 0.25


class Kind(StrEnum):
    """What became of an item; the last three are said of an office below the one that asked."""

    SAME = "same"
    REWORDED = "reworded"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"
    DROPPED = "dropped"
    TAKEN_OVER = "taken_over"
    LEFT_OUT = "left_out"
    ADDED = "added"


class What(StrEnum):
    """Kinds of fact that change inside an item."""

    DUE = "due"  #: hạn
    TARGET = "target"  #: mức, chỉ tiêu
    RECIPIENT = "recipient"  #: nơi nhận báo cáo
    VIA = "via"  #: qua đơn vị
    ACTOR = "actor"  #: đơn vị thực hiện
    LEVELS = "levels"  #: cấp học


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact of an item that is another one on the new side; None where a side has none.

    ``old`` and ``new`` are as the facts have them (days are ISO, actors codes joined by ","); ``task`` says of what;
    ``days`` how many days the new day is after the old one; ``yearly``: it is the same day of another year.
    ``earlier`` is said of a lower office's day: whether it lies before the day of the office above.
    """

    what: What
    task: str
    old: str | None
    new: str | None
    old_evidence: Evidence | None
    new_evidence: Evidence | None
    days: int | None = None
    yearly: bool = False
    earlier: bool | None = None


@dataclass(frozen=True)
class Row:
    """Items that answer to each other: one of each, or several of one side where they were split or merged.

    ``words`` lays ``old_text`` on ``new_text``; empty where all or too little of it is the same. ``score`` is the
    likeness of the most alike link.
    """

    kind: Kind
    old: tuple[Part, ...]
    new: tuple[Part, ...]
    score: float = 0.0
    moved: bool = False
    words: tuple[Change, ...] = ()
    facts: tuple[FactChange, ...] = ()

    @property
    def old_text(self) -> str:
        """The words of the old items, one under the other."""
        return "\n".join(part.text for part in self.old)

    @property
    def new_text(self) -> str:
        """The words of the new items, one under the other."""
        return "\n".join(part.text for part in self.new)

    @property
    def certain(self) -> bool:
        """Whether the items surely answer to each other; what says it in quite other words may be another matter."""
        return not (self.old and self.new) or self.score >= SURE or bool(self.words)

    @property
    def changed(self) -> bool:
        """Whether anything but a number before the item is another one."""
        return self.kind is not Kind.SAME or any(not fact.yearly for fact in self.facts)


class Fate(StrEnum):
    """What became of a citation."""

    ADDED = "added"
    DROPPED = "dropped"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class CitationChange:
    """A cited document that only one side cites, or one that a newer one took the place of.

    ``certain`` is False where only number, kind and subject speak for the replacement; ``why`` says it in Vietnamese.
    """

    fate: Fate
    old: str | None
    new: str | None
    old_evidence: Evidence | None
    new_evidence: Evidence | None
    certain: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class ListChange:
    """Entries of a list of the header (``field``: addressees, recipients) that only one side has."""

    field: str
    added: tuple[str, ...]
    dropped: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """Two directives side by side. ``levels``: the old one is of an office above the new one's.

    ``related`` is False where they do not speak of the same matter; then there are no rows. ``note`` says so, and what
    else a reader must know, in Vietnamese. ``share`` is the part of the items that is aligned.
    """

    old: Parts
    new: Parts
    levels: bool
    related: bool
    note: str
    rows: tuple[Row, ...] = ()
    citations: tuple[CitationChange, ...] = ()
    lists: tuple[ListChange, ...] = ()
    share: float = 0.0

    def counts(self) -> dict[Kind, int]:
        """Return how many rows there are of each kind, in the order of ``Kind``."""
        found = Counter(row.kind for row in self.rows)
        return {kind: found[kind] for kind in Kind if found[kind]}

    def facts(self, what: What | None = None) -> list[tuple[Row, FactChange]]:
        """Return the changed facts with their rows, days first."""
        found = [(row, fact) for row in self.rows for fact in row.facts if what is None or fact.what is what]
        return sorted(found, key=lambda one: list(What).index(one[1].what))
