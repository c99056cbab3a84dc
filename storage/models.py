"""The tables. docs/data-model.md draws them; storage/migrations/ makes them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from extract.model import Approx, Basis, DateOrigin, ElectionType, Status, Verdict, Where
from storage.columns import Base, DayOrigin, Outcome
from storage.vocabulary import AlertState, ChangeKind, DecisionKind, DisputeOutcome, NoticeKind


class Identity(Base):
    """The one row that says which database this is; the marker beside a SQLite file repeats it."""

    __tablename__ = "identity"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    uuid: Mapped[str]
    made_at: Mapped[datetime]


class Election(Base):
    """A poll that some report is about."""

    __tablename__ = "election"

    key: Mapped[str] = mapped_column(primary_key=True)
    type: Mapped[ElectionType]
    date: Mapped[date]


class Article(Base):
    """A story of a source in a language, whatever URLs and revisions it has had."""

    __tablename__ = "article"
    __table_args__ = (UniqueConstraint("source", "language", "article_id"), Index(None, "source", "article_id"))

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


class Report(Base):
    """What one revision states about observers."""

    __tablename__ = "report"
    __table_args__ = (Index(None, "election_key", "superseded"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_key: Mapped[int] = mapped_column(ForeignKey("revision.id"), unique=True)
    election_key: Mapped[str | None] = mapped_column(ForeignKey("election.key"))
    superseded: Mapped[bool]
    """A later revision of the article exists, so this report no longer states anything."""
    voided_at: Mapped[datetime | None]
    """A person voided it, so that it no longer states anything; `decision` tells who and why."""
    election_type: Mapped[ElectionType | None]
    election_date: Mapped[date | None]
    election_stated: Mapped[bool]
    as_of: Mapped[date | None]
    day: Mapped[date]
    day_origin: Mapped[DayOrigin]
    complete: Mapped[bool]
    deadline: Mapped[date | None]
    organization_count: Mapped[int | None]
    country_count: Mapped[int | None]
    countries_named: Mapped[list[str]]
    organizations_named: Mapped[list[str]]
    unknown_names: Mapped[list[str]]
    headline: Mapped[int | None]
    revision: Mapped[Revision] = relationship(back_populates="report")
    election: Mapped[Election | None] = relationship()
    figures: Mapped[list[Figure]] = relationship(back_populates="report", order_by="Figure.position")
    checks: Mapped[list[ReportCheck]] = relationship(order_by="ReportCheck.position")
    changes: Mapped[list[Change]] = relationship(back_populates="report", order_by="Change.id")


class Figure(Base):
    """A number of observers with the words that state it."""

    __tablename__ = "figure"
    __table_args__ = (UniqueConstraint("report_key", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_key: Mapped[int] = mapped_column(ForeignKey("report.id"))
    position: Mapped[int]
    scope: Mapped[str]
    status: Mapped[Status]
    basis: Mapped[Basis]
    value: Mapped[int] = mapped_column(BigInteger)
    approx: Mapped[Approx | None]
    quote: Mapped[str]
    quote_start: Mapped[int]
    quote_end: Mapped[int]
    quote_where: Mapped[Where]
    sentence: Mapped[str]
    report: Mapped[Report] = relationship(back_populates="figures")


class ReportCheck(Base):
    """A sum inside a report."""

    __tablename__ = "report_check"
    __table_args__ = (UniqueConstraint("report_key", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_key: Mapped[int] = mapped_column(ForeignKey("report.id"))
    position: Mapped[int]
    kind: Mapped[str]
    verdict: Mapped[Verdict]
    whole_label: Mapped[str]
    whole_value: Mapped[int] = mapped_column(BigInteger)
    parts: Mapped[list[dict[str, Any]]]
    difference: Mapped[int | None] = mapped_column(BigInteger)
    likely_slip: Mapped[str | None]


class Change(Base):
    """What a report did to what was known; `details` is a `storage.views.Change`."""

    __tablename__ = "change"
    __table_args__ = (Index(None, "election_key", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_key: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    election_key: Mapped[str] = mapped_column(ForeignKey("election.key"))
    kind: Mapped[ChangeKind]
    status: Mapped[Status]
    day: Mapped[date]
    held: Mapped[bool] = mapped_column(index=True)
    made_at: Mapped[datetime]
    details: Mapped[dict[str, Any]]
    report: Mapped[Report] = relationship(back_populates="changes")
    election: Mapped[Election] = relationship()


class Dispute(Base):
    """Sources that contradict each other, from the conflict that tells of it until one side yields."""

    __tablename__ = "dispute"
    __table_args__ = (Index(None, "election_key", "closed_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    election_key: Mapped[str] = mapped_column(ForeignKey("election.key"))
    scope: Mapped[str]
    status: Mapped[Status]
    day: Mapped[date]
    opened_by: Mapped[int] = mapped_column(ForeignKey("change.id"), unique=True)
    """The change of kind conflict."""
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("change.id"), index=True)
    """The change of kind settled; None while it is open."""
    outcome: Mapped[DisputeOutcome | None]
    value: Mapped[int | None] = mapped_column(BigInteger)
    """The value that stands at its end; None while it is open, and where a later total replaced both."""


class Decision(Base):
    """What a person decided: who, when and why; never changed or deleted."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[DecisionKind]
    dispute_key: Mapped[int | None] = mapped_column(ForeignKey("dispute.id"), index=True)
    report_key: Mapped[int | None] = mapped_column(ForeignKey("report.id"), index=True)
    review_item_key: Mapped[int | None] = mapped_column(ForeignKey("review_item.id"), index=True)
    by: Mapped[str]
    note: Mapped[str | None]
    made_at: Mapped[datetime]
    details: Mapped[dict[str, Any]]
    """What was so before and after it, as JSON."""


class Notice(Base):
    """Something that operators should know of a source."""

    __tablename__ = "notice"
    __table_args__ = (Index(None, "source", "made_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    kind: Mapped[NoticeKind]
    since: Mapped[datetime | None]
    """From when it is so; of a recovery, from when it was not well."""
    made_at: Mapped[datetime]
    details: Mapped[dict[str, Any]]
    """A `storage.source_views.NoticeDetails`."""


class Alert(Base):
    """The outbox: a change or a notice on its way to a channel."""

    __tablename__ = "alert"
    __table_args__ = (
        UniqueConstraint("change_key", "channel"),
        UniqueConstraint("notice_key", "channel"),
        CheckConstraint("(change_key IS NULL) <> (notice_key IS NULL)", name="one_news"),
        Index(None, "state", "next_attempt_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    change_key: Mapped[int | None] = mapped_column(ForeignKey("change.id"))
    notice_key: Mapped[int | None] = mapped_column(ForeignKey("notice.id"))
    channel: Mapped[str]
    state: Mapped[AlertState]
    attempts: Mapped[int]
    created_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]
    """Whoever claimed it has until then to say what became of it; afterwards it is due again."""
    confirm: Mapped[int | None]
    """How many sources have to state its value before it is due; None where one is enough."""
    confirm_until: Mapped[datetime | None]
    """From when it is due all the same, and says that nobody confirmed it."""
    due_at: Mapped[datetime | None]
    """Of a scheduled alert, when it is to go out; kept afterwards."""
    lead_key: Mapped[int | None] = mapped_column(ForeignKey("alert.id"), index=True)
    """The alert in whose message this one is told, never a later one; None where it has a message of its own."""
    mute_key: Mapped[int | None] = mapped_column(ForeignKey("mute.id"), index=True)
    """What kept it from being told; kept when it is told all the same."""
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
    change: Mapped[Change | None] = relationship()
    notice: Mapped[Notice | None] = relationship()


class Mute(Base):
    """What a person does not want to be told of for a while."""

    __tablename__ = "mute"

    id: Mapped[int] = mapped_column(primary_key=True)
    election_key: Mapped[str | None] = mapped_column(ForeignKey("election.key"))
    """None for every election."""
    source: Mapped[str | None]
    """None for every source."""
    channel: Mapped[str | None]
    """None for every channel."""
    until: Mapped[datetime]
    made_at: Mapped[datetime]
    by: Mapped[str]
    note: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    """When it was over: its time had come, or a person ended it before; None where nobody has noticed yet."""


class Backfill(Base):
    """A stretch of a source's past that was walked through to its end."""

    __tablename__ = "backfill"

    source: Mapped[str] = mapped_column(primary_key=True)
    stretch: Mapped[str] = mapped_column(primary_key=True)
    """'2019-03', or '2019-01-01/2019-03-31' where the source has no pages by date."""
    finished_at: Mapped[datetime]


class SourceState(Base):
    """What is remembered of a source between crawls."""

    __tablename__ = "source_state"

    source: Mapped[str] = mapped_column(primary_key=True)
    last_attempt_at: Mapped[datetime | None]
    last_success_at: Mapped[datetime | None]
    consecutive_errors: Mapped[int]
    retry_not_before: Mapped[datetime | None]
    last_article_at: Mapped[datetime | None]
    baseline_started_at: Mapped[datetime | None]
    baseline_finished_at: Mapped[datetime | None]
    trouble: Mapped[NoticeKind | None]
    """What operators were last told is wrong with it; None while it is well."""
    trouble_since: Mapped[datetime | None]
    listed: Mapped[list[str]]
    """Hashes of the articles that its feeds and listings showed last, newest first: what is not among them is news."""


class CrawlRun(Base):
    """One crawl of one source."""

    __tablename__ = "crawl_run"
    __table_args__ = (Index(None, "source", "started_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    finish_reason: Mapped[str | None]
    found: Mapped[int]
    news: Mapped[int]
    """Articles listed that no crawl before had seen listed, be they about elections or not."""
    pages: Mapped[int]
    """Articles' pages asked for and received changed or for the first time, or not to be had."""
    fetched: Mapped[int]
    unchanged: Mapped[int]
    reports: Mapped[int]
    changes: Mapped[int]
    alerts: Mapped[int]
    errors: Mapped[list[str]]
    signs: Mapped[list[dict[str, Any]]]
    """What the crawl saw of the source's health beside errors: `storage.source_views.Sign`s."""


class HttpValidator(Base):
    """What a URL's last response offers for a conditional request."""

    __tablename__ = "http_validator"

    url: Mapped[str] = mapped_column(primary_key=True)
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    body_hash: Mapped[str | None]
    fetched_at: Mapped[datetime]
    proven: Mapped[bool]


class ReviewItem(Base):
    """Something that a person should look at; open until `closed_at`."""

    __tablename__ = "review_item"
    __table_args__ = (UniqueConstraint("kind", "text", "article_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    text: Mapped[str]
    article_key: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True)
    report_key: Mapped[int | None] = mapped_column(ForeignKey("report.id"), index=True)
    """None where the article has no report."""
    sentence: Mapped[str | None]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None]
    note: Mapped[str | None]
    """What whoever closed it has to say."""
    article: Mapped[Article] = relationship()
    report: Mapped[Report | None] = relationship()


class Daemon(Base):
    """Who holds the lock of a PostgreSQL database; a record for people, the lock itself is the server's."""

    __tablename__ = "daemon"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    who: Mapped[str]
    pid: Mapped[int]
    host: Mapped[str]
    since: Mapped[datetime]
