"""Which states and bodies are named as sending observers."""

from __future__ import annotations

from extract.reading.closing import MEDIA
from extract.reading.groups import Group
from extract.reading.scan import Sentence
from extract.reading.statements import Statements

_TO_ITS_STAFF = 3
"""Chunks between 'the embassies' and the states that they are of."""
_A_ROW = 3
"""So many states named together are listed as something: as senders, where the sentence speaks of these."""
_OF_SENDERS = frozenset(
    {"observer", "accredited", "countries", "election_body", "observing", "represent", "have", "mission", "the_list"}
)


def find_names(found: Statements) -> tuple[set[str], set[str]]:
    """(states, bodies) named as sending observers."""
    states: set[str] = set()
    bodies: set[str] = set()
    counted = {i for m in found.mentions for i in (m.group.ids if m.group is not None else [m.scope or ""])}
    by_reference = {m.scope for m in found.mentions if m.group is None}  # 'all members of that delegation'
    refused: set[str] = set()
    groups_of: dict[int, list[Group]] = {}
    for mention in found.mentions:
        if mention.group is not None:
            groups_of.setdefault(mention.sentence, []).append(mention.group)
    for index, sentence in enumerate(found.scan.sentences):
        if found.left_out[index]:
            continue
        refused |= _refusing(sentence, found.groups[index]) - counted
        own = groups_of.get(index, ())
        linked = {id(group) for group in own}
        # 'Georgia and Tajikistan (two and one)': each has its own
        told = by_reference.union(i for group in own for i in group.ids)
        for group in found.groups[index]:
            for scope in group.ids:
                kind, _, name = scope.partition(":")
                if kind == "organization":
                    if (
                        id(group) in linked
                        or scope in counted
                        or (not _of_its_states(sentence, group) and _body_observes(sentence, found, index))
                    ):
                        bodies.add(name)
                elif id(group) in linked or scope in told or _sends(sentence, group, found, index):
                    states.add(name)
    if any(b.startswith("OSCE-") for b in bodies):
        bodies.discard("OSCE")
    bodies -= {b for b in bodies if f"{b}-PA" in bodies and _only_by_its_deputies(b, found, counted)}
    return states, bodies - {scope.partition(":")[2] for scope in refused}


def _only_by_its_deputies(body: str, found: Statements, counted: set[str]) -> bool:
    """'CSTO parliamentarians to observe' above a text on the Assembly of the CSTO: the Assembly alone is meant."""
    scope = f"organization:{body}"
    named = [
        (sentence.chunks, group)
        for sentence, groups in zip(found.scan.sentences, found.groups, strict=True)
        for group in groups
        if group.ids == [scope] and not group.anaphoric
    ]
    if scope in counted:
        return False
    beside = ([*chunks[g.last : g.last + 1], *chunks[max(0, g.first - 2) : g.first]] for chunks, g in named)
    return all(any(c.classes & {"deputy", "parliamentarians"} for c in near) for near in beside)


def _refusing(sentence: Sentence, groups: list[Group]) -> set[str]:
    """'ODIHR declined to observe': the one body that a sentence says will send nobody."""
    if "refuses" not in sentence.classes:
        return set()
    at = next((i for i, c in enumerate(sentence.chunks) if "refuses" in c.classes), None)
    before = [g for g in groups if at is not None and g.last <= at] or groups
    if before and at is not None and any(c.number is not None for c in sentence.chunks[before[-1].last : at]):
        return set()
    ids = set(before[-1].ids) if before and at is not None else set()
    return ids if len(ids) == 1 else set()


def _body_observes(sentence: Sentence, found: Statements, index: int) -> bool:
    if _is_merely_invited(sentence, found, index):
        return False
    of_observers = {"observer", "observing", "mission"} if found.mentions else {"observer", "observing"}
    if "meets" in sentence.classes and sentence.classes.isdisjoint(of_observers):
        return False
    if found.topical[index] or sentence.classes & {"observer", "mission", "observing"}:
        return True
    several = sum(len(g.ids) for g in found.groups[index]) > 1
    return several and index > 0 and bool(found.scan.sentences[index - 1].classes & {"mission", "observer"})


def _is_merely_invited(sentence: Sentence, found: Statements, index: int) -> bool:
    """'ОДКБ, которую тоже приглашали, пока думает', 'ten bodies were invited. Among them are the CIS and the OTS'."""
    if "mission" in sentence.classes:
        return False
    among_those = {"including", "of_them"} <= sentence.chunks[0].classes and index > 0
    invited = found.scan.sentences[index - 1] if among_those else sentence
    return "invited" in invited.classes and not any(m.sentence == index for m in found.mentions)


def _of_its_states(sentence: Sentence, group: Group) -> bool:
    """'a number of CIS countries': the body only says which states are meant."""
    after = sentence.chunks[group.last : group.last + 2]
    return len(group.ids) == 1 and any(c.classes & {"countries", "member_of"} for c in after[:1])


def _of_journalists(found: Statements, index: int) -> bool:
    """'193 journalists are accredited. They came from 38 countries, with Japan sending the biggest crews.'"""
    before = [m for m in found.mentions if m.sentence == index - 1]
    own = found.scan.sentences[index].classes
    return bool(before) and before[-1].noun == "journalist" and "observer" not in own and "they" in own


def _sends_media(sentence: Sentence, group: Group) -> bool:
    """'Крупные съемочные группы присылают Турция, Китай и Катар': media people are the subject, nobody observes."""
    if sentence.classes.isdisjoint(MEDIA) or sentence.classes & {"observer", "observing", "election_body"}:
        return False
    before = sentence.chunks[: group.first]
    media = next((i for i, c in enumerate(before) if c.classes & MEDIA and "told_media" not in c.classes), None)
    return media is not None and any(c.classes & {"represent", "have", "sends", "origin"} for c in before[media:])


def _counted_before(found: Statements, index: int, names: int) -> bool:
    """'... on behalf of four states. They are Poland, Ukraine, Finland and Czechia.'"""
    before = found.groups[index - 1] if index else []
    return any(g.counts.get("countries") == names for g in before)


def _sends(sentence: Sentence, group: Group, found: Statements, index: int) -> bool:
    """Whether states not linked to a figure are named as senders."""
    if _of_journalists(found, index) or _sends_media(sentence, group):
        return False
    if _sends_its_staff(sentence, group, found, index):
        return True
    if "embassy" in sentence.classes and _have_their_staff_here(sentence, group, found, index):
        return True
    if not found.topical[index] or _are_left_out(sentence, group):
        return False
    if len(group.ids) > 1 and _counted_before(found, index, len(group.ids)):
        return True
    if len(group.ids) >= _A_ROW or group.generic:
        return _row_sends(sentence, group)
    return _whose_people_are_in(sentence, group) or _are_its_own(sentence, group)


def _are_left_out(sentence: Sentence, group: Group) -> bool:
    """Whether these states are named for something else: as those that send nobody, as owners of media, as voters'."""
    before = sentence.chunks[max(0, group.first - 8) : group.first]
    if any("inside" in c.classes for c in before[-4:]) or (before and before[-1].classes & MEDIA):
        return True  # 'сотрудника СМИ, в том числе телеканалов Китая и Турции': whose media they are
    following = sentence.chunks[group.last : group.last + 1]
    if any("except" in c.classes for c in [*before[-4:], *following]) or "voting" in sentence.classes:
        return True
    return "negative" in sentence.classes and len(group.ids) == 1


def _row_sends(sentence: Sentence, group: Group) -> bool:
    """Whether the states of a row are senders by what the sentence speaks of."""
    if group.ids and "at_case" in sentence.chunks[group.last - 1].classes:
        return False  # 'Азаматтардың дені Түркия, Ресей және Қытайда тұрады': where they live
    beside = sentence.chunks[group.last : group.last + 1] + sentence.chunks[max(0, group.first - 1) : group.first]
    return any("person" in c.classes for c in beside) or not sentence.classes.isdisjoint(_OF_SENDERS)


def _are_its_own(sentence: Sentence, group: Group) -> bool:
    """'Observers from Georgia', 'Georgia sends officials of its commission': people of the state, or sent by it."""
    chunks = sentence.chunks
    before, after = chunks[max(0, group.first - 8) : group.first], chunks[group.last : group.last + 5]
    origin = any("origin" in c.classes for c in before[-2:])
    people = any(c.classes & {"observer", "person", "election_body", "commission"} for c in before)
    if origin and people and not any(c.classes & {"leader", "in_place"} for c in before):
        return True
    sends = any("sends" in c.classes for c in chunks[group.first : group.last])
    subject = sends or any(c.classes & {"represent", "have", "sends"} for c in after)
    return subject and not sentence.classes.isdisjoint({"observer", "election_body"})


def _whose_people_are_in(sentence: Sentence, group: Group) -> bool:
    """'Әзербайжан мен Өзбекстанның өкілдері алғашқылардың қатарында тіркелді': uncounted people of these states."""
    chunks = sentence.chunks
    people = chunks[group.last].classes if group.last < len(chunks) else frozenset()
    if not {"person", "many"} <= people or "of_case" in people or "of_case" not in chunks[group.last - 1].classes:
        return False
    verb = next((c.classes for c in chunks[group.last + 1 :] if c.classes & {"accredited", "proposed"}), frozenset())
    return "accredited" in verb and not sentence.counted


def _sends_its_staff(sentence: Sentence, group: Group, found: Statements, index: int) -> bool:
    """'Four diplomats of the embassies of Japan and Pakistan got badges': the states whose embassies are named."""
    if not sentence.classes & {"embassy"} or not group.first:
        return False
    near = sentence.chunks[max(0, group.first - _TO_ITS_STAFF) : group.first]
    counted = any(m.sentence == index and m.scope == "diplomats" and m.last <= group.first for m in found.mentions)
    return counted and any("embassy" in c.classes for c in near)


def _have_their_staff_here(sentence: Sentence, group: Group, found: Statements, index: int) -> bool:
    """'17 diplomats were accredited. They serve at the embassies of Poland and Japan': whose embassies those are."""
    words = (c for c in sentence.chunks if c.is_word)
    if "they" not in next((c.classes for c in words), ()) or sentence.counted:
        return False
    before = [m for m in found.mentions if m.sentence == index - 1]
    beside = [*sentence.chunks[max(0, group.first - _TO_ITS_STAFF) : group.first], *sentence.chunks[group.last :][:2]]
    return bool(before) and before[-1].scope == "diplomats" and any("embassy" in c.classes for c in beside)
