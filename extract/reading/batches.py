"""Which figures are parts of a batch, by the words: those named for it, of the list of the day, told beside parts."""

from __future__ import annotations

from extract.model import Basis, Status
from extract.reading.levels import level, wider
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence

_BATCH_REACH = 3
"""Paragraphs between a batch and its parts, where the parts' sentence says that they are new."""
_TO_ITS_DAY = 5
"""Chunks between 'the batch' and the day on which it was approved."""
_GRANTED = 2
"""Chunks of 'approved on'."""


def agree(whole: Mention, part: Mention) -> bool:
    state = _state_of(whole)
    return part.status is None or state is None or part.status is state


def _state_of(mention: Mention) -> Status | None:
    """The status of a figure, or of the one that it adds up to with others."""
    state = mention.status
    while mention.whole is not None and mention.by_sum:
        mention = mention.whole
        state = mention.status or state
    return state


def named_by(whole: Mention, part: Mention, sentences: list[Sentence]) -> bool:
    """'The remaining 20 represent 12 states. Poland sent the papers of four': how those accredited were named.

    So it is of a batch whose largest senders follow: '473 were accredited. Most were nominated by ODIHR, 284'.
    """
    if part.status is not Status.PROPOSED or part.more or _state_of(whole) is not Status.ACCREDITED:
        return False
    largest = level(whole.scope) == 0 and "largest" in sentences[part.sentence].classes
    batch = level(whole.scope) == 0 and (whole.basis is Basis.NEW or whole.more) and level(part.scope) == 2
    near = part.sentence - whole.sentence == 1 and (level(whole.scope) == 1 or largest or batch)
    return near and sentences[part.sentence].paragraph == sentences[whole.sentence].paragraph


def waits_beside(mention: Mention, whole: Mention) -> bool:
    """'Documents of another 12 were received', 'applications for two are to be examined': beside those accredited."""
    apart = mention.more or mention.waits
    return mention.status is Status.PROPOSED and apart and whole.status is not Status.PROPOSED


def of_todays_list(sentence: Sentence) -> bool:
    """'Бүгінгі тізімде ТүркПА-ның тоғыз өкілі бар', 'in today's group': of the batch of the day."""
    chunks = sentence.chunks
    for at in sentence.dated if "list_word" in sentence.classes else ():
        day = chunks[at].day
        if day is not None and day.relative and any("list_word" in c.classes for c in chunks[at + 1 : at + 3]):
            return True
    return any(_is_the_batch_of_the_day(chunks, at) for at in sentence.dated if "list_word" in sentence.classes)


def _is_the_batch_of_the_day(chunks: list[Chunk], at: int) -> bool:
    """'In the batch approved today ODIHR leads with 88', 'within the group let in on Thursday'."""
    ahead = chunks[max(0, at - _TO_ITS_DAY) : at]
    listed = next((i for i, c in enumerate(ahead) if "list_word" in c.classes), None)
    day = chunks[at].day
    if not listed or day is None or not (day.relative or day.weekday) or "definite" not in ahead[listed - 1].classes:
        return False
    between = ahead[listed + 1 :]
    return bool(between) and bool(between[0].classes & {"accredited", "adding"}) and len(between) <= _GRANTED


def latest_batch(part: Mention, mentions: list[Mention], sentences: list[Sentence]) -> Mention | None:
    """'The newcomers include six from the OIC': of the batch told last."""
    earlier = [m for m in mentions[: mentions.index(part)] if wider(m.scope, part.scope) and m.value >= part.value]
    near = [m for m in earlier if (m.basis is Basis.NEW or _added(m, sentences)) and agree(m, part)]
    near = [m for m in near if not m.subject or m.basis is not Basis.CUMULATIVE] or near  # 'grew from 104 to 168'
    batch = near[-1] if near else None
    if batch is None or sentences[part.sentence].paragraph - sentences[batch.sentence].paragraph > _BATCH_REACH:
        return None
    return batch


def _added(mention: Mention, sentences: list[Sentence]) -> bool:
    chunks = sentences[mention.sentence].chunks[slice(*mention.clause)]
    share = mention.of_them and level(mention.scope) == 0  # '511 names, of which 189 were entered this morning'
    dated = share and any(c.day is not None and c.day.relative for c in chunks[mention.last - mention.clause[0] :])
    return mention.more or dated or any("adding" in c.classes for c in chunks)
