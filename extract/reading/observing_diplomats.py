"""Embassy staff told as observers: included in a total, equated with it, sent from embassies, applying."""

from __future__ import annotations

from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence

_INCLUDED = 2
"""Chunks between 'the number includes' and the number of diplomats."""
_TO_THEIR_NOUN = 6
"""Chunks between 'as observers were accredited' and the diplomats."""


def told_as_observers(mention: Mention, sentence: Sentence) -> bool:
    """Whether the sentence that counts diplomats says that they observe, or whom they are among.

    Election commissions accredit nobody but observers: 'the commission has accredited 14 diplomats'.
    """
    ahead = [c for c in sentence.chunks[mention.clause[0] : mention.start] if "filler" not in c.classes][-2:]
    if len(ahead) == 2 and "accredited" in ahead[1].classes and "commission" in ahead[0].classes:
        return True
    chunks = sentence.chunks
    staff = any("embassy" in c.classes for c in chunks[mention.at : mention.last])
    if sentence.classes & {"new_group", "the_list"} or (staff and "present" in sentence.classes):
        return True
    if _observe(mention, chunks) or is_included(mention, chunks) or _is_equated(mention, chunks):
        return True
    if _from_embassies(mention, chunks) or ("embassy" in sentence.classes and _named_by_embassies(mention, chunks)):
        return True
    return "observer" in sentence.classes and _are_the_observers(mention, chunks)


def _are_the_observers(mention: Mention, chunks: list[Chunk]) -> bool:
    """'The observers are 38 diplomats of the embassies and 13 officials': those who watch are told by what they are."""
    ahead = chunks[max(mention.clause[0], mention.start - 2) : mention.start]
    return len(ahead) > 1 and "copula" in ahead[1].classes and "observer" in ahead[0].classes


def _observe(mention: Mention, chunks: list[Chunk]) -> bool:
    """'41 of them diplomats', '120 diplomats were accredited as observers'."""
    if mention.of_them or _asked_for_accreditation(mention, chunks) or _have_applied(mention, chunks):
        return True
    ahead = chunks[max(mention.clause[0], mention.start - _TO_THEIR_NOUN) : mention.start]
    if {"observer", "accredited"} <= frozenset().union(*(c.classes for c in ahead)):
        return not any(c.number is not None for c in ahead)  # 'наблюдателями аккредитованы два дипломата'
    if any("observing" in c.classes for c in ahead) and not any(c.number is not None for c in ahead):
        return True  # 'Наблюдать за выборами приедут 17 дипломатов'
    after = chunks[mention.last : mention.last + 10]
    told = next((i for i, c in enumerate(after) if "accredited" in c.classes), 0)
    until = next((i for i, c in enumerate(after) if c.number is not None or (c.text in ",;" and i > told)), len(after))
    return any("observer" in c.classes for c in after[:until])


def _asked_for_accreditation(mention: Mention, chunks: list[Chunk]) -> bool:
    """'аккредитацию запросили 48 дипломатов', 'accreditation was given to 31 diplomats': as observers."""
    ahead = chunks[max(mention.clause[0], mention.start - _TO_THEIR_NOUN) : mention.start]
    told = any(c.classes & {"proposed", "accredited", "light"} for c in ahead)
    return told and any("accreditation" in c.classes for c in ahead)


def _have_applied(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Five diplomats had also applied', '14 diplomats posted here have been accredited so far': a verb of their own.

    Diplomats 'accredited in Astana' need none to be there.
    """
    behind = chunks[mention.last : mention.clause[1]]
    until = next((i for i, c in enumerate(behind) if c.number is not None or c.text in ",;:"), len(behind))
    told = next((i for i, c in enumerate(behind[:until]) if c.classes & {"proposed", "accredited"}), None)
    if told is None:
        return False
    verb = [c for c in behind[:told] if "adverb" not in c.classes][-1:]
    whole = "have" in behind[told].classes or any(c.classes & {"have", "light", "copula", "elliptic"} for c in verb)
    return whole and not any("place_prep" in c.classes for c in behind[told + 1 : told + 2])


def is_included(mention: Mention, chunks: list[Chunk]) -> bool:
    """'322 observers, including 37 diplomats', 'the number includes 37': those counted before hold them."""
    before = [c for c in chunks[mention.clause[0] : mention.start] if "embassy" not in c.classes]
    if not any(c.classes & {"including", "have"} for c in before[-_INCLUDED:]):
        return False
    last = next((i for i in range(len(before) - 1, -1, -1) if before[i].number is not None), None)
    if last is None:
        return any(c.classes & {"count_subject", "they", "the_list", "including", "in_them"} for c in before)
    return "including" in before[-1].classes and any("observer" in c.classes for c in before[last:])


def _from_embassies(mention: Mention, chunks: list[Chunk]) -> bool:
    """'26 of the CIS and 15 diplomats from [four] embassies', 'елшіліктерден 15 дипломат': by where they come from."""
    if {"embassy", "from_case"} <= (chunks[mention.start - 1].classes if mention.start else frozenset()):
        return True
    behind = [c for c in chunks[mention.last : mention.last + 5] if c.text not in "–—-" and c.number is None]
    return len(behind) > 1 and "origin" in behind[0].classes and "embassy" in behind[1].classes


def _named_by_embassies(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Посольства аккредитовали у нас 38 своих дипломатов', 'посольства заявили 19 дипломатов': their own staff."""
    ahead = chunks[mention.clause[0] : mention.start]
    at = next((i for i, c in enumerate(ahead) if "embassy" in c.classes), len(ahead))
    if at and ahead[at - 1].classes & {"origin", "person", "diplomat"}:
        return False
    verb = ahead[at + 1 :]
    told = any(c.classes & {"accredited", "proposed", "represent"} for c in verb)
    return told and not any(c.number is not None or c.text == ";" for c in verb)


def _is_equated(mention: Mention, chunks: list[Chunk]) -> bool:
    """'пятеро войдут в миссию, трое - дипломаты': what the people that a number stands for are."""
    return mention.last > mention.at + 2 and chunks[mention.at + 1].text in "–—-"
