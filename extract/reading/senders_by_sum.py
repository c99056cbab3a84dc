"""Whose a number is, or that it counts observers at all, because only so a row of senders' numbers makes its whole.

Whatever the words: '323 are of organizations. Most of them came for the CIS mission, 185 observers. Behind it are the
SCO with 94 and the OSCE with 44'.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import takewhile

from extract.model import Check, Term
from extract.reading.decided import reading
from extract.reading.kinds import PEOPLE, is_unfit
from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.statements import MAY_COUNT_PEOPLE, Statements
from extract.reading.sums import MOST_ITEMS, counted

_SENDERS_BEHIND = 2
"""Without them a row is none."""


def senders_by_sum(found: Statements) -> None:
    """Give a number without a sender that of its own sentence, where a sum says that it stands in the senders' row."""
    sums = {m.value for m in found.mentions if level(m.scope) < 2 and not is_unfit(m)}
    for at, mention in enumerate(found.mentions):
        if mention.scope not in {None, "total"} or mention.noun not in PEOPLE or is_unfit(mention):
            continue
        sender = _only_sender(mention, _near(at, found.mentions), found)
        if sender is not None and _makes_a_sum(at, found.mentions, sums):
            mention.scope = sender


def refused_by_sum(found: Statements) -> None:
    """'31 were let in: 24 badges went to ODIHR, four to the OIC, three to Uzbekistan': what a row lacks to its whole.

    Accept a number beside one sender, whatever it counts by its words, where only with it the row makes its whole.
    """
    for mention in found.refused:
        if mention.noun not in MAY_COUNT_PEOPLE or is_unfit(mention) or not found.groups[mention.sentence]:
            continue
        at = bisect_left(found.mentions, mention.position, key=lambda m: m.position)
        if found.mentions[at : at + 1] == [mention]:
            continue
        ahead = found.mentions[max(0, at - MOST_ITEMS) : at]
        before, behind = _row(reversed(ahead)), _row_behind(at - 1, found.mentions)
        sender = _only_sender(mention, [*before, *behind], found)
        if sender is None or len(before) == len(ahead) or len(before) + len(behind) < _SENDERS_BEHIND:
            continue
        whole = ahead[-len(before) - 1]
        if sum(map(counted, [*before, *behind])) + mention.value == whole.value:
            mention.scope = sender
            mention.decided = _told(whole, mention, [*before[::-1], mention, *behind])
            found.take_in(mention)


def _told(whole: Mention, told: Mention, row: list[Mention]) -> Check:
    terms = (Term(m.scope or "total", counted(m), decided=m is told) for m in row)
    return reading(Term(whole.scope or "total", whole.value), *terms)


def delegations_by_sum(found: Statements) -> None:
    """'The Assembly has sent a mission. It has eleven people: four of Azerbaijan ...': in a text on one body, its own.

    Its members are states alone, and they make the number.
    """
    for at, mention in enumerate(found.mentions):
        if found.topic is None or mention.scope not in {None, "total", "organizations"} or is_unfit(mention):
            continue
        row = _row_behind(at, found.mentions)
        of_states = len(row) >= _SENDERS_BEHIND and all((m.scope or "").startswith("country:") for m in row)
        if of_states and sum(map(counted, row)) == mention.value and _sends_alone(at, found):
            mention.scope, mention.group = found.topic, None


def _sends_alone(at: int, found: Statements) -> bool:
    return _only_sender(found.mentions[at], _near(at, found.mentions), found) == found.topic


def _near(at: int, mentions: list[Mention]) -> list[Mention]:
    """The numbers around one, itself among them."""
    return mentions[max(0, at - MOST_ITEMS) : at + MOST_ITEMS]


def _row_behind(at: int, mentions: list[Mention]) -> list[Mention]:
    return _row(mentions[at + 1 : at + 1 + MOST_ITEMS])


def _row(mentions: Iterable[Mention]) -> list[Mention]:
    """The senders' numbers with which these begin."""
    return list(takewhile(lambda m: level(m.scope) == 2 and (m.each or not is_unfit(m)), mentions))


def _only_sender(mention: Mention, around: list[Mention], found: Statements) -> str | None:
    """Whom alone the sentence of a number names, but for those that have numbers of their own in it."""
    counted_there = {m.scope for m in around if m.sentence == mention.sentence}
    named = {i for group in found.groups[mention.sentence] for i in group.ids} - counted_there
    return named.pop() if len(named) == 1 else None


def _makes_a_sum(at: int, mentions: list[Mention], sums: set[int]) -> bool:
    """Whether the number and the whole row of senders' numbers behind it make one that the text tells."""
    row = _row_behind(at, mentions)
    distinct = len({m.scope for m in row}) == len(row) >= _SENDERS_BEHIND
    return distinct and mentions[at].value + sum(map(counted, row)) in sums
