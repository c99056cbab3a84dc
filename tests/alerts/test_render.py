from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from alerts.render import render
from alerts.style import TITLE_LIMIT, Style
from alerts.wording import apart
from extract.model import Approx, Basis, Check, ElectionType, Status, Term, Verdict
from foundation.errors import DeliveryError
from storage.views import (
    AcrossCheck,
    AcrossTerm,
    Alert,
    ArticleRef,
    Change,
    Confirmation,
    Correction,
    Decided,
    ElectionRef,
    RecordedChange,
    Settlement,
    Statement,
)
from storage.vocabulary import AlertState, ChangeKind, DisputeOutcome
from tests.support.changes import change_of

SAID = datetime(2023, 3, 13, 8, 5, tzinfo=UTC)
NAMES = {"kazinform": "Kazinform", "astana_times": "The Astana Times"}
URL = "https://www.inform.kz/en/observers_a793"
KEY = "6f1c2e9a-0000-4000-8000-000000000001"


def a_statement(value: int, **changed: object) -> Statement:
    fields: dict[str, Any] = {
        "scope": "total",
        "status": Status.ACCREDITED,
        "basis": Basis.CUMULATIVE,
        "value": value,
        "day": date(2023, 3, 13),
        "source": "kazinform",
        "report": 17,
        "published": SAID,
        "url": URL,
        "title": "Observers",
        "quote": str(value),
        "sentence": f"In all, {value} observers have been accredited.",
    }
    return Statement(**{**fields, **changed})


def an_alert(kind: ChangeKind, **change: object) -> Alert:
    election = ElectionRef(key="2023-03-19-parliamentary", type=ElectionType.PARLIAMENTARY, date=date(2023, 3, 19))
    article = ArticleRef(
        source="kazinform",
        language="en",
        article_id="a793",
        title="Number of observers announced",
        url=URL,
        published=SAID,
        fetched_at=SAID,
    )
    fields: dict[str, Any] = {"election": election.key, "status": Status.ACCREDITED, "day": date(2023, 3, 13)}
    made = Change(kind=kind, **{**fields, **change})
    recorded = RecordedChange(
        id=3, made_at=SAID, report=17, held=False, change=made, election=election, article=article
    )
    return Alert(
        id=1,
        key=KEY,
        channel="desk",
        state=AlertState.PENDING,
        attempts=1,
        created_at=SAID,
        next_attempt_at=SAID,
        sent_at=None,
        last_error=None,
        change=recorded,
    )


FOOT = f"""
Number of observers announced
Kazinform, published 13 March 2023, 14:05 (Asia/Almaty)
{URL}
Report 17, alert {KEY}
"""

NEW_TOTAL = (
    an_alert(
        ChangeKind.NEW_TOTAL,
        figure=a_statement(793),
        previous=a_statement(320, day=date(2023, 2, 20), source="astana_times"),
        also=(a_statement(45, basis=Basis.NEW), a_statement(452, scope="organizations")),
    ),
    "KZ 2023-03-19: 793 observers accredited (+473)",
    f"""
793 observers have been accredited for the parliamentary election of 19 March 2023, as of 13 March 2023.
Before: 320 as of 20 February 2023 (The Astana Times).

The report also gives:
- 45 more observers accredited
- 452 observers from international organizations accredited

“In all, 793 observers have been accredited.”
{FOOT}""",
)
FIRST_TOTAL = (
    an_alert(ChangeKind.NEW_TOTAL, figure=a_statement(1026, approx=Approx.OVER)),
    "KZ 2023-03-19: over 1,026 observers accredited",
    f"""
Over 1,026 observers have been accredited for the parliamentary election of 19 March 2023, as of 13 March 2023.

“In all, 1026 observers have been accredited.”
{FOOT}""",
)
NEW_BATCH = (
    an_alert(ChangeKind.NEW_BATCH, figure=a_statement(45, basis=Basis.NEW, status=Status.PROPOSED)),
    "KZ 2023-03-19: 45 more observers proposed",
    f"""
45 more observers have been proposed for the parliamentary election of 19 March 2023, as of 13 March 2023.

“In all, 45 observers have been accredited.”
{FOOT}""",
)
NEW_PART = (
    an_alert(ChangeKind.NEW_PART, figure=a_statement(12, scope="country:DE"), previous=a_statement(9)),
    "KZ 2023-03-19: 12 observers from Germany accredited (+3)",
    f"""
12 observers from Germany have been accredited for the parliamentary election of 19 March 2023, as of 13 March 2023.
The report gives no total.
Before: 9 as of 13 March 2023 (Kazinform).

“In all, 12 observers have been accredited.”
{FOOT}""",
)
WITHDRAWN = (
    an_alert(ChangeKind.WITHDRAWN, figure=a_statement(5, status=Status.WITHDRAWN, basis=Basis.NEW)),
    "KZ 2023-03-19: 5 observers withdrawn",
    f"""
The accreditation of 5 observers for the parliamentary election of 19 March 2023 was withdrawn, as of 13 March 2023.

“In all, 5 observers have been accredited.”
{FOOT}""",
)
CORRECTED = (
    an_alert(
        ChangeKind.CORRECTED,
        figure=a_statement(793),
        corrections=(Correction(old=a_statement(739), new=a_statement(793)), Correction(old=a_statement(45))),
    ),
    "KZ 2023-03-19: corrected to 793 observers accredited (was 739)",
    f"""
Kazinform edited its report on the parliamentary election of 19 March 2023. It now states otherwise:

Was: 739 observers accredited as of 13 March 2023
  “In all, »739« observers have been accredited.”
Now: 793 observers accredited as of 13 March 2023
  “In all, »793« observers have been accredited.”

Was: 45 observers accredited as of 13 March 2023
  “In all, 45 observers have been accredited.”
Now: no longer stated
{FOOT}""",
)
DROPPED = (
    an_alert(ChangeKind.CORRECTED, corrections=(Correction(old=a_statement(739)),)),
    "KZ 2023-03-19: corrected, no longer states 739 observers accredited",
    f"""
Kazinform edited its report on the parliamentary election of 19 March 2023. It now states otherwise:

Was: 739 observers accredited as of 13 March 2023
  “In all, 739 observers have been accredited.”
Now: no longer stated
{FOOT}""",
)
COMPLETED = (
    an_alert(ChangeKind.COMPLETED, figure=a_statement(793), previous=a_statement(748, day=date(2023, 3, 10))),
    "KZ 2023-03-19: accreditation is over, 793 observers accredited",
    f"""
The accreditation of observers for the parliamentary election of 19 March 2023 is over, as of 13 March 2023.
In all: 793 observers accredited.
Before: 748 as of 10 March 2023 (Kazinform).

“In all, 793 observers have been accredited.”
{FOOT}""",
)
COMPLETED_WITHOUT_FIGURE = (
    an_alert(ChangeKind.COMPLETED),
    "KZ 2023-03-19: accreditation is over",
    f"""
The accreditation of observers for the parliamentary election of 19 March 2023 is over, as of 13 March 2023.
{FOOT}""",
)
CONFLICT = (
    an_alert(
        ChangeKind.CONFLICT,
        figure=a_statement(793),
        against=(a_statement(795, source="astana_times", url="https://astanatimes.com/2023/03/x/"),),
    ),
    "KZ 2023-03-19: 793 or 795 observers? Reports conflict",
    f"""
Statements on the parliamentary election of 19 March 2023 do not agree.

Kazinform, 13 March 2023, 14:05 (Asia/Almaty): 793 observers accredited as of 13 March 2023
  “In all, 793 observers have been accredited.”

The Astana Times, 13 March 2023, 14:05 (Asia/Almaty): 795 observers accredited as of 13 March 2023
  “In all, 795 observers have been accredited.”
  https://astanatimes.com/2023/03/x/
{FOOT}""",
)
FAILED_SUM = (
    an_alert(
        ChangeKind.CONFLICT,
        figure=a_statement(793),
        check=Check(
            kind="subtotals",
            verdict=Verdict.FAILS,
            whole=Term("total", 793),
            parts=(Term("organizations", 452), Term("countries", 338)),
            difference=3,
            likely_slip="countries 338 -> 341",
        ),
    ),
    "KZ 2023-03-19: 793 observers, but the sum fails",
    f"""
Statements on the parliamentary election of 19 March 2023 do not agree.

Kazinform, 13 March 2023, 14:05 (Asia/Almaty): 793 observers accredited as of 13 March 2023
  “In all, 793 observers have been accredited.”

The sum of the report fails: total 793, but
- organizations 452
- foreign states 338
Difference: +3.
One change would mend it: foreign states 338 → 341.
{FOOT}""",
)
NOT_ADDING_UP = (
    an_alert(
        ChangeKind.NEW_TOTAL,
        figure=a_statement(793),
        previous=a_statement(322, day=date(2023, 3, 7), source="astana_times"),
        across=AcrossCheck(
            verdict=Verdict.FAILS,
            whole=AcrossTerm(label="total", value=793, report=17, day=date(2023, 3, 13), source="kazinform"),
            parts=(
                AcrossTerm(label="earlier total", value=322, report=12, day=date(2023, 3, 7), source="astana_times"),
                AcrossTerm(label="new batch", value=475, report=17, day=date(2023, 3, 13), source="kazinform"),
                AcrossTerm(label="withdrawn", value=-2),
            ),
            difference=-2,
        ),
    ),
    "KZ 2023-03-19: 793 observers accredited (+471)",
    f"""
793 observers have been accredited for the parliamentary election of 19 March 2023, as of 13 March 2023.
Before: 322 as of 7 March 2023 (The Astana Times).

Together with earlier reports it does not add up: total 793, but
- earlier total 322 (The Astana Times, 7 March 2023, report 12)
- new batch 475 (Kazinform, 13 March 2023, report 17)
- withdrawn −2
Difference: −2.

“In all, 793 observers have been accredited.”
{FOOT}""",
)
WEIGHED = (
    an_alert(ChangeKind.NEW_TOTAL, figure=a_statement(793), weighed=True),
    "KZ 2023-03-19: 793 observers accredited",
    f"""
793 observers have been accredited for the parliamentary election of 19 March 2023, as of 13 March 2023.

“In all, 793 observers have been accredited.”

No word of the article says so plainly: weights learned from other articles decided. Check it against the sentence.
{FOOT}""",
)
CORROBORATED = (
    an_alert(ChangeKind.CORROBORATED, figure=a_statement(793), against=(a_statement(793, source="astana_times"),)),
    "KZ 2023-03-19: 793 observers accredited, confirmed by Kazinform",
    f"""
Kazinform also states: 793 observers accredited for the parliamentary election of 19 March 2023, as of 13 March 2023.
First stated by The Astana Times, as of 13 March 2023.

“In all, 793 observers have been accredited.”
{FOOT}""",
)
REREAD = (
    an_alert(
        ChangeKind.REREAD,
        figure=a_statement(793),
        corrections=(Correction(old=a_statement(739), new=a_statement(793)),),
    ),
    "KZ 2023-03-19: read anew, 793 observers accredited (was read as 739)",
    f"""
The report by Kazinform on the parliamentary election of 19 March 2023 is as it was. It is read better now:

Was read: 739 observers accredited as of 13 March 2023
Is read: 793 observers accredited as of 13 March 2023

“In all, 793 observers have been accredited.”
{FOOT}""",
)
OTHER_URL = "https://astanatimes.com/2023/03/x/"
OTHER = a_statement(795, source="astana_times", url=OTHER_URL)
VOIDED = (
    an_alert(
        ChangeKind.CORRECTED,
        figure=a_statement(641),
        corrections=(Correction(old=a_statement(6410), new=OTHER),),
        decided=Decided(by="Aliya", note="a misprint"),
    ),
    "KZ 2023-03-19: corrected to 795 observers accredited (was 6,410)",
    f"""
Aliya (“a misprint”) decided that a report by Kazinform no longer counts.
What was told of it, on the parliamentary election of 19 March 2023, is taken back:

Was: 6,410 observers accredited as of 13 March 2023
  “In all, »6410« observers have been accredited.”
Now: 795 observers accredited as of 13 March 2023 (The Astana Times)
  “In all, »795« observers have been accredited.”
{FOOT}""",
)


def settled(outcome: DisputeOutcome, **more: object) -> Alert:
    ends: dict[str, Any] = {"value": 793, "stands": (a_statement(793),), "gave_way": (OTHER,)}
    ends |= {name: more.pop(name) for name in list(more) if name in ends}
    settlement = Settlement(dispute=4, outcome=outcome, **ends)
    return an_alert(ChangeKind.SETTLED, figure=next(iter(ends["stands"]), None), settlement=settlement, **more)


GAVE_WAY = f"""
Gave way: The Astana Times, 13 March 2023, 14:05 (Asia/Almaty): 795 observers accredited as of 13 March 2023
  “In all, 795 observers have been accredited.”
  {OTHER_URL}
"""
STANDS = f"""
Stands: Kazinform, 13 March 2023, 14:05 (Asia/Almaty): 793 observers accredited as of 13 March 2023
  “In all, 793 observers have been accredited.”
  {URL}
{GAVE_WAY}{FOOT}"""
OVER = (
    "\nThe dispute about the number of observers for the parliamentary election of 19 March 2023,"
    " as of 13 March 2023, is over.\n"
)
YIELDED = (
    settled(DisputeOutcome.YIELDED),
    "KZ 2023-03-19: 793 observers accredited, dispute settled",
    f"{OVER}No source holds to another figure any more.\n{STANDS}",
)
NOBODY_STANDS = (
    settled(DisputeOutcome.YIELDED, value=None, stands=()),
    "KZ 2023-03-19: dispute over, no side states its figure any more",
    f"{OVER}No article states a disputed figure any more.\n{GAVE_WAY}{FOOT}",
)
EXPLAINED = (
    settled(DisputeOutcome.EXPLAINED),
    "KZ 2023-03-19: 793 observers accredited, dispute settled",
    f"{OVER}Withdrawals account for the difference.\n{STANDS}",
)
OVERTAKEN = (
    settled(DisputeOutcome.OVERTAKEN, value=None, stands=(a_statement(810),), gave_way=(a_statement(793), OTHER)),
    "KZ 2023-03-19: 810 observers accredited since, dispute over",
    f"""{OVER}A later total replaced 793 and 795.

Now: Kazinform, 13 March 2023, 14:05 (Asia/Almaty): 810 observers accredited as of 13 March 2023
  “In all, 810 observers have been accredited.”
  {URL}

Was: Kazinform, 13 March 2023, 14:05 (Asia/Almaty): 793 observers accredited as of 13 March 2023
  “In all, 793 observers have been accredited.”
  {URL}
{GAVE_WAY.replace("Gave way", "Was")}{FOOT}""",
)
DECIDED = (
    settled(DisputeOutcome.DECIDED, decided=Decided(by="Aliya")),
    "KZ 2023-03-19: 793 observers accredited, dispute settled",
    f"{OVER}Decided by Aliya.\n{STANDS}",
)
ENDED_BY_VOIDING = (
    settled(DisputeOutcome.VOIDED, decided=Decided(by="Aliya", note="no article")),
    "KZ 2023-03-19: 793 observers accredited, dispute settled",
    f"{OVER}A report no longer counts, as decided by Aliya (“no article”).\n{STANDS}",
)
CONFIRMED, UNCONFIRMED = (
    (
        replace(FIRST_TOTAL[0], confirmation=Confirmation(wanted=2, sources=sources, until=SAID)),
        FIRST_TOTAL[1],
        FIRST_TOTAL[2].replace("13 March 2023.\n", f"13 March 2023.\n\n{words}\n", 1),
    )
    for sources, words in (
        (("kazinform", "astana_times"), "Stated by 2 sources: Kazinform, The Astana Times."),
        (("kazinform",), "Not confirmed: only Kazinform states it, and 2 sources were waited for."),
    )
)
ALL = {
    "new_total": NEW_TOTAL,
    "first_total": FIRST_TOTAL,
    "new_batch": NEW_BATCH,
    "new_part": NEW_PART,
    "withdrawn": WITHDRAWN,
    "corrected": CORRECTED,
    "dropped": DROPPED,
    "completed": COMPLETED,
    "completed_without_figure": COMPLETED_WITHOUT_FIGURE,
    "conflict": CONFLICT,
    "failed_sum": FAILED_SUM,
    "not_adding_up": NOT_ADDING_UP,
    "weighed": WEIGHED,
    "corroborated": CORROBORATED,
    "reread": REREAD,
    "voided": VOIDED,
    "yielded": YIELDED,
    "nobody_stands": NOBODY_STANDS,
    "explained": EXPLAINED,
    "overtaken": OVERTAKEN,
    "decided": DECIDED,
    "ended_by_voiding": ENDED_BY_VOIDING,
    "confirmed": CONFIRMED,
    "unconfirmed": UNCONFIRMED,
}


@pytest.mark.parametrize(("alert", "title", "body"), ALL.values(), ids=ALL)
def test_how_each_kind_of_change_reads(alert: Alert, title: str, body: str) -> None:
    message = render(alert, Style(names=NAMES))
    assert message.title == title
    assert message.body == body.strip()
    assert message.key == KEY


def test_a_correction_with_little_in_common_is_not_marked_up() -> None:
    assert apart("Now 45 came.", "In all 793 have been accredited by this day.") == "Now 45 came."
    old, new = "So far 92 foreign observers came.", "So far 72 foreign observers from 9 states came."
    assert apart(old, new) == "So far »92« foreign observers came."
    assert apart(new, old) == "So far »72« foreign observers »from 9 states« came."


def test_a_correction_tells_both_revisions_and_an_end_both_sides_in_the_fields() -> None:
    edited = an_alert(ChangeKind.CORRECTED, corrections=(Correction(old=a_statement(739)),), revisions=(1, 2))
    assert render(edited, Style()).fields["revisions"] == [1, 2]
    ended = render(YIELDED[0], Style()).fields["settlement"]
    assert isinstance(ended, dict)
    assert (ended["dispute"], ended["outcome"], ended["value"]) == (4, "yielded", 793)
    confirmed = render(CONFIRMED[0], Style()).fields["confirmation"]
    assert confirmed == {
        "wanted": 2, "sources": ["kazinform", "astana_times"], "until": "2023-03-13T08:05:00Z", "reached": True
    }  # fmt: skip


def test_every_kind_has_its_case() -> None:
    assert {change_of(alert).change.kind for alert, *_ in ALL.values()} == set(ChangeKind)


def test_the_channels_time_zone() -> None:
    assert (
        "published 13 March 2023, 09:05 (Europe/Berlin)"
        in render(NEW_TOTAL[0], Style(time_zone="Europe/Berlin", names=NAMES)).body
    )
    later = an_alert(ChangeKind.NEW_TOTAL, figure=a_statement(793))
    told = change_of(later)
    moved = replace(told, article=replace(told.article, published=datetime(2024, 3, 1, 9, tzinfo=UTC)))
    assert "1 March 2024, 14:00 (Asia/Almaty)" in render(replace(later, change=moved), Style()).body


def test_an_undated_article_tells_when_it_was_seen() -> None:
    alert = an_alert(ChangeKind.NEW_TOTAL, figure=a_statement(793))
    told = change_of(alert)
    undated = replace(told, article=replace(told.article, published=None, url=None, title=None))
    body = render(replace(alert, change=undated), Style()).body
    assert "kazinform, seen 13 March 2023, 14:05 (Asia/Almaty)\nReport 17" in body


def test_many_further_figures_are_cut() -> None:
    many = tuple(a_statement(n, scope=f"country:A{n}") for n in range(31))
    body = render(an_alert(ChangeKind.NEW_TOTAL, figure=a_statement(793), also=many), Style()).body
    assert body.count("\n- ") == 13
    assert "- and 19 more figures" in body


def test_titles_stay_short_and_keep_what_happened() -> None:
    body = "organization:" + "LONG-" * 30
    figures = {"figure": a_statement(12, scope=body), "previous": a_statement(9, scope=body)}
    title = render(an_alert(ChangeKind.NEW_PART, **figures), Style()).title
    assert len(title) <= TITLE_LIMIT
    assert title == "KZ 2023-03-19: 12 observers from “LONG-LONG-LONG…” accredited (+3)"


HOSTILE = (
    "Observers {{ 7 * 7 }} {% raw %} <b onclick=x>1</b> [log in](https://evil.example) @everyone <!channel>\r\n"
    "Subject: forged\u202e\u200b **bold** &lt;i&gt; `code` " + "А" * 5000
)


@pytest.mark.parametrize("kind", ChangeKind)
def test_page_text_never_becomes_markup_or_a_second_line_of_the_title(kind: ChangeKind) -> None:
    hostile = a_statement(
        793, scope=f"organization:{HOSTILE}", title=HOSTILE, sentence=HOSTILE, quote=HOSTILE, url="javascript:alert(1)"
    )
    alert = an_alert(
        kind,
        figure=hostile,
        previous=hostile,
        against=(hostile,),
        corrections=(Correction(old=hostile, new=hostile),),
        check=Check("parts", Verdict.FAILS, Term(HOSTILE, 3), (Term(HOSTILE, 2),), 1, HOSTILE),
        settlement=Settlement(
            dispute=1, outcome=DisputeOutcome.DECIDED, value=793, stands=(hostile,), gave_way=(hostile,)
        ),
        decided=Decided(by=HOSTILE, note=HOSTILE),
    )
    told = change_of(alert)
    recorded = replace(told, article=replace(told.article, title=HOSTILE, url="https://x.kz/)[a](b"))
    message = render(replace(alert, change=recorded), Style(names=NAMES))
    assert "\n" not in message.title
    assert len(message.title) <= TITLE_LIMIT
    text = message.title + message.body
    assert not set("<>[]*`~@|\\#&{}") & set(text)
    assert "49" not in text
    assert "https://evil" not in text
    assert "javascript" not in text
    assert not any(c in text for c in "\r\u202e\u200b")
    sentences = [line for line in message.body.splitlines() if "“" in line]
    assert all(len(line) < 520 for line in sentences)


def test_fields_are_json_and_keep_the_pages_words_without_tricks() -> None:
    alert = an_alert(ChangeKind.NEW_TOTAL, figure=a_statement(793, sentence="a <b>\r\n\u202e{{ 1 }}"))
    fields = json.loads(json.dumps(render(alert, Style()).fields))
    assert fields["figure"]["sentence"] == "a <b> {{ 1 }}"
    assert fields["figure"]["published"] == "2023-03-13T08:05:00Z"
    assert fields["day"] == "2023-03-13"
    assert fields["election"]["key"] == "2023-03-19-parliamentary"
    assert fields["article"]["url"] == URL
    assert fields["change_id"] == 3


def test_a_template_that_fails_is_a_permanent_failure() -> None:
    without_figure = an_alert(ChangeKind.NEW_TOTAL)
    with pytest.raises(DeliveryError, match="the template of new_total fails") as caught:
        render(without_figure, Style())
    assert caught.value.permanent
