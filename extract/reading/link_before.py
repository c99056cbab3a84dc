"""What a link of a number to a sender before it costs: the words between alone decide."""

from __future__ import annotations

from extract.reading.groups import Group
from extract.reading.link_signs import (
    FAR,
    NEVER,
    distance,
    mission_of_so_many,
    same_clause,
)
from extract.reading.mentions import COUNTABLE, Mention
from extract.reading.scan import Chunk

_PREDICATES = frozenset({"accredited", "proposed", "withdrawn", "verb"})
_SKIPPED = frozenset({"filler", "new_word", "approx", "adverb"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_SHORTEST_INSERTION = 4
_SAID_OF_IT = 2
"""Words that say something of a sender before the pronoun that goes back to it."""
_OF_THE_ONE_BEFORE = 4.5
"""What it costs more to take, over an 'and', the sender of the number before: '15 of ODIHR and two of ...'."""
_LONGEST_CLAUSE = 6
"""Chunks of ', а она пока доросла до'."""


def _from_sender(group: Group, chunks: list[Chunk]) -> bool:
    """'From ten organizations 322 were accredited': the preposition stands before the sender."""
    skipped = {"international", "filler", "mission"}
    before = [c for c in chunks[max(0, group.first - 3) : group.first] if not c.classes & skipped]
    return bool(before) and "origin" in before[-1].classes


def cost_before(mention: Mention, group: Group, chunks: list[Chunk], *, sender_first: bool) -> float:
    """Of 'X ... N'."""
    between = chunks[group.last : mention.start]
    if group.ids and _which_has_grown(between):
        return distance(group, between)
    if len(between) > FAR or any(c.text == ";" for c in between) or not same_clause(mention, group):
        return NEVER
    words = [c for c in between if not c.classes & _SKIPPED or c.classes & {"have", "said"}]
    if len(words) > 1 and "as_for_them" in words[0].classes and words[1].text == ",":
        words = words[2:]  # 'Катар мен Мысыр болса, бір өкілден ұсынған'
    words = _without_insertion(words)
    if len(words) > 1 and words[0].text == "," and any(c.text == "," for c in chunks[group.first : group.last]):
        words = words[1:]  # 'Организациям, которых девять, выдано 669': the comma ends the clause of their number
    ahead = chunks[max(0, group.first - 2) : group.first]
    owns = any("possessor" in c.classes for c in ahead) or (bool(ahead) and "mission_itself" in ahead[-1].classes)
    price = distance(group, between)
    joined = len(words) == 1 and "and" in words[0].classes and not sender_first
    if joined and _serves_a_number(group, chunks):
        return price + _OF_THE_ONE_BEFORE
    if not words:
        return price + (0.2 if owns else 0.1 if sender_first else 1.5)
    if _counts_others(mention, group, words, chunks):
        return NEVER
    of_at = _price_of_at(mention, group, words)
    for told in (of_at, _price_of_a_mark(words, group), _price_of_a_verb(mention, group, words, chunks)):
        if told is not None:
            return price + told
    if owns and len(words) <= 3:
        return price + 0.2
    if mission_of_so_many(mention, words):
        return price
    return price + _price_before(mention, group, words, chunks, sender_first=sender_first)


def _counts_others(mention: Mention, group: Group, words: list[Chunk], chunks: list[Chunk]) -> bool:
    """Whether the words between a sender and a number say that the number is of all, or of others."""
    between = chunks[group.last : mention.start]
    if group.anaphoric and mention.last < len(chunks) and chunks[mention.last].name is not None:
        return True  # 'по просьбе самой миссии отозвана аккредитация трёх наблюдателей БДИПЧ'
    if any({"of_observers", "international"} <= c.classes for c in between):
        return True  # 'thanked the SCO and recalled that of international observers 438 are registered'
    if mention.subject and "among" in words[0].classes:
        return True  # 'India among newcomers as observer list passes 100': one of them all
    if words[-1].text == ":" and _serves_a_number(group, chunks):
        return True
    if "partitive" in words[-1].classes and any("most" in c.classes for c in words):
        return True  # 'The CIS has the lion's share of the 55 observers'
    return any("except" in c.classes for c in words) or _of_another_count(mention, group, between)


def _serves_a_number(group: Group, chunks: list[Chunk]) -> bool:
    """'22 representatives of ODIHR: 11 experts and ...': the sender of those before the colon."""
    beside = {"observer", "person", "filler", "international", "adjective", "long_short", "mission", "origin"}
    for chunk in reversed(chunks[max(0, group.first - 4) : group.first]):
        if chunk.number is not None and chunk.number.kind in COUNTABLE:
            return True
        if chunk.classes.isdisjoint(beside):
            return False
    return False


def _without_insertion(words: list[Chunk]) -> list[Chunk]:
    """'The CIS mission, the secretary said, adds 21', 'миссия СНГ, по данным секретаря, прибавила 21'."""
    if len(words) < _SHORTEST_INSERTION or words[0].text != ",":
        return words
    end = next((i for i in range(1, len(words)) if words[i].text == ","), None)
    if end is None or end + 1 == len(words) or not any("said" in c.classes for c in words[1:end]):
        return words
    return words[end + 1 :]


def _of_another_count(mention: Mention, group: Group, between: list[Chunk]) -> bool:
    """'Observers from 13 more countries got badges, raising the number of observers to 337': of all observers."""
    counted = any("count_subject" in c.classes for c in between) and any("observer" in c.classes for c in between)
    if between and "have" in between[0].classes and all(c.is_word for c in between):
        return False  # 'шет мемлекеттерден келетін байқаушылар саны 64-ке жетті'
    return mention.subject and counted and ((group.generic and not group.ids) or group.anaphoric)


def _price_of_a_mark(words: list[Chunk], group: Group) -> float | None:
    """'X – N', 'X (N)', 'X: N', 'X | N', 'X's N'."""
    if words[-1].text in _POSSESSIVE and all("mission" in c.classes for c in words[:-1]):
        return 0.0
    if words[-1].text not in "–—-(:|":
        return None
    if words[-1].text == ":" and group.generic and not group.ids:
        return 2.0
    near = len(words) == 1 or all("mission" in c.classes or c.text == ")" for c in words[:-1])
    return 0.4 if near else 1.4


def _price_of_at(mention: Mention, group: Group, words: list[Chunk]) -> float | None:
    """'The largest team is that of the CIS at 282 people', not 'the CIS at 282 stations'."""
    at = len(words) == 1 and {"place_prep", "weak_verb"} <= words[0].classes
    return 0.8 if at and mention.noun in {"observer", "person"} and group.ids else None


def _price_of_a_verb(mention: Mention, group: Group, words: list[Chunk], chunks: list[Chunk]) -> float | None:
    """'X has N', 'from X there were N', 'to X go N'."""
    if any("have" in c.classes for c in words):
        told = mention.last < len(chunks) and "verb" in chunks[mention.last].classes
        apart = told and words[-1].text == "," and any("observer" in c.classes for c in words)
        apart = apart or (words[0].text == "," and any("commission" in c.classes for c in words))
        return 5.6 if apart else 0.2
    if (group.ids and _takes_back(words, group)) or _in_number(words):
        return 0.6
    if group.ids and "it_sends" in words[-1].classes and len(words) > 1 and words[-2].text == ",":
        return 0.6  # 'the CIS mission is the largest, it has 198'
    if group.ids and (_they_are(words) or _its_so_many(mention, words, chunks)):
        return 0.6
    unbroken = all(c.text != "," for c in words)
    if _from_sender(group, chunks) and unbroken and any(c.classes & _PREDICATES for c in words):
        return 0.6 if all(c.classes & _PREDICATES for c in words) else 1.0
    if group.ids and len(words) <= 2 and all("verb" in c.classes for c in words):
        return 0.8
    if group.generic and len(words) == 1 and {"light_behind", "verb"} <= words[0].classes:
        return 0.8
    if group.ids and len(words) == 2 and "proposed" in words[0].classes and "acts_for" not in words[1].classes:
        return 0.8 if "origin" in words[1].classes else None  # 'ODIHR asked accreditation for 40 observers'
    if group.ids and "proposed" in words[-1].classes and all("mission" in c.classes for c in words[:-1]):
        return 0.6
    if "back_to_sender" not in words[-1].classes or "afterwards" in words[-1].classes:
        return None
    others = [c for c in words[:-1] if "mission" not in c.classes and c.text not in ",)"]
    if len(others) <= 1:
        return 0.4
    aside = len(words) > 2 and words[-2].text == "," and not any(c.classes & {"observer", "person"} for c in words)
    mission = "mission" in words[0].classes or (group.anaphoric and "of_case" not in chunks[group.last - 1].classes)
    mission = mission or len(others) <= _SAID_OF_IT  # 'ДИАҚБ үлесі басым, оған 320 куәлік берілді'
    return 1.0 if aside and mission and group.ids else None  # 'ДИАҚБ тобы бұдан бес есе аз, онда 41 байқаушы бар'


def _in_number(words: list[Chunk]) -> bool:
    """'наблюдатели из 34 стран в количестве 136 человек'."""
    return len(words) == 1 and "in_number" in words[0].classes and words[0].last - words[0].first > 1


def _takes_back(words: list[Chunk], group: Group) -> bool:
    """'ODIHR called back five people, TURKPA four.'"""
    return len(words) == 1 and "withdrawn" in words[0].classes and not group.anaphoric


def _which_has_grown(between: list[Chunk]) -> bool:
    """'в миссию СНГ, а она пока доросла до 203 наблюдателей': the pronoun goes back to the sender before the comma."""
    if not _SHORTEST_INSERTION <= len(between) <= _LONGEST_CLAUSE or between[0].text != ",":
        return False
    if "contrast" not in between[1].classes or "back_to_it" not in between[2].classes:
        return False
    verb = between[3:]
    return "count_verb" in verb[-1].classes and all(c.classes & {"adverb", "filler"} for c in verb[:-1])


def _they_are(words: list[Chunk]) -> bool:
    """'most are the observers of the CIS, they number 86', 'көбі – ТМД байқаушылары, олар 86 адам'."""
    if len(words) < 2 or words[-2].text != "," or "they" not in words[-1].classes:
        return False
    return any(c.classes & {"observer", "person"} for c in words[:-2]) and all(
        c.classes & {"observer", "mission", "person"} for c in words[:-2]
    )


def _its_so_many(mention: Mention, words: list[Chunk], chunks: list[Chunk]) -> bool:
    """'ең үлкені – ТМД миссиясы, оның 86 мүшесі бар': the people of the body before the comma, no share of others."""
    if len(words) < 2 or words[-2].text != "," or not {"the_one", "of_case", "of_them"} <= words[-1].classes:
        return False
    people = mention.noun in {"observer", "person"} and "share" not in chunks[mention.at].classes
    return people and all(c.classes & {"mission", "present"} for c in words[:-2])


def _price_before(
    mention: Mention, group: Group, words: list[Chunk], chunks: list[Chunk], *, sender_first: bool
) -> float:
    """What other words between a sender and the number behind it cost."""
    if all("mission" in c.classes or "observer" in c.classes for c in words):
        return 0.3 if sender_first else 1.5
    if "with_number" in words[-1].classes:
        return 0.6
    if sender_first and _put_exactly(words):
        return 0.6
    if sender_first and not any(c.text in ",;" for c in words):
        return 0.3
    if "share" in chunks[mention.at].classes:
        return 5.0
    if _relative_clause(words):
        return 0.8
    passed = (c.text in ",)" or c.classes & {"the_list", "place_prep", "possessor"} for c in words[:-1])
    if "relative" in words[-1].classes and all(passed):
        # '37 наблюдателям БДИПЧ, из которых 12 работают ...': the body is that of the thirty-seven
        return 6.0 if "of_them" in words[-1].classes and _serves_a_number(group, chunks) else 0.8
    if _in_apposition(mention, words, chunks):
        return 1.5
    if all(c.text in ",)" for c in words):
        if _closes_its_sentence(mention, group, chunks):
            return 1.5
        if any("of_them" in c.classes for c in chunks[mention.last : mention.last + 1]):
            return 6.0  # '42 observers of the mission, 15 of them ...': the mission is that of the first number
        return 2.5 if mention.noun == "person" else 3.2
    return 4.0


def _put_exactly(words: list[Chunk]) -> bool:
    """'Көбі – Ассамблеяның қызметкерлері, нақтырақ айтсақ, 58 адам': so many are those who were just named."""
    told = [c for c in words if c.text != ","]
    exact = bool(told) and bool(told[-1].classes & {"exactly", "that_is"})
    return exact and all(c.number is None and c.text not in ":–" for c in told)


def _closes_its_sentence(mention: Mention, group: Group, chunks: list[Chunk]) -> bool:
    """'Third comes the Assembly of the OSCE, 72 observers.': an apposition with nothing behind it."""
    if not group.ids or len(group.ids) > 1 or mention.noun not in {"observer", "person"}:
        return False
    return all(not c.is_word and c.number is None for c in chunks[mention.last :])


def _relative_clause(words: list[Chunk]) -> bool:
    """'миссия СНГ, к которой присоединится 61 человек': the clause is that of the sender before it."""
    at = next((i for i, c in enumerate(words) if "relative" in c.classes), None)
    if at is None or words[0].text != "," or at > 2:
        return False
    verbs = words[at + 1 :]
    return 0 < len(verbs) <= 2 and all(c.classes & {"have", "verb", "present"} for c in verbs)


def _in_apposition(mention: Mention, words: list[Chunk], chunks: list[Chunk]) -> bool:
    """'The SCO mission, 13 people strong, visited ...', 'observers from 35 countries, 81 people in all, ...'"""
    if [c.text for c in words] == [","] and "in_all" in chunks[mention.start - 1].classes:
        return all(not c.is_word for c in chunks[mention.last :][:1])  # 'от девяти организаций, всего 100 человек,'
    after = chunks[mention.last : mention.last + 2]
    if mention.noun == "person" and [c.text for c in words] == [","] and any("in_all" in c.classes for c in after):
        return True
    mission = len(words) > 1 and words[-1].text == "," and all("mission" in c.classes for c in words[:-1])
    after = chunks[mention.last : mention.last + 1]
    return mission and mention.noun in {"observer", "person"} and any(c.text == "," for c in after)
