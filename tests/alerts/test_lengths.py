"""A message is as long as its service takes, and what is left of it is what matters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from alerts.examples import NAMES, example, example_digest
from alerts.fitting import taken
from alerts.render import render
from alerts.services import plugin_of
from alerts.settings import Channel
from alerts.sms import is_narrow, narrow, narrow_length
from alerts.style import LANGUAGES, Language, Style
from alerts.text import length, shorten
from storage.views import Alert
from storage.vocabulary import ChangeKind, NoticeKind

SMS = "twilio://AC1234567890123456789012345678901234:token@15551234567/15557654321"
SERVICES: dict[str, tuple[str, int | None]] = {
    "telegram": ("tgram://123456789:abcdefghijklmnop_qrstuvwxyzabcdefgh/12345", 4096),
    "discord": ("discord://1234567890/abcdefghijklmnopqrstuvwxyz", 2000),
    "pushover": (f"pover://{'u' * 30}@{'t' * 30}", 1024),
    "twilio": (SMS, 160),
    "clickatell": ("clickatell://TOKEN/15557654321", 160),
    "slack": ("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/", None),
    "gotify": ("gotify://host/Abcdefghijklmno", None),
    "mail": ("mailto://user:password@example.org", None),
    "webhook": ("webhook+https://x.kz/hook", None),
}
URL = "https://www.inform.kz/en/observers_a793"


def style_of(url: str, language: Language = "en", length: int = 0) -> Style:
    channel = Channel(name="desk", url=SecretStr(url), language=language, length=length)
    return channel.style(NAMES, Path())


def with_also(count: int, sentence: str) -> Alert:
    """The example with so many further figures, and a quote."""
    alert = example(ChangeKind.NEW_TOTAL)
    recorded = alert.change
    assert recorded is not None
    figure = recorded.change.figure
    assert figure is not None
    change = replace(recorded.change, also=(figure,) * count, figure=replace(figure, sentence=sentence))
    return replace(alert, change=replace(recorded, change=change))


def weighed(alert: Alert) -> Alert:
    """The alert, were it weights that decided what its figure is."""
    assert alert.change is not None
    return replace(alert, change=replace(alert.change, change=replace(alert.change.change, weighed=True)))


LONG: Sequence[Alert] = (
    with_also(12, "слово 🙂 " * 60),
    weighed(example(ChangeKind.NEW_TOTAL)),
    *(example(kind) for kind in (*ChangeKind, *NoticeKind)),
)


def many(count: int) -> Alert:
    digest = example_digest()
    more = [replace(one, id=n) for n, one in enumerate(digest.carries * count, 2)]
    return replace(digest, carries=tuple(more[: count - 1]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("service", SERVICES)
def test_no_service_gets_more_than_it_takes(service: str, language: Language) -> None:
    url, limit = SERVICES[service]
    style = style_of(url, language)
    plugin = plugin_of(url)
    for alert in (*LONG, many(40)):
        message = render(alert, style)
        used = taken(message.title, message.body, style)
        assert used.limit is None or used.length <= used.limit <= (limit or used.length)
        assert length(message.title) <= 70
        if plugin is not None and limit is not None:
            (sent,) = plugin._apply_overflow(message.body, message.title, overflow="truncate")
            whole = f"{sent['title']}\r\n{sent['body']}"
            assert message.title in whole
            assert message.body in whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_limit_nothing_is_left_out(language: Language) -> None:
    whole = render(LONG[0], Style(language, names=NAMES))
    for url, limit in SERVICES.values():
        assert limit is not None or render(LONG[0], style_of(url, language)) == whole


EN_STEPS = {
    1100: ("“", "Number of observers announced", "The report also gives"),
    750: ("Number of observers announced", "The report also gives"),
    720: ("The report also gives",),
    340: ("Before: 739",),
    150: (),
}


@pytest.mark.parametrize(("limit", "present"), EN_STEPS.items())
def test_quotes_go_first_then_details(limit: int, present: tuple[str, ...]) -> None:
    message = render(with_also(12, "word " * 100), replace(Style(names=NAMES), body_limit=limit))
    everything = {text for texts in EN_STEPS.values() for text in texts}
    assert length(message.body) <= limit
    assert {text for text in everything if text in message.body} >= set(present)
    assert ("“" in message.body) is ("“" in present)
    assert URL in message.body
    assert "Report 17" in message.body
    assert message.title == "KZ 2023-03-19: 793 observers accredited (+54)"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("limit", [70, 100, 160, 250, 400, 700, 1500])
@pytest.mark.parametrize("kind", [*ChangeKind, *NoticeKind])
def test_number_link_and_id_stay_whole(kind: ChangeKind | NoticeKind, limit: int, language: Language) -> None:
    message = render(example(kind), Style(language, names=NAMES, body_limit=limit))
    assert length(message.body) <= limit
    assert re.search(r"\b(17|5)\b", message.body.splitlines()[-1])
    if isinstance(kind, ChangeKind):
        assert URL in message.body.splitlines()
    for url in re.findall(r"https?://\S*", message.body):
        assert url in {URL, "https://astanatimes.com/2023/03/observers-accredited/"}


class TestSms:
    def test_one_part_of_english(self) -> None:
        message = render(example(ChangeKind.NEW_TOTAL), style_of(SMS))
        assert message.title == "KZ 2023-03-19: 793 observers accredited (+54)"
        assert message.body == f"Kazinform\n{URL}\nReport 17"

    @pytest.mark.parametrize(
        ("language", "title", "body"),
        [
            ("ru", "РК, 19.03.2023: аккредитовано 793 наблюдателя (+54)", "Отчёт 17"),
            ("kk", "ҚР, 19.03.2023: 793 бақылаушы аккредиттелді (+54)", "Есеп 17"),
        ],
    )
    def test_one_part_of_cyrillic_has_number_sign_election_and_id(
        self, language: Language, title: str, body: str
    ) -> None:
        message = render(example(ChangeKind.NEW_TOTAL), style_of(SMS, language))
        assert (message.title, message.body) == (title, body)
        assert render(example(ChangeKind.NEW_TOTAL), style_of(SMS, language, 130)).body.endswith(f"{URL}\n{body}")

    def test_a_fall_keeps_its_sign_in_letters_that_an_sms_has(self) -> None:
        alert = example(ChangeKind.NEW_TOTAL)
        recorded = alert.change
        assert recorded is not None
        assert recorded.change.previous is not None
        before = replace(recorded.change.previous, value=1826)
        fallen = replace(alert, change=replace(recorded, change=replace(recorded.change, previous=before)))
        message = render(fallen, style_of(SMS))
        assert message.title.endswith("(-1,033)")
        assert is_narrow(message.title + message.body)

    def test_what_counts_as_one_and_as_two(self) -> None:
        assert narrow("“a” – b… 1\u00a0026") == '"a" - b... 1 026'
        assert narrow_length("[€]") == 6
        assert not is_narrow("ә")

    def test_a_digest_tells_the_newest_number_and_where_it_is_found(self) -> None:
        message = render(example_digest(), style_of(SMS))
        assert message.title == "3 updates on the parliamentary election: 793 observers (+113)"
        assert message.body.endswith("Report 17")

    def test_that_weights_decided_is_told_in_the_shortest_message_too(self) -> None:
        alert = example(ChangeKind.NEW_TOTAL)
        assert "weights" not in render(alert, style_of(SMS)).body
        assert "kazinform, decided by weights\n" in render(weighed(alert), style_of(SMS)).body.replace(
            "Kazinform", "kazinform"
        )


def test_a_digest_marks_what_weights_decided() -> None:
    digest = example_digest()
    lines = render(weighed(digest), Style(names=NAMES)).body.splitlines()
    marked = [line for line in lines if "weights" in line]
    assert marked == ["- 739 observers accredited (+59) (decided by weights: check it) – Kazinform, report 15"]
    assert "weights" not in render(digest, Style(names=NAMES)).body


@pytest.mark.parametrize(("limit", "whole"), [(1800, 15), (900, 4), (400, 1)])
def test_a_digest_tells_the_newest_and_counts_the_rest(limit: int, whole: int) -> None:
    message = render(many(30), Style(names=NAMES, body_limit=limit))
    lines = [line for line in message.body.splitlines() if line.startswith("- ")]
    assert len(lines) >= whole
    assert f"and {30 - len(lines)} more: accredwatch alerts list --channel desk" in message.body
    assert message.body.endswith(f"Alert {message.key}")
    assert message.title.startswith("30 updates")


def test_the_length_of_a_channel_wins_but_no_service_gets_more_than_it_takes() -> None:
    assert style_of(SERVICES["gotify"][0], length=500).body_limit == 500
    assert style_of(SERVICES["pushover"][0], length=5000).body_limit == 1024
    assert style_of(SERVICES["pushover"][0], length=500).body_limit == 500
    assert style_of(SMS, length=480).wide_limit == 480
    assert style_of("webhook+https://x.kz/hook", length=300).body_limit == 300
    with pytest.raises(ValidationError, match="70 characters"):
        style_of(SMS, length=40)


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("🙂🙂🙂🙂", 5, "🙂🙂…"),
        ("In all 1,026 came", 11, "In all…"),
        ("In all 1\u00a0026 came", 11, "In all…"),
        ("see https://x.kz/a/b/c/d/e", 20, "see…"),
        ("1234567890", 5, "…"),
        ("word", 0, ""),
    ],
)
def test_nothing_is_cut_through(text: str, limit: int, expected: str) -> None:
    assert shorten(text, limit) == expected
    assert length(shorten(text, limit)) <= limit
