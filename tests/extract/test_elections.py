"""Which poll a text means."""

from __future__ import annotations

import json
import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from extract.model import Election, ElectionType
from extract.words import elections
from foundation.errors import NotFound

PRESIDENTIAL, PARLIAMENTARY = ElectionType.PRESIDENTIAL, ElectionType.PARLIAMENTARY
SENATE, LOCAL, REFERENDUM = ElectionType.SENATE, ElectionType.LOCAL, ElectionType.REFERENDUM
CORPUS = Path(os.environ.get("ACCREDWATCH_CORPUS", Path(__file__).resolve().parents[3] / "shared" / "corpus"))


def test_register_is_in_order_and_has_no_doubles() -> None:
    days = [p.date for p in elections.known()]
    assert days == sorted(days)
    assert len({p.key for p in elections.known()}) == len(days)


def test_polls_are_called_before_they_are_held_and_have_names() -> None:
    for poll in elections.known():
        assert poll.called is None or timedelta(20) < poll.date - poll.called < timedelta(150), poll.key
        assert len({poll.name("en"), poll.name("ru"), poll.name("kk")}) == 3


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2004-09-19", PARLIAMENTARY),
        ("2005-12-04", PRESIDENTIAL),
        ("2007-08-18", PARLIAMENTARY),
        ("2011-04-03", PRESIDENTIAL),
        ("2014-10-01", SENATE),
        ("2019-06-09", PRESIDENTIAL),
        ("2021-07-25", LOCAL),
        ("2022-06-05", REFERENDUM),
        ("2024-10-06", REFERENDUM),
        ("2026-08-23", PARLIAMENTARY),
    ],
)
def test_find_by_key(day: str, kind: ElectionType) -> None:
    poll = elections.find(f"{day}-{kind.value}")
    assert (poll.date, poll.type) == (date.fromisoformat(day), kind)


def test_unknown_key_names_the_known_ones() -> None:
    with pytest.raises(NotFound, match="2023-03-19-parliamentary"):
        elections.find("2023-03-20-parliamentary")


def test_polls_of_a_year() -> None:
    assert [p.date for p in elections.in_year(PRESIDENTIAL, 2015)] == [date(2015, 4, 26)]
    assert elections.in_year(PRESIDENTIAL, 2016) == ()


@pytest.mark.parametrize(
    ("kind", "published", "expected"),
    [
        (PARLIAMENTARY, date(2020, 12, 8), date(2021, 1, 10)),
        (PARLIAMENTARY, date(2021, 2, 1), date(2021, 1, 10)),
        (PRESIDENTIAL, date(2022, 11, 20), date(2022, 11, 20)),
        (PRESIDENTIAL, date(2022, 12, 6), date(2022, 11, 20)),
        (SENATE, date(2022, 11, 25), date(2023, 1, 14)),
        (REFERENDUM, date(2026, 2, 23), date(2026, 3, 15)),
        (PARLIAMENTARY, date(2026, 7, 20), date(2026, 8, 23)),
        (PRESIDENTIAL, date(2023, 6, 1), None),
        (PRESIDENTIAL, None, None),
    ],
)
def test_type_and_publication_day(kind: ElectionType, published: date | None, expected: date | None) -> None:
    assert elections.resolve(kind, None, published) == Election(kind, expected, stated=False)


def test_councils_elected_with_the_mazhilis_are_the_parliamentary_poll() -> None:
    assert elections.resolve(LOCAL, None, date(2023, 2, 10)) == Election(PARLIAMENTARY, date(2023, 3, 19))
    assert elections.resolve(LOCAL, None, date(2023, 10, 10)) == Election(LOCAL, date(2023, 11, 5))


def test_stated_day_of_the_register() -> None:
    day = date(2019, 6, 9)
    assert elections.resolve(PRESIDENTIAL, day, date(2019, 5, 1)) == Election(PRESIDENTIAL, day, stated=True)
    assert elections.resolve(None, day, None) == Election(PRESIDENTIAL, day, stated=True)


def test_run_off_belongs_to_its_poll() -> None:
    found = elections.resolve(PARLIAMENTARY, date(2004, 10, 3), date(2004, 9, 28))
    assert found == Election(PARLIAMENTARY, date(2004, 9, 19), stated=True)


def test_day_without_a_year() -> None:
    guessed = date(2020, 1, 10)
    found = elections.resolve(PARLIAMENTARY, guessed, date(2020, 12, 20), year_given=False)
    assert found == Election(PARLIAMENTARY, date(2021, 1, 10), stated=True)


@pytest.mark.parametrize("slip", [date(2021, 1, 1), date(2021, 1, 11), date(2020, 1, 10)])
def test_misprinted_day_gives_way_to_the_register(slip: date) -> None:
    found = elections.resolve(PARLIAMENTARY, slip, date(2021, 1, 5))
    assert found == Election(PARLIAMENTARY, date(2021, 1, 10), stated=True)


def test_day_of_another_event_does_not_hide_the_poll() -> None:
    found = elections.resolve(PRESIDENTIAL, date(2022, 9, 21), date(2022, 10, 20))
    assert found == Election(PRESIDENTIAL, date(2022, 11, 20), stated=False)


def test_poll_ahead_that_the_register_does_not_know() -> None:
    day = date(2029, 11, 18)
    assert elections.resolve(PRESIDENTIAL, day, date(2029, 10, 1)) == Election(PRESIDENTIAL, day, stated=True)
    assert elections.resolve(REFERENDUM, date(2027, 5, 30), date(2027, 4, 1)).date == date(2027, 5, 30)
    assert elections.resolve(LOCAL, date(2025, 10, 12), date(2025, 9, 1)) == Election(LOCAL, date(2025, 10, 12), True)


def test_day_of_a_known_poll_outweighs_the_type() -> None:
    day = date(2022, 11, 20)
    assert elections.resolve(PARLIAMENTARY, day, date(2022, 10, 10)) == Election(PRESIDENTIAL, day, stated=True)


def test_nothing_said_is_nothing_known() -> None:
    assert elections.resolve(None, None, date(2022, 11, 1)) == Election()
    assert elections.resolve(None, date(2022, 11, 1), date(2022, 11, 1)) == Election()


@pytest.mark.skipif(not (CORPUS / "articles").is_dir(), reason="the corpus is not at hand (ACCREDWATCH_CORPUS)")
def test_every_article_of_the_corpus_finds_its_poll_by_type_and_day() -> None:
    wrong = []
    for path in sorted((CORPUS / "articles").glob("*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        gold = article["gold"]["election"]
        if gold["type"] and gold["date"]:
            published = date.fromisoformat(article["published"][:10])
            found = elections.resolve(ElectionType(gold["type"]), None, published)
            if found.date != date.fromisoformat(gold["date"]):
                wrong.append((path.stem, found))
    assert not wrong
