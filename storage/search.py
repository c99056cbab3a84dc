"""Search: articles by words of their latest title and body, figures by their value.

An article is found if it has every word that is asked for; the last one may go on. Figures are those of reports that
state something. The answers are plain values, newest first, the same on both kinds of database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, literal, literal_column, select, text
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload

from storage import models
from storage.answers import FigureView
from storage.records import article_ref, figure_view
from storage.views import ArticleRef
from storage.words import Word, asked, value_of, words

_NEWEST = 1_000
"""Articles among which a common word is looked for before the index of words is asked."""
_FOR_EACH = 5
"""So many more of them for each article that is wanted or passed over; no more than the most in all."""
_MOST_OF_NEWEST = 20_000
_MOST_OF_A_NUMBER = 5_000
"""Articles that have a number, of which the other words are looked for one by one."""
_AROUND = 120
"""Characters of the text on both sides of the first word that was found."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, and whether it is what was asked for."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleHit:
    """An article that has the words."""

    article: ArticleRef
    """As its latest revision shows it."""
    place: int
    """Where it stands among all that is found, later publications higher."""
    report: int | None
    """Id of its report that counts; None where it states no figures, or its report is void."""
    election: str | None
    """Key of the election that the report is about."""
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    """Some of the body, around the first word that was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureHit:
    """A figure that has the value."""

    figure: FigureView
    article: ArticleRef
    report: int
    election: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found."""

    articles: tuple[ArticleHit, ...]
    figures: tuple[FigureHit, ...]
    more: bool
    """Whether more articles or figures follow behind these."""


def search(
    session: Session,
    text: str,
    *,
    limit: int = 20,
    offset: int = 0,
    before: int | None = None,
) -> Found:
    """Articles that have all words of the text, and figures of its numbers; at most `limit` of each behind `offset`.

    With `before`, the articles are those that follow behind this place, whatever the offset: however far back, they are
    found as fast as the first.
    Of several words the last may be the beginning of one. With a number among other words, figures of that value are
    found in articles that have the others. A text without words finds nothing.
    """
    wanted = asked(text)
    if not wanted:
        return Found(articles=(), figures=(), more=False)
    articles = _articles(session, _places(session, wanted, limit + 1, offset, before))
    figures = _figures(session, wanted, limit + 1, offset)
    reports = _reports(session, [row for row, _ in articles])
    return Found(
        articles=tuple(
            _article_hit(row, place, reports.get(row.article_key), wanted) for row, place in articles[:limit]
        ),
        figures=tuple(_figure_hit(row) for row in figures[:limit]),
        more=len(articles) > limit or len(figures) > limit,
    )


def _articles(session: Session, places: Sequence[int]) -> Sequence[tuple[models.Revision, int]]:
    """The latest revisions of the articles at these places, with the place of each, newest first."""
    revision, later, row = models.Revision, aliased(models.Revision), models.SearchText
    newest = select(func.max(later.number)).where(later.article_key == revision.article_key).scalar_subquery()
    query = (
        select(revision, row.place)
        .join(row, row.article_key == revision.article_key)
        .where(row.place.in_(places), revision.number == newest)
        .options(joinedload(revision.article))
        .order_by(row.place.desc())
    )
    return [(found, place) for found, place in session.execute(query)]


def _places(session: Session, wanted: Sequence[str], limit: int, offset: int, before: int | None) -> Sequence[int]:
    """Where the articles stand that have the words: the newest, or those behind a place."""
    if session.get_bind().dialect.name != "sqlite":
        return _places_on_server(session, wanted, limit, offset, before)
    # In this order SQLite's own index stops as soon as it has found enough, however common a word is.
    quoted = [f'"{word.replace(chr(34), chr(34) * 2)}"' for word in wanted]
    match = text("search_index MATCH :asked").bindparams(asked=" ".join(quoted) + " *")
    place: ColumnElement[int] = literal_column("rowid", models.SearchText.place.expression.type)
    query = select(place).select_from(text("search_index")).where(match)
    query = query.offset(offset) if before is None else query.where(place < before)
    return session.scalars(query.order_by(place.desc()).limit(limit)).all()


def _places_on_server(
    session: Session, wanted: Sequence[str], limit: int, offset: int, before: int | None
) -> Sequence[int]:
    """The same on PostgreSQL, which would go through all articles from the newest on, however rare a word is.

    So the newest are looked through for common words, and for all others the index of words is asked.
    """
    place: ColumnElement[int] = models.SearchText.place.expression
    behind = [] if before is None else [place < before]
    query = select(place).where(_matches_on_server(wanted), *behind).limit(limit)
    query = query.offset(offset) if before is None else query
    far = limit if before is not None else limit + offset
    among = min(max(_NEWEST, _FOR_EACH * far), _MOST_OF_NEWEST)
    newest = select(place).where(*behind).order_by(place.desc()).offset(among).limit(1).scalar_subquery()
    found = session.scalars(query.where(place > func.coalesce(newest, 0)).order_by(place.desc())).all()
    if len(found) == limit:
        return found
    if any(value_of(word) is not None for word in wanted[:-1]):
        few = _places_of_a_number(session, wanted, behind)
        if few is not None:
            return few[:limit] if before is not None else few[offset : offset + limit]
    return session.scalars(query.order_by((place + 0).desc())).all()  # an order that no other index has


def _places_of_a_number(
    session: Session, wanted: Sequence[str], behind: Sequence[ColumnElement[bool]]
) -> Sequence[int] | None:
    """The same of a number and other words, all of them; None where too many articles have the number.

    Few have it, mostly, whereas all that begin with the last word may be many, which the index has to put together.
    """
    place: ColumnElement[int] = models.SearchText.place.expression
    query = select(place, _matches_on_server(wanted[-1:])).where(
        _matches_on_server(wanted[:-1], goes_on=False), *behind
    )
    rows = session.execute(query.limit(_MOST_OF_A_NUMBER + 1)).all()
    return None if len(rows) > _MOST_OF_A_NUMBER else sorted((p for p, has_all in rows if has_all), reverse=True)


def _has(session: Session, wanted: Sequence[str]) -> ColumnElement[bool]:
    """Whether a revision's article has the words; for the few that are in question anyway."""
    row = models.SearchText
    of_article = select(row.article_key).where(row.article_key == models.Revision.article_key)
    if session.get_bind().dialect.name == "sqlite":
        between_blanks = literal(" ").concat(row.words).concat(" ")
        whole = [func.instr(between_blanks, f" {word} ") > 0 for word in wanted[:-1]]
        return of_article.where(*whole, func.instr(between_blanks, f" {wanted[-1]}") > 0).exists()
    return of_article.where(_matches_on_server(wanted)).exists()


def _matches_on_server(wanted: Sequence[str], *, goes_on: bool = True) -> ColumnElement[bool]:
    """Whether a text has these words; where it `goes_on`, the last may be the beginning of one."""
    quoted = ["'" + word.replace("\\", "\\\\").replace("'", "''") + "'" for word in wanted]
    simple: ColumnElement[str] = literal_column("'simple'::regconfig")
    asked_for = func.to_tsquery(simple, " & ".join(quoted) + (":*" if goes_on else ""))
    indexed: ColumnElement[str] = literal_column("search_text.search_index_words")
    return indexed.bool_op("@@")(asked_for)


def _figures(session: Session, wanted: Sequence[str], limit: int, offset: int) -> Sequence[models.Figure]:
    values = [value for word in wanted if (value := value_of(word)) is not None]
    others = [word for word in wanted if value_of(word) is None]
    if not values:
        return ()
    figure, report = models.Figure, models.Report
    newest_first = (report.day.desc(), report.id.desc(), figure.position)
    found = (
        select(figure.id)
        .join(figure.report)
        .join(report.revision)
        .where(figure.value.in_(values), report.superseded.is_(False), report.voided_at.is_(None))
        .order_by(*newest_first)
    )
    if others:
        found = found.where(_has(session, others))
    query = (  # what is shown of them is read only of those that are shown
        select(figure)
        .join(figure.report)
        .where(figure.id.in_(session.scalars(found.limit(limit).offset(offset)).all()))
        .options(contains_eager(figure.report).joinedload(report.revision).joinedload(models.Revision.article))
        .order_by(*newest_first)
    )
    return session.scalars(query).all()


def _reports(session: Session, found: Sequence[models.Revision]) -> Mapping[int, tuple[int, str | None]]:
    """Id and election of the report that counts, by article, of those that have one."""
    report, article = models.Report, models.Revision.article_key
    rows = session.execute(
        select(article, report.id, report.election_key)
        .join(report.revision)
        .where(
            article.in_([row.article_key for row in found]), report.superseded.is_(False), report.voided_at.is_(None)
        )
    )
    return {key: (id_, election) for key, id_, election in rows}


def _article_hit(
    revision: models.Revision, place: int, report: tuple[int, str | None] | None, wanted: Sequence[str]
) -> ArticleHit:
    title = revision.title or ""
    hits = _first_hits(revision.body, wanted)
    start, end = _window(revision.body, hits[0] if hits else None)
    return ArticleHit(
        article=article_ref(revision),
        place=place,
        report=report[0] if report else None,
        election=report[1] if report else None,
        title=_pieces(title, 0, len(title), [word for word in words(title) if _is_asked(word, wanted)]),
        snippet=_pieces(revision.body, start, end, hits),
    )


def _first_hits(body: str, wanted: Sequence[str]) -> list[Word]:
    """The first word that is asked for, and those near it that a snippet around it may show."""
    hits: list[Word] = []
    for word in words(body):
        if hits and word.start > hits[0].end + 2 * _AROUND:
            break
        if _is_asked(word, wanted):
            hits.append(word)
    return hits


def _figure_hit(row: models.Figure) -> FigureHit:
    report = row.report
    return FigureHit(
        figure=figure_view(row, headline=row.position == report.headline),
        article=article_ref(report.revision),
        report=report.id,
        election=report.election_key,
    )


def _is_asked(word: Word, wanted: Sequence[str]) -> bool:
    return any(form in wanted or form.startswith(wanted[-1]) for form in word.forms)


def _window(body: str, first: Word | None) -> tuple[int, int]:
    """Where the snippet begins and ends: at blanks, so that no word is cut, unless one is very long."""
    at, behind = (first.start, first.end) if first else (0, 0)
    start, end = max(0, at - _AROUND), min(len(body), behind + 2 * _AROUND)
    if start > 0:
        blank = body.find(" ", start, at)
        start = blank + 1 if blank >= 0 else start
    if end < len(body):
        blank = body.rfind(" ", behind, end)
        end = blank if blank > start else end
    return start, end


def _pieces(text: str, start: int, end: int, hits: Sequence[Word]) -> tuple[Piece, ...]:
    """The stretch `[start:end]` in pieces, with an ellipsis where the text goes on."""
    pieces = [Piece("… ", found=False)] if start > 0 else []
    position = start
    for hit in hits:
        if start <= hit.start and hit.end <= end:
            pieces += [Piece(text[position : hit.start], found=False), Piece(text[hit.start : hit.end], found=True)]
            position = hit.end
    pieces.append(Piece(text[position:end], found=False))
    if end < len(text):
        pieces.append(Piece(" …", found=False))
    return tuple(piece for piece in pieces if piece.text)
