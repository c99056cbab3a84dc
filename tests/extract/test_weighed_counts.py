"""How many organizations and states stand behind the main figure, weighed: clear traits prevail over the rules."""

from __future__ import annotations

import pytest

from bench.quality.examples import of_counts, text_of_main
from extract.reading.beside_main import TextOfMain
from extract.reading.choosing import Belongs
from extract.reading.headline import chosen_main
from extract.reading.weighed_counts import counts_and_traits, weighed_counts
from extract.reading.weights import Weights
from extract.report import read_report
from tests.extract.corpora import LANGUAGES, Story, own
from tests.extract.saying import OPENING, article

TEXT = "In all, 120 observers have been accredited. Nine organizations and 24 states sent them; six states sent none."


def text_of(*says: str) -> TextOfMain:
    text = text_of_main(Story("said", article(OPENING["en"], *says), {}, {}), None, chosen_main)
    assert text is not None
    return text


def speaking_for(place: str, name: str, hundredths: int) -> dict[str, Weights[Belongs]]:
    """Weights by which one trait of a count speaks for it, and a little against each."""
    labels = tuple(Belongs)
    row = tuple(hundredths if label is Belongs.MAIN else 0 for label in labels)
    against = tuple(100 if label is Belongs.OTHERS else 0 for label in labels)
    return {"counts": Weights(labels, against, {place: {name: row}})}


@pytest.mark.parametrize("rules", [{}, {"organizations": 9}, {"organizations": 9, "countries": 24}])
def test_where_no_weight_speaks_against_them_the_rules_have_the_last_word(rules: dict[str, int]) -> None:
    assert weighed_counts(rules, text_of(TEXT), speaking_for("none", "at-all", 0)) == rules


@pytest.mark.parametrize(("hundredths", "counts"), [(0, {"countries": 24}), (400, {"countries": 6})])
def test_another_count_is_taken_where_it_speaks_more_clearly(hundredths: int, counts: dict[str, int]) -> None:
    told = speaking_for("count", "countries smaller", hundredths)
    found = weighed_counts({"countries": 24}, text_of(TEXT), told)
    assert {kind: count for kind, count in found.items() if kind == "countries"} == counts


def test_a_text_of_counts_alone_is_left_to_the_rules() -> None:
    many = " ".join(f"{n % 40 + 3} states sent observers." for n in range(300))
    text = text_of(TEXT, many)
    assert counts_and_traits(text) == {"organizations": [], "countries": []}
    assert weighed_counts({"countries": 24}, text) == {"countries": 24}


def test_the_senders_of_the_running_total_are_told_from_those_of_the_batch() -> None:
    text = (
        "The commission accredited 30 observers from five states on November 9. "
        "Their number has grown to 210, and nine organizations and 24 states are represented now."
    )
    report = read_report(article(OPENING["en"], text))
    assert (report.organization_count, report.country_count) == (9, 24)


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_each_article_the_counts_by_hand_are_among_what_is_learned(language: str) -> None:
    counted = [story for story in own(language)[:30] if story.gold["country_count"] or story.gold["organization_count"]]
    learned = [story for story in counted if any(e.label is Belongs.MAIN for e in of_counts(language, story))]
    assert len(learned) >= 0.9 * len(counted) > 3
