"""Which numbers share senders, or have theirs far off: 'X and Y got 45 and 32', 'two from each state'."""

from __future__ import annotations

import itertools

from extract.model import Term
from extract.reading.decided import reading
from extract.reading.groups import Group
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence
from extract.words.spans import NumberKind

SUMMING = frozenset({"in_all", "sum_verb", "cumulative"})
"""Words beside a number that sums up others."""
_FEWEST_SUMMED = 2
"""A number and the first of those that it sums up, beside which a second one must stand."""
_ONE_OF_TWO = 5
"""Chunks between 'the former' and its number."""


def share_out(mentions: list[Mention], groups: list[Group], chunks: list[Chunk]) -> None:
    """'The CIS and ODIHR got 45 and 32', 'three states, one from each': senders that share their numbers."""
    groups = [g for g in groups if not g.compared]
    for run in _rows(mentions, chunks):
        before = [g for g in groups if g.last <= run[0].at]
        if before and len(before[-1].ids) == len(run) and (len(run) > 2 or not before[-1].generic):
            _give_in_turn(run, before[-1], mentions)
    for mention in mentions if len(mentions) > _FEWEST_SUMMED else ():
        if mention.group is None:
            mention.group = _summed_in_brackets(mention, mentions, chunks)
    for whole, share in itertools.pairwise(mentions):
        spread = share.group if share.each and whole.group is None else None
        if spread is not None and spread.first == whole.last and whole.value == share.value * len(spread.ids):
            whole.group = spread  # 'six representatives of Azerbaijan and Norway (three each)'
    for mention in mentions:
        if mention.each and mention.group is None:
            before = [g for g in groups if g.last <= mention.at and len(g.ids) > 1]
            mention.group = before[-1] if before else None


def _summed_in_brackets(whole: Mention, mentions: list[Mention], chunks: list[Chunk]) -> Group | None:
    """'The remaining ten are from Serbia (4), Malaysia (3), Jordan (2) and Cuba (1)': all of those behind it."""
    left, last = whole.value, whole.last
    summed: list[Group] = []
    for part in mentions[mentions.index(whole) + 1 :]:
        if part.group is None or part.group.first < last or chunks[part.at - 1].text != "(":
            break
        left -= part.value
        last = part.last
        summed.append(part.group)
        if left <= 0:
            break
    if left or len(summed) < 2:
        return None
    kinds = set().union(*(g.kinds for g in summed))
    return Group(summed[0].first, summed[-1].last, [i for g in summed for i in g.ids], kinds)


def _rows(mentions: list[Mention], chunks: list[Chunk]) -> list[list[Mention]]:
    """Numbers with nothing but commas and conjunctions between them: 'three, three and one'."""
    rows: list[list[Mention]] = []
    for mention in mentions:
        last = rows[-1][-1] if rows else None
        between = chunks[last.last : mention.at] if last is not None else []
        joined = 0 < len(between) <= 2 and all("and" in c.classes or c.text == "," for c in between)
        apart = last is None or (mention.group is not None and mention.group is not last.group)
        if joined and not apart and last is not None and last.noun in {"bare", "person", "observer"}:
            rows[-1].append(mention)
        else:
            rows.append([mention])
    return [row for row in rows if len(row) > 1]


def _give_in_turn(row: list[Mention], whole: Group, mentions: list[Mention]) -> None:
    for mention, sender in zip(row, whole.ids, strict=True):
        mention.group = Group(whole.first, whole.last, [sender], set(whole.kinds))
        mention.noun = "bare" if mention.noun == "other" else mention.noun
    ahead = next((m for m in reversed(mentions) if m.last <= whole.first), None)
    if ahead is not None and ahead.group is None and ahead.value == sum(m.value for m in row):
        ahead.group = whole


def give_to_the_parts(mentions: list[Mention], chunks: list[Chunk]) -> None:
    """Give shares the senders behind their wholes: those of 'come from the CIS' are the share's."""
    for n, part in enumerate(mentions[:-1]):
        if part.of_value is not None:
            _give_to_the_part(part, mentions[n + 1], chunks)


def _give_to_the_part(part: Mention, whole: Mention, chunks: list[Chunk]) -> None:
    """'40 of the 55 accredited observers come from the CIS': the senders behind both are those of the forty."""
    between = chunks[part.last : whole.start]
    of_them = part.of_value == whole.value and all(c.classes & {"filler", "partitive", "all_of"} for c in between)
    if whole.group is None or part.group is not None or not of_them or whole.group.first < whole.last:
        return
    verb = chunks[whole.last : whole.group.first]
    told = any("represent" in c.classes and "proposed_by" not in c.classes for c in verb)
    if told and not any(c.classes & {"diplomat", "embassy"} for c in verb):
        part.group, whole.group = whole.group, None


def former_and_latter(mentions: list[Mention], groups: list[Group], before: list[Group], sentence: Sentence) -> None:
    """'Missions of ODIHR and the CIS: the former has 258, the latter 174', 'біріншісінде 258, екіншісінде 174'."""
    chunks = sentence.chunks
    numbers = (chunks[i].number for i in sentence.counted)
    ordinals = any(n is not None and n.kind is NumberKind.ORDINAL for n in numbers)
    if not ordinals and sentence.classes.isdisjoint({"former", "latter"}):
        return
    first = next((m for m in mentions if _one_of_two(m, chunks, "former")), None)
    second = next((m for m in reversed(mentions) if _one_of_two(m, chunks, "latter")), None)
    if first is None or second is None or first.at >= second.at:
        return
    pairs = [g for g in groups if g.last <= first.at and len(g.ids) == 2] or [g for g in before if len(g.ids) == 2]
    if not pairs:
        _kinds_in_turn(first, second, [*before, *groups], chunks)
        return
    for mention, sender in zip((first, second), pairs[-1].ids, strict=True):
        mention.group = Group(first.start, first.start, [sender], {_kind_of(sender)})
        mention.noun = "bare" if mention.noun == "other" else mention.noun


def _kinds_in_turn(first: Mention, second: Mention, groups: list[Group], chunks: list[Chunk]) -> None:
    """'12 organizations and 34 states: the former have 431 people, the latter 131.'"""
    both = next((g for g in reversed(groups) if len(g.kinds) > 1 and not g.ids and g.last <= first.at), None)
    if both is None:
        return
    told = [k for c in chunks[both.first : both.last] for k in ("organizations", "countries") if k in c.classes]
    for mention, kind in zip((first, second), told, strict=False):
        mention.group = Group(first.start, first.start, kinds={kind}, generic=True)
        mention.group.counts = {kind: both.counts[kind]} if kind in both.counts else {}


def sums_of_rows(mentions: list[Mention], known: list[Mention], chunks: list[Chunk]) -> None:
    """'Poland has three, Italy and Mongolia two each, 7 in all': the last number sums up those of the senders before.

    It is the subtotal of their kind, or the whole again where that is `known`.
    """
    for n, mention in enumerate(mentions):
        near = [*chunks[max(0, mention.start - 3) : mention.start], *chunks[mention.last : mention.last + 2]]
        if mention.noun == "other" or not any(c.classes & SUMMING for c in near):
            continue
        summed, of_all = 0, set[str]()
        for at in range(n - 1, -1, -1):
            group = mentions[at].group
            kinds = ({_kind_of(i) for i in group.ids} or group.kinds) if group is not None else set()
            of_all |= kinds
            if group is None or len(kinds) != 1 or mentions[at].noun == "other":
                break
            summed += mentions[at].value * (len(group.ids) if mentions[at].each else 1)
            if summed == mention.value and n - at > 1:
                again = any((m.scope or "total") == "total" and m.value == mention.value for m in known)
                mention.group, mention.each, mention.subject = None, False, False
                if len(of_all) > 1:
                    terms = (Term(m.scope or "total", m.value) for m in mentions[at:n])
                    mention.decided = reading(Term("total", mention.value, decided=True), *terms)
                mention.scope = "total" if again or len(of_all) > 1 else of_all.pop()
                mention.noun = "observer"
                break


def _kind_of(sender: str) -> str:
    return "organizations" if sender.startswith("organization:") else "countries"


def _one_of_two(mention: Mention, chunks: list[Chunk], which: str) -> bool:
    """Whether 'the former' or 'the first', or 'the latter' or 'the second', stands right before a number."""
    for chunk in reversed(chunks[max(0, mention.start - _ONE_OF_TWO) : mention.start]):
        ordinal = chunk.number if chunk.number is not None and chunk.number.kind is NumberKind.ORDINAL else None
        if which in chunk.classes or (ordinal is not None and ordinal.value == (1 if which == "former" else 2)):
            return True
        if chunk.number is not None or chunk.text in ",;.:" or chunk.classes & {"observer", "person", "mission"}:
            return False
    return False
