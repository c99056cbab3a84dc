"""The manners of configuration: strict tables, durations that people can write."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DURATION = re.compile(r"(\d{1,6})([smhdw])")


class Table(BaseModel):
    """A table of config.toml: frozen, and unknown keys are errors rather than silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def parse_duration(value: object) -> object:
    """Read '90s', '10m', '2h', '1d12h', '2w' as a timedelta; leave other types to pydantic.

    Raises ValueError for text of another form, and for a bare number, whose unit would be a guess.
    """
    if isinstance(value, int | float):
        # Of all exceptions pydantic takes only ValueError for a complaint about the value.
        raise ValueError(f"{value!r} has no unit: write it in quotes, as in 90s, 10m, 2h, 1d12h or 2w")  # noqa: TRY004
    if not isinstance(value, str):
        return value
    text = value.replace(" ", "").lower()
    parts = _DURATION.findall(text)
    if not parts or "".join(n + u for n, u in parts) != text:
        raise ValueError(f"{value!r} is no duration: write a number and a unit, as in 90s, 10m, 2h, 1d12h or 2w")
    return sum((timedelta(**{_UNITS[u]: int(n)}) for n, u in parts), timedelta())


Duration = Annotated[timedelta, BeforeValidator(parse_duration)]


def format_duration(value: timedelta) -> str:
    """Write a duration as `parse_duration` reads it: '1d12h', '90s' as '1m30s'; whole seconds."""
    seconds = int(value.total_seconds())
    text = ""
    for unit, length in (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)):
        count, seconds = divmod(seconds, length)
        text += f"{count}{unit}" if count else ""
    return text or "0s"
