"""A portal (cổng thông tin): the files that a page, an RSS or an Atom list links to.

An entry of a feed that links to a page and not to a file is followed one step: the files that the page links to are
taken. What was taken is asked for again only after ``recheck`` (with If-None-Match, so an unchanged file costs a line).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import Message
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import parse_qsl, unquote, urldefrag, urljoin, urlsplit

from ingest.inbox import Leftover, Memory, Mishap, Offer, SourceError, Taken, Trouble, key_of, shown
from ingest.reader import SUFFIXES, Kind
from ingest.sources.safexml import local, parse
from ingest.sources.web import Answer, Web

#: Suffixes of links that are taken: what can be read, and what a person should hear of that it cannot. A portal's own
#: pages are no directives.
_FILES = frozenset(
    {suffix for suffix, kind in SUFFIXES.items() if kind is not Kind.HTML} | {".xls", ".xlsx", ".zip", ".rar"}
)
_TYPES = {
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/msword": ".doc",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/vnd.oasis.opendocument.text": ".odt",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/tiff": ".tif",
}
_PAGE_BYTES = 20 * 2**20
_FEED = re.compile(rb"\s*(?:<\?xml[^>]*\?>)?\s*(?:<!--.*?-->\s*)*<(?:\w+:)?(?:rss|feed|RDF)\b", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a list: ``stamp`` is what the list says of its age, ``file`` whether it is a file or a page."""

    url: str
    stamp: str
    file: bool


@dataclass(frozen=True, slots=True)
class Look:
    """What is taken of a list: only links that contain ``contains``, at most ``most`` new files a night."""

    url: str
    contains: str = ""
    most: int = 200
    recheck: timedelta = timedelta(days=30)


class PortalSource:
    """A portal; see ``ingest.inbox.Source``."""

    def __init__(self, name: str, look: Look, web: Web, now: datetime) -> None:
        self._name, self._look, self._web, self._now = name, look, web, now
        self._offered, self._more = 0, False

    @property
    def name(self) -> str:
        """See ``Source``."""
        return self._name

    def offers(self, memory: Memory) -> Iterator[Offer | Leftover | Trouble]:
        """See ``Source``."""
        seen = set[str]()
        for link in self._list(self._look.url, memory):
            if self._look.contains not in link.url or link.url in seen:
                continue
            seen.add(link.url)
            if not self._web.allows(link.url):
                message = "Máy chủ không có trong danh sách hosts của nguồn."
                yield Trouble(self._name, Mishap.REFUSED, shown(link.url), message)
            elif link.file:
                yield from self._file(link, memory)
            else:
                yield from self._page(link, memory, seen)
            if self._more:
                message = f"Đã lấy {self._offered} tệp, phần còn lại để lần sau."
                yield Trouble(self._name, Mishap.LATER, shown(self._look.url), message)
                return

    def put_away(self, key: str, place: str) -> bool:
        """What lies on a server stays there."""
        return False

    def close(self) -> None:
        """Nothing is held open."""

    def _page(self, link: Link, memory: Memory, seen: set[str]) -> Iterator[Offer | Leftover | Trouble]:
        note = memory.note(key_of(link.url))
        try:
            fresh = not note or note.get("stamp") != link.stamp or self._old(note)
            links = self._list(link.url, memory, link.stamp) if fresh else _links(note)
            for inner in links:
                if inner.file and inner.url not in seen and self._web.allows(inner.url):
                    seen.add(inner.url)
                    yield from self._file(inner, memory)
        except SourceError as error:
            yield error.trouble(self._name, shown(link.url))

    def _file(self, link: Link, memory: Memory) -> Iterator[Offer]:
        key = key_of(link.url)
        known = memory.note(key) if memory.stamp(key) is not None else {}
        if memory.stamp(key) == link.stamp and not self._old(known):
            return
        if self._offered >= self._look.most:
            self._more = True
            return
        self._offered += 1
        note: dict[str, Any] = {}
        yield Offer(self._name, key, link.stamp, link.url, lambda: self._fetch(link, known, note), note)

    def _fetch(self, link: Link, known: dict[str, Any], note: dict[str, Any]) -> list[Taken]:
        answer = self._web.get(link.url, known.get("validators"))
        note["checked"] = self._now.isoformat()
        note["validators"] = answer.validators or known.get("validators", {})
        if answer.data is None:
            note["documents"] = known.get("documents", [])
            return []
        return [Taken(_file_name(answer), answer.data)]

    def _list(self, url: str, memory: Memory, stamp: str = "") -> list[Link]:
        """Return the links of a list, those of the last time where it has not changed."""
        key = key_of(url)
        known = memory.note(key)
        answer = self._web.get(url, known.get("validators"), _PAGE_BYTES)
        if answer.data is None:
            links = _links(known)
        elif _FEED.match(answer.data.removeprefix(b"\xef\xbb\xbf")):
            links = list(_feed(answer))
        else:
            links = list(_html(answer))
        kept = [[link.url, link.stamp, link.file] for link in links]
        validators = answer.validators or (known.get("validators", {}) if answer.data is None else {})
        checked = self._now.isoformat()
        memory.remember(key, {"validators": validators, "links": kept, "stamp": stamp, "checked": checked})
        return links

    def _old(self, note: dict[str, Any]) -> bool:
        """Whether something was asked for so long ago that it is time again; a day to come is long ago."""
        try:
            checked = datetime.fromisoformat(str(note.get("checked")))
        except ValueError:
            return True
        return not timedelta(0) <= self._now - checked < self._look.recheck


def _links(note: dict[str, Any]) -> list[Link]:
    return [Link(str(url), str(stamp), bool(file)) for url, stamp, file in note.get("links", [])]


def _is_file(url: str) -> bool:
    """Whether an address names a file, in its path or as a parameter ("tai-ve.aspx?tep=15-sgddt.pdf")."""
    parts = urlsplit(url)
    names = [unquote(parts.path), *(value for _, value in parse_qsl(parts.query))]
    return any(PurePosixPath(name).suffix.lower() in _FILES for name in names)


def _joined(base: str, links: Iterable[str]) -> Iterator[str]:
    for link in links:
        try:
            url = urldefrag(urljoin(base, link.strip())).url
            if urlsplit(url).scheme in ("http", "https"):
                yield url
        except ValueError:
            continue  # no address at all


def _feed(answer: Answer) -> Iterator[Link]:
    """Yield the links of RSS 2.0, RSS 1.0 and Atom: enclosures, and what each entry links to."""
    root = parse(answer.data or b"")
    for entry in root.iter():
        if local(entry) not in ("item", "entry"):
            continue
        stamp, found = "", dict[str, bool]()
        for part in entry:
            name = local(part)
            if name in ("pubdate", "updated", "published", "date") and not (stamp and name == "published"):
                stamp = (part.text or "").strip()
            elif name in ("link", "enclosure", "content"):
                href = part.get("href") or part.get("url") or (part.text or "" if name == "link" else "")
                if href.strip() and part.get("rel", "alternate") in ("alternate", "enclosure", "related"):
                    found[href] = found.get(href, False) or name == "enclosure" or part.get("rel") == "enclosure"
        for href, enclosed in found.items():
            for url in _joined(answer.url, [href]):
                yield Link(url, stamp, enclosed or _is_file(url))


class _Anchors(HTMLParser):
    """Collects the links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.base = ""
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a link."""
        href = dict(attrs).get("href")
        if href and tag == "base" and not self.base:
            self.base = href
        elif href and tag == "a":
            self.links.append(href)


def _html(answer: Answer) -> Iterator[Link]:
    """Yield the links of a page to files."""
    reader = _Anchors()
    charset = _header(answer.headers.get("content-type", "")).get_content_charset() or "utf-8"
    try:
        text = (answer.data or b"").decode(charset, "replace")
    except LookupError:
        text = (answer.data or b"").decode("utf-8", "replace")
    reader.feed(text)
    reader.close()
    for url in _joined(urljoin(answer.url, reader.base), dict.fromkeys(reader.links)):
        if _is_file(url):
            yield Link(url, "", True)


def _file_name(answer: Answer) -> str:
    """Return the name under which a server gives a file; a name without a suffix gets that of its media type."""
    told = _header("", answer.headers.get("content-disposition", "")).get_filename()
    name = told or PurePosixPath(unquote(urlsplit(answer.url).path)).name or "tep"
    name = shown(re.split(r"[/\\]", name)[-1])
    media_type = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    return name if "." in name[-6:] else name + _TYPES.get(media_type, "")


def _header(content_type: str, disposition: str = "") -> Message:
    made = Message()
    if content_type:
        made["Content-Type"] = content_type
    if disposition:
        made["Content-Disposition"] = disposition
    return made
