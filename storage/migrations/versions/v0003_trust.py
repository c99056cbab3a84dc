"""Disputes and their ends, decisions of people, notices on sources, and alerts that wait for a second source."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _make_dispute()
    _make_decision()
    _make_notice()
    with op.batch_alter_table("article") as batch:
        batch.add_column(sa.Column("last_asked_at", _INSTANT, nullable=True))
    with op.batch_alter_table("report") as batch:
        batch.add_column(sa.Column("voided_at", _INSTANT, nullable=True))
    with op.batch_alter_table("source_state") as batch:
        batch.add_column(sa.Column("trouble", sa.String(32), nullable=True))
        batch.add_column(sa.Column("trouble_since", _INSTANT, nullable=True))
        batch.add_column(sa.Column("listed", sa.JSON(), nullable=True))
    with op.batch_alter_table("crawl_run") as batch:
        batch.add_column(sa.Column("signs", sa.JSON(), nullable=True))
        batch.add_column(sa.Column("news", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("pages", sa.Integer(), nullable=True))
    # What earlier crawls saw of a source's health nobody wrote down; its history begins now.
    op.execute("UPDATE source_state SET listed = '[]'")
    op.execute("UPDATE crawl_run SET signs = '[]', news = 0, pages = fetched")
    with op.batch_alter_table("source_state") as batch:
        batch.alter_column("listed", existing_type=sa.JSON(), nullable=False)
    with op.batch_alter_table("crawl_run") as batch:
        batch.alter_column("signs", existing_type=sa.JSON(), nullable=False)
        batch.alter_column("news", existing_type=sa.Integer(), nullable=False)
        batch.alter_column("pages", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("alert") as batch:
        batch.alter_column("change_key", existing_type=sa.Integer(), nullable=True)
        batch.add_column(sa.Column("notice_key", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("confirm", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("confirm_until", _INSTANT, nullable=True))
        batch.create_foreign_key("fk_alert_notice_key", "notice", ["notice_key"], ["id"])
        batch.create_unique_constraint("uq_alert_notice_key_channel", ["notice_key", "channel"])
        batch.create_check_constraint("one_news", "(change_key IS NULL) <> (notice_key IS NULL)")


def downgrade() -> None:
    """Alerts of notices, and those still waiting for a second source, have no place in the second schema.

    The latter become due: an alert too many is better than one too few. Changes of kind settled go with their disputes.
    """
    op.execute("DELETE FROM alert WHERE change_key IS NULL")
    op.execute("UPDATE alert SET state = 'pending', next_attempt_at = created_at WHERE state = 'unconfirmed'")
    op.execute("DELETE FROM alert WHERE change_key IN (SELECT id FROM change WHERE kind = 'settled')")
    with op.batch_alter_table("alert") as batch:
        batch.drop_constraint(op.f("ck_alert_one_news"), type_="check")
        batch.drop_constraint("uq_alert_notice_key_channel", type_="unique")
        batch.drop_constraint("fk_alert_notice_key", type_="foreignkey")
        for column in ("notice_key", "confirm", "confirm_until"):
            batch.drop_column(column)
        batch.alter_column("change_key", existing_type=sa.Integer(), nullable=False)
    for table, columns in (
        ("crawl_run", ("signs", "news", "pages")),
        ("source_state", ("trouble", "trouble_since", "listed")),
        ("report", ("voided_at",)),
        ("article", ("last_asked_at",)),
    ):
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.drop_column(column)
    for table in ("notice", "decision", "dispute"):
        op.drop_table(table)
    op.execute("DELETE FROM change WHERE kind = 'settled'")


def _make_dispute() -> None:
    op.create_table(
        "dispute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_key", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("opened_at", _INSTANT, nullable=False),
        sa.Column("closed_at", _INSTANT, nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(32), nullable=True),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["election_key"], ["election.key"], name="fk_dispute_election_key"),
        sa.ForeignKeyConstraint(["opened_by"], ["change.id"], name="fk_dispute_opened_by"),
        sa.ForeignKeyConstraint(["closed_by"], ["change.id"], name="fk_dispute_closed_by"),
        sa.PrimaryKeyConstraint("id", name="pk_dispute"),
        sa.UniqueConstraint("opened_by", name="uq_dispute_opened_by"),
    )
    op.create_index("ix_dispute_election_key_closed_at", "dispute", ["election_key", "closed_at"], unique=False)
    op.create_index("ix_dispute_closed_by", "dispute", ["closed_by"], unique=False)


def _make_decision() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("dispute_key", sa.Integer(), nullable=True),
        sa.Column("report_key", sa.Integer(), nullable=True),
        sa.Column("review_item_key", sa.Integer(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["dispute_key"], ["dispute.id"], name="fk_decision_dispute_key"),
        sa.ForeignKeyConstraint(["report_key"], ["report.id"], name="fk_decision_report_key"),
        sa.ForeignKeyConstraint(["review_item_key"], ["review_item.id"], name="fk_decision_review_item_key"),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
    )
    for column in ("dispute_key", "report_key", "review_item_key"):
        op.create_index(f"ix_decision_{column}", "decision", [column], unique=False)


def _make_notice() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("since", _INSTANT, nullable=True),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
    )
    op.create_index("ix_notice_source_made_at", "notice", ["source", "made_at"], unique=False)
