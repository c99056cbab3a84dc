"""'The other seven' behind a list of senders: as many of them as the text's own count has left, not observers."""

from __future__ import annotations

from extract.reading.groups import Group
from extract.reading.mentions import Mention
from extract.reading.statements import Statements

_TO_ITS_ONE = 8
"""Chunks between 'the other seven' and 'one each'."""


def rest_of_senders(found: Statements) -> None:
    """'17 of 11 states: three each from A and B, two each from C and D, the other seven sent one each': 11 - 4 = 7."""
    for rest in [m for m in found.mentions if m.rest and m.noun == "bare" and m.scope is None and m.group is None]:
        if any(_leaves(kind, rest, found) for kind in ("countries", "organizations")):
            of_each = [m for m in found.mentions if _is_what_each_sends(m, rest)]
            found.mentions = [m for m in found.mentions if m is not rest and m not in of_each]


def _leaves(kind: str, rest: Mention, found: Statements) -> bool:
    """Whether the last count of senders of that kind leaves so many, less those named since."""
    named: set[str] = set()
    for index in (rest.sentence, rest.sentence - 1):
        if index < 0 or found.scan.sentences[index].paragraph != found.scan.sentences[rest.sentence].paragraph:
            return False
        before: list[Group] = [g for g in found.groups[index] if index < rest.sentence or g.first < rest.at]
        for group in reversed(before):
            if kind in group.counts:
                return len(named) > 0 and group.counts[kind] - len(named) == rest.value
            if kind in group.kinds:
                named.update(group.ids)
    return False


def _is_what_each_sends(mention: Mention, rest: Mention) -> bool:
    """'по одному', 'a single observer' behind it."""
    behind = 0 < mention.at - rest.at <= _TO_ITS_ONE
    return mention.value == 1 and mention.sentence == rest.sentence and behind
