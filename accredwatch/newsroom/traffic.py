"""What passes between a newsroom and its visitors: requests that came, and trouble that is made for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that came in, and what was answered."""

    outlet: str
    path: str
    """With the query."""
    kind: str
    """As in `Address.kind`; 'unknown' for a path that leads nowhere."""
    status: int
    user_agent: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """What goes wrong with requests whose path and query hold `path`."""

    path: str = ""
    status: int | None = None
    """Answer with this status instead of the document."""
    body: str | None = None
    """Answer with this text instead of the document, with status 200 unless `status` says another."""
    headers: Mapping[str, str] | None = None
    """Headers to add, such as Retry-After."""
    delay: float = 0.0
    """Seconds to wait before answering."""
    times: int | None = None
    """For how many requests; None for all."""
