"""The units hold together with the program, and systemd itself finds nothing wrong with them."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from accredwatch.cli.app import program
from accredwatch.cli.exits import Exit
from accredwatch.config import load
from foundation.settings import parse_duration
from scheduler.settings import SchedulerSettings

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "deploy" / "systemd"
SERVICES = sorted(FOLDER.glob("*.service"))
WATCHED = ("accredwatch.service", "accredwatch-web.service")
HIGHEST_EXPOSURE = 15
"""In systemd's tenths: 0 is nothing, 100 everything."""


def settings(name: str) -> dict[str, list[str]]:
    """The lines of a unit, as key -> values."""
    found: dict[str, list[str]] = {}
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        key, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found.setdefault(key, []).append(value)
    return found


def seconds(text: str) -> timedelta:
    value = parse_duration(text.removesuffix("in") if text.endswith("min") else f"{text}s")
    assert isinstance(value, timedelta)
    return value


@pytest.mark.parametrize("unit", SERVICES, ids=lambda path: path.name)
def test_it_runs_a_command_that_there_is(unit: Path) -> None:
    (line,) = settings(unit.name)["ExecStart"]
    command = re.search(r"/opt/accredwatch/bin/accredwatch ([a-z ]+)", line)
    assert command is not None
    group = program()
    for word in command.group(1).split():
        group = group.commands[word]  # type: ignore[assignment]  # the last one is no group


def test_the_daemon_has_time_to_stop_and_to_tick() -> None:
    unit, defaults = settings("accredwatch.service"), SchedulerSettings()

    assert seconds(unit["TimeoutStopSec"][0]) > defaults.stop_timeout
    assert seconds(unit["WatchdogSec"][0]) > 4 * defaults.tick
    assert unit["Type"] == ["notify"]


def test_a_worker_is_confined_and_stopped_as_the_daemon_is() -> None:
    daemon, worker = settings("accredwatch.service"), settings("accredwatch-worker.service")
    differ = {"Description", "ExecStart", "RestartPreventExitStatus"}

    assert {key for key in daemon | worker if daemon.get(key) != worker.get(key)} == differ
    assert worker["RestartPreventExitStatus"] == [f"{Exit.USAGE:d}"]


def test_what_no_new_start_mends_starts_nothing_anew() -> None:
    assert settings("accredwatch.service")["RestartPreventExitStatus"] == [f"{Exit.USAGE:d} {Exit.RUNNING:d}"]
    assert settings("accredwatch-web.service")["RestartPreventExitStatus"] == [f"{Exit.USAGE:d}"]


def test_both_services_are_hardened_alike() -> None:
    names = {"IPAddressDeny", "IPAddressAllow", "RestrictAddressFamilies"}
    daemon, page = ({key: values for key, values in settings(name).items() if key not in names} for name in WATCHED)
    first = list(daemon).index("CapabilityBoundingSet")
    hardened = dict(list(daemon.items())[first : list(daemon).index("WantedBy")])

    assert len(hardened) > 20
    assert {key: page.get(key) for key in hardened} == hardened


def test_the_secrets_are_those_that_the_program_asks_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = re.sub(
        r"^# (?=LoadCredential|Environment)", "", (FOLDER / "secrets.conf").read_text("utf-8"), flags=re.MULTILINE
    )
    given = dict(re.findall(r"^LoadCredential=([\w-]+):(\S+)$", text, re.MULTILINE))
    used = dict(re.findall(r"^Environment=(\w+)=%d/([\w-]+)$", text, re.MULTILINE))
    values = {
        "database-url": "postgresql://x@db/y",
        "web-token": "a token of some length",
        "desk-url": "json://a.example",
    }
    for variable, credential in used.items():
        (tmp_path / credential).write_text(values.get(credential, "https://ping.example/"), encoding="utf-8")
        monkeypatch.setenv(variable, str(tmp_path / credential))
    (tmp_path / "config.toml").write_text('[[channel]]\nname = "desk"\n', encoding="utf-8")

    assert given.keys() == set(used.values())
    assert all(path == f"/etc/accredwatch/secrets/{name}" for name, path in given.items())
    read = load(tmp_path / "config.toml")
    assert read.web.token.get_secret_value() == values["web-token"]
    assert read.channel[0].url.get_secret_value() == values["desk-url"]
    assert read.monitoring.ping_url.get_secret_value() == "https://ping.example/"


@pytest.fixture(scope="module")
def analyze(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., subprocess.CompletedProcess[str]]:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    folder = tmp_path_factory.mktemp("units")
    for path in FOLDER.glob("*.[st]*"):
        # The command has to be there; where it will be installed is not on this machine.
        text = path.read_text(encoding="utf-8").replace("/opt/accredwatch/bin/accredwatch", "/bin/true")
        (folder / path.name).write_text(text, encoding="utf-8")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [program, "--no-pager", *arguments]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)

    return run


def test_systemd_finds_nothing_wrong(analyze: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    names = [path.name for path in FOLDER.iterdir() if path.suffix in {".service", ".timer"}]
    done = analyze("verify", *(f"./{name}" for name in sorted(names)))

    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.mark.parametrize("name", WATCHED)
def test_systemd_finds_it_well_confined(analyze: Callable[..., subprocess.CompletedProcess[str]], name: str) -> None:
    done = analyze("security", "--offline=yes", f"--threshold={HIGHEST_EXPOSURE}", f"./{name}")

    assert done.returncode == 0, done.stdout + done.stderr
