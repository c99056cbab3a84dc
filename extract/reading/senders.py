"""Who sends: the names and generic nouns of a sentence that speak of senders ('the CIS', 'nine organizations')."""

from __future__ import annotations

from extract.reading.bodies import Named, body_meant, mission_meant, named_before, without_parent
from extract.reading.generic_senders import counted_senders, election_bodies, unnamed_senders
from extract.reading.groups import HOST, Group, are_coordinated, bodies_of, merge
from extract.reading.scan import Chunk, Sentence
from extract.reading.sender_counts import take_counts
from extract.words.spans import NameKind

_COMPARING = frozenset({"compared", "compared_behind"})
_A_POST = 6
"""Chunks between a person's post, held once, and the body that it was at."""
_TO_THE_FIRST = 7
"""Chunks between a first number and the sender of the second: '84 foreign observers, ahead of the'."""
_SENDS_BY_CASE = frozenset({"of_case", "at_case", "from_case"})


def find_groups(sentence: Sentence, named: Named) -> list[Group]:
    """The sender groups of a sentence, in order; `named` are the bodies named before it."""
    chunks = sentence.chunks
    telling = {*sentence.named, *sentence.counted}
    if not _SENDERS.isdisjoint(sentence.classes):
        telling.update(i for i, c in enumerate(chunks) if c.classes and not _SENDERS.isdisjoint(c.classes))
    singles = [g for i in sorted(telling) if (g := _single(chunks, i, _body_before(chunks, i, named)))]
    groups: list[Group] = []
    for group in singles:
        if groups and group.first < groups[-1].last:
            continue
        if groups and _joins_a_mission(groups[-1], group, chunks):
            continue
        if groups and _is_its_parent(groups[-1], group, chunks):
            groups[-1].last = group.last + 1
            continue
        if groups and groups[-1].anaphoric and not group.anaphoric and group.ids and group.first - groups[-1].last <= 2:
            groups.pop()
        if groups and bodies_of(sentence.chunks, groups[-1], group):
            groups[-1].last = group.last
        elif groups and are_coordinated(sentence.chunks, groups[-1], group):
            merge(groups[-1], group, sentence.chunks)
        else:
            groups.append(group)
    if sentence.counted:
        take_counts(groups, sentence)
    comparing = not sentence.classes.isdisjoint(_COMPARING)
    for group in groups:
        group.compared = comparing and _is_compared(sentence.chunks, group)
        without_parent(group)
    return groups


def _joins_a_mission(left: Group, right: Group, chunks: list[Chunk]) -> bool:
    """'Россия направила в состав миссии 45 человек': the state sends them, whoever's mission they join."""
    if left.kinds == {"countries"} and left.ids and _into_its_mission(left, right, chunks):
        return True
    into = chunks[right.first - 1] if right.first else None
    joins = into is not None and "origin" in into.classes and into.last - into.first > 1
    sends = any("have" in c.classes for c in chunks[left.last : right.first])
    return right.anaphoric and joins and sends and bool(left.ids) and left.kinds == {"countries"}


def _is_its_parent(left: Group, right: Group, chunks: list[Chunk]) -> bool:
    """'ODIHR, the human rights office of the OSCE, has 20': what the body just named is a part of, in apposition."""
    if len(right.ids) != 1 or not left.ids or not left.ids[-1].startswith(f"{right.ids[0]}-"):
        return False
    between = chunks[left.last : right.first]
    if len(between) < 2 or between[0].text not in ",(" or any(c.number or c.name for c in between):
        return False
    of = [c for c in between if "filler" not in c.classes][-1]
    closed = right.last < len(chunks) and chunks[right.last].text in ",)"
    return closed and "partitive" in of.classes and of.last - of.first == 1


def _into_its_mission(left: Group, right: Group, chunks: list[Chunk]) -> bool:
    """'МИД Беларуси делегировал в миссию наблюдателей от СНГ 14 человек': whose mission it is says nothing of them."""
    if len(right.ids) != 1 or right.kinds != {"organizations"}:
        return False
    between = chunks[left.last : right.first]
    if "observing" in chunks[right.first].classes:  # 'миссию наблюдателей от СНГ' is one name
        return len(between) > 1 and "place_prep" in between[-1].classes and "have" in between[-2].classes
    at = max((i for i, c in enumerate(between) if "mission_word" in c.classes), default=0)
    if at < 2 or "place_prep" not in between[at - 1].classes or "have" not in between[at - 2].classes:
        return False
    return all(c.classes & {"observer", "origin", "international", "filler"} for c in between[at + 1 :])


def _body_before(chunks: list[Chunk], at: int, named: Named) -> str | None:
    """The body that 'the mission' goes back to: one that the text named before, or else this sentence itself.

    There the case must tell that the mission sends: 'көбі – ТМД байқаушылары, миссияның 86 өкілі бар'.
    """
    before = named.meant_by(chunks, at)
    return before or (named_before(chunks, at) if chunks[at].classes & _SENDS_BY_CASE else None)


def _is_compared(chunks: list[Chunk], group: Group) -> bool:
    before = [c for c in chunks[max(0, group.first - 3) : group.first] if "filler" not in c.classes]
    behind = chunks[group.last : group.last + 1]
    if _has_its_number_too(chunks, group):
        return False
    return any("compared" in c.classes for c in before[-1:]) or any("compared_behind" in c.classes for c in behind)


def _has_its_number_too(chunks: list[Chunk], group: Group) -> bool:
    """'ODIHR leads with 84, ahead of the CIS with 52': both have numbers of their own."""
    behind = chunks[group.last : group.last + 2]
    if len(behind) < 2 or "with_number" not in behind[0].classes or behind[1].number is None:
        return False
    ahead = chunks[max(0, group.first - _TO_THE_FIRST) : group.first]
    apart = next((i for i, c in enumerate(ahead) if c.text == ","), 0)
    return any(c.number is not None for c in ahead[:apart])


_SENDERS = frozenset(
    {"election_body", "organizations", "countries", "body_itself", "mission_word", "assembly_word", "bureau_word"}
)
"""What `_single` asks of words: all others are no senders."""


def _single(chunks: list[Chunk], at: int, sender_before: str | None) -> Group | None:
    chunk = chunks[at]
    if chunk.name is not None:
        return _named(chunks, at)
    if chunk.number is not None:
        return counted_senders(chunks, at)
    if "election_body" in chunk.classes:
        return None if _is_a_states_body(chunks, at) else election_bodies(chunks, at)
    if sender_before and (meant := body_meant(chunks, at, sender_before)) is not None:
        return Group(at, at + 1, [meant], {"organizations"}, anaphoric=True)
    if "organizations" in chunk.classes or "countries" in chunk.classes:
        return unnamed_senders(chunks, at)
    if "mission_word" in chunk.classes and sender_before:
        return mission_meant(chunks, at, sender_before)
    return None


def _named(chunks: list[Chunk], at: int) -> Group | None:
    name = chunks[at].name
    if name is None or name.id == HOST or name.kind is NameKind.CITY:
        return None
    if name.kind is NameKind.COUNTRY and (_home_of_a_person(chunks, at) or _post_of_a_person(chunks, at)):
        return None
    if name.kind is NameKind.ORGANIZATION and (_of_its_members(chunks, at) or _post_of_a_person(chunks, at)):
        return None
    if name.kind in {NameKind.ORGANIZATION, NameKind.UNKNOWN_BODY}:
        return Group(at, at + 1, [f"organization:{name.id}"], {"organizations"})
    if name.kind is NameKind.NATIONALITY:
        sends = any("side" in c.classes for c in chunks[at + 1 : at + 2]) or _its_commission_sends(chunks, at)
        if not (sends or _after_a_number(chunks, at) or _among_states(chunks, at) or _before_its_number(chunks, at)):
            return None
    return Group(at, at + 1, [f"country:{name.id}"], {"countries"})


def _of_its_members(chunks: list[Chunk], at: int) -> bool:
    """'asks the OSCE states for 300 observers', 'государства-участники ОБСЕ': its members, not the body."""
    before, after = chunks[max(0, at - 2) : at], chunks[at + 1 : at + 2]
    members = bool(before) and "member_of" in before[-1].classes
    hyphened = at > 2 and before[0].text in "-–" and "countries" in chunks[at - 3].classes
    members = members and (hyphened or not before[-1].classes & {"observer", "person"})
    after = [c for c in after if c.number is None and "asks_for" not in c.classes]
    if any("single" in c.classes for c in after):
        return members  # 'ТМД ПАА елге 22 депутат жібереді': where they go
    return members or any("countries" in c.classes or "member_of" in c.classes for c in after)


def _home_of_a_person(chunks: list[Chunk], at: int) -> bool:
    """'headed by Ambassador Boris Frlec of Slovenia': where a named person comes from."""
    if at < 3 or "origin" not in chunks[at - 1].classes:
        return False
    if "envoy" in chunks[at - 2].classes and at + 1 < len(chunks) and _is_unknown(chunks[at + 1]):
        return True
    named = [c for c in chunks[at - 3 : at - 1] if _is_unknown(c)]
    titles = [*chunks[max(0, at - 6) : at - 3], *chunks[at + 1 : at + 5]]
    return len(named) == 2 and any("entitled" in c.classes for c in titles)


def _post_of_a_person(chunks: list[Chunk], at: int) -> bool:
    """'a former envoy of Poland to the Council of Europe', 'a former member of PACE': where a person has worked."""
    before = chunks[max(0, at - _A_POST) : at]
    post = next((i for i in range(len(before) - 1, -1, -1) if before[i].classes & {"leader", "entitled"}), None)
    if post is None or any(c.number is not None or c.text in ",;" for c in before[post:]):
        return False
    former = any("once" in c.classes for c in before[max(0, post - 2) : post])
    return former or "posted_at" in before[-1].classes


def _is_unknown(chunk: Chunk) -> bool:
    """A word that no table knows, as a person's name is."""
    return chunk.is_word and not chunk.classes and chunk.name is None and chunk.number is None


def _its_commission_sends(chunks: list[Chunk], at: int) -> bool:
    """'Белорусский Центризбирком направит двух наблюдателей': the commission of a state sends for it."""
    behind = chunks[at + 1 : at + 3]
    return len(behind) > 1 and "commission" in behind[0].classes and bool(behind[1].classes & {"sends", "represent"})


def _among_states(chunks: list[Chunk], at: int) -> bool:
    """'Romania, Indian, the Philippines': a slip for the state's name."""
    before, after = chunks[max(0, at - 2) : at], chunks[at + 1 : at + 2]
    return bool(after) and after[0].text == "," and any(c.name and c.name.kind is NameKind.COUNTRY for c in before)


def _before_its_number(chunks: list[Chunk], at: int) -> bool:
    """'Түркиялық 8 байқаушы тіркелді': how many observers of that nation follows right behind."""
    behind = chunks[at + 1 : at + 3]
    return len(behind) > 1 and behind[0].number is not None and "observer" in behind[1].classes


def _after_a_number(chunks: list[Chunk], at: int) -> bool:
    """A nationality sends observers only where it is counted: 'three Dutch ones', not 'Belarusian experts'."""
    return (at > 0 and chunks[at - 1].number is not None) or (
        at > 1 and chunks[at - 2].number is not None and chunks[at - 1].is_word and not chunks[at - 1].classes & {"and"}
    )


def _is_a_states_body(chunks: list[Chunk], at: int) -> bool:
    """'three from the electoral body of Qatar': as 'the commission of Qatar' does, it speaks of that state alone."""
    behind = [c for c in chunks[at + 1 : at + 4] if "filler" not in c.classes]
    if "single" not in chunks[at].classes or len(behind) < 2 or "origin" not in behind[0].classes:
        return False
    return behind[1].name is not None and behind[1].name.kind is NameKind.COUNTRY
