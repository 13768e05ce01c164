"""The files as received, each under the hash of its bytes: in a folder, or in a store that several machines reach.

A file is there whole or not at all and never changes: what is read is compared with its name, so that a damaged file is
noticed by whoever reads it and not handed on.
"""

from __future__ import annotations

import os
import re
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Protocol

from corpus.document import content_id
from corpus.errors import BadInputError, CongvanError, MissingDependencyError
from corpus.leftovers import beginning, sweep

_NAME = re.compile(r"[0-9a-f]{64}")
#: Where a file appears under its name only when it is whole.
_WHOLE = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "memory"})
#: What a store says of a file that it does not have, or of a folder in its place.
_ABSENT = (FileNotFoundError, IsADirectoryError, NotADirectoryError)


class Originals(Protocol):
    """See the module. Threads and programs may share one."""

    def keep(self, document_id: str, data: bytes) -> None:
        """Keep a file; one that is there stays."""
        ...

    def get(self, document_id: str) -> bytes | None:
        """Return a file as it lies there, None where it is not."""
        ...

    def ids(self) -> Iterator[str]:
        """Yield the names of all files, in order."""
        ...

    def set_aside(self, document_id: str) -> None:
        """Give a damaged file another name, so that a good one can take its place."""
        ...

    def sweep(self) -> int:
        """Delete what killed programs left half written; return how many files that were."""
        ...


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a file under a temporary name beside ``path``; it is flushed to disk and renamed into place when all went
    well, else it is gone."""
    handle, temporary = tempfile.mkstemp(dir=path.absolute().parent, prefix=beginning())
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file as a whole or not at all; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as file:
        file.write(data)


class FolderOriginals:
    """Files in a folder of this machine, or one that is mounted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, document_id: str, data: bytes) -> None:
        """See ``Originals``."""
        path = self._path(document_id)
        # a file that was cut short by a dying disk is no file
        if not (path.exists() and path.stat().st_size == len(data)):
            write_atomically(path, data)

    def get(self, document_id: str) -> bytes | None:
        """See ``Originals``."""
        if not _NAME.fullmatch(document_id):
            return None
        try:
            return self._path(document_id).read_bytes()
        except _ABSENT:
            return None

    def ids(self) -> Iterator[str]:
        """See ``Originals``."""
        for folder in sorted(self._folder.glob("[0-9a-f][0-9a-f]")):
            yield from sorted(path.name for path in folder.iterdir() if _NAME.fullmatch(path.name))

    def set_aside(self, document_id: str) -> None:
        """See ``Originals``."""
        path = self._path(document_id)
        path.replace(path.with_name(f"{document_id}.damaged"))

    def sweep(self) -> int:
        """See ``Originals``."""
        return sweep(self._folder)

    def _path(self, document_id: str) -> Path:
        return self._folder / document_id[:2] / document_id


class FarOriginals:
    """Files in any store that fsspec reaches (s3://, memory://, sftp:// …)."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._opened: tuple[Any, str] | None = None

    def _fs(self) -> tuple[Any, str]:
        if self._opened is None:
            import fsspec

            try:
                fs, root = fsspec.core.url_to_fs(self._url)
            except ImportError as error:
                raise MissingDependencyError(
                    f"Chưa cài thư viện để tới {self._url.partition(':')[0]}://.",
                    'Với kho S3 hãy chạy: pip install "congvan[s3]"',
                ) from error
            except ValueError as error:
                raise _no_address() from error
            self._opened = fs, root.rstrip("/")
        return self._opened

    def keep(self, document_id: str, data: bytes) -> None:
        """See ``Originals``."""
        with _told(self._url):
            fs, root = self._fs()
            path = self._path(root, document_id)
            # libraries remember lists; another machine may have taken the file away since
            fs.invalidate_cache()
            try:
                if fs.info(path).get("size") == len(data):
                    return
            except _ABSENT:
                pass
            if self._url.partition(":")[0] in _WHOLE:
                fs.pipe_file(path, data)
                return
            part = f"{path}.part-{uuid.uuid4().hex}"
            fs.makedirs(path.rpartition("/")[0], exist_ok=True)
            fs.pipe_file(part, data)
            fs.mv(part, path)

    def get(self, document_id: str) -> bytes | None:
        """See ``Originals``."""
        if not _NAME.fullmatch(document_id):
            return None
        with _told(self._url):
            fs, root = self._fs()
            try:
                found: bytes = fs.cat_file(self._path(root, document_id))
            except _ABSENT:
                return None
            return found

    def ids(self) -> Iterator[str]:
        """See ``Originals``."""
        with _told(self._url):
            fs, root = self._fs()
            fs.invalidate_cache()
            names = (path.rpartition("/")[2] for path in fs.find(root)) if fs.exists(root) else ()
            found = sorted(name for name in names if _NAME.fullmatch(name))
        yield from found

    def set_aside(self, document_id: str) -> None:
        """See ``Originals``."""
        with _told(self._url):
            fs, root = self._fs()
            path = self._path(root, document_id)
            fs.mv(path, f"{path}.damaged")

    def sweep(self) -> int:
        """See ``Originals``; whose beginnings they are cannot be told from here, so that they stay."""
        return 0

    def _path(self, root: str, document_id: str) -> str:
        return f"{root}/{document_id[:2]}/{document_id}"


class _told:  # noqa: N801  # reads like the context manager that it is
    """Say what a far store says in our words; its libraries raise whatever they like."""

    def __init__(self, url: str) -> None:
        self._url = url

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is None or isinstance(error, CongvanError) or not isinstance(error, Exception):
            return
        raise CongvanError(
            f"Kho tệp gốc {_shown(self._url)} không dùng được ({type(error).__name__}).",
            "Hãy kiểm tra CONGVAN_ORIGINALS_URL, mạng và quyền truy cập.",
        ) from error


def _shown(url: str) -> str:
    """Return an address without what may be a password in it."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2].partition('?')[0]}"


def _no_address() -> BadInputError:
    return BadInputError(
        "CONGVAN_ORIGINALS_URL không phải địa chỉ kho tệp dùng được.",
        "Hãy viết file:///thư/mục hoặc s3://tên-kho/thư-mục, hoặc để trống.",
    )


def open_originals(folder: Path, url: str | None) -> Originals:
    """Return where the originals are kept: at a URL where one is given, else in a folder, which is made.

    Raises BadInputError for what is no address.
    """
    if url is not None:
        scheme, found, rest = url.partition("://")
        if not found or not rest:
            raise _no_address()
        if scheme not in ("file", "local"):
            return FarOriginals(url)
        folder = Path(rest)
        if not folder.is_absolute():
            raise _no_address()
    folder.mkdir(parents=True, exist_ok=True)
    return FolderOriginals(folder)


def is_whole(document_id: str, data: bytes) -> bool:
    """Whether a file is what its name says."""
    return content_id(data) == document_id
