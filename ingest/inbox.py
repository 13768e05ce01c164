"""What all sources of new files have in common: what they offer, what goes wrong with them, and the files themselves.

A source (``ingest.sources``) only says what lies where and fetches it. It stores nothing: what was taken before it is
told by a ``Memory``, and what it offers is remembered by the one who takes it.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from corpus.errors import BadInputError, LimitError
from corpus.text import nfc

#: What programs put beside the files of people: never taken, never told of. Each with an example in the tests.
_OTHERS = re.compile(
    r"""\..* | .*~ | ~\$.* | ~wr[ld].*\.tmp       # hidden files, backups, what Word keeps open
    | thumbs\.db | ehthumbs\.db | desktop\.ini | icon\r
    | .*\.(?:lnk|url)                              # shortcuts
    """,
    re.IGNORECASE | re.VERBOSE,
)
#: Names under which programs write files that are not whole yet.
_UNFINISHED = re.compile(r".*\.(?:part|partial|filepart|crdownload|download|opdownload|tmp|temp|!ut|aria2)", re.I)

_CHUNK = 2**20
#: Longest name that every file system takes, in bytes, with room for what is put behind it.
_LONGEST_NAME = 180


class Mishap(StrEnum):
    """What went wrong with a source or with something in it; the night goes on."""

    DOWN = "down"  #: the source cannot be reached
    CERTIFICATE = "certificate"  #: the server's certificate is not good
    REFUSED = "refused"  #: the address leads where the settings do not allow, or robots.txt forbids it
    SIGN_IN = "sign_in"  #: name or password were not taken
    UNREADABLE = "unreadable"  #: it is there but cannot be opened
    TOO_LARGE = "too_large"  #: larger than the limit
    DAMAGED = "damaged"  #: a package or a list that makes no sense
    CHANGING = "changing"  #: still being written; the next night takes it
    LATER = "later"  #: more than is taken in one night; the rest comes with the next
    LOOP = "loop"  #: folders that contain themselves
    LINK = "link"  #: a symbolic link, which is not followed

    @property
    def harmless(self) -> bool:
        """Whether nothing was missed by it."""
        return self in (Mishap.CHANGING, Mishap.LATER, Mishap.LOOP, Mishap.LINK)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that went wrong: at which source, at which place, and in Vietnamese what."""

    source: str
    mishap: Mishap
    place: str
    message: str


class SourceError(BadInputError):
    """A source could not give something; ``mishap`` says of which kind that is."""

    def __init__(self, mishap: Mishap, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.mishap = mishap

    def trouble(self, source: str, place: str) -> Trouble:
        """Return it as a line of the report."""
        return Trouble(source, self.mishap, place, str(self))


@dataclass(frozen=True, slots=True)
class Taken:
    """A file as it was fetched: its name, in NFC, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Offer:
    """Something new at a source: a file, or a message or package with several.

    ``key`` names the place within the source, ``stamp`` changes with what lies there. ``fetch`` gives the files and
    may put into ``note`` what the source wants to know of them the next time; it raises SourceError and OSError.
    """

    source: str
    key: str
    stamp: str
    place: str
    fetch: Callable[[], list[Taken]]
    note: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something that was taken before and still lies at its source, from where it is to go away when it is stored."""

    source: str
    key: str
    stamp: str
    place: str


class Memory(Protocol):
    """What is known of the places of one source."""

    def stamp(self, key: str) -> str | None:
        """Return the stamp of what was taken at a place, None for nothing."""
        ...

    def note(self, key: str) -> dict[str, Any]:
        """Return what the source noted at a place, empty for nothing."""
        ...

    def remember(self, key: str, note: dict[str, Any]) -> None:
        """Note something at a place from where no file is taken."""
        ...


class Source(Protocol):
    """A place from which new files come."""

    @property
    def name(self) -> str:
        """Its name in the settings."""
        ...

    def offers(self, memory: Memory) -> Iterator[Offer | Leftover | Trouble]:
        """Yield what is new, what may go away, and what went wrong. Raises SourceError where nothing can be had."""
        ...

    def put_away(self, key: str, place: str) -> bool:
        """Move what is stored to where the settings say; tell whether they say so. Called after the commit, only for
        what ``offers`` yielded. Raises SourceError and OSError."""
        ...

    def close(self) -> None:
        """Give back what is held open."""
        ...


def key_of(place: str) -> str:
    """Return the key of a place; names that are no valid Unicode have one as well."""
    return hashlib.sha256(place.encode("utf-8", "surrogateescape")).hexdigest()


def shown(raw: str) -> str:
    """Return a name from a file system or a server for people, in NFC.

    Bytes that are not UTF-8 (shares of old Windows machines, zip archives) are read as Windows-1258.
    """
    try:
        text = os.fsencode(raw).decode("utf-8")
    except UnicodeDecodeError:
        text = os.fsencode(raw).decode("cp1258", "replace")
    except UnicodeEncodeError:
        text = raw.encode("utf-8", "replace").decode("utf-8")
    # control and format characters (a right-to-left mark turns "fdp.exe" into "exe.pdf") have no place in a name
    return (
        nfc(" ".join("".join(c if unicodedata.category(c) not in ("Cc", "Cf") else " " for c in text).split())) or "_"
    )


def safe_name(name: str) -> str:
    """Return a name under which a file can be written into a folder of ours, whatever it was called."""
    clean = re.sub(r'[/\\:*?"<>|]', "_", shown(name)).lstrip(". ").rstrip(". ") or "tep"
    stem, dot, suffix = clean.rpartition(".")
    if not dot or len(suffix) > 8:
        stem, suffix = clean, ""
    room = _LONGEST_NAME - len(suffix.encode())
    stem = stem.encode()[:room].decode("utf-8", "ignore")
    return f"{stem}.{suffix}" if suffix else stem


def is_other(name: str) -> bool:
    """Whether a file is none that a person put there."""
    return _OTHERS.fullmatch(name) is not None


def is_unfinished(name: str) -> bool:
    """Whether a name says that the file is still being written."""
    return _UNFINISHED.fullmatch(name) is not None


def stamp_of(found: os.stat_result) -> str:
    """Return the state of a file: size and time of the last change."""
    return f"{found.st_size}:{found.st_mtime_ns}"


def read_stable(path: Path, stamp: str, most: int) -> bytes:
    """Return the bytes of a regular file that is in the state ``stamp`` before and after it was read.

    Raises SourceError when it changes or is larger than ``most``, OSError when it cannot be opened.
    """
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(handle, "rb") as file:
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise SourceError(Mishap.UNREADABLE, "Không phải tệp thường.")
        if before.st_size > most:
            raise too_large(before.st_size, most)
        data = file.read(most + 1)
        after = os.fstat(file.fileno())
    if stamp_of(before) != stamp or stamp_of(after) != stamp or len(data) != before.st_size:
        raise SourceError(Mishap.CHANGING, "Tệp đang được ghi, để lần sau.")
    return data


def too_large(size: int | None, most: int) -> SourceError:
    """Return the error for a file of more than ``most`` bytes."""
    found = f"Tệp lớn {size / 2**20:.0f} MB" if size is not None else "Tệp"
    limit = LimitError(f"{found} vượt giới hạn {most / 2**20:.0f} MB.", "Hãy tách tệp hoặc quét lại ở 300 dpi.")
    return SourceError(Mishap.TOO_LARGE, limit.message, limit.remedy)


def move_aside(path: Path, folder: Path, stamp: str) -> Path:
    """Move a file that is still in the state ``stamp`` into a folder and return where it is now.

    A file of that name stays: the newcomer gets a number. Between file systems it is copied, flushed to disk and
    renamed before the source goes. Raises SourceError when it has changed since, OSError.
    """
    if stamp_of(path.lstat()) != stamp:
        raise SourceError(Mishap.CHANGING, "Tệp đã thay đổi sau khi nạp, không chuyển đi.")
    folder.mkdir(parents=True, exist_ok=True)
    target = next(name for name in _names(folder, path.name) if not os.path.lexists(name))
    try:
        path.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        waiting = folder / f".{key_of(str(path))[:16]}.part"
        with path.open("rb") as source, waiting.open("wb") as copy:
            shutil.copyfileobj(source, copy, _CHUNK)
            copy.flush()
            os.fsync(copy.fileno())
        shutil.copystat(path, waiting)
        waiting.rename(target)
        path.unlink()
    return target


def _names(folder: Path, name: str) -> Iterator[Path]:
    yield folder / name
    stem, dot, suffix = name.rpartition(".")
    number = 2
    while True:
        yield folder / (f"{stem} ({number}){dot}{suffix}" if dot and stem else f"{name} ({number})")
        number += 1


def inside(path: Path, folders: Iterable[Path]) -> bool:
    """Whether a resolved path lies in one of the resolved folders, or is one."""
    return any(path == folder or folder in path.parents for folder in folders)
