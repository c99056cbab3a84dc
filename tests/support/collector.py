"""A collector: where the alerts of several channels arrive, by webhook and by mail, and which came when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from types import TracebackType
from typing import Self

from aiosmtpd.smtp import Envelope

from tests.alerts.receivers import MailServer, Received, WebhookReceiver

_KEY = re.compile(r"^Report \d+, alert (\S+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Arrival:
    """An alert that a channel took."""

    channel: str
    key: str
    """The alert's identity, which a repetition shares."""
    fact: tuple[object, ...]
    """What it tells: of a webhook kind, election, value and day; of a mail the subject."""
    change: int = 0
    """Number of the change that it tells; 0 where the message does not say."""


@dataclass(slots=True)
class Interval:
    """What arrived from the beginning to the end of a block, or until now."""

    collector: Collector
    begin: tuple[int, int]
    end: tuple[int | None, int | None] = (None, None)

    def arrivals(self, channel: str | None = None) -> list[Arrival]:
        """In order of arrival; those of webhooks first."""
        posts = self.collector.webhook.requests[self.begin[0] : self.end[0]]
        mails = self.collector.mail.messages[self.begin[1] : self.end[1]]
        every = [*map(_posted, (post for post in posts if post.taken)), *map(_mailed, mails)]
        return [arrival for arrival in every if channel in {None, arrival.channel}]

    def keys(self, channel: str | None = None) -> list[str]:
        """The arrivals' keys, in order."""
        return [arrival.key for arrival in self.arrivals(channel)]


@dataclass
class Collector:
    """Takes the alerts of any number of webhook channels and one mail channel; a context manager."""

    webhook: WebhookReceiver = field(default_factory=WebhookReceiver)
    mail: MailServer = field(default_factory=MailServer)

    MAIL = "mail"

    def url(self, channel: str) -> str:
        """The URL for a channel of this name; the one called 'mail' gets mail."""
        return self.mail.url if channel == self.MAIL else f"webhook+http://{self.webhook.address}/{channel}"

    @contextmanager
    def interval(self) -> Iterator[Interval]:
        """What arrives in the block."""
        interval = Interval(self, self._counts())
        try:
            yield interval
        finally:
            interval.end = self._counts()

    def _counts(self) -> tuple[int, int]:
        return len(self.webhook.requests), len(self.mail.messages)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.webhook.close()
        self.mail.close()


def _posted(request: Received) -> Arrival:
    told = request.json
    election, figure = told.get("election") or {}, told.get("figure") or {}
    fact = (told["kind"], election.get("key"), figure.get("value"), told.get("day"))
    return Arrival(request.path.strip("/"), request.key, fact, int(told.get("change_id") or 0))


def _mailed(envelope: Envelope) -> Arrival:
    assert isinstance(envelope.content, bytes)
    message = message_from_bytes(envelope.content, policy=default)
    body = message.get_body(("plain",))
    found = _KEY.search(body.get_content().replace("\r\n", "\n")) if body else None
    assert found, f"a mail without an alert's key: {message['Subject']}"
    return Arrival(Collector.MAIL, found[1], (str(message["Subject"]),))
