"""A real PostgreSQL server (Debian's package) for tests: in a folder of its own, on a Unix socket."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

#: The server refuses to run as root; this account has nothing that a test could harm.
_ACCOUNT = "nobody"


class Server:
    """A server that runs until ``stop``; ``database`` makes an empty database in it."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self._folder = folder
        self._as_who: dict[str, str] = {}
        if os.geteuid() == 0:
            owner = pwd.getpwnam(_ACCOUNT)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
            self._as_who = {"user": _ACCOUNT}
        self._programs = programs
        self._shared: str | None = None
        data = str(folder / "data")
        options = "--username=congvan --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync"
        self._run("initdb", "-D", data, *options.split())
        settings = {"listen_addresses": "", "unix_socket_directories": str(folder), "fsync": "off"}
        given = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self._command = [str(programs / "postgres"), "-D", data, *given]
        self.start()

    def start(self) -> None:
        """Start the server and wait until it answers."""
        log = (self._folder / "log").open("ab")
        self._process = subprocess.Popen(self._command, stdout=log, stderr=log, cwd=self._folder, **self._as_who)  # type: ignore[call-overload]  # a name is a user, too
        log.close()
        for _ in range(300):
            if self._answers():
                return
            if self._process.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError((self._folder / "log").read_text(encoding="utf-8"))

    def stop(self) -> None:
        """End the server at once: whoever is connected is cut off."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(timeout=30)

    def url(self, database: str) -> str:
        """Return the address of a database."""
        return f"postgresql+psycopg://congvan@/{database}?host={self._folder}"

    def database(self) -> str:
        """Make an empty database and return its address."""
        name = f"t{uuid.uuid4().hex}"
        engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return self.url(name)

    def emptied(self) -> str:
        """Return the address of a database without rows, always the same one: its tables are made only once."""
        if self._shared is None:
            self._shared = self.database()
        engine = create_engine(self._shared)
        with engine.begin() as connection:
            tables = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
            if tables:
                connection.execute(text(f"TRUNCATE {', '.join(tables)} CASCADE"))
        engine.dispose()
        return self._shared

    def _answers(self) -> bool:
        command = [str(self._programs / "pg_isready"), "-q", "-h", str(self._folder), "-U", "congvan", "-d", "postgres"]
        return subprocess.run(command, check=False, cwd=self._folder).returncode == 0

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd=self._folder, **self._as_who)  # type: ignore[call-overload]


def programs() -> Path | None:
    """Return the folder of the newest server that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("postgres")
    return Path(on_path).resolve().parent if on_path else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """The server; started once for all tests."""
    where = programs()
    if where is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    # not below pytest's folder, which only its owner may enter
    folder = Path(tempfile.mkdtemp(prefix="congvan-pg-", dir="/tmp"))
    server = None
    try:
        server = Server(folder, where)
        yield server
    finally:
        if server is not None:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)
