"""Taking corrections in: kept as corrections, applied to what the machine read, searched and owed at once, undone.

A correction holds for everybody where an admin made it, the office that issued the directive, or the one that brought
it in first; else it holds for the office of who made it, and is laid over the reading wherever that office looks
(``usecases.overlays``).
"""

from __future__ import annotations

import contextlib
import re
import threading
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, cast, get_args

from api.doors.offices import Office
from api.doors.person import Person, Role, acting
from api.seams import Rooms
from api.usecases.indexing import Indexing
from api.usecases.overlays import Overlays, corrected
from api.usecases.reviewing import Item, duties, items
from api.usecases.years import school_year
from corpus.corrections import (
    ACTORS,
    Action,
    Anchor,
    Correction,
    Target,
    citation_keys,
    fact_anchor,
    word_anchor,
)
from corpus.errors import BadInputError, CongvanError, NotAllowedError, NotFoundError
from corpus.facts import DEPARTMENT, SchoolLevel
from corpus.numbers import parse_number
from corpus.store import DocumentInfo, Store, Stored
from corpus.text import nfc, squeeze

#: A look for unsure places takes about so long, in seconds, and remembers so many directives.
LOOK_SECONDS, REMEMBERED = 0.05, 4096
_LONGEST_WORD, _LONGEST_TASK = 200, 2000
#: A number without a symbol that is known: "12/TB", "415/THCS", "123".
_PLAIN_NUMBER = re.compile(r"\d{1,5}[a-zA-Z]?(?:[/-][^\W_][\w&.-]{0,30}){0,4}")
_HEADER = (
    "number", "date", "effective", "issuer", "doc_type", "subject", "school_year", "signer", "signer_title", "place",
)  # fmt: skip


def shared(corrections: list[Correction]) -> list[Correction]:
    """Return the corrections that hold for everybody."""
    return [row for row in corrections if row.shared]


@dataclass(frozen=True)
class Review:
    """A look at what is unsure: the items, and from which directive on the next look goes (None: none is left)."""

    items: list[Item]
    next: int | None


class Correcting:
    """The use case of looking at unsure places and deciding them."""

    def __init__(
        self, store: Callable[[], Store], rooms: Rooms, indexing: Indexing, now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._rooms = rooms
        self._indexing = indexing
        self._now = now
        self._lock = threading.RLock()
        self._tokens: tuple[str, Mapping[str, str]] = ("", {})
        self._seen: OrderedDict[tuple[str, str], tuple[str, list[Item]]] = OrderedDict()
        #: what each office has corrected for itself
        self.overlays = Overlays(store, rooms)

    def of(self, document_id: str) -> list[Item]:
        """Return what is unsure in one directive for who asks. Raises NotFoundError."""
        store = self._store()
        return items(self.seen(store.get(document_id)), self._held(document_id))

    def visible(self, document_id: str | None = None) -> list[Correction]:
        """Return the corrections of one's own office and those below, oldest first; an admin sees all."""
        person = acting()
        return [row for row in self._store().desk.corrections(document_id) if person.sees(Office.of(row.office))]

    def seen(self, stored: Stored) -> Stored:
        """Return a directive as the office of who asks has corrected it for itself."""
        return self.overlays.seen(stored, acting().office)

    def _held(self, document_id: str) -> list[Correction]:
        """Return the corrections that hold for the office of who asks."""
        office = acting().office
        rows = self._store().desk.corrections(document_id)
        return [row for row in rows if row.shared or (office is not None and Office.of(row.office) == office)]

    def look(self, infos: list[DocumentInfo], start: int, most: int) -> Review:
        """Return unsure places of the directives from position ``start`` on, until there are ``most`` or it has
        taken long enough; what was looked at once is remembered until it changes."""
        store = self._store()
        fingerprint = store.fingerprint()
        if self._tokens[0] != fingerprint:
            self._tokens = (fingerprint, store.revisions())
        tokens = self._tokens[1]
        until, patience = (time.monotonic() + seconds for seconds in (LOOK_SECONDS, 2 * LOOK_SECONDS))
        found: list[Item] = []
        at = start
        while (
            at < len(infos) and len(found) < most and (time.monotonic() < (until if found else patience) or at == start)
        ):
            found += self._items(infos[at].id, tokens.get(infos[at].id, ""))
            at += 1
        return Review(found, at if at < len(infos) else None)

    def _items(self, document_id: str, token: str) -> list[Item]:
        office = acting().office
        key = (document_id, office.id if office else "")
        with self._lock:
            seen = self._seen.get(key)
            if seen is not None and seen[0] == token:
                return seen[1]
        try:
            found = self.of(document_id)
        except NotFoundError:
            return []
        with self._lock:
            self._seen[key] = (token, found)
            while len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)
        return found

    def correct(self, document_id: str, given: Mapping[str, Any]) -> Correction:
        """Keep and apply a decision. ``given``: ``action``; which place: ``item`` of a look, or ``target`` with
        ``key`` (facts), with ``page``, ``start`` and ``end`` (words), or alone (header); ``changes`` to edit, and for
        a contradiction ``about``: the key of what they are of.

        Raises NotFoundError for a place that is not there (any more), BadInputError for changes that do not fit.
        """
        with self._lock:
            stored = self.seen(self._store().get(document_id))
            action = cast(Action, str(given.get("action")))
            if action not in get_args(Action):
                raise BadInputError("Không rõ việc cần làm.", "Hãy chọn accept, edit hoặc reject.")
            target, anchor, item = self._place(stored, given)
            changes = dict(given.get("changes") or {})
            if target == "conflict" and action == "edit":
                changes = _put_right(item, str(given.get("about") or ""), changes)
            else:
                changes = _changes(target, action, changes, item)
            person, info = acting(), stored.info
            office = person.office.payload() if person.office else None
            for_all = self._for_all(person, info)
            made = Correction(
                uuid.uuid4().hex, document_id, self._now(), action, target, anchor, changes, office, for_all
            )
            held = self._store().desk.corrections(document_id)
            self._store().desk.put_correction(made)
            if for_all:
                self._apply(document_id, [*held, made])
            self._forget(document_id)
            return made

    def _for_all(self, person: Person, info: DocumentInfo) -> bool:
        office = person.office
        if office is None or person.role is Role.ADMIN or office.issued(info.issuer, info.date):
            return True
        return Office.of(self._store().accounts.origin(info.id)) == office

    def _forget(self, document_id: str) -> None:
        for key in [key for key in self._seen if key[0] == document_id]:
            del self._seen[key]

    def undo(self, correction_id: str) -> Correction:
        """Take a correction back; the others of the directive stay. Raises NotFoundError, NotAllowedError for another
        office's."""
        with self._lock:
            known = next((row for row in self._store().desk.corrections() if row.id == correction_id), None)
            if known is not None and not acting().changes(Office.of(known.office)):
                raise NotAllowedError("Chỗ sửa này của cơ quan khác.", "Hãy hỏi người quản trị.")
            found = self._store().desk.undo_correction(correction_id, self._now())
            if found.shared and self._store().has(found.document):
                self._apply(found.document, self._store().desk.corrections(found.document))
            self._forget(found.document)
            return found

    def _apply(self, document_id: str, corrections: list[Correction]) -> None:
        store = self._store()
        reading = store.reading(document_id)
        corrections = shared(corrections)
        document, facts = corrected(*reading, corrections, self._rooms.read_facts)
        self._indexing.forget(document_id)
        store.save(document, facts, None, self._now(), reading if corrections else None)
        with contextlib.suppress(CongvanError):  # the next search repairs the index from the store
            self._indexing.update()

    def _place(self, stored: Stored, given: Mapping[str, Any]) -> tuple[Target, Anchor, Item | None]:
        document = stored.document
        gone = NotFoundError("Không còn chỗ này trong văn bản.", "Hãy tải lại trang.")
        if given.get("item"):
            held = self._held(stored.info.id)
            item = next((i for i in items(stored, held) if i.id == given["item"]), None)
            if item is None:
                raise gone
            return item.target, item.anchor, item
        target = given.get("target")
        if target == "header":
            return "header", Anchor(1, ""), None
        if target == "word":
            number, start, end = (int(given.get(name) or 0) for name in ("page", "start", "end"))
            page = next((p for p in document.pages if p.number == number), None)
            if page is None or not 0 <= start < end <= len(page.text) or "\n" in page.text[start:end]:
                raise gone
            return "word", word_anchor(page, start, end), None
        if target in ("deadline", "duty"):
            for key, duty in duties(document, stored.facts):
                if key == given.get("key"):
                    return cast(Target, target), fact_anchor(document, duty.evidence, key), None
        if target == "citation":
            keys = citation_keys(document.id, stored.facts)
            for key, citation in zip(keys, stored.facts.citations, strict=True):
                if key == given.get("key"):
                    return "citation", fact_anchor(document, citation.evidence, key), None
        raise gone


def _put_right(item: Item | None, key: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return the changes of an edited contradiction: of what it is about. Raises BadInputError."""
    parts = item.about if item is not None else ()
    one = next((part for part in parts if part.key == key), None)
    if one is None:
        keys = ", ".join(part.key for part in parts)
        raise BadInputError("Chưa rõ sửa phần nào của chỗ mâu thuẫn.", f"Hãy chọn about trong: {keys}.")
    fresh = {name: text for name, text in given.items() if (text or None) != one.now.get(name)}
    if not fresh:
        raise BadInputError("Chưa có nội dung sửa.", "Hãy sửa một mục rồi lưu, hoặc chọn có hay không mâu thuẫn.")
    changes = _changes(one.target, "edit", fresh, None)
    return {"about": {"target": one.target, "anchor": asdict(one.anchor), "changes": changes}}


def _changes(target: Target, action: Action, given: dict[str, Any], item: Item | None) -> dict[str, Any]:
    """Return the changes of a correction, checked. Raises BadInputError."""
    if target == "word":
        if action == "accept":
            return {}
        restored = item is not None and item.source != item.reading
        text = given.get("text") if action == "edit" else (item.source if item is not None and restored else "")
        clean = squeeze(nfc(str(text or "")))
        if action == "edit" and not 0 < len(clean) <= _LONGEST_WORD:
            raise BadInputError("Chữ sửa lại không được để trống hoặc quá dài.", f"Tối đa {_LONGEST_WORD} ký tự.")
        return {"text": clean}
    if action != "edit":
        return {}
    if target == "citation":
        return _citation_changes(given)
    if target == "header":
        fields = {name: squeeze(nfc(str(given[name])))[:_LONGEST_TASK] for name in _HEADER if given.get(name)}
        if not fields:
            raise BadInputError("Chưa có nội dung sửa.", f"Có thể sửa: {', '.join(_HEADER)}.")
        if "number" in fields:
            fields["number"] = _own_number(fields["number"])
        fields |= {name: _day(fields[name]) for name in ("date", "effective") if name in fields}
        if "school_year" in fields:
            fields["school_year"] = school_year(fields["school_year"]) or ""
        return dict(fields)
    return _duty_changes(given)


def _citation_changes(given: dict[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    if "number" in given or not given.keys() & {"date", "subject"}:
        out["number"] = _number(str(given.get("number") or ""))
    if "date" in given:
        out["date"] = _day(str(given["date"])) if given["date"] else None
    if "subject" in given:
        out["subject"] = squeeze(nfc(str(given["subject"] or "")))[:_LONGEST_TASK] or None
    return out


def _number(text: str) -> str:
    number = parse_number(text)
    if number is None:
        raise BadInputError("Đây không phải là số ký hiệu.", "Ví dụ: 26/2019/TT-BGDĐT.")
    return str(number)


def _own_number(text: str) -> str:
    """Return a directive's own number in its normal form; one whose symbol no table knows ("12/TB") as it was typed."""
    return text if parse_number(text) is None and _PLAIN_NUMBER.fullmatch(text) else _number(text)


def _duty_changes(given: dict[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name in ("task", "recipient", "via"):
        if name in given:
            text = squeeze(nfc(str(given[name] or "")))[:_LONGEST_TASK]
            if text or name != "task":
                out[name] = text or None
    if "due" in given:
        out["due"] = _day(str(given["due"])) if given["due"] else None
    if "actor" in given:
        actors = [str(actor) for actor in given["actor"] or () if actor]
        wrong = [actor for actor in actors if actor not in ACTORS and not actor.startswith(DEPARTMENT)]
        if wrong:
            raise BadInputError(f"Không có loại đơn vị “{wrong[0][:40]}”.", f"Hãy chọn trong: {', '.join(ACTORS)}.")
        out["actor"] = actors
    if "levels" in given:
        levels = [str(level) for level in given["levels"] or () if level]
        if any(level not in set(SchoolLevel) for level in levels):
            raise BadInputError("Không có cấp học này.", f"Hãy chọn trong: {', '.join(SchoolLevel)}.")
        out["levels"] = levels or None
    if not out:
        raise BadInputError("Chưa có nội dung sửa.", "Hãy sửa việc, hạn, nơi nhận hoặc đơn vị thực hiện.")
    return out


def _day(text: str) -> str:
    parts = text.split("/")
    try:
        if len(parts) == 3:
            return date(int(parts[2]), int(parts[1]), int(parts[0])).isoformat()
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        hint = "Hãy viết dạng 2024-01-31 hoặc 31/01/2024."
        raise BadInputError(f"Không phải là ngày: “{text[:40]}”.", hint) from error
