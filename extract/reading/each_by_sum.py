"""One number for each of the states that stand beside it, where only so the row makes its whole.

Whatever the words: 'there are 31 in the group: 12 of the CIS, ... three observers wish to send Belarus, Kyrgyzstan and
Uzbekistan, two Russia'.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate, takewhile

from extract.model import Check, Term
from extract.reading.decided import reading
from extract.reading.groups import Group
from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.statements import MAY_COUNT_PEOPLE, Statements
from extract.reading.sums import MOST_ITEMS, counted

_MOST_EACH = 9
"""More are hardly sent by each of several states."""
_WHOLES = 3
"""Totals and subtotals back from the row."""


def each_by_sum(found: Statements) -> None:
    """Let a number be that of each of several states beside it, where a sum says so."""
    for mention in [*found.mentions, *found.refused]:
        if not 0 < mention.value <= _MOST_EACH or mention.noun not in MAY_COUNT_PEOPLE or _is_told(mention):
            continue
        states = [g for g in found.groups[mention.sentence] if _are_states(g)]
        if not states:
            continue
        at = bisect_left(found.mentions, mention.position, key=lambda m: m.position)
        before = found.mentions[max(0, at - MOST_ITEMS) : at]
        known = found.mentions[at : at + 1] == [mention]
        behind = found.mentions[at + known : at + MOST_ITEMS]
        free = _without_numbers(states, mention, [*before, *behind])
        told = ((g, check) for g in free if (check := _makes_a_whole(mention, g, before, behind)) is not None)
        group, mention.decided = next(told, (None, mention.decided))
        if group is None:
            continue
        mention.group, mention.scope, mention.each = group, group.ids[0], True
        if not known:
            found.take_in(mention)


def _is_told(mention: Mention) -> bool:
    return mention.each and mention.group is not None and bool(mention.group.ids)


def _are_states(group: Group) -> bool:
    return len(group.ids) > 1 and all(i.startswith("country:") for i in group.ids)


def _without_numbers(states: list[Group], mention: Mention, around: list[Mention]) -> Iterator[Group]:
    """Those rows of states of which none has another number than this one."""
    beside = [m for m in around if m.sentence == mention.sentence and level(m.scope) == 2]
    taken = {i for m in beside for i in (m.group.ids if m.each and m.group is not None else [m.scope])}
    for group in states:
        if taken.isdisjoint(group.ids) and mention.scope in {None, "total", "countries", *group.ids}:
            yield group


def _makes_a_whole(mention: Mention, group: Group, before: list[Mention], behind: list[Mention]) -> Check | None:
    """The sum, where so many of each and the senders' numbers around make one of those before that may hold them."""
    row, after = list(takewhile(_is_a_senders, reversed(before))), list(takewhile(_is_a_senders, behind))
    wholes = {m.value: m for m in before[: len(before) - len(row)][-_WHOLES:]}
    wholes |= {
        m.value: m for m in row if m.sentence == mention.sentence and (m.scope or "").startswith("organization:")
    }
    left = [0, *accumulate(map(counted, row))]
    right = [0, *accumulate(map(counted, after))]
    sums = {a + b: (m, n) for m, a in enumerate(left) for n, b in enumerate(right)}
    fits, fits_once = (
        [(wholes[n + s], beside) for s, beside in sums.items() if n + s in wholes]
        for n in (mention.value * len(group.ids), mention.value)
    )
    if not fits or fits_once:
        return None
    whole, (first, last) = fits[0]
    beside = (Term(m.scope or "total", counted(m)) for m in [*reversed(row[:first]), *after[:last]])
    of_each = (Term(sender, mention.value, decided=True) for sender in group.ids)
    return reading(Term(whole.scope or "total", whole.value), *beside, *of_each)


def _is_a_senders(mention: Mention) -> bool:
    return level(mention.scope) == 2
