"""What is known of pages before they are asked for: which articles are on record, and the validators of URLs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from storage import models
from storage.source_views import Validator
from storage.texts import clean

_CHUNK = 500


def articles(session: Session, source: str, ids: Iterable[str]) -> set[tuple[str, str]]:
    """Which of these article ids of a source are recorded, as (language, article id)."""
    found: set[tuple[str, str]] = set()
    for some in chunks(ids):
        query = select(models.Article.language, models.Article.article_id).where(
            models.Article.source == source, models.Article.article_id.in_(some)
        )
        found.update((language, article_id) for language, article_id in session.execute(query))
    return found


def urls(session: Session, wanted: Iterable[str]) -> set[str]:
    """Which of these URLs an article was seen under."""
    found: set[str] = set()
    for some in chunks(wanted):
        found.update(session.scalars(select(models.ArticleUrl.url).where(models.ArticleUrl.url.in_(some))))
    return found


def validator(session: Session, url: str) -> Validator | None:
    """What the last response of a URL offers for a conditional request."""
    row = session.get(models.HttpValidator, clean(url))
    return _validator(row) if row else None


def validators(session: Session, wanted: Iterable[str]) -> dict[str, Validator]:
    """The same of several URLs, by URL; of one that was never received there is none."""
    found: dict[str, Validator] = {}
    for some in chunks(wanted):
        rows = session.scalars(select(models.HttpValidator).where(models.HttpValidator.url.in_(some)))
        found.update((row.url, _validator(row)) for row in rows)
    return found


def remember_validator(  # noqa: PLR0913 - keywords that describe one response
    session: Session, url: str, *, etag: str | None, last_modified: str | None, body_hash: str, now: datetime
) -> Validator:
    """Remember a full response (status 200) of a URL. `body_hash` is any hash of its body.

    The validators are proven once they changed together with the body, and no longer once a changed body came with
    unchanged validators.
    """
    row = session.get(models.HttpValidator, clean(url))
    if row is None:
        row = models.HttpValidator(url=clean(url), proven=False)
        session.add(row)
    elif row.body_hash != body_hash:
        row.proven = (row.etag, row.last_modified) != (etag, last_modified) and (etag or last_modified) is not None
    row.etag, row.last_modified, row.body_hash, row.fetched_at = etag, last_modified, body_hash, now
    session.flush()
    return _validator(row)


def forget_validator(session: Session, url: str) -> None:
    """Ask unconditionally next time."""
    session.execute(delete(models.HttpValidator).where(models.HttpValidator.url == clean(url)))


def chunks(items: Iterable[str]) -> Iterable[list[str]]:
    """Keys in portions that a statement can name, each key once."""
    wanted = sorted({clean(item) for item in items})
    return (wanted[n : n + _CHUNK] for n in range(0, len(wanted), _CHUNK))


def _validator(row: models.HttpValidator) -> Validator:
    return Validator(
        url=row.url,
        etag=row.etag,
        last_modified=row.last_modified,
        body_hash=row.body_hash,
        fetched_at=row.fetched_at,
        proven=row.proven,
    )
