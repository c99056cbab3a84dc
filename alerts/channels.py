"""The channels: how a message reaches a service, within a time limit, and why it did not.

Apprise knows the services; it does not keep promises. So each send gets a fresh plugin (an attempt given up on may
still run in its thread), no retries of Apprise's own (the outbox repeats), and none of its ways to call a failure a
success.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

import apprise
from apprise.common import OverflowMode

from alerts.failures import exchange_failure
from alerts.message import Message
from alerts.observe import observed
from alerts.services import asset, plugin_of
from alerts.settings import Channel
from alerts.webhook import SCHEMES, Webhook
from foundation.errors import ConfigError, DeliveryError
from foundation.redaction import Redactor

_GRACE = 1.0
"""Seconds by which the limit of a whole send exceeds that of its socket, so that the clearer of two errors wins."""


class Sender(Protocol):
    """Sends messages to one service."""

    def send(self, message: Message, *, now: datetime) -> None:
        """Send the message; `now` stamps it. Raises DeliveryError."""
        ...


class AppriseSender:
    """Sends through the plugin of Apprise that a URL names."""

    def __init__(self, channel: str, url: str, timeout: float, overflow: OverflowMode = OverflowMode.TRUNCATE) -> None:
        self._channel = channel
        self._url = url
        self._timeout = timeout
        self._overflow = overflow
        targets = len(self._plugin())
        if targets > 1:
            raise ConfigError(
                f"channel {channel}: its URL has {targets} targets; give each one its own [[channel]],"
                " or an alert that one of them refuses goes to the others again and again"
            )

    def send(self, message: Message, *, now: datetime) -> None:
        """Send the message once. Raises DeliveryError with what the service answered."""
        service = apprise.Apprise(asset=asset())
        service.add(self._plugin())
        kind = apprise.NotifyType.WARNING if message.warning else apprise.NotifyType.INFO
        with observed() as exchange:
            result = service.notify(
                body=message.body, title=message.title, notify_type=kind, body_format=apprise.NotifyFormat.TEXT
            )
        if not result:
            raise exchange_failure(self._channel, exchange, now, Redactor([self._url]))

    def host(self) -> str | None:
        """The host that messages go to, as far as the plugin tells."""
        plugin = self._plugin()
        fixed = urlsplit(str(getattr(plugin, "notify_url", None) or "")).hostname
        # Where no template has a host, what Apprise calls so is the first part of a secret.
        templates: tuple[str, ...] = plugin.templates
        named = plugin.host if any("{host}" in template for template in templates) else None
        host: str | None = getattr(plugin, "smtp_host", None) or fixed or named
        # A service of Apprise's that goes by a bare name (a topic, a queue) has a host of its own.
        return host if host and ("." in host or ":" in host or host == "localhost") else None

    def _plugin(self) -> apprise.NotifyBase:
        plugin = plugin_of(self._url)
        if plugin is None:
            scheme = self._url.partition("://")[0]
            known = scheme in {s for p in apprise.Apprise().details()["schemas"] for s in _schemes(p)}
            raise ConfigError(
                f"channel {self._channel}: "
                + ("its URL lacks a part that its service needs" if known else "no service has a URL of this kind")
                + "; see https://github.com/caronc/apprise/wiki for the form of each, or use webhook+https://HOST/PATH"
            )
        plugin.retry = 0
        plugin.optional = False
        # Wherever a redirect leads, the operator has not named it; the alert and the tokens stay here.
        plugin.redirects = False
        plugin.socket_connect_timeout = plugin.socket_read_timeout = self._timeout
        if "overflow" not in parse_qs(urlsplit(self._url).query):
            plugin.overflow_mode = self._overflow
        return plugin


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
        overflow = OverflowMode.UPSTREAM if channel.length else OverflowMode.TRUNCATE
        sender = AppriseSender(channel.name, url, timeout, overflow)
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
    return AppriseSender(channel.name, url, 1).host()


def _schemes(details: dict[str, list[str] | None]) -> list[str]:
    return [*(details["protocols"] or []), *(details["secure_protocols"] or [])]
