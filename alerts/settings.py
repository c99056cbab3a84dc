"""The channels: where alerts go, and which changes each one wants."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, field_validator, model_validator

from alerts.limits import limits_of
from alerts.style import Language, Style
from extract.model import Status
from foundation.settings import Duration, Table
from storage.vocabulary import Audience, ChangeKind, Subscription

DEFAULT_KINDS = (
    ChangeKind.NEW_TOTAL,
    ChangeKind.NEW_BATCH,
    ChangeKind.NEW_PART,
    ChangeKind.WITHDRAWN,
    ChangeKind.CORRECTED,
    ChangeKind.COMPLETED,
    ChangeKind.CONFLICT,
    ChangeKind.SETTLED,
)

SHORTEST = 70
"""Characters below which no channel's messages are cut: one SMS with letters of any alphabet."""


class Channel(Table):
    """One [[channel]] of config.toml."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_-]{0,40}$")
    url: SecretStr
    """An Apprise URL (mailto://, tgram://, json://, ...)."""
    enabled: bool = True
    audience: Audience = Audience.READERS
    """Operators get notices on the sources and no changes, readers changes and no notices."""
    elections: tuple[str, ...] = ()
    """Election keys such as '2023-03-19-parliamentary'; empty for all."""
    kinds: tuple[ChangeKind, ...] = DEFAULT_KINDS
    statuses: tuple[Status, ...] = (Status.ACCREDITED, Status.WITHDRAWN)
    confirm: int = Field(default=1, ge=1, le=5)
    """How many sources have to state a new number before the channel is told."""
    confirm_within: Duration = timedelta(hours=6)
    """How long an alert of a number waits for them; then it goes out and says that nobody confirmed it."""
    time_zone: str = "Asia/Almaty"
    """In which instants are written."""
    language: Language = "en"
    """In which alerts are written; what is quoted stays in the article's."""
    templates: str = ""
    """A folder of templates, relative to the configuration file, whose files win over the built-in ones by name."""

    length: int = Field(default=0, ge=0, le=1_000_000)
    """Characters that a message may have; 0 for what its service takes."""

    def style(self, names: Mapping[str, str], base: Path, templates: str = "") -> Style:
        """How the channel's alerts are written: `names` of sources by key, folders relative to `base`.

        `templates` is the folder of channels that name none. URLs that no service has are not told here.
        """
        folder = self.templates or templates
        limits = limits_of(self.url.get_secret_value().strip(), self.length)
        return Style(
            language=self.language,
            time_zone=self.time_zone,
            names=names,
            templates=base / folder if folder else None,
            title_limit=limits.title,
            body_limit=limits.body,
            wide_limit=limits.wide,
            together=limits.together,
        )

    def subscription(self) -> Subscription:
        """The part of the channel that storage needs to address alerts to it."""
        return Subscription(
            channel=self.name,
            elections=frozenset(self.elections),
            kinds=frozenset(self.kinds),
            statuses=frozenset(self.statuses),
            confirm=self.confirm,
            confirm_within=self.confirm_within,
            audience=self.audience,
        )

    @field_validator("length")
    @classmethod
    def _long_enough(cls, value: int) -> int:
        if 0 < value < SHORTEST:
            raise ValueError(f"a message needs {SHORTEST} characters for what happened, link and id, or 0 for no limit")
        return value

    @model_validator(mode="after")
    def _operators_choose_no_changes(self) -> Self:
        chosen = sorted({"elections", "kinds", "statuses"} & self.model_fields_set)
        if self.audience is Audience.OPERATORS and chosen:
            raise ValueError(f"{', '.join(chosen)} choose among changes, which operators are not told of: remove them")
        return self


class AlertSettings(Table):
    """The table [alerts] of config.toml."""

    attempts: int = Field(default=100, ge=1, le=1000)
    """After how many failed attempts an alert becomes a dead letter; by default after almost four days."""
    first_retry: Duration = timedelta(seconds=15)
    longest_retry: Duration = timedelta(hours=1)
    send_timeout: Duration = timedelta(seconds=30)
    templates: str = ""
    """A folder of templates for channels that name none, relative to the configuration file."""
