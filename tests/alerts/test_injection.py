"""What a page says stays words, whatever the channel makes of them; and a send goes where its channel says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from apprise.plugins.telegram import NotifyTelegram
from defusedxml.ElementTree import fromstring
from lxml import html
from pydantic import SecretStr

from alerts.channels import open_channel
from alerts.message import Message
from alerts.render import render
from alerts.settings import Channel
from alerts.style import Style
from foundation.errors import DeliveryError
from storage.vocabulary import ChangeKind
from tests.alerts.receivers import Answer, MailServer, WebhookReceiver
from tests.alerts.test_render import a_statement, an_alert
from tests.certificates import self_signed
from tests.support.changes import change_of

NOW = datetime(2023, 3, 13, 9, tzinfo=UTC)
HOSTILE = (
    "<b>793</b><img src=x onerror=alert(1)><a href='https://evil.example'>in</a> [in](https://evil.example) **b** _i_ "
    "`c` @everyone <!channel> www.evil.example &lt;script&gt;\r\nBcc: all@evil.example\r\n\r\n.\r\n"
    "{{ 7*7 }} =cmd|'/C calc'!A0 \u202e\u2066\x1b[31m\x00\u2028 end"
)


def hostile_message() -> Message:
    said = a_statement(793, scope=f"organization:{HOSTILE}", title=HOSTILE, sentence=HOSTILE, quote=HOSTILE)
    alert = an_alert(ChangeKind.NEW_TOTAL, figure=said, previous=said, also=(said,))
    told = change_of(alert)
    article = replace(told.article, title=HOSTILE, url="https://inform.kz/@everyone/a_b_c?x=**1**&y=<b>")
    return render(replace(alert, change=replace(told, article=article)), Style())


def send(url: str, message: Message | None = None) -> None:
    open_channel(Channel(name="test", url=SecretStr(url)), 5).send(message or hostile_message(), now=NOW)


def harmless(text: str) -> None:
    """The words came, and nothing of them is live."""
    assert "793" in text
    assert not set(text) & set("<>[]*`@|{}\u202e\u2066\x1b\x00\u2028")
    assert "evil.example" not in text
    assert "\nBcc:" not in text
    assert "49" not in text


def mail_of(server: MailServer) -> EmailMessage:
    (envelope,) = server.messages
    assert envelope.rcpt_tos == ["reader@example.org"]
    assert isinstance(envelope.content, bytes)
    message = message_from_bytes(envelope.content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    assert found is not None
    return str(found.get_content())


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_mail(mail: MailServer, form: str) -> None:
    send(f"{mail.url}&format={form}")
    message = mail_of(mail)
    assert set(message.keys()).isdisjoint({"Bcc", "Cc"})
    assert len(message.get_all("To", [])) == len(message.get_all("Subject", [])) == 1
    assert "\n" not in message["Subject"]
    if form != "html":
        harmless(part(message, "plain"))
        return
    tree = html.fromstring(part(message, "html"))
    assert {element.tag for element in tree.iter()} <= {"html", "head", "body", "title", "p", "br", "span"}
    harmless(tree.text_content())


@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_telegram(receiver: WebhookReceiver, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    monkeypatch.setattr(NotifyTelegram, "notify_url", f"http://{receiver.address}/bot")
    receiver.otherwise = lambda _: Answer(200, body=b'{"ok":true}')
    send(f"tgram://123456789:abcdefg_hijklmnop/12315544/?format={form}")
    (sent,) = [request.json for request in receiver.requests]
    text = sent["text"]
    if sent["parse_mode"] == "HTML":
        tree = html.fragment_fromstring(text, create_parent="div")
        assert {element.tag for element in tree.iter()} <= {"div", "b", "br"}
        text = tree.text_content()
    else:
        text = text.removeprefix("*").replace("*\n", "\n", 1)  # the title is bold
    harmless(text)


def fields_of_json(body: bytes) -> list[str]:
    content = json.loads(body)
    return [content["title"], content["message"]]


def fields_of_xml(body: bytes) -> list[str]:
    root = fromstring(body)
    return [element.text or "" for element in root.iter() if element.tag in {"Subject", "Message"}]


def fields_of_form(body: bytes) -> list[str]:
    content = parse_qs(body.decode())
    return [content["title"][0], content["message"][0]]


@pytest.mark.parametrize(
    ("scheme", "read"), [("json", fields_of_json), ("xml", fields_of_xml), ("form", fields_of_form)]
)
def test_plain_posts(receiver: WebhookReceiver, scheme: str, read: Callable[[bytes], list[str]]) -> None:
    send(f"{scheme}://{receiver.address}/hook")
    title, message = read(receiver.requests[0].body)
    assert "\n" not in title
    harmless(title)
    harmless(message)


def test_webhook(receiver: WebhookReceiver) -> None:
    send(receiver.url)
    content = receiver.requests[0].json
    harmless(content["title"])
    harmless(content["text"])
    said = content["figure"]["sentence"]
    assert not set(said) & set("\r\n\u202e\u2066\x1b\x00\u2028")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("scheme", ["webhook+http", "json", "form", "xml"])
def test_a_redirect_leads_no_alert_and_no_token_elsewhere(receiver: WebhookReceiver, scheme: str, status: int) -> None:
    elsewhere = WebhookReceiver()
    receiver.otherwise = lambda _: Answer(status, {"Location": f"http://{elsewhere.address}/"})
    with pytest.raises(DeliveryError, match=f"HTTP {status}"):
        send(f"{scheme}://user:token@{receiver.address}/hook")
    elsewhere.close()
    assert (len(receiver.requests), elsewhere.requests) == (1, [])


@pytest.fixture
def unsigned_mail(tmp_path: Path) -> Iterator[MailServer]:
    server = MailServer(tls=self_signed(tmp_path))
    yield server
    server.close()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_a_mail_server_with_a_certificate_that_nobody_vouches_for_gets_no_password(
    unsigned_mail: MailServer, host: str
) -> None:
    url = f"mailtos://user:hush@{host}:{unsigned_mail.port}?from=a@example.org&to=b@example.org&mode=ssl"
    with pytest.raises(DeliveryError, match="its certificate is not trusted"):
        send(url)
    assert unsigned_mail.messages == []


def test_a_receiver_with_a_certificate_that_nobody_vouches_for_gets_no_byte(tmp_path: Path) -> None:
    server = WebhookReceiver(tls=self_signed(tmp_path))
    for scheme in ("webhook", "jsons"):
        with pytest.raises(DeliveryError, match="its certificate is not trusted"):
            send(f"{scheme}://localhost:{server.port}/hook")
    server.close()
    assert server.requests == []


def test_user_and_password_of_any_letters_reach_the_webhook(receiver: WebhookReceiver) -> None:
    send(f"webhook+http://наблюдатель:пароль@{receiver.address}/")
    assert receiver.requests[0].headers["authorization"].startswith("Basic ")


@pytest.fixture(autouse=True)
def _no_certificates_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
