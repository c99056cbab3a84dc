"""An alert is written as fully as its channel takes it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from alerts.material import Draft
from alerts.sandbox import Sandbox
from alerts.sms import is_narrow, narrow, narrow_length
from alerts.style import Style
from alerts.templating import Filled, fill
from alerts.text import length, shorten

_BREAK = "\r\n"
"""What joins title and body where a service has no titles."""
_BRIEF = (24, 16, 8)
"""Characters of a sender's name where room is scarce, and scarcer."""
_SIGN = re.compile(r" \([+−-][\d,\u00a0 ]+\)$")
"""By how much a number rose, at the end of a title."""


def write(drafts: Iterable[Draft], style: Style, environment: Sandbox) -> Filled:
    """The fullest of the drafts that fits; of one that never does, its title and its last lines: link and id.

    Raises DeliveryError, permanent, if a template fails.
    """
    title, body = "", ""
    for draft in drafts:
        filled = fill(environment, draft.template, {"title": title, **draft.context})
        title = title or _title(filled.title, draft, style, environment)
        body = _plain(filled.body, style)
        if not _over(title, body, style):
            return Filled(title, body)
    return _at_most(title, body, style)


@dataclass(frozen=True, slots=True)
class Taken:
    """How much a message takes, in what its channel counts."""

    length: int
    limit: int | None
    """None where there is none."""


def taken(title: str, body: str, style: Style) -> Taken:
    """How long the message is, and how long it may be."""
    text = f"{title}{_BREAK}{body}" if style.together else body
    if style.wide_limit is None:
        return Taken(length(text), style.body_limit)
    return Taken(narrow_length(text), style.body_limit) if is_narrow(text) else Taken(length(text), style.wide_limit)


def _over(title: str, body: str, style: Style) -> int:
    """By how much the message is longer than what the channel takes."""
    used = taken(title, body, style)
    return 0 if used.limit is None else max(used.length - used.limit, 0)


def _title(full: str, draft: Draft, style: Style, environment: Sandbox) -> str:
    """The title; if it is too long, senders' names are shortened first, and the sign at its end stays."""
    title = _plain(full, style)
    for brief in _BRIEF:
        if length(title) <= style.title_limit:
            return title
        title = _plain(fill(environment, draft.template, {**draft.context, "brief": brief}).title, style)
    return _shorter(title, style.title_limit)


def _shorter(title: str, limit: int) -> str:
    sign = found[0] if (found := _SIGN.search(title)) else ""
    return shorten(title.removesuffix(sign), limit - length(sign)) + sign if length(sign) < limit else ""


def _at_most(title: str, body: str, style: Style) -> Filled:
    """The last lines that fit; the title gives way to the very last one, which has the id."""
    lines = [line for line in body.splitlines() if line]
    for first in range(len(lines)):
        rest = "\n".join(lines[first:])
        if not _over(title, rest, style):
            return Filled(title, rest)
    last = lines[-1] if lines else ""
    over = _over(title, last, style)
    shorter = _shorter(title, max(length(title) - over, 0)) if style.together else title
    return Filled(shorter, last) if not _over(shorter, last, style) else Filled(title, "")


def _plain(text: str, style: Style) -> str:
    """The text as an SMS has it, where the channel sends them."""
    return text if style.wide_limit is None else narrow(text)
