"""What docs/alerts.md tells receivers is what they get."""

from __future__ import annotations

import base64
import json
import re
import time
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from alerts.channels import check_channel, open_channel
from alerts.digest import drafts_of_digest
from alerts.examples import example, example_digest
from alerts.material import drafts
from alerts.order import retry_delay
from alerts.render import render
from alerts.sandbox import Sandbox
from alerts.settings import AlertSettings, Channel
from alerts.style import Language, Style
from alerts.templating import built_in
from alerts.text import inert
from alerts.webhook import payload
from storage.views import Alert, Statement
from storage.vocabulary import AlertState, ChangeKind, DisputeOutcome, NoticeKind
from tests.alerts.receivers import WebhookReceiver
from tests.alerts.test_render import NAMES, NEW_TOTAL

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "alerts.md").read_text(encoding="utf-8")
NOW = datetime(2023, 3, 13, 9, tzinfo=UTC)


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", DOCS, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    ("mark", "language", "alert"),
    [
        ("text", "en", example(ChangeKind.NEW_TOTAL)),
        ("text-ru", "ru", example(ChangeKind.NEW_PART)),
        ("text-kk", "kk", example(ChangeKind.NEW_PART)),
        ("text-digest", "en", example_digest()),
        ("text-notice", "en", example(NoticeKind.RECOVERED)),
    ],
)
def test_the_examples_are_real_alerts(mark: str, language: Language, alert: Alert) -> None:
    message = render(alert, Style(language=language, names=NAMES))
    assert blocks(mark) == [f"{message.title}\n\n{message.body}\n"]


def described(heading: str) -> set[str]:
    table = DOCS.split(heading)[1].split("\n\n")[0]
    return set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))


def test_every_variable_and_filter_of_templates_is_described() -> None:
    made = [example(ChangeKind.NEW_TOTAL), example(NoticeKind.RECOVERED)]
    given = {name for alert in made for name in next(drafts(alert, Style())).context}
    given |= next(drafts_of_digest(example_digest(), Style(), built_in("en"))).context.keys() | {"title"}
    mentioned = {"within_a_day", "increase"}
    assert described("| variable | holds |") | mentioned == given
    ours = built_in("en").filters.keys() - Sandbox().filters.keys()
    assert described("| filter | makes of |") == ours


def test_every_field_is_described() -> None:
    content = json.loads(payload(render(NEW_TOTAL[0], Style(names=NAMES))))
    table = DOCS.split("| field | holds |")[1].split("\n\n")[0]
    cells = [row.split("|")[1] for row in table.splitlines() if row.startswith("|")]
    described = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    assert described == set(content)
    for field in fields(Statement):
        assert f"`{field.name}`" in DOCS


def test_the_signature_can_be_verified_as_described(receiver: WebhookReceiver, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = "whsec_" + base64.b64encode(b"0123456789abcdef").decode()
    channel = Channel(name="desk", url=SecretStr(f"{receiver.url}#{secret}"))
    open_channel(channel, 5).send(render(NEW_TOTAL[0], Style()), now=NOW)
    (request,) = receiver.requests
    namespace: dict[str, object] = {}
    exec(blocks("python")[0], namespace)  # noqa: S102 - our own documentation
    genuine = namespace["genuine"]
    assert callable(genuine)
    sent = NOW.timestamp()
    monkeypatch.setattr(time, "time", lambda: sent + 290)
    assert genuine(request.headers, request.body, secret)
    assert not genuine(request.headers, request.body + b" ", secret)
    assert not genuine(request.headers | {"webhook-id": "another"}, request.body, secret)
    assert not genuine(request.headers, request.body, "whsec_" + base64.b64encode(b"another secret 16").decode())
    for late in (sent + 310, sent - 310):
        monkeypatch.setattr(time, "time", lambda late=late: late)
        assert not genuine(request.headers, request.body, secret)
        later = request.headers | {"webhook-timestamp": str(int(late))}
        assert not genuine(later, request.body, secret)


def test_each_attempt_is_signed_anew(receiver: WebhookReceiver) -> None:
    secret = "whsec_" + base64.b64encode(b"0123456789abcdef").decode()
    sender = open_channel(Channel(name="desk", url=SecretStr(f"{receiver.url}#{secret}")), 5)
    for moment in (NOW, NOW + timedelta(hours=1)):
        sender.send(render(NEW_TOTAL[0], Style()), now=moment)
    first, second = receiver.requests
    assert first.key == second.key
    assert int(second.headers["webhook-timestamp"]) - int(first.headers["webhook-timestamp"]) == 3600
    assert first.headers["webhook-signature"] != second.headers["webhook-signature"]


def test_the_example_channels_can_be_used() -> None:
    urls = re.findall(r'^url = "(.*)"$', blocks("toml")[0], re.MULTILINE)
    assert len(urls) == 2
    for url in urls:
        check_channel(Channel(name="desk", url=SecretStr(url)))


def test_the_replacements_are_those_made() -> None:
    for before, after in re.findall(r"`(.)` by (.)[,;]", DOCS):
        assert inert(before) == after
    assert inert("https://x") == "https:∕∕x"


def test_almost_four_days() -> None:
    settings = AlertSettings()
    waits = [retry_delay(settings, n, None, 0.5) for n in range(1, settings.attempts)]
    assert 3.5 < sum(w.total_seconds() for w in waits) / 86_400 < 4


def test_every_end_of_a_dispute_and_every_state_is_described() -> None:
    ends = DOCS.split("| `outcome` |")[1].split("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", ends, re.MULTILINE)) == {outcome.value for outcome in DisputeOutcome}
    assert f"`{AlertState.UNCONFIRMED}`" in DOCS
