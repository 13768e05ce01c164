"""What Alembic runs: the steps on the connection that it is handed, inside the transaction of whoever called."""

from alembic import context

from corpus.schema import Base

_CONNECTION = context.config.attributes["connection"]

context.configure(
    connection=_CONNECTION,
    target_metadata=Base.metadata,
    # SQLite changes a column only by making the table anew; PostgreSQL does the same commands in place
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
