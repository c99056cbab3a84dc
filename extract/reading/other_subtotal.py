"""The second of two subtotals, whatever it counts by its words, where the first and the total tell how many it must be.

'Eight organizations account for 131 of the 191 observers, while 60 came forward on behalf of 21 countries'.
"""

from __future__ import annotations

from extract.reading.kinds import PEOPLE, is_unfit
from extract.reading.levels import THE_OTHER_SUBTOTAL, level
from extract.reading.mentions import Mention
from extract.reading.statements import Statements

_LEAST = 5
"""A smaller number may be that of other things by chance."""
_APART = 1
"""Sentences between the two."""
_MAY_COUNT_PEOPLE = PEOPLE | {"other"}


def other_subtotals(found: Statements) -> None:
    """Accept numbers that a subtotal of the one kind leaves of a total for the other kind, which stands beside them."""
    totals = {m.value for m in found.mentions if level(m.scope) == 0 and m.noun in PEOPLE and not is_unfit(m)}
    known = {(m.scope, m.value) for m in found.mentions}
    for first in [m for m in found.mentions if m.scope in THE_OTHER_SUBTOTAL and not is_unfit(m)]:
        kind = THE_OTHER_SUBTOTAL[first.scope or ""]
        rests = {total - first.value for total in totals} - {value for scope, value in known if scope == kind}
        for mention in found.refused:
            if mention.value in rests and mention not in found.mentions and _may_be(mention, kind, first, found):
                mention.scope, mention.group = kind, None
                mention.noun = "person" if mention.noun == "other" else mention.noun
                found.mentions = sorted([*found.mentions, mention], key=lambda m: m.position)


def _may_be(mention: Mention, kind: str, first: Mention, found: Statements) -> bool:
    if mention.value < _LEAST or mention.noun not in _MAY_COUNT_PEOPLE or is_unfit(mention):
        return False
    if abs(mention.sentence - first.sentence) > _APART or (mention.group is not None and mention.group.ids):
        return False
    return any(kind in group.kinds for group in found.groups[mention.sentence])
