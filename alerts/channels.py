"""The channels: how a message reaches a service, within a time limit, and why it did not."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from alerts.message import Message
from alerts.settings import Channel
from alerts.webhook import SCHEMES, Webhook
from foundation.errors import DeliveryError

if TYPE_CHECKING:
    from alerts.through_apprise import AppriseSender

_GRACE = 1.0
"""Seconds by which the limit of a whole send exceeds that of its socket, so that the clearer of two errors wins."""


class Sender(Protocol):
    """Sends messages to one service."""

    def send(self, message: Message, *, now: datetime) -> None:
        """Send the message; `now` stamps it. Raises DeliveryError."""
        ...


class TimedSender:
    """Gives up on a send after a while, and on none twice: a service that hangs costs one thread, not one a retry."""

    def __init__(self, channel: str, sender: Sender, limit: float) -> None:
        self._channel = channel
        self._sender = sender
        self._limit = limit
        self._given_up: threading.Thread | None = None

    def send(self, message: Message, *, now: datetime) -> None:
        """Send the message within the limit. Raises DeliveryError."""
        if self._given_up is not None and self._given_up.is_alive():
            raise DeliveryError(f"channel {self._channel}: an earlier attempt still hangs")
        attempt = _Attempt(partial(self._sender.send, message, now=now))
        attempt.start()
        attempt.join(self._limit)
        if attempt.is_alive():
            self._given_up = attempt
            raise DeliveryError(f"channel {self._channel}: no answer came in time")
        if attempt.error is not None:
            raise attempt.error
        if not attempt.succeeded:
            raise DeliveryError(f"channel {self._channel}: sending broke off; the log holds the reason")


class _Attempt(threading.Thread):
    """One send in a thread of its own, daemonic so that one that hangs does not keep the program from ending.

    What is no DeliveryError is left to `threading.excepthook`, which logs it with its traceback, redacted.
    """

    def __init__(self, call: Callable[[], None]) -> None:
        super().__init__(name="accredwatch-send", daemon=True)
        self._call = call
        self.succeeded = False
        self.error: DeliveryError | None = None

    def run(self) -> None:
        try:
            self._call()
        except DeliveryError as error:
            self.error = error
        else:
            self.succeeded = True


def open_channel(channel: Channel, timeout: float) -> Sender:
    """The sender of a channel, each send limited to about `timeout` seconds.

    Raises ConfigError naming the channel, never its URL, if the URL cannot be used.
    """
    url = channel.url.get_secret_value().strip()
    sender: Sender
    if url.partition("://")[0].lower() in SCHEMES:
        sender = Webhook.parse(channel.name, url, timeout)
    else:
        # With a length of its own a channel gets what was written for it, in as many parts as that takes.
        sender = _through_apprise(channel.name, url, timeout, in_parts=bool(channel.length))
    return TimedSender(channel.name, sender, timeout + _GRACE)


def check_channel(channel: Channel) -> None:
    """Raise ConfigError if the channel's URL cannot be used. Nothing is sent."""
    open_channel(channel, timeout=1)


def host_of(channel: Channel) -> str | None:
    """The host that a channel's messages go to; None where its service does not say. Nothing is sent.

    Raises ConfigError if the channel's URL cannot be used.
    """
    url = channel.url.get_secret_value().strip()
    if url.partition("://")[0].lower() in SCHEMES:
        return urlsplit(Webhook.parse(channel.name, url, 1).url).hostname
    return _through_apprise(channel.name, url, 1).host()


def _through_apprise(channel: str, url: str, timeout: float, *, in_parts: bool = False) -> AppriseSender:
    # A daemon that sends nothing but webhooks does without Apprise's megabytes.
    from alerts.through_apprise import AppriseSender  # noqa: PLC0415

    return AppriseSender(channel, url, timeout, in_parts=in_parts)
