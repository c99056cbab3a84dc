"""What is sent: the same alert as text for people and as fields for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True, slots=True)
class Message:
    """One alert, rendered for one channel."""

    title: str
    """One line, short enough for a phone."""
    body: str
    """Plain text; whatever was quoted from a page is inert in every markup."""
    key: str
    """Identity of the alert: every attempt to deliver it carries the same key."""
    fields: Mapping[str, Json] = field(default_factory=dict)
    """Everything that is known of the change, typed, for programs."""
    warning: bool = False
    """Services that know kinds of notification show it as a warning and not as information."""
