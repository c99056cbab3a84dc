"""How many people there can be of each kind: what lies beyond was taken for them by mistake.

Of 4,300 articles about Kazakhstan's polls of 2004 to 2026 no total is smaller than five, no state has sent more than
112, and no body has withdrawn more than 22. What a text says in so many words ('two observers were accredited') counts
all the same.
"""

from __future__ import annotations

from extract.model import Status
from extract.reading.mentions import Mention

_FEWEST = {"total": 5, "organizations": 5, "countries": 3, "domestic": 20}
"""By scope; those withdrawn may be fewer."""
_MOST = {"country": 150, "organization": 1_000}
"""By the kind of sender."""
_MOST_WITHDRAWN = 30
"""Of one sender."""
_APART = frozenset({"journalist", "association"})


def is_plausible(figure: Mention) -> bool:
    """Whether there can be so many of a figure's kind, or its own words say that there are."""
    scope = figure.scope or "total"
    if figure.noun in _APART:
        return True
    if figure.status is Status.WITHDRAWN:
        return ":" not in scope or figure.value <= _MOST_WITHDRAWN
    said = figure.noun == "observer" and figure.told_status is not None
    return said or _FEWEST.get(scope, 0) <= figure.value <= _MOST.get(scope.partition(":")[0], figure.value)
