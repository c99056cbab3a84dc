"""Noticing that the other end of a connection to a server has vanished without a word: its machine, or the network.

A process that ends tells so. A machine whose power fails does not, and left alone TCP waits for it for hours.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from os import dup

from sqlalchemy import Connection

USUAL = timedelta(seconds=30)
"""After how long a connection without an answer counts as gone."""


@dataclass(frozen=True, slots=True)
class _Patience:
    """How TCP asks whether the other end is there: whole seconds, as systems count them."""

    idle: int
    interval: int
    count: int
    milliseconds: int
    """How long what was sent may stay without acknowledgement."""

    @classmethod
    def of(cls, limit: timedelta) -> _Patience:
        seconds = max(int(limit.total_seconds()), 2)
        idle = max(seconds // 3, 1)
        interval = max(seconds // 6, 1)
        return cls(idle, interval, max((seconds - idle) // interval, 1), seconds * 1000)


def of_client(limit: timedelta = USUAL) -> Mapping[str, int]:
    """Parameters of a connection by which we notice that the server has vanished."""
    patience = _Patience.of(limit)
    return {
        "keepalives_idle": patience.idle,
        "keepalives_interval": patience.interval,
        "keepalives_count": patience.count,
        "tcp_user_timeout": patience.milliseconds,
    }


def notice_on_both_ends(connection: Connection, descriptor: int, limit: timedelta) -> None:
    """Let the server notice within the limit that we have vanished, and us, in half the time, that it has.

    So whoever has lost its locks knows before others can have them. `descriptor` is the connection's socket.
    """
    theirs = _Patience.of(limit)
    for name, value in (
        ("tcp_keepalives_idle", theirs.idle),
        ("tcp_keepalives_interval", theirs.interval),
        ("tcp_keepalives_count", theirs.count),
        ("tcp_user_timeout", theirs.milliseconds),
    ):
        # On a socket of the machine itself the server takes them, and has no use for them.
        connection.exec_driver_sql(f"SET {name} = {value}")
    ours = _Patience.of(limit / 2)
    with socket.socket(fileno=dup(descriptor)) as end:
        if end.family == socket.AF_UNIX:
            return
        end.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for option, value in (
            ("TCP_KEEPIDLE", ours.idle),
            ("TCP_KEEPINTVL", ours.interval),
            ("TCP_KEEPCNT", ours.count),
            ("TCP_USER_TIMEOUT", ours.milliseconds),
        ):
            if hasattr(socket, option):  # not every system has all of them
                end.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), value)
