"""The tables: the same whether made at once or step by step, old stores brought up to date, newer ones refused."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, inspect, text

from corpus.document import Document, Page, content_id
from corpus.errors import CongvanError
from corpus.facts import Facts, Header
from corpus.schema import Base
from corpus.store import Store
from corpus.upgrade import HEAD, alembic_config, bring_up_to_date
from tests.postgres import Server

NOW = datetime(2023, 9, 1, tzinfo=UTC)
#: The tables by the version that brought them.
CAME_WITH = {
    2: ("revisions", "readings", "corrections", "units", "ticks", "audit", "mails", "events"),
    3: ("versions", "arrivals", "sightings", "locks", "nights"),
    4: ("feeds",),
    5: ("sign_ins", "users", "api_keys", "origins"),
    7: ("former_names",),
}


def directive(number: int) -> tuple[Document, Facts, bytes]:
    """Return a directive; all have the same number, issuer and year."""
    data = f"Văn bản thứ {number}".encode()
    document = Document(content_id(data), f"{number}.txt", "text/plain", (Page(1, data.decode()),))
    return document, Facts(Header(number="12/KH-SGDĐT", date="2023-09-01", issuer="Sở GDĐT Phú Lâm")), data


def drawn(connection: Connection) -> dict[str, object]:
    """Return all that the database says of its tables."""
    found = inspect(connection)
    return {
        table: (
            {c["name"]: (str(c["type"]), c["nullable"], c["default"] is not None) for c in found.get_columns(table)},
            found.get_pk_constraint(table)["constrained_columns"],
            [(k["constrained_columns"], k["referred_table"], k["options"]) for k in found.get_foreign_keys(table)],
            sorted((i["name"] or "", i["column_names"], i["unique"]) for i in found.get_indexes(table)),
        )
        for table in found.get_table_names()
    }


def check_same(at_once: Engine, stepwise: Engine) -> None:
    bring_up_to_date(at_once)
    with stepwise.connect() as connection:
        command.upgrade(alembic_config(connection), "head")
        connection.commit()
    with at_once.connect() as one, stepwise.connect() as other:
        assert drawn(one) == drawn(other) and len(drawn(one)) == len(Base.metadata.tables) + 1
        for connection in (one, other):
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, Base.metadata) == []


def test_made_at_once_or_step_by_step_the_tables_are_the_same() -> None:
    check_same(create_engine("sqlite://"), create_engine("sqlite://"))


@pytest.mark.slow
def test_made_at_once_or_step_by_step_the_tables_are_the_same_on_postgresql(postgres: Server) -> None:
    engines = create_engine(postgres.database()), create_engine(postgres.database())
    check_same(*engines)
    for engine in engines:
        engine.dispose()


def aged(tmp_path: Path, version: int) -> str:
    """Return the address of a store with two directives as version ``version`` left it."""
    url = f"sqlite:///{tmp_path}/congvan.sqlite"
    store = Store.open(url, tmp_path / "originals")
    for number in (1, 2):
        document, facts, data = directive(number)
        store.save(document, facts, data, NOW.replace(day=number))
    store.close()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
        for came, tables in CAME_WITH.items():
            for table in tables if came > version else ():
                connection.execute(text(f"DROP TABLE {table}"))
        if version > 1:  # what version 5 has added to a table that was there
            connection.execute(text("DROP INDEX ix_audit_who"))
            for column in ("who", "office", "address"):
                connection.execute(text(f"ALTER TABLE audit DROP COLUMN {column}"))
        connection.execute(text(f"UPDATE meta SET value = '{version}' WHERE name = 'schema'"))
    engine.dispose()
    return url


@pytest.mark.parametrize("version", [1, 2, 3, 4])
def test_an_older_store_gets_what_it_lacks_and_loses_nothing(tmp_path: Path, version: int) -> None:
    url = aged(tmp_path, version)
    first, second = directive(1)[0].id, directive(2)[0].id
    for _ in range(2):
        store = Store.open(url, tmp_path / "originals")
        assert set(store.revisions()) == {first, second}
        assert store.earlier([first, second]) == {second: first}
        assert store.get(first).facts == directive(1)[1]
        store.close()
    engine, new = create_engine(url), create_engine("sqlite://")
    bring_up_to_date(new)
    with engine.connect() as connection, new.connect() as fresh:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == HEAD
        assert drawn(connection) == drawn(fresh)
    engine.dispose()


def test_an_upgrade_that_fails_leaves_the_store_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = aged(tmp_path, 1)
    engine = create_engine(url)
    with engine.connect() as connection:
        before = drawn(connection)

    def broken(_: object) -> str:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setitem(sys.modules["corpus.upgrade"]._ROWS, "2", broken)
        with pytest.raises(OSError, match="disk full"):
            Store.open(url, tmp_path / "originals")
    with engine.connect() as connection:
        assert drawn(connection) == before
        assert connection.scalar(text("SELECT value FROM meta WHERE name = 'schema'")) == "1"
    engine.dispose()
    store = Store.open(url, tmp_path / "originals")
    assert len(store.revisions()) == 2
    store.close()


@pytest.mark.parametrize("stamped", [True, False])
def test_a_store_of_a_newer_program_is_refused(tmp_path: Path, stamped: bool) -> None:
    url = aged(tmp_path, 4)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE meta SET value = '9999' WHERE name = 'schema'"))
        if stamped:
            connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
            connection.execute(text("INSERT INTO alembic_version VALUES ('9999')"))
    engine.dispose()
    with pytest.raises(CongvanError, match="phiên bản 9999"):
        Store.open(url, tmp_path / "originals")


def test_a_step_that_makes_a_table_anew_keeps_the_rows_that_point_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a later step may do, on SQLite: dropping the old table must not take the rows of others with it."""
    url = aged(tmp_path, 4)
    store = Store.open(url, tmp_path / "originals")
    revisions = store.revisions()

    def step(connection: Connection, _: object) -> None:
        from alembic.operations import Operations

        with Operations(MigrationContext.configure(connection)).batch_alter_table("documents") as batch:
            batch.alter_column("source", new_column_name="origin")

    monkeypatch.setattr("corpus.upgrade._steps", step)
    monkeypatch.setattr("corpus.upgrade.HEAD", f"{int(HEAD) + 1:04}")
    bring_up_to_date(store._engine)
    monkeypatch.undo()
    assert store.revisions() == revisions and len(revisions) == 2
    with store._engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
    store.close()


def test_many_programs_may_open_a_new_store_at_once(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import sys\nfrom pathlib import Path\nfrom corpus.store import Store\n"
        "Store.open(sys.argv[1], Path(sys.argv[2])).close()\n"
    )
    url = f"sqlite:///{tmp_path}/congvan.sqlite"
    command = [sys.executable, str(program), url, str(tmp_path / "originals")]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    for process in running:
        assert process.communicate(timeout=60)[1] == "" and process.returncode == 0


def test_a_new_store_waits_while_another_program_writes_its_first_tables(tmp_path: Path) -> None:
    file = tmp_path / "congvan.sqlite"
    first = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    first.execute("BEGIN IMMEDIATE")  # before there is a write-ahead log: SQLite would refuse the second one at once
    done = threading.Timer(0.3, first.close)
    done.start()
    Store.open(f"sqlite:///{file}", tmp_path / "originals").close()
    done.join()


def test_users_of_before_come_in_as_before(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'five.db'}"
    engine = create_engine(url)
    with engine.connect() as connection:
        command.upgrade(alembic_config(connection), "0005")
        connection.execute(
            text("INSERT INTO users VALUES ('u1', 'van.thu', 'editor', 'hash', NULL, '2024-01-01', '2024-01-01')")
        )
        connection.commit()
    engine.dispose()
    store = Store.open(url, tmp_path / "originals")
    (user,) = store.accounts.users()
    assert (user.name, user.disabled_at) == ("van.thu", None)
    store.close()
