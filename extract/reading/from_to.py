"""'The list grew from 63 to 107', 'to 302 accredited before': which number was there, and which is."""

from __future__ import annotations

import itertools

from extract.model import Approx
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk

_TO_ITS_VERB = 3
"""Chunks between two states of a list and the verb that says that it grew."""


def mark_from_to(mentions: list[Mention], chunks: list[Chunk]) -> None:
    """'the register grows from 276 to 337': both states of one running total."""
    for first, second in itertools.pairwise(mentions):
        before, between = chunks[max(0, first.at - 1) : first.at], chunks[first.last : second.at]
        if between and "on_top_of" in between[0].classes and _of_before(between[1:]):
            first.more = second.subject = True  # '12 observers on top of the 90 accredited earlier'
        if before and "adding" in before[0].classes and _to_those_of_before(between, chunks[second.last :][:1]):
            first.more = second.subject = True  # 'added 12 observers to the 90 accredited earlier'
        if before and between and "adding" in between[0].classes and _had_been_let_in(first, before[0], chunks):
            first.subject = second.more = True  # 'К 302 аккредитованным ранее наблюдателям прибавились 17'
        if first.noun != "bare" or not before:
            continue
        if not between and _from_one_to_the_other(first, second, chunks):
            first.subject = second.subject = True  # 'тізімін 284-тен 342-ге дейін ұлғайтты'
        if len(between) != 1:
            continue
        grown = "with_number" in before[0].classes and "until_number" in between[0].classes
        if grown and any("growing" in c.classes for c in chunks[: first.at]):
            first.more = second.subject = True  # 'swelled the ranks by 85 to 523'
        spans = before[0].classes & {"comes_from", "grown_from"} and between[0].classes & {"until_number", "approx"}
        if spans and any("count_subject" in c.classes for c in chunks[: first.at]):
            first.subject = second.subject = True


def _from_one_to_the_other(first: Mention, second: Mention, chunks: list[Chunk]) -> bool:
    """'байқаушылар қатары 284-тен 342 адамға дейін толықты': both endings say it, and the verb tells that it grew."""
    if "declined" not in chunks[first.at].classes or not chunks[second.last - 1].classes & {"declined", "to_case"}:
        return False
    ahead = frozenset().union(*(c.classes for c in chunks[first.clause[0] : first.start]))
    if not ahead & {"count_subject", "list_word"} or not ahead & {"observer", "accredited", "of_them"}:
        return False
    return any(c.classes & {"growing", "reached"} for c in chunks[second.last : second.last + _TO_ITS_VERB])


def _had_been_let_in(first: Mention, before: Chunk, chunks: list[Chunk]) -> bool:
    participle = any("accredited" in c.classes for c in chunks[first.at + 1 : first.last])
    return participle and {"function", "origin"} <= before.classes


def _of_before(between: list[Chunk]) -> bool:
    return all(c.classes & {"filler", "adverb", "accredited", "adjective"} for c in between)


def _to_those_of_before(between: list[Chunk], behind: list[Chunk]) -> bool:
    words = [c for c in between if not c.classes & {"observer", "person", "international", "adjective"}]
    joined = len(words) == 2 and "until_number" in words[0].classes and "definite" in words[1].classes
    return joined and any(c.classes & {"accredited", "adverb", "observer"} for c in behind)


def settle_up_to(mention: Mention, chunks: list[Chunk]) -> None:
    """'bringing their number up to 111' is the exact state, not a bound."""
    bounded = mention.subject and mention.number.approx is Approx.UNDER and mention.start
    if bounded and "count_subject" in chunks[mention.start - 1].classes:
        mention.number = mention.number._replace(approx=None, approx_first=None)
