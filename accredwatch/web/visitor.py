"""Who asks for a page, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from fastapi import Request

NAMELESS = "web"
"""Who decided, where nobody gave a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Whoever sent a request."""

    name: str = ""
    """As given at login; empty for whoever gave none."""
    known: bool = False
    """They showed the token, now or at login."""
    may_read: bool = False
    may_act: bool = False
    form_token: str = ""
    """What their forms have to bring, so that no other site can send one in their name."""

    @property
    def by(self) -> str:
        """Who decides, as decisions keep it."""
        return self.name or NAMELESS


NOBODY = Visitor()


def visitor_of(request: Request) -> Visitor:
    """Who sent the request; a FastAPI dependency. Nobody before the guard has looked at it."""
    return cast("Visitor", getattr(request.state, "visitor", NOBODY))
