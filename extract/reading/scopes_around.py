"""Whose a number without a sender of its own is: the numbers and sentences before it and the title tell."""

from __future__ import annotations

import itertools

from extract.model import Where
from extract.reading.context import passed_accreditation
from extract.reading.mentions import Mention
from extract.reading.same_body import (
    BESIDE,
    goes_on,
    long_term,
    of_a_states_delegation,
    of_that_delegation,
    others_of_it,
    same_mission,
    their_number_is,
    to_come_from_it,
)
from extract.reading.scan import Chunk, Sentence
from extract.reading.statements import Statements

_PUT_FORWARD = frozenset({"proposed", "announced", "said", "represent"})
_OF_OTHERS = frozenset({"in_all", "new_word", "commission", "observer", "international"})


def scope_from_around(mention: Mention, mentions: list[Mention], found: Statements, sender: str | None) -> str | None:
    """The scope of a number without a sender of its own: its sentence, the numbers before it and the title tell."""
    index = mention.sentence
    sentence = found.scan.sentences[index]
    chunks = sentence.chunks
    if passed_accreditation(mention, found, index) and (only := _only_sender(found, index)) is not None:
        return only
    if _of_locals_before(mention, found):
        return "domestic"
    told = (
        _of_its_heading(mention, found)
        or _of_the_only_body(mention, found)
        or _of_those_senders(mention, found)
        or _is_ours(mention, sentence, found.topic)
        or (len(mentions) > 1 and _of_those_beside(mention, mentions, sentence))
        or _of_those_met(mention, found)
        or _of_those_just_named(mention, found)
        or _of_those_planned(mention, found)
        or goes_on(mention, mentions, found)
        or others_of_it(mention, found)
        or ("they" in sentence.classes and their_number_is(mention, mentions, found))
        or to_come_from_it(mention, found)
        or of_that_delegation(mention, found)
        or of_a_states_delegation(mention, found)
        or long_term(mention, found, sender)
        or same_mission(mention, chunks, [*found.mentions, *mentions[: mentions.index(mention)]], found.topic)
    )
    if told:
        return told
    if sender is not None and sender == found.topic and _within_the_mission(mention, found):
        return found.topic
    introduced = mention.subject and ":" in chunks[mention.start - 1].text
    return found.topic if introduced or _of_the_topic(mention, sentence, found.topic, sender) else None


def _of_its_heading(mention: Mention, found: Statements) -> str | None:
    """'Organization of Turkic States. Thirteen observers visited 46 stations': a body that stands alone before them."""
    if mention.group is not None or mention.noun not in {"observer", "person"} or mention.of_them or mention.subject:
        return None
    before = found.scan.sentences[mention.sentence - 1] if mention.sentence else None
    if before is None or before.where is Where.TITLE or before.counted or len(found.groups[mention.sentence - 1]) != 1:
        return None
    (group,) = found.groups[mention.sentence - 1]
    words = [i for i, chunk in enumerate(before.chunks) if chunk.is_word or chunk.name is not None]
    alone = len(group.ids) == 1 and all(group.first <= i < group.last for i in words)
    return group.ids[0] if alone and group.ids[0].startswith("organization:") else None


def _of_the_only_body(mention: Mention, found: Statements) -> str | None:
    """'ODIHR intends to have 344 observers. So far 120 have been accredited': of the one body that the text counts."""
    before = found.mentions[-1] if found.mentions else None
    if mention.noun != "bare" or mention.group is not None or mention.of_them or mention.subject or before is None:
        return None
    told, sentence = found.scan.sentences[before.sentence], found.scan.sentences[mention.sentence]
    if mention.sentence - before.sentence != 1 or told.paragraph != sentence.paragraph:
        return None
    scopes = {m.scope for m in found.mentions}
    only = next(iter(scopes)) if len(scopes) == 1 else None
    if only is None or not only.startswith("organization:") or found.groups[mention.sentence]:
        return None
    if sentence.classes & {"observer", "international", "in_all"} or "accredited" not in sentence.classes:
        return None
    return only if mention.value < max(m.value for m in found.mentions) else None


def _of_those_senders(mention: Mention, found: Statements) -> str | None:
    """'Үш ұйымға да жауап берілді, олардың 93 адамы тіркелді': the pronoun goes back to the senders just counted."""
    if not mention.of_them or mention.noun not in {"observer", "person"} or mention.group is not None:
        return None
    chunks = found.scan.sentences[mention.sentence].chunks
    before = [g for g in found.groups[mention.sentence] if g.last <= mention.start]
    if len(before) != 1 or before[0].ids or len(before[0].counts) != 1:
        return None
    between = chunks[before[0].last : mention.start]
    theirs = any({"they", "of_them"} <= c.classes for c in between)
    if not theirs or any(c.number is not None or "observer" in c.classes for c in between):
        return None
    mention.group, mention.of_them = before[0], False
    return before[0].scope


def _of_locals_before(mention: Mention, found: Statements) -> bool:
    """'Five associations are accredited. They will put out 700 observers': the country's own.

    So are those of a party: 'Amanat will have one observer at each station. In all 10,000 people have been trained.'
    """
    before = found.mentions[-1] if found.mentions else None
    sentence = found.scan.sentences[mention.sentence]
    if before is None or mention.sentence - before.sentence != 1:
        return False
    if before.scope == "domestic" and mention.noun == "person" and mention.group is None:
        return not sentence.classes & {"international", "accredit_root"} and not mention.of_them
    if before.noun != "association" or mention.group is not None or "international" in sentence.classes:
        return False
    ahead = sentence.chunks[max(mention.clause[0], mention.start - BESIDE - 1) : mention.start]
    theirs = any("they" in a.classes and "observer" in b.classes for a, b in itertools.pairwise(ahead))
    if mention.subject and theirs:
        return True  # 'Their observers number 4,200'
    return mention.noun == "observer" and any("they" in c.classes for c in sentence.chunks[:2])


def _is_ours(mention: Mention, sentence: Sentence, topic: str | None) -> str | None:
    """'We plan to bring about 400 people', said by the body that the title is about."""
    if mention.group is not None:
        return None
    if mention.noun == "bare" and any("yours" in c.classes for c in sentence.chunks[mention.last :][:2]):
        return topic  # 'has accredited 246 of our observers'
    if mention.noun not in {"observer", "person"}:
        return None
    ours = mention.noun == "person" and {"we", "announced"} <= sentence.classes
    have = mention.start and {"we", "at_case"} <= sentence.chunks[mention.start - 1].classes
    ours = ours or bool(have)  # 'Бізде он төрт байқаушы бар'
    return topic if ours or "yours" in sentence.classes else None


def _among_the_last(mention: Mention, mentions: list[Mention], chunks: list[Chunk]) -> str | None:
    """'The Assembly will send 70 observers, including 45 members of parliament': of the same body."""
    at = mentions.index(mention)
    before = mentions[at - 1] if at else None
    if before is None or mention.group is not None or mention.noun not in {"person", "bare"} or not mention.start:
        return None
    ahead = chunks[mention.start - 1].classes
    of_which = {"relative", "of_them"} <= ahead  # '37 наблюдателям БДИПЧ, из которых 12 работают в офисе'
    if not ("including" in ahead or of_which) or before.value <= mention.value:
        return None
    if not (before.scope or "").startswith("organization:"):
        return None
    mention.subset = True
    return before.scope


def _of_those_beside(mention: Mention, mentions: list[Mention], sentence: Sentence) -> str | None:
    return _among_the_last(mention, mentions, sentence.chunks) or _of_those_put_forward(mention, mentions, sentence)


def _of_those_put_forward(mention: Mention, mentions: list[Mention], sentence: Sentence) -> str | None:
    """'СНГ заявил 41 наблюдателя, аккредитовано 38', 'ОБСЕ планировала прислать 60, но аккредитованы 40': its own."""
    at = mentions.index(mention)
    if not at or "accredited" not in sentence.classes or mention.noun not in {"bare", "person"}:
        return None
    before, chunks = mentions[at - 1], sentence.chunks
    scope = before.scope or ""
    if mention.group is not None or mention.subject or before.value <= mention.value:
        return None
    if ":" not in scope and scope != "diplomats":
        return None
    if not any(c.classes & _PUT_FORWARD for c in chunks[before.clause[0] : before.start]):
        return None
    between = chunks[before.last : mention.start]
    comma = next((i for i, c in enumerate(between) if c.text == ","), len(between))
    told = between[comma + 1 :]
    if any(c.name is not None or c.day is not None or c.classes & _OF_OTHERS for c in told):
        return None
    verb = [c for c in told if not c.classes & {"adverb", "filler", "approx", "place_prep"} and c.text not in "–—"]
    if not verb or "accredited" not in verb[-1].classes:
        return None
    if before.group is not None and before.group.ids == [scope]:
        mention.group = before.group.told_at(mention.start, mention.start)
    return scope


def _of_those_planned(mention: Mention, found: Statements) -> str | None:
    """'The CIS expects to bring 220 people. 151 are accredited so far', in a text on that body's mission."""
    before = found.mentions[-1] if found.mentions else None
    if before is None or found.topic is None or before.scope != found.topic or before.value <= mention.value:
        return None
    sentence = found.scan.sentences[mention.sentence]
    if mention.group is not None or mention.noun not in {"bare", "person"} or mention.sentence - before.sentence != 1:
        return None
    if sentence.classes & {"in_all", "international", "commission"} or len(sentence.counted) > 1:
        return None
    return before.scope if "accredited" in sentence.classes else None


def _of_those_met(mention: Mention, found: Statements) -> str | None:
    """'Observers of the CIS met the chairman. There are 16 of them here', 'представители СВМДА. Их двое'."""
    chunks = found.scan.sentences[mention.sentence].chunks
    counted = mention.subject and 0 < mention.at <= BESIDE and "their_number" in chunks[mention.start - 1].classes
    theirs = mention.of_them or counted
    if not theirs or mention.rest or mention.noun not in {"bare", "person"} or mention.group is not None:
        return None
    before = found.scan.sentences[mention.sentence - 1] if mention.sentence else None
    if before is None or any(c.number is not None for c in before.chunks):
        return None
    if "accredit_root" in found.scan.sentences[mention.sentence].classes or mention.clause[0] != 0:
        return None
    groups = found.groups[mention.sentence - 1]
    if len(groups) != 1 or len(groups[0].ids) != 1 or not groups[0].ids[0].startswith("organization:"):
        return None
    near = before.chunks[max(0, groups[0].first - BESIDE) : groups[0].last + 2]
    people = {"observer", "person"} if mention.subject else {"observer"}
    sent = any(c.classes & people and not c.classes & {"international", "leader"} for c in near)
    return groups[0].ids[0] if sent else None


def _of_those_just_named(mention: Mention, found: Statements) -> str | None:
    """'The observers from ODIHR stay till Friday; 32 are accredited': of the body that the clause before names."""
    sentence = found.scan.sentences[mention.sentence]
    first = mention.clause[0]
    if not first or mention.noun != "bare" or mention.group is not None or mention.start - first > 1:
        return None
    if any(i < mention.at for i in sentence.counted):
        return None
    groups = [g for g in found.groups[mention.sentence] if g.last <= first]
    if len(groups) != 1 or len(groups[0].ids) != 1 or not groups[0].ids[0].startswith("organization:"):
        return None
    near = sentence.chunks[max(0, groups[0].first - BESIDE) : groups[0].last + 2]
    return groups[0].ids[0] if any("observer" in c.classes for c in near) else None


def _of_the_topic(mention: Mention, sentence: Sentence, topic: str | None, sender: str | None) -> bool:
    """'Eleven observers will work in Astana' in a text about one body's mission, the body named last."""
    if topic is None or sender != topic or mention.group is not None:
        return False
    watches = (
        mention.noun == "person"
        and sentence.classes & {"observing", "long_short"}
        and not sentence.classes & {"voting"}
    )
    if mention.noun != "observer" and not watches:
        return False
    phrase = sentence.chunks[max(0, mention.start - 1) : mention.last]
    granted = "accredited" in sentence.classes and sentence.classes & {"in_all", "applicant"}
    of_all = granted or "accredit_root" in sentence.classes or {"growing", "list_word"} <= sentence.classes
    return not of_all and not any("international" in c.classes for c in phrase)


def _within_the_mission(mention: Mention, found: Statements) -> bool:
    """'The Mission was joined by ... The commission accredited 17 observers. The Mission was headed by ...': its own.

    In a text whose title is about that mission, where the sentences before and behind both speak of it.
    """
    sentences, at = found.scan.sentences, mention.sentence
    own = sentences[at]
    if mention.noun != "observer" or mention.group is not None or mention.more or len(own.counted) > 1:
        return False
    if own.classes & {"international", "in_all", "cumulative"} or not 0 < at < len(sentences) - 1:
        return False
    return all(s.paragraph == own.paragraph and "mission_itself" in s.classes for s in sentences[at - 1 : at + 2 : 2])


def _only_sender(found: Statements, index: int) -> str | None:
    """The one body that the sentence before names."""
    ids = {i for g in found.groups[index - 1] for i in g.ids} if index else set()
    return ids.pop() if len(ids) == 1 else None
