"""What a check of the doctor found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How well what was looked at is."""

    OK = "ok"
    WARNING = "warning"
    """It works, and something about it should be known."""
    FAILED = "failed"
    """The program cannot do all of its work."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's report."""

    check: str
    """What was looked at, such as tzdata or source."""
    subject: str | None
    """Which one of several, by its key or name; None where there is only one."""
    state: State
    said: str
    remedy: str | None = None
    """What to do about it; None where nothing needs to be done."""

    @property
    def name(self) -> str:
        """Check and subject together."""
        return f"{self.check} {self.subject}" if self.subject else self.check


def ok(check: str, said: str, *, subject: str | None = None) -> Finding:
    """All is well."""
    return Finding(check, subject, State.OK, said)


def warning(check: str, said: str, remedy: str, *, subject: str | None = None) -> Finding:
    """Something should be known."""
    return Finding(check, subject, State.WARNING, said, remedy)


def failed(check: str, said: str, remedy: str, *, subject: str | None = None) -> Finding:
    """Something does not work."""
    return Finding(check, subject, State.FAILED, said, remedy)
