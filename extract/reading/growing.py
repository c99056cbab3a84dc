"""Batches by which a list grows: 'the meeting lengthened the list by 85 names', 'тізімді 85 адамға толықтырды'."""

from __future__ import annotations

import itertools

from extract.model import Status
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence

_LIST = frozenset({"count_subject", "list_word", "the_list"})
_GROWS = frozenset({"growing", "grew_by"})
_LONGER = frozenset({"growing", "adding"})
_BEHIND = 2
"""Chunks between a number and the verb that says that the list was made longer by so many."""
_TO_THE_RANKS = 3
"""Chunks between 'into the ranks' and the number of those who enter them."""
_OPENING = 3
"""Chunks with which a sentence says that it goes on with the list."""


def lengthens_the_list(mention: Mention, sentence: Sentence) -> bool:
    """Whether a number is what a list of observers grew by: a batch, which is accredited if the commission added it."""
    if "growth" in sentence.classes and _is_the_growth(mention, sentence.chunks):
        mention.more = True
        return True
    if sentence.classes.isdisjoint(_GROWS) or (mention.group is not None and mention.group.ids):
        return False
    if mention.noun not in {"bare", "person", "observer"} or not is_longer_by(mention, sentence.chunks):
        return False
    mention.more = True
    if mention.status is None and sentence.classes & {"commission", "meeting", "accredited"}:
        mention.status = None if "proposed" in sentence.classes else Status.ACCREDITED
    return True


def _is_the_growth(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Соңғы аптадағы өсім – 58 адам': by so many the list grew."""
    ahead = chunks[max(mention.clause[0], mention.start - _BEHIND) : mention.start]
    return mention.noun in {"bare", "person", "observer"} and any("growth" in c.classes for c in ahead)


def joined_those_before(mention: Mention, sentence: Sentence, known: list[Mention]) -> bool:
    """'The number reached 610. Бір күнде 225 адам қосылды': a batch of those whom the sentence before counts."""
    before = known[-1] if known else None
    if "adding" not in sentence.classes or before is None or mention.sentence - before.sentence > 1:
        return False
    if mention.noun != "person" or mention.group is not None or (before.scope or "total") != "total":
        return False
    added = mention.last < len(sentence.chunks) and "adding" in sentence.chunks[mention.last].classes
    mention.more = mention.more or added
    return added


def enters_the_ranks(mention: Mention, sentence: Sentence) -> bool:
    """'Байқаушылар қатарына 64 адам енгізілді', 'тізімге тағы 12 кісі кірді': who is put beside those before is new."""
    if mention.noun not in {"bare", "person", "observer"} or (mention.group is not None and mention.group.ids):
        return False
    behind = sentence.chunks[mention.last : mention.last + _BEHIND]
    if not any("put_in" in c.classes for c in behind):
        return False
    ahead = sentence.chunks[mention.clause[0] : mention.start]
    return any("into_ranks" in c.classes for c in ahead[-_TO_THE_RANKS:])


def joins_the_observers(mention: Mention, sentence: Sentence) -> bool:
    """'Байқаушылар тізіліміне 35 адам енгізілді': the ranks that they enter are those of the observers."""
    if not enters_the_ranks(mention, sentence):
        return False
    pairs = itertools.pairwise(sentence.chunks[mention.clause[0] : mention.start])
    return any("observer" in a.classes and "into_ranks" in b.classes for a, b in pairs)


def is_longer_by(mention: Mention, chunks: list[Chunk]) -> bool:
    """Whether a number says by how many a list became longer, and not how long it is."""
    before = chunks[mention.clause[0] : mention.start]
    listed = next((i for i, c in enumerate(before) if c.classes & _LIST), None)
    if listed is None or any(c.number is not None for c in before[listed:]):
        return False
    behind = chunks[mention.last : mention.last + _BEHIND]
    if mention.noun in {"person", "observer"} and any("grew_by" in c.classes for c in behind[:1]):
        return True  # 'байқаушылар қатары 27 адамға көбейді', but '27 адамға дейін көбейді'
    apart = bool(behind) and behind[0].text == ","  # 'the former total, 37, grew to 89'
    if not apart and any("growing" in c.classes for c in behind):
        return not any("relative" in c.classes for c in before[listed:])  # 'the list, which had 248 names, grew to 419'
    by = before[-1].classes
    grows = any("growing" in c.classes for c in before)
    if "growing" in by and "count_verb" not in by and mention.noun == "person":
        return True  # 'их ряды пополнили 57 человек'
    return grows and ("with_number" in by or ("place_prep" in by and "count_verb" not in by))


def is_now_on_the_list(mention: Mention, sentence: Sentence, before: Sentence | None) -> bool:
    """'The list was extended by 85 people. It now holds 523 names': the running total that the list came to."""
    if sentence.classes & _LONGER and _and_has_now(mention, sentence.chunks):
        return True
    if before is None or "growing" not in before.classes or not before.classes & _LIST:
        return False
    opening = [c for c in sentence.chunks if c.is_word][:_OPENING]
    if mention.noun not in {"bare", "person", "observer"} or mention.group is not None or mention.more:
        return False
    return any("in_them" in c.classes for c in opening) and mention.start <= _OPENING + 1


def _and_has_now(mention: Mention, chunks: list[Chunk]) -> bool:
    """'The list was topped up with 141 names and has 321 now', '366 were added to the list, which now holds 788'."""
    if mention.noun not in {"bare", "person", "observer"} or mention.group is not None:
        return False
    near = [*chunks[max(0, mention.start - _BEHIND) : mention.start], *chunks[mention.last : mention.last + 1]]
    has = any("have" in c.classes for c in near) and any("now" in c.classes for c in near)
    return has and any(c.classes & _LIST for c in chunks[: mention.start])
