"""Which number belongs to which sender: 'N from X', 'X – N', 'X has N', 'X (N)', 'N for X', 'X N'.

The numbers and sender groups of a sentence form a sequence. Each number may take the group before or after it, no group
serves two numbers, and the cheapest assignment wins. What a link costs depends on the words between alone, so that the
same code serves languages that put the sender first and languages that put it last.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from extract.reading.groups import Group
from extract.reading.link_before import cost_before
from extract.reading.link_costs import cost_after, unlinked
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk

_BETWEEN_ITEMS = frozenset({",", ";", ":"})
_COUNTED = frozenset({"observer", "person", "bare"})
_ASIDE = 2.0
"""What it costs more to go back over a comma for a sender where one stands behind the number."""


def link(mentions: list[Mention], groups: list[Group], chunks: list[Chunk], *, sender_first: bool) -> None:
    """Give each mention its sender group, if it has one."""
    for mention in mentions:
        if mention.inner is not None:
            mention.group = mention.inner
    open_mentions = [m for m in mentions if m.inner is None and m.noun != "other"]
    taken = {id(m.inner) for m in mentions if m.inner is not None and m.noun != "other"}
    free = [g for g in groups if id(g) not in taken and not g.compared]
    _assign(open_mentions, free, chunks, sender_first=sender_first)
    unlinked_ones = [m for m in open_mentions if m.group is None]
    if free and 0 < len(unlinked_ones) < len(open_mentions):
        _pair_in_a_list(unlinked_ones, open_mentions, free, chunks)


def _pair_in_a_list(
    unlinked_ones: list[Mention], mentions: list[Mention], groups: list[Group], chunks: list[Chunk]
) -> None:
    """'ODIHR topped its mission up by 104 observers, the CIS – 52, the OIC – 15': an item has one number and one body.

    Where other items of a sentence are such pairs, whatever the verb of this one.
    """
    used = {id(m.group) for m in mentions}
    if all(id(group) in used for group in groups) or not any(m.group is not None and m.group.ids for m in mentions):
        return
    marks = [-1, *(i for i, c in enumerate(chunks) if c.text in _BETWEEN_ITEMS), len(chunks)]
    for mention in unlinked_ones:
        if mention.noun not in _COUNTED or mention.of_them or mention.rest:
            continue
        at = bisect_left(marks, mention.at)
        first, end = marks[at - 1], marks[at]
        if sum(c.number is not None for c in chunks[first + 1 : end]) != 1:
            continue
        beside = [g for g in groups if first < g.first and g.last <= end]
        if len(beside) == 1 and beside[0].ids and id(beside[0]) not in used:
            mention.group = beside[0]


def _assign(mentions: list[Mention], groups: list[Group], chunks: list[Chunk], *, sender_first: bool) -> None:
    """Cheapest assignment, by going through the numbers with the group that the last one took in mind."""
    if not groups:
        return
    states: dict[int | None, tuple[float, list[Group | None]]] = {None: (0.0, [])}
    for n, mention in enumerate(mentions):
        before = _neighbour(mention, groups, mentions, n, -1)
        after = _neighbour(mention, groups, mentions, n, +1)
        aside = _ASIDE if before and after and _has_its_own_behind(mention, before, after, chunks) else 0.0
        following: dict[int | None, tuple[float, list[Group | None]]] = {}
        for used, (cost, chosen) in states.items():
            options: list[tuple[float, Group | None]] = [(unlinked(mention), None)]
            if before is not None and id(before) != used:
                options.append((cost_before(mention, before, chunks, sender_first=sender_first) + aside, before))
            if after is not None:
                options.append((cost_after(mention, after, chunks, sender_first=sender_first), after))
            for price, group in options:
                key = id(group) if group is not None and group is after else None
                total = (cost + price, [*chosen, group])
                if key not in following or total[0] < following[key][0]:
                    following[key] = total
        states = following
    best = min(states.values(), key=lambda s: s[0])[1]
    for mention, group in zip(mentions, best, strict=True):
        mention.group = group


def _has_its_own_behind(mention: Mention, before: Group, after: Group, chunks: list[Chunk]) -> bool:
    """'Twelve join the mission of the CIS, three speak for the OIC': between commas a number has its own sender."""
    if not any(c.text == "," for c in chunks[before.last : mention.start]):
        return False
    return all(c.is_word and c.number is None for c in chunks[mention.last : after.first])


def _neighbour(mention: Mention, groups: list[Group], mentions: list[Mention], n: int, side: int) -> Group | None:
    """The nearest group on one side with no other number in between; `groups` stand in the order of the text."""
    if side < 0:
        place = bisect_right(groups, mention.at, key=lambda g: g.last) - 1
        limit = mentions[n - 1].at if n else -1
        return groups[place] if place >= 0 and groups[place].first > limit else None
    place = bisect_left(groups, mention.last, key=lambda g: g.first)
    limit = mentions[n + 1].at if n + 1 < len(mentions) else 10**9
    return groups[place] if place < len(groups) and groups[place].last <= limit else None
