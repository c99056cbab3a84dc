"""Totals that no word but a sum tells, and what is no total although it is as large."""

from __future__ import annotations

import pytest

from extract.model import Verdict
from tests.extract.saying import facts, report_on

PARTS = "International organizations have 691 accredited observers, foreign states have 127."


def totals(*says: str) -> set[int]:
    return {value for scope, _, _, value in facts(report_on(*says)) if scope == "total"}


@pytest.mark.parametrize("whole", ["On the last page stands the number 818.", "The binder holds 818 sheets of names."])
def test_the_sum_of_both_subtotals_is_the_total(whole: str) -> None:
    assert totals(PARTS, whole) == {818}


def test_the_report_tells_that_a_sum_decided_it() -> None:
    (check,) = [c for c in report_on(PARTS, "The binder holds 818 sheets of names.").checks if c.kind == "reading"]
    assert check.verdict is Verdict.HOLDS
    assert (check.whole.value, check.whole.decided) == (818, True)
    assert sorted(part.value for part in check.parts) == [127, 691]


@pytest.mark.parametrize(
    "other",
    ["The binder holds 819 sheets of names.", "In the region 818 polling stations open.", "They run for 818 seats."],
)
def test_another_number_and_what_counts_other_things_are_none(other: str) -> None:
    assert totals(PARTS, other) == set()


def test_a_number_that_is_known_is_not_taken_again() -> None:
    says = (
        "The commission has accredited 818 international observers.",
        PARTS,
        "On the last page stands the number 818.",
    )
    assert [f.value for f in report_on(*says).figures].count(818) == 1


def test_one_each_of_a_state_with_an_article_counts() -> None:
    said = report_on("The commission accredited observers: two from Iran, and Italy and the Netherlands sent one each.")
    assert {f.scope: f.value for f in said.figures}.items() >= {"country:IT": 1, "country:NL": 1}.items()


def test_so_many_bodies_on_a_list_are_no_people() -> None:
    said = facts(
        report_on("The organizations on the new list are three: the CIS with 28 observers, the OTS with nine.")
    )
    assert 3 not in {value for *_, value in said}
    assert {value for *_, value in said} == {28, 9}
