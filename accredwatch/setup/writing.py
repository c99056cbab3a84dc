"""The files of a new set-up: written all together or not at all, secrets for their owner's eyes alone."""

from __future__ import annotations

import json
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from accredwatch.config import load
from accredwatch.config_schema import config_schema
from accredwatch.environment import BESIDE, PREFIX, channel_variable
from accredwatch.setup.answers import CHANNEL, Answers
from accredwatch.setup.config_text import SCHEMA_FILE, config_text
from foundation.errors import ConfigError

SECRETS = "secrets"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written."""

    folder: Path
    files: tuple[Path, ...]
    """Relative to the folder."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """A set-up to be written into a folder."""

    folder: Path
    packaged: str
    """The text of the config.toml that comes with the program."""
    known: tuple[str, ...]
    """The keys of its sources."""

    force: bool = False
    """Whether files that are there are replaced."""

    def refuse_to_overwrite(self) -> None:
        """Raise ConfigError if a set-up is there already and is not to be replaced."""
        for name in ("config.toml", BESIDE):
            _make_way(self.folder / name, force=self.force)

    def write(self, answers: Answers) -> Written:
        """Write the files, all or none. Raises ConfigError."""
        hidden = _secrets(answers)
        text = config_text(self.packaged, answers, known=self.known)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            # On the same disk, so that what was checked is moved and not written again.
            with tempfile.TemporaryDirectory(prefix=".accredwatch-init-", dir=self.folder) as staged:
                _fill(Path(staged), text, hidden)
                load(Path(staged) / "config.toml")
                (Path(staged) / BESIDE).write_text(_environment(self.folder.absolute(), hidden), encoding="utf-8")
                files = _move(Path(staged), self.folder, force=self.force)
        except OSError as error:
            raise ConfigError(f"{error.filename or self.folder}: cannot be written: {error.strerror}") from error
        return Written(self.folder, files)


def _secrets(answers: Answers) -> dict[str, tuple[str, str]]:
    """The variable that names each secret's file, with the file's name and what stands in it."""
    found = {}
    if answers.database_is_secret:
        found[f"{PREFIX}DATABASE__URL_FILE"] = ("database-url", answers.database)
    if answers.channel_url:
        found[f"{channel_variable(CHANNEL)}_FILE"] = (f"channel-{CHANNEL}-url", answers.channel_url)
    if answers.web:
        found[f"{PREFIX}WEB__TOKEN_FILE"] = ("web-token", secrets.token_hex(16))
    return found


def _environment(folder: Path, hidden: Mapping[str, tuple[str, str]]) -> str:
    lines = [
        "# Variables of accredwatch: it reads this file beside its config.toml by itself; variables of the environment",
        "# win over it. systemd takes it as EnvironmentFile=, Docker as --env-file. Secrets are in the files it names.",
        *(f"{variable}={folder / SECRETS / name}" for variable, (name, _) in hidden.items()),
    ]
    return "\n".join(lines) + "\n"


def _fill(folder: Path, text: str, hidden: Mapping[str, tuple[str, str]]) -> None:
    (folder / "config.toml").write_text(text, encoding="utf-8")
    (folder / SCHEMA_FILE).write_text(json.dumps(config_schema(), indent=1, ensure_ascii=False) + "\n", "utf-8")
    (folder / BESIDE).write_text(_environment(folder, hidden), encoding="utf-8")
    if hidden:
        (folder / SECRETS).mkdir(mode=0o700)
    for name, content in hidden.values():
        file = folder / SECRETS / name
        file.touch(mode=0o600)
        file.write_text(content + "\n", encoding="utf-8")


def _make_way(place: Path, *, force: bool) -> None:
    if place.exists() and not force:
        raise ConfigError(
            f"{place} exists already and stays as it is: edit it, choose another folder, or replace it with --force"
        )


def _move(staged: Path, folder: Path, *, force: bool) -> tuple[Path, ...]:
    """Move every file to its place, config.toml last; put back what was there if that fails or is interrupted."""
    names = sorted(path.relative_to(staged) for path in staged.rglob("*") if path.is_file())
    names.sort(key=lambda name: name.name == "config.toml")
    if (staged / SECRETS).is_dir():
        (folder / SECRETS).mkdir(mode=0o700, exist_ok=True)
    with _undone_on_failure() as moved:
        for name in names:
            place = folder / name
            older = staged / f"{name.name}.older"
            _make_way(place, force=force)
            if place.exists():
                place.rename(older)
            moved.append((place, older))
            (staged / name).rename(place)
    return tuple(names[-1:] + names[:-1])


@contextmanager
def _undone_on_failure() -> Iterator[list[tuple[Path, Path]]]:
    moved: list[tuple[Path, Path]] = []
    done = False
    try:
        yield moved
        done = True
    finally:
        for place, older in [] if done else reversed(moved):
            place.unlink(missing_ok=True)
            if older.exists():
                older.rename(place)
