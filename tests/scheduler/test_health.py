"""What a source's history says of its health, and what operators are told of it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.health import Condition, History, assess
from scheduler.telling import MOST_A_DAY, pause
from storage.source_views import SourceState
from storage.vocabulary import NoticeKind, SignKind
from tests.scheduler.histories import DAYS, HOURS, MINUTES, Play, in_articles, in_documents

ALMATY = ZoneInfo("Asia/Almaty")


def in_office_hours(instant: datetime) -> bool:
    there = instant.astimezone(ALMATY)
    return there.weekday() < 5 and 9 <= there.hour < 18


def test_never_crawled_is_new() -> None:
    nothing = History(state=SourceState(source="alpha"), runs=())
    assert assess(nothing, 10 * MINUTES, "Asia/Almaty", Play().now).condition is Condition.NEW


def test_one_that_lists_news_is_fine() -> None:
    play = Play()
    assert play.crawl().condition is Condition.NEW, "one crawl says nothing yet"
    assert play.crawl().condition is Condition.FINE
    play.follow(2 * DAYS)
    assert play.kinds == []


def test_nobody_crawls() -> None:
    play = Play()
    play.follow(DAYS)
    play.now += 7 * HOURS
    assert assess(play.history(), play.interval, "Asia/Almaty", play.now).condition is Condition.OVERDUE
    assert play.look().trouble is None, "the daemon mends it; there is nothing to tell"


class TestDocuments:
    @pytest.mark.parametrize(
        ("sign", "kind"),
        [
            (SignKind.UNREACHABLE, "failing"),
            (SignKind.MOVED, "moved"),
            (SignKind.GONE, "feed_gone"),
            (SignKind.CHALLENGE, "blocked"),
            (SignKind.FORBIDDEN, "forbidden"),
        ],
    )
    def test_each_trouble_is_told_as_what_it_is_and_so_is_its_end(self, sign: SignKind, kind: str) -> None:
        play = Play()
        play.follow(DAYS)
        begun = play.now
        for _ in range(20):
            health = play.crawl(in_documents(sign), news=0, error="no feed")
        assert play.kinds == [kind]
        assert (health.condition, health.since) == (Condition(kind), begun)
        assert "alpha.test/feed" in health.seen
        play.crawl()
        play.crawl()
        assert play.kinds == [kind], "two good crawls may be luck"
        play.crawl()
        assert play.kinds == [kind, "recovered"]

    def test_the_networks_weather_is_not_told(self) -> None:
        play = Play()
        play.follow(DAYS)
        for _ in range(5):
            play.crawl(in_documents(SignKind.UNREACHABLE), error="timeout")
            play.crawl(in_documents(SignKind.UNREACHABLE), error="timeout")
            play.follow(HOURS)
        assert play.kinds == []

    def test_a_crawl_that_comes_to_nothing_fails_whatever_its_signs(self) -> None:
        play = Play()
        play.follow(DAYS)
        for reason in ("failed", "timeout", "asked_to_wait"):
            play.crawl(reason=reason, error="no way in", news=0)
        assert play.kinds == ["failing"]

    def test_one_that_was_stopped_says_nothing(self) -> None:
        play = Play()
        play.follow(DAYS)
        for _ in range(10):
            play.crawl(reason="stopped", error="stopped", news=0)
        assert play.kinds == []

    def test_an_outlet_that_flaps_with_every_crawl_is_never_told(self) -> None:
        play = Play()
        play.follow(DAYS)
        for _ in range(300):
            play.crawl(in_documents(SignKind.UNREACHABLE), error="timeout")
            play.crawl()
        assert play.kinds == []

    @pytest.mark.parametrize("period", [3, 4, 6, 10])
    def test_one_that_flaps_slowly_makes_no_storm(self, period: int) -> None:
        play = Play()
        play.follow(DAYS)
        for n in range(5 * 144):
            bad = n // period % 2 == 0
            play.crawl(*([in_documents(SignKind.GONE)] if bad else []), error="gone" if bad else "")
        per_day = Counter((at - play.told[0][0]) // DAYS for at, _ in play.told)
        assert play.kinds[:3] == ["feed_gone", "recovered", "feed_gone"]
        assert max(per_day.values()) <= MOST_A_DAY
        play.follow(2 * DAYS)
        assert play.kinds[-1] == "recovered", "how it ended is told in the end"

    def test_another_trouble_is_told_beside_the_first_and_one_recovery_ends_both(self) -> None:
        play = Play()
        play.follow(DAYS)
        for sign in (SignKind.UNREACHABLE, SignKind.CHALLENGE, SignKind.UNREACHABLE, SignKind.CHALLENGE):
            for _ in range(6):
                play.crawl(in_documents(sign), error="no feed")
        assert play.kinds == ["failing", "blocked"]
        play.follow(HOURS)
        assert play.kinds == ["failing", "blocked", "recovered"]


class TestPages:
    @pytest.mark.parametrize("kind", [SignKind.NO_BODY, SignKind.NO_DATE, SignKind.FIGURES_OUTSIDE_BODY])
    def test_a_changed_layout_is_told(self, kind: SignKind) -> None:
        play = Play()
        for _ in range(10):
            play.read()
        for _ in range(10):
            play.read(kind)
        assert play.kinds == ["layout_changed"]
        for _ in range(5):
            play.crawl()
        assert play.kinds == ["layout_changed"], "crawls that read no page say nothing of the layout"
        for _ in range(5):
            play.read()
        assert play.kinds == ["layout_changed", "recovered"]

    def test_now_and_then_a_page_without_a_body_is_usual(self) -> None:
        play = Play()
        for n in range(60):
            play.read(*([SignKind.NO_BODY] if n % 3 == 0 else []))
        assert play.kinds == []

    def test_an_outlet_that_never_showed_dates_has_not_changed(self) -> None:
        play = Play()
        for _ in range(30):
            play.read(SignKind.NO_DATE)
        assert play.kinds == []

    def test_one_article_that_fails_at_every_crawl_is_not_the_source(self) -> None:
        play = Play()
        play.follow(DAYS)
        for _ in range(50):
            play.crawl(in_articles(SignKind.CHALLENGE, "https://alpha.test/odd"), pages=1)
        assert play.kinds == []

    @pytest.mark.parametrize(
        ("sign", "kind"),
        [
            (SignKind.CHALLENGE, "blocked"),
            (SignKind.MOVED, "moved"),
            (SignKind.FORBIDDEN, "forbidden"),
            (SignKind.UNREACHABLE, "failing"),
        ],
    )
    def test_articles_that_cannot_be_had_while_the_feed_can(self, sign: SignKind, kind: str) -> None:
        play = Play()
        play.follow(DAYS)
        for _ in range(12):
            play.crawl(
                in_articles(sign, "https://alpha.test/1", "https://alpha.test/2", "https://alpha.test/3"), pages=3
            )
        assert play.kinds == [kind]
        play.read(pages=3)
        play.follow(HOURS)
        assert play.kinds == [kind, "recovered"]


class TestSilence:
    def test_nights_and_weekends_are_none(self) -> None:
        play = Play(interval=HOURS)
        play.follow(timedelta(weeks=5), in_office_hours)
        assert play.kinds == []

    def test_a_learnt_rhythm_tells_within_a_working_day(self) -> None:
        play = Play(interval=HOURS)
        play.follow(timedelta(weeks=4, hours=30), in_office_hours)
        begun = play.now
        play.follow(4 * DAYS, lambda _: False)
        assert play.kinds == ["silent"]
        assert begun < play.told[0][0] <= begun + 30 * HOURS
        play.crawl()
        assert play.kinds == ["silent", "recovered"], "a single new article proves that it still publishes"

    def test_silence_that_begins_on_friday_is_told_on_monday(self) -> None:
        play = Play(interval=HOURS)
        play.follow(timedelta(weeks=3) + 4 * DAYS + 14 * HOURS, in_office_hours)
        play.follow(4 * DAYS, lambda _: False)
        told = play.told[0][0].astimezone(ALMATY)
        assert (told.weekday(), told.hour) == (0, 16), "after eight hours that used to bring news"

    def test_before_a_rhythm_is_known_a_weekend_is_waited_for(self) -> None:
        play = Play(interval=HOURS)
        play.follow(2 * DAYS)
        play.follow(3 * DAYS, lambda _: False)
        assert play.kinds == []
        play.follow(HOURS, lambda _: False)
        assert play.kinds == ["silent"]

    def test_a_slow_source_is_given_more_time(self) -> None:
        play = Play(interval=HOURS)

        def daily(at: datetime) -> bool:
            return at.astimezone(ALMATY).hour == 9

        play.follow(timedelta(weeks=4), daily)
        play.follow(48 * HOURS, lambda _: False)
        assert play.kinds == []
        play.follow(6 * DAYS, lambda _: False)
        assert play.kinds == ["silent"]

    def test_hours_in_which_nobody_crawled_are_no_silence(self) -> None:
        play = Play(interval=HOURS)
        play.follow(timedelta(weeks=4))
        play.now += 3 * DAYS
        play.crawl(news=0)
        play.crawl(news=0)
        assert play.kinds == []

    def test_too_little_is_known_to_say(self) -> None:
        play = Play(interval=HOURS)
        play.follow(6 * DAYS, lambda _: False)
        assert play.kinds == []


class TestPause:
    def test_a_time_without_a_daemon_is_a_gap(self) -> None:
        play = Play()
        play.follow(HOURS)
        begun = play.runs[-1].started_at
        play.now += 4 * HOURS
        play.crawl()
        play.follow(HOURS)
        gap = pause(play.runs[::-1], play.interval)
        assert gap is not None
        assert (gap.begun, gap.until, gap.ended) == (begun, begun + 4 * HOURS + 10 * MINUTES, None)

    def test_it_lasts_until_a_crawl_gets_through(self) -> None:
        play = Play()
        play.follow(HOURS)
        play.now += 4 * HOURS
        play.crawl(reason="stopped")
        assert pause(play.runs[::-1], play.interval) is None
        play.crawl()
        gap = pause(play.runs[::-1], play.interval)
        assert gap is not None
        assert gap.until == play.runs[-1].started_at

    def test_the_usual_wait_is_none(self) -> None:
        play = Play(interval=2 * HOURS)
        play.follow(2 * DAYS)
        assert pause(play.runs[::-1], play.interval) is None

    def test_a_wait_after_failures_or_on_request_is_none(self) -> None:
        play = Play()
        play.crawl(reason="failed", error="no way in")
        play.now += 3 * HOURS
        play.crawl(reason="asked_to_wait", error="429")
        play.now += 20 * HOURS
        play.crawl()
        assert pause(play.runs[::-1], play.interval) is None


STEPS = st.sampled_from(["good", "quiet", "failed", "stopped", "unbodied", "read", "pause", *SignKind])


def perform(play: Play, step: str) -> None:
    match step:
        case "good":
            play.crawl()
        case "quiet":
            play.crawl(news=0)
        case "failed":
            play.crawl(reason="failed", error="no way in", news=0)
        case "stopped":
            play.crawl(reason="stopped")
        case "unbodied":
            play.read(SignKind.NO_BODY, pages=3)
        case "read":
            play.read(pages=3)
        case "pause":
            play.now += DAYS
        case _:
            play.crawl(in_documents(SignKind(step)), error="bad", news=0)


@given(st.lists(st.tuples(STEPS, st.integers(1, 12)), max_size=40))
def test_whatever_happens_no_trouble_is_told_twice_without_a_recovery_between(script: list[tuple[str, int]]) -> None:
    play = Play()
    for step, times in script:
        for _ in range(times):
            perform(play, step)
    told: set[NoticeKind] = set()
    for _, kind in play.told:
        if kind is NoticeKind.RECOVERED:
            assert told, "a recovery of nothing"
            told.clear()
        else:
            assert kind not in told
            told.add(kind)
    instants = [at for at, _ in play.told]
    assert all(sum(at - DAYS <= other <= at for other in instants) <= MOST_A_DAY for at in instants)
    play.interval = HOURS
    for _ in range(40):
        play.read()
    assert play.open == frozenset(), "well for more than a day, it is told to be well"
