"""What is told, to whom, and what nobody is to be told for a while."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.columns import Base
from storage.vocabulary import AlertState, NoticeKind

if TYPE_CHECKING:
    from storage.models.facts import Change


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
    acknowledged_note: Mapped[str | None]
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
