"""Articles to be asked for again, to notice edits: at fixed times after their publication, each time once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from storage import models
from storage.statements import run

MADE_UP_FOR = timedelta(days=7)
"""How long a revisit that was missed, as in a downtime, is made up for."""
_article, _revision, _report = (m.__table__.c for m in (models.Article, models.Revision, models.Report))
# Made once, and of tables: every look at a source asks for it.
_WITH_FIGURES = (
    select(
        _article.url, _article.language, _article.article_id, _revision.title, _revision.published,
        _article.first_fetched_at, _article.last_fetched_at, _article.last_asked_at,
    )
    .where(
        _article.source == bindparam("wanted"),
        _article.url.is_not(None),
        _article.first_fetched_at >= bindparam("oldest"),
        _revision.article_key == _article.id,
        or_(_revision.published.is_(None), _revision.published >= bindparam("oldest")),
        _report.revision_key == _revision.id,
        _report.superseded.is_(False),
    )
    .order_by(_article.first_fetched_at.desc(), _article.id.desc())
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisit:
    """A recorded article that is due for another look."""

    url: str
    language: str
    article_id: str
    title: str | None
    published: datetime | None


def due(session: Session, source: str, offsets: Sequence[timedelta], *, now: datetime) -> tuple[Revisit, ...]:
    """The source's articles with figures that one of these times after publication has come for, latest first.

    An article counts from its publication, or from its first fetch if it is undated or dated later than that. However
    many times have passed since it was last asked for, it is due once.
    """
    if not offsets:
        return ()
    oldest = now - offsets[-1] - MADE_UP_FOR
    rows = run(session, _WITH_FIGURES, {"wanted": source, "oldest": oldest})
    return tuple(
        Revisit(url=url, language=language, article_id=article_id, title=title, published=published)
        for url, language, article_id, title, published, first, fetched, asked in rows
        if url and _is_due(min(published or first, first), max(fetched, asked or fetched), offsets, now)
    )


def _is_due(published: datetime, heard: datetime, offsets: Iterable[timedelta], now: datetime) -> bool:
    come = [published + offset for offset in offsets if published + offset <= now]
    return bool(come) and heard < come[-1]


def last_heard(session: Session, source: str, language: str, article_id: str) -> datetime | None:
    """When an article was last received or answered to be as it was; None for one that is not recorded."""
    article = models.Article
    row = session.execute(
        select(article.last_fetched_at, article.last_asked_at).where(
            article.source == source, article.language == language, article.article_id == article_id
        )
    ).first()
    return max(filter(None, row)) if row else None


def note_asked(session: Session, source: str, answered: Collection[tuple[str, str, datetime]]) -> None:
    """Note that these articles (language, article id) answered at an instant; whatever the answer, but no error."""
    for language, article_id, when in answered:
        article = models.Article
        row = session.scalars(
            select(article).where(
                article.source == source, article.language == language, article.article_id == article_id
            )
        ).first()
        if row is not None:
            row.last_asked_at = max(when, row.last_asked_at or when)
