"""What must hold for every campaign: generated totals, republished, delayed, approximated, in any order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.model import Approx, Basis, Status
from storage.accounts import TOTAL, Account, Line, in_order
from storage.changes import changes
from storage.views import Change, Statement
from storage.vocabulary import ChangeKind
from tests.storage.campaign import KEY, march

SOURCES = ("astana_times", "kazinform", "qazaq_tv")
FIRST = date(2023, 2, 1)


def told(number: int, values: Sequence[int], day: int, source: str, approx: Approx | None = None) -> Account:
    """An account of a report whose headline is the last of these running totals; the earlier ones are stages."""
    figures = tuple(
        Statement(
            scope=TOTAL,
            status=Status.ACCREDITED,
            basis=Basis.CUMULATIVE,
            value=value,
            approx=approx if value == values[-1] else None,
            day=FIRST + timedelta(days=day),
            source=source,
            report=number,
            url=f"https://{source}.example/{number}",
        )
        for value in values
    )
    return Account(
        report=number,
        source=source,
        day=FIRST + timedelta(days=day),
        statements=figures,
        main=figures[-1],
        published=march(1) + timedelta(days=day),
    )


@st.composite
def totals(draw: st.DrawFn) -> list[tuple[int, int]]:
    """The commission's meetings: (day, running total), both rising."""
    steps = draw(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 90)), min_size=1, max_size=7))
    day, total, meetings = 0, 0, []
    for days, new in steps:
        day, total = day + days, total + new
        meetings.append((day, total))
    return meetings


@st.composite
def campaigns(draw: st.DrawFn) -> tuple[list[tuple[int, int]], list[Account]]:
    """Meetings, with the articles about them: each one is told on its day, then repeated by anyone, anytime later."""
    meetings = draw(totals())
    accounts: list[Account] = []
    for n, (day, total) in enumerate(meetings):
        accounts.append(told(len(accounts), [total], day, draw(st.sampled_from(SOURCES))))
        for _ in range(draw(st.integers(0, 3))):
            stages = [t for _, t in meetings[:n]][-draw(st.integers(0, 2)) :] if n else []
            delay = draw(st.integers(0, 9))
            accounts.append(told(len(accounts), [*stages, total], day + delay, draw(st.sampled_from(SOURCES))))
    return meetings, accounts


def run(accounts: Sequence[Account]) -> list[tuple[Account, tuple[Change, ...]]]:
    """What each account changes when they are found in this order."""
    known: list[Account] = []
    made = []
    for account in accounts:
        made.append((account, changes(KEY, known, account)))
        known.append(account)
    return made


def alarming(made: tuple[Change, ...]) -> list[ChangeKind]:
    return [c.kind for c in made if c.kind is not ChangeKind.CORROBORATED]


@given(campaigns())
def test_found_as_published_every_total_is_announced_exactly_once(
    campaign: tuple[list[tuple[int, int]], list[Account]],
) -> None:
    meetings, accounts = campaign
    fresh = {(FIRST + timedelta(days=day), total) for day, total in meetings}
    found = sorted(accounts, key=lambda a: (a.day, a.main is None or (a.day, a.main.value) not in fresh))
    made = [c for _, some in run(found) for c in some if c.kind is not ChangeKind.CORROBORATED]
    assert [c.kind for c in made] == [ChangeKind.NEW_TOTAL] * len(meetings)
    assert [c.figure.value for c in made if c.figure] == [total for _, total in meetings]
    assert [c.previous.value if c.previous else None for c in made] == [None, *(t for _, t in meetings[:-1])]


@given(campaigns(), st.data())
def test_republication_never_alarms_whoever_repeats_it_and_whenever(
    campaign: tuple[list[tuple[int, int]], list[Account]], data: st.DataObject
) -> None:
    meetings, accounts = campaign
    known = data.draw(st.permutations(accounts))
    values = [total for _, total in meetings]
    value = data.draw(st.sampled_from(values))
    again = told(
        len(accounts),
        [value],
        data.draw(st.integers(0, 60)),
        data.draw(st.sampled_from(SOURCES)),
        data.draw(st.sampled_from([None, *Approx])),
    )
    assert alarming(changes(KEY, known, again)) == []


@given(campaigns(), st.data())
def test_older_day_never_alarms(campaign: tuple[list[tuple[int, int]], list[Account]], data: st.DataObject) -> None:
    _, accounts = campaign
    known = data.draw(st.permutations(accounts))
    current = Line(known, TOTAL, Status.ACCREDITED).current
    assert current is not None
    late = told(
        len(accounts),
        [data.draw(st.integers(1, 2000))],
        (current.day - FIRST).days - data.draw(st.integers(1, 30)),
        data.draw(st.sampled_from(SOURCES)),
        data.draw(st.sampled_from([None, *Approx])),
    )
    assert changes(KEY, known, late) == ()


@given(campaigns(), st.data())
def test_higher_total_of_a_later_day_is_always_announced(
    campaign: tuple[list[tuple[int, int]], list[Account]], data: st.DataObject
) -> None:
    meetings, accounts = campaign
    known = data.draw(st.permutations(accounts))
    day, total = meetings[-1]
    news = told(
        len(accounts),
        [total, total + data.draw(st.integers(1, 500))],
        day + data.draw(st.integers(1, 20)),
        data.draw(st.sampled_from(SOURCES)),
    )
    assert alarming(changes(KEY, known, news)) == [ChangeKind.NEW_TOTAL]


@given(campaigns(), st.data())
def test_what_is_known_does_not_depend_on_the_order_of_arrival(
    campaign: tuple[list[tuple[int, int]], list[Account]], data: st.DataObject
) -> None:
    meetings, accounts = campaign
    shuffled = data.draw(st.permutations(accounts))
    one, other = (Line(some, TOTAL, Status.ACCREDITED) for some in (accounts, shuffled))
    assert one.steps == other.steps
    assert one.stale == other.stale
    assert in_order(accounts) == in_order(shuffled)
    assert one.current is not None
    assert one.current.value == meetings[-1][1]


@given(campaigns(), st.data())
def test_in_any_order_a_total_is_announced_at_most_once(
    campaign: tuple[list[tuple[int, int]], list[Account]], data: st.DataObject
) -> None:
    made = [c for _, some in run(data.draw(st.permutations(campaign[1]))) for c in some]
    announced = [c.figure.value for c in made if c.kind is ChangeKind.NEW_TOTAL and c.figure]
    assert len(announced) == len(set(announced))
    assert made[0].kind is ChangeKind.NEW_TOTAL


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 700), st.integers(0, 20), st.sampled_from(SOURCES), st.sampled_from([None, None, *Approx])
        ),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_contradictory_articles_leave_one_state_too(
    articles: list[tuple[int, int, str, Approx | None]], chance: object
) -> None:
    accounts = [told(n, [value], day, source, approx) for n, (value, day, source, approx) in enumerate(articles)]
    shuffled = list(accounts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    assert Line(accounts, TOTAL, Status.ACCREDITED).steps == Line(shuffled, TOTAL, Status.ACCREDITED).steps
    for _, made in run(shuffled):
        assert sum(c.kind is not ChangeKind.COMPLETED for c in made) <= 1
