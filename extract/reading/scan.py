"""An article as sentences of chunks: every word classed, every number, name and day found.

A chunk is a number, a name, a day, a phrase, a word or a mark. The passes of the reader look at chunks alone; tokens
serve only to quote the evidence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from operator import attrgetter

from extract.model import Article, Where
from extract.reading.lexicon import Lexicon, lexicon
from extract.words.cursor import Columns
from extract.words.date_spans import written_days
from extract.words.dates import find_days
from extract.words.names import find_names
from extract.words.numbers import find_numbers
from extract.words.spans import Day, Name, NameKind, Number, NumberKind
from extract.words.tokens import Token, tokenize
from extract.words.unknown import find_unknown_bodies

_NONE: frozenset[str] = frozenset()
_CLASSES = attrgetter("classes")
_ENDS = frozenset(".!?…")
_NAME_ENDINGS = frozenset({"from_case", "in_case", "at_case", "of_case", "to_case"})
"""Endings that say of a name what a preposition says elsewhere: 'Сербиядан', from Serbia."""
_NUMBER_ENDINGS = frozenset({"share", "declined"})
"""Endings of a number that stands for its noun: 'share' of some people ('30-ы'), 'declined' ('62-ге жетті')."""
_BULLETS = frozenset("-–—•*·")
_SAID_AGAIN = 60
"""Characters from which on the same paragraph is not likely to mean something else."""
_LONGEST_ROW = 120
_AFTER_DATELINE = frozenset("(/–—-")
_LONGEST_DATELINE = 6
_A_TOWN = 2
"""Chunks of 'ASTANA.'"""
_OPENERS = frozenset("«“\"'(„–—-")
_OPENING = frozenset({"definite", "filler", "function"})
"""Words that open a sentence after 'at 6 p.m.'"""
_TO_ITS_MEETING = 7
"""Chunks between a day and the meeting that it dates, where words are put in between."""
_SCHEDULING = frozenset({"scheduled", "poll"})
_SAID_BEFORE_DAY = {
    "as_of": frozenset({"as_of", "as_of_phrase", "cumulative"}),
    "until": frozenset({"end", "until"}),
    "since": frozenset({"since"}),
    "scheduled_for": frozenset({"scheduled_for"}),
}


@dataclass(slots=True)
class Chunk:
    """A piece of a sentence; `first` and `last` are token indices in it, `[first:last)`."""

    first: int
    last: int
    text: str
    """Lower case; of a phrase, its words joined by blanks."""
    classes: frozenset[str] = _NONE
    is_word: bool = False
    glued: bool = False
    """No blank stands before it; tells a hyphen from a dash."""
    number: Number | None = None
    name: Name | None = None
    day: Day | None = None

    @property
    def stands_for_noun(self) -> bool:
        """'30-ы', '62-ге': the ending takes the noun's place, unless 'more than' behind the number needs it."""
        number = self.number
        if number is None or number.kind is NumberKind.DISTRIBUTIVE:
            return False
        return "share" in self.classes or ("declined" in self.classes and number.tail is None)


_OF_OBSERVERS = frozenset({"observer", "observing"})
"""Words in a body's name that say that its sentence speaks of observers: 'observation mission of the OTS'."""


@dataclass(slots=True)
class Sentence:
    """A sentence of the title or the body."""

    where: Where
    paragraph: int
    """Counts paragraphs, the items of a list with the one before it; -1 for the title."""
    offset: int
    """Position in title or body of the text that the tokens count from."""
    source: str
    """The title or paragraph that the sentence is of."""
    tokens: list[Token]
    chunks: list[Chunk] = field(default_factory=list)
    classes: frozenset[str] = _NONE
    """All classes of the sentence's chunks."""
    counted: list[int] = field(init=False)
    """The indices of the chunks that are numbers."""
    named: list[int] = field(init=False)
    """The indices of the chunks that are names."""
    dated: list[int] = field(init=False)
    """The indices of the chunks that are days."""
    abroad: bool | None = field(init=False, default=None)
    """Whether it speaks of another country's poll, once that was asked."""
    seen: list[frozenset[str]] | None = field(init=False, default=None)
    """What is to be seen of each chunk, once that was asked."""
    around: dict[tuple[int, ...], list[tuple[str, frozenset[str]]]] = field(init=False, default_factory=dict)
    """The words around its numbers, as far as they were asked for, by the place of each."""

    def __post_init__(self) -> None:
        chunks = self.chunks
        found = [i for i, c in enumerate(chunks) if not (c.number is None and c.name is None and c.day is None)]
        self.counted = [i for i in found if chunks[i].number is not None]
        self.named = [i for i in found if chunks[i].name is not None]
        self.dated = [i for i in found if chunks[i].day is not None]


@dataclass(slots=True)
class Scan:
    """An article, scanned."""

    article: Article
    words: Lexicon
    sentences: list[Sentence]
    published: date | None
    elsewhere: dict[int, bool] = field(default_factory=dict)
    """Whether a sentence speaks of another poll, as far as that was asked already."""


def scan(article: Article, about: date | None = None) -> Scan:
    """Scan title and paragraphs. `about` is a day near the publication, for articles that do not give theirs.

    A paragraph that stands twice, as a lead may at the end again, says nothing more the second time.
    """
    words = lexicon(article.language)
    published = article.published.date() if article.published else about
    sentences: list[Sentence] = []
    if article.title:
        sentences += _sentences(article.title, Where.TITLE, (-1, 0), (words, published))
    offset = block = 0
    for paragraph in _said_once(article.paragraphs):
        block += not _continues(paragraph)
        sentences += _sentences(paragraph, Where.BODY, (block, offset), (words, published))
        offset += len(paragraph) + 1
    _mark_dateline(sentences)
    if article.published is None:
        _leave_open_what_is_relative(sentences)
    return Scan(article, words, sentences, published)


def _said_once(paragraphs: Sequence[str]) -> Sequence[str]:
    """The paragraphs, blank where a longer one stands further up, too, so that all others keep their places."""
    first = {paragraph: number for number, paragraph in reversed([*enumerate(paragraphs)])}
    if len(first) == len(paragraphs):
        return paragraphs
    again = {n for n, text in enumerate(paragraphs) if first[text] < n and len(text) >= _SAID_AGAIN}
    return [" " * len(text) if n in again else text for n, text in enumerate(paragraphs)]


def _leave_open_what_is_relative(sentences: list[Sentence]) -> None:
    """'Last night' is no day that could be told where nobody knows when that was written."""
    for chunk in (s.chunks[at] for s in sentences for at in s.dated):
        if chunk.day is not None and chunk.day.relative:
            chunk.day = chunk.day._replace(day=None, until=None)


def _continues(paragraph: str) -> bool:
    """Whether a paragraph is an item or row of a list: it belongs to what introduces the list."""
    return paragraph[:1] in _BULLETS or (
        len(paragraph) < _LONGEST_ROW and paragraph[-1:] not in _ENDS and "|" in paragraph
    )


def _mark_dateline(sentences: list[Sentence]) -> None:
    """'ASTANA, March 29 (Xinhua) --', '9 August 2007 -- ...': the day of the report, not of what it reports."""
    body = list(islice((s for s in sentences if s.where is Where.BODY), 2))
    if len(body) > 1 and len(body[0].chunks) <= _A_TOWN and body[0].paragraph == body[1].paragraph:
        body = body[1:]  # 'ASTANA. March 10 (Interfax) - ...'
    first = body[0] if body else None
    if first is None:
        return
    at = next((i for i, c in enumerate(first.chunks[:_LONGEST_DATELINE]) if c.day is not None), None)
    if at is not None and any(c.text in _AFTER_DATELINE for c in first.chunks[at + 1 : at + 3]):
        first.chunks[at].classes |= {"dateline"}


def _sentences(text: str, where: Where, place: tuple[int, int], known: tuple[Lexicon, date | None]) -> list[Sentence]:
    """The sentences of a title or paragraph that stands at (paragraph, offset)."""
    words, published = known
    paragraph, offset = place
    tokens = tokenize(text)
    if not tokens:
        return []
    chunks = _chunks(tokens, words, published)
    sentences = []
    for first, last in _bounds(chunks, tokens, words):
        own = chunks[first:last]
        classes: frozenset[str] = _NONE.union(*map(_CLASSES, own))
        sentences.append(Sentence(where, paragraph, offset, text, tokens, own, classes))
    return sentences


def _chunks(tokens: list[Token], words: Lexicon, published: date | None) -> list[Chunk]:
    spans = _spans(tokens, words.language, published)
    told = words.told
    chunks: list[Chunk] = []
    counted: list[int] = []
    at, size = 0, len(tokens)
    while at < size:
        chunk: Chunk | None = None
        if (found := spans.get(at)) is not None:
            chunk = _span(found, tokens, words, spans)
            if chunk.number is not None:
                counted.append(len(chunks))
        else:
            _, lower, _, _, kind, glued = tokens[at]
            meant, phrases = told[lower]
            # Most words begin no phrase with the word behind them: that is seen here, without a call for each.
            if phrases is not None and at + 1 < size and phrases[tokens[at + 1].lower]:
                chunk = _phrase(at, tokens, words, spans)
            if chunk is None:
                chunk = Chunk(at, at + 1, lower, meant, kind == "word", glued)
        chunks.append(chunk)
        at = chunk.last
    if words.before_day:
        _say_when(chunks, words)
    if counted and (words.before_number or words.behind_number):
        _say_of_so_many(chunks, counted, words)
    return chunks


def _spans(tokens: list[Token], language: str, published: date | None) -> dict[int, Day | Name | Number]:
    """The numbers, names and days, by their first token; of those that begin together a day, then a name."""
    columns = Columns(tokens)
    written = written_days(tokens, language, columns)
    numbers, names = find_numbers(tokens, language, written, columns), find_names(tokens, language, columns)
    days = find_days(tokens, language, published, written)
    spans: dict[int, Day | Name | Number] = {}
    for found in (numbers, names, find_unknown_bodies(tokens, language, names, numbers, days), days):
        for span in found:
            spans[span.first] = span
    return spans


def _say_when(chunks: list[Chunk], words: Lexicon) -> None:
    """Class the words that say something only before a day: 'on March 11, 62 were accredited', 'until 18:00 June 3'."""
    for at in [i for i, c in enumerate(chunks) if c.text in words.before_day and c.is_word]:
        if not _leads_to_day(chunks, at):
            continue
        chunk = chunks[at]
        meaning = words.before_day[chunk.text]
        if meaning == "as_of" and _of_a_meeting(chunks, at):
            continue
        if meaning == "as_of" and at and chunks[at - 1].classes & _SCHEDULING:
            meaning = "scheduled_for"
        chunk.classes |= _SAID_BEFORE_DAY[meaning]


def _say_of_so_many(chunks: list[Chunk], counted: list[int], words: Lexicon) -> None:
    """Class the words that mean something else beside a number: 'recalled two', not 'he recalled'."""
    for at in counted:
        ahead, behind = chunks[at - 1], chunks[at + 1] if at + 1 < len(chunks) else chunks[at]
        if at and (meaning := words.before_number.get(ahead.text)) is not None:
            ahead.classes = ahead.classes - {"said"} | {meaning}
        if (meaning := words.behind_number.get(behind.text)) is not None:
            behind.classes |= {meaning}


def _of_a_meeting(chunks: list[Chunk], at: int) -> bool:
    """'на заседании 23 мая', 'на сегодняшнем заседании': the day of a meeting, no state that a number holds for."""
    first = next((i for i in range(at + 1, min(at + 4, len(chunks))) if chunks[i].day is not None), at)
    if any("meeting" in c.classes for c in [*chunks[at + 1 : first], *chunks[first + 1 : first + 2]]):
        return True
    day, behind = chunks[first].day, chunks[first + 1 : first + _TO_ITS_MEETING]
    if day is None or not day.relative or not behind or behind[0].day is not None or behind[0].number is not None:
        return False
    inserted = behind[0].text == ","  # 'на вчерашнем, последнем по счету заседании'
    return any("meeting" in c.classes for c in (behind if inserted else behind[:2]))


def _leads_to_day(chunks: list[Chunk], at: int) -> bool:
    """Whether a day follows, at most with an hour before it."""
    for chunk in chunks[at + 1 : at + 6]:
        if chunk.day is not None:
            return True
        if chunk.number is None and not chunk.classes & {"other", "time_of_day"} and chunk.text not in {".", ":"}:
            return False
    return False


def _span(
    found: Day | Name | Number, tokens: list[Token], words: Lexicon, spans: Mapping[int, Day | Name | Number]
) -> Chunk:
    text = tokens[found.first].lower
    if isinstance(found, Day):
        return Chunk(found.first, found.last, text, day=found)
    if isinstance(found, Name):
        said = words.classes(tokens[found.last - 1].lower)
        classes = said & _NAME_ENDINGS if "bare_name" not in said else frozenset()
        own = tokens[found.first : found.last]
        known = found.kind is NameKind.ORGANIZATION
        if len(own) > 1 and known and any(words.classes(t.lower) & _OF_OBSERVERS for t in own):
            classes |= {"observing"}
        return Chunk(found.first, found.last, text, classes, name=found)
    if found.kind is NumberKind.LABEL:
        return Chunk(found.first, found.last, text, frozenset({"label"}), number=found)
    if found.kind is NumberKind.ORDINAL and (group := _phrase(found.first, tokens, words, spans)) is not None:
        return group  # 'екінші топ', 'үшінші тізім': words that mean something together
    classes = words.classes(tokens[(found.tail or found.last) - 1].lower) & _NUMBER_ENDINGS
    return Chunk(found.first, found.last, text, classes, number=found)


def _phrase(at: int, tokens: list[Token], words: Lexicon, spans: Mapping[int, Day | Name | Number]) -> Chunk | None:
    """The phrase at a token; it may hold a number, as in 'another one', but never cuts one short."""
    found = words.phrase(tokens, at)
    if found is None:
        return None
    last, classes = found
    if any(i in spans and spans[i].last > last for i in range(at + 1, last)):
        return None
    return Chunk(at, last, " ".join([t.lower for t in tokens[at:last]]), classes, is_word=True)


def _bounds(chunks: list[Chunk], tokens: list[Token], words: Lexicon) -> list[tuple[int, int]]:
    bounds = []
    start = 0
    for i, chunk in enumerate(chunks[:-1]):
        if chunk.text in _ENDS and i + 1 > start and _sentence_ends(chunks, i, tokens, words):
            bounds.append((start, i + 1))
            start = i + 1
    if start < len(chunks):
        bounds.append((start, len(chunks)))
    return bounds


def _sentence_ends(chunks: list[Chunk], at: int, tokens: list[Token], words: Lexicon) -> bool:
    """Whether a full stop ends the sentence: a blank and a capital, a digit or an opening quote follow."""
    following = tokens[chunks[at].last] if chunks[at].last < len(tokens) else None
    if following is None or (following.glued and following.text not in "»”\"'"):
        return False
    if chunks[at].text == ".":
        before = tokens[chunks[at].first - 1] if chunks[at].first else None
        word = before.lower if before is not None and before.kind == "word" else ""
        if word == "m" and following.text[0].isupper() and words.classes(following.lower) & _OPENING:
            return True
        if len(word) == 1 or "abbreviations" in words.classes(word):
            return False
    return following.text[0].isupper() or following.kind == "digits" or following.text in _OPENERS or following.glued
