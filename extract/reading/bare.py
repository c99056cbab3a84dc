"""Whether a number without a noun counts observers, in a sentence that is about them."""

from __future__ import annotations

from extract.reading.cues import is_off_the_list
from extract.reading.mentions import Mention
from extract.reading.running import is_counted_so_far, of_those_accredited
from extract.reading.scan import Chunk, Sentence
from extract.reading.statements import STATE_WORDS, Statements
from extract.reading.towns import is_sent_to_a_town, is_share_of_a_body
from extract.words.spans import NumberKind

_OPENING = 4
"""Chunks between a verb that opens a sentence and its number."""
_ITS_DAY = 3
"""Chunks of 'on Thursday', 'as of May 3', behind a number."""
_LOST = 4
"""Chunks of 'cancelled the accreditation of'."""
_ALL_OF_THEM = 2
"""Sentences between the numbers of the senders and 'all 15'."""


def _answers(mention: Mention, found: Statements) -> bool:
    """'- How many observers have been accredited? - 214 as of today': the number that was asked for."""
    if not mention.sentence or found.scan.sentences[mention.sentence].counted[0] != mention.at:
        return False
    asked = found.scan.sentences[mention.sentence - 1]
    how_many = any("how_many" in c.classes for c in asked.chunks[:3]) and asked.chunks[-1].text == "?"
    return how_many and {"observer", "accredited"} <= asked.classes


def bare_in_context(mention: Mention, found: Statements, accepted: list[Mention], known: list[Mention]) -> bool:
    """Whether a number without a noun counts observers, in a sentence that is about them."""
    if _answers(mention, found):
        return True
    sentence = found.scan.sentences[mention.sentence]
    chunks = sentence.chunks
    totals = any((m.scope or "total") == "total" for m in known)
    if is_counted_so_far(mention, chunks, known=totals):
        mention.subject = True
        return True
    if is_share_of_a_body(mention, sentence, known) or is_sent_to_a_town(mention, sentence, known):
        return True
    if _all_of_those(mention, sentence, known) or _batch_of(mention, chunks):
        return True
    if of_those_accredited(mention, chunks):
        return True
    if "withdrawn" in chunks[min(mention.last, len(chunks) - 1)].classes or _are_struck_off(mention, chunks):
        return True
    if _lost_it(mention, chunks):
        return True
    if _up_to_so_many(mention, sentence):
        mention.subject = True
        return True
    days = _on_another_day(mention, chunks, accepted)
    days = days or (len(sentence.dated) > 1 and _and_on_another_day(mention, chunks, accepted))
    if days or _is_its_growth(mention, accepted, chunks) or _of_late(mention, accepted, chunks):
        mention.more = True
        return True
    if mention.number.approx is not None and accepted and accepted[-1].number.approx and accepted[-1].scope is None:
        return True
    restated = any(m.value == mention.value and (m.scope or "total") == "total" for m in known)
    if restated and "announced" in sentence.classes:
        return True
    state = bool(sentence.classes & STATE_WORDS) or _to_join(mention, chunks, accepted)
    return state and (mention.more or restated)


def _all_of_those(mention: Mention, sentence: Sentence, known: list[Mention]) -> bool:
    """'Kyrgyzstan (5), Tajikistan (4) and Uzbekistan (6). All 15 hold accreditation': as many as were just counted.

    So are those of 'the mission has 13 observers. The commission granted all the thirteen accreditation'.
    """
    ahead = sentence.chunks[mention.start - 1].classes if mention.start else frozenset()
    if "all_of" not in ahead or not (sentence.classes & STATE_WORDS or {"light", "accreditation"} <= sentence.classes):
        return False
    near = [m.value for m in known if 0 < mention.sentence - m.sentence <= _ALL_OF_THEM]
    return mention.value in near[-1:] or (len(near) > 1 and sum(near) == mention.value)


def _batch_of(mention: Mention, chunks: list[Chunk]) -> bool:
    """'They belong to a group of nine approved on Thursday', 'The batch of 20 was accredited': people let in."""
    ahead = chunks[max(0, mention.start - 2) : mention.start]
    if len(ahead) < 2 or "partitive" not in ahead[1].classes or "list_word" not in ahead[0].classes:
        return False
    behind = [c for c in chunks[mention.last : mention.last + 3] if not c.classes & {"copula", "adverb", "filler"}]
    return mention.noun == "bare" and bool(behind) and "accredited" in behind[0].classes


def _on_another_day(mention: Mention, chunks: list[Chunk], accepted: list[Mention]) -> bool:
    """'On Monday 31 were accredited, on Tuesday - 12': a batch of another day."""
    if not accepted or accepted[-1].scope not in {None, "total"} or mention.start < 2:
        return False
    dated = any(c.day is not None for c in chunks[accepted[-1].last : mention.start])
    return (
        dated and chunks[mention.start - 1].text in "–—-" and all(c.text in ",.;" for c in chunks[mention.last :][:1])
    )


def _and_on_another_day(mention: Mention, chunks: list[Chunk], accepted: list[Mention]) -> bool:
    """'It accredited 18 observers on Monday and 25 on Thursday', 'on Monday 18, on Thursday 25': each its day."""
    before = accepted[-1] if accepted else None
    if before is None or before.scope not in {None, "total"} or mention.group is not None or mention.subject:
        return False
    ahead = chunks[mention.clause[0] : before.start]
    if any("count_subject" in c.classes for c in ahead):
        return False  # 'The list had 18 names on Monday and 25 on Thursday': totals
    between, behind = chunks[before.last : mention.start], chunks[mention.last : mention.last + _ITS_DAY]
    if between and between[-1].day is not None and all(c.text in ".;," for c in behind[:1]):
        by_then = any("as_of" in c.classes for c in between[-2:-1])
        return not by_then and any(c.day is not None for c in ahead) and all(c.number is None for c in between)
    joined = bool(between) and ("and" in between[-1].classes or between[-1].text == ",")
    until = next((i for i, c in enumerate(behind) if c.day is not None), None)
    if not joined or until is None or any(c.number is not None or not c.is_word for c in behind[:until]):
        return False
    return any(c.day is not None for c in between) and all(c.number is None for c in between)


def _up_to_so_many(mention: Mention, sentence: Sentence) -> bool:
    """'До 155 увеличилось за день число аккредитованных наблюдателей': the total opens its sentence."""
    chunks = sentence.chunks
    if mention.start > 1 or not {"count_subject", "observer"} <= sentence.classes:
        return False
    to = chunks[0].classes if mention.start else chunks[mention.at].classes
    verb = chunks[mention.last : mention.last + 1]
    behind = chunks[mention.last : mention.last + 7]
    grown = any(c.classes & {"growing", "light_behind"} for c in verb) and "function" in to | chunks[0].classes
    return grown and not any(c.number is not None for c in behind) and any("count_subject" in c.classes for c in behind)


def _are_struck_off(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Из списка исключили троих', 'комиссия исключила троих из списка': a word for people, beside the verb."""
    if mention.number.kind is not NumberKind.COLLECTIVE or not mention.start:
        return False
    ahead = chunks[mention.start - 1].classes
    return "withdrawn" in ahead or ("takes_off" in ahead and is_off_the_list(mention, chunks))


def _lost_it(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Аккредитации лишились трое: двое ...': the verb stands before a number that its parts follow."""
    ahead = chunks[mention.start - 1].classes if mention.start else frozenset()
    opening = [c for c in chunks[: mention.start] if "filler" not in c.classes]
    if opening and len(opening) < _OPENING and "withdrawn" in opening[0].classes:
        return chunks[mention.last].text == ":" if mention.last < len(chunks) else False  # 'Struck off were seven: ...'
    if mention.start > 1 and "accreditation" in ahead and "withdrawn" in chunks[mention.start - 2].classes:
        return True
    lost: frozenset[str] = frozenset().union(
        *(c.classes for c in chunks[max(0, mention.start - _LOST) : mention.start])
    )
    if "partitive" in ahead and {"withdrawn", "accreditation"} <= lost and mention.group is None:
        return True  # 'it let in 50 and cancelled the accreditation of three'
    if "withdrawn" not in ahead:
        return False
    behind = chunks[mention.last : mention.last + 1]
    return any(c.text in ":." or {"its", "partitive"} <= c.classes for c in behind)  # 'stripped three of their status'


def _is_its_growth(mention: Mention, accepted: list[Mention], chunks: list[Chunk]) -> bool:
    """'It has accredited 487 observers, a rise of 139 in a week': the batch by which the total grew."""
    ahead = chunks[max(0, mention.start - 2) : mention.start]
    if not accepted or not ahead or "rise_of" not in ahead[-1].classes or mention.group is not None:
        return False
    total = accepted[-1]
    return total.scope in {None, "total"} and total.value > mention.value and total.sentence == mention.sentence


def _of_late(mention: Mention, accepted: list[Mention], chunks: list[Chunk]) -> bool:
    """'Аккредитованы 340 человек, причём 112 – на последнем заседании', 'в том числе 12 сегодня': of the total, new."""
    total = accepted[-1] if accepted else None
    if total is None or total.scope not in {None, "total"} or total.value <= mention.value or mention.group is not None:
        return False
    if mention.start < 2 or chunks[mention.start - 1].classes.isdisjoint({"including", "contrast"}):
        return False
    behind = chunks[mention.last :]
    behind = behind[1:] if behind and behind[0].text in "–—-" else behind
    if not behind or any(c.is_word or c.number for c in behind[1:]):
        return False
    day = behind[0].day
    return (day is not None and day.relative) or "new" in behind[0].classes


def _to_join(mention: Mention, chunks: list[Chunk], accepted: list[Mention]) -> bool:
    """'ten observers have started work, 100 more will come': of the same, told by a plan."""
    if not accepted or accepted[-1].noun != "observer" or any(c.number for c in chunks[mention.last :]):
        return False
    behind = chunks[mention.last : mention.last + 4]
    return any(c.classes & {"announced", "future"} for c in behind)
