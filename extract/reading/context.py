"""Whether a number of people, or without a noun, counts observers by what stands around it."""

from __future__ import annotations

from extract.model import Status
from extract.reading.bare import bare_in_context
from extract.reading.growing import is_now_on_the_list, joined_those_before, lengthens_the_list
from extract.reading.mentions import COUNTABLE, Mention
from extract.reading.one_mission import makes_up_the_mission
from extract.reading.running import is_counted_so_far
from extract.reading.scan import Chunk, Sentence
from extract.reading.statements import STATE_WORDS, TOPIC, Statements, is_contest, tells_of_a_new_group
from extract.words.spans import NumberKind

_TIMES = 8
"""A number that does not say whom it counts and is so many times larger than all observers counts other things."""
_MOST_SENT = 2_000
"""So many foreign observers came at most, rounded up."""
_OF_OBSERVERS = frozenset({"accredit_root", "domestic", "local_sender", "association"})
_WATCH = frozenset({"present", "observing"})
_PLURAL = frozenset({"genitive_plural"})
_OPENING = 4
"""Chunks with which 'in the group there are' opens a sentence."""
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
    if mention.noun == "bare" and _out_of_proportion(mention, sentence, known):
        return False
    if joined_those_before(mention, sentence, known):
        return not contest
    if mention.subject:
        return topical and not contest and not _number_of_others(mention, sentence, found)
    if topical and not contest and mention.inner is not None and _is_one_of_several_peoples(mention, sentence):
        return True
    if mention.inner is not None and mention.noun == "bare" and not sentence.classes & STATE_WORDS and not accepted:
        return False
    if mention.scope is not None and mention.scope.startswith("organization:") and mention.group is None:
        stray = not topical and mention.noun == "bare" and _after_a_contest(mention, sentence, found)
        return not (contest or stray) or _of_its_members(mention, sentence, known)
    if mention.group is None and (mention.scope or "").startswith("country:") and _are_people(mention, sentence):
        return not contest and mention.inner is None  # 'Делегация Грузии приедет. В нее вошли шесть человек'
    if not contest and makes_up_the_mission(mention, found):
        return True
    if mention.group is not None and mention.group.ids:
        return topical or bool(accepted) or (mention.noun == "person" and _to_the_poll(sentence) and not contest)
    return topical and not contest and _on_topic(mention, sentence, found, accepted, known)


def _are_people(mention: Mention, sentence: Sentence) -> bool:
    """'Пакистан планировал прислать шестерых, но аккредитация оформлена на четверых'."""
    if mention.noun == "person":
        return True
    return any("accredited" in c.classes for c in sentence.chunks[mention.clause[0] : mention.start][-3:])


def _after_a_contest(mention: Mention, sentence: Sentence, found: Statements) -> bool:
    """'A fifth of the stations vote electronically. The bloc said that 14 of its activists were detained.'"""
    before = found.scan.sentences[mention.sentence - 1] if mention.sentence else sentence
    return before is not sentence and before.paragraph == sentence.paragraph and is_contest(before)


def _of_its_members(mention: Mention, sentence: Sentence, known: list[Mention]) -> bool:
    """'The OIC mission is six strong. Two of its members will tour stations in Almaty': some of those counted."""
    before = known[-1] if known else None
    if before is None or before.scope != mention.scope or before.value <= mention.value:
        return False
    if mention.sentence - before.sentence > 1 or mention.last >= len(sentence.chunks):
        return False
    return {"its", "partitive"} <= sentence.chunks[mention.last].classes


def _is_one_of_several_peoples(mention: Mention, sentence: Sentence) -> bool:
    """'The rest of the group are two Britons, two Indians and one Japanese': people named by their state alone."""
    if mention.noun != "bare" or not (mention.scope or "").startswith("country:"):
        return False
    return bool(sentence.classes & {"rest", "of_them", "mission", "the_new"}) and len(sentence.named) > 1


def _out_of_proportion(mention: Mention, sentence: Sentence, known: list[Mention]) -> bool:
    """'312 observers were accredited. ... There are 9,741 of them in the country': stations, whatever stands around."""
    if mention.group is not None or sentence.classes & _OF_OBSERVERS:
        return False
    if mention.subject and {"count_subject", "cumulative"} <= sentence.chunks[0].classes:
        return False  # 'The total has remained the same - 240'
    pronoun = any("their_number" in c.classes for c in sentence.chunks[max(0, mention.start - 2) : mention.start])
    if "observer" in sentence.classes and not pronoun:
        return False
    if mention.subject and mention.value <= _MOST_SENT and not pronoun and "count_subject" in sentence.classes:
        return False  # '22 more were accredited. Total so far: 397'
    largest = max((m.value for m in known if m.noun == "observer"), default=None)
    if largest is None or mention.value <= largest * _TIMES:
        return False
    if pronoun or mention.value > _MOST_SENT:
        return True
    if "accredited" in sentence.classes and not is_contest(sentence):
        return False  # '22 foreigners were let in. 613 now have this status'
    # '17 observers were struck off. 395 are left', 'Five more were let in. We have 395 now'
    return not is_counted_so_far(mention, sentence.chunks, known=True)


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
    if lengthens_the_list(mention, sentence):
        return True
    if is_now_on_the_list(mention, sentence, _before_the_decision(found, mention.sentence)):
        mention.subject = True
        return True
    if _is_the_new_group(mention, sentence, found):
        mention.more = True
        return True
    if _is_the_group(mention, sentence, found):
        return True
    if "resolution" in sentence.classes and _names_in_a_resolution(mention, sentence):
        mention.more = True
        return True
    if mention.noun in {"bare", "person"} and _is_object(mention, sentence.chunks):
        return True
    if mention.noun == "bare":
        return bare_in_context(mention, found, accepted, known)
    own = bool(sentence.classes & TOPIC) or _in_papers_before(found, mention.sentence)
    own = own or passed_accreditation(mention, found, mention.sentence)
    said = bool(sentence.classes & (STATE_WORDS | {"announced", "observing", "cumulative", "before_now"}))
    return own or (found.strictly[mention.sentence] and said)


def _before_the_decision(found: Statements, index: int) -> Sentence | None:
    """The sentence before, or the one before that, where only the decision stands between."""
    if not index:
        return None
    before = found.scan.sentences[index - 1]
    return (
        found.scan.sentences[index - 2] if index > 1 and "decided" in before.classes and not before.counted else before
    )


def _is_the_new_group(mention: Mention, sentence: Sentence, found: Statements) -> bool:
    """'The commission accredited a further group of observers. The group has 223 people', 'the new group has 123'."""
    if not mention.sentence or mention.noun != "person" or mention.group is not None or "sum_verb" in sentence.classes:
        return False
    before = found.scan.sentences[mention.sentence - 1]
    opening = [c for c in sentence.chunks if c.is_word][:3]
    ahead = sentence.chunks[max(0, mention.start - 2) : mention.start]
    if any("new_group" in c.classes for c in [*opening, *ahead]):
        return True
    if not tells_of_a_new_group(before) or any("first_group" in c.classes for c in opening):
        return False
    # 'Это 33 человека', but not 'До этого заседания'
    pronoun = any(c.classes & {"pronoun", "they", "this"} and "before_now" not in c.classes for c in opening[:1])
    return pronoun or any(c.classes & {"mission", "in_them", "flag"} for c in [*opening, *ahead])


def _is_the_group(mention: Mention, sentence: Sentence, found: Statements) -> bool:
    """'The commission cleared the first group of observers. In the group there are 41 people.'"""
    if not mention.sentence or mention.noun not in {"bare", "person"} or mention.group is not None:
        return False
    before = found.scan.sentences[mention.sentence - 1]
    if not {"mission", "accredited"} <= before.classes or _counts(before):
        return False
    opening = [c for c in sentence.chunks if c.is_word][:1]
    if found.strictly[mention.sentence] and any("it_sends" in c.classes for c in opening):
        if mention.start > _OPENING or "have" not in sentence.classes:
            return False
        mention.status = mention.status or Status.ACCREDITED
        return True  # 'Шағын топты аккредиттедік. Ол он тоғыз шетелдіктен құралған'
    if "observer" not in before.classes:
        return False
    opening = [c for c in sentence.chunks if c.is_word][:2]
    return any("list_word" in c.classes for c in opening) and mention.start <= _OPENING


def _names_in_a_resolution(mention: Mention, sentence: Sentence) -> bool:
    """'В подписанном постановлении 43 фамилии', 'постановление содержит 43 имени': a batch, by the paper."""
    ahead = [c for c in sentence.chunks[mention.clause[0] : mention.start] if not c.classes & {"filler", "commission"}]
    ahead = ahead[:-1] if ahead and ahead[-1].classes & {"have", "count_verb"} else ahead
    named = mention.noun == "person" and mention.group is None
    return named and bool(ahead) and "resolution" in ahead[-1].classes


def _counts(sentence: Sentence) -> bool:
    numbers = (sentence.chunks[i].number for i in sentence.counted)
    return any(n is not None and n.kind in COUNTABLE for n in numbers)


def _number_of_others(mention: Mention, sentence: Sentence, found: Statements) -> bool:
    """'Senators are elected by electors. Their number is 3,335': of those of the sentence before."""
    if _number_of_things(mention, sentence):
        return True
    if not mention.sentence or sentence.classes & TOPIC or not sentence.classes & {"they", "of_them"}:
        return False
    if "elects" in sentence.classes:
        return True  # 'акимов выберут в 45 районах – чаще всего их по два-три на область'
    before = found.scan.sentences[mention.sentence - 1]
    if before.paragraph != sentence.paragraph or any(g.ids for g in found.groups[mention.sentence - 1]):
        return False
    return not found.strictly[mention.sentence - 1]


def _number_of_things(mention: Mention, sentence: Sentence) -> bool:
    """'The prosecutor told of complaints: there were 38 of them': a noun of another thing stands before the pronoun."""
    before = sentence.chunks[: mention.start]
    if mention.noun != "bare" or (sentence.classes & TOPIC and not _counts_a_plural(before)):
        return False
    counted = "count_subject" in sentence.classes  # 'большое число самовыдвиженцев: их оказалось 359'
    things = [i for i, c in enumerate(before) if c.classes == {"other"} or (counted and c.classes == _PLURAL)]
    pronoun = [i for i, c in enumerate(before) if "their_number" in c.classes]
    return bool(things) and bool(pronoun) and any(c.text == ":" for c in before[things[0] : pronoun[-1]])


def _counts_a_plural(before: list[Chunk]) -> bool:
    """'большое число самовыдвиженцев: их оказалось (359)': what the word of counting counts stands before the colon."""
    at = next((i for i in range(len(before) - 1, 1, -1) if before[i].text == ":"), None)
    return at is not None and before[at - 1].classes == _PLURAL and "count_subject" in before[at - 2].classes


def _is_object(mention: Mention, chunks: list[Chunk]) -> bool:
    """'the commission added 123', '702 have been accredited': the verb says what is counted."""
    before = [c for c in chunks[: mention.start] if not c.classes & {"filler", "approx", "adverb"}]
    before = before[:-1] if before and _is_first(before[-1]) else before  # 'it approved the first 17'
    if mention.noun == "bare" and len(before) > 1 and before[-1].text in "–—-" and _ends(chunks, mention.last):
        before = before[:-1]  # 'Заявлено 78 наблюдателей, аккредитовано – 60'
    if any(c.classes & {"partitive", "subset"} for c in before[-2:]):
        return False
    if before and before[-1].classes & {"accredited", "adding"}:
        onto = "until_number" in before[-1].classes  # 'added to the earlier 251'
        mention.more = mention.more or ("adding" in before[-1].classes and not onto)
        return True
    after = chunks[mention.last : mention.last + 5]
    if _just_granted(mention, chunks, after):
        return True
    after = after[1:] if after and "now" in after[0].classes else after  # '395 now hold badges'
    if not after or "function" not in after[0].classes:
        return False
    return any("accredited" in c.classes for c in after[:4]) or _get_papers(after)


def _ends(chunks: list[Chunk], at: int) -> bool:
    return at >= len(chunks) or chunks[at].text in ".,;"


def _is_first(chunk: Chunk) -> bool:
    return chunk.number is not None and chunk.number.kind is NumberKind.ORDINAL and chunk.number.value == 1


def _just_granted(mention: Mention, chunks: list[Chunk], after: list[Chunk]) -> bool:
    """'with the 17 cleared today', 'including 61 added at the last meeting': a batch, if its day or meeting is told."""
    ahead = chunks[mention.start - 1].classes if mention.start else frozenset()
    listed = mention.start > 1 and "partitive" in ahead and "list_word" in chunks[mention.start - 2].classes
    if (
        not (listed or ahead & {"definite", "including"})
        or not after
        or not after[0].classes & {"accredited", "adding"}
    ):
        return False
    mention.more = mention.more or any(c.day is not None or "meeting" in c.classes for c in after[1:4])
    return True


def _get_papers(after: list[Chunk]) -> bool:
    """'641 had received the badge'."""
    light = next((i for i, c in enumerate(after) if "light" in c.classes), None)
    return light is not None and any(c.classes & {"papers", "accreditation"} for c in after[light + 1 :])


def _to_the_poll(sentence: Sentence) -> bool:
    """'40 members of the Assembly are coming to the election'."""
    return "announced" in sentence.classes or ("poll" in sentence.classes and bool(sentence.classes & _WATCH))


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
    if before is None or not found.topical[index - 1]:
        return False
    required = "accredit_root" in before.classes and "passed_it" in found.scan.sentences[index].classes
    return required or "accreditation" in before.classes
