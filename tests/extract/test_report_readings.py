"""Where a sum decides between two readings the report says so, with the terms."""

from __future__ import annotations

from extract.model import Check, Report, Verdict
from tests.extract.saying import facts, report_on


def readings(report: Report) -> list[Check]:
    return [c for c in report.checks if c.kind == "reading"]


def test_the_earlier_total_and_the_batch() -> None:
    report = report_on(
        "The commission accredited 103 observers today. 175 observers were accredited. The total has reached 278."
    )
    assert ("total", "accredited", "cumulative", 175) in facts(report)
    (check,) = readings(report)
    assert (check.verdict, check.difference, check.whole.value) == (Verdict.HOLDS, 0, 278)
    assert [(p.label, p.value) for p in check.parts] == [("earlier total", 175), ("new batch", 103)]
    assert check.parts[0].decided


def test_what_the_words_say_needs_no_sum() -> None:
    report = report_on(
        "Another 103 international observers were accredited. The total number of observers rose from 175 to 278."
    )
    assert [p.value for c in readings(report) for p in c.parts if p.decided] in ([], [175])
    assert readings(report_on("The commission has accredited 43 international observers so far.")) == []


def test_parts_that_words_alone_would_give_to_another_whole() -> None:
    report = report_on(
        "The commission accredited 64 observers from organizations and states today. In all, 131 have been accredited.",
        "Of the new ones, the CIS sent 40, the SCO 16 and Germany 8.",
    )
    for check in readings(report):
        assert check.whole.value == sum(p.value for p in check.parts)
        assert any(p.decided for p in check.parts)


def test_what_is_left_after_a_withdrawal() -> None:
    report = report_on(
        "The commission has accredited 641 international observers in all.",
        "The accreditation of 11 observers was revoked. 630 observers are accredited now.",
    )
    assert ("total", "accredited", "cumulative", 630) in facts(report)
    for check in readings(report):
        assert [(p.label, p.value, p.decided) for p in check.parts] == [("total", 630, True), ("withdrawn", 11, False)]


def test_shares_without_a_noun() -> None:
    report = report_on(
        "In all, 256 public associations were accredited to observe the election: 11 by the Central Election Commission"
        " and 245 by the territorial ones."
    )
    (check,) = readings(report)
    assert (check.whole.value, [(p.value, p.decided) for p in check.parts]) == (256, [(11, True), (245, True)])


def test_the_second_subtotal_that_only_the_sum_tells() -> None:
    report = report_on(
        "The list held 183 observers. Seven international organizations account for 131 accredited observers, while 52 "
        "came forward on behalf of 21 countries."
    )
    told = [(c.whole.value, [(p.label, p.value, p.decided) for p in c.parts]) for c in readings(report)]
    assert (183, [("organizations", 131, False), ("countries", 52, True)]) in told


def test_the_sender_whom_a_row_lacks() -> None:
    report = report_on(
        "The commission accredited another 36 observers. Four observers will join the OIC and three the SCO. "
        "29 seats went to the ODIHR mission."
    )
    told = [(c.whole.value, {p.label for p in c.parts if p.decided}) for c in readings(report)]
    assert told == [(36, {"organization:OSCE-ODIHR"})]


def test_what_each_of_several_states_sends() -> None:
    report = report_on(
        "The commission approved 46 observers. Thirty were for the CIS mission and ten for the SCO. The remaining six "
        "came from Japan, Qatar and Slovenia, each of which is delegating two people."
    )
    told = [(c.whole.value, [(p.label, p.value) for p in c.parts if p.decided]) for c in readings(report)]
    assert (6, [("country:JP", 2), ("country:QA", 2), ("country:SI", 2)]) in told
