"""Pages of which nothing was read, remembered many at a time so as not to be fetched again.

Between elections nearly all pages are of this kind. One by one each of them costs as many statements as a report and a
commit of its own; a hundred together cost hardly more than one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from extract.model import Article
from storage import archive, known, models
from storage.archive import Place
from storage.columns import Outcome, rows_into
from storage.known import remember_validator, validators
from storage.recording import record
from storage.source_views import Validator
from storage.sources import note_recorded
from storage.texts import clean, clean_or_none, content_hash, fits_an_index
from storage.words import place_of, to_index

_OFFERED = ("etag", "last_modified", "body_hash", "fetched_at")
_Identity = tuple[str, str]
"""Language and id of an article of the source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A page of which nothing was read."""

    article: Article
    """What is known of it from elsewhere: its title, its identity, no paragraphs."""
    fetched_at: datetime
    """Aware."""
    found_via: str
    urls: tuple[str, ...]
    """Under which it was seen, beside the article's own."""
    offers: Validator
    """What the response offers for a conditional request."""
    archived: Place | None = None
    """Where the response stands; None where it is not kept."""


def remember(session: Session, source: str, pages: Sequence[Unread]) -> None:
    """Remember pages of a source, each as `recording.record` does it without a report, and what they offer.

    Those that are known already are recorded one by one, as something may follow from them.
    """
    new, others = _divided(session, source, pages)
    if new:
        rows = _add_articles(session, source, new)
        _add_urls(session, new, rows)
        _add_revisions(session, new, rows, _places(session, source, new))
        _make_findable(session, new, rows)
        note_recorded(session, source, articles=len(new), last=max(page.fetched_at for page in new.values()))
    for page in others:
        record(
            session,
            page.article,
            None,
            fetched_at=page.fetched_at,
            found_via=page.found_via,
            source=source,
            urls=page.urls,
            archived=page.archived,
        )
    _remember_offers(session, [page.offers for page in pages])


def _divided(session: Session, source: str, pages: Sequence[Unread]) -> tuple[dict[_Identity, Unread], list[Unread]]:
    """The pages of new articles by identity; and all others: of known articles, second ones of one, without an id."""
    recorded = known.articles(session, source, [page.article.article_id or "" for page in pages])
    new: dict[_Identity, Unread] = {}
    others = []
    for page in pages:
        identity = (page.article.language, clean(page.article.article_id or ""))
        if not identity[1] or not fits_an_index(identity[1]) or identity in recorded or identity in new:
            others.append(page)
        else:
            new[identity] = page
    return new, others


def _add_articles(session: Session, source: str, new: Mapping[_Identity, Unread]) -> dict[_Identity, int]:
    """The keys of the articles' rows."""
    rows = [
        {
            "source": source,
            "language": language,
            "article_id": article_id,
            "url": clean_or_none(page.article.url),
            "found_via": clean(page.found_via),
            "first_fetched_at": page.fetched_at,
            "last_fetched_at": page.fetched_at,
            "outcome": Outcome.UNREADABLE,
        }
        for (language, article_id), page in new.items()
    ]
    session.execute(rows_into(models.Article), rows)
    # Asked for afterwards: rows that are to tell their keys in order would be added one by one.
    ids = known.article_keys(session, source, (article_id for _, article_id in new))
    return {identity: ids[identity] for identity in new}


def _add_urls(session: Session, new: Mapping[_Identity, Unread], keys: Mapping[_Identity, int]) -> None:
    seen: dict[str, tuple[int, datetime]] = {}
    for identity, page in new.items():
        for url in (page.article.url, *page.urls):
            if url and fits_an_index(url):
                seen.setdefault(clean(url), (keys[identity], page.fetched_at))
    taken = known.urls(session, seen)
    rows = [{"url": url, "article_key": key, "seen_at": at} for url, (key, at) in seen.items() if url not in taken]
    if rows:
        session.execute(rows_into(models.ArticleUrl), rows)


def _places(session: Session, source: str, new: Mapping[_Identity, Unread]) -> dict[Place, int]:
    return archive.note(session, source, [page.archived for page in new.values() if page.archived is not None])


def _add_revisions(
    session: Session, new: Mapping[_Identity, Unread], keys: Mapping[_Identity, int], places: Mapping[Place, int]
) -> None:
    session.execute(
        rows_into(models.Revision),
        [
            {
                "article_key": keys[identity],
                "number": 1,
                "url": clean_or_none(page.article.url),
                "title": clean_or_none(page.article.title),
                "body": "",
                "author": None,
                "content_hash": content_hash(page.article.title, ()),
                "published": page.article.published,
                "published_from": page.article.published_from,
                "fetched_at": page.fetched_at,
                "archived_key": places[page.archived] if page.archived is not None else None,
            }
            for identity, page in new.items()
        ],
    )


def _make_findable(session: Session, new: Mapping[_Identity, Unread], keys: Mapping[_Identity, int]) -> None:
    session.execute(
        rows_into(models.SearchText),
        [
            {
                "article_key": keys[identity],
                "place": place_of(keys[identity], page.article.published or page.fetched_at),
                "words": to_index(clean_or_none(page.article.title), ""),
            }
            for identity, page in new.items()
        ],
    )


def _remember_offers(session: Session, offers: Sequence[Validator]) -> None:
    """What was offered before may prove by what is offered now: such are remembered one by one."""
    seen = {*validators(session, [offered.url for offered in offers])}
    rows = []
    again = []
    for offered in offers:
        url = clean(offered.url)
        if url in seen:
            again.append(offered)
        else:
            rows.append({field: getattr(offered, field) for field in _OFFERED} | {"url": url, "proven": False})
            seen.add(url)
    if rows:
        session.execute(rows_into(models.HttpValidator), rows)
    for offered in again:
        remember_validator(
            session,
            offered.url,
            etag=offered.etag,
            last_modified=offered.last_modified,
            body_hash=offered.body_hash or "",
            now=offered.fetched_at,
        )
