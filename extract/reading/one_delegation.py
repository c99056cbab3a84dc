"""Articles about one state's delegation: whose few people are its own, though the text names the state but once."""

from __future__ import annotations

from extract.model import Where
from extract.reading.groups import HOST, Group
from extract.reading.mentions import Mention
from extract.reading.scan import Scan, Sentence
from extract.reading.statements import Statements, is_contest
from extract.words.spans import NameKind, NumberKind

_MOST = 24
"""A delegation that a text is about has hardly more people; larger numbers are of all observers."""
_FEWEST = 2
"""One is mostly its head."""
_LEAD = 3
"""Paragraphs in which the delegation is still the topic."""
_STATES = frozenset({NameKind.COUNTRY, NameKind.NATIONALITY})
_WATCH = frozenset({"delegation", "observer", "observing", "sends"})
_OF_ALL = frozenset({"international", "accredit_root", "in_all", "withdrawn"})
_WHO_RUN = frozenset({"candidate", "office_seeker", "local_sender"})


def of_the_one_delegation(found: Statements) -> None:
    """'Kyrgyzstan's commission sends observers to Kazakhstan', and below: 'five people are going', 'two of them'."""
    state = delegation_of_the_title(found.scan)
    if state is None:
        return
    for mention in [*found.mentions, *found.refused]:
        if not _FEWEST <= mention.value <= _MOST or mention.each or not _may_be_its_own(mention, state, found):
            continue
        counted = mention in found.mentions
        if counted or _goes_with_it(mention, found):
            mention.scope, mention.group = state, Group(mention.at, mention.last, [state], {"countries"})
            found.groups[mention.sentence].append(mention.group)
            if not counted:
                found.take_in(mention)


def _may_be_its_own(mention: Mention, state: str, found: Statements) -> bool:
    """Whether no sender but the state stands at a number, nor a word of all observers or of those who run."""
    nameless = mention.group is not None and not mention.group.ids and not mention.group.counts  # 'from our country'
    if mention.scope not in {None, state} and not (nameless and mention.scope == "countries"):
        return False
    phrase = found.scan.sentences[mention.sentence].chunks[mention.at : mention.last + 1]
    if any(c.classes & _WHO_RUN or "international" in c.classes for c in phrase):
        return False
    near = found.groups[max(0, mention.sentence - 1) : mention.sentence + 1]
    return all(scope == state for groups in near for g in groups for scope in g.ids)


def delegation_of_the_title(scan: Scan) -> str | None:
    """The state whose people the title speaks of, no other sender being named there: 'Uzbek officials to observe'."""
    title = [s for s in scan.sentences if s.where is Where.TITLE]
    classes = frozenset().union(*(s.classes for s in title))
    if classes.isdisjoint(_WATCH) or classes & _OF_ALL:
        return None
    named = [c.name for s in title for c in s.chunks if c.name is not None]
    if named and named[0].id == HOST:
        return None  # 'Kazakhstan's officials to observe the vote in Uzbekistan'
    names = {(c.name.kind, c.name.id) for s in title for c in s.chunks if c.name is not None and c.name.id != HOST}
    states = {name for kind, name in names if kind in _STATES}
    others = any(kind not in _STATES and kind is not NameKind.CITY for kind, _ in names)
    return f"country:{states.pop()}" if len(states) == 1 and not others else None


def _goes_with_it(mention: Mention, found: Statements) -> bool:
    """Whether a number without a word of observers counts people of the delegation: 'it consists of four people'."""
    sentence = found.scan.sentences[mention.sentence]
    people = mention.noun in {"person", "bare"} or _all_so_many(mention, sentence)
    if not people or is_contest(sentence) or sentence.where is not Where.BODY:
        return False
    return sentence.paragraph <= _LEAD and (mention.group is None or not mention.group.ids)


def _all_so_many(mention: Mention, sentence: Sentence) -> bool:
    """'Төртеуі де ... аккредиттелген': a collective that opens its sentence, and that accreditation is told of."""
    collective = mention.number.kind is NumberKind.COLLECTIVE
    return collective and mention.at == 0 and "accredit_root" in sentence.classes
