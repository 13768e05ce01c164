"""What Alembic runs: the steps on the connection that it is handed, inside the transaction of whoever called."""

from alembic import context

from corpus.schema import Base


def run() -> None:
    """Take the steps."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=Base.metadata,
        # SQLite changes a column only by making the table anew; PostgreSQL does the same commands in place
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


# Alembic loads this file to run it; whoever else imports it wants nothing done
if hasattr(context, "config"):
    run()
