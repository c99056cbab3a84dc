"""Other numbers in the place of those named, numbers written otherwise, lists in another order."""

from __future__ import annotations

import re

import pytest

from extract.model import Article
from tests.extract import rewriting
from tests.extract.corpora import LANGUAGES, Story, everything
from tests.extract.relations import Change, changed_by, hold, own_words, some
from tests.extract.rephrasing import renamed
from tests.extract.revaluing import counts_of_senders, revalued, with_values
from tests.extract.rewriting import everywhere, main_values, swapped

pytestmark = pytest.mark.long

each_language = pytest.mark.parametrize("language", LANGUAGES)


@each_language
def test_digits_spelled_out_are_the_same_numbers(language: str) -> None:
    def rewrite(story: Story) -> Article | None:
        values = main_values(story.report)
        return everywhere(story, rewriting.spelled_out(language, values))

    hold(changed_by(rewrite, language), SPELLED_OUT[language], 45)


SPELLED_OUT = {"en": 1.0, "ru": 1.0, "kk": 0.97}


@each_language
def test_number_words_in_digits_are_the_same_numbers(language: str) -> None:
    hold(changed_by(lambda s: everywhere(s, rewriting.in_figures(language)), language), 1.0, 40)


@each_language
@pytest.mark.parametrize("factor", [2, 3, 7])
def test_figures_of_another_size(factor: int, language: str) -> None:
    """All times the same; counts of senders stay, so that sums that took them for a slip are not compared."""
    changes: list[Change] = []
    for story in everything(language):
        values = main_values(story.report)
        apart = values and not values & counts_of_senders(story)
        larger = rewriting.scaled(story, values, factor) if apart else None
        if larger is not None:
            changes.append((story, larger, with_values(own_words(story), {v: v * factor for v in values})))
    hold(some(changes, 40), 1.0, 25)


@each_language
@pytest.mark.parametrize("factor", [2, 3, 5])
def test_figures_of_any_values_that_add_up(factor: int, language: str) -> None:
    """Every figure another number, sums and their order kept."""
    changes: list[Change] = []
    for story in everything(language):
        if (other := revalued(story, factor)) is not None:
            article, values = other
            changes.append((story, article, with_values(own_words(story), values)))
    hold(some(changes, 50), 1.0, 15)


@each_language
def test_the_order_of_states_in_a_list_says_nothing(language: str) -> None:
    hold(
        changed_by(lambda s: everywhere(s, rewriting.states_turned_round(language)), language),
        0.97 if language == "kk" else 1.0,
        15,
    )


def test_the_order_of_items_with_numbers_says_nothing() -> None:
    changes = [
        change
        for language in LANGUAGES
        for rewrite in (lambda s: everywhere(s, rewriting.items_turned_round), rewriting.bullets_turned_round)
        for change in changed_by(rewrite, language)
    ]
    hold(changes, 0.96, 8)


BODIES: dict[str, list[tuple[str, str]]] = {
    "en": [
        ("Organization of Islamic Cooperation", "Shanghai Cooperation Organization"),
        ("Organisation of Islamic Cooperation", "Shanghai Cooperation Organisation"),
        ("OIC", "SCO"),
    ],
    "ru": [
        ("Организация исламского сотрудничества", "Шанхайская организация сотрудничества"),
        ("Организации исламского сотрудничества", "Шанхайской организации сотрудничества"),
        ("Организацию исламского сотрудничества", "Шанхайскую организацию сотрудничества"),
        ("Организацией исламского сотрудничества", "Шанхайской организацией сотрудничества"),
        ("ОИС", "ШОС"),
    ],
    "kk": [
        *(
            (f"Ислам ынтымақтастығы ұйымы{ending}", f"Шанхай ынтымақтастық ұйымы{ending}")
            for ending in ("", "нан", "ның", "на", "нда", "мен", "ан", "ң")
        ),
        *((f"ИЫҰ{ending}", f"ШЫҰ{ending}") for ending in ("", "-дан", "-ның", "-дың", "-нан", "-ға", "-на")),
    ],
}
OTHER_FORMS = re.compile(r"islam|shanghai|ислам|шанха|OIC|SCO|ОИС|ШОС|ИЫҰ|ШЫҰ", re.IGNORECASE)
COMMONWEALTH = {
    "en": [("the CIS", "the SCO"), ("CIS", "SCO")],
    "ru": [("СНГ", "ШОС")],
    "kk": [(f"ТМД{ending}", f"ШЫҰ{ending}") for ending in ("", "-дан", "-ның", "-ға", "-да", "-дағы", "-мен")],
}
FORMS_OF_COMMONWEALTH = re.compile(
    r"commonwealth|shanghai|содружеств|шанха|достастығы|МПА|IPA|ПАА|Исполком|Executive|атқару|Interparl|парламентара"
    r"|Ассамбле|assembl|ТМД|ШЫҰ|CIS|SCO|СНГ|ШОС",
    re.IGNORECASE,
)


@each_language
@pytest.mark.parametrize(
    ("pairs", "others", "table"),
    [
        (BODIES, OTHER_FORMS, {"OIC": "SCO", "SCO": "OIC"}),
        (COMMONWEALTH, FORMS_OF_COMMONWEALTH, {"CIS": "SCO", "SCO": "CIS"}),
    ],
)
def test_bodies_in_each_others_place(
    pairs: dict[str, list[tuple[str, str]]], others: re.Pattern[str], table: dict[str, str], language: str
) -> None:
    """Where two organizations change places, so do their figures."""
    changes: list[Change] = []
    for story in everything(language):
        other = everywhere(story, lambda text: swapped(text, pairs[language]))
        if other is not None and not others.search(without_names(story, pairs[language])):
            changes.append((story, other, renamed(own_words(story), "organization", table)))
    hold(some(changes, 45), 0.96, 25)


def without_names(story: Story, pairs: list[tuple[str, str]]) -> str:
    """The article's text without these names."""
    text = "\n".join([story.article.title or "", story.article.body])
    for name in sorted((n for pair in pairs for n in pair), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "", text)
    return text
