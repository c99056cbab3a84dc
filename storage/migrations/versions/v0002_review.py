"""Review items belong to an article, with a report or without one, keep their sentence, and can be closed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_COLUMNS = ("article_key", "sentence", "closed_at", "closed_by", "note")


def upgrade() -> None:
    with op.batch_alter_table("review_item") as batch:
        batch.add_column(sa.Column("article_key", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("sentence", sa.Text(), nullable=True))
        batch.add_column(sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("closed_by", sa.Text(), nullable=True))
        batch.add_column(sa.Column("note", sa.Text(), nullable=True))
    op.execute(
        "UPDATE review_item SET article_key = (SELECT revision.article_key FROM report "
        "JOIN revision ON revision.id = report.revision_key WHERE report.id = review_item.report_key)"
    )
    with op.batch_alter_table("review_item") as batch:
        batch.alter_column("article_key", existing_type=sa.Integer(), nullable=False)
        batch.alter_column("report_key", existing_type=sa.Integer(), nullable=True)
        batch.drop_constraint("uq_review_item_kind_text", type_="unique")
        batch.create_unique_constraint("uq_review_item_kind_text_article_key", ["kind", "text", "article_key"])
        batch.create_foreign_key("fk_review_item_article_key", "article", ["article_key"], ["id"])
        batch.create_index("ix_review_item_article_key", ["article_key"], unique=False)


def downgrade() -> None:
    """Items without a report, and all but the first of the same words, have no place in the first schema."""
    op.execute("DELETE FROM review_item WHERE report_key IS NULL")
    op.execute("DELETE FROM review_item WHERE id NOT IN (SELECT MIN(id) FROM review_item GROUP BY kind, text)")
    with op.batch_alter_table("review_item") as batch:
        batch.drop_index("ix_review_item_article_key")
        batch.drop_constraint("fk_review_item_article_key", type_="foreignkey")
        batch.drop_constraint("uq_review_item_kind_text_article_key", type_="unique")
        batch.create_unique_constraint("uq_review_item_kind_text", ["kind", "text"])
        batch.alter_column("report_key", existing_type=sa.Integer(), nullable=False)
        for column in _COLUMNS:
            batch.drop_column(column)
