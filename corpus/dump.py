"""All rows of the store as plain data, and back, whatever the database: for backups and for moving house.

What is read is the state of one moment, however long the reading takes and whoever writes meanwhile; what is put back
is put back whole or not at all. Rows go with the step of ``corpus.migrations`` that their tables had: an older backup
is put into the tables of its time, which are then brought up to date as an older store is.
"""

from __future__ import annotations

import base64
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Connection,
    DateTime,
    Engine,
    LargeBinary,
    String,
    Table,
    Text,
    collate,
    column,
    delete,
    func,
    insert,
    inspect,
    select,
    table,
    text,
)
from sqlalchemy.types import TypeEngine

from corpus.engine import Moment, translated
from corpus.errors import BadInputError
from corpus.rows import CHANGED, CHANGED_FOR_ONE
from corpus.schema import SCHEMA_VERSION, Base, LockRow, Meta
from corpus.upgrade import HEAD, STAMP, alone, make_tables, take_steps

#: What only says who is at work just now.
_PASSING = frozenset({LockRow.__tablename__})
_KINDS: dict[str, type[TypeEngine[Any]]] = {
    "text": Text,
    "integer": BigInteger,
    "time": Moment,
    "json": JSON,
    "bytes": LargeBinary,
}
#: Rows that go to the database in one command.
_GROUP = 200

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table in a dump: its columns with their kinds, and its rows as JSON can hold them, in order of their key."""

    name: str
    columns: Mapping[str, str]
    rows: Iterable[Row]


class Dump:
    """All rows of one store; part of ``corpus.store.Store``."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def moment(self) -> Iterator[list[Sheet]]:
        """Hold on to the state of this moment and yield its tables; their rows are read as they are asked for."""
        with translated(), self._engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN")
            else:
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            connection.execute(select(Meta.value).limit(1))  # with the first look the moment is chosen
            yield [
                sheet_of(one.name, _rows(connection, one))
                for one in Base.metadata.sorted_tables
                if one.name not in _PASSING
            ]

    def filled(self, among: Collection[str] | None = None) -> list[str]:
        """Return the tables, of all or of some, in which somebody has put anything."""
        wanted = among if among is not None else Base.metadata.tables.keys() - _PASSING - {Meta.__tablename__}
        with translated(), self._engine.connect() as connection:
            tables = [one for one in Base.metadata.sorted_tables if one.name in wanted]
            return [one.name for one in tables if connection.execute(select(one).limit(1)).first() is not None]

    def add(self, sheets: Iterable[Sheet]) -> None:
        """Put rows beside those that are there, all or none. Raises BusyError where one is there already."""
        with translated(), alone(self._engine) as connection:
            for sheet in sheets:
                _fill(connection, sheet)
            _count_on(connection)
            _renew(connection)

    def put_back(self, step: str, sheets: Iterable[Sheet]) -> None:
        """Put a dump in the place of everything that is there, or nothing where anything fails.

        ``step`` is the step of the migrations that the rows are of. Raises BadInputError for rows that do not fit.
        """
        with translated(), alone(self._engine) as connection:
            _clear(connection)
            make_tables(connection, step)
            there = inspect(connection)
            for sheet in sheets:
                if not there.has_table(sheet.name) or not set(sheet.columns.values()) <= _KINDS.keys():
                    raise BadInputError(f"Bản sao lưu có bảng lạ: {sheet.name[:40]}.", "Hãy dùng bản sao lưu khác.")
                _fill(connection, sheet)
            _count_on(connection)
            if step != HEAD:
                take_steps(connection)
            _renew(connection)


def _kind(given: TypeEngine[Any]) -> str:
    if isinstance(given, Moment | DateTime):
        return "time"
    if isinstance(given, LargeBinary):
        return "bytes"
    if isinstance(given, JSON):
        return "json"
    return "integer" if given.python_type is int else "text"


def _rows(connection: Connection, one: Table) -> Iterator[Row]:
    # every database sorts letters in its own way, but for their bytes
    exact = connection.dialect.name == "postgresql"
    order = [collate(c, "C") if exact and isinstance(c.type, String) else c for c in one.primary_key.columns]
    found = connection.execution_options(yield_per=_GROUP).execute(select(one).order_by(*order))
    for row in found.mappings():
        yield {str(name): plain_value(value) for name, value in row.items()}


def plain_value(value: Any) -> Any:
    """Return a value of the store as JSON has it: bytes in base64, a moment in ISO form."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, datetime) else value


def _back(value: Any, kind: str) -> Any:
    if value is None or kind not in ("bytes", "time"):
        return value
    return base64.b64decode(value) if kind == "bytes" else datetime.fromisoformat(value)


def _clear(connection: Connection) -> None:
    there = set(inspect(connection).get_table_names())
    for one in [*reversed(Base.metadata.sorted_tables), STAMP]:
        if one.name in there:
            one.drop(connection)


def _fill(connection: Connection, sheet: Sheet) -> None:
    target = table(sheet.name, *(column(name, _KINDS[kind]()) for name, kind in sheet.columns.items()))
    group: list[Row] = []
    for row in sheet.rows:
        group.append({name: _back(row[name], kind) for name, kind in sheet.columns.items()})
        if len(group) == _GROUP:
            connection.execute(insert(target), group)
            group = []
    if group:
        connection.execute(insert(target), group)


def _count_on(connection: Connection) -> None:
    """Let PostgreSQL number new rows after those that were put in with their numbers."""
    if connection.dialect.name != "postgresql":
        return
    for one in Base.metadata.sorted_tables:
        key = one.autoincrement_column
        if key is not None and inspect(connection).has_table(one.name):
            last = connection.scalar(select(func.max(key)))
            if last is not None:
                connection.execute(
                    text("SELECT setval(pg_get_serial_sequence(:name, :key), :last)"),
                    {"name": one.name, "key": key.name, "last": last},
                )


def _renew(connection: Connection) -> None:
    """Note the version, and that the directives have changed, so that no index takes what it holds for the store's."""
    changed = ((name, uuid.uuid4().hex) for name in (CHANGED, CHANGED_FOR_ONE))
    for name, value in (*changed, ("schema", str(SCHEMA_VERSION))):
        connection.execute(delete(Meta).where(Meta.name == name))
        connection.execute(insert(Meta).values(name=name, value=value))


def sheet_of(name: str, rows: Iterable[Row]) -> Sheet:
    """Return rows as a table of today's columns. Raises KeyError for a table that does not exist."""
    return Sheet(name, {c.name: _kind(c.type) for c in Base.metadata.tables[name].columns}, rows)
