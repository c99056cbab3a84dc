"""Whose observers a number counts: by its noun, its senders, the words that go back to a body."""

from __future__ import annotations

from extract.model import Status
from extract.reading.bodies import is_office_of, named_before
from extract.reading.diplomats import are_diplomats
from extract.reading.groups import HOST, Group
from extract.reading.local_senders import are_locals_before, beside_locals, is_by_locals, is_of_locals
from extract.reading.mentions import Mention
from extract.reading.possession import POSSESSORS, has_possessor, is_flagged, owner_of
from extract.reading.scan import Chunk, Sentence
from extract.reading.statements import TOPIC
from extract.words.spans import NameKind

SCOPES = {"journalist": "journalists", "association": "domestic_organizations"}
_UNTOLD = frozenset({"bare", "observer"})
_OF_MEDIA = 5
"""Chunks behind 'representatives' in which their media are named."""
_BEHIND_COUNTING = 4
"""Chunks behind 'the number' in which the counted people are named: 'of foreign journalists'."""


def mark_kind(mention: Mention, chunks: list[Chunk]) -> None:
    """'Foreign media have 215 people at work', 'reporters hold 110 such badges', 'the number of NGOs is 190'."""
    if mention.noun not in {"person", "bare"} or (mention.group is not None and mention.group.ids):
        return
    before = chunks[mention.clause[0] : mention.at]
    if _they_are_media(before) or _in_apposition_to_media(mention, chunks):
        mention.noun = "journalist"
        return
    listed = any("list_word" in c.classes for c in before)  # 'The list of accredited associations has 57 entries'
    noun = _whose_number(before) if mention.subject or listed else None
    if (noun == "association" and listed) or (mention.subject and noun in SCOPES):
        mention.noun = noun
        return
    if mention.noun == "person" and _of_so_many_media(chunks[mention.last : mention.last + _OF_MEDIA]):
        mention.noun = "journalist"
        return
    if mention.noun == "person" and _end_as_media(mention, chunks):
        mention.noun = "journalist"
        return
    at = max((i for i, c in enumerate(before) if "media" in c.classes), default=None)
    if at is None or any("observer" in c.classes or c.number is not None or c.text == "," for c in before[at:]):
        return
    own = before[at + 1 :]
    told = any(c.classes & {"have", "light"} for c in before[at:]) or (own and own[-1].text == ":")
    if told or all(c.text == "-" or "declined" in c.classes for c in own):
        mention.noun = "journalist"


def _end_as_media(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Қалған 156 адам – 31 елдің бұқаралық ақпарат құралдарында істейтін журналистер': what closes the clause."""
    behind = chunks[mention.last :]
    if not behind or behind[0].text not in "–—":
        return False
    ends = next((i for i, c in enumerate(behind) if c.text in ",.;:"), len(behind))
    return ends > 1 and "journalist" in behind[ends - 1].classes and "many" in behind[ends - 1].classes


def _they_are_media(before: list[Chunk]) -> bool:
    """'Тұрақты журналистер бұған кірмейді, олар 147 адам': the pronoun goes back to the journalists of the clause."""
    if len(before) < 3 or "they" not in before[-1].classes or before[-2].text != ",":
        return False
    people = [c for c in before[:-2] if c.classes & {"journalist", "observer", "person"}]
    return bool(people) and "journalist" in people[-1].classes and "observer" not in people[-1].classes


def _in_apposition_to_media(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Foreign journalists, 87 in all, were accredited by the ministry.'"""
    ahead = chunks[max(0, mention.start - 2) : mention.start]
    apart = len(ahead) > 1 and ahead[1].text in ",(" and mention.group is None
    apart = apart and (mention.noun == "bare" or (mention.noun == "person" and ahead[1].text == "("))
    return apart and "journalist" in ahead[0].classes and "observer" not in ahead[0].classes


def _of_so_many_media(behind: list[Chunk]) -> bool:
    """'241 representatives of 113 foreign media outlets': those whom the media send."""
    if not behind or not behind[0].classes & {"origin", "of_case"}:
        return False
    words = [c for c in behind[1:] if c.number is None and not c.classes & {"filler", "international"}]
    return bool(words) and "media" in words[0].classes and "observer" not in words[0].classes


def _whose_number(before: list[Chunk]) -> str | None:
    """'журналистер саны 215-ке жетті', 'the number of foreign journalists is 215': the people named beside the word."""
    counted = next((i for i in range(len(before) - 1, -1, -1) if "count_subject" in before[i].classes), 0)
    named = before[counted - 1].classes if counted else frozenset()
    behind = frozenset().union(*(c.classes for c in before[counted + 1 : counted + _BEHIND_COUNTING]))
    return next((n for n in ("journalist", "observer", "association") if n in named or n in behind), None)


def _numbers_locals(before: list[Chunk]) -> bool:
    """'жергілікті байқаушылар саны': local observers are named beside the word of counting."""
    counted = next((i for i in range(len(before) - 1, -1, -1) if "count_subject" in before[i].classes), 0)
    return counted > 0 and {"domestic", "observer"} <= before[counted - 1].classes


def set_scope(mention: Mention, sentence: Sentence, sender: str | None) -> None:
    """Scope of a mention by its noun and its senders."""
    chunks = sentence.chunks
    if (kind := _scope_of_a_kind(mention, sentence)) is not None:
        mention.scope = kind
        return
    _last_named(mention, chunks)
    if "its_noun" in sentence.classes:
        _of_its_owner(mention, chunks)
    if "asks_for" in sentence.classes and _asked_for(mention, chunks):
        mention.status = Status.ANNOUNCED
        named = named_before(chunks, mention.at)
        asking = named if sender is None or (named and is_office_of(named, sender)) else sender
        if asking and _of_states(mention.group):
            mention.group, mention.scope = None, asking
            return
    if "flag" in sentence.classes and is_flagged(mention, chunks) and _may_be_of_a_body(mention):
        flag = named_before(chunks, mention.at) or sender
        if flag:
            mention.scope = flag
            return
    if is_subset(mention, chunks):
        mention.group = None
        return
    if mention.group is not None:
        mention.scope = mention.group.ids[0] if mention.each and mention.group.ids else mention.group.scope
        return
    owned = not sentence.classes.isdisjoint(POSSESSORS) and has_possessor(mention, chunks)
    if owned and (owner := owner_of(mention, chunks) or sender):
        mention.scope = owner


def _may_be_of_a_body(mention: Mention) -> bool:
    """'The delegation includes 11 members of parliament from Azerbaijan and Türkiye': states that merely lend them."""
    group = mention.group
    if group is None or group.generic:
        return True
    return len(group.ids) > 1 and group.kinds == {"countries"} and not group.counts and not mention.each


def _asked_for(mention: Mention, chunks: list[Chunk]) -> bool:
    """'The Office has asked the OSCE states for 300 short-term observers': its own people, who are to come."""
    phrase = chunks[mention.at : mention.last]
    return mention.noun == "observer" and any("long_short" in c.classes for c in phrase)


def _of_states(group: Group | None) -> bool:
    """Whether only the states that are asked could be the senders: whoever lends observers, they are the body's."""
    return group is None or group.generic or not group.ids


def _scope_of_a_kind(mention: Mention, sentence: Sentence) -> str | None:
    """Of those whose kind alone tells the scope: media people, associations, observers of locals, embassy staff."""
    chunks = sentence.chunks
    if mention.noun in SCOPES:
        return SCOPES[mention.noun]
    phrase = chunks[mention.at : mention.last]
    if mention.noun == "observer" and (
        any("domestic" in c.classes or _is_our_own(c) for c in phrase)
        or is_of_locals(mention, chunks)
        or is_by_locals(mention, chunks)
    ):
        return "domestic"
    if mention.noun in _UNTOLD and "observer" in sentence.classes and _are_locals(mention, sentence):
        mention.noun = "observer"
        return "domestic"
    if mention.subject and "domestic" in sentence.classes and _numbers_locals(chunks[mention.clause[0] : mention.at]):
        mention.noun = "observer"
        return "domestic"
    if mention.noun == "person" and sentence.classes & TOPIC and beside_locals(mention, sentence):
        mention.noun = "observer"
        return "domestic"
    return "diplomats" if are_diplomats(mention, sentence) else None


def _is_our_own(chunk: Chunk) -> bool:
    """'57 Kazakh observers.'"""
    return chunk.name is not None and chunk.name.id == HOST and chunk.name.kind is NameKind.NATIONALITY


def _are_locals(mention: Mention, sentence: Sentence) -> bool:
    return _of_national_ones(mention, sentence.chunks) or are_locals_before(mention, sentence)


def _of_national_ones(mention: Mention, chunks: list[Chunk]) -> bool:
    """'793 observers from abroad, and of national ones - more than 50,000.'"""
    ahead = chunks[max(mention.clause[0], mention.start - 2) : mention.start]
    return mention.noun == "bare" and len(ahead) > 1 and "domestic" in ahead[0].classes and ahead[1].text in "–—"


def _last_named(mention: Mention, chunks: list[Chunk]) -> None:
    """'the CIS, the OSCE's ODIHR, which has 421 people': the relative clause is the last body's."""
    group = mention.group
    if group is None or len(group.ids) < 2 or group.last > mention.at or mention.each:
        return
    if any("relative" in c.classes for c in chunks[group.last : group.last + 2]):
        mention.group = Group(group.first, group.last, group.ids[-1:], {group.ids[-1].partition(":")[0] + "s"})


def _of_its_owner(mention: Mention, chunks: list[Chunk]) -> None:
    """'Ассамблеяның 24 елден жиналған 108 байқаушысы': the body's own, wherever it has them from."""
    group = mention.group
    owner = chunks[group.first - 1] if group is not None and group.first else None
    if group is None or group.ids or owner is None or owner.name is None or "of_case" not in owner.classes:
        return
    if owner.name.kind is NameKind.ORGANIZATION and any(
        "its_noun" in c.classes for c in chunks[mention.at : mention.last]
    ):
        scope = f"organization:{owner.name.id}"
        mention.group = Group(group.first - 1, group.first, [scope], {"organizations"})


def _are_people_of(behind: list[Chunk]) -> bool:
    """'90 of them are representatives of [ten] organizations': whose they are, not what."""
    people = bool(behind) and "person" in behind[0].classes
    senders = [c for c in behind[1:4] if not c.classes & {"international", "origin"} and c.number is None]
    return people and bool(senders) and bool(senders[0].name or senders[0].classes & {"organizations", "countries"})


def is_subset(mention: Mention, chunks: list[Chunk]) -> bool:
    """'60 of the observers are members of parliament': described, not sent."""
    if not (mention.of_them or mention.of_value) or mention.rest or (mention.group is not None and mention.group.ids):
        return False
    after = chunks[mention.last : min(mention.last + 8, max(mention.clause[1], mention.last))]
    verb = next((i for i, c in enumerate(after) if "copula" in c.classes), None)
    if verb is not None and _are_people_of(after[verb + 1 :]):
        return False
    return verb is not None and any(c.classes & {"person", "observer", "long_short"} for c in after[verb : verb + 4])
