"""Duties that came down: what the Bộ asked for and the Sở turned into a duty of its own with an earlier day.

A directive carries out another when it says so of a directive that is stored and whose office stands above. Two
duties are the same when both say nearly the same words, speak of the same round, term or class, and the lower office
wants it earlier. The upper one is then not shown beside the lower one but in its chain.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Collection, Iterable, Mapping, MutableMapping
from dataclasses import dataclass

from api.usecases.dutyrows import DutyRow, Known, Step
from corpus.facts import Deadline, Duty, Facts, IssuerLevel, Relation
from corpus.quickfold import quick_fold
from corpus.store import DocumentInfo, Owed, folded_number

_CARRIES_OUT = (Relation.IMPLEMENTS, Relation.BASED_ON, Relation.GUIDES)
_RANK: dict[str | None, int] = {
    IssuerLevel.BO: 0,
    IssuerLevel.SO: 1,
    IssuerLevel.PHONG: 2,
    IssuerLevel.TRUONG: 3,
}
_WORD = re.compile(r"[a-z]+")
#: Addresses, and whom a duty falls on where that stands behind it.
_BESIDE = re.compile(
    r"\S+@\S+|\S+\.(?:edu|gov|com)\.?\S*|: ?(?:doi voi )?(?:cac )?(?:truong|co so|trung tam) [^;.]*\.?$"
)
#: School levels in a duty: what is about the one is not about the other.
_LEVEL = re.compile(r"\b(mam non|mau giao|tieu hoc|thcs|trung hoc co so|thpt|trung hoc pho thong|gdtx)\b")
_SPELLED = {"mau giao": "mam non", "trung hoc co so": "thcs", "trung hoc pho thong": "thpt"}
#: Words that say how and to whom, not what.
_EMPTY = frozenset(
    "va cac cua cho ve theo tai trong den gui nop truoc ngay thang nam hoc so gddt bo phong qua duoc la voi cong tac "
    "thuc hien trien khai to chuc don vi truong co giao duc dao tao bao dam tren dia ban tinh huyen "
    "dia chi email hop thu dien tu".split()
)
#: Words that mean something only together.
_TOGETHER = (
    (re.compile(r"\bbao dam\b"), " "),
    (re.compile(r"\bbao cao nam\b"), " baocao canam "),
    (re.compile(r"\bbao cao\b"), " baocao "),
)
#: Which round, term or class a duty is about: what differs here is another duty, however alike the rest is.
_ROUND = re.compile(r"\b(dot|lan|quy|hoc ky|hk|vong|giai doan|lop|khoi)\s?(\d{1,2}|[ivx]{1,4})\b|\b(canam)\b")
_ROMAN = {
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "x": "10",
}
#: The share of the shorter duty's words, and of the longer one's, that must be the other's, too.
_SHORTER, _LONGER = 0.7, 0.45


class Chains:
    """Knows which directive carries out which."""

    def __init__(self) -> None:
        self._infos: MutableMapping[str, DocumentInfo] = {}
        self._numbers: MutableMapping[str, str] = {}
        self._cited: MutableMapping[str, tuple[str, ...]] = {}
        self._words: dict[str, tuple[Deadline | Duty, _Content]] = {}
        self._parents: dict[str, Known | None] = {}
        self._by_number: MutableMapping[str, list[str]] = {}

    def overlaid(self, rows: Iterable[tuple[DocumentInfo, Owed | Facts]]) -> Chains:
        """Return the chains where these directives are as given; the others are shared, not copied."""
        made = Chains()
        made._infos, made._numbers = ChainMap({}, self._infos), ChainMap({}, self._numbers)
        made._cited, made._by_number = ChainMap({}, self._cited), ChainMap({}, self._by_number)
        for info, owed in rows:
            made.learn(info, owed)
        return made

    def learn(self, info: DocumentInfo, owed: Owed | Facts) -> None:
        """Take note of a directive, or of its new state."""
        self._infos[info.id] = info
        self._number(info.id, folded_number(info.number) if info.number else "")
        cited = dict.fromkeys(c.number for c in owed.citations if c.relation in _CARRIES_OUT)
        lower = _RANK.get(info.issuer_level, 0) > 0
        self._cited[info.id] = tuple(folded_number(number) for number in cited) if lower else ()

    def _number(self, document: str, now: str) -> None:
        """Take note of a directive's folded number; lists are replaced, for an office's chains share them."""
        before = self._numbers.get(document, "")
        self._numbers[document] = now
        if now == before:
            return
        if before:
            self._by_number[before] = [one for one in self._by_number[before] if one != document]
        if now:
            self._by_number[now] = [*self._by_number.get(now, ()), document]

    def keep(self, ids: Collection[str]) -> None:
        """Forget all other directives, and who led to which duty: call it when what ``learn`` took in is complete."""
        gone = self._infos.keys() - ids
        for document in gone:
            self._number(document, "")
            del self._infos[document], self._numbers[document], self._cited[document]
        if gone:
            self._words.clear()
        self._parents.clear()

    def infos(self) -> Iterable[DocumentInfo]:
        """Return all directives."""
        return self._infos.values()

    def folded(self, rows: list[DutyRow], known: Mapping[str, list[Known]]) -> list[DutyRow]:
        """Return the rows of one unit with every chain as one row: the lowest office's."""
        bound = {row.known.key for row in rows}
        hidden: set[str] = set()
        chained: dict[str, tuple[Step, ...]] = {}
        for row in rows:
            if row.due is None:
                continue
            above = self._above(row.known, known)
            if above:
                chained[row.known.key] = tuple(Step.of(one) for one in reversed(above))
                hidden |= {one.key for one in above} & bound
        if not chained:
            return rows
        kept = [row for row in rows if row.known.key not in hidden]
        return [row._replace(chain=chained[row.known.key]) if row.known.key in chained else row for row in kept]

    def _above(self, lower: Known, known: Mapping[str, list[Known]]) -> list[Known]:
        """Return the duties that led to this one, the nearest office first."""
        out: list[Known] = []
        at: Known | None = lower
        while at is not None and len(out) < len(_RANK):
            at = self._parent(at, known)
            if at is not None:
                out.append(at)
        return out

    def _parent(self, lower: Known, known: Mapping[str, list[Known]]) -> Known | None:
        if lower.key not in self._parents:
            self._parents[lower.key] = self._found_parent(lower, known) if self._cited.get(lower.info.id) else None
        return self._parents[lower.key]

    def _found_parent(self, lower: Known, known: Mapping[str, list[Known]]) -> Known | None:
        rank = _RANK.get(lower.info.issuer_level, 0)
        best: tuple[float, str, Known] | None = None
        for number in self._cited.get(lower.info.id, ()):
            for document in self._by_number.get(number, ()):
                if _RANK.get(self._infos[document].issuer_level, rank) >= rank:
                    continue
                for upper in known.get(document, ()):
                    if upper.due is None or lower.due is None or lower.due >= upper.due:
                        continue
                    likeness = self._likeness(lower, upper)
                    # of those that fit equally well the next day is meant
                    if likeness and (best is None or (-likeness, upper.due) < best[:2]):
                        best = -likeness, upper.due, upper
        return best[2] if best else None

    def _likeness(self, one: Known, other: Known) -> float:
        if not set(one.duty.actor) & set(other.duty.actor):
            return 0.0
        if one.duty.levels and other.duty.levels and not set(one.duty.levels) & set(other.duty.levels):
            return 0.0
        a, b = self._content(one), self._content(other)
        report = "baocao" in a.words and "baocao" in b.words
        if a.rounds != b.rounds and (report or (a.rounds and b.rounds)):
            return 0.0
        if a.levels and b.levels and not a.levels & b.levels:
            return 0.0
        common, sizes = len(a.words & b.words), (len(a.words), len(b.words))
        if not common or common < _SHORTER * min(sizes) or common < _LONGER * max(sizes):
            return 0.0
        return common / len(a.words | b.words)

    def _content(self, known: Known) -> _Content:
        found = self._words.get(known.key)
        if found is None or found[0] is not known.duty:  # the same key may stand for other words after a correction
            text = _BESIDE.sub(" ", quick_fold(known.duty.task))
            for together, as_one in _TOGETHER:
                text = together.sub(as_one, text)
            rounds = frozenset(map(_round, _ROUND.finditer(text)))
            levels = frozenset(_SPELLED.get(m[0], m[0]) for m in _LEVEL.finditer(text))
            words = frozenset(w for w in _WORD.findall(_ROUND.sub(" ", text)) if w not in _EMPTY)
            found = self._words[known.key] = known.duty, _Content(words | rounds, rounds, levels)
        return found[1]


@dataclass(frozen=True, slots=True)
class _Content:
    """The words that say what a duty is, and which round, term or class and which school levels it is about."""

    words: frozenset[str]
    rounds: frozenset[str]
    levels: frozenset[str]


def _round(match: re.Match[str]) -> str:
    if match[3]:
        return match[3]
    kind = "hk" if match[1] == "hoc ky" else match[1]
    return f"{kind} {_ROMAN.get(match[2], match[2].lstrip('0'))}"
