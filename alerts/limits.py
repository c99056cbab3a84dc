"""How much a service takes in one message: as Apprise's plugin says, and of SMS one part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alerts.sms import NARROW_PART, WIDE_PART
from alerts.style import TITLE_LIMIT
from alerts.webhook import SCHEMES

if TYPE_CHECKING:
    import apprise

_UNLIMITED = 30_000
"""Characters from which on a limit is none: no alert is that long."""
_WRAPPED = 16
"""Characters that plugins put around a title which they send as part of the body."""
_SMS_OF_PARTS = frozenset(
    {"cm", "eight00com", "mobilemessage", "mobilemsg", "octopush", "smpp", "smpps", "smseagle", "smseagles"}
    | {"smstunnel", "telesign"}
)
"""Schemes of SMS whose plugins take several parts."""
_NO_SMS = frozenset({"aprs", "dapnet", "pushed"})
"""Schemes of services that take as little as an SMS and are none."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a message may have, in characters of UTF-16."""

    title: int = TITLE_LIMIT
    body: int | None = None
    """None for any number."""
    wide: int | None = None
    """Of SMS, with letters that are not of GSM's alphabet; None of other services."""
    together: bool = False
    """Title and body share the limit."""


def limits_of(url: str, length: int) -> Limits:
    """The limits of the service that a URL names; `length` replaces that of the body, 0 for the service's own.

    No service gets more than it takes, but for SMS: `length` says how many parts are paid for. A URL that no service
    has, and a webhook, limit nothing.
    """
    scheme = url.partition("://")[0].lower()
    if scheme in SCHEMES:
        return Limits(body=length or None)
    # A daemon that sends nothing but webhooks does without Apprise's megabytes.
    from alerts.services import plugin_of  # noqa: PLC0415

    plugin = plugin_of(url)
    return Limits(body=length or None) if plugin is None else _limits(scheme, plugin, length)


def _limits(scheme: str, plugin: apprise.NotifyBase, length: int) -> Limits:
    together = plugin.title_maxlen <= 0 or bool(plugin.overflow_amalgamate_title)
    title = min(plugin.title_maxlen, TITLE_LIMIT) if plugin.title_maxlen > 0 else TITLE_LIMIT
    takes = plugin.body_maxlen
    if scheme in _SMS_OF_PARTS or (takes <= NARROW_PART and together and scheme not in _NO_SMS):
        return Limits(title, length or min(takes, NARROW_PART), length or WIDE_PART, together=True)
    takes -= _WRAPPED if together else 0
    if takes >= _UNLIMITED:
        return Limits(title, length or None, together=together)
    return Limits(title, min(length or takes, takes), together=together)
