"""Failpoints: places where a test ends this very process, to see what the next one makes of what is left.

They are off unless the environment variable ACCREDWATCH_FAILPOINT names one, and then cost a comparison with None.
`accredwatch` arms them as it starts; worker processes never do.
"""

from __future__ import annotations

import os
import re
import signal
import threading
from dataclasses import dataclass
from enum import StrEnum

from foundation.errors import ConfigError
from foundation.nearest import suggestion

VARIABLE = "ACCREDWATCH_FAILPOINT"
_FORM = re.compile(r"(?P<name>[a-z_]+)(?::(?P<passage>[1-9]\d{0,6}))?(?:=(?P<action>[a-z]+))?")


class Failpoint(StrEnum):
    """A place that can be named; the order is that of an alert's way."""

    BEFORE_SCHEMA = "before_schema"
    """The tables are made or moved forward; nothing of it is committed."""
    AFTER_SCHEMA = "after_schema"
    """They are committed; the marker beside the file is not written."""
    LOCKED = "locked"
    """This process is the only one on the database; it has done nothing yet."""
    BEFORE_COMMIT = "before_commit"
    """A writing transaction has said everything; nothing of it is committed."""
    AFTER_COMMIT = "after_commit"
    """It is committed; nobody was told so."""
    FETCHED = "fetched"
    """An article's page is here and was not read."""
    READ = "read"
    """It was read; nothing of it is recorded."""
    CRAWLED = "crawled"
    """Everything that a crawl found is recorded; its run has no end yet."""
    UNSETTLED = "unsettled"
    """A crawl is over; what follows from a source's first crawl is not done."""
    BEFORE_SEND = "before_send"
    """An alert is claimed and was not sent."""
    AFTER_ACCEPTANCE = "after_acceptance"
    """Its channel has accepted it; it is not marked as sent."""
    AFTER_REFUSAL = "after_refusal"
    """Its channel has not accepted it; nothing of that is noted."""


class Action(StrEnum):
    """What happens at the failpoint."""

    KILL = "kill"
    """SIGKILL: no handler, no clean-up, as in a power cut."""
    STOP = "stop"
    """SIGTERM: the clean stop begins just here."""


_SIGNALS = {Action.KILL: signal.SIGKILL, Action.STOP: signal.SIGTERM}


@dataclass(slots=True)
class _Armed:
    """The failpoint at which this process is to end, and how many passages are left until then."""

    point: Failpoint
    left: int
    action: Action


_armed: _Armed | None = None
_count = threading.Lock()


def arm(wanted: str | None) -> None:
    """Arm the failpoint that `wanted` names, as in `before_send`, `after_commit:3` (the third passage) or `read=stop`.

    None or an empty text disarms. Raises ConfigError for another form or a name that is none.
    """
    global _armed  # noqa: PLW0603 - a process has one, and passing it through every room would cost more than it tells
    _armed = _parse(wanted) if wanted else None


def passing(point: Failpoint) -> None:
    """The program has come to this place."""
    if _armed is None or _armed.point is not point:
        return
    with _count:
        _armed.left -= 1
        due = _armed.left == 0
    if due:
        os.kill(os.getpid(), _SIGNALS[_armed.action])


def _parse(wanted: str) -> _Armed:
    found = _FORM.fullmatch(wanted)
    if found is None:
        raise ConfigError(f"{VARIABLE}={wanted}: write NAME, NAME:3 for the third passage, or NAME:3=stop")
    name, action = found["name"], found["action"] or Action.KILL
    if name not in set(Failpoint):
        raise ConfigError(f"{VARIABLE}={wanted}: no failpoint is called {name!r}{suggestion(name, set(Failpoint))}")
    if action not in set(Action):
        raise ConfigError(f"{VARIABLE}={wanted}: {action!r} is no action{suggestion(action, set(Action))}")
    return _Armed(Failpoint(name), int(found["passage"] or 1), Action(action))
