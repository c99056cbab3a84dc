"""What every route needs: the database, the settings, the clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from fastapi import Request

from accredwatch.config import Settings
from foundation.clock import Clock
from storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the application works on."""

    database: Database
    settings: Settings
    clock: Clock

    @property
    def names(self) -> dict[str, str]:
        """The sources' names by key."""
        return {source.key: source.name for source in self.settings.source}


def ask(request: Request) -> Context:
    """The context of the application that answers this request; a FastAPI dependency."""
    return cast("Context", request.app.state.context)
