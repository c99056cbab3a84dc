"""Bases that the words around a figure, or around its whole, tell as surely as its own would."""

from __future__ import annotations

from extract.model import Basis, Status
from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.statements import Statements
from extract.reading.sums import counted
from extract.reading.told_by_sum import told_by_sum, told_of_withdrawn

_OPENING = 4
"""Words with which 'the last session' opens a sentence."""
_GOES_ON = 2
"""Sentences between a batch and 'of them'."""


def told_around(mentions: list[Mention], found: Statements) -> None:
    """Mark the bases that the words around the figure, or around its whole, tell as surely as its own would."""
    for mention in mentions:
        if mention.told_basis is not None:
            if mention.told_basis is Basis.CUMULATIVE and level(mention.scope) == 0:
                _tell_those_behind_it(mention, mentions, found)
        elif mention.basis is Basis.NEW and _is_batch_around(mention, mentions, found):
            mention.told_basis = Basis.NEW
    told_by_sum(mentions)
    told_of_withdrawn(mentions)


def _tell_those_behind_it(whole: Mention, mentions: list[Mention], found: Statements) -> None:
    """'Before that there had been 32: 22 of the Assembly, ten of states': what is said of all is said of its parts."""
    behind = found.scan.sentences[whole.sentence].chunks[whole.last : whole.clause[1]]
    if not any(c.text == ":" for c in behind):
        return
    parts = [m for m in mentions if m.whole is whole and m.sentence == whole.sentence and m.at > whole.at]
    if len(parts) > 1 and sum(counted(m) for m in parts) == whole.value:
        for part in parts:
            part.told_basis = part.told_basis or (whole.told_basis if part.basis is whole.basis else None)


def _is_batch_around(batch: Mention, mentions: list[Mention], found: Statements) -> bool:
    """Whether what stands around a batch says that it is one."""
    if _at_the_meeting_before(batch, found) or _of_the_batch_before(batch, mentions):
        return True
    return _before_another_batch(batch, mentions)


def _at_the_meeting_before(mention: Mention, found: Statements) -> bool:
    """'The last session took place on Wednesday. It accredited 16 observers': those of that meeting."""
    sentences = found.scan.sentences
    if not mention.sentence or level(mention.scope) > 0 or mention.status is not Status.ACCREDITED:
        return False
    own, before = sentences[mention.sentence], sentences[mention.sentence - 1]
    opening = next((c for c in own.chunks if c.is_word), None)
    if opening is None or "it_sends" not in opening.classes or "accredited" not in own.classes:
        return False
    return any("meeting" in c.classes for c in [c for c in before.chunks if c.is_word][:_OPENING])


def _before_another_batch(mention: Mention, mentions: list[Mention]) -> bool:
    """'Утром аккредитовали 88 наблюдателей, вечером – еще 58', where the list has 894 names in all: two batches."""
    if level(mention.scope) > 0 or mention.status is not Status.ACCREDITED or mention.decided is not None:
        return False
    same = (m for m in mentions if m.sentence == mention.sentence and m.at > mention.at and level(m.scope) == 0)
    batch = next(same, None)
    if batch is None or not batch.more or batch.status is not Status.ACCREDITED or batch.basis is not Basis.NEW:
        return False
    running = (m.value for m in mentions if level(m.scope) == 0 and m.basis is Basis.CUMULATIVE and not m.dropped)
    return any(value > mention.value + batch.value for value in running)


def _of_the_batch_before(mention: Mention, mentions: list[Mention]) -> bool:
    """'The list was lengthened by 97 names. 68 of them belong to the CIS, 14 to ODIHR': of the names just added."""
    batch = mention.whole
    if batch is None or batch.told_basis is not Basis.NEW or mention.status is not Status.ACCREDITED:
        return False
    if not 0 < mention.sentence - batch.sentence <= _GOES_ON:
        return False
    beside = [m for m in mentions if m.sentence == mention.sentence and m.whole is batch]
    return beside[0].of_them or mention.of_them
