"""What notices on sources read like, and what programs get of them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from alerts.languages import words
from alerts.render import render
from alerts.settings import Channel
from alerts.style import TITLE_LIMIT, Style
from alerts.webhook import payload
from extract.model import Status
from storage.source_views import Late, Notice, NoticeDetails
from storage.views import Alert
from storage.vocabulary import AlertState, Audience, ChangeKind, NoticeKind

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "alerts.md").read_text(encoding="utf-8")
ALMATY = ZoneInfo("Asia/Almaty")
BEGUN = datetime(2026, 11, 20, 22, 10, tzinfo=UTC)
KEY = "6f1c2e9a-0000-4000-8000-000000000002"
NAMES = {"kazinform": "Kazinform"}
HOSTILE = "<b>[x](http://evil)</b> \u202e@all\r\nBcc: x"


def an_alert(kind: NoticeKind, details: NoticeDetails, since: datetime | None = BEGUN) -> Alert:
    notice = Notice(id=5, source="kazinform", kind=kind, since=since, made_at=BEGUN, details=details)
    return Alert(
        id=9, key=KEY, channel="operators", state=AlertState.PENDING, attempts=1, created_at=BEGUN,
        next_attempt_at=BEGUN, sent_at=None, last_error=None, notice=notice,
    )  # fmt: skip


LATE = Late(
    title="Number of observers announced",
    url="https://www.inform.kz/en/observers_a793",
    published=BEGUN + timedelta(hours=1),
    fetched_at=BEGUN + timedelta(hours=5),
    report=17,
)
TROUBLE = an_alert(NoticeKind.FEED_GONE, NoticeDetails(seen="https://qazinform.com/rss/en.xml answers 404"))
RECOVERED = an_alert(
    NoticeKind.RECOVERED,
    NoticeDetails(
        ended=NoticeKind.FAILING,
        until=BEGUN + timedelta(hours=4, minutes=30),
        crawls=27,
        late=(
            LATE,
            replace(LATE, title="CEC meets on Friday", url="https://www.inform.kz/en/meeting_a801", report=None),
        ),
        late_count=2,
    ),
)


def test_a_trouble() -> None:
    message = render(TROUBLE, Style(names=NAMES))
    assert message.warning
    assert message.title == "Source Kazinform has lost a feed or listing"
    assert message.body == (
        "Since: 21 November 2026, 03:10 (Asia/Almaty)\n"
        "Seen: https:∕∕qazinform․com/rss/en․xml answers 404\n"
        "\n"
        "Correct `feeds`, `sitemaps`, `listings` or `article_urls` of the source.\n"
        "\n"
        f"Source kazinform, notice 5, alert {KEY}"
    )


def test_a_recovery() -> None:
    message = render(RECOVERED, Style(names=NAMES))
    assert not message.warning
    assert message.title == "Kazinform is back: down 03:10–07:40, 2 articles fetched late"
    assert message.body == (
        "Kazinform is well again. It was down 03:10–07:40 (Asia/Almaty), 4\u00a0h 30\u00a0min, in which 27 crawls were"
        " tried.\n"
        "\n"
        "Published in that time, 2 articles fetched late:\n"
        "- Number of observers announced, published 21 November 2026, 04:10 (Asia/Almaty), report 17\n"
        "  https://www.inform.kz/en/observers_a793\n"
        "- CEC meets on Friday, published 21 November 2026, 04:10 (Asia/Almaty)\n"
        "  https://www.inform.kz/en/meeting_a801\n"
        "\n"
        f"Source kazinform, notice 5, alert {KEY}"
    )


def test_times_are_the_channels() -> None:
    message = render(RECOVERED, Style(time_zone="UTC"))
    assert message.title == "kazinform is back: down 4\u00a0h 30\u00a0min, 2 articles fetched late"
    assert "20 November 2026, 22:10 – 21 November 2026, 02:40 (UTC)" in message.body
    assert words("en").span(BEGUN, BEGUN + timedelta(minutes=5), ALMATY) == "03:10–03:15"


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_has_its_words_and_a_title_for_a_phone(kind: NoticeKind) -> None:
    details = NoticeDetails(seen="something", ended=NoticeKind.SILENT, until=BEGUN + timedelta(days=3))
    message = render(an_alert(kind, details), Style(names=NAMES))
    assert len(message.title) <= TITLE_LIMIT
    assert message.fields["kind"] == kind.value
    assert render(an_alert(kind, details, since=None), Style()).title


def test_words_from_pages_are_harmless() -> None:
    hostile = replace(LATE, title=HOSTILE, url="https://x.kz/)[a](b")
    details = NoticeDetails(seen=HOSTILE, ended=NoticeKind.MOVED, until=BEGUN, late=(hostile,), late_count=1)
    for alert in (an_alert(NoticeKind.MOVED, details), an_alert(NoticeKind.RECOVERED, details)):
        message = render(alert, Style())
        for live in ("<b>", "](", "@all", "\u202e", "\r", "http://evil"):
            assert live not in message.title + message.body
        assert "\u202e" not in payload(message).decode()


def test_every_field_is_described() -> None:
    content = json.loads(payload(render(RECOVERED, Style(names=NAMES))))
    table = DOCS.split("| field of a notice | holds |")[1].split("\n\n")[0]
    cells = [row.split("|")[1] for row in table.splitlines() if row.startswith("|")]
    assert {name for cell in cells for name in re.findall(r"`(\w+)`", cell)} == set(content)
    assert content["since"] == "2026-11-20T22:10:00Z"
    assert content["late"][0].keys() == {"title", "url", "published", "fetched_at", "report"}


def test_every_kind_is_documented() -> None:
    table = DOCS.split("| kind of notice | what is the matter |")[1].split("\n\n")[0]
    assert re.findall(r"^\| `(\w+)`", table, re.MULTILINE) == [kind.value for kind in NoticeKind]


class TestAudience:
    def test_operators_want_no_change_and_readers_are_the_default(self) -> None:
        operators = Channel.model_validate({"name": "o", "url": "json://h", "audience": "operators"}).subscription()
        readers = Channel.model_validate({"name": "r", "url": "json://h"}).subscription()
        asked = {"election": "2023-03-19-parliamentary", "kind": ChangeKind.NEW_TOTAL, "status": Status.ACCREDITED}
        assert not operators.wants(**asked)  # type: ignore[arg-type]  # one dictionary for both
        assert readers.wants(**asked)  # type: ignore[arg-type]  # as above
        assert (operators.audience, readers.audience) == (Audience.OPERATORS, Audience.READERS)

    @pytest.mark.parametrize("key", ["kinds", "elections", "statuses"])
    def test_what_chooses_among_changes_is_nothing_for_operators(self, key: str) -> None:
        with pytest.raises(ValidationError, match=f"{key} choose among changes"):
            Channel.model_validate({"name": "o", "url": "json://h", "audience": "operators", key: []})
