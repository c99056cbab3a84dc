"""Which articles may concern elections or observers, by the words of title and summary."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from crawler.links import ArticleLink
from extract.words.tokens import tokenize

_WORDS = Path(__file__).with_name("words.toml")


@cache
def _built_in() -> dict[str, tuple[str, ...]]:
    return {language: tuple(words) for language, words in tomllib.loads(_WORDS.read_text("utf-8")).items()}


class Relevance:
    """Tells whether a link is worth fetching.

    `more` adds beginnings of words per language to the built-in ones.
    """

    def __init__(self, more: Mapping[str, Iterable[str]] | None = None) -> None:
        self._beginnings: dict[str, tuple[str, ...]] = {
            language: words + tuple(w.lower() for w in (more or {}).get(language, ()))
            for language, words in _built_in().items()
        }

    def may_concern(self, link: ArticleLink) -> bool:
        """Whether title or summary (the URL's words where there is no title) hold one of the beginnings.

        A link of which nothing but a number is known is worth fetching: nobody can tell.
        """
        text = " ".join(filter(None, (link.title or link.slug, link.summary)))
        words = [token.lower for token in tokenize(text) if token.kind == "word"]
        if not link.title and sum(len(word) > 3 for word in words) < 3:
            return True
        beginnings = self._beginnings.get(link.identity.language) or sum(self._beginnings.values(), ())
        return any(word.startswith(beginnings) for word in words)
