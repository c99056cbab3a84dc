"""One number for each of the states that stand beside it, where only so the row makes its whole.

Whatever the words: 'there are 31 in the group: 12 of the CIS, ... three observers wish to send Belarus, Kyrgyzstan and
Uzbekistan, two Russia'.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, takewhile

from extract.reading.groups import Group
from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.statements import Statements
from extract.reading.sums import MOST_ITEMS, counted

_MOST_EACH = 9
"""More are hardly sent by each of several states."""
_WHOLES = 3
"""Totals and subtotals back from the row."""
_MAY_BE_EACH = frozenset({"bare", "person", "observer", "other"})


def each_by_sum(found: Statements) -> None:
    """Let a number be that of each of several states beside it, where a sum says so."""
    for mention in [*found.mentions, *found.refused]:
        if not 0 < mention.value <= _MOST_EACH or mention.noun not in _MAY_BE_EACH or _is_told(mention):
            continue
        others = [m for m in found.mentions if m is not mention]
        group = next((g for g in _states_beside(mention, others, found) if _make_a_whole(mention, g, others)), None)
        if group is None:
            continue
        mention.group, mention.scope, mention.each = group, group.ids[0], True
        if len(others) == len(found.mentions):
            mention.noun = "person" if mention.noun == "other" else mention.noun
            found.mentions = sorted([*others, mention], key=lambda m: m.position)


def _is_told(mention: Mention) -> bool:
    return mention.each and mention.group is not None and bool(mention.group.ids)


def _states_beside(mention: Mention, others: list[Mention], found: Statements) -> Iterator[Group]:
    """Several states named in a row in its sentence, of which none has another number."""
    beside = [m for m in others if m.sentence == mention.sentence and level(m.scope) == 2]
    taken = {i for m in beside for i in (m.group.ids if m.each and m.group is not None else [m.scope])}
    for group in found.groups[mention.sentence]:
        of_states = len(group.ids) > 1 and all(i.startswith("country:") for i in group.ids)
        if of_states and taken.isdisjoint(group.ids) and mention.scope in {None, "total", "countries", *group.ids}:
            yield group


def _make_a_whole(mention: Mention, group: Group, others: list[Mention]) -> bool:
    """Whether so many of each, with the senders' numbers around, make one of the numbers before that may hold them."""
    before = [m for m in others if m.position < mention.position][-MOST_ITEMS:]
    behind = [m for m in others if m.position > mention.position][:MOST_ITEMS]
    row = list(takewhile(_is_a_senders, reversed(before)))
    wholes = {m.value for m in before[: len(before) - len(row)][-_WHOLES:]}
    wholes |= {m.value for m in row if m.sentence == mention.sentence and (m.scope or "").startswith("organization:")}
    left = [0, *accumulate(counted(m) for m in row)]
    right = [0, *accumulate(counted(m) for m in takewhile(_is_a_senders, behind))]
    beside = {a + b for a in left for b in right}
    fits, fits_once = (any(n + b in wholes for b in beside) for n in (mention.value * len(group.ids), mention.value))
    return fits and not fits_once


def _is_a_senders(mention: Mention) -> bool:
    return level(mention.scope) == 2
