"""What is recorded of a page that was read. It may pass to another process, so that nothing of a crawl hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from extract.model import Article, Report
from storage import recording, revisits
from storage.archive import Place
from storage.known import remember_validator
from storage.source_views import Validator
from storage.vocabulary import Subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """An article's page as it was fetched and read."""

    article: Article
    """Under its identity."""
    report: Report | None
    fetched_at: datetime
    """Aware."""
    found_via: str
    urls: tuple[str, ...]
    """Under which it was seen, beside the article's own."""
    offers: Validator
    """What the response offers for a conditional request."""
    time_zone: str
    """The source's."""
    subscriptions: tuple[Subscription, ...] = ()
    hold: bool = False
    figures_outside_body: str | None = None
    archived: Place | None = None
    """Where the response stands; None where it is not kept."""
    asked: tuple[str, str] | None = None
    """Of an article that was known: the language and id under which it was asked for."""


def record(session: Session, page: ReadPage) -> recording.Recorded:
    """Record a page, as part of a transaction."""
    article = page.article
    recorded = recording.record(
        session,
        article,
        page.report,
        fetched_at=page.fetched_at,
        found_via=page.found_via,
        subscriptions=page.subscriptions,
        hold=page.hold,
        urls=page.urls,
        figures_outside_body=page.figures_outside_body,
        time_zone=page.time_zone,
        archived=page.archived,
    )
    if page.asked is not None and article.source is not None:
        # Its page may name another identity by now; asked for it was under this one.
        revisits.note_asked(session, article.source, [(*page.asked, page.fetched_at)])
    # Together with the article: a validator that outlives a lost article would hide it for good.
    offers = page.offers
    remember_validator(
        session,
        offers.url,
        etag=offers.etag,
        last_modified=offers.last_modified,
        body_hash=offers.body_hash or "",
        now=offers.fetched_at,
    )
    return recorded
