"""Articles and their revisions: which row a fetched article is, under which URLs it was seen, what it says now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from extract.model import Article
from storage import models
from storage.columns import Outcome
from storage.statements import add, run
from storage.texts import clean, clean_or_none, fits_an_index
from storage.views import ArticleRef
from storage.words import place_of, to_index

_ARTICLE, _URL, _REVISION, _WORDS = models.Article, models.ArticleUrl, models.Revision, models.SearchText
_OF_SOURCE = (_ARTICLE.source == bindparam("source"), _ARTICLE.language == bindparam("language"))
_BY_IDENTITY = select(_ARTICLE.id, _ARTICLE.last_fetched_at).where(
    *_OF_SOURCE, _ARTICLE.article_id == bindparam("identity")
)
_BY_URL = (
    select(_ARTICLE.id, _ARTICLE.last_fetched_at)
    .join(_URL, _URL.article_key == _ARTICLE.id)
    .where(*_OF_SOURCE, _URL.url == bindparam("seen_under"))
)
_ADD_ARTICLE = insert(_ARTICLE)
_SEEN_AGAIN = (
    update(_ARTICLE)
    .where(_ARTICLE.id == bindparam("key"))
    .values(last_fetched_at=bindparam("now"), url=func.coalesce(bindparam("seen_under"), _ARTICLE.url))
)
_NOW_IS = update(_ARTICLE).where(_ARTICLE.id == bindparam("key")).values(outcome=bindparam("now_is"))
_KNOWN_URLS = select(_URL.url).where(_URL.url.in_(bindparam("urls", expanding=True)))
_ADD_URLS = insert(_URL)
_LATEST = (
    select(_REVISION.id, _REVISION.number, _REVISION.content_hash)
    .where(_REVISION.article_key == bindparam("key"))
    .order_by(_REVISION.number.desc())
    .limit(1)
)
_ADD_REVISION = insert(_REVISION)
_ADD_WORDS = insert(_WORDS)
_OTHER_WORDS = (
    update(_WORDS)
    .where(_WORDS.article_key == bindparam("key"))
    .values(place=bindparam("new_place"), words=bindparam("new_words"))
)


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


@dataclass(frozen=True, slots=True)
class Written:
    """A revision on record."""

    article: int
    """Key of its article."""
    id: int
    number: int
    """Of the article's revisions, from 1."""
    digest: str
    """The hash of its text."""


def ref_of(visit: Visit) -> ArticleRef:
    """The article as this visit shows it, where it is the first one."""
    article = visit.article
    return ArticleRef(
        source=visit.source,
        language=article.language,
        article_id=visit.identity,
        title=clean_or_none(article.title),
        url=clean_or_none(article.url),
        published=article.published,
        fetched_at=visit.fetched_at,
    )


def find_or_add(session: Session, visit: Visit, found_via: str, outcome: Outcome) -> tuple[int, bool]:
    """The key of the article's row, and whether it is new; a new one has this outcome."""
    article, now = visit.article, visit.fetched_at
    known = _known_article(session, visit)
    if known is not None:
        key, last = known
        seen = {"key": key, "now": max(now, last), "seen_under": clean_or_none(article.url) or None}
        run(session, _SEEN_AGAIN, seen)
        return key, False
    values = {
        "source": visit.source,
        "language": article.language,
        "article_id": visit.identity,
        "url": clean_or_none(article.url),
        "found_via": clean(found_via),
        "first_fetched_at": now,
        "last_fetched_at": now,
        "outcome": outcome,
    }
    return add(session, _ADD_ARTICLE, values), True


def _known_article(session: Session, visit: Visit) -> tuple[int, datetime] | None:
    article = visit.article
    of_source = {"source": visit.source, "language": article.language}
    row = run(session, _BY_IDENTITY, {**of_source, "identity": visit.identity}).first()
    if row is None and article.article_id is None and article.url is not None:
        row = run(session, _BY_URL, {**of_source, "seen_under": clean(article.url)}).first()
    return None if row is None else (row.id, row.last_fetched_at)


def note_outcome(session: Session, article: int, outcome: Outcome) -> None:
    """What reading the article's latest revision came to."""
    run(session, _NOW_IS, {"key": article, "now_is": outcome})


def remember_urls(session: Session, article: int, urls: Iterable[str | None], now: datetime) -> None:
    """Note the URLs under which an article was seen."""
    wanted = {clean(url) for url in urls if url and fits_an_index(url)}
    if not wanted:
        return
    new = wanted.difference(run(session, _KNOWN_URLS, {"urls": list(wanted)}).scalars())
    if new:
        run(session, _ADD_URLS, [{"url": url, "article_key": article, "seen_at": now} for url in sorted(new)])


def latest_revision(session: Session, article: int) -> Written | None:
    """The article's text as last fetched; None before the first."""
    row = run(session, _LATEST, {"key": article}).first()
    return None if row is None else Written(article, row.id, row.number, row.content_hash)


def live_report(session: Session, article: int) -> models.Report | None:
    """The report that the article stands for: of its latest revision that states figures."""
    live = select(models.Report).join(models.Report.revision)
    return session.scalars(
        live.where(models.Revision.article_key == article, models.Report.superseded.is_(False))
    ).first()


def add_revision(session: Session, article: int, visit: Visit, number: int, archived: int | None) -> Written:
    """Add the fetched text as a revision; `archived` is the id of the response that it was read from, if it is kept."""
    fetched = visit.article
    title, body = clean_or_none(fetched.title), clean(fetched.body)
    values = {
        "article_key": article,
        "number": number,
        "url": clean_or_none(fetched.url),
        "title": title,
        "body": body,
        "author": clean_or_none(fetched.author),
        "content_hash": visit.digest,
        "published": fetched.published,
        "published_from": fetched.published_from,
        "fetched_at": visit.fetched_at,
        "archived_key": archived,
    }
    key = add(session, _ADD_REVISION, values)
    _make_findable(session, article, number, fetched.published or visit.fetched_at, to_index(title, body))
    return Written(article, key, number, visit.digest)


def _make_findable(session: Session, article: int, number: int, when: datetime, words: str) -> None:
    """Let the article be found by the words of this revision, in place of those of the one before."""
    place = place_of(article, when)
    if number > 1:
        again = run(session, _OTHER_WORDS, {"key": article, "new_place": place, "new_words": words})
        if again.rowcount:
            return
    run(session, _ADD_WORDS, {"article_key": article, "place": place, "words": words})
