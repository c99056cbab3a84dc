"""Which numbers of a sentence may count observers, and what stands around each: noun, sender, clause."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from extract.reading.groups import Group
from extract.reading.mentions import COUNTABLE, Mention
from extract.reading.nouns import noun_of
from extract.reading.of_days import mark_batches_of_days
from extract.reading.partitives import mark_partitive, mark_shares, mark_shares_of_senders, share_nouns
from extract.reading.scan import Chunk, Sentence
from extract.words.spans import Number, NumberKind

_TO_EACH = 7
"""Chunks between a number and 'each' behind its noun."""
_AROUND = frozenset({"each", "new_word", "rest", "of_them", "most", "share", "partitive"})
"""Words beside a number that say what it refers to."""


def find_mentions(sentence: Sentence, index: int, groups: list[Group]) -> list[Mention]:
    """The countable numbers of a sentence that are not the count of a sender group."""
    chunks = sentence.chunks
    if not sentence.counted:
        return []
    counts = {g.first for g in groups if g.counts}
    counts.update(i for i in sentence.counted if any(g.first <= i < g.last for g in groups))
    mentions = []
    breaks: list[int] = []
    if "contrast" in sentence.classes or ";" in sentence.source:
        breaks = [i for i, c in enumerate(chunks) if c.text == ";" or "contrast" in c.classes]
    around = not sentence.classes.isdisjoint(_AROUND)
    for at in sentence.counted:
        number = chunks[at].number
        if number is None or number.kind not in COUNTABLE or at in counts:
            continue
        if _names_a_site(chunks[at + 1 : at + 3]):
            continue
        mention = _mention(chunks, at, number, index, groups)
        mention.clause = _clause(breaks, at, len(chunks))
        if around:
            _look_around(mention, chunks)
            mention.each = mention.each or ("each" in sentence.classes and _of_each(mention, chunks))
        mentions.append(mention)
    if len(mentions) > 1:
        share_nouns(mentions, chunks)
        if len(sentence.dated) > 1:
            mark_batches_of_days(mentions, chunks)
    if "share" in sentence.classes:
        mark_shares(mentions, chunks)
        mark_shares_of_senders(mentions, groups, chunks)
    return mentions


def _names_a_site(behind: list[Chunk]) -> bool:
    """'24.kg reports': the name of a site."""
    return len(behind) > 1 and behind[0].text == "." and behind[0].glued and behind[1].glued and behind[1].is_word


def _mention(chunks: list[Chunk], at: int, number: Number, index: int, groups: list[Group]) -> Mention:
    noun, last, inner_at = noun_of(chunks, at)
    inner = None if inner_at is None else next((g for g in groups if g.first <= inner_at < g.last), None)
    start = at
    while number.approx_first is not None and start and chunks[start - 1].first >= number.approx_first:
        start -= 1
    mention = Mention(index, at, last, start, number, noun, inner=inner, more=number.more)
    mention.each = number.kind is NumberKind.DISTRIBUTIVE
    return mention


def _clause(breaks: list[int], at: int, end: int) -> tuple[int, int]:
    """The clause around a number: from one semicolon, dash with blanks or contrasting conjunction to the next."""
    before = bisect_left(breaks, at)
    after = bisect_right(breaks, at)
    return breaks[before - 1] + 1 if before else 0, breaks[after] if after < len(breaks) else end


def _look_around(mention: Mention, chunks: list[Chunk]) -> None:
    after = chunks[mention.last : mention.last + 3]
    before = chunks[max(0, mention.clause[0], mention.at - 3) : mention.at]
    near = [*chunks[mention.at + 1 : mention.last], *after]
    apart = next((i for i, c in enumerate(near) if c.number is not None), len(near))  # 'the other four, one each'
    mention.each = mention.each or any("each" in c.classes for c in near[: min(apart, 4)])
    mention.more = mention.more or any("new_word" in c.classes for c in chunks[mention.at + 1 : mention.last])
    ahead = before[-2:-1] if before and before[-1].text == "," else before[-1:]
    mention.rest = any("rest" in c.classes for c in [*ahead, *chunks[mention.at + 1 : mention.last]])
    mention.of_them = (
        any("of_them" in c.classes for c in after[:1])
        or _named_as_a_share(after)
        or any(c.classes & {"of_them", "most"} for c in before)
        or mention.rest
        or "share" in chunks[mention.at].classes
    )
    behind = chunks[mention.last].classes if mention.last < len(chunks) else frozenset()
    if mention.noun == "bare" or (mention.noun == "person" and {"partitive", "subset"} <= behind):
        mark_partitive(mention, chunks)  # 'nineteen people out of the new 27'


def _of_each(mention: Mention, chunks: list[Chunk]) -> bool:
    """'It approved a pair of election officials each', 'two members of their commissions apiece'."""
    behind = chunks[mention.last : mention.last + _TO_EACH]
    until = next((i for i, c in enumerate(behind) if not c.is_word or c.number is not None), len(behind))
    ended = until == len(behind) or behind[until].number is None
    return ended and until > 0 and "each" in behind[until - 1].classes


def _named_as_a_share(after: list[Chunk]) -> bool:
    """'34 members, included in this number', '34 сотрудника Миссии, входящие в это число'."""
    comma = next((i for i, c in enumerate(after[:2]) if c.text == ","), None)
    return comma is not None and any({"of_them", "have"} <= c.classes for c in after[comma + 1 :])
