"""Endings: every form that a Russian word of the tables can take, and the stem under a Kazakh word's endings.

The rules are generous on purpose: they serve to recognise words of a closed list, so a form that nobody writes does no
harm, and agreement between the words of a name need not be checked.
"""

from __future__ import annotations

from itertools import product

_ADJECTIVE_HARD = ("ый", "ого", "ому", "ым", "ом", "ая", "ой", "ую", "ою", "ое", "ые", "ых", "ыми")
_ADJECTIVE_VELAR = ("ий", "ого", "ому", "им", "ом", "ая", "ой", "ую", "ою", "ое", "ие", "их", "ими")
_ADJECTIVE_SOFT = ("ий", "его", "ему", "им", "ем", "яя", "ей", "юю", "ею", "ее", "ие", "их", "ими")

_VELARS = "гкхжчшщ"


def russian_forms(word: str, *, singular: bool = False) -> set[str]:
    """Every case of a Russian noun or adjective, given in the nominative (singular or plural), lower case, ё as е.

    A word that begins with '=' does not decline. With `singular` a noun gets no plural: 'Куба' has no 'куб', 'Индия'
    no 'индий'.
    """
    if word.startswith("="):
        return {word[1:]}
    for ending in ("ый", "ая", "ое", "ые", "ий", "ие", "яя", "ее", "ой"):
        if word.endswith(ending) and len(word) > 4 and _is_adjective(word, ending):
            return {word} | _adjective(word[:-2], ending)
    return {word} | _noun(word, singular=singular)


def _is_adjective(word: str, ending: str) -> bool:
    stem = word[:-2]
    if ending in ("ий", "ие", "ее", "яя"):
        return stem.endswith(("ск", "цк", "н", "ш")) and not word.endswith(("ание", "ение", "рие", "рний"))
    if ending in ("ая", "ое", "ой"):
        return len(stem) > 2
    return True


def _adjective(stem: str, ending: str) -> set[str]:
    if ending in ("яя", "ее") or (ending in ("ий", "ие") and stem[-1] not in _VELARS):
        return {stem + e for e in _ADJECTIVE_SOFT}
    return {stem + e for e in (_ADJECTIVE_VELAR if stem[-1] in _VELARS else _ADJECTIVE_HARD)}


# Endings by the nominative's: what is cut off, and what is put in its place. The first that fits is taken.
_NOUNS: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("ия", 2, ("ия", "ии", "ию", "ией", "иею", "ий", "иям", "иями", "иях")),
    ("ие", 2, ("ие", "ия", "ию", "ием", "ии", "ий", "иям", "иями", "иях")),
    ("ея", 2, ("ея", "еи", "ее", "ею", "еей", "ей")),
    ("я", 1, ("я", "и", "е", "ю", "ей", "ею", "ям", "ями", "ях")),
    ("а", 1, ("а", "ы", "и", "е", "у", "ой", "ою", "ей", "ею", "", "ов", "ам", "ами", "ах")),
    ("о", 1, ("о", "а", "у", "ом", "е", "", "ам", "ами", "ах")),
    ("й", 1, ("й", "я", "ю", "ем", "е", "и", "ев", "ям", "ями", "ях")),
    ("ь", 1, ("ь", "я", "ю", "ем", "ом", "е", "и", "ью", "ей", "ям", "ями", "ях")),
    ("ы", 1, ("ы", "", "ов", "ам", "ами", "ах")),
    ("и", 1, ("и", "", "ов", "ей", "ий", "ам", "ами", "ах", "ям", "ями", "ях")),
    ("", 0, ("", "а", "у", "ом", "ем", "е", "ы", "и", "ов", "ам", "ами", "ах")),
)


_OBLIQUE_PLURALS = frozenset({"ам", "ами", "ах", "ям", "ями", "ях", "ов", "ев"})
_PLURALS = {
    "ия": _OBLIQUE_PLURALS | {"ий", "иям", "иями", "иях"},
    "ея": frozenset({"ей"}),
    "я": _OBLIQUE_PLURALS,
    "а": _OBLIQUE_PLURALS | {""},
    "о": _OBLIQUE_PLURALS | {""},
    "й": _OBLIQUE_PLURALS,
    "ь": _OBLIQUE_PLURALS | {"ей"},
    "": _OBLIQUE_PLURALS | {"ы", "и"},
}
"""Endings that only a plural has, by the nominative's ending."""


def _noun(word: str, *, singular: bool) -> set[str]:
    if word.endswith("ец"):
        stem = word[:-2] + "ц"
        return {stem + e for e in ("а", "у", "ем", "ом", "е", "ы", "ев", "ов", "ам", "ами", "ах")}
    if word.endswith("пет"):
        word_stem = word[:-2] + "т"
        return {word_stem + e for e in ("а", "у", "ом", "е")}
    for ending, cut, endings in _NOUNS:
        if word.endswith(ending):
            stem = word[: len(word) - cut]
            return {stem + e for e in endings if not (singular and e in _PLURALS.get(ending, ()))}
    return set()


_PLURAL = ("", "лар", "лер", "дар", "дер", "тар", "тер")
_POSSESSIVE = ("", "ы", "і", "сы", "сі")
_CASES = (
    *("", "ның", "нің", "дың", "дің", "тың", "тің", "ға", "ге", "қа", "ке", "ны", "ні", "ды", "ді", "ты", "ті"),
    *("да", "де", "та", "те", "дан", "ден", "тан", "тен", "нан", "нен", "мен", "бен", "пен", "менен"),
    *("дағы", "дегі", "тағы", "тегі", "нікі", "дікі", "тікі"),
)
_CASES_OF_POSSESSED = (*_CASES, "на", "не", "н", "нда", "нде", "ндағы", "ндегі")
_DERIVED = ("лық", "лік", "дық", "дік", "тық", "тік")

KAZAKH_ENDINGS = frozenset(
    p + q + case + more
    for p, q in product(_PLURAL, _POSSESSIVE)
    for case in (_CASES_OF_POSSESSED if q else _CASES)
    for more in (("", "лар", "лер") if case.endswith(("ғы", "гі")) else ("",))
)
"""Endings that leave a noun a noun: plural, third person possessive, case, 'that is in'."""

KAZAKH_ADJECTIVE_ENDINGS = frozenset(d + e for d, e in product(_DERIVED, KAZAKH_ENDINGS)) | frozenset(
    d[:-1] + soft + e
    for d, soft in (("лық", "ғ"), ("дық", "ғ"), ("тық", "ғ"), ("лік", "г"), ("дік", "г"), ("тік", "г"))
    for e in KAZAKH_ENDINGS
    if e.startswith(("ы", "і"))
)
"""Endings that make a name of a state its people's: 'қазақстандық', 'ресейліктер'."""

_SOFTENED = {"қ": "ғ", "к": "г", "п": "б"}


_LONGEST_KAZAKH_ENDING = max(map(len, KAZAKH_ENDINGS | KAZAKH_ADJECTIVE_ENDINGS))
"""What is cut off is never longer; so a word of any length takes a bounded number of steps."""


def kazakh_stems(word: str, known: dict[str, tuple[str, ...]]) -> tuple[list[str], list[str]]:
    """The stems in `known` that the word is a form of: as the noun itself, and as an adjective derived from it.

    `known` maps a written stem to the words of the tables that it belongs to.
    """
    nouns: list[str] = []
    adjectives: list[str] = []
    for cut in range(len(word), max(1, len(word) - _LONGEST_KAZAKH_ENDING - 1), -1):
        found = known.get(word[:cut])
        if found is None:
            continue
        ending = word[cut:]
        if ending in KAZAKH_ENDINGS:
            nouns.extend(found)
        elif ending in KAZAKH_ADJECTIVE_ENDINGS:
            adjectives.extend(found)
    return nouns, adjectives


def kazakh_written(stem: str) -> tuple[str, ...]:
    """The shapes a stem takes before endings: корольдік, корольдіг-."""
    softened = _SOFTENED.get(stem[-1])
    return (stem, stem[:-1] + softened) if softened else (stem,)
