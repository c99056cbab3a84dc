"""Guesses at the token: how many an address has made lately, and how long it has to wait."""

from __future__ import annotations

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from threading import Lock

MOST = 10
WITHIN = timedelta(minutes=1)
REMEMBERED = 1000
"""Addresses; beyond that the one that has been quiet longest is forgotten."""


class Attempts:
    """Counts wrong tokens by address. Nobody sleeps: whoever has to wait is told how long."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def wait(self, address: str, now: datetime) -> int:
        """Seconds until this address may try again; 0 for at once."""
        with self._lock:
            wrong = self._wrong.get(_who(address), deque())
            while wrong and now - wrong[0] >= WITHIN:
                wrong.popleft()
            return 0 if len(wrong) < MOST else max(1, ceil((wrong[0] + WITHIN - now).total_seconds()))

    def note_wrong(self, address: str, now: datetime) -> None:
        """Remember that this address tried a wrong token."""
        with self._lock:
            self._wrong.setdefault(_who(address), deque(maxlen=MOST)).append(now)
            self._wrong.move_to_end(_who(address))
            while len(self._wrong) > REMEMBERED:
                self._wrong.popitem(last=False)


def _who(address: str) -> str:
    """The address, or of IPv6 the network, all of which one machine may use."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network(f"{found}/64", strict=False)) if isinstance(found, IPv6Address) else address
