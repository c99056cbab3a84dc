"""Batches of several days that a sentence lists: '21 қазанда 27, 28 қазанда 31, 4 қарашада 40 адам тіркелді'."""

from __future__ import annotations

import itertools

from extract.reading.mentions import Mention
from extract.reading.scan import Chunk

_PEOPLE = frozenset({"observer", "person"})
_TO_THE_VERB = 4
"""Chunks between the last of them and the verb of them all."""
_TO_THE_NEXT = 3
"""Chunks of ', ал 28 қазанда'."""


def mark_batches_of_days(mentions: list[Mention], chunks: list[Chunk]) -> None:
    """Let numbers that stand right behind a day each share the noun of the last one, whose verb is theirs, too."""
    listed = False
    for left, right in reversed([*itertools.pairwise(mentions)]):
        if right.noun not in _PEOPLE or left.noun not in {"bare", right.noun}:
            listed = False
            continue
        beside = _stands_behind_its_day(left, chunks) and _stands_behind_its_day(right, chunks)
        between = chunks[left.last : right.start]
        if not beside or len(between) > _TO_THE_NEXT or not (between[0].text == "," or "and" in between[0].classes):
            listed = False
            continue
        left.noun = right.noun
        if listed or any("accredited" in c.classes for c in chunks[right.last : right.last + _TO_THE_VERB]):
            left.of_its_day = right.of_its_day = listed = True


def _stands_behind_its_day(mention: Mention, chunks: list[Chunk]) -> bool:
    at = mention.start - 1
    at -= at > 0 and chunks[at].text in "–—"
    day = chunks[at].day if at >= 0 else None
    return day is not None and day.day is not None
