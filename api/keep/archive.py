"""The one file of a backup: a ZIP that any computer opens, whose last member names all others with their SHA-256."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

from corpus.errors import BadInputError, DamagedFileError, NotFoundError
from corpus.originals import replacing

MANIFEST = "manifest.json"
#: What a member may be called: nothing that leads out of a folder.
_SAFE = re.compile(r"(?:tables/[a-z_]+\.jsonl|originals/[0-9a-f]{64}|home/(?!.*(?:^|/)\.{1,2}(?:/|$))[^\\\0]+[^/\\\0])")
_CHUNK = 2**20


class Writer:
    """Puts members into an archive that is being written."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zip = zipped
        self.members: dict[str, dict[str, Any]] = {}

    def add(self, name: str, parts: Iterable[bytes], *, pack: bool) -> None:
        """Add a member; ``pack`` it where its kind of content becomes smaller."""
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED if pack else zipfile.ZIP_STORED
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as out:
            for part in parts:
                out.write(part)
                digest.update(part)
                size += len(part)
        self.members[name] = {"sha256": digest.hexdigest(), "bytes": size}

    def finish(self, about: dict[str, Any]) -> None:
        """Write the list of all members."""
        text = json.dumps({**about, "members": self.members}, ensure_ascii=False, indent=1)
        self._zip.writestr(MANIFEST, text.encode(), zipfile.ZIP_DEFLATED)


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """Write an archive that appears under its name only when it is whole; only its owner may read it."""
    with ExitStack() as stack:
        try:
            path.absolute().parent.mkdir(parents=True, exist_ok=True)
            file = stack.enter_context(replacing(path))
        except OSError as error:
            raise BadInputError(f"Không ghi được {path} ({error.strerror}).", "Hãy chọn thư mục ghi được.") from error
        yield Writer(stack.enter_context(zipfile.ZipFile(file, "w", compresslevel=6)))


class Reader:
    """An archive whose every member was compared with its hash."""

    def __init__(self, zipped: zipfile.ZipFile, about: dict[str, Any]) -> None:
        self._zip, self.about = zipped, about

    def names(self, folder: str) -> list[str]:
        """Return the members of a folder, in order."""
        return sorted(name for name in self.about["members"] if name.startswith(f"{folder}/"))

    def open(self, name: str) -> IO[bytes]:
        """Open a member."""
        return self._zip.open(name)

    def read(self, name: str) -> bytes:
        """Return a member."""
        return self._zip.read(name)


@contextmanager
def reading(path: Path, tell: Callable[[str], None] = lambda _: None) -> Iterator[Reader]:
    """Open an archive and look at all of it. Raises NotFoundError, DamagedFileError where it is not as written."""
    try:
        with zipfile.ZipFile(path) as zipped:
            try:
                about = json.loads(zipped.read(MANIFEST))
                _look_at(zipped, about["members"], tell)
            except (KeyError, ValueError, TypeError, AttributeError, OSError, EOFError) as error:
                raise _damaged(path) from error
            yield Reader(zipped, about)
    except FileNotFoundError as error:
        raise NotFoundError(f"Không tìm thấy tệp {path}.", "Hãy kiểm tra lại đường dẫn.") from error
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise _damaged(path) from error
    except OSError as error:
        raise BadInputError(f"Không đọc được {path} ({error.strerror}).", "Hãy kiểm tra quyền đọc.") from error


def _look_at(zipped: zipfile.ZipFile, members: dict[str, dict[str, Any]], tell: Callable[[str], None]) -> None:
    names = zipped.namelist()
    if len(set(names)) != len(names) or set(names) != members.keys() | {MANIFEST}:
        raise ValueError("members")
    tell(f"Đang kiểm tra {len(members)} phần của bản sao lưu…")
    for name, told in members.items():
        if not _SAFE.fullmatch(name):
            raise ValueError(name)
        digest, left = hashlib.sha256(), int(told["bytes"])
        with zipped.open(name) as member:
            while left >= 0 and (part := member.read(_CHUNK)):
                digest.update(part)
                left -= len(part)
        if left or digest.hexdigest() != told["sha256"]:
            raise ValueError(name)
        if name.startswith("originals/") and told["sha256"] != name.removeprefix("originals/"):
            raise ValueError(name)


def _damaged(path: Path) -> DamagedFileError:
    return DamagedFileError(
        f"{path.name} không phải bản sao lưu nguyên vẹn của congvan.", "Hãy dùng một bản sao lưu khác."
    )
