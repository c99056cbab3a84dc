"""The state of a number that no word of its own tells: what was said before it is said of it, too."""

from __future__ import annotations

from extract.model import Basis, Status
from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.scan import Sentence
from extract.reading.statements import Statements, opening

LIST_REACH = 4
"""Sentences between a decision and the list that it speaks of."""
_OPENING = 3
"""Sentences that tell whether accreditation is over, from the first one about observers."""
_PRESENCE = frozenset({"present", "announced", "invited"})


def _of_media(mention: Mention, found: Statements) -> Status:
    """Media people without a word of their own are accredited where the text speaks of that; who cover the vote do."""
    clause = found.scan.sentences[mention.sentence].chunks[mention.last : mention.clause[1]]
    if any("covering" in c.classes for c in clause):
        return Status.ANNOUNCED
    told = any(s.classes & {"accredited", "accreditation", "accredit_root"} for s in found.scan.sentences)
    return Status.ACCREDITED if told else Status.ANNOUNCED


def _of_the_total_before(mention: Mention, found: Statements) -> Status | None:
    """A running total goes on from the total before it, or else from the last figure before."""
    if mention.subject and {"over", "accreditation"} <= found.scan.sentences[mention.sentence].classes:
        return Status.ACCREDITED  # 'The exact figure, told after accreditation ended, is 641'
    if not (mention.subject or mention.basis is Basis.CUMULATIVE) or mention.scope not in {None, "total"}:
        return None
    before = [m for m in reversed(found.mentions) if m.sentence <= mention.sentence and m is not mention]
    for earlier in sorted(before, key=lambda m: level(m.scope) > 0):
        waits = earlier.position > mention.position and earlier.status is Status.PROPOSED
        if not waits and earlier.status not in {None, Status.WITHDRAWN}:
            return earlier.status
    return None


def carried(mention: Mention, found: Statements) -> Status:
    """Without a word of its own, a running total goes on from the figure before; else only presence is said."""
    if mention.noun == "journalist":
        return _of_media(mention, found)
    following = found.scan.sentences[mention.sentence + 1 : mention.sentence + 2]
    if _is_to_be(mention, found):
        return Status.ANNOUNCED
    if (known := _of_the_total_before(mention, found)) is not None:
        return known
    if mention.scope == "domestic":
        return Status.ANNOUNCED
    grew = _grew_by_a_batch(mention, found) or _added_to_a_total(mention, found)
    said_before = Status.ACCREDITED if grew else _sentence_before(mention, found)
    if said_before is not None:
        return said_before
    own = found.scan.sentences[mention.sentence]
    if {"denial", "proposed_by"} <= own.classes:
        return Status.PROPOSED
    closed = any({"over", "accreditation"} <= s.classes or _no_more_papers(s) for s in (own, *following))
    if closed and not own.classes & _PRESENCE:
        return Status.ACCREDITED
    begin = opening(found)
    first = found.scan.sentences[: begin + _OPENING]
    if level(mention.scope) < 2 and any(
        "over" in s.classes and s.classes & {"accreditation", "accrediting"} for s in first
    ):
        return Status.ACCREDITED
    if own.classes & _PRESENCE and not own.classes & {"accredit_root"}:
        return Status.ANNOUNCED
    beginning = found.scan.sentences[begin].paragraph
    told = any(
        s.classes & {"accredited", "accreditation", "accrediting"} and s.classes & {"observer", "person", "they"}
        for s in found.scan.sentences[: begin + _OPENING]
        if s.paragraph <= beginning + ("they" in s.classes)
        and not s.classes & {"contest", "office_seeker"}
        and ("accredited" in s.classes or not {"future", "they"} <= s.classes)
    )
    return Status.ACCREDITED if told else Status.ANNOUNCED


def _no_more_papers(sentence: Sentence) -> bool:
    """'Yesterday at 18:00 the door closed to new applications.'"""
    if "over" not in sentence.classes or sentence.classes & {"contest", "voting", "not_closing"}:
        return False
    return any("closing_subject" in c.classes and "observer" not in c.classes for c in sentence.chunks)


def _grew_by_a_batch(mention: Mention, found: Statements) -> bool:
    """'The number of observers rose to 76. 33 of them got badges today': all of them have been accredited."""
    if mention.basis is Basis.NEW or level(mention.scope) > 0 or mention.of_them:
        return False
    if found.scan.sentences[mention.sentence].classes & _PRESENCE:
        return False
    following = (m for m in found.mentions if mention.sentence <= m.sentence <= mention.sentence + 2)
    return any(
        m.status is Status.ACCREDITED and level(m.scope) == 0 and (m.subset or m.basis is Basis.NEW or m.more)
        for m in following
        if m.value < mention.value
    )


def _added_to_a_total(mention: Mention, found: Statements) -> bool:
    """'The ranks of observers grew by another 39. Those accredited now number 82': the batch has been accredited."""
    if not (mention.more or mention.basis is Basis.NEW) or level(mention.scope) > 0 or mention.noun == "association":
        return False
    if found.scan.sentences[mention.sentence].classes & _PRESENCE or mention.of_them:
        return False
    following = (m for m in found.mentions if mention.sentence < m.sentence <= mention.sentence + 2)
    return any(
        m.status is Status.ACCREDITED and level(m.scope) == 0 and m.basis is Basis.CUMULATIVE
        for m in following
        if m.value > mention.value and m.noun not in {"association", "journalist"}
    )


def _is_to_be(mention: Mention, found: Statements) -> bool:
    """'There will be at least 700 of them.'"""
    chunks = found.scan.sentences[mention.sentence].chunks
    before = chunks[max(mention.clause[0], mention.start - 3) : mention.start]
    return any({"future", "count_verb"} <= c.classes for c in before)


def _sentence_before(mention: Mention, found: Statements) -> Status | None:
    """'The commission registered its first observers. There are 45 of them.'"""
    if not mention.sentence or mention.noun == "journalist":
        return None
    sentence, before = (found.scan.sentences[mention.sentence - i] for i in (0, 1))
    if "the_list" in sentence.classes and level(mention.scope) < 2:
        return _decided(mention, found)
    if "list_word" in sentence.classes and {"list_word", "all_granted"} <= before.classes and level(mention.scope) < 2:
        return Status.ACCREDITED  # 'Үшінші топтың бәріне оң шешім берілді. Топтағы 73 байқаушы ...'
    if "passed_it" in sentence.classes and before.classes & {"accreditation", "accredit_root"}:
        return Status.ACCREDITED
    left = "withdrawn" in before.classes or "withdrawn" in sentence.classes
    if "remains" in sentence.classes and left and level(mention.scope) == 0:
        return Status.ACCREDITED
    refers = (
        "in_them" in sentence.classes
        or mention.of_them
        or "they" in sentence.classes
        or (mention.subject and "represent" not in sentence.classes)
    )
    if before.paragraph != sentence.paragraph or not refers:
        return None
    given = {"accreditation", "light"} <= before.classes or {"papers", "light_behind", "observer"} <= before.classes
    granted = given and "proposed" not in before.classes
    if "accredited" in before.classes or granted:
        return Status.ACCREDITED
    return Status.PROPOSED if "proposed" in before.classes else None


def _decided(mention: Mention, found: Statements) -> Status | None:
    """'The list has seven names': what the sentences before told of those listed."""
    before = found.scan.sentences[max(0, mention.sentence - LIST_REACH) : mention.sentence]
    own = found.scan.sentences[mention.sentence]
    if before and ("withdrawn" in before[-1].classes or "remains" in own.classes):
        return Status.ACCREDITED
    if before and _no_more_papers(before[-1]):
        return Status.ACCREDITED  # 'Құжат қабылдау тоқтатылды. Осы сәтте тізілімде 823 адам тұрды'
    if any(s.classes & {"accredited", "all_granted"} for s in before):
        return Status.ACCREDITED
    if any("proposed" in s.classes for s in before):
        return Status.PROPOSED
    if before and {"decided", "accreditation"} <= before[-1].classes:
        return Status.ACCREDITED
    told = "commission" in own.classes and any("accreditation" in s.classes for s in before)
    return Status.ACCREDITED if told else None
