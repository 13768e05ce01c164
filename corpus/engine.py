"""The door to the database: SQLite beside the program, or a PostgreSQL server; what each says when it fails.

Both get the same promises: a program that waits for another one's writing gives up after ``WAIT`` and says so, and a
server that was started anew is met by a new connection, not by an error.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.types import TypeDecorator

from corpus.errors import BadInputError, BusyError, CongvanError, MissingDependencyError

#: A program waits so many seconds for another one that writes.
WAIT = 15
#: Where SQLite does not wait by itself it is asked again after so many seconds.
_AGAIN = 0.05
#: A server that does not answer within so many seconds is not there.
_CONNECT = 10
#: What PostgreSQL says when trying again helps: locks not had in time, two that waited for each other, too many guests.
_BUSY_STATES = frozenset({"55P03", "40P01", "40001", "57014", "53300"})


class Moment(TypeDecorator[datetime]):
    """A time in UTC. SQLite keeps no zone, PostgreSQL gives back the one of its session: out comes UTC from both."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Write UTC; a time without a zone is taken for that."""
        return None if value is None else utc(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Read UTC."""
        return None if value is None else utc(value)


def utc(moment: datetime) -> datetime:
    """Return a moment in UTC; one without a zone is that."""
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def open_engine(address: str) -> Engine:
    """Return the engine of a database URL; nothing is connected yet.

    Raises BadInputError for an address that is none or of another database, MissingDependencyError without the driver.
    """
    url = _known(address)
    try:
        if url.get_backend_name() == "sqlite":
            engine = create_engine(url, hide_parameters=True)
            event.listen(engine, "connect", _sqlite_pragmas)
            return engine
        options = f"-c lock_timeout={WAIT}s -c timezone=UTC"
        given: dict[str, Any] = {"connect_timeout": _CONNECT, "application_name": "congvan", "options": options}
        # what is written (hashes of passwords among it) does not stand in error messages, which are logged
        return create_engine(url, pool_pre_ping=True, connect_args=given, hide_parameters=True)
    except ModuleNotFoundError as error:
        raise MissingDependencyError(
            "Chưa cài thư viện nối máy chủ PostgreSQL.", 'Hãy chạy: pip install "congvan[postgres]"'
        ) from error


def _known(address: str) -> URL:
    """Return a URL that names the one driver that is tried, whatever the office wrote before the colon."""
    try:
        url = make_url(address)
        if url.get_backend_name() in ("postgresql", "postgres"):
            return url.set(drivername="postgresql+psycopg")
        if url.get_backend_name() == "sqlite":
            return url
    except (ArgumentError, NoSuchModuleError):
        pass
    raise BadInputError(
        "CONGVAN_DATABASE_URL không phải địa chỉ kho dữ liệu dùng được.",
        "Hãy viết postgresql://người_dùng@máy_chủ/tên_kho hoặc để trống để dùng SQLite.",
    )


@contextmanager
def translated() -> Iterator[None]:
    """Say what the database says in our words. Raises BusyError where trying again helps, BadInputError for what it has
    no letters for, else CongvanError."""
    try:
        yield
    except IntegrityError as error:
        # another program has stored the same rows between this one's look and its write
        raise BusyError("Kho dữ liệu vừa được chương trình khác ghi.", "Hãy thử lại sau ít phút.") from error
    except DataError as error:  # a zero byte, which PostgreSQL has no letter for; a number too large
        raise BadInputError("Có chữ hoặc số mà kho dữ liệu không ghi được.", "Hãy kiểm tra lại nội dung.") from error
    except PoolTimeoutError as error:
        raise BusyError("Kho dữ liệu đang bận.", "Hãy thử lại sau ít phút.") from error
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) in _BUSY_STATES or "locked" in str(error.orig):
            raise BusyError("Kho dữ liệu đang được chương trình khác ghi.", "Hãy thử lại sau ít phút.") from error
        said = " ".join(str(error.orig).split())
        raise CongvanError(
            f"Không mở được kho dữ liệu: {said}.", "Hãy kiểm tra CONGVAN_HOME và CONGVAN_DATABASE_URL."
        ) from error


def _sqlite_pragmas(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={WAIT}000", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    _keep_a_log(cursor)
    cursor.close()


def _keep_a_log(cursor: Any) -> None:
    """Set the write-ahead log, which a file has once and for all. While another program writes to a new file SQLite
    refuses this at once, whatever the busy timeout: so it is asked again until ``WAIT`` is over.

    Raises sqlite3.OperationalError ("database is locked") then.
    """
    end = time.monotonic() + WAIT
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
        time.sleep(_AGAIN)
