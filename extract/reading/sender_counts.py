"""How many organizations or states a text counts behind the word for them."""

from __future__ import annotations

from extract.reading.groups import Group
from extract.reading.scan import Chunk, Sentence
from extract.words.spans import NumberKind

COUNTED = {NumberKind.CARDINAL, NumberKind.COLLECTIVE}
_IN_THE_LIST = frozenset({"in_them", "the_list", "list_word"})
_BEFORE_ITS_COUNT = frozenset({"count_verb", "adverb", "fixed", *_IN_THE_LIST})
_CLAUSE = 6
"""Chunks of a participle and its object between 'organizations' and how many they are."""
_TO_ITS_COUNT = 2
"""Chunks between 'states' and how many they are, behind 'of which there are'."""


def take_counts(groups: list[Group], sentence: Sentence) -> None:
    """Let each group take the number behind it that says how many send, and counts none of their people."""
    genitive = not sentence.classes.isdisjoint({"their_number", "counted_genitive"})
    share = not sentence.classes.isdisjoint({"share", "named_alone"})
    for group in groups if genitive or share else ():
        if genitive:
            _take_count_behind(group, sentence.chunks)
            _take_count_of_those_sending(group, sentence.chunks)
        if share:
            _take_share_behind(group, sentence.chunks)


def _take_count_behind(group: Group, chunks: list[Chunk]) -> None:
    """'Foreign states, of which there are 36, sent 158', 'организации - их 12 - послали 665': that many."""
    if not group.generic or group.ids or group.counts or len(chunks) < group.last + 3:
        return
    opens, pronoun = chunks[group.last : group.last + 2]
    begin = group.last + 2
    if opens.text not in ",(–—-" or "their_number" not in pronoun.classes:
        if not opens.classes & _IN_THE_LIST or not _opens_with_its_genitive(group, chunks):
            return
        begin = group.last + 1
    at = begin
    while at < len(chunks) - 1 and at < begin + _TO_ITS_COUNT and chunks[at].classes & _BEFORE_ITS_COUNT:
        at += 1
    number = chunks[at].number
    aside = opens.text in "–—-" and at + 1 < len(chunks) and chunks[at + 1].text in "–—-"
    closed = aside or at + 1 >= len(chunks) or chunks[at + 1].text in ",.;)"
    if number is not None and number.kind in COUNTED and number.approx is None and closed:
        group.take_count(number.value)
        group.last = at + 2 if aside else at + 1


def _take_count_of_those_sending(group: Group, chunks: list[Chunk]) -> None:
    """'Организаций, приславших своих людей, четыре', 'направивших наблюдателей стран - 17': as many senders."""
    if not group.generic or group.ids or group.counts or "counted_genitive" not in chunks[group.last - 1].classes:
        return
    at = group.last
    if _opens_with_its_genitive(group, chunks) and [c.text for c in chunks[at : at + 1]] == [","]:
        if at + 1 >= len(chunks) or not _sent_by_those(chunks[at + 1 : at + _CLAUSE]):
            return
        at = next((i for i in range(at + 2, min(at + _CLAUSE, len(chunks))) if chunks[i].text == ","), len(chunks))
    elif not _sending_ahead(group, chunks) or not any(c.text in "–—-" for c in chunks[at : at + 1]):
        return
    number = chunks[at + 1].number if at + 1 < len(chunks) else None
    closed = at + 2 >= len(chunks) or chunks[at + 2].text in ",.;)"
    if number is not None and number.kind in COUNTED and closed:
        group.take_count(number.value)
        group.last = at + 2


def _sent_by_those(clause: list[Chunk]) -> bool:
    """'организаций, приславших своих людей, четыре', 'организаций, которые они представляют, три'."""
    if "relative" in clause[0].classes:
        clause = [c for c in clause[1:] if "they" not in c.classes]
    return bool(clause) and bool(clause[0].classes & {"have", "represent"})


def _sending_ahead(group: Group, chunks: list[Chunk]) -> bool:
    """'направивших наблюдателей стран': a participle with its object stands before the senders."""
    ahead = chunks[max(0, group.first - 3) : group.first]
    at = next((i for i in range(len(ahead) - 1, -1, -1) if "have" in ahead[i].classes), None)
    return at is not None and all(c.classes & {"observer", "its", "person", "international"} for c in ahead[at + 1 :])


def _take_share_behind(group: Group, chunks: list[Chunk]) -> None:
    """'Ұйымдардың жетеуі 118 байқаушысын жіберді', 'Ұйым – тоғыз, мемлекет – 21': how many of them send."""
    if not group.generic or group.ids or group.counts or len(chunks) < group.last + 2:
        return
    noun, behind = chunks[group.last - 1], chunks[group.last : group.last + 3]
    at = group.last
    if {"many", "of_case"} <= noun.classes and "share" in behind[0].classes and behind[1].number is not None:
        told = behind[1].number.kind in COUNTED
    elif behind[0].text in "–—" and "named_alone" in noun.classes:
        ahead, at = chunks[group.first - 1] if group.first else None, at + 1
        told = (ahead is None or not ahead.is_word) and (len(behind) < 3 or behind[2].text in ",.;»”")
    else:
        return
    number = chunks[at].number
    if told and number is not None and number.kind in COUNTED and number.approx is None:
        group.take_count(number.value)
        group.last = at + 1


def _opens_with_its_genitive(group: Group, chunks: list[Chunk]) -> bool:
    """'Международных организаций в нем четыре': a clause that begins with what is counted."""
    ahead = next((c for c in reversed(chunks[: group.first]) if "international" not in c.classes), None)
    opens = ahead is None or not ahead.is_word or "and" in ahead.classes
    return opens and "counted_genitive" in chunks[group.last - 1].classes
