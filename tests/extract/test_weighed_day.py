"""The day of the main figure weighed: clear traits prevail over the rules' word, and no day is made up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bench.quality.examples import of_days, text_of_main
from extract.reading.beside_main import TextOfMain
from extract.reading.choosing import Belongs
from extract.reading.headline import main_of_all
from extract.reading.weighed_day import days_and_traits, weighed_day
from extract.reading.weights import Weights
from extract.report import read_report
from tests.extract.corpora import LANGUAGES, Story, own
from tests.extract.saying import OPENING, PUBLISHED, article

TEXT = "On November 3 the commission accredited 40 observers. As of November 8, 120 observers have been accredited."
THIRD, EIGHTH = date(2022, 11, 3), date(2022, 11, 8)
POLL = date(2022, 11, 20)


def text_of(*says: str) -> TextOfMain:
    text = text_of_main(Story("said", article(OPENING["en"], *says), {}, {}), None, main_of_all)
    assert text is not None
    return text


def speaking_for(trait: str, hundredths: int) -> dict[str, Weights[Belongs]]:
    """Weights by which one trait of a day speaks for it, and a little against each."""
    labels = tuple(Belongs)
    row = tuple(hundredths if label is Belongs.MAIN else 0 for label in labels)
    place, _, name = trait.partition(" ")
    against = tuple(100 if label is Belongs.OTHERS else 0 for label in labels)
    return {"as_of": Weights(labels, against, {place: {name: row}})}


@pytest.mark.parametrize("rules", [THIRD, EIGHTH, None])
def test_where_no_weight_speaks_the_rules_have_the_last_word(rules: date | None) -> None:
    assert weighed_day(rules, text_of(TEXT), speaking_for("none at-all", 0)) == rules


@pytest.mark.parametrize(("hundredths", "day"), [(50, EIGHTH), (400, THIRD)])
def test_another_day_is_taken_where_it_speaks_more_clearly(hundredths: int, day: date) -> None:
    assert weighed_day(EIGHTH, text_of(TEXT), speaking_for("rank earliest", hundredths)) == day


def test_a_day_of_the_rules_alone_is_kept() -> None:
    """'The day before' may be named by no day of the text."""
    reckoned = EIGHTH - timedelta(days=1)
    assert weighed_day(reckoned, text_of(TEXT), speaking_for("rank latest", 900)) == reckoned


def test_no_day_that_is_to_come_holds_for_a_figure() -> None:
    days = {day for day, _ in days_and_traits(text_of(TEXT, "Papers are taken until November 14, 6 p.m."))}
    assert days == {THIRD, EIGHTH}


def test_a_text_of_days_alone_is_left_to_the_rules() -> None:
    many = " ".join(f"On November {n % 9 + 1} the commission met." for n in range(300))
    text = text_of(TEXT, many)
    assert days_and_traits(text) == []
    assert weighed_day(EIGHTH, text) == EIGHTH


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "The commission met on November 9. It accredited 31 observers; their number is 210 now.",
            date(2022, 11, 9),
        ),
        ("Today 31 observers were accredited; a week ago, on November 3, there were 179 of them.", PUBLISHED.date()),
    ],
)
def test_the_day_of_the_running_total_is_told_from_others(text: str, day: date) -> None:
    assert read_report(article(OPENING["en"], text)).as_of == day


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_each_article_the_day_by_hand_is_among_what_is_learned(language: str) -> None:
    """Of most articles that have one: some days follow from others, and of some the main figure is not found."""
    dated = [story for story in own(language)[:20] if story.gold["as_of"]]
    learned = [story for story in dated if any(e.label is Belongs.MAIN for e in of_days(language, story))]
    assert len(learned) >= 0.9 * len(dated) > 5
