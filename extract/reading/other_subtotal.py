"""The second of two subtotals, whatever it counts by its words, where the first and the total tell how many it must be.

'Eight organizations account for 131 of the 191 observers, while 60 came forward on behalf of 21 countries'.
"""

from __future__ import annotations

from extract.model import Term
from extract.reading.decided import reading
from extract.reading.kinds import PEOPLE, is_unfit
from extract.reading.levels import THE_OTHER_SUBTOTAL, level
from extract.reading.mentions import Mention
from extract.reading.statements import MAY_COUNT_PEOPLE, Statements

_LEAST = 5
"""A smaller number may be that of other things by chance."""
_APART = 1
"""Sentences between the two."""


def other_subtotals(found: Statements) -> None:
    """Accept numbers that a subtotal of the one kind leaves of a total for the other kind, which stands beside them."""
    firsts = [m for m in found.mentions if m.scope in THE_OTHER_SUBTOTAL and not is_unfit(m)]
    if not firsts:
        return
    totals = {m.value for m in found.mentions if level(m.scope) == 0 and m.noun in PEOPLE and not is_unfit(m)}
    known = {(m.scope, m.value) for m in firsts}
    refused: dict[int, list[Mention]] = {}
    for mention in found.refused:
        refused.setdefault(mention.sentence, []).append(mention)
    for first in firsts:
        kind = THE_OTHER_SUBTOTAL[first.scope or ""]
        near = (m for n in range(first.sentence - _APART, first.sentence + _APART + 1) for m in refused.get(n, ()))
        for mention in near:
            if mention.value + first.value not in totals or (kind, mention.value) in known:
                continue
            if _may_be(mention, kind, found) and mention not in found.mentions:
                known.add((kind, mention.value))
                mention.scope, mention.group = kind, None
                terms = (Term(first.scope or "", first.value), Term(kind, mention.value, decided=True))
                mention.decided = reading(Term("total", first.value + mention.value), *terms)
                found.take_in(mention)


def _may_be(mention: Mention, kind: str, found: Statements) -> bool:
    if mention.value < _LEAST or mention.noun not in MAY_COUNT_PEOPLE or is_unfit(mention):
        return False
    named = mention.group is not None and bool(mention.group.ids)
    return not named and any(kind in group.kinds for group in found.groups[mention.sentence])
