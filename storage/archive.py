"""The index of the archive: where each response stands that was fetched, and which ones are cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, joinedload

from foundation.errors import NotFound
from storage import models
from storage.texts import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a response stands in the archive, and how to know it again."""

    url: str
    status: int
    fetched_at: datetime
    """When it was received; aware, in UTC."""
    file: str
    """Relative to the archive's folder."""
    offset: int
    length: int
    """Bytes of the record in the file, compressed."""
    digest: str
    """Of the body as it was sent: 'sha256:' and the hexadecimal digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A revision and the response that it was read from."""

    article: int
    revision: int
    source: str
    language: str
    article_id: str
    published: datetime | None
    place: Place


def note(session: Session, source: str, places: Iterable[Place]) -> None:
    """Remember where responses stand; those that are known already are left as they are."""
    for place in places:
        _row(session, source, place)


def cite(session: Session, source: str, place: Place) -> int:
    """Remember where a response stands; its id, for the revision that is read from it."""
    return _row(session, source, place).id


def place_of(session: Session, report_id: int) -> Place | None:
    """Where the response stands that a report was read from; None where it was not kept. Raises NotFound."""
    row = session.get(models.Report, report_id)
    if row is None:
        raise NotFound(f"no report has the id {report_id}: `accredwatch timeline` shows those of an election")
    return _place(row.revision.archived) if row.revision.archived else None


def latest(session: Session, *, source: str | None = None, since: datetime | None = None) -> Iterator[Cited]:
    """The latest revision of every article whose response is kept, oldest article first.

    Of a source, or fetched since an instant, if given.
    """
    other = aliased(models.Revision)
    newest = select(func.max(other.number)).where(other.article_key == models.Revision.article_key).scalar_subquery()
    query = (
        select(models.Revision)
        .join(models.Revision.article)
        .options(joinedload(models.Revision.article), joinedload(models.Revision.archived))
        .where(models.Revision.archived_key.is_not(None), models.Revision.number == newest)
    )
    if source is not None:
        query = query.where(models.Article.source == source)
    if since is not None:
        query = query.where(models.Revision.fetched_at >= since)
    for row in session.scalars(query.order_by(models.Revision.id)):
        if row.archived is not None:
            article = row.article
            yield Cited(
                article=article.id,
                revision=row.id,
                source=article.source,
                language=article.language,
                article_id=article.article_id,
                published=row.published,
                place=_place(row.archived),
            )


def kept(session: Session) -> Iterator[tuple[Place, bool]]:
    """Every response of the index, oldest first, and whether a revision with a report cites it."""
    cited = (
        select(models.Revision.id)
        .join(models.Revision.report)
        .where(models.Revision.archived_key == models.ArchivedResponse.id)
        .exists()
    )
    rows = select(models.ArchivedResponse, cited).order_by(models.ArchivedResponse.fetched_at)
    for row, is_cited in session.execute(rows):
        yield _place(row), bool(is_cited)


def moved(session: Session, file: str, places: dict[int, Place]) -> None:
    """A file was written anew: `places` are the new ones by old offset; what has none is no longer kept."""
    for row in session.scalars(select(models.ArchivedResponse).where(models.ArchivedResponse.file == file)).all():
        place = places.get(row.offset)
        if place is not None:
            row.file, row.offset, row.length = place.file, place.offset, place.length
            continue
        for revision in session.scalars(select(models.Revision).where(models.Revision.archived_key == row.id)):
            revision.archived_key = None
        session.flush()
        session.delete(row)
    session.flush()


def _row(session: Session, source: str, place: Place) -> models.ArchivedResponse:
    at = (models.ArchivedResponse.file == place.file, models.ArchivedResponse.offset == place.offset)
    row = session.scalars(select(models.ArchivedResponse).where(*at)).first()
    if row is None:
        row = models.ArchivedResponse(
            source=source,
            url=clean(place.url),
            status=place.status,
            fetched_at=place.fetched_at,
            file=place.file,
            offset=place.offset,
            length=place.length,
            digest=place.digest,
        )
        session.add(row)
        session.flush()
    return row


def _place(row: models.ArchivedResponse) -> Place:
    return Place(
        url=row.url,
        status=row.status,
        fetched_at=row.fetched_at,
        file=row.file,
        offset=row.offset,
        length=row.length,
        digest=row.digest,
    )
