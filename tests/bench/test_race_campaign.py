"""The race's campaign: its last days are told by ours as they should be, and what counts is counted rightly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bench.race.campaign import SMALL, main, play
from bench.race.campaign_facts import COMPLETED, Key, Telling, keys_of, stated
from bench.race.campaign_peers import SETUPS
from bench.race.campaign_story import campaign
from bench.race.campaign_table import document, rows
from bench.race.campaign_verdict import Message, Verdict, weigh

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2023, 3, 13, 12, tzinfo=UTC)
FIRST, SECOND = stated("total", "accredited", "cumulative", 62), stated("total", "accredited", "cumulative", 72)


def telling(title: str, *keys: Key, hours: int = 0) -> Telling:
    return Telling(NOON + timedelta(hours=hours), title, f"{title}, it was said today", keys)


def message(text: str, *, hours: int = 5, keys: Sequence[Key] | None = None) -> Message:
    return Message(NOON + timedelta(hours=hours), text, None if keys is None else frozenset(keys))


def test_ours_tells_every_fact_of_the_last_days_once_and_nothing_else() -> None:
    outcome = play(campaign(*SMALL, before=timedelta()), None)
    assert (outcome.ours.missed, outcome.ours.false, outcome.ours.repeated) == ((), (), 0)
    assert outcome.ours.told == outcome.ours.messages == 7
    assert [row.reached for row in rows(outcome)] == [True] * 5
    page = document(outcome, "python -m bench.race.campaign --small --no-peers")
    assert "| accredwatch | 7 | 0 | 0 | 0 | 7 |" in page


def test_the_campaign_has_what_befalls_a_watch() -> None:
    whole = campaign()
    facts = {key for one in whole.tellings for key in one.keys}
    assert len(whole.tellings) > 30
    assert len(whole.stories) > 600
    assert {key[0] for key in facts} == {"stated", "corrected", "completed"}
    assert len({story.number for story in whole.stories}) == len(whole.stories)
    assert max(whole.instants()) > max(one.at for one in whole.tellings)


def test_facts_are_headline_widest_withdrawal_and_end() -> None:
    figures = [
        {"scope": "country:GE", "status": "withdrawn", "basis": "new", "value": 1},
        {"scope": "total", "status": "withdrawn", "basis": "cumulative", "value": 3},
        {"scope": "total", "status": "accredited", "basis": "cumulative", "value": 790},
    ]
    gold = {"figures": figures, "headline": 2, "complete": True}
    total, withdrawn = stated("total", "accredited", "cumulative", 790), stated("total", "withdrawn", "new", 3)
    assert keys_of(gold) == (total, withdrawn, COMPLETED)
    proposed = [{"scope": "total", "status": "proposed", "basis": "new", "value": 25}]
    assert keys_of({"figures": proposed, "headline": 0, "complete": False}) == ()


@pytest.mark.parametrize(
    ("messages", "verdict"),
    [
        ([], (0, 0, 2, 0, 0)),
        ([message("Sixty-two"), message("Seventy-two")], (2, 0, 0, 0, 2)),
        ([message("Sixty-two Seventy-two")], (2, 0, 0, 0, 1)),
        ([message("Sixty-two"), message("Sixty-two again")], (1, 1, 1, 1, 2)),
        ([message("Sixty-two, it was said today")], (1, 0, 1, 0, 1)),
        ([message("Sixty-two", hours=-1)], (0, 0, 2, 1, 1)),
        ([message("Frost")], (0, 0, 2, 1, 1)),
        ([message("", keys=[FIRST]), message("", keys=[FIRST, SECOND])], (2, 1, 0, 0, 2)),
        ([message("", keys=[stated("total", "accredited", "cumulative", 63)])], (0, 0, 2, 1, 1)),
    ],
)
def test_messages_count_by_what_they_tell_first(messages: list[Message], verdict: tuple[int, ...]) -> None:
    tellings = [
        telling("Sixty-two", FIRST),
        telling("Sixty-two again", FIRST),
        telling("Seventy-two", SECOND),
        telling("No number"),
    ]
    found = weigh(messages, tellings)
    assert verdict == (found.told, found.repeated, len(found.missed), len(found.false), found.messages)


def test_an_edited_article_tells_what_it_states_from_then_on() -> None:
    tellings = [telling("Seventy-two", FIRST), telling("Seventy-two", SECOND, hours=10)]
    before, after = message("Seventy-two", hours=9), message("Seventy-two", hours=10)
    assert weigh([before, after], tellings) == Verdict(2, 0, (), (), 2)


def test_every_setup_watches_each_site() -> None:
    bases = {key: f"http://{key}" for key in ("kazinform", "astana_times", "qazaq_tv")}
    for setup in SETUPS:
        watched = list(setup.watches(bases))
        assert len(watched) == 5
        assert {one.is_feed for one in watched} == ({True, False} if setup.feeds else {False})


def test_the_readme_tells_the_command_and_its_options(capsys: pytest.CaptureFixture[str]) -> None:
    told = (ROOT / "bench" / "README.md").read_text(encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["--help"])
    options = {word.strip("[],") for word in capsys.readouterr().out.split() if word.strip("[").startswith("--")}
    options -= {"--help"}
    assert options
    assert {option for option in options if f"`{option}`" not in told} == set()
    assert "python -m bench.race.campaign" in told
