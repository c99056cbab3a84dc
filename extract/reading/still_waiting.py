"""Who still waits: names on top of those decided on, and the rest of a mission of which some are accredited."""

from __future__ import annotations

import itertools

from extract.model import Basis, Status, Where
from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.scan import Sentence
from extract.reading.sums import counted

_LIST = 3
"""Sentences: a list of senders, and the one that tells what is to come."""
_NAMED = frozenset({"proposed", "papers"})
_PEOPLE = frozenset({"observer", "person", "bare"})


def names_on_top(mentions: list[Mention], sentences: list[Sentence]) -> None:
    """'Documents for 15 more people have come. The commission will examine them at its next meeting'."""
    for mention in [m for m in mentions if sentences[m.sentence].classes & _NAMED]:
        if _came_on_top(mention, sentences[mention.sentence]) and _is_to_be_decided(mention, mentions, sentences):
            mention.status = mention.told_status = Status.PROPOSED
            mention.basis = Basis.NEW if mention.more else mention.basis
            mention.waits = mention.later = mention.settled = True
            mention.subset = mention.of_them = False


def some_still_wait(mentions: list[Mention], sentences: list[Sentence]) -> None:
    """'The mission has 42 members. 36 of them are accredited, the rest is being studied': so many are to come.

    So they are where the rest is counted: 'the other six are waiting'.
    """
    for n, (whole, part) in enumerate(itertools.pairwise(mentions)):
        near = part.sentence - whole.sentence <= 1 and part.value < whole.value
        share = near and part.of_them and part.noun in _PEOPLE and part.told_status is Status.ACCREDITED
        if not share or whole.told_status not in {None, Status.ANNOUNCED}:
            continue
        counted_too = any(
            m.told_status is Status.PROPOSED and m.value + part.value == whole.value for m in mentions[n + 2 : n + 3]
        )
        if counted_too or _rest_waits(part, sentences) or _are_planned(whole, part, sentences):
            whole.status = whole.told_status = Status.ANNOUNCED
            whole.settled = True


def _are_planned(whole: Mention, part: Mention, sentences: list[Sentence]) -> bool:
    """'The CIS plans to send 150. 61 of them are accredited': so many are to come, whoever else is let in by then."""
    own = sentences[whole.sentence]
    planned = own.where is not Where.TITLE and any("announced" in c.classes for c in own.chunks[slice(*whole.clause)])
    return planned and level(whole.scope) == 2 and part.scope is None and "accredit_root" not in own.classes


def _rest_waits(part: Mention, sentences: list[Sentence]) -> bool:
    """Whether the rest's papers are told to be looked at, behind a share or in the next sentence."""
    own = sentences[part.sentence]
    following = sentences[part.sentence + 1 : part.sentence + 2]
    for chunks in [own.chunks[part.last :], *(s.chunks for s in following if s.paragraph == own.paragraph)]:
        rest = next((i for i, c in enumerate(chunks) if "rest" in c.classes), None)
        if rest is None:
            continue
        told = frozenset[str]().union(*(c.classes for c in chunks[rest:]))
        return bool(told & {"awaits", "proposed"}) and "accredited" not in told
    return False


def _came_on_top(mention: Mention, own: Sentence) -> bool:
    """Whether its clause says that names of so many people, of no single sender, came in."""
    decided = mention.told_status is Status.WITHDRAWN or (mention.told_status is Status.ACCREDITED and not mention.more)
    if decided or level(mention.scope) > 0 or mention.noun not in _PEOPLE or mention.whole is not None:
        return False
    came = any(c.classes & _NAMED for c in own.chunks[slice(*mention.clause)])
    return came and own.where is not Where.TITLE


def _is_to_be_decided(mention: Mention, mentions: list[Mention], sentences: list[Sentence]) -> bool:
    """By the words behind the number, or by a sentence that follows it and the list of its senders."""
    own = sentences[mention.sentence]
    behind = own.chunks[mention.last :]
    if not any("accredited" in c.classes for c in behind) and any("awaits" in c.classes for c in behind):
        return True
    listed = 0
    for n, following in enumerate(sentences[mention.sentence + 1 :][:_LIST], mention.sentence + 1):
        senders = [m for m in mentions if m.sentence == n]
        listed += sum(counted(m) for m in senders)
        listed_all = mention.more and listed == mention.value  # of 'another 61' a list of just so many stands between
        if following.paragraph - own.paragraph > (2 if listed_all else 1) or listed > mention.value:
            return False
        handed_in = bool(following.classes & _NAMED) and "awaits" not in following.classes
        if mention.more and not senders and not listed and handed_in:
            continue  # the ministry laid their papers before the commission
        if not senders:
            waits = "awaits" in following.classes and "accredited" not in following.classes
            return waits and listed in {0, mention.value}
        if any(level(m.scope) == 0 for m in senders):
            return False
    return False
