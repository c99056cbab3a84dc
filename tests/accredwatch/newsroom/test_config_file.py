"""What the demo leaves is a configuration that every command can read."""

from __future__ import annotations

from pathlib import Path

import accredwatch.config
from accredwatch.newsroom.config_file import write_config
from accredwatch.newsroom.server import Newsroom
from accredwatch.newsroom.sources import replica_sources


def test_the_file_says_what_it_was_made_of(tmp_path: Path) -> None:
    configured = accredwatch.config.load(Path(accredwatch.config.__file__).parents[1] / "config.toml").source
    with Newsroom(()) as newsroom:
        sources = replica_sources(configured, newsroom)
    file = write_config(
        tmp_path / "config.toml",
        sources,
        database=tmp_path / "demo.sqlite3",
        channel_url="webhook+http://127.0.0.1:9/alerts",
        tables={"scheduler": {"tick": "1s"}, "alerts": {"attempts": 3}},
    )
    settings = accredwatch.config.load(file)
    assert settings.source == sources
    assert settings.database.url.get_secret_value() == f"sqlite:///{tmp_path / 'demo.sqlite3'}"
    assert [c.name for c in settings.channel] == ["desk"]
    assert settings.scheduler.tick.total_seconds() == 1
    assert settings.alerts.attempts == 3
