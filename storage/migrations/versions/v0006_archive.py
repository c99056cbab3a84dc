"""Where each fetched response stands in the archive, which one a revision was read from, what of the past is done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "archived_response",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("fetched_at", _INSTANT, nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_archived_response"),
        sa.UniqueConstraint("file", "offset", name="uq_archived_response_file_offset"),
    )
    op.create_index("ix_archived_response_fetched_at", "archived_response", ["fetched_at"])
    with op.batch_alter_table("revision") as batch:
        batch.add_column(sa.Column("archived_key", sa.Integer(), nullable=True))
        batch.create_foreign_key("fk_revision_archived_key", "archived_response", ["archived_key"], ["id"])
        batch.create_index("ix_revision_archived_key", ["archived_key"])
    op.create_table(
        "backfill",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("stretch", sa.Text(), nullable=False),
        sa.Column("finished_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("source", "stretch", name="pk_backfill"),
    )


def downgrade() -> None:
    """The archive's files stay; only where each response stands in them is forgotten."""
    with op.batch_alter_table("revision") as batch:
        batch.drop_index("ix_revision_archived_key")
        batch.drop_constraint("fk_revision_archived_key", type_="foreignkey")
        batch.drop_column("archived_key")
    op.drop_table("archived_response")
    op.drop_table("backfill")
