"""Whether a number of people, or without a noun, counts observers by what stands around it."""

from __future__ import annotations

from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence
from extract.reading.statements import STATE_WORDS, TOPIC, Statements, is_contest, tells_of_a_new_group

_MOST = 20_000
"""So many people who are not called observers are voters, or members of commissions: 1,700 came at most, in 2005."""


def in_context(mention: Mention, found: Statements, accepted: list[Mention], known: list[Mention]) -> bool:
    """Whether a number of people, or without a noun, counts observers by what stands around it.

    What its surroundings tell of it besides is noted on the mention: that it is the subject, or that it adds to others.
    """
    sentence = found.scan.sentences[mention.sentence]
    topical, contest = found.topical[mention.sentence], is_contest(sentence)
    if mention.noun in {"bare", "person"} and mention.value >= _MOST:
        return False
    if mention.subject:
        return topical and not contest and not _number_of_others(mention, sentence, found)
    if mention.inner is not None and mention.noun == "bare" and not sentence.classes & STATE_WORDS and not accepted:
        return False
    if mention.scope is not None and mention.scope.startswith("organization:") and mention.group is None:
        return not contest
    if mention.group is not None and mention.group.ids:
        return topical or bool(accepted) or (mention.noun == "person" and _to_the_poll(sentence) and not contest)
    return topical and not contest and _on_topic(mention, sentence, found, accepted, known)


def _on_topic(
    mention: Mention, sentence: Sentence, found: Statements, accepted: list[Mention], known: list[Mention]
) -> bool:
    """Whether a number counts observers in a sentence that speaks of them."""
    if (
        mention.group is not None
        or mention.scope == "diplomats"
        or any("the_new" in c.classes for c in sentence.chunks[mention.at : mention.last])
    ):
        return True
    if _of_the_ballot(mention, sentence, found):
        return False
    if _is_the_new_group(mention, sentence, found):
        mention.more = True
        return True
    if mention.noun in {"bare", "person"} and _is_object(mention, sentence.chunks):
        return True
    if mention.noun == "bare":
        return _answers(mention, found) or _bare_in_context(mention, sentence, accepted, known)
    if mention.noun == "person" and _listed(mention, sentence.chunks):
        return True
    own = bool(sentence.classes & TOPIC) or _in_papers_before(found, mention.sentence)
    own = own or passed_accreditation(mention, found, mention.sentence)
    said = bool(sentence.classes & (STATE_WORDS | {"announced", "observing", "cumulative"}))
    return own or (found.strictly[mention.sentence] and said)


def _is_the_new_group(mention: Mention, sentence: Sentence, found: Statements) -> bool:
    """'The commission accredited a further group of observers. The group has 223 people', 'the new group has 123'."""
    if not mention.sentence or mention.noun != "person" or mention.group is not None:
        return False
    before = found.scan.sentences[mention.sentence - 1]
    opening = [c for c in sentence.chunks if c.is_word][:3]
    ahead = sentence.chunks[max(0, mention.start - 2) : mention.start]
    if any("new_group" in c.classes for c in [*opening, *ahead]):
        return True
    return tells_of_a_new_group(before) and any("mission" in c.classes for c in [*opening, *ahead])


def _of_the_ballot(mention: Mention, sentence: Sentence, found: Statements) -> bool:
    """'They were shown the ballot paper. It carries 7 names.'"""
    words = [c for c in sentence.chunks if c.is_word][:1]
    if not mention.sentence or not words or not words[0].classes & {"it_sends", "in_them", "pronoun"}:
        return False
    before = found.scan.sentences[mention.sentence - 1]
    return is_contest(before) and before.paragraph == sentence.paragraph


def _number_of_others(mention: Mention, sentence: Sentence, found: Statements) -> bool:
    """'Senators are elected by electors. Their number is 3,335': of those of the sentence before."""
    if _number_of_things(mention, sentence):
        return True
    if not mention.sentence or sentence.classes & TOPIC or not sentence.classes & {"they", "of_them"}:
        return False
    before = found.scan.sentences[mention.sentence - 1]
    if before.paragraph != sentence.paragraph or any(g.ids for g in found.groups[mention.sentence - 1]):
        return False
    return not found.strictly[mention.sentence - 1]


def _number_of_things(mention: Mention, sentence: Sentence) -> bool:
    """'The prosecutor told of complaints: there were 38 of them': a noun of another thing stands before the pronoun."""
    if mention.noun != "bare" or sentence.classes & TOPIC:
        return False
    before = sentence.chunks[: mention.start]
    things = [i for i, c in enumerate(before) if c.classes == {"other"}]
    pronoun = [i for i, c in enumerate(before) if "their_number" in c.classes]
    return bool(things) and bool(pronoun) and any(c.text == ":" for c in before[things[0] : pronoun[-1]])


def _answers(mention: Mention, found: Statements) -> bool:
    """'- How many observers have been accredited? - 214 as of today': the number that was asked for."""
    if not mention.sentence or len([m for m in found.scan.sentences[mention.sentence].chunks if m.number]) > 1:
        return False
    asked = found.scan.sentences[mention.sentence - 1]
    how_many = any("how_many" in c.classes for c in asked.chunks[:3]) and asked.chunks[-1].text == "?"
    return how_many and {"observer", "accredited"} <= asked.classes


def _bare_in_context(mention: Mention, sentence: Sentence, accepted: list[Mention], known: list[Mention]) -> bool:
    """Whether a number without a noun counts observers, in a sentence that is about them."""
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
    return "accredited_ones" in behind or counted or any("of_observers" in c.classes for c in before[-1:])


def _others(mention: Mention, sentence: Sentence) -> bool:
    return any(c.classes & {"rest", "new_word"} for c in sentence.chunks[mention.at + 1 : mention.at + 2])


def _is_object(mention: Mention, chunks: list[Chunk]) -> bool:
    """'the commission added 123', '702 have been accredited': the verb says what is counted."""
    before = [c for c in chunks[: mention.start] if not c.classes & {"filler", "approx", "adverb"}]
    if any(c.classes & {"partitive", "subset"} for c in before[-2:]):
        return False
    if before and before[-1].classes & {"accredited", "adding"}:
        mention.more = mention.more or "adding" in before[-1].classes
        return True
    after = chunks[mention.last : mention.last + 5]
    if not after or "function" not in after[0].classes:
        return False
    return any("accredited" in c.classes for c in after[:3]) or _get_papers(after)


def _get_papers(after: list[Chunk]) -> bool:
    """'641 had received the badge'."""
    light = next((i for i, c in enumerate(after) if "light" in c.classes), None)
    return light is not None and any(c.classes & {"papers", "accreditation"} for c in after[light + 1 :])


def _to_the_poll(sentence: Sentence) -> bool:
    """'40 members of the Assembly are coming to the election'."""
    return "announced" in sentence.classes or {"present", "poll"} <= sentence.classes


def _listed(mention: Mention, chunks: list[Chunk]) -> bool:
    """'There are 812 people on the list.'"""
    before = chunks[max(0, mention.start - 3) : mention.start]
    if any("the_list" in c.classes for c in before) and not any(c.number is not None for c in before):
        return True
    after = chunks[mention.last : mention.last + 4]
    return any("count_subject" in c.classes for c in after) or any("the_list" in c.classes for c in after[:1])


def _in_papers_before(found: Statements, index: int) -> bool:
    """'The ministry has sent new submissions. They hold 59 names.'"""
    sentences = found.scan.sentences
    if not index or not any("in_them" in c.classes for c in sentences[index].chunks[:3]):
        return False
    return bool(sentences[index - 1].classes & (STATE_WORDS | {"proposed_by"}))


def passed_accreditation(mention: Mention, found: Statements, index: int) -> bool:
    """'The accreditation of CIS observers is over; 234 people passed it.'"""
    if mention.noun not in {"person", "observer"} or mention.group is not None:
        return False
    return "passed_it" in found.scan.sentences[index].classes and accreditation_before(found, index)


def accreditation_before(found: Statements, index: int) -> bool:
    """'The results of accreditation were summed up. 13 associations passed it.'"""
    before = found.scan.sentences[index - 1] if index else None
    return before is not None and "accreditation" in before.classes and found.topical[index - 1]
