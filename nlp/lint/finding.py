"""What a check finds: the rule, where, what is wrong in Vietnamese, and how to put it right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from corpus.facts import Evidence
from nlp.words.vocabulary import table


class Level(StrEnum):
    """How much a finding weighs."""

    ERROR = "loi"  #: lỗi: the document must not go out so
    SHOULD = "nen_sua"  #: nên sửa
    ADVICE = "goi_y"  #: gợi ý

    @property
    def label(self) -> str:
        """The level as people read it."""
        return {"loi": "lỗi", "nen_sua": "nên sửa", "goi_y": "gợi ý"}[self.value]


class Needs(StrEnum):
    """What a rule must know of the place it looks at."""

    NOTHING = ""
    PRINT = "print"  #: text that was not read from a picture
    LOOK = "look"  #: letters whose size and style are known


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of ``tables/lint.toml``: ``source`` is the article it stands in, ``name`` the rule in a few words."""

    id: str
    level: Level
    name: str
    source: str
    needs: Needs
    example: str


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """Return all rules by id."""
    return {
        row["id"]: Rule(
            row["id"], Level(row["level"]), row["name"], row["source"], Needs(row.get("needs", "")), row["example"]
        )
        for row in table("lint")["rule"]
    }


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding. ``what`` says in Vietnamese what is wrong, ``fix`` what to write or do instead.

    ``evidence`` is its place, None for what concerns the whole document; ``paragraph`` counts paragraphs from 1;
    ``count`` is how many places the same is wrong at, ``evidence`` being the first of them.
    """

    rule: Rule
    what: str
    fix: str
    evidence: Evidence | None = None
    paragraph: int | None = None
    count: int = 1

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as plain data."""
        place = self.evidence
        return {
            "rule": self.rule.id,
            "level": self.rule.level.value,
            "name": self.rule.name,
            "source": self.rule.source,
            "what": self.what,
            "fix": self.fix,
            "page": None if place is None else place.page,
            "line": None if place is None else place.line,
            "paragraph": self.paragraph,
            "start": None if place is None else place.start,
            "end": None if place is None else place.end,
            "surface": None if place is None else place.surface,
            "count": self.count,
        }


@dataclass(frozen=True)
class Report:
    """All findings of one document, in reading order, and what could not be checked (``notes``, Vietnamese)."""

    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()

    def count(self, level: Level) -> int:
        """Return how many findings weigh so much."""
        return sum(finding.rule.level is level for finding in self.findings)

    @property
    def clean(self) -> bool:
        """Whether nothing has to be put right; advice alone does not count."""
        return all(finding.rule.level is Level.ADVICE for finding in self.findings)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain data."""
        return {
            "clean": self.clean,
            "counts": {level.value: self.count(level) for level in Level},
            "findings": [finding.as_dict() for finding in self.findings],
            "notes": list(self.notes),
        }
