"""Writes the next step from what the tables of ``corpus.schema`` have that the steps so far do not.

Raise ``SCHEMA_VERSION`` first, then: ``python -m corpus.migrations "what changes"``.
"""

from __future__ import annotations

import sys

from sqlalchemy import create_engine

from corpus.upgrade import HEAD, alembic_config


def main(message: str) -> None:
    """Write ``versions/v<revision>_<message>.py``; read it before it is given out."""
    from alembic import command

    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        config = alembic_config(connection)
        command.upgrade(config, "head")
        command.revision(config, message, autogenerate=True, rev_id=HEAD)


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
