"""What keeps questions quick where a million articles are on record: search in the order of time, and indexes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_SECONDS = {
    "sqlite": "CAST(strftime('%s', coalesce(published, fetched_at)) AS INTEGER)",
    "postgresql": "CAST(floor(extract(epoch FROM coalesce(published, fetched_at))) AS BIGINT)",
}
_PLACE = """
UPDATE search_text SET place = (
    SELECT {seconds} * 268435456 + revision.article_key % 268435456 FROM revision
    WHERE revision.article_key = search_text.article_key
    ORDER BY number DESC LIMIT 1
)
"""
"""As `storage.words.place_of` makes it."""
_COUNT = """
UPDATE source_state SET
    articles = (SELECT count(*) FROM article WHERE article.source = source_state.source),
    reports = (
        SELECT count(*) FROM report JOIN revision ON revision.id = report.revision_key
        JOIN article ON article.id = revision.article_key
        WHERE article.source = source_state.source AND NOT report.superseded
    )
"""
_INDEX = (
    "CREATE VIRTUAL TABLE search_index USING fts5(words, content='search_text', content_rowid='{rowid}',"
    " tokenize='unicode61 remove_diacritics 0')"
)
_REMOVE = "INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', old.{rowid}, old.words);"
_ADD = "INSERT INTO search_index (rowid, words) VALUES (new.{rowid}, new.words);"
_TRIGGERS = {
    "search_text_added": f"AFTER INSERT ON search_text BEGIN {_ADD} END",
    "search_text_removed": f"AFTER DELETE ON search_text BEGIN {_REMOVE} END",
    "search_text_changed": f"AFTER UPDATE ON search_text BEGIN {_REMOVE} {_ADD} END",
}
_WITH_PAGES = sa.text("pages > 0")


def upgrade() -> None:
    kind = op.get_context().dialect.name
    if kind == "sqlite":
        _drop_index()
    with op.batch_alter_table("search_text") as batch:
        batch.add_column(sa.Column("place", sa.BigInteger(), nullable=True))
    op.execute(_PLACE.format(seconds=_SECONDS[kind]))
    with op.batch_alter_table("search_text") as batch:
        batch.alter_column("place", existing_type=sa.BigInteger(), nullable=False)
        batch.create_unique_constraint("uq_search_text_place", ["place"])
    if kind == "sqlite":
        _make_index("place")
    op.create_index("ix_article_source_first_fetched_at", "article", ["source", "first_fetched_at"])
    op.create_index("ix_figure_value", "figure", ["value"])
    op.create_index("ix_crawl_run_source_id", "crawl_run", ["source", "id"])
    op.create_index("ix_crawl_run_source_finish_reason", "crawl_run", ["source", "finish_reason"])
    op.create_index("ix_crawl_run_finish_reason_finished_at", "crawl_run", ["finish_reason", "finished_at"])
    op.create_index(
        "ix_crawl_run_with_pages",
        "crawl_run",
        ["source", "id"],
        sqlite_where=_WITH_PAGES,
        postgresql_where=_WITH_PAGES,
    )
    with op.batch_alter_table("source_state") as batch:
        batch.add_column(sa.Column("articles", sa.Integer(), server_default="0", nullable=False))
        batch.add_column(sa.Column("reports", sa.Integer(), server_default="0", nullable=False))
    op.execute(_COUNT)
    with op.batch_alter_table("source_state") as batch:
        batch.alter_column("articles", existing_type=sa.Integer(), server_default=None)
        batch.alter_column("reports", existing_type=sa.Integer(), server_default=None)


def downgrade() -> None:
    """Nothing is lost but the order of what search finds."""
    sqlite = op.get_context().dialect.name == "sqlite"
    with op.batch_alter_table("source_state") as batch:
        batch.drop_column("reports")
        batch.drop_column("articles")
    for name in ("with_pages", "source_finish_reason", "finish_reason_finished_at", "source_id"):
        op.drop_index(f"ix_crawl_run_{name}", "crawl_run")
    op.drop_index("ix_figure_value", "figure")
    op.drop_index("ix_article_source_first_fetched_at", "article")
    if sqlite:
        _drop_index()
    with op.batch_alter_table("search_text") as batch:
        batch.drop_constraint("uq_search_text_place", type_="unique")
        batch.drop_column("place")
    if sqlite:
        _make_index("article_key")


def _drop_index() -> None:
    """SQLite rebuilds a table whose columns change; its triggers and what they feed would be lost on the way."""
    for name in _TRIGGERS:
        op.execute(f"DROP TRIGGER {name}")
    op.execute("DROP TABLE search_index")


def _make_index(rowid: str) -> None:
    op.execute(_INDEX.format(rowid=rowid))
    op.execute("INSERT INTO search_index (search_index) VALUES ('rebuild')")
    for name, does in _TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {does.format(rowid=rowid)}")
