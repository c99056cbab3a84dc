"""Articles and their revisions: which row a fetched article is, under which URLs it was seen, what it says now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from extract.model import Article
from storage import models
from storage.columns import Outcome
from storage.sources import state_row
from storage.texts import clean, clean_or_none, fits_an_index
from storage.words import place_of, to_index


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """An article as one fetch brought it."""

    article: Article
    source: str
    digest: str
    fetched_at: datetime
    zone: ZoneInfo

    @property
    def identity(self) -> str:
        """The article's own id, else its URL, else a hash of its content."""
        for name in (self.article.article_id, self.article.url):
            if name and fits_an_index(name):
                return clean(name)
        return f"sha256:{self.digest}"


def find_or_add(session: Session, visit: Visit, found_via: str, outcome: Outcome) -> tuple[models.Article, bool]:
    """The article's row, and whether it is new; a new one has this outcome."""
    article, now = visit.article, visit.fetched_at
    row = _known_article(session, visit)
    if row is not None:
        row.last_fetched_at = max(now, row.last_fetched_at)
        row.url = clean_or_none(article.url) or row.url
        return row, False
    row = models.Article(
        source=visit.source,
        language=article.language,
        article_id=visit.identity,
        url=clean_or_none(article.url),
        found_via=clean(found_via),
        first_fetched_at=now,
        last_fetched_at=now,
        outcome=outcome,
    )
    session.add(row)
    state_row(session, visit.source).articles += 1
    session.flush()
    return row, True


def _known_article(session: Session, visit: Visit) -> models.Article | None:
    article = visit.article
    wanted = (models.Article.source == visit.source, models.Article.language == article.language)
    row = session.scalars(select(models.Article).where(*wanted, models.Article.article_id == visit.identity)).first()
    if row is None and article.article_id is None and article.url is not None:
        seen_at = select(models.ArticleUrl.article_key).where(models.ArticleUrl.url == clean(article.url))
        row = session.scalars(select(models.Article).where(*wanted, models.Article.id.in_(seen_at))).first()
    return row


def remember_urls(session: Session, row: models.Article, urls: Iterable[str | None], now: datetime) -> None:
    """Note the URLs under which an article was seen."""
    wanted = {clean(url) for url in urls if url and fits_an_index(url)}
    known = set(session.scalars(select(models.ArticleUrl.url).where(models.ArticleUrl.url.in_(wanted))))
    session.add_all(models.ArticleUrl(url=url, article_key=row.id, seen_at=now) for url in sorted(wanted - known))


def latest_revision(session: Session, row: models.Article) -> models.Revision | None:
    """The article's text as last fetched; None before the first."""
    latest = select(models.Revision).where(models.Revision.article_key == row.id)
    return session.scalars(latest.order_by(models.Revision.number.desc()).limit(1)).first()


def live_report(session: Session, row: models.Article) -> models.Report | None:
    """The report that the article stands for: of its latest revision that states figures."""
    live = select(models.Report).join(models.Report.revision)
    return session.scalars(
        live.where(models.Revision.article_key == row.id, models.Report.superseded.is_(False))
    ).first()


def add_revision(
    session: Session, row: models.Article, visit: Visit, number: int, archived: int | None
) -> models.Revision:
    """Add the fetched text as a revision; `archived` is the id of the response that it was read from, if it is kept."""
    article = visit.article
    revision = models.Revision(
        article=row,
        number=number,
        url=clean_or_none(article.url),
        title=clean_or_none(article.title),
        body=clean(article.body),
        author=clean_or_none(article.author),
        content_hash=visit.digest,
        published=article.published,
        published_from=article.published_from,
        fetched_at=visit.fetched_at,
        archived_key=archived,
    )
    session.add(revision)
    session.flush()
    _make_findable(session, revision)
    return revision


def _make_findable(session: Session, revision: models.Revision) -> None:
    """Let the article be found by the words of this revision, in place of those of the one before."""
    words = to_index(revision.title, revision.body)
    place = place_of(revision.article_key, revision.published or revision.fetched_at)
    row = session.get(models.SearchText, revision.article_key) if revision.number > 1 else None
    if row is None:
        session.add(models.SearchText(article_key=revision.article_key, place=place, words=words))
    else:
        row.place, row.words = place, words
