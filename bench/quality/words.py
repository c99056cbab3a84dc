"""Which entries of the tables of words which articles use, and reading with fewer of them."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib.resources import files
from unittest.mock import patch

from extract.model import Article
from extract.reading import scan
from extract.reading.lexicon import Lexicon, lexicon
from extract.words.tokens import tokenize

Tables = dict[str, dict[str, list[str]]]
Entry = tuple[str, str, str]
"""Section, class and the word or phrase as `words.toml` has it."""
_KEPT = frozenset({"grammar", "macros"})
"""The sections that hold no entries."""


@cache
def tables(language: str) -> Tables:
    """A language's words.toml."""
    path = files("extract").joinpath("languages", language, "words.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def entries(language: str) -> tuple[Entry, ...]:
    """All words and phrases of a language."""
    return tuple(
        dict.fromkeys(
            (section, name, entry)
            for section, table in tables(language).items()
            if section not in _KEPT
            for name, words in table.items()
            for entry in words
        )
    )


@cache
def _finder(language: str) -> tuple[Lexicon, Mapping[str, Entry]]:
    """A lexicon in which every entry is a class of its own, so that the reader's own matching tells which one fits."""
    numbered = {str(n): entry for n, entry in enumerate(entries(language))}
    own = {n: [entry[2]] for n, entry in numbered.items()}
    return Lexicon(language, {"entries": own, "macros": tables(language).get("macros", {})}), numbered


def used(article: Article) -> frozenset[Entry]:
    """The entries that match somewhere in an article; of phrases with one beginning, the longest."""
    finder, numbered = _finder(article.language)
    return frozenset(numbered[n] for n in _classes_in(article, finder))


def _classes_in(article: Article, finder: Lexicon) -> set[str]:
    found: set[str] = set()
    for text in (article.title or "", *article.paragraphs):
        tokens = tokenize(text)
        for at, token in enumerate(tokens):
            found |= finder.classes(token.lower)
            phrase = finder.phrase(tokens, at)
            found |= phrase[1] if phrase else frozenset()
    return found


@lru_cache(maxsize=4)
def _reduced(language: str, kept: frozenset[Entry]) -> Lexicon:
    return Lexicon(
        language,
        {
            section: {
                name: [entry for entry in words if section in _KEPT or (section, name, entry) in kept]
                for name, words in table.items()
            }
            for section, table in tables(language).items()
        },
    )


def matching(language: str, words: Sequence[str], articles: Sequence[Article]) -> dict[str, list[int]]:
    """The articles, by their place, in which each of these words and phrases stands, whatever the others are."""
    macros = tables(language).get("macros", {})
    finders = {word: Lexicon(language, {"entries": {"own": [word]}, "macros": macros}) for word in words}
    return {
        word: [place for place, article in enumerate(articles) if _classes_in(article, finder)]
        for word, finder in finders.items()
    }


@contextmanager
def reading_with(language: str, kept: Collection[Entry]) -> Iterator[None]:
    """Within it, articles of the language are read as if the table held these entries alone."""
    with _by(language, _reduced(language, frozenset(kept))):
        yield


@contextmanager
def reading_by(language: str, other: Tables) -> Iterator[None]:
    """Within it, articles of the language are read by another table."""
    with _by(language, Lexicon(language, other)):
        yield


@contextmanager
def _by(language: str, other: Lexicon) -> Iterator[None]:
    full = lexicon
    with patch.object(scan, "lexicon", lambda asked: other if asked == language else full(asked)):
        yield
