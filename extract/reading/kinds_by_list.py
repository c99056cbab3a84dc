"""A number whose list holds bodies alone, beside a total of which states make the rest, or the other way: a subtotal.

Whatever the words: '29 were accredited. 19 of them came from three bodies: the CIS (11), the CIS IPA (5), the SCO (3).
Five states sent two each'.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.reading.decided import tell_part
from extract.reading.kinds import PEOPLE, is_unfit, make_subtotal
from extract.reading.levels import THE_OTHER_SUBTOTAL, level, subtotal_of
from extract.reading.mentions import Mention
from extract.reading.sums import MOST_ITEMS, counted

_A_LIST = 2
"""Senders whose numbers make a subtotal."""


def subtotals_by_list(mentions: list[Mention]) -> None:
    """Make a number a subtotal that its list makes, all of one kind, where the other kind makes the rest of a total."""
    totals = [m for m in mentions if level(m.scope) == 0 and m.noun in PEOPLE and not is_unfit(m)]
    if len(totals) < 2:
        return
    for part in totals:
        kind = _kind_of_its_list(part, mentions)
        if kind is None or part.more:
            continue
        for whole in totals:
            if whole.value > part.value and _are_made(whole.value - part.value, THE_OTHER_SUBTOTAL[kind], mentions):
                make_subtotal(part, kind, whole)
                tell_part(part, mentions)
                for again in totals:
                    if again.value == part.value and again.scope in {None, "total"}:
                        again.scope = kind
                break


def _kind_of_its_list(part: Mention, mentions: Sequence[Mention]) -> str | None:
    """Of which kind all the senders are that make a number, behind it or before it ('..., 36 in all')."""
    at = mentions.index(part)
    behind = _kind_of_a_row(part.value, mentions[at + 1 :][:MOST_ITEMS])
    return behind or _kind_of_a_row(part.value, mentions[max(0, at - MOST_ITEMS) : at][::-1])


def _kind_of_a_row(whole: int, row: Sequence[Mention]) -> str | None:
    kinds: set[str] = set()
    summed = 0
    for count, item in enumerate(row, 1):
        kind = subtotal_of(item.scope)
        if kind is None:
            return None
        kinds.add(kind)
        summed += counted(item)
        if summed >= whole or len(kinds) > 1:
            return kind if summed == whole and len(kinds) == 1 and count >= _A_LIST else None
    return None


def _are_made(rest: int, kind: str, mentions: Sequence[Mention]) -> bool:
    """Whether a subtotal of this kind, or a row of senders of it, makes the rest of the total."""
    if any(m.scope == kind and m.value == rest and not m.more for m in mentions):
        return True
    of_kind = [m for m in mentions if subtotal_of(m.scope) == kind]
    for first in range(len(of_kind)):
        summed = 0
        for item in of_kind[first : first + MOST_ITEMS]:
            summed += counted(item)
            if summed >= rest:
                break
        if summed == rest:
            return True
    return False
