"""Alerts that wait for a digest and are told in one message, what is muted, what was acknowledged."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "mute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_key", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("until", _INSTANT, nullable=False),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("ended_at", _INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["election_key"], ["election.key"], name="fk_mute_election_key"),
        sa.PrimaryKeyConstraint("id", name="pk_mute"),
    )
    with op.batch_alter_table("alert") as batch:
        batch.add_column(sa.Column("due_at", _INSTANT, nullable=True))
        batch.add_column(sa.Column("lead_key", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("mute_key", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("acknowledged_at", _INSTANT, nullable=True))
        batch.add_column(sa.Column("acknowledged_by", sa.Text(), nullable=True))
        batch.create_foreign_key("fk_alert_lead_key", "alert", ["lead_key"], ["id"])
        batch.create_foreign_key("fk_alert_mute_key", "mute", ["mute_key"], ["id"])
        batch.create_index("ix_alert_lead_key", ["lead_key"])
        batch.create_index("ix_alert_mute_key", ["mute_key"])


def downgrade() -> None:
    """Alerts that wait for a digest, or were muted, become due: an alert too many is better than one too few."""
    op.execute("UPDATE alert SET state = 'pending', next_attempt_at = created_at WHERE state IN ('scheduled', 'muted')")
    with op.batch_alter_table("alert") as batch:
        for column in ("lead_key", "mute_key"):
            batch.drop_index(f"ix_alert_{column}")
            batch.drop_constraint(f"fk_alert_{column}", type_="foreignkey")
        for column in ("due_at", "lead_key", "mute_key", "acknowledged_at", "acknowledged_by"):
            batch.drop_column(column)
    op.drop_table("mute")
