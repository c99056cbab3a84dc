"""Which of the known names somebody may have meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """Up to three known names that resemble `name`, most alike first."""
    folded = {k.casefold(): k for k in known}
    return [folded[k] for k in difflib.get_close_matches(name.casefold(), folded, n=3, cutoff=0.6)]


def suggestion(name: str, known: Iterable[str]) -> str:
    """A half sentence to append to a complaint: '; did you mean x?', else '; known are a, b', else nothing."""
    names = sorted(known)
    if alike := nearest(name, names):
        return f"; did you mean {' or '.join(alike)}?"
    return f"; known are {', '.join(names)}" if names else ""
