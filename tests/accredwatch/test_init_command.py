"""`accredwatch init`: what it writes can be used at once, holds no secret in the open, and replaces nothing unasked."""

from __future__ import annotations

import os
import pty
import select
import stat
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from accredwatch.cli import main
from accredwatch.config import load
from foundation.errors import ConfigError

ROOT = Path(__file__).resolve().parents[2]
Capture = pytest.CaptureFixture[str]

URL = "json://canary:secret@hooks.example/team"


def init(folder: Path, *options: str) -> int:
    return main(["init", str(folder), "--yes", *options])


def everything(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_without_options_it_is_the_packaged_configuration(tmp_path: Path, capsys: Capture) -> None:
    assert init(tmp_path / "watch") == 0

    said = capsys.readouterr().out
    assert "doctor" in said
    assert "crawler.contact is empty" in said
    settings = load(tmp_path / "watch" / "config.toml")
    plain = load(ROOT / "config.toml")
    assert settings.source == plain.source
    assert settings.enabled_sources == plain.enabled_sources
    assert settings.base == tmp_path / "watch"
    assert everything(tmp_path / "watch") == {"config.toml", "config.schema.json", "accredwatch.env"}


def test_what_is_written_is_in_order_and_works_by_itself(tmp_path: Path, capsys: Capture) -> None:
    options = ["--contact", "me@example.org", "--database", "facts.sqlite3", "--source", "astana_times"]
    assert init(tmp_path, *options, "--channel-url", URL, "--time-zone", "Europe/Vienna", "--web") == 0
    capsys.readouterr()

    file = tmp_path / "config.toml"
    assert main(["--config", str(file), "config", "check"]) == 0
    assert "channels  desk" in capsys.readouterr().out
    settings = load(file)
    assert settings.crawler.contact == "me@example.org"
    assert settings.database.url.get_secret_value() == f"sqlite:///{tmp_path / 'facts.sqlite3'}"
    assert [source.key for source in settings.enabled_sources] == ["astana_times"]
    (channel,) = settings.channel
    assert (channel.name, channel.url.get_secret_value(), channel.time_zone) == ("desk", URL, "Europe/Vienna")
    assert settings.web.login
    assert settings.web.time_zone == "Europe/Vienna"


def test_comments_are_kept_and_editors_are_shown_the_schema(tmp_path: Path) -> None:
    init(tmp_path, "--contact", "https://example.org/bot")

    first, *lines = (tmp_path / "config.toml").read_text(encoding="utf-8").splitlines()
    packaged = (ROOT / "config.toml").read_text(encoding="utf-8").splitlines()
    assert first == "#:schema ./config.schema.json"
    assert (tmp_path / first.split()[1]).is_file()
    assert [line for line in packaged if line.startswith("# ")][-1] in lines
    changed = [new for old, new in zip(packaged, lines, strict=True) if old != new]
    assert changed == ['contact = "https://example.org/bot"', 'time_zone = "Asia/Almaty"']


def test_secrets_stand_in_files_of_their_owner_alone(tmp_path: Path, capsys: Capture) -> None:
    database = "postgresql://watch:canary@db.example/facts"
    assert init(tmp_path, "--database", database, "--channel-url", URL, "--web") == 0

    captured = capsys.readouterr()
    token = (tmp_path / "secrets" / "web-token").read_text().strip()
    open_files = [tmp_path / name for name in ("config.toml", "accredwatch.env", "config.schema.json")]
    shown = captured.out + captured.err + "".join(file.read_text(encoding="utf-8") for file in open_files)
    assert "canary" not in shown
    assert token not in shown
    assert tomllib.loads(open_files[0].read_text())["database"]["url"] == "postgresql://watch@db.example/facts"
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700
    secrets = list((tmp_path / "secrets").iterdir())
    assert {stat.S_IMODE(file.stat().st_mode) for file in secrets} == {0o600}
    assert len(secrets) == 3
    settings = load(tmp_path / "config.toml")
    assert settings.database.url.get_secret_value() == "postgresql+psycopg://watch:canary@db.example/facts"
    assert settings.web.token.get_secret_value() == token


def test_what_is_there_is_not_overwritten_unless_told_so(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "config.toml").write_text("# mine\n", encoding="utf-8")

    assert init(tmp_path, "--channel-url", URL) == 2

    assert "--force" in capsys.readouterr().err
    assert everything(tmp_path) == {"config.toml"}
    assert (tmp_path / "config.toml").read_text() == "# mine\n"
    assert init(tmp_path, "--channel-url", URL, "--force") == 0
    assert load(tmp_path / "config.toml").channel[0].name == "desk"
    assert init(tmp_path, "--channel-url", "json://localhost/", "--force") == 0
    assert load(tmp_path / "config.toml").channel[0].url.get_secret_value() == "json://localhost/"


def test_a_secret_that_is_there_is_not_overwritten_either(tmp_path: Path, capsys: Capture) -> None:
    secret = tmp_path / "secrets" / "channel-desk-url"
    secret.parent.mkdir()
    secret.write_text("mine")

    assert init(tmp_path, "--channel-url", URL) == 2

    assert f"{secret} exists already" in capsys.readouterr().err
    assert everything(tmp_path) == {"secrets/channel-desk-url"}
    assert secret.read_text() == "mine"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--source", "kazinfrom"], "did you mean kazinform"),
        (["--contact", "nobody"], "--contact nobody: write a mail address"),
        (["--time-zone", "Almaty"], "--time-zone Almaty: is no time zone"),
        (["--database", "mysql://canary@db/x"], "is not supported"),
        (["--channel-url", "nosuch://canary/canary"], "no service has a URL of this kind"),
        (["--channel-url", ""], ""),
    ],
)
def test_what_cannot_be_used_is_refused_before_anything_is_written(
    tmp_path: Path, options: list[str], said: str, capsys: Capture
) -> None:
    assert init(tmp_path / "watch", *options) == (2 if said else 0)

    err = capsys.readouterr().err
    assert said in err
    assert "canary" not in err
    assert (tmp_path / "watch").exists() == (not said)


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "config.schema.json").mkdir()
    (tmp_path / "config.schema.json" / "x").touch()
    (tmp_path / "accredwatch.env").write_text("# mine\n", encoding="utf-8")
    (tmp_path / "secrets").write_text("no folder", encoding="utf-8")

    assert init(tmp_path, "--channel-url", URL, "--force") == 2

    assert "cannot be written" in capsys.readouterr().err
    assert (tmp_path / "accredwatch.env").read_text() == "# mine\n"
    assert everything(tmp_path) == {"config.schema.json/x", "accredwatch.env", "secrets"}


def test_without_a_terminal_it_says_how_to_do_without_questions(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "empty").open("w+") as empty:
        monkeypatch.setattr(sys, "stdin", empty)
        assert main(["init", str(tmp_path / "watch")]) == 2

    assert "--yes" in capsys.readouterr().err
    assert not (tmp_path / "watch").exists()


class Terminal:
    """`accredwatch init` on a terminal of its own."""

    def __init__(self, folder: Path) -> None:
        self.master, slave = pty.openpty()
        environment = {**os.environ, "TERM": "dumb", "COLUMNS": "200", "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "accredwatch", "init", str(folder)],
            stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True,
        )  # fmt: skip
        os.close(slave)
        self.said = ""
        self._seen = 0

    def until(self, words: str) -> None:
        """Read on until the words have come; fails after half a minute or at the end."""
        while (place := self.said.find(words, self._seen)) < 0:
            assert select.select([self.master], [], [], 30)[0], self.said
            try:
                self.said += os.read(self.master, 4096).decode()
            except OSError:
                raise AssertionError(f"ended before {words!r}: {self.said}") from None
        self._seen = place + len(words)

    def answer(self, question: str, answer: str) -> None:
        self.until(question)
        os.write(self.master, f"{answer}\n".encode())

    def end(self) -> int:
        try:
            while os.read(self.master, 4096):
                pass
        except OSError:
            pass
        os.close(self.master)
        return self.process.wait(30)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    opened = Terminal(tmp_path / "watch")
    yield opened
    opened.process.kill()
    opened.process.wait()


def test_asking(tmp_path: Path, terminal: Terminal) -> None:
    terminal.answer("mail address", "nobody")
    terminal.until("write a mail address")
    terminal.answer("mail address", "me@example.org")
    terminal.answer("Database", "")
    terminal.answer("Its file", "")
    terminal.answer("Crawl Kazinform", "n")
    terminal.answer("Crawl The Astana Times", "")
    terminal.answer("Crawl Qazaq TV", "n")
    terminal.answer("Where alerts go", "mail")
    terminal.answer("Mail server", "mail.example")
    terminal.answer("Its user", "me")
    terminal.answer("Password", "canary/1")
    terminal.answer("Sender", "me@mail.example")
    terminal.answer("Recipient", "desk@mail.example")
    terminal.answer("Language", "")
    terminal.answer("Time zone", "Europe/Vienna")
    terminal.answer("token for the page", "n")
    terminal.until("How to go on")
    assert terminal.end() == 0

    settings = load(tmp_path / "watch" / "config.toml")
    assert [source.key for source in settings.enabled_sources] == ["astana_times"]
    url = "mailtos://me:canary%2F1@mail.example?from=me%40mail.example&to=desk%40mail.example"
    assert settings.channel[0].url.get_secret_value() == url
    assert "canary" not in terminal.said
    assert not settings.web.login


def test_an_interruption_leaves_nothing(tmp_path: Path, terminal: Terminal) -> None:
    terminal.answer("mail address", "me@example.org")
    terminal.until("Database")
    os.killpg(terminal.process.pid, 2)
    terminal.until("interrupted; nothing was written")
    assert terminal.end() == 130
    assert not (tmp_path / "watch").exists()


def test_variables_beside_the_configuration_yield_to_those_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.toml").write_text('[[channel]]\nname = "desk"\n', encoding="utf-8")
    beside = tmp_path / "accredwatch.env"
    beside.write_text(
        f'# ours\n\nexport OTHER=x\nACCREDWATCH_CHANNEL_DESK_URL="{URL}"\nACCREDWATCH_CRAWLER__WORKERS=2\n',
        encoding="utf-8",
    )
    settings = load(tmp_path / "config.toml")
    assert (settings.channel[0].url.get_secret_value(), settings.crawler.workers) == (URL, 2)

    monkeypatch.setenv("ACCREDWATCH_CRAWLER__WORKERS", "3")
    assert load(tmp_path / "config.toml").crawler.workers == 3

    beside.write_text("ACCREDWATCH_CHANNEL_DESK_URL\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"accredwatch\.env:1: is no NAME=VALUE"):
        load(tmp_path / "config.toml")
