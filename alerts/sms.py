"""How long a text is as an SMS: letters of GSM's alphabet are narrow, and one other makes the whole text wide."""

from __future__ import annotations

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_TWICE = frozenset("^{}\\[~]|€\f")
"""Characters that count as two."""
_PLAIN = str.maketrans(
    {"−": "-", "–": "-", "—": "-", "“": '"', "”": '"', "«": '"', "»": '"', "…": "...", "→": "->", "\u00a0": " "}
)

NARROW_PART, WIDE_PART = 160, 70
"""Characters of an SMS in one part."""


def narrow(text: str) -> str:
    """The text with dashes, quotation marks and blanks of GSM's alphabet."""
    return text.translate(_PLAIN)


def is_narrow(text: str) -> bool:
    """Whether the text has letters of GSM's alphabet only."""
    return all(char in _GSM or char in _TWICE for char in text)


def narrow_length(text: str) -> int:
    """Septets of a narrow text."""
    return len(text) + sum(char in _TWICE for char in text)
