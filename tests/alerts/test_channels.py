from __future__ import annotations

import base64
import hashlib
import hmac
import logging
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from pydantic import SecretStr

from alerts.channels import TimedSender, check_channel, open_channel
from alerts.message import Message
from alerts.settings import Channel
from foundation.errors import ConfigError, DeliveryError
from tests.alerts.receivers import CUT, HANG, RESET, Answer, MailServer, WebhookReceiver, unused_port

NOW = datetime(2023, 3, 13, 9, 0, tzinfo=UTC)
MESSAGE = Message(
    "KZ 2023-03-19: 793 observers accredited", "Body “793 бақылаушы”\nsecond line", "key-1", {"value": 793}
)
CANARY = "s3cretc4nary"


def channel(url: str) -> Channel:
    return Channel(name="test", url=SecretStr(url))


def send(url: str, timeout: float = 5, message: Message = MESSAGE) -> None:
    open_channel(channel(url), timeout).send(message, now=NOW)


def failure(url: str, timeout: float = 5) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        send(url, timeout)
    return caught.value


class TestWebhook:
    def test_posts_key_text_and_fields(self, receiver: WebhookReceiver) -> None:
        send(receiver.url)
        (request,) = receiver.requests
        assert request.path == "/hook"
        assert request.headers["content-type"] == "application/json"
        assert request.key == request.headers["webhook-id"] == "key-1"
        assert request.json == {"key": "key-1", "title": MESSAGE.title, "text": MESSAGE.body, "value": 793}
        assert "webhook-signature" not in request.headers

    def test_signs_with_the_secret_and_does_not_send_it(self, receiver: WebhookReceiver) -> None:
        secret = b"0123456789abcdef0123456789abcdef"
        send(f"{receiver.url}?a=b#whsec_{base64.b64encode(secret).decode()}")
        (request,) = receiver.requests
        assert request.path == "/hook?a=b"
        signed = f"key-1.{int(NOW.timestamp())}.".encode() + request.body
        expected = base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
        assert request.headers["webhook-signature"] == f"v1,{expected}"
        assert request.headers["webhook-timestamp"] == str(int(NOW.timestamp()))

    def test_user_and_password_are_sent_as_basic_authentication(self, receiver: WebhookReceiver) -> None:
        send(f"webhook+http://us%40er:p%3Aw@{receiver.address}/")
        assert receiver.requests[0].headers["authorization"] == "Basic " + base64.b64encode(b"us@er:p:w").decode()

    @pytest.mark.parametrize("status", [200, 201, 202, 204])
    def test_any_2xx_is_taken(self, receiver: WebhookReceiver, status: int) -> None:
        receiver.script.append(Answer(status))
        send(receiver.url)
        assert len(receiver.requests) == 1

    def test_a_body_cut_off_after_status_200_is_taken(self, receiver: WebhookReceiver) -> None:
        receiver.script.append(CUT)
        send(receiver.url)
        assert len(receiver.requests) == 1

    @pytest.mark.parametrize("status", [400, 413, 415, 422])
    def test_statuses_that_mean_the_message(self, receiver: WebhookReceiver, status: int) -> None:
        receiver.script.append(Answer(status))
        assert failure(receiver.url).permanent

    @pytest.mark.parametrize("status", [301, 401, 403, 404, 408, 410, 429, 500, 502, 503])
    def test_statuses_that_mean_the_channel(self, receiver: WebhookReceiver, status: int) -> None:
        receiver.script.append(Answer(status, {"Location": "/elsewhere"} if status == 301 else {}))
        error = failure(receiver.url)
        assert not error.permanent
        assert str(error) == f"channel test: the service answered HTTP {status}"
        assert len(receiver.requests) == 1

    @pytest.mark.parametrize(
        ("header", "seconds"),
        [
            ("120", 120),
            ("Mon, 13 Mar 2023 09:01:30 GMT", 90),
            ("Mon, 13 Mar 2023 08:00:00 GMT", 0),
            ("99999999999999", 86_400),
            ("soon", None),
            ("-5", None),
        ],
    )
    def test_retry_after(self, receiver: WebhookReceiver, header: str, seconds: float | None) -> None:
        receiver.script.append(Answer(429, {"Retry-After": header}))
        assert failure(receiver.url).retry_after == seconds

    def test_reset(self, receiver: WebhookReceiver) -> None:
        receiver.script.append(RESET)
        error = failure(receiver.url)
        assert not error.permanent
        assert str(error) == "channel test: the connection was closed"

    def test_refused(self) -> None:
        with unused_port() as port:
            assert str(failure(f"webhook+http://127.0.0.1:{port}/")) == "channel test: the connection was refused"

    def test_hang_ends_with_the_limit(self, receiver: WebhookReceiver) -> None:
        receiver.script.append(HANG)
        assert str(failure(receiver.url, timeout=0.1)) == "channel test: no answer came in time"

    def test_a_certificate_that_nobody_signed_is_refused(self, receiver: WebhookReceiver) -> None:
        assert not failure(f"webhook://{receiver.address}/").permanent
        assert receiver.requests == []


class TestAppriseHttp:
    def test_sends_title_and_text(self, receiver: WebhookReceiver) -> None:
        receiver.script.append(Answer(200))
        send(f"json://{receiver.address}/x")
        content = receiver.requests[0].json
        assert (content["title"], content["message"]) == (MESSAGE.title, MESSAGE.body)

    def test_status_and_retry_after_are_learnt(self, receiver: WebhookReceiver) -> None:
        receiver.script.append(Answer(429, {"Retry-After": "77"}))
        error = failure(f"json://{receiver.address}/x")
        assert error.retry_after == 77
        assert str(error) == "channel test: the service answered HTTP 429"
        assert len(receiver.requests) == 1

    @pytest.mark.parametrize(
        ("body", "seconds"),
        [
            (b'{"ok":false,"error_code":429,"parameters":{"retry_after":35}}', 35),
            (b'{"message":"You are being rate limited.","retry_after":1.336}', 2),
            (b'{"retry_after":"soon"}', None),
            (b'{"retry_after":-1}', None),
            (b'{"retry_after":NaN}', None),
            (b'[{"retry_after":1}]', None),
            (b"Too many", None),
            (b'{"retry_after":1}' + b" " * 20_000, None),
        ],
    )
    def test_retry_after_in_the_body(self, receiver: WebhookReceiver, body: bytes, seconds: float | None) -> None:
        receiver.script.append(Answer(429, body=body))
        assert failure(f"json://{receiver.address}/x").retry_after == seconds

    def test_retries_and_optional_of_the_url_do_not_count(self, receiver: WebhookReceiver) -> None:
        receiver.otherwise = lambda _: Answer(500)
        failure(f"json://{receiver.address}/x?retry=3&wait=0&optional=yes")
        assert len(receiver.requests) == 1

    @pytest.mark.parametrize(("status", "permanent"), [(400, False), (404, False), (413, True), (422, True)])
    def test_permanent(self, receiver: WebhookReceiver, status: int, permanent: bool) -> None:
        receiver.script.append(Answer(status))
        assert failure(f"json://{receiver.address}/x").permanent is permanent

    def test_refused(self) -> None:
        with unused_port() as port:
            assert str(failure(f"json://127.0.0.1:{port}/x")) == "channel test: the connection was refused"

    def test_hang_ends_with_the_limit(self, receiver: WebhookReceiver) -> None:
        receiver.script.append(HANG)
        assert str(failure(f"json://{receiver.address}/x", timeout=0.1)) == "channel test: no answer came in time"

    def test_page_text_stays_text(self, receiver: WebhookReceiver) -> None:
        send(f"json://{receiver.address}/x", message=Message("t", "a ‹b› \\n \\u0041 ${HOME} {{ 7 }}", "k"))
        assert receiver.requests[0].json["message"] == "a ‹b› \\n \\u0041 ${HOME} {{ 7 }}"


class TestMail:
    def test_sends_plain_text(self, mail: MailServer) -> None:
        send(mail.url)
        (envelope,) = mail.messages
        assert envelope.rcpt_tos == ["reader@example.org"]
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=default)
        assert message["Subject"] == MESSAGE.title
        part = message.get_body(("plain",))
        assert part is not None
        assert part.get_content().splitlines() == MESSAGE.body.splitlines()
        assert message.get_body(("html",)) is None

    @pytest.mark.parametrize(
        ("reply", "permanent"), [("451 4.3.0 Try later", False), ("452 full", False), ("552 5.3.4 Too big", True)]
    )
    def test_refused_message(self, mail: MailServer, reply: str, permanent: bool) -> None:
        mail.data.append(reply)
        error = failure(mail.url)
        assert str(error) == f"channel test: the mail server answered {reply}"
        assert error.permanent is permanent

    @pytest.mark.parametrize("reply", ["450 4.2.0 Greylisted", "550 5.1.1 No such user"])
    def test_refused_address_is_the_channels_fault(self, mail: MailServer, reply: str) -> None:
        mail.rcpt.append(reply)
        error = failure(mail.url)
        assert str(error) == f"channel test: the mail server answered {reply}"
        assert not error.permanent

    def test_refused_connection(self) -> None:
        with unused_port() as port:
            url = f"mailto://127.0.0.1:{port}?from=a@example.org&to=b@example.org&mode=insecure"
            assert str(failure(url)) == "channel test: the connection was refused"


class TestHanging:
    def test_a_second_attempt_waits_for_the_first(self, receiver: WebhookReceiver) -> None:
        class Stuck:
            def send(self, message: Message, *, now: datetime) -> None:
                receiver.let_go.wait()

        sender = TimedSender("test", Stuck(), 0.05)
        with pytest.raises(DeliveryError, match="no answer came in time"):
            sender.send(MESSAGE, now=NOW)
        with pytest.raises(DeliveryError, match="earlier attempt still hangs"):
            sender.send(MESSAGE, now=NOW)


class TestConfiguration:
    @pytest.mark.parametrize(
        ("url", "words"),
        [
            (f"nosuch://{CANARY}", "no service has a URL of this kind"),
            (f"{CANARY}", "no service has a URL of this kind"),
            (f"tgram://{CANARY}", "lacks a part that its service needs"),
            (f"mailto://u:{CANARY}@example.com?to=a@example.org,b@example.org", "2 targets"),
            (f"webhook+https:///{CANARY}", "HOST/PATH"),
            (f"webhook+https://h:{CANARY}/", "valid host and port"),
            (f"webhook+https://h:99999999/{CANARY}", "valid host and port"),
            (f"webhook+https://h/#{CANARY}!", "not base64"),
            (f"webhook+https://h/#{base64.b64encode(CANARY.encode()).decode()}", "shorter than 16 bytes"),
        ],
    )
    def test_names_the_channel_and_never_the_secret(
        self, url: str, words: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        with pytest.raises(ConfigError) as caught:
            check_channel(channel(url))
        assert "channel test" in str(caught.value)
        assert words in str(caught.value)
        assert CANARY not in str(caught.value)
        assert CANARY not in caplog.text

    @pytest.mark.parametrize(
        "url",
        [
            "mailto://u:p@example.com",
            "tgram://123456789:abcdefg_hijklmnop/12315544/",
            "discord://1234567890/abcdefgh",
            "webhook+https://hooks.example.org/x",
            "webhook://10.0.0.1/",
        ],
    )
    def test_good_urls(self, url: str) -> None:
        check_channel(channel(url))

    def test_no_secret_in_a_failure_or_a_log(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        with unused_port() as port:
            for url in (
                f"json://u:{CANARY}@127.0.0.1:{port}/{CANARY}?token={CANARY}",
                f"webhook+http://u:{CANARY}@127.0.0.1:{port}/{CANARY}",
                f"mailto://u:{CANARY}@127.0.0.1:{port}?from=a@example.org&to=b@example.org&mode=insecure",
            ):
                error = failure(url)
                assert CANARY not in str(error)
        assert CANARY not in caplog.text
