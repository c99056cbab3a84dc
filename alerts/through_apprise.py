"""Services that Apprise knows; it does not keep promises.

So each send gets a fresh plugin (an attempt given up on may still run in its thread), no retries of Apprise's own (the
outbox repeats), and none of its ways to call a failure a success.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import apprise
from apprise.common import OverflowMode

from alerts.failures import exchange_failure
from alerts.message import Message
from alerts.observe import observed
from alerts.services import asset, plugin_of
from foundation.errors import ConfigError
from foundation.redaction import Redactor


class AppriseSender:
    """Sends through the plugin of Apprise that a URL names; what is too long is cut, or goes in parts."""

    def __init__(self, channel: str, url: str, timeout: float, *, in_parts: bool = False) -> None:
        self._channel = channel
        self._url = url
        self._timeout = timeout
        self._overflow = OverflowMode.UPSTREAM if in_parts else OverflowMode.TRUNCATE
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


def _schemes(details: dict[str, list[str] | None]) -> list[str]:
    return [*(details["protocols"] or []), *(details["secure_protocols"] or [])]
