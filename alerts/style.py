"""How a channel wants its alerts written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias, get_args

Language: TypeAlias = Literal["en", "ru", "kk"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

TITLE_LIMIT = 70
"""What a phone shows of a title, in characters."""


@dataclass(frozen=True, slots=True)
class Style:
    """Language, time zone, names of sources, templates and limits of one channel's messages."""

    language: Language = "en"
    time_zone: str = "Asia/Almaty"
    """In which instants are written."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What sources are called, by key; one that is missing goes by its key."""
    templates: Path | None = None
    """A folder whose templates win over the built-in ones by name."""
    title_limit: int = TITLE_LIMIT
    """Characters of UTF-16 that a title may have."""
    body_limit: int | None = None
    """Characters of UTF-16 that a body may have; None for any number."""
    wide_limit: int | None = None
    """Of SMS, the characters that a text may have once one letter is not of GSM's alphabet; None of others."""
    together: bool = False
    """The service has no titles: title and body share `body_limit`."""
