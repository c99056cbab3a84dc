"""The index of the archive: where each response stands that was fetched, and which ones are cited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, delete, func, select, update
from sqlalchemy.orm import Session, aliased, joinedload

from foundation.errors import NotFound, StorageError
from storage import models
from storage.columns import rows_into
from storage.statements import add, run
from storage.texts import clean

_CHUNK = 500
_ADD = rows_into(models.ArchivedResponse)
_AT = select(models.ArchivedResponse.id).where(
    models.ArchivedResponse.file == bindparam("file"), models.ArchivedResponse.offset == bindparam("offset")
)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """How much the archive holds."""

    responses: int
    size: int
    """Bytes of their records, compressed."""
    cited: int
    """How many of the responses revisions with a report cite."""


def note(session: Session, source: str, places: Iterable[Place]) -> dict[Place, int]:
    """Remember where responses stand; those that are known already are left as they are. Their ids, by place."""
    wanted = {(place.file, place.offset): place for place in places}
    if not wanted:
        return {}
    ids = _known(session, wanted)
    new = [place for at, place in wanted.items() if at not in ids]
    if new:
        session.execute(_ADD, [_values(source, place) for place in new])
        # Asked for afterwards: rows that are to tell their keys in order would be added one by one.
        ids |= _known(session, [(place.file, place.offset) for place in new])
    return {place: ids[at] for at, place in wanted.items()}


def cite(session: Session, source: str, place: Place) -> int:
    """Remember where a response stands; its id, for the revision that is read from it."""
    known: int | None = run(session, _AT, {"file": place.file, "offset": place.offset}).scalar()
    return add(session, _ADD, _values(source, place)) if known is None else known


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
    rows = select(models.ArchivedResponse, _is_cited()).order_by(models.ArchivedResponse.fetched_at)
    for row, is_cited in session.execute(rows):
        yield _place(row), bool(is_cited)


def stock(session: Session) -> Stock:
    """How much the index names."""
    row = models.ArchivedResponse
    responses, size = session.execute(select(func.count(), func.coalesce(func.sum(row.length), 0))).one()
    cited = session.scalar(select(func.count(models.Revision.archived_key.distinct())).join(models.Revision.report))
    return Stock(responses=responses, size=size, cited=cited or 0)


def uncited(session: Session, *, before: datetime | None = None) -> Iterator[Place]:
    """The responses that no revision with a report cites, oldest first; only those fetched `before`, if given."""
    row = models.ArchivedResponse
    query = select(row).where(~_is_cited()).order_by(row.fetched_at, row.id)
    if before is not None:
        query = query.where(row.fetched_at < before)
    found = session.execute(query.execution_options(yield_per=_CHUNK))
    for some in found.scalars().partitions():
        yield from map(_place, some)
        # A year's responses are walked through here, and none of them is needed again.
        session.expunge_all()


def inside(session: Session, file: str) -> tuple[Place, ...]:
    """The responses that a file holds, in its order."""
    row = models.ArchivedResponse
    return tuple(map(_place, session.scalars(select(row).where(row.file == file).order_by(row.offset))))


def moved(session: Session, file: str, places: Mapping[int, Place]) -> None:
    """A file was written anew: `places` are the new ones by old offset; what has none is no longer kept.

    Raises StorageError, for the caller's transaction to be given up, if a figure cites what is no longer kept.
    """
    row, revision = models.ArchivedResponse, models.Revision
    by_offset = {offset: id_ for id_, offset in session.execute(select(row.id, row.offset).where(row.file == file))}
    gone = [id_ for offset, id_ in by_offset.items() if offset not in places]
    for some in (gone[n : n + _CHUNK] for n in range(0, len(gone), _CHUNK)):
        if session.scalars(select(row.id).where(row.id.in_(some), _is_cited())).first() is not None:
            raise StorageError(f"{file} holds a page that a figure cites by now, so nothing of it was dropped")
        forget = update(revision).where(revision.archived_key.in_(some)).values(archived_key=None)
        session.execute(forget.execution_options(synchronize_session=False))
        session.execute(delete(row).where(row.id.in_(some)).execution_options(synchronize_session=False))
    if places:
        session.execute(
            update(row),
            [
                {"id": by_offset[old], "file": new.file, "offset": new.offset, "length": new.length}
                for old, new in places.items()
            ],
        )
    session.expire_all()


def _is_cited() -> ColumnElement[bool]:
    """Whether a revision with a report was read from the response, be it superseded or void by now."""
    by_report = select(models.Revision.id).join(models.Revision.report)
    return by_report.where(models.Revision.archived_key == models.ArchivedResponse.id).exists()


def _known(session: Session, wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], int]:
    """The ids of those responses that the index names already, by file and offset."""
    row = models.ArchivedResponse
    offsets: defaultdict[str, list[int]] = defaultdict(list)
    for file, offset in wanted:
        offsets[file].append(offset)
    found = {}
    for file, all_ in offsets.items():
        for some in (all_[n : n + _CHUNK] for n in range(0, len(all_), _CHUNK)):
            rows = session.execute(select(row.offset, row.id).where(row.file == file, row.offset.in_(some)))
            found.update({(file, offset): id_ for offset, id_ in rows})
    return found


def _values(source: str, place: Place) -> dict[str, object]:
    return {
        "source": source,
        "url": clean(place.url),
        "status": place.status,
        "fetched_at": place.fetched_at,
        "file": place.file,
        "offset": place.offset,
        "length": place.length,
        "digest": place.digest,
    }


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
