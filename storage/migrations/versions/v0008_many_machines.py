"""When an outlet may be asked next, whoever asks; why somebody has seen to an alert; search on a server, far back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "outlet",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("delay", sa.Double(), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_outlet"),
    )
    with op.batch_alter_table("alert") as batch:
        batch.add_column(sa.Column("acknowledged_note", sa.Text(), nullable=True))
    if op.get_context().dialect.name == "postgresql":
        # Made once as an article is recorded: a search far back compares thousands of them.
        op.execute(
            "ALTER TABLE search_text"
            " ADD COLUMN search_index_words tsvector GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED"
        )
        op.execute("DROP INDEX search_index")
        op.execute("CREATE INDEX search_index ON search_text USING gin (search_index_words)")


def downgrade() -> None:
    """What is lost are notes on alerts, and pauses that outlets are to have."""
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP INDEX search_index")
        op.execute("ALTER TABLE search_text DROP COLUMN search_index_words")
        op.execute("CREATE INDEX search_index ON search_text USING gin (to_tsvector('simple', words))")
    with op.batch_alter_table("alert") as batch:
        batch.drop_column("acknowledged_note")
    op.drop_table("outlet")
