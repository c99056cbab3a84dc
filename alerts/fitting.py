"""An alert is written as fully as its channel takes it."""

from __future__ import annotations

from collections.abc import Iterable

from alerts.material import Draft
from alerts.sandbox import Sandbox
from alerts.sms import is_narrow, narrow, narrow_length
from alerts.style import Style
from alerts.templating import Filled, fill
from alerts.text import length, shorten

_BREAK = "\r\n"
"""What joins title and body where a service has no titles."""


def write(drafts: Iterable[Draft], style: Style, environment: Sandbox) -> Filled:
    """The fullest of the drafts that fits; of one that never does, its title and its last lines: link and id.

    Raises DeliveryError, permanent, if a template fails.
    """
    title, body = "", ""
    for draft in drafts:
        filled = fill(environment, draft.template, {"title": title, **draft.context})
        title = title or _title(filled.title, draft, style, environment)
        body = _plain(filled.body, style)
        if fits(title, body, style):
            return Filled(title, body)
    return _at_most(title, body, style)


def fits(title: str, body: str, style: Style) -> bool:
    """Whether the channel takes the message whole."""
    return room(title, body, style) >= 0


def room(title: str, body: str, style: Style) -> int:
    """By how many characters the message is shorter than what the channel takes; negative if it is longer."""
    if style.body_limit is None:
        return 0
    text = f"{title}{_BREAK}{body}" if style.together else body
    if style.wide_limit is None:
        return style.body_limit - length(text)
    return style.body_limit - narrow_length(text) if is_narrow(text) else style.wide_limit - length(text)


def _title(full: str, draft: Draft, style: Style, environment: Sandbox) -> str:
    """The title, with senders' names shortened if it is too long otherwise."""
    title = _plain(full, style)
    if length(title) > style.title_limit:
        title = _plain(fill(environment, draft.template, {**draft.context, "brief": True}).title, style)
    return shorten(title, style.title_limit)


def _at_most(title: str, body: str, style: Style) -> Filled:
    """The last lines that fit; the title gives way to the very last one, which has the id."""
    lines = [line for line in body.splitlines() if line]
    for first in range(len(lines)):
        rest = "\n".join(lines[first:])
        if fits(title, rest, style):
            return Filled(title, rest)
    last = lines[-1] if lines else ""
    over = -room(title, last, style)
    shorter = shorten(title, max(length(title) - over, 0)) if style.together else title
    return Filled(shorter, last) if fits(shorter, last, style) else Filled(title, "")


def _plain(text: str, style: Style) -> str:
    """The text as an SMS has it, where the channel sends them."""
    return text if style.wide_limit is None else narrow(text)
