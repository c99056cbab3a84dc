"""Stories as a newsroom has them: written once, perhaps edited later, visible from the instant of publication on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Edit:
    """What the desk changed in a published story; None keeps what stood there."""

    at: datetime
    """Aware."""
    title: str | None = None
    paragraphs: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """A story as readers see it at one instant."""

    title: str
    paragraphs: tuple[str, ...]
    modified: datetime
    """When this version went out: the publication, or the latest edit."""


@dataclass(frozen=True, slots=True)
class Story:
    """A story of one outlet."""

    number: int
    """The outlet's own identity of the story; unique within the outlet."""
    outlet: str
    """Key of the outlet."""
    title: str
    paragraphs: tuple[str, ...]
    published: datetime
    """Aware."""
    language: str = "en"
    author: str | None = None
    caption: str | None = None
    section: str = "politics"
    tags: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    """Headlines of other stories that the page shows beside this one; they may carry other days' figures."""
    edits: tuple[Edit, ...] = ()
    """In order of time."""

    def at(self, instant: datetime) -> Version | None:
        """The version that readers see then; None before the publication."""
        if instant < self.published:
            return None
        version = Version(self.title, self.paragraphs, self.published)
        for edit in self.edits:
            if edit.at <= instant:
                version = Version(
                    version.title if edit.title is None else edit.title,
                    version.paragraphs if edit.paragraphs is None else edit.paragraphs,
                    edit.at,
                )
        return version


def slug(title: str, *, fallback: str) -> str:
    """The headline as part of a URL: lower-case Latin words joined by hyphens; `fallback` if it has fewer than two."""
    words = re.findall(r"[a-z0-9]+", title.replace("’", "").lower())
    return "-".join(words)[:90].strip("-") if len(words) > 1 else fallback


def prose(text: str) -> tuple[str, ...]:
    """The paragraphs of a text that is broken into lines for the programmer's eye; blank lines part them."""
    return tuple(" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip())
