"""What the sentence behind a number says of the people just counted: they were accredited, their papers came."""

from __future__ import annotations

from extract.model import Status
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence
from extract.reading.statements import Statements

_OF_SOME = 3
"""Chunks with which '31 of the members of the mission' opens one."""


def told_next(mention: Mention, found: Statements) -> Status | None:
    """What the next sentence says of the people just counted: 'Приедут 90 журналистов. Они аккредитованы'."""
    following = found.scan.sentences[mention.sentence + 1 : mention.sentence + 3]
    if not following or (mention.noun == "journalist" and "observer" in following[0].classes):
        return None
    told = following[1] if len(following) > 1 and _names_who_said_it(following[0]) else following[0]
    return Status.ACCREDITED if _says_of_them(told) else None


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


def _names_who_said_it(sentence: Sentence) -> bool:
    """'Об этом сообщили в комиссии': nothing is told of the people themselves."""
    return not sentence.counted and {"of_this", "said"} <= sentence.classes and "of_this" in sentence.chunks[0].classes


def handed_in_next(mention: Mention, found: Statements) -> bool:
    """'Belarus will send two. Their papers have been handed in to the commission', 'they await accreditation'."""
    following = found.scan.sentences[mention.sentence + 1 : mention.sentence + 2]
    if mention.noun == "journalist" or mention.scope == "domestic" or not following:
        return False
    told = following[0]
    opening = _words(told)[:3]
    theirs = any(c.classes & {"theirs", "them", "all_of"} for c in opening)
    papers = any(c.classes & {"closing_subject", "papers", "applicant"} for c in opening)
    if "proposed" not in told.classes or told.classes & {"accredited", "may", "future", "denial", "negative"}:
        return False
    they = any("they" in c.classes for c in opening[:1])
    awaiting = they and any({"accreditation", "proposed"} <= c.classes for c in opening)
    return (awaiting or (theirs and papers)) and not any(c.number is not None for c in told.chunks)


def _words(sentence: Sentence) -> list[Chunk]:
    return [c for c in sentence.chunks if c.is_word]


def _says_of_them(sentence: Sentence) -> bool:
    """'That is how many have been accredited', 'They were accredited for 36 countries', 'Each has been accredited'."""
    opening = [c for c in sentence.chunks if c.is_word][:4]
    if "that_many" in sentence.classes:
        return "accredited" in sentence.classes or {"papers", "light"} <= sentence.classes
    if not opening or _says_of_some(sentence.chunks):
        return False
    they = "they" in opening[0].classes or _got_it_as_a_body(opening)
    granted = any("light" in c.classes for c in opening) and any("accreditation" in c.classes for c in opening)
    if they and (granted or any("accredited" in c.classes for c in opening)):
        return True
    if any(c.number is not None for c in sentence.chunks):
        return False
    if they and "accredited" in sentence.classes:
        return True
    all_of_them = opening[0].classes & {"the_one", "all", "each", "all_of", "all_of_them"}
    return bool(all_of_them) and any("accredited" in c.classes for c in opening)


def _says_of_some(chunks: list[Chunk]) -> bool:
    """'Олардың отыз бірін комиссия аккредиттеді', 'миссия мүшелерінің 31-і бейдж алды': said of these, not of all."""
    if len(chunks) > 2 and {"they", "of_case"} <= chunks[0].classes:
        return any("share" in c.classes for c in chunks[1:_OF_SOME])  # 'олардың алғашқы 10-ы'
    if not chunks or "mission_word" not in chunks[0].classes:
        return False
    at = next((i for i, c in enumerate(chunks[1:_OF_SOME], 1) if c.number is not None), 0)
    return at > 0 and "of_case" in chunks[at - 1].classes


def _got_it_as_a_body(opening: list[Chunk]) -> bool:
    """'It received accreditation on March 9', 'The mission has been accredited': all of it."""
    if not any("it_sends" in c.classes or "mission" in c.classes for c in opening[:2]):
        return False
    at = next((i for i, c in enumerate(opening) if "accredited" in c.classes), 0)
    return at > 0 and (
        opening[at].last - opening[at].first > 1 or bool(opening[at - 1].classes & {"copula", "elliptic"})
    )
