"""Which numbers count others than observers: candidates, seats, shares by sex, the refused, what a rule allows."""

from __future__ import annotations

from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence
from extract.reading.statements import STATE_WORDS, Statements, is_contest
from extract.words.spans import NumberKind

_ALLOWED = 6
"""Chunks between a number and 'may', before or behind it."""


def is_stray_applicant(mention: Mention, sentence: Sentence) -> bool:
    """Candidates and applications without a sender, where nothing says that they are observers'."""
    if _are_experts(mention, sentence):
        return True
    if mention.group is not None or mention.noun == "diplomat":
        return False
    if _runs_for_office(mention, sentence):
        return True
    submitted = {"commission", "proposed"} <= sentence.classes or "all_granted" in sentence.classes
    submitted = submitted and not is_contest(sentence)
    if _is_candidate(mention, sentence) and "observer" not in sentence.classes and not submitted:
        return True
    return any("only_sent" in c.classes for c in sentence.chunks[mention.at : mention.last])


def _are_experts(mention: Mention, sentence: Sentence) -> bool:
    """'In the capital there are 14 experts, and 24 long-term observers work in the regions': a mission's own staff."""
    if mention.group is not None and not mention.group.anaphoric:
        return False
    if not any("experts" in c.classes for c in sentence.chunks[mention.at : mention.last]):
        return False
    behind = sentence.chunks[mention.last :]
    return any("long_short" in c.classes for c in behind) and any("observer" in c.classes for c in behind)


def _runs_for_office(mention: Mention, sentence: Sentence) -> bool:
    """'The observers note that 7 candidates had equal access', 'five candidates have nominated 20,000 observers'."""
    if any({"candidate", "local_sender"} <= c.classes for c in sentence.chunks[mention.last : mention.last + 1]):
        return mention.noun == "person" and mention.group is None
    phrase = sentence.chunks[mention.at : mention.last]
    if not any({"candidate", "local_sender"} <= c.classes for c in phrase) or mention.rest or mention.of_them:
        return False
    sends = any("have" in c.classes for c in sentence.chunks[mention.last : mention.last + 1])
    return sends or not sentence.classes & (STATE_WORDS | {"accredit_root"})


def _is_candidate(mention: Mention, sentence: Sentence) -> bool:
    """Candidates, requests, experts: counted as observers only where observers or their senders stand beside them."""
    phrase = sentence.chunks[mention.at : mention.last]
    given = any("spot" in c.classes for c in phrase) and mention.group is not None and bool(mention.group.ids)
    return not given and any("candidate" in c.classes for c in phrase)


def is_of_a_kind(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Of them, 7 are women': a share by sex or age is no figure of a sender."""
    return any("demographic" in c.classes for c in chunks[mention.at : mention.last + 3])


def is_of_a_house(mention: Mention, chunks: list[Chunk]) -> bool:
    """'10 members of the upper house', 'the hall holds 60 people': deputies and seats."""
    ahead = chunks[max(0, mention.start - 2) : mention.start]
    if any("capacity" in c.classes and "in_them" not in c.classes for c in ahead):
        return True
    alone = mention.start > 0 and chunks[mention.start - 1].last - chunks[mention.start - 1].first == 1
    if alone and any("spot" in c.classes for c in chunks[mention.at : mention.last]) and is_at_a_place(mention, chunks):
        return True
    after = chunks[mention.last : mention.last + 1]
    return mention.noun == "person" and any(c.classes & {"senate", "own_poll"} for c in after)


def has_room_for(mention: Mention, chunks: list[Chunk]) -> bool:
    """'a hall seating 60', 'room for 300 reporters', '300 журналистке арналған': places, whoever takes them."""
    near = [*chunks[max(0, mention.start - 2) : mention.start], *chunks[mention.last : mention.last + 1]]
    return any("capacity" in c.classes and not c.classes & {"count_verb", "in_them"} for c in near)


def is_of_the_commission(mention: Mention, chunks: list[Chunk]) -> bool:
    """'At least two members of the commission carry the box': those who hold the poll."""
    if mention.noun != "person" or "member_of" not in chunks[mention.last - 1].classes:
        return False
    after = (
        c for c in chunks[mention.last : mention.last + 4] if "filler" not in c.classes and "partitive" not in c.classes
    )
    return "commission" in next((c.classes for c in after), frozenset())


def is_at_a_place(mention: Mention, chunks: list[Chunk]) -> bool:
    """'on duty at 35 of them': stations, not people."""
    before = chunks[mention.start - 1].classes if mention.start else frozenset()
    return "place_prep" in before and "of_them" not in before


def is_denied(mention: Mention, chunks: list[Chunk]) -> bool:
    """'44 people did not get their papers together in time': counted as absent."""
    if any("refused" in c.classes for c in chunks[max(0, mention.start - 3) : mention.start]):
        return True
    if mention.group is not None or mention.last >= len(chunks):
        return False
    return "denial" in chunks[mention.last].classes


def states_a_rule(mention: Mention, chunks: list[Chunk]) -> bool:
    """'One observer per organisation may be in the room': a rule, no count."""
    if mention.number.kind is NumberKind.DISTRIBUTIVE and not any("may" in c.classes for c in chunks):
        return False
    if mention.each and mention.group is not None and len(mention.group.ids) > 1:
        return False
    allowed = [*chunks[max(0, mention.at - _ALLOWED) : mention.at], *chunks[mention.last : mention.last + _ALLOWED]]
    if mention.value == 1 and any("may" in c.classes for c in allowed):
        return True
    around = [*chunks[max(0, mention.at - 4) : mention.at], *chunks[mention.last : mention.last + 1]]
    return any("per" in c.classes and "voting_day" not in c.classes for c in around)


def attends_a_briefing(mention: Mention, sentence: Sentence) -> bool:
    """'Forty journalists attended the briefing': they hear of the vote and are not accredited to it."""
    if "briefing" not in sentence.classes or sentence.classes & (
        STATE_WORDS | {"accredit_root", "observer", "covering"}
    ):
        return False
    chunks = sentence.chunks
    near = [*chunks[max(0, mention.start - _ALLOWED) : mention.start], *chunks[mention.last : mention.last + _ALLOWED]]
    return any("briefing" in c.classes for c in near)


def is_of_the_media(mention: Mention, sentence: Sentence, found: Statements) -> bool:
    """'The largest teams come from Türkiye (19) and Japan (12)' after a number of journalists."""
    before = found.mentions[-1] if found.mentions else None
    if before is None or before.noun != "journalist" or mention.noun == "observer" or "observer" in sentence.classes:
        return False
    return mention.sentence - before.sentence in {1, 2} and not sentence.classes & {"accreditation", "accredit_root"}
