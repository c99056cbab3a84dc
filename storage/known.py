"""What is known of pages before they are asked for: which articles are on record, and the validators of URLs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from storage import models
from storage.source_views import Validator
from storage.statements import run
from storage.texts import clean

_CHUNK = 500
# The outcome is of no use but that no index has it beside the rest: SQLite would take the index of the constraint for
# that, and go through all articles of the source in it.
_WITH_IDS = select(models.Article.language, models.Article.article_id, models.Article.id, models.Article.outcome).where(
    models.Article.source == bindparam("source"), models.Article.article_id.in_(bindparam("ids", expanding=True))
)
_ROW = models.HttpValidator
_OFFERED = ("etag", "last_modified", "body_hash", "fetched_at", "proven")
_KNOWN = select(_ROW.etag, _ROW.last_modified, _ROW.body_hash, _ROW.proven).where(_ROW.url == bindparam("key"))
_ADD = insert(_ROW)
_CHANGE = update(_ROW).where(_ROW.url == bindparam("key")).values({name: bindparam(f"new_{name}") for name in _OFFERED})
_validator_columns = models.HttpValidator.__table__.c
_OFFERS = select(*(_validator_columns[field.name] for field in fields(Validator))).where(
    _validator_columns.url.in_(bindparam("wanted", expanding=True))
)


def articles(session: Session, source: str, ids: Iterable[str]) -> set[tuple[str, str]]:
    """Which of these article ids of a source are recorded, as (language, article id)."""
    return set(article_keys(session, source, ids))


def article_keys(session: Session, source: str, ids: Iterable[str]) -> dict[tuple[str, str], int]:
    """The keys of those articles' rows, by (language, article id)."""
    found: dict[tuple[str, str], int] = {}
    for some in chunks(ids):
        rows = run(session, _WITH_IDS, {"source": source, "ids": some}).all()
        found.update(((language, article_id), key) for language, article_id, key, _ in rows)
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
        found.update((row.url, Validator(**row._mapping)) for row in run(session, _OFFERS, {"wanted": some}))
    return found


def remember_validator(  # noqa: PLR0913 - keywords that describe one response
    session: Session, url: str, *, etag: str | None, last_modified: str | None, body_hash: str, now: datetime
) -> Validator:
    """Remember a full response (status 200) of a URL. `body_hash` is any hash of its body.

    The validators are proven once they changed together with the body, and no longer once a changed body came with
    unchanged validators.
    """
    key = clean(url)
    row = run(session, _KNOWN, {"key": key}).first()
    proven = row is not None and row.proven
    if row is not None and row.body_hash != body_hash:
        proven = (row.etag, row.last_modified) != (etag, last_modified) and (etag or last_modified) is not None
    offered = Validator(
        url=key, etag=etag, last_modified=last_modified, body_hash=body_hash, fetched_at=now, proven=proven
    )
    if row is None:
        run(session, _ADD, {"url": key, **{name: getattr(offered, name) for name in _OFFERED}})
    else:
        run(session, _CHANGE, {"key": key, **{f"new_{name}": getattr(offered, name) for name in _OFFERED}})
    return offered


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
