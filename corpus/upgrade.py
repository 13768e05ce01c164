"""Making the tables of a new store and bringing those of an older one up to date, in the one transaction that opens it.

``alembic_version`` says which step of ``corpus.migrations`` the tables have reached. A new store is made from
``corpus.schema`` and stamped with the last step, which a test holds to give the same tables. A store that is older
than the steps (version 1 to 4, without a stamp) gets the tables it lacks by the first step, and then the rows that its
version did not have. ``meta`` keeps the version as well: by it programs older than the steps refuse what they do not
know.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.orm import Session

from corpus.errors import CongvanError
from corpus.rows import NO_BLOBS
from corpus.schema import SCHEMA_VERSION, Base, DocumentRow, Meta, RevisionRow
from corpus.versions import note_version

if TYPE_CHECKING:
    from alembic.config import Config

#: The last step of ``corpus.migrations``.
HEAD = f"{SCHEMA_VERSION:04}"
#: Alembic's own table, as Alembic makes it.
STAMP = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
#: Any number that no other program takes for its lock in the same PostgreSQL database.
_LOCK = 0x63_6F_6E_67


def bring_up_to_date(engine: Engine) -> None:
    """Make the tables, or bring them to the last step. Raises CongvanError where no step leads there.

    Everything is done or nothing, by one program at a time; a store that is up to date is only looked at.
    """
    with engine.connect() as connection:
        if _stamp(connection) == HEAD:
            return
    with alone(engine) as connection:
        known = _stamp(connection)
        if known == HEAD:
            return  # another program was faster
        version = _old_version(connection) if known is None else known
        if known is None and version is None and not inspect(connection).has_table(Meta.__tablename__):
            make_tables(connection, HEAD)
        else:
            _steps(connection, version)
        with Session(connection, join_transaction_mode="create_savepoint") as session, session.begin():
            while known is None and version is not None and version in _ROWS:
                version = _ROWS[version](session)
            session.merge(Meta(name="schema", value=str(SCHEMA_VERSION)))


def make_tables(connection: Connection, step: str) -> None:
    """Make the tables of an empty database as they are after a step. Raises CongvanError for one nobody knows."""
    if step == HEAD:
        Base.metadata.create_all(connection)
        STAMP.create(connection)
        connection.execute(insert(STAMP).values(version_num=HEAD))
    else:
        _steps(connection, step, step)


def take_steps(connection: Connection) -> None:
    """Bring tables that have a stamp to the last step."""
    _steps(connection, None)


def alembic_config(connection: Connection) -> Config:
    """Return what Alembic needs to know to work on a connection, inside its transaction."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("file_template", "v%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def _steps(connection: Connection, version: str | None, to: str = "head") -> None:
    from alembic import command
    from alembic.script import ScriptDirectory

    config = alembic_config(connection)
    steps = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in steps and version not in _OLD:
        raise CongvanError(
            f"Kho dữ liệu thuộc phiên bản {version.lstrip('0')}, chương trình cần phiên bản {SCHEMA_VERSION}.",
            "Hãy dùng đúng phiên bản chương trình hoặc nạp lại văn bản vào một CONGVAN_HOME mới.",
        )
    command.upgrade(config, to)


def _stamp(connection: Connection) -> str | None:
    if not inspect(connection).has_table(STAMP.name):
        return None
    return connection.scalar(select(STAMP.c.version_num))


def _old_version(connection: Connection) -> str | None:
    """Return the version that a store from before the steps wrote down; one without tables has none."""
    if not inspect(connection).has_table(Meta.__tablename__):
        return None
    return connection.scalar(select(Meta.value).where(Meta.name == "schema"))


@contextmanager
def alone(engine: Engine) -> Iterator[Connection]:
    """Begin a transaction that holds off every other program that would do the same.

    SQLite makes a table anew to change it: with foreign keys on, dropping the old one would empty the tables that
    point to it. Therefore they are off here, which works only before the transaction, and looked at before its end.
    """
    with engine.connect() as connection:
        if engine.dialect.name != "sqlite":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            yield connection
            connection.commit()
            return
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if broken is not None:
                raise CongvanError(
                    f"Nâng cấp kho dữ liệu làm lạc dòng của bảng {broken[0]}.", "Kho được giữ nguyên như cũ."
                )
            connection.commit()
        finally:
            connection.rollback()
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")


def _to_2(session: Session) -> str:
    """Give every directive a revision; the other tables of version 2 begin empty."""
    have = set(session.scalars(select(RevisionRow.document_id)))
    for document_id in session.scalars(select(DocumentRow.id)):
        if document_id not in have:
            session.add(RevisionRow(document_id=document_id, token=uuid.uuid4().hex))
    return "2"


def _to_3(session: Session) -> str:
    """Find which directives came in other bytes before; the tables of progress begin empty."""
    for row in session.scalars(select(DocumentRow).options(*NO_BLOBS).order_by(DocumentRow.received_at)):
        note_version(session, row)
    return "3"


#: By version from before the steps: what fills in its rows, and the version that they are of then.
_ROWS: dict[str, Callable[[Session], str]] = {"1": _to_2, "2": _to_3}
#: The versions from before the steps.
_OLD = frozenset({"1", "2", "3", "4"})
