"""The schema of config.toml says what the program says: good files pass, wrong ones are marked at the right place."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from accredwatch.cli import main
from accredwatch.config import Settings, load
from foundation.errors import ConfigError

ROOT = Path(__file__).resolve().parents[2]
SOURCE = '[[source]]\nkey = "paper"\nname = "Paper"\nhosts = ["paper.example"]\narticle_urls = ["/(?P<id>[0-9]+)$"]\n'
CHANNEL = '[[channel]]\nname = "team"\nurl = "json://hooks.example/"\n'


@pytest.fixture
def schema(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert main(["config", "schema"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert isinstance(made, dict)
    return made


def test_the_packaged_configuration_is_valid(schema: dict[str, Any]) -> None:
    packaged = tomllib.loads((ROOT / "config.toml").read_text(encoding="utf-8"))
    jsonschema_rs.meta.validate(schema)
    assert [error.message for error in jsonschema_rs.validator_for(schema).iter_errors(packaged)] == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[crawler]\ntimeout = "soon"\n', ["crawler", "timeout"]),
        ("[crawler]\ntimeout = 30\n", ["crawler", "timeout"]),
        ("[crawler]\nworkers = 0\n", ["crawler", "workers"]),
        ('[crawler]\nrevisit = ["1h", "later"]\n', ["crawler", "revisit", 1]),
        ('[crawler]\ncontcat = "x"\n', ["crawler"]),
        ("[loging]\n", []),
        ('[logging]\nlevel = "inf"\n', ["logging", "level"]),
        ('[web]\nport = "eighty"\n', ["web", "port"]),
        (f'{CHANNEL}kinds = ["new_totl"]\n', ["channel", 0, "kinds", 0]),
        (f"{CHANNEL}url = 5\n".replace('url = "json://hooks.example/"\n', ""), ["channel", 0, "url"]),
        ('[[channel]]\nurl = "json://hooks.example/"\n', ["channel", 0]),
        (SOURCE.replace("paper.example", "paper").replace('hosts = ["paper"]\n', ""), ["source", 0]),
        (f'{SOURCE}feeds = [{{ url = "u", language = "de" }}]\n', ["source", 0, "feeds", 0, "language"]),
    ],
)
def test_what_the_program_refuses_the_schema_marks(
    schema: dict[str, Any], text: str, place: list[str | int], tmp_path: Path
) -> None:
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError):
        load(tmp_path / "config.toml")
    errors = list(jsonschema_rs.validator_for(schema).iter_errors(tomllib.loads(text)))
    assert [list(error.instance_path) for error in errors] == [place]


@pytest.mark.parametrize("text", ["", SOURCE, CHANNEL, '[[channel]]\nname = "secret-elsewhere"\n'])
def test_what_the_program_takes_the_schema_passes(schema: dict[str, Any], text: str) -> None:
    assert jsonschema_rs.validator_for(schema).is_valid(tomllib.loads(text))


def test_keys_are_explained_and_durations_and_secrets_written_as_in_the_file(schema: dict[str, Any]) -> None:
    crawler = schema["$defs"]["CrawlerSettings"]["properties"]
    assert crawler["timeout"]["default"] == "30s"
    assert crawler["timeout"]["description"].startswith("Of one request, from connecting to the last byte. A duration")
    assert crawler["revisit"]["default"] == ["1h", "6h", "1d", "3d"]
    assert schema["$defs"]["DatabaseSettings"]["properties"]["url"]["default"] == "sqlite:///var/accredwatch.sqlite3"
    assert (
        "ACCREDWATCH_MONITORING__PING_URL"
        in schema["$defs"]["MonitoringSettings"]["properties"]["ping_url"]["description"]
    )
    assert "ACCREDWATCH_CHANNEL_<NAME>_URL" in schema["$defs"]["Channel"]["properties"]["url"]["description"]
    assert set(schema["properties"]) == set(Settings.model_fields)
