"""The numbers of a sentence that may count observers, and what stands around each: noun, sender, clause."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from extract.model import Basis, Check, Status
from extract.reading.groups import HOST, Group
from extract.reading.scan import Chunk, Sentence
from extract.words.spans import NameKind, Number, NumberKind

COUNTABLE = {NumberKind.CARDINAL, NumberKind.COLLECTIVE, NumberKind.DISTRIBUTIVE}
_NOUNS = ("association", "journalist", "diplomat", "observer", "person")
_PERSONAL = frozenset({"observer", "person", "journalist", "diplomat"})
_STOPS = frozenset(
    {
        "origin",
        "represent",
        "have",
        "function",
        "including",
        "of_them",
        "count_verb",
        "announced",
        "withdrawn",
        "verb",
        "reached",
    }
)
_NO_CLASSES: frozenset[str] = frozenset()
_REACH = 8


@dataclass(slots=True, eq=False)
class Mention:
    """A number that may count people; positions are chunk indices in its sentence."""

    sentence: int
    """Index of the sentence in the scan."""
    at: int
    """The number's chunk."""
    last: int
    """End of its noun phrase."""
    start: int
    """Its first chunk, words of approximation included."""
    number: Number
    noun: str
    """observer, person, journalist, diplomat, association; 'bare' without a noun; 'other' for anything else."""
    clause: tuple[int, int] = (0, 0)
    inner: Group | None = None
    """A sender inside the noun phrase: '12 CIS observers', 'three Dutch ones'."""
    group: Group | None = None
    """The senders that it is linked to."""
    scope: str | None = None
    each: bool = False
    of_them: bool = False
    """Refers back: 'of them', 'of those', 'the remaining'."""
    rest: bool = False
    """What is left of a whole: 'the remaining 41', 'the other nine'."""
    of_value: int | None = None
    """'ten of the 174' refers to 174; '23 out of 100' to 100."""
    subject: bool = False
    """Stands after 'the number of observers has reached', 'the total is'."""
    more: bool = False
    status: Status | None = None
    basis: Basis | None = None
    beside: Mention | None = None
    """'139 from organizations and 8 more from states': the figure that this one is said together with."""
    by_sum: bool = False
    """The sum, not the words, tells what it is a part of."""
    decided: Check | None = None
    """The sum that decided how it is read, where the words leave a choice."""
    whole: Mention | None = None
    """The figure that this one is a part of."""
    subset: bool = False
    """A part without a sender of its own: 'ten of the 174 are long-term observers'."""
    day_in_clause: bool = False
    dropped: bool = False
    children: list[Mention] = field(default_factory=list)

    @property
    def position(self) -> tuple[int, int]:
        """Where it stands in the text: sentence and chunk, comparable."""
        return self.sentence, self.at

    @property
    def value(self) -> int:
        """The number's value."""
        return self.number.value


def find_mentions(sentence: Sentence, index: int, groups: list[Group]) -> list[Mention]:
    """The countable numbers of a sentence that are not the count of a sender group."""
    chunks = sentence.chunks
    numbers = [(i, c.number) for i, c in enumerate(chunks) if c.number is not None]
    if not numbers:
        return []
    counts = {g.first for g in groups if g.counts} | {
        i for g in groups for i in range(g.first, g.last) if chunks[i].number is not None
    }
    mentions = []
    breaks = [i for i, c in enumerate(chunks) if c.text == ";" or "contrast" in c.classes]
    for at, number in numbers:
        if number.kind not in COUNTABLE or at in counts:
            continue
        mention = _mention(chunks, at, number, index, groups)
        mention.clause = _clause(breaks, at, len(chunks))
        mentions.append(mention)
    _share_nouns(mentions, chunks)
    _shares(mentions, chunks)
    _shares_of_senders(mentions, groups, chunks)
    return mentions


def _mention(chunks: list[Chunk], at: int, number: Number, index: int, groups: list[Group]) -> Mention:
    noun, last, inner_at = _head(chunks, at)
    inner = None if inner_at is None else next((g for g in groups if g.first <= inner_at < g.last), None)
    start = at
    while number.approx_first is not None and start and chunks[start - 1].first >= number.approx_first:
        start -= 1
    mention = Mention(index, at, last, start, number, noun, inner=inner, more=number.more)
    mention.each = number.kind is NumberKind.DISTRIBUTIVE
    _look_around(mention, chunks)
    return mention


def _head(chunks: list[Chunk], at: int) -> tuple[str, int, int | None]:
    """(noun, end of the noun phrase, chunk of a name inside it) of the number at a chunk."""
    inner_at = None
    if chunks[at].stands_for_noun:
        return _predicate_noun(chunks, at), at + 1, None
    for i in range(at + 1, min(at + _REACH, len(chunks))):
        chunk = chunks[i]
        if _qualifies(chunk, chunks[at]):
            continue
        noun = next((n for n in _NOUNS if n in chunk.classes), None)
        if "deputy" in chunk.classes and at and "accredited" in chunks[at - 1].classes:
            noun = "person"
        if noun and not _wait(chunks, i, noun):
            return noun, i + 1, inner_at
        if chunk.classes & {"organizations", "countries", "other"} and not noun and not _before_people(chunks, i):
            civic = "organizations" in chunk.classes and at and "civic" in chunks[at - 1].classes
            return ("association" if civic else "other"), i + 1, inner_at
        if chunk.name is not None:
            inner_at = i if inner_at is None else inner_at
            continue
        if _closes(chunks, i, at):
            if inner_at is None and any("long_short" in c.classes for c in chunks[at + 1 : i]):
                return "observer", i, None
            return (
                ("bare" if _bare(chunks, at, i, inner_at) else "other"),
                (at + 1 if inner_at is None else inner_at + 1),
                inner_at,
            )
    end = min(at + _REACH, len(chunks))
    return (
        ("bare" if end == at + 1 or inner_at is not None else "other"),
        at + 1 if inner_at is None else inner_at + 1,
        inner_at,
    )


def _qualifies(chunk: Chunk, number: Chunk) -> bool:
    """Words behind a number that say how exact it is: 'астам', 'дейін', 'or so'."""
    tail = number.number.tail if number.number is not None else None
    return tail is not None and chunk.first < tail


def _predicate_noun(chunks: list[Chunk], at: int) -> str:
    """'215-і журналист': what those that the number stands for are."""
    for chunk in chunks[at + 1 : at + 4]:
        noun = next((n for n in ("journalist", "association") if n in chunk.classes), None)
        if noun:
            return noun
        if not chunk.classes & {"international", "adjective", "filler"} and chunk.text not in "–—-":
            break
    return "bare"


def _wait(chunks: list[Chunk], i: int, noun: str) -> bool:
    """'12 observer states', '30 member states': the noun is a modifier of another one."""
    following = chunks[i + 1].classes if i + 1 < len(chunks) else frozenset()
    number = chunks[i - 1].number if i else None
    if noun not in {"observer", "person"} or "singular" not in chunks[i].classes or (number and number.value == 1):
        return False
    return bool(following & {"countries", "organizations", "mission", "and"})


def _before_people(chunks: list[Chunk], i: int) -> bool:
    """'seven CIS mission members': the mission only modifies the people."""
    return "mission" in chunks[i].classes and i + 1 < len(chunks) and bool(chunks[i + 1].classes & _PERSONAL)


def _closes(chunks: list[Chunk], i: int, at: int) -> bool:
    chunk = chunks[i]
    if chunk.number is not None or chunk.day is not None:
        return True
    if not chunk.is_word:
        return not (chunk.text in "-/–" and i > at and _tight(chunks, i))
    if chunk.classes & {"accredited", "proposed"}:
        following = chunks[i + 1].classes if i + 1 < len(chunks) else _NO_CLASSES
        return not (
            following & _PERSONAL
            or any(c.classes & {"observer", "journalist", "association"} for c in chunks[i + 1 : i + 4])
        )
    if "and" in chunk.classes:
        return i == at + 1 and i + 1 < len(chunks) and chunks[i + 1].name is not None
    return bool(chunk.classes & _STOPS) and not chunk.classes & {"international", "rest", "new"}


def _tight(chunks: list[Chunk], i: int) -> bool:
    """A hyphen between words ('long-term'), not a dash between phrases: something follows without a number."""
    return i + 1 < len(chunks) and chunks[i + 1].is_word and chunks[i].text in "-/"


def _bare(chunks: list[Chunk], at: int, end: int, inner_at: int | None) -> bool:
    """Whether the number stands without a noun, rather than with one that no table knows."""
    between = chunks[at + 1 : end]
    if at and "rest" in chunks[at - 1].classes:
        return True
    if inner_at is not None:
        name = chunks[inner_at].name
        citizens = name is not None and name.kind is NameKind.NATIONALITY and name.id == HOST
        return not citizens
    return all(
        not c.is_word
        or _qualifies(c, chunks[at])
        or c.classes & {"rest", "new", "adverb", "and", "filler", "accredited", "each"}
        for c in between
    )


def _look_around(mention: Mention, chunks: list[Chunk]) -> None:
    after = chunks[mention.last : mention.last + 3]
    before = chunks[max(0, mention.at - 3) : mention.at]
    near = [*chunks[mention.at + 1 : mention.last], *after]
    mention.each = mention.each or any("each" in c.classes for c in near[:4])
    mention.more = mention.more or any("new_word" in c.classes for c in chunks[mention.at + 1 : mention.last])
    mention.rest = any("rest" in c.classes for c in [*before[-1:], *chunks[mention.at + 1 : mention.last]])
    mention.of_them = (
        any("of_them" in c.classes for c in after[:1])
        or any(c.classes & {"of_them", "most"} for c in before)
        or mention.rest
        or "share" in chunks[mention.at].classes
    )
    if mention.noun == "bare":
        _partitive(mention, chunks)


def _partitive(mention: Mention, chunks: list[Chunk]) -> None:
    """'ten of the 174', '60 of the observers', '23 out of 100 CIS observers', 'ten of these helpers'."""
    at = mention.last
    if at >= len(chunks) or "partitive" not in chunks[at].classes or "represent" in chunks[at].classes:
        return
    if chunks[at].last - chunks[at].first > 1 and "subset" not in chunks[at].classes:
        return
    at += 1
    while at < len(chunks) and chunks[at].classes & {"filler", "the_one", "announced"}:
        at += 1
    if at >= len(chunks):
        return
    chunk = chunks[at]
    if chunk.number is not None and chunk.number.kind in COUNTABLE:
        if any(c.classes & {"organizations", "countries"} for c in chunks[at + 1 : _head(chunks, at)[1]]):
            return
        if _head(chunks, at)[0] == "other":
            mention.noun = "other"
        mention.of_value = chunk.number.value
        return
    for chunk in chunks[at : at + 5]:
        noun = next((n for n in _NOUNS if n in chunk.classes), None)
        if noun in {"association", "journalist"}:
            mention.noun = noun
            return
        if noun:
            mention.of_them = True
            return
        if chunk.number is not None or "represent" in chunk.classes:
            return
    if chunks[at].is_word and not chunks[at].classes and chunks[at - 1].classes & {"the_one", "filler"}:
        mention.noun = "other"


def _clause(breaks: list[int], at: int, end: int) -> tuple[int, int]:
    """The clause around a number: from one semicolon, dash with blanks or contrasting conjunction to the next."""
    before = bisect_left(breaks, at)
    after = bisect_right(breaks, at)
    return breaks[before - 1] + 1 if before else 0, breaks[after] if after < len(breaks) else end


def _share_nouns(mentions: list[Mention], chunks: list[Chunk]) -> None:
    """'13 national and 231 regional public organizations': the first number shares the noun of the second."""
    for left, right in itertools.pairwise(mentions):
        between = chunks[left.at + 1 : right.at]
        near = left.noun in {"other", "bare"} and right.noun in _NOUNS and 0 < len(between) <= 3
        joined = any("and" in c.classes for c in between) and all(c.is_word and c.name is None for c in between)
        if near and joined:
            left.noun = right.noun


def _shares(mentions: list[Mention], chunks: list[Chunk]) -> None:
    """'111 байқаушының 34-і', '98 депутаттың 29-ы': a share of what is counted right before it."""
    for whole, part in itertools.pairwise(mentions):
        if "share" not in chunks[part.at].classes:
            continue
        if "share" in chunks[whole.at].classes and whole.of_value is not None and whole.clause == part.clause:
            part.of_value, part.noun = whole.of_value, whole.noun
            continue
        if any("filler" not in c.classes for c in chunks[whole.last : part.at]) or whole.noun == "bare":
            continue
        part.of_value = whole.value
        if whole.noun in {"other", "journalist", "association"}:
            part.noun = whole.noun


def _shares_of_senders(mentions: list[Mention], groups: list[Group], chunks: list[Chunk]) -> None:
    """'23 ұйымның 14-ін': fourteen of the bodies, no people."""
    for mention in mentions:
        if "share" not in chunks[mention.at].classes:
            continue
        before = next((g for g in groups if g.last == mention.at), None)
        if before is None or before.ids:
            continue
        if any(mention.value <= count for count in before.counts.values()):
            mention.noun = "other"
