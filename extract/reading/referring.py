"""Numbers that are no figure of their own: they refer to one ('Of the 111, ...') or count the senders."""

from __future__ import annotations

import itertools
from bisect import bisect_right

from extract.reading.groups import Group
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence
from extract.reading.statements import Statements

_BACK = frozenset({"partitive", "subset"})
"""Words that open a sentence with a number given before: 'Of the 111, ...'."""
_NEXT_CELL = 3
"""Chunks between a bracket and the number of the next cell."""


def without_references(
    mentions: list[Mention], groups: list[Group], sentence: Sentence, known: set[int]
) -> list[Mention]:
    """Without those that refer to a figure ('Of the 111, ...') or count senders ('Organizations, nine in number')."""
    kept: list[Mention] = []
    chunks = sentence.chunks
    opening: list[int] = []
    if not sentence.classes.isdisjoint(_BACK):
        words = (i for i, c in enumerate(chunks) if c.is_word and "filler" not in c.classes)
        opening = list(itertools.islice(words, 3))
    for n, mention in enumerate(mentions):
        before = [chunks[i] for i in opening if i < mention.start]
        opens = bool(before) and len(before) <= 2 and all(_refers_back(c) for c in before)
        opens = opens and all(c.number is None for c in chunks[: mention.start])
        if opens and n + 1 < len(mentions):
            between = chunks[mention.last : mentions[n + 1].at]
            apart = not between or any(c.text == "," for c in between) or all("copula" in c.classes for c in between)
            if mention.noun in {"bare", "observer", "person"} and apart:
                for part in mentions[n + 1 :]:
                    part.of_value = part.of_value or mention.value
                told = any(c.classes & {"adding", "accredited"} for c in between)
                if mention.value in known or (mention.noun == "bare" and not told):
                    continue
                mention.noun = "observer" if mention.noun == "bare" else mention.noun
                mention.more = mention.more or any("adding" in c.classes for c in between)
        if n and _just_named(mentions[n - 1], mention, chunks) and mention.value in known:
            continue
        row = mentions[n + 1] if n + 1 < len(mentions) else None
        if not _in_number(mention, groups, chunks) and not (row and _in_brackets(mention, row, groups, chunks)):
            kept.append(mention)
    return kept


def _just_named(part: Mention, whole: Mention, chunks: list[Chunk]) -> bool:
    """'Thirty-eight of the 65 represent organizations': the whole is named only to say whose part it is."""
    between = chunks[part.last : whole.start]
    if part.of_value != whole.value or whole.noun != "bare" or not between:
        return False
    return "partitive" in between[0].classes and all(c.classes & {"filler", "partitive"} for c in between)


def _refers_back(chunk: Chunk) -> bool:
    return bool(chunk.classes & _BACK) and not chunk.classes & {"of_them", "cumulative", "most", "represent"}


def _in_number(mention: Mention, groups: list[Group], chunks: list[Chunk]) -> bool:
    """Whether a number counts the senders before it, which then take it: 'Organizations, nine in number'."""
    behind = bisect_right(groups, mention.at, key=lambda g: g.last)
    if not behind or _of_people_from(mention, group := groups[behind - 1], chunks):
        return False
    if _people_of_the_genitive(mention, group, chunks):
        return False
    rules = (_counts_the_genitive, _so_many_of_which, _their_own_number, _so_many_in_number, _are_so_many)
    if not any(rule(mention, group, chunks) for rule in rules):
        return False
    group.take_count(mention.value)
    return True


def _people_of_the_genitive(mention: Mention, group: Group, chunks: list[Chunk]) -> bool:
    """'представители организаций, их 63', 'представителей государств – 15': the people count, not their senders."""
    ahead = [c for c in chunks[max(0, group.first - 2) : group.first] if "international" not in c.classes]
    if group.ids or group.counts or mention.noun != "bare" or not ahead or not ahead[-1].classes & {"person"}:
        return False
    between = chunks[group.last : mention.at]
    if "counted_genitive" not in chunks[group.first].classes or not 0 < len(between) <= 2:
        return False
    if not all(c.text in ",–—-" or "their_number" in c.classes for c in between):
        return False
    mention.inner, mention.noun = group, "person"
    return True


def _so_many_in_number(mention: Mention, group: Group, chunks: list[Chunk]) -> bool:
    """'International organizations, nine in number, sent 408.'"""
    behind = chunks[mention.last : mention.last + 2]
    if group.ids or group.counts or not behind:
        return False
    apart = len(behind) > 1 and behind[1].text == "," and [c.text for c in chunks[group.last : mention.start]] == [","]
    inserted = apart and group.generic and "in_all" in behind[0].classes  # 'States, 27 in all, sent 82'
    return inserted or "in_number" in behind[0].classes


def _are_so_many(mention: Mention, group: Group, chunks: list[Chunk]) -> bool:
    """'The organizations number ten', 'the states total 31': nobody but the senders is counted."""
    if group.ids or group.counts or not group.generic or mention.noun != "bare":
        return False
    ahead = [c for c in chunks[: group.first] if not c.classes & {"filler", "international"}]
    between = [c for c in chunks[group.last : mention.start] if "adverb" not in c.classes]
    if ahead or mention.last >= len(chunks) or chunks[mention.last].is_word:
        return False
    if chunks[mention.last].text == ":" and len(between) > 1 and "copula" in between[-1].classes:
        return any("list_word" in c.classes for c in between)  # 'The organizations on the list are three: ...'
    return len(between) == 1 and "count_verb" in between[0].classes and not between[0].classes & {"have", "copula"}


def _counts_the_genitive(mention: Mention, group: Group, chunks: list[Chunk]) -> bool:
    """'Международных организаций в списке десять, государств - 35': the genitive without a preposition is counted."""
    ahead = [c for c in chunks[max(0, group.first - 2) : group.first] if "international" not in c.classes]
    ahead = [] if ahead and ahead[-1].text in ",;" else ahead
    if group.ids or group.counts or "counted_genitive" not in chunks[group.first].classes or mention.noun != "bare":
        return False
    if any(c.classes & {"origin", "accredited", "represent", "have"} or c.number is not None for c in ahead):
        return False
    listed = chunks[max(0, group.first - 3) : group.first]
    if len(listed) == 3 and listed[0].number is not None and "person" in listed[1].classes and listed[2].text == ",":
        return False  # 'организаций – 661 человек, стран – 132': people again
    between = chunks[group.last : mention.start]
    return len(between) <= 2 and all("the_list" in c.classes or c.text in "–—-" for c in between)


def _so_many_of_which(mention: Mention, group: Group, chunks: list[Chunk]) -> bool:
    """'International organizations, six of which have signed up, account for 408', 'States, 35 of them, sent 81.'"""
    behind = chunks[mention.last].classes if mention.last < len(chunks) else frozenset()
    apart = [c.text for c in chunks[group.last : mention.start]] == [","]
    generic = apart and group.generic and not group.ids and not group.counts
    closed = "of_them" in behind and mention.last + 1 < len(chunks) and chunks[mention.last + 1].text == ","
    return generic and (closed or {"of_them", "relative"} <= behind)


def _of_people_from(mention: Mention, group: Group, chunks: list[Chunk]) -> bool:
    """'Reporters from 31 countries, 163 in number': the people count, not their states."""
    before = [c for c in chunks[max(0, group.first - 4) : group.first] if c.number is None]
    noun = next((n for c in reversed(before) for n in ("journalist", "observer") if n in c.classes), None)
    if noun is None or "origin" not in before[-1].classes or mention.noun != "bare":
        return False
    if not any("in_number" in c.classes for c in chunks[mention.last : mention.last + 1]):
        return False
    mention.noun = noun
    return True


def _their_own_number(mention: Mention, group: Group, chunks: list[Chunk]) -> bool:
    """'The organizations (they are ten) gave 198', 'the states, and they are 33, ...': how many senders there are."""
    between = chunks[group.last : mention.at]
    if group.ids or not group.generic or len(between) > 3 or mention.noun != "bare" or not between:
        return False
    if between[0].text not in "(,":
        return False
    summed = len(between) > 2 and "their_number" in between[1].classes and "sum_verb" in between[-1].classes
    return "their_number" in between[-1].classes or summed


def _in_brackets(mention: Mention, row: Mention, groups: list[Group], chunks: list[Chunk]) -> bool:
    """'States (41) | 147': the number in brackets counts the senders."""
    if not mention.at or chunks[mention.at - 1].text != "(" or row.at - mention.last > _NEXT_CELL:
        return False
    group = next((g for g in groups if g.last == mention.at - 1 and g.generic and not g.ids), None)
    if group is None:
        return False
    group.take_count(mention.value)
    return True


def counts_of_before(mention: Mention, sentence: Sentence, found: Statements, index: int) -> bool:
    """'... four organizations. The four are the CIS ...': the number of senders again."""
    if mention.noun != "bare" or not mention.at or "definite" not in sentence.chunks[mention.at - 1].classes:
        return False
    return any(mention.value in g.counts.values() for i in (index, index - 1) if i >= 0 for g in found.groups[i])
