"""Whether a number counts observers at all: by its noun, by what 'of them' goes back to, by what stands around it."""

from __future__ import annotations

from extract.reading.closing import MEDIA
from extract.reading.decided import tell_part
from extract.reading.mentions import Mention
from extract.reading.mixing import mixes_media
from extract.reading.referring import counts_of_before
from extract.reading.scan import Chunk, Sentence
from extract.reading.scopes import SCOPES, is_subset
from extract.reading.statements import STATE_WORDS, TOPIC, Statements, is_contest
from extract.words.spans import NumberKind

_OF_WHICH = 6
"""Chunks between a number of things and 'two of which'."""
_MOST_OBSERVERS = 100_000
"""No body of observers is larger, local ones included; what is counts voters."""


def accept(mentions: list[Mention], found: Statements, index: int, previous: list[Mention]) -> list[Mention]:
    sentence = found.scan.sentences[index]
    accepted: list[Mention] = []
    for n, mention in enumerate(mentions):
        if counts_of_before(mention, sentence, found, index):
            continue
        earlier = mentions[n - 1] if n else (previous[-1] if previous else None)
        if earlier is not None and earlier.noun == "bare" and earlier.group is None:
            own = found.scan.sentences[earlier.sentence]
            earlier = earlier if is_contest(own) and earlier not in found.mentions else None
        if _counts_observers(mention, mentions, found, earlier, accepted):
            accepted.append(mention)
    _listed_shares(mentions, accepted, sentence.chunks)
    _shares_of_associations(mentions, accepted, found)
    return accepted


def _shares_of_associations(mentions: list[Mention], accepted: list[Mention], found: Statements) -> None:
    """'214 associations are accredited. Twelve of them passed it at the centre, another 202 in the regions.'"""
    whole = found.mentions[-1] if found.mentions else None
    shares = [m for m in mentions if m.noun in {"bare", "association"}]
    if whole is None or whole.noun != "association" or len(shares) < 2:
        return
    if not 0 < mentions[0].sentence - whole.sentence <= 2:
        return
    if sum(m.value for m in shares) == whole.value:
        for mention in shares:
            mention.noun, mention.scope, mention.whole, mention.subset = whole.noun, whole.scope, whole, True
        accepted += [m for m in shares if m not in accepted]
        accepted.sort(key=lambda m: m.at)


def _listed_shares(mentions: list[Mention], accepted: list[Mention], chunks: list[Chunk]) -> None:
    """'256 public organizations: 11 by the central commission and 245 by territorial ones': shares that sum up."""
    kept = {id(m) for m in accepted}
    left = [m for m in mentions if m.noun == "bare" and id(m) not in kept]
    for whole in list(accepted):
        rest = [m for m in left if m.at > whole.at]
        colon = any(c.text in ":–-," for c in chunks[whole.last : rest[0].at]) if rest else False
        if len(rest) > 1 and colon and sum(m.value for m in rest) == whole.value:
            for mention in rest:
                mention.noun, mention.scope, mention.whole, mention.subset = whole.noun, whole.scope, whole, True
                mention.by_sum = True
                accepted.append(mention)
            for mention in rest:
                tell_part(mention, rest)
            left = [m for m in left if m.at <= whole.at]
    accepted.sort(key=lambda m: m.at)


def _counts_observers(
    mention: Mention, mentions: list[Mention], found: Statements, earlier: Mention | None, accepted: list[Mention]
) -> bool:
    sentence = found.scan.sentences[mention.sentence]
    if mention.noun == "other" or not 0 < mention.value <= _MOST_OBSERVERS:
        return False
    by_noun = _by_noun(mention, found, accepted)
    if by_noun is not None:
        return by_noun
    if _is_stray_applicant(mention, sentence):
        return False
    if _of_a_house(mention, sentence.chunks):
        return False
    if mention.of_them and (_at_a_place(mention, sentence.chunks) or _of_a_kind(mention, sentence.chunks)):
        return False
    if mention.of_them and earlier is not None and _of_other_things(mention, earlier, found):
        return False
    named = mention.group is not None and bool(mention.group.ids)
    if mention.of_them and not named and _antecedent_noun(mention, found) == "voting":
        return False
    if mention.of_them and (noun := _antecedent_noun(mention, found)) in SCOPES:
        mention.noun, mention.scope = noun, SCOPES[noun]
        mention.subset = mention.noun == "association"
        return mention.noun == "association"
    known = [m for m in [*found.mentions, *accepted] if m.scope != "journalists"]
    refers = (mention.of_them and not mention.subject) or mention.of_value is not None
    if refers and mention.group is None:
        return _refers_to_observers(mention, mentions, found, earlier, known)
    return _in_context(mention, found, accepted, known)


def _by_noun(mention: Mention, found: Statements, accepted: list[Mention]) -> bool | None:
    """Whether the noun alone decides, and how."""
    sentence = found.scan.sentences[mention.sentence]
    _another_of_the_kind(mention, accepted, found.mentions, sentence.chunks)
    if _elided_association(mention, accepted, found):
        mention.noun, mention.scope = "association", SCOPES["association"]
        return True
    if mention.noun == "association":
        return bool(sentence.classes & TOPIC) or mention.subset or _accreditation_before(found, mention.sentence)
    if _denied(mention, sentence.chunks):
        return False
    if mention.noun == "journalist":
        return True
    if _rule(mention, sentence.chunks) or _of_the_media(mention, sentence, found):
        return False
    if sentence.classes & MEDIA and mixes_media(mention, sentence.chunks):
        found.mixed.append(mention)
        return False
    if mention.noun == "observer":
        mention.subset = mention.subset or _of_one_sender(mention, found)
        return True
    return False if mention.noun == "diplomat" and mention.scope != "diplomats" else None


def _of_one_sender(mention: Mention, found: Statements) -> bool:
    """'331 of the CIS are accredited ... 22 of this number worked for long': a part of the sender's people."""
    near = [m for m in found.mentions if m.value > mention.value and mention.sentence - m.sentence <= 2]
    before = max(near, key=lambda m: (m.sentence, m.value), default=None)
    if before is None or not mention.of_them or mention.rest or mention.group is not None:
        return False
    if (before.scope or "").startswith("organization:"):
        mention.scope = before.scope
        return True
    return False


def _is_stray_applicant(mention: Mention, sentence: Sentence) -> bool:
    """Candidates and applications without a sender, where nothing says that they are observers'."""
    if mention.group is not None or mention.noun == "diplomat":
        return False
    if _runs_for_office(mention, sentence):
        return True
    submitted = {"commission", "proposed"} <= sentence.classes and not is_contest(sentence)
    if _is_candidate(mention, sentence) and "observer" not in sentence.classes and not submitted:
        return True
    return any("only_sent" in c.classes for c in sentence.chunks[mention.at : mention.last])


def _runs_for_office(mention: Mention, sentence: Sentence) -> bool:
    """'The observers note that 7 candidates had equal access', 'five candidates have nominated 20,000 observers'."""
    if any({"candidate", "local_sender"} <= c.classes for c in sentence.chunks[mention.last : mention.last + 1]):
        return mention.noun == "person" and mention.group is None
    phrase = sentence.chunks[mention.at : mention.last]
    if not any({"candidate", "local_sender"} <= c.classes for c in phrase) or mention.rest or mention.of_them:
        return False
    sends = any("have" in c.classes for c in sentence.chunks[mention.last : mention.last + 1])
    return sends or not sentence.classes & (STATE_WORDS | {"accredit_root"})


def _of_a_kind(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Of them, 7 are women': a share by sex or age is no figure of a sender."""
    return any("demographic" in c.classes for c in chunks[mention.at : mention.last + 3])


def _of_other_things(mention: Mention, earlier: Mention, found: Statements) -> bool:
    """'There are 10,388 polling stations, 71 of which are abroad.'"""
    beside = earlier.sentence == mention.sentence and earlier.noun == "other"
    near = mention.group is not None and mention.group.anaphoric and mention.at - earlier.at <= _OF_WHICH
    beside = beside and (mention.group is None or near)
    return beside and not _observers_since(earlier, mention, found)


def _of_a_house(mention: Mention, chunks: list[Chunk]) -> bool:
    """'10 members of the upper house', 'the hall holds 60 people': deputies and seats."""
    if any("capacity" in c.classes for c in chunks[max(0, mention.start - 2) : mention.start]):
        return True
    alone = mention.start > 0 and chunks[mention.start - 1].last - chunks[mention.start - 1].first == 1
    if alone and any("spot" in c.classes for c in chunks[mention.at : mention.last]) and _at_a_place(mention, chunks):
        return True
    after = chunks[mention.last : mention.last + 1]
    return mention.noun == "person" and any(c.classes & {"senate", "own_poll"} for c in after)


def _at_a_place(mention: Mention, chunks: list[Chunk]) -> bool:
    """'on duty at 35 of them': stations, not people."""
    before = chunks[mention.start - 1].classes if mention.start else frozenset()
    return "place_prep" in before and "of_them" not in before


def _another_of_the_kind(mention: Mention, accepted: list[Mention], known: list[Mention], chunks: list[Chunk]) -> None:
    """'94 journalists, and applications of another 53', 'nine of them here, another three there': of the same kind."""
    before = accepted[-1] if accepted else None
    if before is None or before.noun not in SCOPES or mention.noun not in {"bare", "person"}:
        return
    wholes = {m.value for m in known if m.noun == before.noun}
    if not mention.more and not (before.subset and before.value + mention.value in wholes):
        return
    if mention.group is None and not any("observer" in c.classes for c in chunks[before.last : mention.last]):
        mention.noun, mention.scope = before.noun, before.scope
        mention.subset, mention.whole = before.subset, before.whole


def _elided_association(mention: Mention, accepted: list[Mention], found: Statements) -> bool:
    """'Local associations keep watch, too. Ten have been accredited by the commission, and 201 by regional ones.'"""
    if mention.noun != "bare" or mention.of_them or mention.group is not None or not mention.sentence:
        return False
    chunks = found.scan.sentences[mention.sentence].chunks
    if accepted and accepted[-1].noun == "association":
        mention.subset = any("including" in c.classes for c in chunks[accepted[-1].last : mention.start])
        if mention.subset:
            return True
    before, own = (found.scan.sentences[mention.sentence - i] for i in (1, 0))
    if "association" not in before.classes or "accredited" not in own.classes or before.paragraph != own.paragraph:
        return False
    if own.classes & {"observer", "international", "association"} or any(c.number is not None for c in before.chunks):
        return False
    return bool(accepted) or not any(c.number is not None for c in own.chunks[: mention.at])


def _accreditation_before(found: Statements, index: int) -> bool:
    """'The results of accreditation were summed up. 13 associations passed it.'"""
    before = found.scan.sentences[index - 1] if index else None
    return before is not None and "accreditation" in before.classes and found.topical[index - 1]


def _denied(mention: Mention, chunks: list[Chunk]) -> bool:
    """'44 people did not get their papers together in time': counted as absent."""
    if mention.group is not None or mention.last >= len(chunks):
        return False
    return "denial" in chunks[mention.last].classes


def _antecedent_noun(mention: Mention, found: Statements) -> str | None:
    """What 'of them' goes back to: the noun of people or associations counted or named last before the number."""
    before = found.mentions[-1] if found.mentions else None
    for index in range(mention.sentence, max(-1, mention.sentence - 2), -1):
        if index < mention.sentence and before is not None and (before.noun, before.sentence) == ("observer", index):
            return "observer"
        chunks = found.scan.sentences[index].chunks
        last = mention.at if index == mention.sentence else len(chunks)
        for chunk in reversed(chunks[:last]):
            noun = next((n for n in ("association", "journalist", "observer") if n in chunk.classes), None)
            if noun is not None:
                return noun
            if "voting" in chunk.classes and index < mention.sentence:
                return "voting"
    return None


def _observers_since(earlier: Mention, mention: Mention, found: Statements) -> bool:
    """Whether observers were named after the number that 'of them' might otherwise go back to."""
    for index in range(earlier.sentence, mention.sentence + 1):
        chunks = found.scan.sentences[index].chunks
        first = earlier.last if index == earlier.sentence else 0
        last = mention.at if index == mention.sentence else len(chunks)
        if any("observer" in c.classes for c in chunks[first:last]):
            return True
    return False


def _rule(mention: Mention, chunks: list[Chunk]) -> bool:
    """'One observer per organisation may be in the room': a rule, no count."""
    if mention.number.kind is NumberKind.DISTRIBUTIVE and not any("may" in c.classes for c in chunks):
        return False
    if mention.each and mention.group is not None and len(mention.group.ids) > 1:
        return False
    if mention.value == 1 and any("may" in c.classes for c in chunks[max(0, mention.at - 6) : mention.at]):
        return True
    around = [*chunks[max(0, mention.at - 4) : mention.at], *chunks[mention.last : mention.last + 1]]
    return any("per" in c.classes for c in around)


def _of_the_media(mention: Mention, sentence: Sentence, found: Statements) -> bool:
    """'The largest teams come from Türkiye (19) and Japan (12)' after a number of journalists."""
    before = found.mentions[-1] if found.mentions else None
    if before is None or before.noun != "journalist" or mention.noun == "observer" or "observer" in sentence.classes:
        return False
    return mention.sentence - before.sentence in {1, 2} and not sentence.classes & {"accreditation", "accredit_root"}


def _refers_to_observers(
    mention: Mention, mentions: list[Mention], found: Statements, earlier: Mention | None, known: list[Mention]
) -> bool:
    sentence = found.scan.sentences[mention.sentence]
    of_observers = is_subset(mention, sentence.chunks) and "observer" in sentence.classes and bool(known)
    of_observers = of_observers or (earlier is not None and _observers_since(earlier, mention, found))
    if earlier is not None and earlier not in known and earlier.sentence >= mention.sentence - 2 and not of_observers:
        mention.noun = "other"
        return False
    if mention.of_value is not None:
        mention.subset = True
        return any(m.value == mention.of_value for m in [*known, *(m for m in mentions if m.noun == "observer")])
    if _of_foreigners_named(mention, found):
        return found.topical[mention.sentence]
    share = "share" in sentence.chunks[mention.at].classes and not _of_all_observers(mention, sentence.chunks)
    if not share and not is_subset(mention, sentence.chunks) and ("observer" in sentence.classes or not known):
        return found.topical[mention.sentence] and not is_contest(sentence)
    mention.subset = True
    return found.topical[mention.sentence] and bool(known) and not is_contest(sentence)


def _of_foreigners_named(mention: Mention, found: Statements) -> bool:
    """'All foreign observers need papers. 248 of them are accredited': of those named, not of an earlier figure."""
    sentence = found.scan.sentences[mention.sentence]
    if not mention.sentence or any(c.number is not None for c in sentence.chunks[: mention.at]):
        return False
    chunks = found.scan.sentences[mention.sentence - 1].chunks
    at = max((i for i, c in enumerate(chunks) if "observer" in c.classes), default=0)
    if not at or any(c.number is not None for c in chunks) or found.groups[mention.sentence - 1]:
        return False
    return "international" in chunks[at - 1].classes


def _of_all_observers(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Шетелдік байқаушыларға келсек, олардың 170-ін тіркеді': of those just named, not of an earlier figure."""
    for at in range(mention.at - 1, mention.clause[0], -1):
        if chunks[at].number is not None:
            return False
        if "observer" in chunks[at].classes:
            return "international" in chunks[at - 1].classes
    return False


def _in_context(mention: Mention, found: Statements, accepted: list[Mention], known: list[Mention]) -> bool:
    """Whether a number of people, or without a noun, counts observers by what stands around it."""
    sentence = found.scan.sentences[mention.sentence]
    topical, contest = found.topical[mention.sentence], is_contest(sentence)
    if mention.subject:
        return topical and not contest and not _number_of_others(mention, sentence, found)
    if mention.inner is not None and mention.noun == "bare" and not sentence.classes & STATE_WORDS and not accepted:
        return False
    if mention.scope is not None and mention.scope.startswith("organization:") and mention.group is None:
        return not contest
    if mention.group is not None and mention.group.ids:
        return topical or bool(accepted) or (mention.noun == "person" and _to_the_poll(sentence) and not contest)
    if not topical or contest:
        return False
    if mention.group is not None or any("the_new" in c.classes for c in sentence.chunks[mention.at : mention.last]):
        return True
    if _of_the_ballot(mention, sentence, found):
        return False
    if mention.noun in {"bare", "person"} and _is_object(mention, sentence.chunks):
        return True
    if mention.noun == "bare":
        return _bare_in_context(mention, sentence, accepted, known)
    if mention.noun == "person" and _listed(mention, sentence.chunks):
        return True
    own = bool(sentence.classes & TOPIC) or _in_papers_before(found, mention.sentence)
    own = own or passed_accreditation(mention, found, mention.sentence)
    said = bool(sentence.classes & (STATE_WORDS | {"announced", "observing", "cumulative"}))
    return own or (found.strictly[mention.sentence] and said)


def _of_the_ballot(mention: Mention, sentence: Sentence, found: Statements) -> bool:
    """'They were shown the ballot paper. It carries 7 names.'"""
    words = [c for c in sentence.chunks if c.is_word][:1]
    if not mention.sentence or not words or not words[0].classes & {"it_sends", "in_them", "pronoun"}:
        return False
    before = found.scan.sentences[mention.sentence - 1]
    return is_contest(before) and before.paragraph == sentence.paragraph


def _number_of_others(mention: Mention, sentence: Sentence, found: Statements) -> bool:
    """'Senators are elected by electors. Their number is 3,335': of those of the sentence before."""
    if not mention.sentence or sentence.classes & TOPIC or not sentence.classes & {"they", "of_them"}:
        return False
    before = found.scan.sentences[mention.sentence - 1]
    if before.paragraph != sentence.paragraph or any(g.ids for g in found.groups[mention.sentence - 1]):
        return False
    return not found.strictly[mention.sentence - 1]


def _bare_in_context(mention: Mention, sentence: Sentence, accepted: list[Mention], known: list[Mention]) -> bool:
    """Whether a number without a noun counts observers, in a sentence that is about them."""
    if _it_has(mention, sentence.chunks):
        mention.subject = True
        return True
    if _grown_from(mention, sentence.chunks) or _of_those_accredited(mention, sentence.chunks):
        return True
    if "withdrawn" in sentence.chunks[min(mention.last, len(sentence.chunks) - 1)].classes:
        return True
    if mention.number.approx is not None and accepted and accepted[-1].number.approx and accepted[-1].scope is None:
        return True
    restated = any(m.value == mention.value and (m.scope or "total") == "total" for m in known)
    if restated and "announced" in sentence.classes:
        return True
    state = bool(sentence.classes & STATE_WORDS)
    return state and (mention.more or _others(mention, sentence) or restated)


def _it_has(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Before today the commission had accredited 43. It now has 106.'"""
    before, after = chunks[mention.clause[0] : mention.start], chunks[mention.last : mention.last + 1]
    if not 2 <= len(before) <= 4 or any(c.text not in ".;," for c in after):
        return False
    if not all(c.classes & {"it_sends", "have", "cumulative_hint", "copula"} or c.text == "there" for c in before):
        return False
    return any("have" in c.classes for c in before) and any("cumulative_hint" in c.classes for c in before)


def _grown_from(mention: Mention, chunks: list[Chunk]) -> bool:
    """'The corps has grown from 248 to 481': the earlier total."""
    before, after = chunks[mention.start - 1 : mention.start], chunks[mention.last : mention.last + 2]
    if len(after) < 2 or not before or "grown_from" not in before[0].classes or "count_verb" not in after[0].classes:
        return False
    return after[1].number is not None


def _of_those_accredited(mention: Mention, chunks: list[Chunk]) -> bool:
    """'489 accredited ones', 'of observers, 272': the participle or the noun before stands for the people."""
    behind = chunks[mention.last].classes if mention.last < len(chunks) else frozenset()
    ahead = chunks[mention.start - 1].classes if mention.start > mention.clause[0] else frozenset()
    return "accredited_ones" in behind or "of_observers" in ahead


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


def passed_accreditation(mention: Mention, found: Statements, index: int) -> bool:
    """'The accreditation of CIS observers is over; 234 people passed it.'"""
    if mention.noun not in {"person", "observer"} or mention.group is not None:
        return False
    return "passed_it" in found.scan.sentences[index].classes and _accreditation_before(found, index)


def only_sender(found: Statements, index: int) -> str | None:
    """The one body that the sentence before names."""
    ids = {i for g in found.groups[index - 1] for i in g.ids} if index else set()
    return ids.pop() if len(ids) == 1 else None


def _in_papers_before(found: Statements, index: int) -> bool:
    """'The ministry has sent new submissions. They hold 59 names.'"""
    sentences = found.scan.sentences
    if not index or not any("in_them" in c.classes for c in sentences[index].chunks[:3]):
        return False
    return bool(sentences[index - 1].classes & (STATE_WORDS | {"proposed_by"}))


def _others(mention: Mention, sentence: Sentence) -> bool:
    return any(c.classes & {"rest", "new_word"} for c in sentence.chunks[mention.at + 1 : mention.at + 2])


def _is_candidate(mention: Mention, sentence: Sentence) -> bool:
    """Candidates, requests, experts: counted as observers only where observers or their senders stand beside them."""
    return any("candidate" in c.classes for c in sentence.chunks[mention.at : mention.last])
