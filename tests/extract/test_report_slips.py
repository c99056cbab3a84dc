"""The likely slip of a sum that fails, and sums of which nothing can be said."""

from __future__ import annotations

import pytest

from extract.model import Verdict
from tests.extract.saying import report_on
from tests.extract.test_report_checks import only

SUBTOTALS = (
    "The commission has accredited {} international observers for the election. Of them, {} observers represent"
    " {} international organizations and {} observers represent {} foreign states."
)


@pytest.mark.parametrize(
    ("total", "bodies", "count", "states", "slip"),
    [
        (398, 322, 10, 31, "countries 31 -> 76"),
        (300, 170, 9, 103, "countries 103 -> 130"),
        (320, 103, 9, 190, "organizations 103 -> 130"),
        (448, 400, 9, 8, "countries 8 -> 48"),
        (410, 322, 10, 888, "countries 888 -> 88"),
        (398, 322, 10, 322, "countries 322 -> 76"),
        (470, 235, 10, 236, None),
    ],
    ids=[
        "count of senders",
        "digits changed places",
        "in the other subtotal",
        "digit dropped",
        "digit doubled",
        "another term again",
        "no likely slip",
    ],
)
def test_the_one_change_that_mends_the_sum_is_named(
    total: int, bodies: int, count: int, states: int, slip: str | None
) -> None:
    report = report_on(SUBTOTALS.format(total, bodies, count, states, 31))
    check = only(report, "subtotals")
    assert (check.verdict, check.likely_slip) == (Verdict.FAILS, slip)
    assert [f.value for f in report.figures] == [total, bodies, states]


def test_of_two_likely_slips_none_is_named() -> None:
    """398 = 322 + 67: the states may be 76, the total 389."""
    check = only(report_on(SUBTOTALS.format(398, 322, 10, 67, 31)), "subtotals")
    assert (check.verdict, check.difference, check.likely_slip) == (Verdict.FAILS, 9, None)


def test_a_batch_with_its_digits_changed() -> None:
    report = report_on(
        "The commission accredited another 103 observers today. The total number of observers rose from 175 to 305."
    )
    check = only(report, "batch")
    assert (check.difference, check.likely_slip) == (27, "new batch 103 -> 130")


CANNOT_SAY = {
    "a body within another": (
        "The commission has accredited 100 observers: from the CIS (60), the OSCE (40) and the OSCE ODIHR (30)."
    ),
    "a part larger than the whole": (
        "The commission accredited 121 observers from organizations today, and 32 from states. The CIS mission has 139,"
        " the SCO eight and the OTS five observers."
    ),
    "parts that fall short": "The commission has accredited 100 observers, among them 60 of the CIS and 30 of the SCO.",
}


@pytest.mark.parametrize("text", CANNOT_SAY.values(), ids=CANNOT_SAY)
def test_what_may_be_right_does_not_fail(text: str) -> None:
    assert Verdict.FAILS not in {c.verdict for c in report_on(text).checks}


def test_parts_of_one_kind_beside_the_other_kind_s_subtotal() -> None:
    report = report_on(
        "The commission has accredited 100 observers: 60 from the CIS, 30 from the SCO, 10 from 4 states."
    )
    check = only(report, "parts")
    assert (check.verdict, [p.value for p in check.parts]) == (Verdict.HOLDS, [60, 30, 10])
