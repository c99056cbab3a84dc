"""Articles about one body's mission: numbers without a sender are of its people, and small ones parts of these."""

from __future__ import annotations

from extract.model import Status
from extract.reading.mentions import Mention
from extract.reading.scan import Sentence
from extract.reading.statements import Statements

_FROM_IT = 3
"""Chunks between 'it' and how many it has."""
_REACH = 3
"""Sentences from the number of a mission's people to those of its parts."""
_IT = frozenset({"flag", "in_them", "it_sends", "mission_itself"})
_MISSION = frozenset({"mission", "observing"})


def makes_up_the_mission(mention: Mention, found: Statements) -> bool:
    """'The 16-member Mission is led by ...', 'It has 16 people' in a text whose title is about one body's mission.

    Gives the number that body's scope.
    """
    sentence = found.scan.sentences[mention.sentence]
    own = mention.noun == "person" and mention.group is None and not mention.of_them and not mention.more
    if found.topic is None or not own or mention.scope not in {None, found.topic}:
        return False
    behind = sentence.chunks[mention.last : mention.last + 2]
    so_large = mention.last - mention.at > 1 and any("mission_word" in c.classes for c in behind)
    if not so_large and not _goes_on_with_it(mention, sentence, found):
        return False
    mention.scope = found.topic
    return True


def parts_of_the_mission(mentions: list[Mention]) -> None:
    """'The commission accredited 17 members of the mission. Five of our observers left for Almaty': a part of these.

    Where a text counts one mission's people alone, smaller numbers behind the accredited one are parts of it.
    """
    scopes = {m.scope for m in mentions}
    accredited = next((m for m in mentions if m.told_status is Status.ACCREDITED), None)
    if accredited is None or len(scopes) != 1 or not (accredited.scope or "").startswith(("organization:", "country:")):
        return
    for part in mentions:
        behind = 0 < part.sentence - accredited.sentence <= _REACH
        if behind and part.status is None and part.value < accredited.value and not part.more and not part.each:
            part.whole, part.subset = accredited, True


def _goes_on_with_it(mention: Mention, sentence: Sentence, found: Statements) -> bool:
    """Whether a sentence goes on with the mission that the one before has named, and no other sender."""
    if not mention.sentence or mention.start > _FROM_IT or not sentence.chunks[0].classes & _IT:
        return False
    before = found.scan.sentences[mention.sentence - 1]
    named = {i for g in found.groups[mention.sentence - 1] for i in g.ids}
    return before.paragraph == sentence.paragraph and named == {found.topic} and bool(before.classes & _MISSION)
