"""Whether a number without a noun counts observers, in a sentence that is about them."""

from __future__ import annotations

from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence
from extract.reading.statements import STATE_WORDS, Statements


def _answers(mention: Mention, found: Statements) -> bool:
    """'- How many observers have been accredited? - 214 as of today': the number that was asked for."""
    if not mention.sentence or len([m for m in found.scan.sentences[mention.sentence].chunks if m.number]) > 1:
        return False
    asked = found.scan.sentences[mention.sentence - 1]
    how_many = any("how_many" in c.classes for c in asked.chunks[:3]) and asked.chunks[-1].text == "?"
    return how_many and {"observer", "accredited"} <= asked.classes


def bare_in_context(mention: Mention, found: Statements, accepted: list[Mention], known: list[Mention]) -> bool:
    """Whether a number without a noun counts observers, in a sentence that is about them."""
    if _answers(mention, found):
        return True
    sentence = found.scan.sentences[mention.sentence]
    if _it_has(mention, sentence.chunks) or _there_were(mention, sentence.chunks):
        mention.subject = True
        return True
    if _share_of_a_body(mention, sentence, known):
        return True
    if _grown_from(mention, sentence.chunks) or _of_those_accredited(mention, sentence.chunks):
        return True
    if "withdrawn" in sentence.chunks[min(mention.last, len(sentence.chunks) - 1)].classes:
        return True
    if _lost_it(mention, sentence.chunks) or _grown_by(mention, sentence.chunks):
        return True
    if mention.number.approx is not None and accepted and accepted[-1].number.approx and accepted[-1].scope is None:
        return True
    restated = any(m.value == mention.value and (m.scope or "total") == "total" for m in known)
    if restated and "announced" in sentence.classes:
        return True
    state = bool(sentence.classes & STATE_WORDS)
    return state and (mention.more or _others(mention, sentence) or restated)


def _share_of_a_body(mention: Mention, sentence: Sentence, known: list[Mention]) -> bool:
    """'Most of the 54 stay in the capital, and 12 are to go to Aktau', 'two stay here, the other four go there'."""
    before = known[-1] if known else None
    if before is None or not (before.scope or "").startswith("organization:") or before.value <= mention.value:
        return False
    if before.sentence not in {mention.sentence, mention.sentence - 1} or not sentence.classes & {"most", "rest"}:
        return False
    opens = mention.start == mention.clause[0] or "and" in sentence.chunks[mention.start - 1].classes
    behind = sentence.chunks[mention.last : mention.last + 2]
    if not opens or not any(c.classes & {"announced", "present", "verb", "copula"} for c in behind):
        return False
    mention.scope, mention.subset = before.scope, True
    return True


def _it_has(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Before today the commission had accredited 43. It now has 106.'"""
    before, after = chunks[mention.clause[0] : mention.start], chunks[mention.last : mention.last + 1]
    if not 2 <= len(before) <= 4 or any(c.text not in ".;," for c in after):
        return False
    if not all(c.classes & {"it_sends", "have", "cumulative_hint", "copula"} or c.text == "there" for c in before):
        return False
    return any("have" in c.classes for c in before) and any("cumulative_hint" in c.classes for c in before)


def _there_were(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Before the latest sitting there were 237', 'As of May 18 there had been 39 of them': of those accredited."""
    first = mention.clause[0]
    before, after = chunks[first : mention.start], chunks[mention.last : mention.last + 1]
    if not before or mention.more or not all(c.text in ".;,:" or c.classes & {"of_them", "they"} for c in after):
        return False
    counted = [c for c in chunks[max(first, mention.start - 3) : mention.start] if not c.classes & {"approx", "adverb"}]
    if not counted or not counted[-1].classes & {"copula", "count_verb"}:
        return False
    opened = any("before_now" in c.classes for c in before)
    told = any(c.classes & {"their_number", "it_sends"} or c.text == "there" for c in before)
    return opened and (told or not any(c.is_word and not c.classes for c in before))


def _grown_from(mention: Mention, chunks: list[Chunk]) -> bool:
    """'The corps has grown from 248 to 481': the earlier total."""
    before, after = chunks[mention.start - 1 : mention.start], chunks[mention.last : mention.last + 2]
    if len(after) < 2 or not before or "grown_from" not in before[0].classes or "count_verb" not in after[0].classes:
        return False
    return after[1].number is not None


def _lost_it(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Аккредитации лишились трое: двое ...': the verb stands before a number that its parts follow."""
    ahead = chunks[mention.start - 1].classes if mention.start else frozenset()
    return "withdrawn" in ahead and any(c.text in ":." for c in chunks[mention.last : mention.last + 1])


def _grown_by(mention: Mention, chunks: list[Chunk]) -> bool:
    """'The number of those accredited grew by 58 and reached 210': a batch."""
    ahead = chunks[mention.start - 1].classes if mention.start else frozenset()
    counted = any("count_subject" in c.classes for c in chunks[mention.clause[0] : mention.start])
    return {"new", "verb"} <= ahead and counted and any(c.number is not None for c in chunks[mention.last :])


def _of_those_accredited(mention: Mention, chunks: list[Chunk]) -> bool:
    """'489 accredited ones', 'of observers, 272', 'наблюдателей стало 486': a word beside it stands for the people."""
    behind = chunks[mention.last].classes if mention.last < len(chunks) else frozenset()
    before = chunks[max(mention.clause[0], mention.start - 2) : mention.start]
    counted = len(before) == 2 and "of_observers" in before[0].classes and "count_verb" in before[1].classes
    counted = counted or _how_many_there_are(mention, chunks)
    return "accredited_ones" in behind or counted or any("of_observers" in c.classes for c in before[-1:])


def _how_many_there_are(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Аккредитованных наблюдателей на выборах сейчас 310': the genitive that opens the sentence is counted."""
    before = chunks[mention.clause[0] : mention.start]
    if len(before) < 3 or "accredited_ones" not in before[0].classes or "of_observers" not in before[1].classes:
        return False
    between = {"poll", "presidential", "parliamentary", "senate", "referendum", "place_prep", "adverb", "filler"}
    return all(c.classes & (between | {"function", "cumulative", "own_poll"}) or c.text in "–—-" for c in before[2:])


def _others(mention: Mention, sentence: Sentence) -> bool:
    return any(c.classes & {"rest", "new_word"} for c in sentence.chunks[mention.at + 1 : mention.at + 2])
