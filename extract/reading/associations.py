"""Whether a number counts local associations, or the observers whom these put out."""

from __future__ import annotations

from itertools import pairwise, takewhile

from extract.model import Status
from extract.reading.context import accreditation_before
from extract.reading.local_senders import got_such_papers
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence
from extract.reading.scopes import SCOPES
from extract.reading.statements import STATE_WORDS, TOPIC, Statements

_OTHER_PEOPLE = frozenset({"observer", "person", "international", "countries", "journalist"})
_LOCALS_REACH = 4
"""Sentences over which 'of the observers' goes back to local ones."""


def are_associations(mention: Mention, sentence: Sentence, found: Statements) -> bool:
    """Whether associations are said to take part in this poll: 'the commission has accredited 188 associations'."""
    if sentence.classes & {"meets"} and not sentence.classes & STATE_WORDS:
        return False
    if got_such_papers(sentence):
        mention.status = mention.status or Status.ACCREDITED
    told = bool(sentence.classes & TOPIC) or mention.subset or accreditation_before(found, mention.sentence)
    told = told or _got_their_papers(sentence)
    told = told or _must_be_accredited(mention, found) or _got_them_from_commissions(mention, sentence, found)
    return told or _more_associations(mention, found)


def _got_their_papers(sentence: Sentence) -> bool:
    """'Он екі бірлестік комиссияның куәлігін алды', 'Свидетельства получили 57 объединений'."""
    if "accredited" not in sentence.classes:
        return False
    return "commission" in sentence.classes or any({"accredited", "light"} <= c.classes for c in sentence.chunks)


def _must_be_accredited(mention: Mention, found: Statements) -> bool:
    """'The rule obliges local groups to be accredited. 251 associations have met that requirement.'"""
    before = found.scan.sentences[mention.sentence - 1] if mention.sentence else None
    if before is None or "accredit_root" not in before.classes or not before.classes & {"domestic", "association"}:
        return False
    mention.status = mention.status or Status.ACCREDITED
    return True


def _got_them_from_commissions(mention: Mention, sentence: Sentence, found: Statements) -> bool:
    """'Рассказали и о наблюдателях внутри страны. Свидетельства от комиссий получило 221 объединение'."""
    ahead = sentence.chunks[mention.clause[0] : mention.start]
    if not mention.sentence or not ahead or not {"have", "light_behind"} <= ahead[-1].classes:
        return False
    if not found.topical[mention.sentence - 1] or not any("commission" in c.classes for c in ahead):
        return False
    mention.status = mention.status or Status.ACCREDITED
    return True


def _more_associations(mention: Mention, found: Statements) -> bool:
    """'84 associations are accredited by regional bodies. The central commission registered 12 organizations.'"""
    before = found.mentions[-1] if found.mentions else None
    if before is None or before.noun != "association" or mention.sentence - before.sentence > 1:
        return False
    sentence = found.scan.sentences[mention.sentence]
    return bool(sentence.classes & {"accredited", "proposed"}) or got_such_papers(sentence)


def of_the_locals(mention: Mention, found: Statements) -> bool:
    """'15,000 local observers will be on duty. Some 1,200 of the observers are students': a share of the local ones."""
    before = found.mentions[-1] if found.mentions else None
    if before is None or before.scope != "domestic" or before.value <= mention.value or mention.group is not None:
        return False
    if not mention.of_them or mention.rest or mention.sentence - before.sentence > _LOCALS_REACH:
        return False
    mention.scope, mention.subset = "domestic", True
    return True


def goes_back_to(mention: Mention, noun: str, found: Statements) -> bool:
    """Whether 'of them' at a number goes back to associations, or to the local observers whom they put out.

    Or to media people, of whom it says that they are accredited or want to be.
    """
    if _put_out_so_many(mention, found.scan.sentences[mention.sentence].chunks) and of_the_locals(mention, found):
        return True
    mention.noun, mention.scope = noun, SCOPES[noun]
    mention.subset = mention.noun == "association"
    return mention.subset or _told_behind(mention, found.scan.sentences[mention.sentence].chunks)


def _told_behind(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Representatives of foreign media may write to the ministry. As many as 31 of them have been accredited.'"""
    behind = takewhile(lambda c: c.number is None or "of_them" in c.classes, chunks[mention.last : mention.clause[1]])
    return any(c.classes & {"accredited", "proposed", "accreditation"} for c in behind)


def _put_out_so_many(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Associations account for 26,000 of them': whose people are counted, not so many of the associations."""
    ahead = chunks[mention.clause[0] : mention.start]
    at = next((i for i in range(len(ahead) - 1, -1, -1) if "association" in ahead[i].classes), len(ahead))
    return any(c.classes & {"have", "sends"} for c in ahead[at + 1 :]) and not any(c.number for c in ahead[at:])


def are_those_just_named(mention: Mention, sentence: Sentence) -> bool:
    """'НПО тоже вправе наблюдать: к сегодняшнему дню их аккредитовано 247', 'бірлестіктердің 239-ы құқық алды'."""
    if mention.noun != "bare" or mention.group is not None or not mention.start or mention.of_value is not None:
        return False
    ahead = sentence.chunks[: mention.start]
    if {"association", "of_case", "many"} <= ahead[-1].classes:
        return True
    at = max((i for i, c in enumerate(ahead) if "association" in c.classes), default=None)
    if at is None or any(c.number is not None or c.classes & _OTHER_PEOPLE for c in ahead[at + 1 :]):
        return False
    told = any("their_number" in c.classes for c in ahead[at + 1 :])
    told = told or ahead[-1].text in "–—-"  # 'Общественных объединений, аккредитованных комиссиями, - 132'
    clause = sentence.chunks[at + 1 : mention.clause[1]]
    return told and any("accredit_root" in c.classes for c in clause)


def add_those_before(mentions: list[Mention], accepted: list[Mention], chunks: list[Chunk]) -> None:
    """'Республикалық деңгейде 12, өңірлік деңгейде 219 бірлестік': the first number has the noun of the second."""
    for before, mention in pairwise(mentions):
        if mention.noun != "association" or mention not in accepted or before in accepted or before.group is not None:
            continue
        joined = chunks[before.last].text == "," or "and" in chunks[before.last].classes
        between = chunks[before.last : mention.start]
        if before.noun == "bare" and joined and not any(c.classes & _OTHER_PEOPLE or c.number for c in between):
            before.noun, before.scope = mention.noun, mention.scope
            accepted.append(before)
    accepted.sort(key=lambda m: m.at)


def has_a_charter(mention: Mention, found: Statements) -> bool:
    """'The law wants observation in the charter. Eleven applicants were refused': local associations; marks it so."""
    own = found.scan.sentences[mention.sentence]
    if mention.group is not None or "observer" in own.classes:
        return False
    before = found.scan.sentences[max(0, mention.sentence - 1)]
    if "charter" not in own.classes and ("charter" not in before.classes or before.paragraph != own.paragraph):
        return False
    mention.noun = "other"
    return True
