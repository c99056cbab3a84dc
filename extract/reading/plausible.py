"""How few people there can be of each kind: what lies below was taken for them by mistake.

No article of the corpora, about polls of 2004 to 2026, tells fewer (`tests/extract/test_report_corpus.py` holds that).
What a text says in so many words ('two observers were accredited') counts all the same. There is no upper bound: a
figure that surprises is for people to check.
"""

from __future__ import annotations

from extract.model import Status
from extract.reading.mentions import Mention

FEWEST = {"total": 5, "organizations": 5, "countries": 3, "domestic": 20}
"""By scope; those withdrawn may be fewer."""
_APART = frozenset({"journalist", "association"})


def is_plausible(figure: Mention) -> bool:
    """Whether there can be so few of a figure's kind, or its own words say that there are."""
    if figure.noun in _APART or figure.status is Status.WITHDRAWN:
        return True
    said = figure.noun == "observer" and figure.told_status is not None
    return said or figure.value >= FEWEST.get(figure.scope or "total", 0)
