"""What was fetched: articles, their revisions, where each response stands in the archive."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from extract.model import DateOrigin
from storage.columns import Base, Outcome

if TYPE_CHECKING:
    from storage.models.facts import Report


class Article(Base):
    """A story of a source in a language, whatever URLs and revisions it has had."""

    __tablename__ = "article"
    __table_args__ = (
        UniqueConstraint("source", "language", "article_id"),
        Index(None, "source", "article_id"),
        Index(None, "source", "first_fetched_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    language: Mapped[str]
    article_id: Mapped[str]
    url: Mapped[str | None]
    """The latest canonical URL."""
    found_via: Mapped[str]
    first_fetched_at: Mapped[datetime]
    last_fetched_at: Mapped[datetime]
    last_asked_at: Mapped[datetime | None]
    """When it was last asked for again, whatever the answer; None if it never was."""
    outcome: Mapped[Outcome]
    """Of the latest revision."""
    revisions: Mapped[list[Revision]] = relationship(back_populates="article", order_by="Revision.number")
    urls: Mapped[list[ArticleUrl]] = relationship(back_populates="article", order_by="ArticleUrl.seen_at")


class ArticleUrl(Base):
    """A URL under which an article was seen."""

    __tablename__ = "article_url"

    url: Mapped[str] = mapped_column(primary_key=True)
    article_key: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True)
    seen_at: Mapped[datetime]
    article: Mapped[Article] = relationship(back_populates="urls")


class Revision(Base):
    """One text of an article; another one follows only when title or body differ."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("article_key", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    article_key: Mapped[int] = mapped_column(ForeignKey("article.id"))
    number: Mapped[int]
    url: Mapped[str | None]
    title: Mapped[str | None]
    body: Mapped[str]
    author: Mapped[str | None]
    content_hash: Mapped[str]
    published: Mapped[datetime | None]
    published_from: Mapped[DateOrigin | None]
    fetched_at: Mapped[datetime]
    archived_key: Mapped[int | None] = mapped_column(ForeignKey("archived_response.id"), index=True)
    """The response that it was read from; None where it was not kept."""
    article: Mapped[Article] = relationship(back_populates="revisions")
    archived: Mapped[ArchivedResponse | None] = relationship()
    report: Mapped[Report | None] = relationship(back_populates="revision")


class SearchText(Base):
    """The words by which an article is found, those of its latest revision; the database's own index is on them."""

    __tablename__ = "search_text"

    article_key: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(BigInteger, unique=True)
    """Where it stands among all that is found, later publications higher: `storage.words.place_of`."""
    words: Mapped[str]


class ArchivedResponse(Base):
    """Where a response that was fetched stands in the archive."""

    __tablename__ = "archived_response"
    __table_args__ = (UniqueConstraint("file", "offset"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    url: Mapped[str]
    status: Mapped[int]
    fetched_at: Mapped[datetime] = mapped_column(index=True)
    file: Mapped[str]
    """The WARC file, relative to the archive's folder."""
    offset: Mapped[int] = mapped_column(BigInteger)
    """Of the record's first byte in the file."""
    length: Mapped[int]
    """Of the record in the file, compressed."""
    digest: Mapped[str]
    """Of the body as it was sent: 'sha256:' and the hexadecimal digits."""
