"""What the sentence behind a number says of the people just counted: they were accredited, their papers came."""

from __future__ import annotations

import itertools

from extract.model import Status
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence
from extract.reading.statements import Statements

_AWAITING = 5
"""Words with which 'they wait for accreditation' opens a sentence."""
_OF_SOME = 3
"""Chunks with which '31 of the members of the mission' opens one."""


def told_next(mention: Mention, found: Statements) -> Status | None:
    """What the next sentence says of the people just counted: 'Приедут 90 журналистов. Они аккредитованы'."""
    following = found.scan.sentences[mention.sentence + 1 : mention.sentence + 3]
    if not following or (mention.noun == "journalist" and "observer" in following[0].classes):
        return None
    told = following[1] if len(following) > 1 and _names_who_said_it(following[0]) else following[0]
    if _says_of_them(told):
        return Status.ACCREDITED
    mission = len(following) > 1 and told is following[0] and (mention.scope or "").startswith("organization:")
    return Status.ACCREDITED if mission and _says_of_the_mission(following) else None


def recalled_next(mention: Mention, found: Statements) -> bool:
    """'ODIHR cannot send two of its observers. Their certificates have been annulled': those just counted."""
    following = found.scan.sentences[mention.sentence + 1 : mention.sentence + 2]
    if not following or mention.noun == "journalist" or "withdrawn" not in following[0].classes:
        return False
    own, told = found.scan.sentences[mention.sentence], following[0]
    if told.counted or told.paragraph != own.paragraph or told.classes & {"may", "future", "contest"}:
        return False
    opening = _words(told)[:2]
    theirs = len(opening) > 1 and bool(opening[0].classes & {"filler", "they", "them"}) and not opening[0].name
    return theirs and bool(opening[1].classes & {"papers", "accreditation"}) and len(own.counted) == 1


def _says_of_the_mission(following: list[Sentence]) -> bool:
    """'... Миссияның барлық мүшесі аккредиттелген болатын': of those counted, after one sentence that counts nobody."""
    between, told = following
    if between.counted or not told.chunks or "mission_itself" not in told.chunks[0].classes:
        return False
    return each_member_got_it(told)


def _names_who_said_it(sentence: Sentence) -> bool:
    """'Об этом сообщили в комиссии': nothing is told of the people themselves."""
    return not sentence.counted and {"of_this", "said"} <= sentence.classes and "of_this" in sentence.chunks[0].classes


def handed_in_next(mention: Mention, found: Statements) -> bool:
    """'Belarus will send two. Their papers have been handed in to the commission.'"""
    following = found.scan.sentences[mention.sentence + 1 : mention.sentence + 2]
    if mention.noun == "journalist" or mention.scope == "domestic" or not following:
        return False
    told = following[0]
    opening = _words(told)[:3]
    theirs = any(c.classes & {"they", "all_of", "them"} for c in opening)
    papers = any(c.classes & {"closing_subject", "proposed"} for c in opening) or _they_await(_words(told))
    if "proposed" not in told.classes or "accredited" in told.classes or told.classes & {"may", "future"}:
        return False
    return theirs and papers and not any(c.number is not None for c in told.chunks)


def _they_await(words: list[Chunk]) -> bool:
    """'Елшінің сөзінше, олар аккредитацияны күтуде': the verb stands right behind the pronoun."""
    pairs = itertools.pairwise(words[:_AWAITING])
    return any("they" in a.classes and {"proposed", "accreditation"} <= b.classes for a, b in pairs)


def _words(sentence: Sentence) -> list[Chunk]:
    return [c for c in sentence.chunks if c.is_word]


def _says_of_them(sentence: Sentence) -> bool:
    """'That is how many have been accredited', 'They were accredited for 36 countries', 'Each has been accredited'."""
    opening = [c for c in sentence.chunks if c.is_word][:4]
    if "that_many" in sentence.classes:
        return "accredited" in sentence.classes or {"papers", "light"} <= sentence.classes
    if "too" in sentence.classes and says_of_all_so_many(sentence):
        return "accredited" in sentence.classes
    if not opening or _says_of_some(sentence.chunks):
        return False
    if not sentence.counted and each_member_got_it(sentence):
        return True
    they = "they" in opening[0].classes or _got_it_as_a_body(opening)
    granted = any("light" in c.classes for c in opening) and any("accreditation" in c.classes for c in opening)
    if they and (granted or any("accredited" in c.classes for c in opening)):
        return True
    if any(c.number is not None for c in sentence.chunks):
        return False
    if they and "accredited" in sentence.classes:
        return True
    if opening[0].classes & {"each", "all_of_them"} and _have_their_papers(sentence):
        return True
    all_of_them = opening[0].classes & {"the_one", "all", "each", "all_of", "all_of_them"}
    return bool(all_of_them) and any("accredited" in c.classes for c in opening)


def says_of_all_so_many(sentence: Sentence) -> bool:
    """'Бесеуі де аккредиттелген': of as many as were just counted, all of them."""
    if len(sentence.chunks) < 2 or len(sentence.counted) != 1:
        return False
    number, particle = sentence.chunks[:2]
    return number.number is not None and "share" in number.classes and "too" in particle.classes


def _have_their_papers(sentence: Sentence) -> bool:
    """'Each of them, the Secretariat informs, has an accreditation certificate', 'they all hold badges'."""
    if sentence.classes & {"negative", "denial", "may", "future", "announced", "proposed", "withdrawn"}:
        return False
    light = next(
        (i for i, c in enumerate(sentence.chunks) if "light" in c.classes and "place_prep" not in c.classes), None
    )
    return light is not None and any(
        c.classes & {"accreditation", "papers"} for c in sentence.chunks[light:][:_AWAITING]
    )


def _says_of_some(chunks: list[Chunk]) -> bool:
    """'Олардың отыз бірін комиссия аккредиттеді', 'миссия мүшелерінің 31-і бейдж алды': said of these, not of all."""
    if len(chunks) > 2 and {"they", "of_case"} <= chunks[0].classes:
        return any("share" in c.classes for c in chunks[1:_OF_SOME])  # 'олардың алғашқы 10-ы'
    if not chunks or "mission_word" not in chunks[0].classes:
        return False
    at = next((i for i, c in enumerate(chunks[1:_OF_SOME], 1) if c.number is not None), 0)
    return at > 0 and "of_case" in chunks[at - 1].classes


def each_member_got_it(sentence: Sentence) -> bool:
    """'Миссияның әр мүшесіне куәлік берілді', 'барлық мүшесі аккредиттелген': said of however many they are."""
    if sentence.classes.isdisjoint({"each", "all_of"}) or "person" not in sentence.classes:
        return False
    chunks = sentence.chunks
    for at, (chunk, behind) in enumerate(itertools.pairwise(chunks)):
        if chunk.classes & {"each", "all_of"} and "person" in behind.classes and behind.number is None:
            told = itertools.takewhile(lambda c: c.number is None, chunks[at + 2 :])
            classes = frozenset().union(*(c.classes for c in told))
            granted = "accredited" in classes or {"papers", "light_behind"} <= classes
            return granted and not classes & {"negative", "denial", "future", "may", "announced"}
    return False


def _got_it_as_a_body(opening: list[Chunk]) -> bool:
    """'It received accreditation on March 9', 'The mission has been accredited': all of it."""
    if not any("it_sends" in c.classes or "mission" in c.classes for c in opening[:2]):
        return False
    at = next((i for i, c in enumerate(opening) if "accredited" in c.classes), 0)
    return at > 0 and (
        opening[at].last - opening[at].first > 1 or bool(opening[at - 1].classes & {"copula", "elliptic"})
    )
