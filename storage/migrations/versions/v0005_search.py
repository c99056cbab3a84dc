"""The words by which articles are found, and the index on them: FTS5 in SQLite, a tsvector in PostgreSQL.

The index is the database's own affair: triggers keep SQLite's, an index on an expression is PostgreSQL's.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.words import to_index

revision = "0005"
down_revision = "0004"

_TABLE = sa.table("search_text", sa.column("article_key", sa.Integer()), sa.column("words", sa.Text()))
_ROWS = 200
_REMOVE = "INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', old.article_key, old.words);"
_ADD = "INSERT INTO search_index (rowid, words) VALUES (new.article_key, new.words);"
_TRIGGERS = {
    "search_text_added": f"AFTER INSERT ON search_text BEGIN {_ADD} END",
    "search_text_removed": f"AFTER DELETE ON search_text BEGIN {_REMOVE} END",
    "search_text_changed": f"AFTER UPDATE ON search_text BEGIN {_REMOVE} {_ADD} END",
}


def upgrade() -> None:
    op.create_table(
        "search_text",
        sa.Column("article_key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_key"], ["article.id"], name="fk_search_text_article_key"),
        sa.PrimaryKeyConstraint("article_key", name="pk_search_text"),
    )
    if op.get_context().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search_index USING fts5(words, content='search_text', content_rowid='article_key',"
            " tokenize='unicode61 remove_diacritics 0')"
        )
        for name, does in _TRIGGERS.items():
            op.execute(f"CREATE TRIGGER {name} {does}")
    else:
        op.execute("CREATE INDEX search_index ON search_text USING gin (to_tsvector('simple', words))")
    _fill()


def downgrade() -> None:
    """What is lost is made of the articles."""
    if op.get_context().dialect.name == "sqlite":
        op.execute("DROP TABLE search_index")
    op.drop_table("search_text")


def _fill() -> None:
    """Make the articles findable that are on record, by their latest revision."""
    connection = op.get_bind()
    latest = sa.text(
        "SELECT article_key, title, body FROM revision WHERE number ="
        " (SELECT max(number) FROM revision AS later WHERE later.article_key = revision.article_key)"
        " ORDER BY article_key"
    )
    rows = connection.execute(latest, execution_options={"yield_per": _ROWS})
    for part in rows.partitions():
        made = [{"article_key": key, "words": to_index(title, body)} for key, title, body in part]
        connection.execute(sa.insert(_TABLE), made)
