"""Numbers of those who run for office, in sentences that name them and speak of no observers."""

from __future__ import annotations

from extract.reading.mentions import Mention
from extract.reading.scan import Sentence
from extract.reading.statements import TOPIC, is_contest

_RUN = frozenset({"candidate", "local_sender"})
_MAY_BE_OBSERVERS = TOPIC | {"observing", "diplomat", "mission", "all_granted", "asks_for"}


def are_candidates(mention: Mention, sentence: Sentence) -> bool:
    """'Nine of the 28 registered candidates', '23 candidates were registered, bringing the total to 112'; marks it so.

    Candidates whom the commission gets proposed may be those for observers.
    """
    if "candidate" not in sentence.classes or not sentence.classes.isdisjoint(_MAY_BE_OBSERVERS):
        return False
    if mention.noun not in {"bare", "person"} or mention.group is not None or mention.scope is not None:
        return False
    if {"commission", "proposed"} <= sentence.classes and not is_contest(sentence):
        return False
    first, last = mention.clause[0], min(mention.last + 3, len(sentence.chunks))
    of_some = mention.of_them and last < len(sentence.chunks)
    named = any(c.classes >= _RUN for c in sentence.chunks[first : last if of_some else mention.last])
    mention.noun = "other" if named else mention.noun
    return named
