"""Which whole a list of senders belongs to: the batch that it nearly makes, or the one that it is said to be."""

from __future__ import annotations

from extract.model import Basis
from extract.reading.batches import agree
from extract.reading.levels import level, wider
from extract.reading.mentions import Mention
from extract.reading.scan import Sentence
from extract.reading.sums import counted

_REACH = 2
"""Paragraphs back to a figure that a list nearly makes."""
_A_LIST = 3
"""Parts in a row that are likely to be all of their whole."""
_NEARLY, _FAR_MORE = 1.25, 1.5
"""How many times their sum a whole may be that they nearly make, and one is at least that they are a share of."""


def nearly_made_of(
    run: list[Mention], nearest: Mention, mentions: list[Mention], sentences: list[Sentence]
) -> Mention | None:
    """'Another 64 were registered: the list grew to 168. They are 38 of the CIS, nine of ...': a slip away from 64."""
    first, behind = run[0], mentions[mentions.index(run[-1]) + 1 :][:1]
    beside = [m for m in behind if level(m.scope) == 1 and m.sentence - run[-1].sentence <= 1 and m.whole is None]
    every = sum(counted(m) for m in [*run, *beside])
    if len(run) < _A_LIST or nearest.value < every * _FAR_MORE:
        return None
    for candidate in reversed(mentions[: mentions.index(nearest)]):
        if sentences[first.sentence].paragraph - sentences[candidate.sentence].paragraph > _REACH:
            return None
        near = every <= candidate.value <= every * _NEARLY and candidate.basis is not Basis.CUMULATIVE
        if near and wider(candidate.scope, first.scope) and agree(candidate, first):
            return candidate
    return None


def whole_of_the_list(mention: Mention, mentions: list[Mention]) -> Mention | None:
    """'The new list has 23 of the CIS, 15 of the SCO. Another 12 come from states': of that list, if it has so many."""
    at = mentions.index(mention)
    before = mentions[at - 1] if at else None
    if before is None or before.whole is None or level(before.scope) < 2 or mention.sentence - before.sentence > 1:
        return None
    every = sum(counted(m) for m in mentions if m.whole is before.whole)
    return before.whole if every + mention.value <= before.whole.value else None


def introduced_as_new(first: Mention, sentences: list[Sentence]) -> bool:
    """'Хатшы жаңадан тіркелгендердің құрамын атады. «ТМД-дан 38 байқаушы ...»': it counts nobody and names the new."""
    before = sentences[first.sentence - 1]
    new = "the_new" in before.classes and not before.counted
    return new and first.sentence > 0 and before.paragraph == sentences[first.sentence].paragraph
