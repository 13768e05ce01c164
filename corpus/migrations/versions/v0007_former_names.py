"""A duty keeps the names it had in copies of its directive that were taken out."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table of former names."""
    op.create_table(
        "former_names",
        sa.Column("document", sa.String(64), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("document"),
    )
