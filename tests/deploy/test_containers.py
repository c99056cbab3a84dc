"""The Dockerfile and the compose file hold together with the program: folders, commands, variables, ports, secrets."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from typer.core import TyperGroup

from accredwatch.cli.app import program
from accredwatch.config import load
from accredwatch.web.settings import WebSettings
from foundation.settings import parse_duration
from scheduler.settings import SchedulerSettings

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
OURS = {name: service for name, service in COMPOSE["services"].items() if service["image"] == "accredwatch"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
HOME = "/var/lib/accredwatch"


def instruction(name: str) -> list[str]:
    """What the Dockerfile gives to instructions of this name, in all stages."""
    joined = re.sub(r"\\\n\s*", "", DOCKERFILE)
    return re.findall(rf"^{name} (.*)$", joined, re.MULTILINE)


def parse(words: list[str]) -> None:
    """Read a command line without running it; raises what wrong usage raises."""
    group = program()
    context = group.make_context("accredwatch", list(words))
    name, command, rest = group.resolve_command(context, [*context._protected_args, *context.args])
    assert command is not None
    assert not isinstance(command, TyperGroup)
    command.make_context(name, rest, parent=context)


def test_the_image_is_made_of_every_package() -> None:
    copied = {word for line in instruction("COPY") if not line.startswith("--from") for word in line.split()[:-1]}
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}

    assert copied == allowed
    assert set(PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) <= copied
    assert {PROJECT["project"]["readme"], *PROJECT["project"]["license-files"]} <= copied


def test_the_image_runs_commands_that_there_are() -> None:
    assert instruction("ENTRYPOINT") == ['["accredwatch"]']
    parse(json.loads(instruction("CMD")[0]))
    (health,) = instruction("HEALTHCHECK")
    parse(json.loads(health.partition("CMD ")[2])[1:])


def test_the_image_runs_as_nobody_in_particular_in_its_folder() -> None:
    uid, _, gid = instruction("USER")[0].partition(":")

    assert uid == gid
    assert f"--uid {uid}" in DOCKERFILE
    assert instruction("WORKDIR")[-1] == instruction("VOLUME")[0] == HOME
    assert instruction("EXPOSE") == [str(WebSettings().port)]


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_every_service_is_confined(name: str) -> None:
    service = COMPOSE["services"][name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "/tmp" in service["tmpfs"]  # noqa: S108 - a folder of the container
    assert set(service["secrets"]) <= set(COMPOSE["secrets"])


@pytest.mark.parametrize("name", OURS)
def test_our_services_start_with_what_they_are_given(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = {"database_url": "postgresql://accredwatch:x@db/accredwatch", "web_token": "a token of some length"}
    for variable, value in OURS[name]["environment"].items():
        given = str(value)
        if variable.endswith("_FILE"):
            secret = given.removeprefix("/run/secrets/")
            assert secret in OURS[name]["secrets"]
            (tmp_path / secret).write_text(values[secret], encoding="utf-8")
            given = str(tmp_path / secret)
        monkeypatch.setenv(variable, given)

    settings = load(ROOT / "config.toml")

    parse(OURS[name]["command"])
    assert settings.database.url.get_secret_value().startswith("postgresql")
    assert f"./config.toml:{HOME}/config.toml:ro" in OURS[name]["volumes"]
    if name == "page":
        assert OURS[name]["ports"] == [f"127.0.0.1:{settings.web.port}:{settings.web.port}"]
        assert not settings.web.on_loopback


def test_the_daemon_has_time_to_stop() -> None:
    grace = parse_duration(OURS["daemon"]["stop_grace_period"])
    assert isinstance(grace, timedelta)
    assert grace > SchedulerSettings().stop_timeout


def test_the_health_check_of_the_page_is_a_program() -> None:
    *_, source = OURS["page"]["healthcheck"]["test"]

    assert str(WebSettings().port) in source
    compile(source, "healthcheck", "exec")


def test_the_database_is_that_of_the_secrets() -> None:
    database = COMPOSE["services"]["db"]
    operations = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    (url,) = re.findall(r"postgresql\+psycopg://(\w+):%s@(\w+)/(\w+)", operations)

    assert url == (database["environment"]["POSTGRES_USER"], "db", database["environment"]["POSTGRES_DB"])
    assert all(f"secrets/{name}" in operations for name in COMPOSE["secrets"])
    assert COMPOSE["networks"]["database"]["internal"] is True
    assert "ports" not in database
