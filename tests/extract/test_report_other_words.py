"""The same said in other words is the same; other states and bodies in the place of those named take their figures."""

from __future__ import annotations

from functools import partial

import pytest

from extract.model import Article
from tests.extract.corpora import LANGUAGES, Story, everything
from tests.extract.relations import Change, changed_by, hold, own_words
from tests.extract.rephrasing import ACCREDITED, NAMES, PROPOSED, Words, moved_states, put, renamed
from tests.extract.rewriting import everywhere

pytestmark = pytest.mark.long

ROOTS = {"accreditation", "прошли", "өтті"}
"""Ways that keep the root of 'accreditation'."""

REACHED = {
    "прошли": 0.96,
    "approved": 0.95,
    "confirmed": 0.95,
    "registered": 0.96,
    "cleared": 0.96,
    "предложены": 0.9,
    "nominated": 0.96,
    "recommended": 0.97,
    "зарегистрированы": 0.95,
    "утверждены": 0.94,
}
"""Where it is less: Russian sentences give no other sign of observers than the root ("аккредитовано от СНГ")."""


def other_words(story: Story, table: Words, *, without_associations: bool = False) -> Article | None:
    if without_associations and any(f.scope == "domestic_organizations" for f in story.report.figures):
        return None
    return everywhere(story, put(table))


@pytest.mark.parametrize(("language", "way"), [(name, way) for name in LANGUAGES for way in ACCREDITED[name]])
def test_accredited_in_other_words(language: str, way: str) -> None:
    """But of local associations: without the root they could be registered for anything."""
    rewrite = partial(other_words, table=ACCREDITED[language][way], without_associations=way not in ROOTS)
    hold(changed_by(rewrite, language, 90), REACHED.get(way, 0.97), 20)


@pytest.mark.parametrize(("language", "way"), [(name, way) for name in LANGUAGES for way in PROPOSED[name]])
def test_proposed_in_other_words(language: str, way: str) -> None:
    hold(changed_by(partial(other_words, table=PROPOSED[language][way]), language), REACHED.get(way, 1.0), 5)


@pytest.mark.parametrize(("language", "what"), [(name, what) for name in LANGUAGES for what in NAMES[name]])
def test_old_and_new_names(language: str, what: str) -> None:
    hold(changed_by(partial(other_words, table=NAMES[language][what]), language), 1.0, 3)


@pytest.mark.parametrize(("language", "fewest"), [("en", 70), ("ru", 25), ("kk", 25)])
def test_other_states_in_the_place_of_those_named(language: str, fewest: int) -> None:
    """Each with its endings: figures, names and sums move to the state that stands there now."""
    changes: list[Change] = []
    for story in everything(language):
        if (moved := moved_states(story, language)) is not None:
            article, codes = moved
            changes.append((story, article, renamed(own_words(story), "country", codes)))
    hold(changes, 1.0, fewest)
