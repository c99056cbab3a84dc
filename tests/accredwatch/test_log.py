from __future__ import annotations

import io
import json
import logging
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import structlog
from pydantic import SecretStr

from accredwatch.config import load
from accredwatch.log import LoggingSettings, secrets_of, set_up
from foundation.redaction import Redactor


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def json_log(redact: Redactor | None = None, *, verbosity: int = 0, level: str = "info") -> io.StringIO:
    stream = io.StringIO()
    settings = LoggingSettings.model_validate({"level": level, "format": "json"})
    set_up(settings, redact or Redactor(), verbosity=verbosity, stream=stream)
    return stream


def test_our_lines_and_the_libraries_join() -> None:
    stream = json_log()

    structlog.get_logger("crawler.crawl").info("crawl_finished", source="kazinform", fetched=3)
    logging.getLogger("scrapy.core").warning("Spider %s is odd", "x")

    ours, theirs = lines(stream)
    assert (ours["event"], ours["source"], ours["fetched"], ours["level"]) == ("crawl_finished", "kazinform", 3, "info")
    assert (theirs["event"], theirs["logger"], theirs["level"]) == ("Spider x is odd", "scrapy.core", "warning")


def test_libraries_are_quieter_than_we_are() -> None:
    stream = json_log()

    logging.getLogger("scrapy.core").info("chatter")
    structlog.get_logger("x").debug("detail")

    assert lines(stream) == []


@pytest.mark.parametrize(
    ("verbosity", "seen"), [(-1, ["warning"]), (0, ["info", "warning"]), (1, ["debug", "info", "warning"])]
)
def test_verbosity_moves_the_level(verbosity: int, seen: list[str]) -> None:
    stream = json_log(verbosity=verbosity)

    for level in ("debug", "info", "warning"):
        getattr(structlog.get_logger("x"), level)("event")

    assert [line["level"] for line in lines(stream)] == seen


def test_the_console_form_is_for_people() -> None:
    stream = io.StringIO()
    set_up(LoggingSettings(format="console"), Redactor(), stream=stream)

    structlog.get_logger("x").info("crawl_finished", source="kazinform")

    assert "crawl_finished" in stream.getvalue()
    assert "source=kazinform" in stream.getvalue()


CANARIES = {
    "postgresql+psycopg://watch:c%40nary-1@db/facts": ["c%40nary-1", "c@nary-1"],
    "tgram://123456789:canary-two/4711canary": ["canary-two", "4711canary", "123456789:canary-two"],
    "mailto://user:canary three@mail.example": ["canary three", "canary%20three"],
    "json://hooks.example/services/canaryfour?token=canaryfive": ["canaryfour", "canaryfive"],
    "webhook+https://hooks.example/in#whsec_canaryseven": ["whsec_canaryseven"],
    "ntfy://tk_canaryeight@ntfy.example/topic": ["tk_canaryeight"],
    'plain "canary" six': ['plain "canary" six'],
}


@pytest.mark.parametrize("form", ["json", "console"])
@pytest.mark.parametrize("secret", CANARIES)
def test_no_form_of_a_secret_is_logged(secret: str, form: str) -> None:
    stream = io.StringIO()
    settings = LoggingSettings.model_validate({"level": "debug", "format": form})
    set_up(settings, Redactor([secret]), stream=stream)
    log = structlog.get_logger("x")

    for canary in (secret, *CANARIES[secret]):
        log.warning("event", where=f"said {canary} here")
        log.warning(f"event {canary}", nested={"deep": [canary]})
        logging.getLogger("apprise").warning("sent to %s", canary)
        try:
            int(canary)
        except ValueError:
            log.exception("failed")

    written = stream.getvalue()
    assert "***" in written
    for canary in (secret, *CANARIES[secret]):
        assert canary not in written
        assert json.dumps(canary)[1:-1] not in written


def test_passwords_in_unknown_urls_are_masked() -> None:
    redact = Redactor()

    assert (
        redact("at https://user:hush@host/x and postgresql://a:b@c")
        == "at https://user:***@host/x and postgresql://a:***@c"
    )
    assert redact("12:30 and https://host:80/a@b are kept") == "12:30 and https://host:80/a@b are kept"


def test_hosts_and_paths_of_files_are_no_secrets() -> None:
    redact = Redactor(["sqlite:////data/accredwatch/facts.sqlite3", "json://hooks.example:8080/canary-canary"])

    assert redact("opened /data/accredwatch/facts.sqlite3, asked hooks.example:8080") == (
        "opened /data/accredwatch/facts.sqlite3, asked hooks.example:8080"
    )


def test_all_secrets_of_the_settings_are_found(write_config: Callable[[str], Path]) -> None:
    path = write_config(
        '[[channel]]\nname = "a"\nurl = "json://one.example"\n[[channel]]\nname = "b"\nurl = "json://two.example"\n'
    )

    assert secrets_of(load(path)) >= {"json://one.example", "json://two.example"}
    assert secrets_of(SecretStr("x")) == {"x"}


STEERING = "said \x1b[31mred\x9b2J\r\n2026 [error] forged\u202e\u2028 \x00 end"


@pytest.mark.parametrize("form", ["json", "console"])
def test_words_of_a_page_steer_no_terminal_and_make_up_no_line(form: str) -> None:
    stream = io.StringIO()
    set_up(LoggingSettings.model_validate({"format": form}), Redactor(), stream=stream)

    structlog.get_logger("x").warning("event", words=STEERING, nested=[{"deep": STEERING}])
    logging.getLogger("scrapy").warning("of a library: %s", STEERING)

    written = stream.getvalue()
    assert len(written.splitlines()) == 2
    assert not set(written) & set("\x1b\x9b\r\u202e\u2028\x00")
    assert "forged" in written


def test_what_ends_a_thread_is_logged_without_secrets() -> None:
    stream = io.StringIO()
    set_up(LoggingSettings(format="json"), Redactor(["json://hooks.example/canary-canary"]), stream=stream)

    thread = threading.Thread(target=lambda: int("https://hooks.example/canary-canary"), name="send")
    thread.start()
    thread.join()

    [line] = lines(stream)
    assert (line["event"], line["thread"], line["level"]) == ("thread_broke", "send", "error")
    assert "invalid literal" in str(line["exception"])
    assert "canary" not in stream.getvalue()
