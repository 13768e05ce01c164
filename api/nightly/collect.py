"""Receiving: what the sources offer becomes rows and files of ours; the same bytes become nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from api.nightly.bench import Bench
from api.nightly.keeper import Times
from corpus.document import content_id
from corpus.errors import BusyError, CongvanError
from corpus.journal import Arrival, Journal, Sight, Stage, State
from corpus.store import Store
from ingest.inbox import Leftover, Mishap, Offer, Source, SourceError, Taken, Trouble, shown


@dataclass(slots=True)
class FromSource:
    """What a night got from one source."""

    name: str
    kind: str
    taken: int = 0
    duplicates: list[str] = field(default_factory=list)
    moved: int = 0
    seconds: float = 0.0
    troubles: list[Trouble] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        troubles = [{"mishap": t.mishap.value, "place": t.place, "message": t.message} for t in self.troubles]
        return {
            "name": self.name,
            "kind": self.kind,
            "taken": self.taken,
            "duplicates": self.duplicates,
            "moved": self.moved,
            "seconds": round(self.seconds, 3),
            "troubles": troubles,
        }


class Seen:
    """What the journal knows of the places of one source; see ``ingest.inbox.Memory``."""

    def __init__(self, journal: Journal, source: str, now: Callable[[], datetime]) -> None:
        self._journal, self._source, self._now = journal, source, now
        self._stamps = journal.stamps(source)

    def stamp(self, key: str) -> str | None:
        """Return the stamp of what was taken at a place."""
        return self._stamps.get(key, (None, None))[0]

    def note(self, key: str) -> dict[str, Any]:
        """Return what the source noted at a place."""
        if key not in self._stamps:
            return {}
        found = self._journal.sight(self._source, key)
        return {} if found is None else found.note

    def remember(self, key: str, note: dict[str, Any]) -> None:
        """Note something at a place."""
        self._journal.see(Sight(self._source, key, "", None, self._now(), note))
        self._stamps[key] = ("", None)


class Collecting:
    """Receives from one source after the other."""

    def __init__(
        self, store: Store, bench: Bench, times: Times, now: Callable[[], datetime], tell: Callable[[str], None]
    ) -> None:
        self._store, self._journal = store, store.journal
        self._bench, self._times, self._now, self._tell = bench, times, now, tell
        self._leftovers: list[tuple[Source, FromSource, Leftover]] = []

    def take(self, source: Source, kind: str) -> FromSource:
        """Receive everything new at a source. What goes wrong with it stands in the answer."""
        got = FromSource(source.name, kind)
        start = time.monotonic()
        memory = Seen(self._journal, source.name, self._now)
        try:
            for found in _guarded(source, memory):
                if isinstance(found, Trouble):
                    got.troubles.append(found)
                elif isinstance(found, Leftover):
                    self._leftovers.append((source, got, found))
                else:
                    self._receive(source, got, found)
        except BusyError:
            raise
        except SourceError as error:
            got.troubles.append(error.trouble(source.name, ""))
        except (OSError, CongvanError) as error:
            got.troubles.append(Trouble(source.name, Mishap.DOWN, "", _said(error)))
        got.seconds = time.monotonic() - start
        self._times.add(Stage.RECEIVED, got.seconds, got.taken)
        self._tell(f"{source.name}: {got.taken} tệp mới, {len(got.duplicates)} trùng, {len(got.troubles)} trục trặc")
        return got

    def _receive(self, source: Source, got: FromSource, offer: Offer) -> None:
        try:
            files = offer.fetch()
            ids = [self._keep(got, offer, taken) for taken in files]
        except SourceError as error:
            got.troubles.append(error.trouble(source.name, shown(offer.place)))
            return
        except OSError as error:
            got.troubles.append(Trouble(source.name, Mishap.UNREADABLE, shown(offer.place), _said(error)))
            return
        ids = ids or [str(one) for one in offer.note.get("documents", [])]
        note = {**offer.note, "documents": ids, "place": shown(offer.place)}
        sight = Sight(source.name, offer.key, offer.stamp, ids[0] if ids else None, self._now(), note)
        self._journal.see(sight)
        self._leftovers.append((source, got, Leftover(source.name, offer.key, offer.stamp, offer.place)))

    def _keep(self, got: FromSource, offer: Offer, taken: Taken) -> str:
        document_id = content_id(taken.data)
        place = shown(offer.place)
        known = self._journal.arrival(document_id)
        if known is not None and (known.source, known.place, known.state) == (got.name, place, State.OPEN):
            return document_id  # a run was killed after it had noted this file and before it had noted the place
        if known is not None or self._store.has(document_id):
            got.duplicates.append(f"{place}: {taken.name}" if not place.endswith(taken.name) else place)
            return document_id
        self._bench.put(document_id, taken.data)
        self._journal.receive(Arrival(document_id, got.name, place, taken.name, len(taken.data), self._now()))
        got.taken += 1
        return document_id

    def put_away(self, settled: Callable[[str], bool]) -> None:
        """Let the sources move away what is stored; ``settled`` tells it of a content id."""
        for source, got, left in self._leftovers:
            sight = self._journal.sight(left.source, left.key)
            ids = [] if sight is None else sight.note.get("documents", [])
            if sight is None or sight.stamp != left.stamp or not all(settled(str(one)) for one in ids):
                continue
            try:
                got.moved += source.put_away(left.key, left.place)
            except SourceError as error:
                got.troubles.append(error.trouble(source.name, shown(left.place)))
            except OSError as error:
                got.troubles.append(Trouble(source.name, Mishap.UNREADABLE, shown(left.place), _said(error)))


def _guarded(source: Source, memory: Seen) -> Iterator[Offer | Leftover | Trouble]:
    """Yield what a source offers; a flaw in the program that reads it must not end the night."""
    try:
        yield from source.offers(memory)
    except (CongvanError, OSError):
        raise
    except Exception as error:  # noqa: BLE001  # the border of a source: the others go on
        yield Trouble(source.name, Mishap.DOWN, "", f"Lỗi trong chương trình ({type(error).__name__}: {error}).")


def _said(error: OSError | CongvanError) -> str:
    if isinstance(error, CongvanError):
        return str(error)
    return f"Không đọc hoặc ghi được ({error.strerror or type(error).__name__})."
