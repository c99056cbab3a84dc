"""Which numbers are a share of another one or of its noun: 'ten of the 174', '60 of the observers'."""

from __future__ import annotations

import itertools

from extract.model import Status
from extract.reading.groups import Group
from extract.reading.mentions import COUNTABLE, Mention
from extract.reading.nouns import NOUNS, noun_of
from extract.reading.scan import Chunk

_MOST_SENDERS = 60
"""More states or organizations than that send nobody to one poll; a share of more is one of people."""
_OF_PEOPLE = frozenset(
    {"observer", "person", "journalist", "accredited", "accreditation", "proposed", "withdrawn", "have", "papers"}
)
"""Classes of words that may make a share of senders one of their people."""


def mark_partitive(mention: Mention, chunks: list[Chunk]) -> None:
    """'ten of the 174', '60 of the observers', '23 out of 100 CIS observers', 'ten of these helpers'."""
    at = _behind_partitive(chunks, mention.last)
    if at is None:
        return
    at = _owned(chunks, at)
    number = chunks[at].number
    if number is None or number.kind not in COUNTABLE:
        _refer_to_noun(mention, chunks, at)
        return
    noun, last, _ = noun_of(chunks, at)
    if any(c.classes & {"organizations", "countries"} for c in chunks[at + 1 : last]):
        # 'one of nine organizations', '27 of the 31 states': so many senders, no people
        mention.noun = "other" if mention.value < number.value else mention.noun
        return
    mention.noun = "other" if noun == "other" else mention.noun
    mention.of_value = number.value


def _behind_partitive(chunks: list[Chunk], at: int) -> int | None:
    """The chunk that the 'of' at a chunk refers to, behind 'the' and 'those'; None where no 'of' stands."""
    if at >= len(chunks) or "partitive" not in chunks[at].classes or "represent" in chunks[at].classes:
        return None
    if chunks[at].last - chunks[at].first > 1 and not chunks[at].classes & {"subset", "its"}:
        return None
    at += 1
    while at < len(chunks) and chunks[at].classes & {"filler", "the_one", "announced"}:
        at += 1
    return at if at < len(chunks) else None


def _owned(chunks: list[Chunk], at: int) -> int:
    """'33 of the constitution's 98 articles': the number behind the owner, where one stands."""
    for owner in (at, at + 1):
        behind = chunks[owner + 1 : owner + 3]
        if len(behind) > 1 and behind[0].text in {"'s", "’s", "'", "’"} and behind[1].number is not None:
            return owner + 2
    return at


def _refer_to_noun(mention: Mention, chunks: list[Chunk], at: int) -> None:
    """'60 of the observers', 'ten of these helpers': the noun of those that the number is a share of."""
    if "its" in chunks[mention.last].classes and "observer" in chunks[at].classes:
        mention.noun, mention.last = "observer", at + 1  # '1,200 of its observers'
        return
    for chunk in chunks[at : at + 5]:
        noun = next((n for n in NOUNS if n in chunk.classes), None)
        if noun in {"association", "journalist"}:
            mention.noun = noun
            return
        if "its" in chunks[mention.last].classes:
            return  # '31 of its representatives': all those that the body itself sends
        if noun:
            mention.of_them = True
            return
        if chunk.number is not None or "represent" in chunk.classes:
            return
    opened = chunks[at - 1].classes & {"the_one", "filler"} and "of_them" not in chunks[at - 1].classes
    if chunks[at].is_word and not chunks[at].classes and opened:
        mention.noun = "other"


def share_nouns(mentions: list[Mention], chunks: list[Chunk]) -> None:
    """'13 national and 231 regional public organizations': the first number shares the noun of the second."""
    for left, right in itertools.pairwise(mentions):
        between = chunks[left.at + 1 : right.at]
        near = left.noun in {"other", "bare"} and right.noun in NOUNS and 0 < len(between) <= 3
        near = near and not any("observer" in c.classes for c in between)
        joined = any("and" in c.classes for c in between) and all(c.is_word and c.name is None for c in between)
        # '41 outlets and 96 reporters', 'to cover 6,000 stations and field 12,000 observers': two nouns
        joined = joined and not any(c.classes & {"media", "voting", "have", "announced"} for c in between)
        if near and joined:
            left.noun = right.noun


def mark_shares(mentions: list[Mention], chunks: list[Chunk]) -> None:
    """'111 байқаушының 34-і', '98 депутаттың 29-ы': a share of what is counted right before it."""
    for whole, part in itertools.pairwise(mentions):
        if "share" not in chunks[part.at].classes:
            continue
        if "share" in chunks[whole.at].classes and whole.of_value is not None and whole.clause == part.clause:
            part.of_value = whole.of_value
            part.noun = whole.noun if part.noun == "bare" else part.noun
            continue
        if any("filler" not in c.classes for c in chunks[whole.last : part.at]) or whole.noun == "bare":
            continue
        part.of_value = whole.value
        if whole.noun in {"other", "journalist", "association"}:
            part.noun = whole.noun


def mark_granted(mentions: list[Mention], chunks: list[Chunk]) -> list[tuple[Mention, Mention]]:
    """'19 out of 62 applicants were accredited', 'of the 62 applicants, 19': the verb is that of the smaller number.

    Returns each such number with that of the applicants, whose sender is its own.
    """
    pairs = []
    for left, right in itertools.pairwise(mentions):
        part, whole = (right, left) if _is_share_of(left, right, chunks) else (left, right)
        applied = any("applicant" in c.classes for c in chunks[whole.at + 1 : whole.last])
        if not applied or not (part is right or part.of_value == whole.value) or part.value >= whole.value:
            continue
        if _grants(left, right, chunks):
            part.noun, part.of_value, part.of_them, part.inner = "person", None, False, whole.inner
            whole.status = Status.PROPOSED
            pairs.append((part, whole))
    return pairs


def _is_share_of(whole: Mention, part: Mention, chunks: list[Chunk]) -> bool:
    """'of the 62 applicants, 19', 'из 62 кандидатур комиссия аккредитовала 19'."""
    if part.of_value == whole.value:
        return True
    ahead = [c for c in chunks[max(0, whole.start - 2) : whole.start] if "definite" not in c.classes]
    opened = bool(ahead) and "partitive" in ahead[-1].classes and whole.start <= 2
    return opened and not any(c.text in ",;" for c in chunks[whole.last : part.start])


def _grants(left: Mention, right: Mention, chunks: list[Chunk]) -> bool:
    """Whether 'accredited' is said of two neighbours, with no other number in between."""
    before = itertools.takewhile(lambda c: c.number is None, reversed(chunks[left.clause[0] : left.start]))
    behind = itertools.takewhile(lambda c: c.number is None, chunks[right.last : right.clause[1]])
    return any("accredited" in c.classes for c in [*before, *chunks[left.last : right.start], *behind])


def mark_shares_of_senders(mentions: list[Mention], groups: list[Group], chunks: list[Chunk]) -> None:
    """'23 ұйымның 14-ін': fourteen of the bodies, no people."""
    for mention in mentions:
        if "share" not in chunks[mention.at].classes:
            continue
        before = next((g for g in groups if g.last == mention.at), None)
        if before is None or before.ids:
            continue
        if any(mention.value <= count for count in before.counts.values()) or _do_it_themselves(
            mention, before, chunks
        ):
            mention.noun = "other"


def _do_it_themselves(mention: Mention, senders: Group, chunks: list[Chunk]) -> bool:
    """'Ұйымдардың бесеуі жауап берді', 'ұйымдардың бесеуіне шақыру жолданды': senders, and no word of people."""
    if senders.counts or mention.noun != "bare" or mention.value > _MOST_SENDERS:
        return False
    if not {"many", "of_case"} <= chunks[senders.last - 1].classes:
        return False
    behind = itertools.takewhile(lambda c: c.text not in ".;" and c.number is None, chunks[mention.last :])
    said: frozenset[str] = frozenset().union(*(c.classes for c in behind))
    return bool(said) and said.isdisjoint(_OF_PEOPLE)
