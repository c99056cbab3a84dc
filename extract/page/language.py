"""The language of an article: what is declared, unless the letters say otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

LANGUAGES = ("en", "ru", "kk")
_KAZAKH = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")
_CYRILLIC = re.compile("[\u0400-\u0481\u048a-\u04ff]+")
"""The letters of the block, without its signs."""
_SAMPLE = 4000
_ENOUGH = 40


def language_of(text: str, declared: Iterable[str | None]) -> str:
    """'en', 'ru' or 'kk': the first declared one that the script of the text allows, else the most likely one."""
    sample = text[:_SAMPLE]
    cyrillic = sum(map(len, _CYRILLIC.findall(sample)))
    possible = _possible(sum(map(str.isalpha, sample)), cyrillic, sum(map(sample.count, _KAZAKH)))
    for language in declared:
        if language in possible:
            return str(language)
    # The model cannot tell Kazakh in Latin script, and takes most of a second to load: it is for the doubtful only.
    return _identify(sample) if possible == LANGUAGES else possible[0]


def _possible(letters: int, cyrillic: int, kazakh: int) -> tuple[str, ...]:
    """Kazakh has every tenth letter of its own, Russian none, and Kazakh in Latin script has to be declared."""
    if letters < _ENOUGH:
        return LANGUAGES
    if cyrillic > letters / 2:
        return ("kk",) if kazakh > cyrillic / 50 else ("ru",)
    return ("en", "kk")


def _identify(sample: str) -> str:
    return str(_identifier().classify(sample)[0])


@cache
def _identifier() -> Any:  # noqa: ANN401 - the package has no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - loads numpy and a model; rarely needed

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier
