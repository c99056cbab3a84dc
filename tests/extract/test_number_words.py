"""Number words against num2words: every number up to 1999 in every case, and through the reader in a sentence."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from extract.words.numbers import find_numbers
from extract.words.spans import NumberKind
from extract.words.tokens import tokenize
from tests.extract.corpora import LANGUAGES
from tests.extract.saying import facts, report_on

COUNTS = {NumberKind.CARDINAL, NumberKind.COLLECTIVE, NumberKind.DISTRIBUTIVE}
ALL = range(1, 2000)


def counts(text: str, language: str) -> list[int]:
    return [n.value for n in find_numbers(tokenize(text), language) if n.kind in COUNTS]


def misread(pairs: Iterator[tuple[int, str]], noun: str, language: str) -> list[str]:
    """The words that are not read as their number; `pairs` are all of them."""
    every = list(pairs)
    assert len(every) >= len(ALL)
    return [words for value, words in every if counts(f"{words} {noun}", language) != [value]]


@pytest.mark.parametrize("spelling", ["twenty-two", "twenty two", "and", "no and"])
def test_english(spelling: str) -> None:
    def written(value: int) -> str:
        words = str(num2words(value, lang="en")).replace(",", "")
        words = words.replace("-", " ") if spelling == "twenty two" else words
        return words.replace(" and ", " ") if spelling == "no and" else words

    assert misread(((v, written(v)) for v in ALL), "observers", "en") == []


@pytest.mark.parametrize("case", ["n", "g", "d", "a", "i", "p"])
@pytest.mark.parametrize("gender", ["m", "f", "n"])
def test_russian(case: str, gender: str) -> None:
    def written(value: int) -> str:
        return str(num2words(value, lang="ru", case=case, gender=gender, animate=value % 2 == 0))

    assert misread(((v, written(v)) for v in ALL), "наблюдателей", "ru") == []


BACK, FRONT = "аоұы", "әеөүі"
NASAL, VOICELESS = "мнң", "пфктсшчщцхқһ"
ENDINGS: dict[str, dict[str, tuple[str, str]]] = {
    "genitive": {
        "vowel": ("ның", "нің"),
        "nasal": ("ның", "нің"),
        "voiced": ("дың", "дің"),
        "voiceless": ("тың", "тің"),
    },
    "dative": {"vowel": ("ға", "ге"), "nasal": ("ға", "ге"), "voiced": ("ға", "ге"), "voiceless": ("қа", "ке")},
    "accusative": {"vowel": ("ны", "ні"), "nasal": ("ды", "ді"), "voiced": ("ды", "ді"), "voiceless": ("ты", "ті")},
    "ablative": {
        "vowel": ("дан", "ден"),
        "nasal": ("нан", "нен"),
        "voiced": ("дан", "ден"),
        "voiceless": ("тан", "тен"),
    },
}
"""Of Kazakh, by the last sound: behind back and front vowels."""
OTHER_WORDS = {"онның", "тоқсанның"}
"""Also 'his' in the speech of some, and 'of the quarter': no numbers to the reader, wherever they stand."""
OTHER_WORDS_ALONE = {"бірдің", "бірге", "бірді", "бірден", "жүздің", "жүзді"}
"""Also 'together', 'at once', 'of the face', 'swam': no numbers to the reader where they stand alone."""


def declined(words: str, case: str) -> str:
    """The last word with the case's ending, by the rules of harmony."""
    last = words[-1]
    sound = (
        "nasal"
        if last in NASAL
        else "voiceless"
        if last in VOICELESS
        else "vowel"
        if last in BACK + FRONT
        else "voiced"
    )
    vowels = [letter for letter in words if letter in BACK + FRONT]
    return words + ENDINGS[case][sound][vowels[-1] in FRONT]


@pytest.mark.parametrize(
    ("words", "case", "form"),
    [
        ("бес", "ablative", "бестен"),
        ("он", "dative", "онға"),
        ("елу", "accusative", "елуді"),
        ("жиырма", "genitive", "жиырманың"),
        ("қырық", "accusative", "қырықты"),
        ("сегіз", "genitive", "сегіздің"),
        ("мың", "ablative", "мыңнан"),
    ],
)
def test_the_rules_of_kazakh_endings(words: str, case: str, form: str) -> None:
    assert declined(words, case) == form


def test_kazakh() -> None:
    assert misread(((v, str(num2words(v, lang="kz"))) for v in ALL), "байқаушы", "kk") == []


@pytest.mark.parametrize("case", ENDINGS)
def test_kazakh_cases(case: str) -> None:
    words = ((v, declined(str(num2words(v, lang="kz")), case)) for v in ALL)
    wrong = [w for w in misread(words, ":", "kk") if w.split()[-1] not in OTHER_WORDS]
    assert set(wrong) <= OTHER_WORDS_ALONE


SENTENCES = {
    "en": "The commission has accredited {} international observers.",
    "ru": "Комиссия аккредитовала {} международных наблюдателей.",
    "kk": "Комиссия {} халықаралық байқаушыны аккредиттеді.",
}
SPEECH = {"en": "en", "ru": "ru", "kk": "kz"}


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.integers(2, 1999), st.sampled_from(LANGUAGES))
def test_numbers_of_observers_in_words(value: int, language: str) -> None:
    words = str(num2words(value, lang=SPEECH[language])).replace(",", "")
    read = facts(report_on(SENTENCES[language].format(words), language=language))
    assert read == {("total", "accredited", "cumulative", value)}, words


MARKS = {
    "en": [",", " ", "\u00a0", "\u202f", "\n", ""],
    "ru": [" ", "\u00a0", "\n", ""],
    "kk": [" ", "\u00a0", "\n", ""],
}


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.integers(1000, 29_999), st.data(), st.sampled_from(LANGUAGES))
def test_numbers_of_observers_in_groups(value: int, data: st.DataObject, language: str) -> None:
    """'14 000', '14,000', '14000' and '1 026' on two lines."""
    written = f"{value:,}".replace(",", data.draw(st.sampled_from(MARKS[language])))
    read = facts(report_on(SENTENCES[language].format(written), language=language))
    assert read == {("total", "accredited", "cumulative", value)}, written
