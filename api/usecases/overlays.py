"""What one office has corrected for itself, laid over what everybody reads, wherever that office looks.

Nothing is copied for an office: store, index, duties and graph hold what holds for everybody, and an ``Overlay`` has
the few directives that read otherwise for one office. Each is worked out when the office first asks, from the
directive as everybody reads it and the office's own corrections, and again only when one of these has changed.
"""

from __future__ import annotations

import hashlib
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from api.doors.offices import Office
from api.seams import Rooms
from api.usecases.listing import newest_first
from corpus.corrections import Correction, meant, with_facts, with_words
from corpus.document import Document
from corpus.errors import NotFoundError
from corpus.facts import Facts
from corpus.store import DocumentInfo, Store, Stored, folded_number

#: So many directives are kept whole, text and facts, as offices read them.
WHOLE = 64


@dataclass(frozen=True)
class Own:
    """A directive as one office reads it: what lists show, the facts without the sections, the passages to search."""

    info: DocumentInfo
    facts: Facts
    #: whether header or citations, of which the graph is made, are other ones than everybody's
    tied_otherwise: bool
    passages: Any
    #: headings and tasks that it has more often (less often: below nought) than as everybody reads it
    topics: Mapping[str, int]


@dataclass(frozen=True)
class Overlay:
    """The directives that one office reads otherwise than everybody; ``token`` changes whenever it would read
    differently."""

    token: str = ""
    own: Mapping[str, Own] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.own)

    @cached_property
    def _numbered(self) -> dict[str, list[DocumentInfo]]:
        found: dict[str, list[DocumentInfo]] = {}
        for row in self.own.values():
            if row.info.number:
                found.setdefault(folded_number(row.info.number), []).append(row.info)
        return found

    @property
    def passages(self) -> list[Any]:
        """What a search lays over the index."""
        return [row.passages for row in self.own.values()]

    def info(self, info: DocumentInfo) -> DocumentInfo:
        """Return what a list shows of a directive."""
        own = self.own.get(info.id)
        return info if own is None else own.info

    def headers(self, infos: Iterable[DocumentInfo]) -> list[tuple[DocumentInfo, DocumentInfo]]:
        """Return the directives of ``infos`` of which the office reads the header otherwise, before and after."""
        pairs = ((info, self.own[info.id].info) for info in infos if info.id in self.own)
        return [(before, after) for before, after in pairs if before != after]

    def topics(self) -> dict[str, int]:
        """Return which headings and tasks the office reads more and less often than everybody."""
        found: Counter[str] = Counter()
        for own in self.own.values():
            found.update(own.topics)
        return {topic: more for topic, more in found.items() if more}

    def infos(self, infos: list[DocumentInfo]) -> list[DocumentInfo]:
        """Return a list of directives as the office reads them, newest first, undated last."""
        if not self.own:
            return infos
        return newest_first(map(self.info, infos))

    def found(self, reference: str, infos: Iterable[DocumentInfo]) -> list[DocumentInfo]:
        """Return what ``reference`` means to the office, of which the store found ``infos``: a number that the office
        corrected is the directive's in place of the one that was read."""
        wanted = folded_number(reference.strip())
        kept = [
            self.info(info)
            for info in infos
            if info.id not in self.own or not info.number or folded_number(info.number) != wanted
        ]
        known = {info.id for info in kept}
        return [*kept, *(info for info in self._numbered.get(wanted, ()) if info.id not in known)]

    def numbered(self, found: dict[str, str]) -> dict[str, str]:
        """Return which number is which directive's, of which the store knows ``found``."""
        kept = {number: key for number, key in found.items() if key not in self.own}
        return kept | {number: rows[-1].id for number, rows in self._numbered.items()}


#: What the server's own office, the command line and offices without corrections of their own read.
EVERYBODYS = Overlay()


def corrected(
    document: Document,
    facts: Facts,
    corrections: Sequence[Correction],
    read_facts: Callable[[Document], Facts],
) -> tuple[Document, Facts]:
    """Return what the machine read with people's corrections; other words are read for facts anew."""
    changed = with_words(document, corrections)
    if changed is not document:
        facts = read_facts(changed)
    return changed, with_facts(changed, facts, corrections)


class Overlays:
    """Keeps the overlay of every office that has asked."""

    def __init__(self, store: Callable[[], Store], rooms: Rooms) -> None:
        self._store = store
        self._rooms = rooms
        self._lock = threading.RLock()
        self._changed: str | None = None
        self._made: dict[str, dict[str, list[Correction]]] = {}
        self._held: dict[str, tuple[str, Overlay]] = {}
        self._own: dict[tuple[str, str], tuple[str, Own]] = {}
        self._whole: OrderedDict[tuple[str, str], tuple[str, Stored]] = OrderedDict()
        self._working: dict[str, threading.RLock] = {}

    def offices(self) -> list[Office]:
        """Return the offices that have corrections of their own."""
        with self._lock:
            self._look()
            rows = [next(iter(directives.values()))[0] for directives in self._made.values()]
        return [office for row in rows if (office := Office.of(row.office)) is not None]

    def correctors(self, documents: Collection[str]) -> set[str]:
        """Return the ids of the offices that have corrections of their own in some of the directives."""
        with self._lock:
            self._look()
            return {office for office, made in self._made.items() if not made.keys().isdisjoint(documents)}

    def of(self, office: Office | None) -> Overlay:
        """Return what an office reads otherwise; None is the server's own office, which reads what everybody does."""
        if office is None:
            return EVERYBODYS
        with self._lock:
            self._look()
            made = self._made.get(office.id)
            working = self._working.setdefault(office.id, threading.RLock())
        if not made:
            return EVERYBODYS
        with working:  # another office need not wait
            state = f"{self._changed} {self._store().fingerprint()}"
            known = self._held.get(office.id)
            if known is None or known[0] != state:
                known = self._held[office.id] = state, self._overlay(office, made)
        return known[1]

    def seen(self, stored: Stored, office: Office | None) -> Stored:
        """Return a directive as an office reads it."""
        if office is None:
            return stored
        with self._lock:
            self._look()
            made = self._made.get(office.id, {}).get(stored.info.id)
        return stored if not made else self._laid(stored, office, made)

    def _look(self) -> None:
        """Read the corrections that hold for one office alone, where one was made or taken back."""
        desk = self._store().desk
        changed = desk.changed_for_one()
        if changed == self._changed:
            return
        made: dict[str, dict[str, list[Correction]]] = {}
        for row in desk.corrections():
            office = Office.of(row.office)
            if not row.shared and office is not None:
                made.setdefault(office.id, {}).setdefault(row.document, []).append(row)
        self._made, self._changed = made, changed

    def _overlay(self, office: Office, made: Mapping[str, Sequence[Correction]]) -> Overlay:
        found: dict[str, Own] = {}
        tokens = []
        for document, corrections in sorted(made.items()):
            key, token = (office.id, document), self._token(document, corrections)
            known = self._own.get(key)
            if known is None or known[0] != token:
                try:
                    known = token, self._worked_out(office, document, corrections)
                except NotFoundError:  # the directive was taken out; its corrections wait
                    continue
                self._own[key] = known
            found[document] = known[1]
            tokens.append(token)
        for gone in [key for key in self._own if key[0] == office.id and key[1] not in found]:
            del self._own[gone]
        return Overlay(hashlib.sha256("|".join(tokens).encode()).hexdigest() if tokens else "", found)

    def _worked_out(self, office: Office, document: str, corrections: Sequence[Correction]) -> Own:
        base = self._store().get(document)
        laid = self._laid(base, office, corrections)
        facts = laid.facts
        otherwise = (facts.header, facts.citations) != (base.facts.header, base.facts.citations)
        index = self._rooms.index()
        topics = Counter(index.topics(laid.document, facts))
        topics.subtract(index.topics(base.document, base.facts))
        return Own(laid.info, replace(facts, sections=()), otherwise, index.sheet(laid.document, facts), topics)

    def _laid(self, stored: Stored, office: Office, corrections: Sequence[Correction]) -> Stored:
        key, token = (office.id, stored.info.id), self._token(stored.info.id, corrections)
        with self._lock:
            known = self._whole.get(key)
        if known is None or known[0] != token:
            document, facts = self._corrected(stored, corrections)
            known = token, Stored(_info(stored.info, facts), document, facts)
        with self._lock:
            self._whole[key] = known
            self._whole.move_to_end(key)
            while len(self._whole) > WHOLE:
                self._whole.popitem(last=False)
        return known[1]

    def _corrected(self, stored: Stored, own: Sequence[Correction]) -> tuple[Document, Facts]:
        if not any(part.target == "word" for row in own for part in meant(row)):
            return corrected(stored.document, stored.facts, own, self._rooms.read_facts)
        # other words are read for facts anew: what everybody corrected about these comes before the office's own
        store = self._store()
        shared = [row for row in store.desk.corrections(stored.info.id) if row.shared]
        return corrected(*store.reading(stored.info.id), [*shared, *own], self._rooms.read_facts)

    def _token(self, document: str, corrections: Sequence[Correction]) -> str:
        return " ".join((document, self._store().revision(document), *(row.id for row in corrections)))


def _info(info: DocumentInfo, facts: Facts) -> DocumentInfo:
    """Return what lists show of a directive with these facts."""
    header = facts.header
    return replace(
        info, number=header.number, date=header.date, issuer=header.issuer, doc_type=header.doc_type,
        issuer_level=header.issuer_level.value if header.issuer_level else None,
        subject=header.subject, school_year=header.school_year,
    )  # fmt: skip
