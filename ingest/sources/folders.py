"""Watched folders (thư mục theo dõi), local or mounted: what is new in them and not being written any more."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingest.batch import natural
from ingest.inbox import (
    Leftover,
    Memory,
    Mishap,
    Offer,
    SourceError,
    Taken,
    Trouble,
    inside,
    is_other,
    is_unfinished,
    key_of,
    move_aside,
    read_stable,
    shown,
    stamp_of,
    too_large,
)


@dataclass(frozen=True, slots=True)
class Watch:
    """How a folder is watched.

    A file counts as whole when size and time of change stay the same for ``stable_seconds``. ``move_to`` is where
    files go when they are stored (None: they stay), into a folder a day. ``skip`` are folders that are never looked
    into; ``most_bytes`` is the largest file that is taken.
    """

    stable_seconds: float = 5.0
    most_bytes: int = 200 * 2**20
    move_to: Path | None = None
    follow_links: bool = False
    skip: Sequence[Path] = ()


@dataclass(frozen=True, slots=True)
class Spot:
    """A file in a watched folder in the state in which it was seen."""

    path: Path
    key: str
    stamp: str
    size: int


class FolderSource:
    """A watched folder with everything below it; see ``ingest.inbox.Source``."""

    def __init__(
        self,
        name: str,
        folder: Path,
        watch: Watch,
        today: date,
        unpack: Callable[[Taken], list[Taken]] | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """``unpack`` makes of a file the files that are in it; without one a file is what it is."""
        self._name, self._folder, self._watch = name, folder, watch
        self._today, self._unpack, self._sleep = today, unpack, sleep
        self._stamps: dict[str, str] = {}

    @property
    def name(self) -> str:
        """See ``Source``."""
        return self._name

    def offers(self, memory: Memory) -> Iterator[Offer | Leftover | Trouble]:
        """See ``Source``. New files are looked at twice, ``stable_seconds`` apart."""
        if not self._folder.is_dir():
            raise SourceError(
                Mishap.DOWN, f"Không mở được thư mục {self._folder}.", "Hãy kiểm tra ổ đĩa mạng đã được gắn chưa."
            )
        fresh: list[Spot] = []
        for found in self._look():
            if isinstance(found, Trouble):
                yield found
            elif memory.stamp(found.key) != found.stamp:
                fresh.append(found)
            elif self._watch.move_to is not None:
                self._stamps[found.key] = found.stamp
                yield Leftover(self._name, found.key, found.stamp, str(found.path))
        if fresh:
            self._sleep(self._watch.stable_seconds)
        for spot in fresh:
            yield self._offer(spot)

    def put_away(self, key: str, place: str) -> bool:
        """Move a stored file into today's folder under ``move_to``."""
        if self._watch.move_to is None:
            return False
        move_aside(Path(place), self._watch.move_to / self._today.isoformat(), self._stamps[key])
        return True

    def close(self) -> None:
        """Nothing is held open."""

    def _offer(self, spot: Spot) -> Offer | Trouble:
        place = str(spot.path)
        try:
            now = spot.path.lstat()
        except OSError as error:
            return self._trouble(Mishap.UNREADABLE, spot.path, f"Tệp không còn ở đó ({error.strerror}).")
        if stamp_of(now) != spot.stamp:
            return self._trouble(Mishap.CHANGING, spot.path, "Tệp đang được ghi, để lần sau.")
        if spot.size > self._watch.most_bytes:
            return too_large(spot.size, self._watch.most_bytes).trouble(self._name, shown(place))
        self._stamps[spot.key] = spot.stamp
        return Offer(self._name, spot.key, spot.stamp, place, lambda: self._fetch(spot))

    def _fetch(self, spot: Spot) -> list[Taken]:
        data = read_stable(spot.path, spot.stamp, self._watch.most_bytes)
        taken = Taken(shown(spot.path.name), data)
        return [taken] if self._unpack is None else self._unpack(taken)

    def _look(self) -> Iterator[Spot | Trouble]:
        """Yield the files below the folder and what is in the way, each folder once however often it is met."""
        skipped = [path.resolve() for path in (*self._watch.skip, self._watch.move_to) if path is not None]
        waiting, met = [self._folder], set[tuple[int, int]]()
        while waiting:
            folder = waiting.pop()
            try:
                identity = folder.stat()
                if (identity.st_dev, identity.st_ino) in met:
                    yield self._trouble(Mishap.LOOP, folder, "Thư mục lặp vòng, chỉ đọc một lần.")
                    continue
                met.add((identity.st_dev, identity.st_ino))
                if inside(folder.resolve(), skipped):
                    continue
                with os.scandir(folder) as listed:
                    entries = sorted(listed, key=lambda entry: natural(Path(entry.name)))
            except OSError as error:
                message = f"Không mở được thư mục ({error.strerror}). Hãy kiểm tra quyền đọc."
                yield self._trouble(Mishap.UNREADABLE, folder, message)
                continue
            folders: list[Path] = []
            for entry in entries:
                if is_other(entry.name):
                    continue
                yield from self._entry(entry, folders)
            waiting += reversed(folders)

    def _entry(self, entry: os.DirEntry[str], folders: list[Path]) -> Iterator[Spot | Trouble]:
        path = Path(entry.path)
        try:
            if entry.is_symlink() and not (self._watch.follow_links and entry.is_dir()):
                yield self._trouble(Mishap.LINK, path, "Liên kết không được đi theo; hãy đặt tệp thật vào thư mục.")
            elif entry.is_dir():
                folders.append(path)
            elif is_unfinished(entry.name):
                yield self._trouble(Mishap.CHANGING, path, "Tệp đang được tải về, để lần sau.")
            else:
                found = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(found.st_mode):
                    yield Spot(path, key_of(str(path)), stamp_of(found), found.st_size)
        except OSError as error:
            yield self._trouble(Mishap.UNREADABLE, path, f"Không xem được tệp ({error.strerror}).")

    def _trouble(self, mishap: Mishap, path: Path, message: str) -> Trouble:
        return Trouble(self._name, mishap, shown(str(path)), message)
