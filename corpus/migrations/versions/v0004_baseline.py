"""The tables as version 4 had them; where a store of version 1 to 3 has some of them, the others are added."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0004"
down_revision = None

_INDEXES = {
    "arrivals": ("changed_at", "state"),
    "audit": ("subject",),
    "citations": ("document_id", "key", "number_folded"),
    "corrections": ("document_id",),
    "deadlines": ("document_id", "due"),
    "documents": ("key", "number", "number_folded", "school_year", "source"),
    "feeds": ("owner",),
    "nights": ("started_at",),
    "sightings": ("document_id",),
    "ticks": ("duty", "unit_id"),
    "versions": ("earlier",),
}


def upgrade() -> None:
    """Make what is not there yet."""
    for name, parts in {**_directives(), **_desk(), **_journal()}.items():
        op.create_table(name, *parts, if_not_exists=True)
        for column in _INDEXES.get(name, ()):
            op.create_index(f"ix_{name}_{column}", name, [column], if_not_exists=True)


def _text(name: str, length: int | None = None, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=null)


def _time(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _json(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.JSON(), nullable=False)


def _bytes(name: str) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=False)


def _long(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _of_document() -> tuple[SchemaItem, ...]:
    return _text("document_id", 64), sa.ForeignKeyConstraint(["document_id"], ["documents.id"], ondelete="CASCADE")


def _keyed(*columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns)


def _directives() -> dict[str, tuple[SchemaItem, ...]]:
    return {
        "meta": (_text("name"), _text("value"), _keyed("name")),
        "documents": (
            _text("id", 64),
            *(_text("source"), _text("media_type")),
            *(_time("received_at"), _time("read_at")),
            *(_text(name, null=True) for name in ("number", "number_folded", "key", "date", "issuer", "issuer_level")),
            *(_text(name, null=True) for name in ("doc_type", "subject", "school_year")),
            *(_count("pages"), _count("failed_pages"), _text("decisions")),
            *(_bytes("document"), _bytes("facts")),
            _keyed("id"),
        ),
        "citations": (
            *(_count("id"), *_of_document(), _text("key"), _text("number_folded"), _json("payload")),
            _keyed("id"),
        ),
        "deadlines": (_count("id"), *_of_document(), _text("due", null=True), _json("payload"), _keyed("id")),
        "revisions": (*_of_document(), _text("token", 32), _keyed("document_id")),
        "readings": (*_of_document(), _bytes("document"), _bytes("facts"), _keyed("document_id")),
        "versions": (*_of_document(), _text("earlier", 64), _keyed("document_id")),
        "jobs": (_text("id", 32), _time("created_at"), _text("status"), _json("payload"), _keyed("id")),
    }


def _desk() -> dict[str, tuple[SchemaItem, ...]]:
    return {
        "corrections": (
            *(_text("id", 32), _text("document_id", 64), _time("made_at"), _time("undone_at", null=True)),
            *(_json("payload"), _keyed("id")),
        ),
        "units": (
            *(_text("id", 32), _time("saved_at"), _time("removed_at", null=True), _json("payload")),
            _keyed("id"),
        ),
        "ticks": (
            *(_text("id", 32), _text("unit_id", 32), _text("duty", 64)),
            *(_time("done_at"), _time("undone_at", null=True), _long("note"), _keyed("id")),
        ),
        "audit": (_count("id"), _time("at"), _text("action", 40), _text("subject"), _json("payload"), _keyed("id")),
        "mails": (_text("unit_id", 32), _text("day", 10), _time("sent_at"), _keyed("unit_id", "day")),
        "events": (_text("uid", 64), _text("digest", 64), _count("sequence"), _time("modified_at"), _keyed("uid")),
        "feeds": (_text("uid", 64), _text("owner", 32), _json("payload"), _keyed("uid")),
    }


def _journal() -> dict[str, tuple[SchemaItem, ...]]:
    return {
        "arrivals": (
            *(_text("id", 64), _text("source"), _long("place"), _text("name")),
            sa.Column("size", sa.BigInteger(), nullable=False),
            *(_text("stage", 16), _text("state", 16), _time("received_at"), _time("changed_at")),
            *(_count("attempts"), _time("next_at", null=True), _text("kind"), _long("reason"), _text("program")),
            _keyed("id"),
        ),
        "sightings": (
            *(_text("source", 200), _text("key", 64), _text("stamp"), _text("document_id", 64, null=True)),
            *(_time("seen_at"), _json("note"), _keyed("source", "key")),
        ),
        "locks": (
            *(_text("name", 40), _text("owner"), _text("token", 32), _time("taken_at"), _time("expires_at")),
            _keyed("name"),
        ),
        "nights": (
            *(_text("id", 32), _time("started_at"), _time("ended_at", null=True), _json("report")),
            _keyed("id"),
        ),
    }
