"""Words that storage and the rooms above it share: kinds of change, question and notice, states of an alert."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum

from extract.model import Status


class ChangeKind(StrEnum):
    """What a report did to what was known."""

    NEW_TOTAL = "new_total"
    """A running total that was not known, for a day not before the latest one known."""
    NEW_BATCH = "new_batch"
    """A batch without a running total beside it."""
    NEW_PART = "new_part"
    """A figure for one sender or group, where the report gives nothing wider."""
    WITHDRAWN = "withdrawn"
    """Observers whose accreditation was taken back."""
    CORRECTED = "corrected"
    """An article was edited and now states another figure."""
    REREAD = "reread"
    """The reader improved: the article is as it was, and something else is read of it."""
    COMPLETED = "completed"
    """Accreditation is said to be over, for the first time."""
    CONFLICT = "conflict"
    """Two sources state different values for one day, a total falls without withdrawals, or a sum fails."""
    CORROBORATED = "corroborated"
    """A second source states the current value."""
    SETTLED = "settled"
    """A dispute is over: one side yielded, a later total replaced both, or a person decided."""


NUMBERS = frozenset({ChangeKind.NEW_TOTAL, ChangeKind.NEW_BATCH, ChangeKind.NEW_PART, ChangeKind.WITHDRAWN})
"""The kinds that tell a new number, which a channel may want confirmed."""


class DisputeOutcome(StrEnum):
    """How a dispute ended."""

    YIELDED = "yielded"
    """One side now states the other's value, in another article or an edited one."""
    EXPLAINED = "explained"
    """Withdrawals learnt of later account for the difference."""
    OVERTAKEN = "overtaken"
    """A running total of a later day, that both sides' values allow, replaced them."""
    DECIDED = "decided"
    """A person settled it."""
    VOIDED = "voided"
    """A report that one side rests on was voided."""


class DecisionKind(StrEnum):
    """What a person decided; each is kept for ever."""

    SETTLE = "settle"
    """Which side of a dispute is right."""
    VOID = "void"
    """A report counts no more: it was misread, or its article is none."""
    RESTORE = "restore"
    """A voided report counts again."""
    CLOSE = "close"
    """A question needs nothing more."""


class NoticeKind(StrEnum):
    """What operators are told of a source: what is wrong with it, and that it is well again."""

    FAILING = "failing"
    """It cannot be crawled: errors in most of its latest crawls."""
    SILENT = "silent"
    """It can be crawled and lists nothing new, for much longer than it ever did."""
    MOVED = "moved"
    """It redirects to a host that its table does not name."""
    FEED_GONE = "feed_gone"
    """A feed, sitemap or listing answers 404 or 410, or is no longer one."""
    LAYOUT_CHANGED = "layout_changed"
    """Pages of articles without a body or a date, or with figures outside of the body."""
    BLOCKED = "blocked"
    """A captcha, consent or login page stands where articles stood."""
    FORBIDDEN = "forbidden"
    """robots.txt now forbids what is crawled."""
    RECOVERED = "recovered"
    """It is well again, and what the gap cost."""


class SignKind(StrEnum):
    """What a crawl saw of a source's health."""

    MOVED = "moved"
    """A redirect to an address that the source's table does not allow."""
    GONE = "gone"
    """A feed, sitemap or listing that answers 404 or 410, is none, or lists no article of the source."""
    UNREACHABLE = "unreachable"
    """It could not be had for another reason: no answer, an error of the server."""
    CHALLENGE = "challenge"
    """A captcha, consent or login page, or one that does not show the article that its link names."""
    FORBIDDEN = "forbidden"
    """robots.txt forbids the address."""
    NO_BODY = "no_body"
    """An article's page without a paragraph of prose."""
    NO_DATE = "no_date"
    """An article whose date neither its page nor its feed tells, or that had to be guessed."""
    FIGURES_OUTSIDE_BODY = "figures_outside_body"
    """An article's caption, lead or description states a figure and its body none."""


class SignPlace(StrEnum):
    """Where a sign was seen."""

    DOCUMENT = "document"
    """A feed, sitemap or listing, or the robots.txt before it: each counts by itself."""
    ARTICLE = "article"
    """The page of an article: what counts is the share of such pages."""


class Audience(StrEnum):
    """Whom a channel serves: they are told different things."""

    READERS = "readers"
    """Changes of what is known of an election."""
    OPERATORS = "operators"
    """Notices on the health of the sources."""


class ReviewKind(StrEnum):
    """What a person should look at."""

    UNKNOWN_NAME = "unknown_name"
    """A sender that no table knows."""
    UNIDENTIFIED_ELECTION = "unidentified_election"
    """Figures of no known poll."""
    FIGURES_GONE = "figures_gone"
    """A later revision of an article states no figure, as a broken page would."""
    FIGURES_OUTSIDE_BODY = "figures_outside_body"
    """A caption, lead or description states a figure and the body does not: the layout may have swallowed it."""


class Digest(StrEnum):
    """How often a channel is told."""

    IMMEDIATELY = "immediately"
    """As soon as something is known."""
    HOURLY = "hourly"
    """At most once an hour, at its beginning."""
    DAILY = "daily"
    """At most once a day, at a time of the channel's zone."""
    MEETING_DAY = "meeting_day"
    """One message for each election and day of a meeting, at a time of the channel's zone."""


class AlertState(StrEnum):
    """Where an alert is on its way."""

    UNCONFIRMED = "unconfirmed"
    """Held until another source states the same, or the channel's patience ends."""
    SCHEDULED = "scheduled"
    """Waits for its digest, for others of its meeting, or for the end of quiet hours."""
    MUTED = "muted"
    """Its election, source or channel was muted when it was made: it is kept, and not told."""
    PENDING = "pending"
    """Waits for its first or next attempt."""
    SENT = "sent"
    """The channel accepted it."""
    FAILED = "failed"
    """Given up after the last attempt; `accredwatch alerts retry` revives it."""


ON_THE_WAY = frozenset({AlertState.UNCONFIRMED, AlertState.SCHEDULED, AlertState.PENDING})
"""The states of an alert that is to be told and was not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """When a channel may be told. Times of day are the zone's."""

    digest: Digest = Digest.IMMEDIATELY
    at: time = time(18)
    """When a daily digest, or that of a meeting's day, goes out."""
    group: timedelta = timedelta()
    """How long a first alert waits for others of its election and day, to go out as one message with them."""
    quiet: tuple[time, time] | None = None
    """From when to when nothing is told; over midnight if it ends before it begins."""
    urgent: frozenset[ChangeKind | NoticeKind] = frozenset()
    """Kinds of change, or of notice, that are told at once all the same."""
    zone: str = "Asia/Almaty"


@dataclass(frozen=True, slots=True)
class Subscription:
    """Which changes a channel wants; empty `elections` means every election."""

    channel: str
    elections: frozenset[str]
    kinds: frozenset[ChangeKind]
    statuses: frozenset[Status]
    confirm: int = 1
    """How many sources have to state a new number before the channel is told."""
    confirm_within: timedelta = timedelta(hours=6)
    """How long an alert of a number waits for them; then it goes out and says that nobody confirmed it."""
    audience: Audience = Audience.READERS
    """Operators are told of sources, never of changes; readers the other way round."""

    timing: Timing = Timing()
    min_increase: int = 0
    """By how many observers a number has to differ from what the channel was last told of its election and status."""

    def wants(self, *, election: str | None, kind: ChangeKind, status: Status) -> bool:
        """Whether a change of this kind and status, concerning the election of this key, is for the channel."""
        if self.audience is not Audience.READERS or (self.elections and election not in self.elections):
            return False
        return kind in self.kinds and status in self.statuses
