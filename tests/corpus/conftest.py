"""What holds for the store holds on SQLite and on a PostgreSQL server."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.postgres import Server


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/congvan.sqlite"
    server: Server = request.getfixturevalue("postgres")
    return server.emptied()
