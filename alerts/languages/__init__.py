"""The languages that alerts are written in: their words in tables, their grammar in a class each."""

from __future__ import annotations

from functools import cache

from alerts.languages.english import English
from alerts.languages.kazakh import Kazakh
from alerts.languages.russian import Russian
from alerts.languages.words import Words
from alerts.style import Language

__all__ = ["Words", "words"]

_GRAMMARS: dict[Language, type[Words]] = {"en": English, "ru": Russian, "kk": Kazakh}


@cache
def words(language: Language) -> Words:
    """What the language calls things."""
    return _GRAMMARS[language](language)
