"""Configurations of any kind: loaded, or refused with lines that name the file or the variable."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accredwatch.config import load
from foundation.errors import ConfigError

CANARY = "c4nary-in-a-url"
TABLES = [
    "[database]",
    "[crawler]",
    "[alerts]",
    "[scheduler]",
    "[logging]",
    "[[channel]]",
    "[[source]]",
    "[crawler.words]",
    "[no]",
]
KEYS = [
    "url", "busy_timeout", "contact", "timeout", "max_bytes", "workers", "read_memory", "words", "attempts",
    "first_retry",
    "tick", "jitter", "level", "name", "kinds", "statuses", "time_zone", "elections", "key", "hosts", "feeds",
    "article_urls",
    "listings", "language_aliases", "interval", "obey_robots", "body", "no_such", "'quoted key'", "a.b",
]  # fmt: skip
VALUES = [
    "1", "-1", "0", "1e999", "nan", "99999999999999999999", "true", '"90s"', '"9999999w"', '"soon"', '""', "''",
    "[]", "{}", "[[]]",
    '["en"]', '"en"', '"paper"', '["new_total"]', '["accredited"]', '"Asia/Almaty"', '"../etc/passwd"', '"Asia/No"',
    '"debug"',
    '["(?P<id>x)"]', '["("]', '[{ url = "u", language = "en" }]', "{ a = 1 }", f'"json://u:{CANARY}@h/"',
    f'"postgresql://u:{CANARY}@"',
    '"sqlite:///a.sqlite3"', '"mailto://"', "1979-05-27T07:32:00Z", '"\\u0000"', '"""\n"""', f'["{CANARY}"]', "0x1F",
    "'''", '"',
]  # fmt: skip
VARIABLES = [
    "ACCREDWATCH_CRAWLER__WORKERS",
    "ACCREDWATCH_SOURCE",
    "ACCREDWATCH_CHANNEL_PAPER_URL",
    "ACCREDWATCH_X__Y_FILE",
]

lines = st.one_of(
    st.sampled_from(TABLES),
    st.builds("{} = {}".format, st.sampled_from(KEYS), st.sampled_from(VALUES)),
    st.builds("{} = {}".format, st.sampled_from(KEYS), st.text(max_size=10)),
    st.text(max_size=20),
)
whole = st.builds(lambda table, rows: "\n".join([table, *rows]), st.sampled_from(TABLES), st.lists(lines, max_size=6))
texts = st.lists(whole, max_size=4).map("\n".join).map(lambda text: text.encode("utf-8", "surrogatepass"))
environments = st.dictionaries(
    st.sampled_from(VARIABLES), st.sampled_from(["", "1", "[", "x", f"json://u:{CANARY}@h/", "/nowhere"]), max_size=2
)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


@given(content=st.one_of(texts, st.binary(max_size=60)), environment=environments)
def test_a_configuration_is_loaded_or_refused(folder: Path, content: bytes, environment: dict[str, str]) -> None:
    path = folder / "config.toml"
    path.write_bytes(content)
    bare = {name: value for name, value in os.environ.items() if not name.startswith("ACCREDWATCH_")}
    with patch.dict(os.environ, bare | environment, clear=True):
        try:
            told = f"{path}: {load(path)!r}"
        except ConfigError as error:
            told = str(error)
    assert told
    assert all(line.startswith((str(path), "environment: ")) for line in told.splitlines()), told
    assert CANARY not in told
