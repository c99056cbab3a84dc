"""Articles said otherwise: rewritings under which a reading stays what it was, or changes in a known way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from num2words import num2words

from extract.model import Article, Report
from extract.words.dates import find_days
from extract.words.names import find_names
from extract.words.numbers import find_numbers
from extract.words.spans import NameKind, NumberKind
from extract.words.tokens import tokenize
from tests.extract.corpora import Story

Rewriting = Callable[[str], str]

MOST_OBSERVERS = 100_000
"""More are voters, the reader thinks."""
NO_BREAK, NARROW, THIN = "\u00a0", "\u202f", "\u2009"
_SPEECH = {"en": "en", "ru": "ru", "kk": "kz"}
"""num2words' names of the languages."""


def everywhere(story: Story, rewrite: Rewriting) -> Article | None:
    """The article with its title and every paragraph rewritten; None where that changes nothing."""
    title = None if story.article.title is None else rewrite(story.article.title)
    changed = story.changed(title, tuple(rewrite(p) for p in story.article.paragraphs))
    return None if changed == story.article else changed


def blanks_that_do_not_break(text: str) -> str:
    """As typesetting systems write them."""
    return re.sub(r"(?<=\d) (?=\d{3}\b)", NARROW, text).replace(" ", NO_BREAK)


def thin_blanks_in_numbers(text: str) -> str:
    """12 000 and 12,000 as 12\u2009000."""
    return re.sub(r"(?<=\d)[ ,\u00a0](?=\d{3}\b)", THIN, text)


def plain_marks(text: str) -> str:
    """Quotes, apostrophes and dashes as a typewriter has them."""
    for marks, plain in (("«»“”„", '"'), ("‘’", "'"), ("–—", "-")):
        text = re.sub(f"[{marks}]", plain, text)
    return text


def other_marks(text: str) -> str:
    """Quotes and dashes of another house."""
    table = str.maketrans({"«": "“", "»": "”", "“": "«", "”": "»", "–": "—", "—": "–"})
    return text.translate(table)


class Spot(NamedTuple):
    """A number that a text gives: where, and how much."""

    start: int
    end: int
    value: int
    kind: NumberKind
    written_out: bool
    rough: bool
    in_digits: bool
    """Wholly: not '30 thousand'."""


@cache
def spots(text: str, language: str) -> tuple[Spot, ...]:
    """The numbers of a text that belong to no date; looked for once, whatever is done to them."""
    return tuple(_spots(text, language))


def _spots(text: str, language: str) -> Iterator[Spot]:
    tokens = tokenize(text)
    dated = {i for day in find_days(tokens, language, None) for i in range(day.first, day.last)}
    for number in find_numbers(tokens, language):
        if not dated & set(range(number.first, number.last)):
            start, end = tokens[number.first].start, tokens[number.last - 1].end
            rough, whole = number.approx is not None, re.sub(r"\D", "", text[start:end]) == str(number.value)
            yield Spot(start, end, number.value, number.kind, number.written_out, rough, whole)


def replaced(text: str, language: str, write: Callable[[Spot, str], str | None]) -> str:
    """The text with its numbers as `write` gives them, from the spot and the text; None leaves one as it is."""
    for spot in sorted(spots(text, language), reverse=True):
        if (new := write(spot, text)) is not None:
            text = text[: spot.start] + new + text[spot.end :]
    return text


def in_digits(value: int, language: str) -> str:
    """A number as the press of the language writes it."""
    return f"{value:,}" if language == "en" else f"{value:,}".replace(",", NO_BREAK)


@cache
def in_words(value: int, language: str) -> str:
    """A number's words as they stand before the noun."""
    return str(num2words(value, lang=_SPEECH[language])).replace(",", "")


def scaled(story: Story, values: set[int], factor: int) -> Article | None:
    """Every figure, and what rounds one, times a factor: sums, orders and repetitions stay as they are.

    None where that cannot be done: figures in words, or numbers that are figures here and something else there.
    """
    article = story.article
    language = article.language
    texts = [article.title or "", *article.paragraphs]
    every = [spot for text in texts for spot in spots(text, language)]
    changing = [s for s in every if s.value in values or s.rough]
    loose = {int(d) for text in texts for d in re.findall(r"\d+", replaced(text, language, lambda _, __: " "))}
    if loose & values or not values <= {s.value for s in every} or max(values) * factor > MOST_OBSERVERS:
        return None
    if any(s.written_out or s.kind is not NumberKind.CARDINAL or not s.in_digits for s in changing):
        return None

    def write(spot: Spot, text: str) -> str | None:
        if spot not in changing:
            return None
        ending = re.sub(r"^\d[\d ,\u00a0\u2009\u202f]*", "", text[spot.start : spot.end])
        return in_digits(spot.value * factor, language) + ending

    title = replaced(article.title, language, write) if article.title else article.title
    return story.changed(title, tuple(replaced(p, language, write) for p in article.paragraphs))


def spelled_out(language: str, values: set[int]) -> Rewriting:
    """Digits of the figures as words, where no ending is glued to them."""

    def write(spot: Spot, text: str) -> str | None:
        bare = re.fullmatch(r"\d[\d ,\u00a0]*", text[spot.start : spot.end]) is not None
        fits = spot.value in values and spot.kind is NumberKind.CARDINAL and spot.value > 1
        glued = text[spot.end : spot.end + 1] in {"-", "–", "’", "'"} or text[max(0, spot.start - 1)] in {"-", "№"}
        return in_words(spot.value, language) if bare and fits and not glued else None

    return lambda text: replaced(text, language, write)


def in_figures(language: str) -> Rewriting:
    """Plain number words from two on as digits, where they are written as they are counted."""

    def write(spot: Spot, text: str) -> str | None:
        words = text[spot.start : spot.end].lower()
        plain = spot.value > 1 and spot.kind is NumberKind.CARDINAL and words == in_words(spot.value, language)
        return str(spot.value) if plain and text[spot.end : spot.end + 1] not in {"-", "–"} else None

    return lambda text: replaced(text, language, write)


def states_turned_round(language: str) -> Rewriting:
    """Lists of states without numbers between them, turned round; in Kazakh all but the last, which is declined.

    Where numbers follow in the order of the states ('respectively'), the order says something.
    """

    def rewrite(text: str) -> str:
        if re.search("respectively|соответственно|тиісінше", text):
            return text
        tokens = tokenize(text)
        names = [n for n in find_names(tokens, language) if n.kind is NameKind.COUNTRY]
        places = [(tokens[n.first].start, tokens[n.last - 1].end) for n in names]
        places = [(start - 4 if text[:start].lower().endswith(" the ") else start, end) for start, end in places]
        for run in reversed(_runs(text, places)):
            listed = run[:-1] if language == "kk" else run
            pieces = [text[start:end] for start, end in listed]
            for (start, end), piece in zip(reversed(listed), pieces, strict=True):
                text = text[:start] + piece + text[end:]
        return text

    return rewrite


def _runs(text: str, places: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Places with nothing but commas and 'and' between them, at least three in a row."""
    runs: list[list[tuple[int, int]]] = [[]]
    for place in places:
        between = text[runs[-1][-1][1] : place[0]] if runs[-1] else ""
        if runs[-1] and not re.fullmatch(r",? (?:and |и |және |мен )?(?:the )?|, ", between):
            runs.append([])
        runs[-1].append(place)
    return [run for run in runs if len(run) > 2]


_NAMED_FIRST = r"[^\d,;:.()\n–—]{2,90} [–—] \d{1,3}(?! ?\d)"
_NUMBERED_FIRST = r"\d{1,3} [^\d,;:.()\n]{2,90}"


def items_turned_round(text: str) -> str:
    """The inner items of lists 'A – 1, B – 2, C – 3, ...' in the opposite order; the first may hold an introduction."""
    for item in (_NAMED_FIRST, _NUMBERED_FIRST):
        text = re.sub(rf"(?<=[:,;] )(?:{item}[,;] ){{3,}}", lambda found: _turned(found.group()), text)
    return text


def _turned(listed: str) -> str:
    mark = listed[-2:]
    items = [i for i in re.split("[,;] ", listed) if i]
    return mark.join([items[0], *reversed(items[1:])]) + mark


def bullets_turned_round(story: Story) -> Article | None:
    """Paragraphs that are items of one list, in the opposite order."""
    paragraphs = list(story.article.paragraphs)
    at = 0
    while at < len(paragraphs):
        end = at
        while end < len(paragraphs) and re.match(r"[-–—•*·]", paragraphs[end]):
            end += 1
        if end - at > 2:
            paragraphs[at:end] = _turned_bullets(paragraphs[at:end])
        at = end + 1
    changed = story.changed(story.article.title, tuple(paragraphs))
    return None if changed == story.article else changed


def _turned_bullets(items: list[str]) -> list[str]:
    """The marks at the ends stay where they are."""
    bodies = [re.sub(r"[;,.]$", "", i) for i in items]
    ends = [i[len(b) :] for i, b in zip(items, bodies, strict=True)]
    return [b + e for b, e in zip(reversed(bodies), ends, strict=True)]


def swapped(text: str, pairs: list[tuple[str, str]]) -> str:
    """The text with the words of each pair in each other's place."""
    table = dict(pairs) | {b: a for a, b in pairs}
    longest = sorted(table, key=len, reverse=True)
    return re.sub("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in longest), lambda m: table[m.group()], text)


def main_values(report: Report) -> set[int]:
    """All numbers of observers that a report gives."""
    return {figure.value for figure in report.figures}
