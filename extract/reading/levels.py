"""Totals, subtotals and senders' figures: which can hold which."""

from __future__ import annotations

from functools import lru_cache

_LEVEL = {"total": 0, "organizations": 1, "countries": 1, "domestic_organizations": 1, "diplomats": 2}

_SUBTOTAL_OF = {"organization": "organizations", "country": "countries"}
"""Of a sender's kind, as its scope begins: the scope of the subtotal that it belongs to."""
THE_OTHER_SUBTOTAL = {"organizations": "countries", "countries": "organizations"}

_MOST_REMEMBERED = 1_000
"""Scopes whose level is known by heart: it is asked of each figure many times."""


@lru_cache(_MOST_REMEMBERED)
def level(scope: str | None) -> int:
    """0 of a total, 1 of a subtotal, 2 of one sender."""
    return _LEVEL.get(scope or "total", 2)


@lru_cache(_MOST_REMEMBERED)
def wider(whole: str | None, part: str | None) -> bool:
    """Whether figures of the one scope can be the whole of figures of the other."""
    whole, part = whole or "total", part or "total"
    if whole == part:
        return False
    if whole == "total":
        return part not in {"journalists", "domestic", "domestic_organizations"}
    if whole in {"organizations", "countries"}:
        return part.startswith("organization:" if whole == "organizations" else "country:")
    return False


def subtotal_of(scope: str | None) -> str | None:
    """The scope of the subtotal that a sender's figure belongs to, if its sender is known."""
    kind, colon, _ = (scope or "").partition(":")
    return _SUBTOTAL_OF.get(kind) if colon else None
