"""Totals that only a sum tells: 'there were 818 names in it', where 691 of organizations and 127 of states follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from extract.model import Term
from extract.reading.decided import reading
from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.statements import MAY_COUNT_PEOPLE, Statements
from extract.reading.sums import MOST_ITEMS, counted, items_of

_LEAST = 20
"""A smaller sum may be that of other things by chance."""
_SURELY_A_ROW = 4
_LEAST_OF_A_ROW = 10
"""The same, of so many senders and more."""
_FEWEST_IN_A_ROW = 3
"""Senders of a list, without subtotals, whose sum tells a total."""
_MOST_SUBTOTALS = 5
"""Of each kind, so that a text made to be slow has no more combinations than an article."""
_BLOCKS = 4
"""Paragraphs between a total and its parts."""


def wholes_by_sum(found: Statements) -> None:
    """Accept numbers whose words do not say that they count observers, but that are the sum of those told beside."""
    known = {m.value for m in found.mentions if level(m.scope) < 2}
    sums = {sum(map(counted, parts)): parts for parts in _parts(found.mentions)}
    for mention in found.refused:
        parts = sums.get(mention.value)
        if parts is None or mention.value in known or not _may_be_their_whole(mention, parts, found):
            continue
        mention.scope = mention.group = None
        terms = (Term(part.scope or "total", counted(part)) for part in parts)
        mention.decided = reading(Term("total", mention.value, decided=True), *terms)
        known.add(mention.value)
        found.take_in(mention)


def _parts(mentions: Sequence[Mention]) -> Iterator[Sequence[Mention]]:
    """What may be all the parts of a total: both subtotals, a subtotal and a list of the others, a list."""
    told = [m for m in mentions if m.noun not in {"journalist", "association"} and m.number.approx is None]
    items = items_of(told)
    rows = list(_rows(items))
    yield from (row for row in rows if len(row) >= _FEWEST_IN_A_ROW and (_of_both_kinds(row) or len(row) == len(items)))
    yield from (row for row in rows if {level(m.scope) for m in row} == {1, 2})
    of_bodies, of_states, diplomats = (
        [m for m in told if m.scope == scope][:_MOST_SUBTOTALS] for scope in ("organizations", "countries", "diplomats")
    )
    yield from product(of_bodies, of_states)
    yield from product(of_bodies, of_states, diplomats)


def _of_both_kinds(row: Sequence[Mention]) -> bool:
    """Of bodies and of states: those of one kind, beside others, may be all of their subtotal."""
    return len({(m.scope or "").partition(":")[0] for m in row}) > 1


def _rows(items: Sequence[Mention]) -> Iterator[Sequence[Mention]]:
    """Senders told one behind the other, each once."""
    for first in range(len(items)):
        for last in range(first + 2, min(first + MOST_ITEMS, len(items)) + 1):
            row = items[first:last]
            if len({m.scope for m in row}) < len(row):
                break
            yield row


def _may_be_their_whole(mention: Mention, parts: Sequence[Mention], found: Statements) -> bool:
    if (
        mention.value < (_LEAST if len(parts) < _SURELY_A_ROW else _LEAST_OF_A_ROW)
        or mention.noun not in MAY_COUNT_PEOPLE
        or mention.number.approx is not None
    ):
        return False
    if mention.group is not None and mention.group.ids:
        return False
    sentence = found.scan.sentences[mention.sentence]
    of_both = {m.scope for m in parts} >= {"organizations", "countries"}
    introduces = "accredited" in sentence.classes and 0 <= parts[0].sentence - mention.sentence <= 1
    introduces = introduces or (len(parts) >= _SURELY_A_ROW and 0 <= mention.sentence - parts[-1].sentence <= 1)
    if sentence.classes & {"contest", "voting"} or (mention.noun == "other" and not of_both and not introduces):
        return False
    paragraphs = [found.scan.sentences[m.sentence].paragraph for m in parts]
    return min(paragraphs) - _BLOCKS <= sentence.paragraph <= max(paragraphs) + _BLOCKS
