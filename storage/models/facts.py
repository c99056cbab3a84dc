"""What articles state, what that changed, and what people decided about it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from extract.model import Approx, Basis, ElectionType, Status, Verdict, Where
from storage.columns import Base, DayOrigin
from storage.vocabulary import ChangeKind, DecisionKind, DisputeOutcome

if TYPE_CHECKING:
    from storage.models.articles import Article, Revision


class Election(Base):
    """A poll that some report is about."""

    __tablename__ = "election"

    key: Mapped[str] = mapped_column(primary_key=True)
    type: Mapped[ElectionType]
    date: Mapped[date]


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
    value: Mapped[int] = mapped_column(BigInteger, index=True)
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
