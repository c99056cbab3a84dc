"""The channels: where alerts go, and which changes each one wants."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, field_validator, model_validator

from alerts.style import Language, Style
from alerts.times import AlertKind, Hours, TimeOfDay, ZoneName, parse_hours, parse_time, within
from extract.model import Status
from foundation.settings import Duration, Table
from storage.vocabulary import Audience, ChangeKind, Digest, NoticeKind, Subscription, Timing

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
    time_zone: ZoneName = "Asia/Almaty"
    """In which instants are written, and whose times of day count."""
    digest: Digest = Digest.IMMEDIATELY
    digest_at: TimeOfDay = "18:00"
    """When a daily digest, or that of a meeting's day, goes out."""
    group: Duration = Field(default=timedelta(), le=timedelta(days=1))
    """How long a first alert waits for others of its election and day."""
    quiet: Hours = ""
    """Hours in which nothing is told, as in '22:00-07:00'; empty for none."""
    urgent: tuple[AlertKind, ...] = ()
    """Kinds of change, for operators of notice, that wait for no digest and no hour."""
    min_increase: int = Field(default=0, ge=0)
    """By how much a number has to differ from what the channel was last told of it."""
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
        # Reading the configuration must not wait for what sends.
        from alerts.limits import limits_of  # noqa: PLC0415

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
            timing=self._timing(),
            min_increase=self.min_increase,
        )

    def _timing(self) -> Timing:
        return Timing(
            digest=self.digest,
            at=parse_time(self.digest_at),
            group=self.group,
            quiet=parse_hours(self.quiet),
            urgent=frozenset(self.urgent),
            zone=self.time_zone,
        )

    @field_validator("length")
    @classmethod
    def _long_enough(cls, value: int) -> int:
        if 0 < value < SHORTEST:
            raise ValueError(f"a message needs {SHORTEST} characters for what happened, link and id, or 0 for no limit")
        return value

    @model_validator(mode="after")
    def _operators_choose_no_changes(self) -> Self:
        chosen = sorted({"elections", "kinds", "statuses", "min_increase"} & self.model_fields_set)
        if self.audience is Audience.OPERATORS and chosen:
            raise ValueError(f"{', '.join(chosen)} choose among changes, which operators are not told of: remove them")
        if self.audience is Audience.OPERATORS and self.digest is Digest.MEETING_DAY:
            raise ValueError('digest = "meeting_day" is for changes, which operators are not told of: take "daily"')
        return self

    @model_validator(mode="after")
    def _times_go_together(self) -> Self:
        own = NoticeKind if self.audience is Audience.OPERATORS else ChangeKind
        if foreign := [kind for kind in self.urgent if kind not in set(own)]:
            raise ValueError(f"urgent: {self.audience} are never told of {', '.join(foreign)}: remove it")
        at_a_time = self.digest in {Digest.DAILY, Digest.MEETING_DAY}
        if at_a_time and within(parse_time(self.digest_at), parse_hours(self.quiet)):
            raise ValueError(f"digest_at {self.digest_at} lies in the quiet hours {self.quiet}: move one of them")
        if self.group and self.digest is not Digest.IMMEDIATELY:
            raise ValueError(f'group is for digest = "immediately", not for "{self.digest}": remove it')
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
