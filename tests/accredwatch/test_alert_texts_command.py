"""`accredwatch alerts preview` and `alerts templates`, and what `config check` and `doctor` say of templates."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from accredwatch.cli import main
from storage.recording import record
from tests.alerts.desk import a_total
from tests.databases import opened

Capture = pytest.CaptureFixture[str]
CONFIG = """
[database]
url = "{url}"

[alerts]
templates = "{templates}"

[[source]]
key = "kazinform"
name = "Kazinform"
hosts = ["www.inform.kz"]
article_urls = ['/(?P<id>\\d+)']

[[channel]]
name = "desk"
url = "json://localhost"
language = "ru"

[[channel]]
name = "phone"
url = "twilio://AC1234567890123456789012345678901234:token@15551234567/15557654321"
language = "kk"

[[channel]]
name = "hook"
url = "webhook+http://127.0.0.1:9/hook"

[[channel]]
name = "operators"
url = "json://localhost"
audience = "operators"
"""


@pytest.fixture
def config(sqlite_url: str, write_config: Callable[[str], Path]) -> str:
    return str(write_config(CONFIG.format(url=sqlite_url, templates="")))


@pytest.fixture
def edited(sqlite_url: str, write_config: Callable[[str], Path], tmp_path: Path) -> str:
    (tmp_path / "texts" / "ru").mkdir(parents=True)
    (tmp_path / "texts" / "ru" / "new_total.txt.j2").write_text("{{ change.figur }}", encoding="utf-8")
    return str(write_config(CONFIG.format(url=sqlite_url, templates="texts")))


def ran(capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    output = capsys.readouterr()
    return code, output.out, output.err


def shown(capsys: Capture, config: str, *arguments: str) -> list[dict[str, Any]]:
    code, out, err = ran(capsys, "--config", config, "alerts", "preview", "--json", *arguments)
    assert (code, err) == (0, "")
    return [json.loads(line) for line in out.splitlines()]


def test_an_example_of_every_kind_that_a_channel_gets(config: str, capsys: Capture) -> None:
    kinds = [one["kind"] for one in shown(capsys, config, "--channel", "desk")]
    assert kinds == [
        *("new_total", "new_batch", "new_part", "withdrawn", "corrected", "completed", "conflict", "settled"),
    ]
    assert "recovered" in [one["kind"] for one in shown(capsys, config, "--channel", "operators")]
    assert len(shown(capsys, config)) == 10


def test_lengths_against_limits(config: str, capsys: Capture) -> None:
    (phone,) = shown(capsys, config, "--channel", "phone", "--kind", "new_total")
    assert phone["title"] == "ҚР, 19.03.2023: 793 бақылаушы аккредиттелді (+54)"
    assert (phone["language"], phone["text"], phone["limit"]) == ("kk", "Есеп 17", 70)
    assert phone["length"] == len(phone["title"]) + 2 + len(phone["text"])
    (desk,) = shown(capsys, config, "--channel", "desk", "--language", "en", "--digest")
    assert (desk["kind"], desk["limit"], desk["title_limit"]) == ("digest", None, 70)
    assert [one["kind"] for one in desk["fields"]["alerts"]] == ["new_total", "new_total", "conflict"]
    assert len({one["key"] for one in desk["fields"]["alerts"]}) == 3


def test_people_see_title_text_and_of_a_webhook_its_json(config: str, capsys: Capture) -> None:
    code, out, _ = ran(capsys, "--config", config, "alerts", "preview", "--channel", "hook", "--kind", "withdrawn")
    assert code == 0
    rule, title, _, *rest = out.splitlines()
    assert "withdrawn: title 36 of 70, text " in rule
    assert title == "KZ 2023-03-19: 5 observers withdrawn"
    sent = json.loads(rest[-1])
    assert (sent["title"], sent["kind"]) == (title, "withdrawn")
    _, plain, _ = ran(capsys, "--config", config, "alerts", "preview", "--kind", "withdrawn")
    assert "{" not in plain


def test_a_change_on_record(config: str, sqlite_url: str, capsys: Capture) -> None:
    database = opened(sqlite_url)
    article, report = a_total(793)
    with database.write() as session:
        made = record(session, article, report, fetched_at=datetime.now(UTC), found_via="test", subscriptions=())
    database.close()
    assert made.changes
    capsys.readouterr()
    (one,) = shown(capsys, config, "--change", "1", "--channel", "desk")
    assert one["title"] == "РК, 19.03.2023: аккредитовано 793 наблюдателя"
    assert one["fields"]["change_id"] == 1
    code, _, err = ran(capsys, "--config", config, "alerts", "preview", "--change", "2")
    assert (code, "no change has the id 2" in err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--kind", "new_totel"], "did you mean new_total"),
        (["--language", "kz"], "--language kz: no such language"),
        (["--channel", "desc"], "did you mean desk"),
        (["--kind", "new_total", "--digest"], "give one of them"),
    ],
)
def test_what_is_not_known(arguments: list[str], complaint: str, config: str, capsys: Capture) -> None:
    code, _, err = ran(capsys, "--config", config, "alerts", "preview", *arguments)
    assert code == 2
    assert complaint in err


def test_a_template_that_fails_is_shown_checked_and_examined(edited: str, tmp_path: Path, capsys: Capture) -> None:
    place = f"{tmp_path / 'texts' / 'ru' / 'new_total.txt.j2'}, line 1: UndefinedError"
    code, out, err = ran(capsys, "--config", edited, "alerts", "preview", "--channel", "desk", "--kind", "new_total")
    assert code == 1
    assert place in err
    assert "аккредитовано 793 наблюдателя" in out
    code, _, err = ran(capsys, "--config", edited, "config", "check")
    assert code == 2
    assert place in err
    code, out, _ = ran(capsys, "--config", edited, "doctor", "--offline", "--json")
    found = [one for one in map(json.loads, out.splitlines()) if one["check"] == "templates"]
    assert [(one["state"], one["said"].startswith(place)) for one in found] == [("failed", True)]


def test_copied_templates_are_in_order(edited: str, tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "texts"
    (folder / "ru" / "new_total.txt.j2").unlink()
    code, out, _ = ran(capsys, "alerts", "templates", str(folder))
    assert (code, "48 templates" in out) == (0, True)
    assert ran(capsys, "--config", edited, "config", "check")[0] == 0
    code, _, err = ran(capsys, "alerts", "templates", str(folder))
    assert (code, "is there already" in err) == (2, True)
