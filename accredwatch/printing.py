"""Words of strangers on their way to a terminal or a page."""

from __future__ import annotations

import unicodedata

_STEERING = frozenset({"Cc", "Cf", "Cs"})


def printable(text: str) -> str:
    """Text from the web without characters that steer a terminal or turn its writing around; the length stays."""
    return "".join(c if c == "\n" or unicodedata.category(c) not in _STEERING else " " for c in text)
