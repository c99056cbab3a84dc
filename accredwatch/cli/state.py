"""What the options of every command say, and what every command needs: settings, names of sources and channels."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import typer

from accredwatch.config import Settings, load
from accredwatch.log import secrets_of, set_up
from alerts.settings import Channel
from crawler.source import Source
from foundation.errors import NotFound
from foundation.nearest import suggestion
from foundation.redaction import Redactor

Named = TypeVar("Named", Source, Channel)


@dataclass(frozen=True, slots=True)
class State:
    """The options of every command."""

    config: Path | None = None
    verbosity: int = 0

    @property
    def quiet(self) -> bool:
        """Whether only what is asked for and what is wrong is to be shown."""
        return self.verbosity < 0

    def settings(self, *, daemon: bool = False) -> Settings:
        """Read the configuration and begin to log by it: at its level in the daemon, two steps quieter elsewhere.

        Raises ConfigError.
        """
        settings = load(self.config)
        quieter = 0 if daemon else 2
        set_up(settings.logging, Redactor(secrets_of(settings)), verbosity=self.verbosity - quieter)
        return settings


def state(context: typer.Context) -> State:
    """The options of the running command."""
    found = context.find_object(State)
    return found if found is not None else State()


def pick_sources(settings: Settings, keys: list[str] | None) -> tuple[Source, ...]:
    """The sources of these keys, or all enabled ones.

    Raises NotFound for a key that is not configured.
    """
    by_key = {source.key: source for source in settings.source}
    return _pick("source", by_key, keys) if keys else settings.enabled_sources


def pick_channel(settings: Settings, name: str) -> Channel:
    """The channel of this name. Raises NotFound if it is not configured."""
    return _pick("channel", {channel.name: channel for channel in settings.channel}, [name])[0]


def _pick(what: str, known: dict[str, Named], names: list[str]) -> tuple[Named, ...]:
    missing = [name for name in names if name not in known]
    if missing:
        lines = [
            f"no {what} is called {name!r}{suggestion(name, known) or f'; no {what} is configured'}" for name in missing
        ]
        raise NotFound("\n".join(lines))
    return tuple(known[name] for name in dict.fromkeys(names))
