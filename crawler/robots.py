"""robots.txt, read with Protego and kept for an hour."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from protego import Protego

_KEPT = timedelta(hours=1)  # RFC 9309 allows a day; a site that shuts us out should not wait that long
MAX_ROBOTS_BYTES = 512_000  # RFC 9309 asks for at least 500 kibibytes
LONGEST_CRAWL_DELAY = 60.0
"""Seconds; a larger Crawl-delay is honoured as this much, or a crawl would never end."""


@dataclass(frozen=True, slots=True)
class RobotsRules:
    """What one host's robots.txt says; `parser` is None where everything is allowed."""

    parser: Protego | None
    read_at: datetime

    @classmethod
    def parse(cls, body: bytes, *, now: datetime) -> RobotsRules:
        """The rules of a robots.txt; what is no UTF-8 in it is passed over."""
        return cls(Protego.parse(body.decode("utf-8-sig", errors="ignore")), now)

    def allows(self, url: str, agent: str) -> bool:
        """Whether the agent may ask for the URL."""
        return self.parser is None or bool(self.parser.can_fetch(url, agent))

    def delay(self, agent: str) -> float:
        """Crawl-delay in seconds, or what Request-rate amounts to; 0 without either."""
        if self.parser is None:
            return 0.0
        rate = self.parser.request_rate(agent)
        paced = rate.seconds / rate.requests if rate and rate.requests else 0.0
        return min(max(float(self.parser.crawl_delay(agent) or 0.0), paced), LONGEST_CRAWL_DELAY)


@dataclass(slots=True)
class RobotsBook:
    """The rules of every host that was asked, for as long as they are fresh."""

    rules: dict[str, RobotsRules] = field(default_factory=dict)

    def fresh(self, origin: str, *, now: datetime) -> RobotsRules | None:
        """The rules of an origin ('https://example.org'), unless unknown or too old."""
        found = self.rules.get(origin)
        return found if found is not None and now - found.read_at < _KEPT else None
