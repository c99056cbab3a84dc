from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from accredwatch.config import load
from foundation.errors import ConfigError

Write = Callable[[str], Path]

SOURCE = '[[source]]\nkey = "paper"\nname = "Paper"\nhosts = ["paper.example"]\narticle_urls = ["/(?P<id>[0-9]+)$"]\n'
CHANNEL = '[[channel]]\nname = "team"\n'


def problems(path: Path) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(path)
    return str(caught.value).splitlines()


def test_an_empty_file_gives_the_defaults(write_config: Write) -> None:
    settings = load(write_config(""))

    assert settings.source == ()
    assert settings.scheduler.tick == timedelta(seconds=5)
    assert settings.logging.level == "info"


def test_the_file_that_comes_with_the_project_is_valid_and_knows_the_three_outlets(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)

    settings = load()

    assert {source.key for source in settings.source} == {"kazinform", "astana_times", "qazaq_tv"}


def test_a_sqlite_file_is_relative_to_the_configuration(write_config: Write, tmp_path: Path) -> None:
    settings = load(write_config('[database]\nurl = "sqlite:///data/facts.sqlite3"'))

    assert settings.database.url.get_secret_value() == f"sqlite:///{tmp_path / 'data' / 'facts.sqlite3'}"


def test_the_file_is_found_by_argument_then_environment_then_folder(
    write_config: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {}
    for name in ("argument", "environment", "folder"):
        (tmp_path / name).mkdir()
        files[name] = tmp_path / name / "config.toml"
        files[name].write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "folder")
    assert load().path == files["folder"]

    monkeypatch.setenv("ACCREDWATCH_CONFIG", str(files["environment"]))
    assert load().path == files["environment"]
    assert load(files["argument"]).path == files["argument"]


def test_a_file_that_was_asked_for_and_is_not_there_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert problems(tmp_path / "no.toml") == [
        f"{tmp_path / 'no.toml'}: no such configuration file; check --config and $ACCREDWATCH_CONFIG"
    ]
    monkeypatch.setenv("ACCREDWATCH_CONFIG", str(tmp_path / "other.toml"))
    with pytest.raises(ConfigError, match=r"other\.toml"):
        load()


def test_the_environment_wins_over_the_file(write_config: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCREDWATCH_CRAWLER__WORKERS", "3")
    monkeypatch.setenv("ACCREDWATCH_DATABASE__URL", "postgresql+psycopg://watch:hush@db/facts")

    settings = load(write_config("[crawler]\nworkers = 2\nmax_bytes = 20_000\n"))

    assert (settings.crawler.workers, settings.crawler.max_bytes) == (3, 20_000)
    assert settings.database.url.get_secret_value() == "postgresql+psycopg://watch:hush@db/facts"


def test_secrets_come_from_files(write_config: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "db").write_text("postgresql+psycopg://watch:hush@db/facts\n", encoding="utf-8")
    (tmp_path / "team").write_text("json://hooks.example/team\n", encoding="utf-8")
    monkeypatch.setenv("ACCREDWATCH_DATABASE__URL_FILE", str(tmp_path / "db"))
    monkeypatch.setenv("ACCREDWATCH_CHANNEL_TEAM_URL_FILE", str(tmp_path / "team"))

    settings = load(write_config(CHANNEL))

    assert settings.database.url.get_secret_value() == "postgresql+psycopg://watch:hush@db/facts"
    assert settings.channel[0].url.get_secret_value() == "json://hooks.example/team"


def test_a_channels_url_comes_from_the_environment(write_config: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCREDWATCH_CHANNEL_TEAM_URL", "json://hooks.example/team")

    assert load(write_config(CHANNEL)).channel[0].url.get_secret_value() == "json://hooks.example/team"


def test_a_secret_file_that_is_not_there_is_named(write_config: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCREDWATCH_DATABASE__URL_FILE", "/nowhere/db")

    [problem] = problems(write_config(""))

    assert problem.startswith("environment: ACCREDWATCH_DATABASE__URL_FILE: cannot read /nowhere/db")


def test_every_problem_is_told_at_once_with_its_line_and_a_remedy(write_config: Write) -> None:
    path = write_config(
        '[crawler]\ncontcat = "x"\nworkers = 0\ntimeout = "soon"\n[logging]\nlevel = "inf"\n'
        + SOURCE
        + 'interval = 5\nfeeds = [\n  { url = "u", language = "de" },\n]\n'
        + CHANNEL
    )

    found = problems(path)

    variable = "ACCREDWATCH_CHANNEL_TEAM_URL"
    assert found == [
        f"{path}:2: crawler.contcat: unknown key; did you mean contact?",
        f"{path}:3: crawler.workers: must be greater than or equal to 1, is 0",
        f"{path}:4: crawler.timeout: 'soon' is no duration: write a number and a unit, as in 90s, 10m, 2h, 1d12h or 2w",
        f"{path}:6: logging.level: must be one of debug, info, warning, error, is 'inf'",
        f"{path}:12: source[1].interval: 5 has no unit: write it in quotes, as in 90s, 10m, 2h, 1d12h or 2w",
        f"{path}:14: source[1].feeds[1].language: must be one of en, ru, kk, is 'de'",
        f"{path}:16: channel[1].url: is missing; add it, or set {variable} or {variable}_FILE",
    ]


def test_an_unknown_table_is_named_with_the_nearest(write_config: Write) -> None:
    [problem] = problems(write_config("\n[databasse]\nurl = 1"))

    assert problem.endswith("config.toml:2: databasse: unknown key; did you mean database?")


def test_a_table_written_as_a_value_is_told_so(write_config: Write) -> None:
    found = problems(write_config("crawler = 3\nsource = 4\n"))

    assert found[0].endswith("config.toml:1: crawler: must be a table, is 3")
    assert "config.toml:2: source: must be" in found[1]


@pytest.mark.parametrize(("row", "place"), [(SOURCE + SOURCE, "7: source.key"), (CHANNEL * 2, "4: channel.name")])
def test_two_of_the_same_name_are_refused(write_config: Write, row: str, place: str) -> None:
    found = problems(write_config(row))

    assert any(f"config.toml:{place}: another" in problem for problem in found)


def test_problems_of_the_environment_name_the_variable(write_config: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCREDWATCH_CRAWLER__WORKERS", "many")
    monkeypatch.setenv("ACCREDWATCH_SCHEDULER__TIKC", "5s")
    monkeypatch.setenv("ACCREDWATCH_DATABSE__URL", "x")
    monkeypatch.setenv("ACCREDWATCH_CHANNEL_TAEM_URL", "x")

    found = problems(write_config(CHANNEL + 'url = "json://hooks.example/"'))

    assert [problem.split(": ")[1] for problem in found] == [
        "ACCREDWATCH_CHANNEL_TAEM_URL",
        "ACCREDWATCH_CRAWLER__WORKERS",
        "ACCREDWATCH_DATABSE__URL",
        "ACCREDWATCH_SCHEDULER__TIKC",
    ]
    assert "did you mean ACCREDWATCH_CHANNEL_TEAM_URL" in found[0]
    assert "did you mean tick?" in found[3]


def test_a_variable_with_broken_json_is_named(write_config: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCREDWATCH_SOURCE", "[not json")

    [problem] = problems(write_config(""))

    assert "source" in problem
    assert "JSON" in problem


@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        ("nonsense", "cannot be read as a URL"),
        ("mysql://db/facts", "'mysql', which is not supported"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
    ],
)
def test_database_urls_that_cannot_work_are_refused(write_config: Write, url: str, wrong: str) -> None:
    [problem] = problems(write_config(f'[database]\nurl = "{url}"'))

    assert "config.toml:2: database.url " in problem
    assert wrong in problem


def test_no_secret_is_in_a_complaint(write_config: Write) -> None:
    found = problems(
        write_config(CHANNEL + 'url = ["json://canary@hooks.example/"]\n[database]\nurl = { a = "canary" }')
    )

    assert len(found) == 2
    assert "canary" not in "".join(found)


@pytest.mark.parametrize("variable", ["ACCREDWATCH_DATABASE__URL_FILE", "ACCREDWATCH_CHANNEL_TEAM_URL_FILE"])
def test_a_url_where_a_file_is_expected_is_not_repeated(
    write_config: Write, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, "json://user:canary@hooks.example/")

    found = problems(write_config(CHANNEL))

    assert any(f"give it to {variable.removesuffix('_FILE')}" in problem for problem in found)
    assert "canary" not in "".join(found)


def test_a_url_in_the_wrong_place_shows_no_password(write_config: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCREDWATCH_CRAWLER__WORKERS", "json://user:canary@hooks.example/")

    [problem] = problems(write_config(""))

    assert "json://user:***@hooks.example/" in problem


@pytest.mark.parametrize(("content", "said"), [(b"a = \n", "no valid TOML"), (b"\xff\xfe\x00", "is not UTF-8")])
def test_a_file_that_is_no_toml_is_named(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(content)

    [problem] = problems(path)

    assert problem.startswith(f"{path}: ")
    assert said in problem
