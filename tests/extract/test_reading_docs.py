"""What docs/reading.md says of reading holds."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from extract.model import Article
from extract.report import read_report
from tests.extract.corpora import LANGUAGES, ROOT
from tests.extract.page_layouts import ALMATY

DOCS = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
SENTENCES = dict(re.findall(r"^\| (en|ru|kk) \| (.+) \|$", DOCS, re.MULTILINE))
PUBLISHED = datetime(2020, 12, 15, 12, tzinfo=ALMATY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_worked_sentence_is_read_as_drawn(language: str) -> None:
    article = Article(title=None, paragraphs=(SENTENCES[language],), language=language, published=PUBLISHED)
    report = read_report(article)
    figures = [f"{f.scope} {f.status} {f.basis} {f.value}" for f in report.figures]
    assert figures == [
        "total accredited new 24",
        "organization:OSCE-ODIHR accredited new 16",
        "total accredited cumulative 86",
    ]
    assert report.headline == 2
    drawn = " ".join(DOCS.split())
    assert all(figure in drawn for figure in figures if "organization" not in figure)


def test_every_file_that_is_named_is_there() -> None:
    named = set(re.findall(r"`((?:extract|tests|bench|docs)/[\w/.]+\.(?:py|toml|md))`", DOCS))
    assert named
    assert {path for path in named if not (ROOT / path).is_file()} == set()


@pytest.mark.parametrize("room", ["reading", "words"])
def test_every_file_of_the_reader_answers_one_question(room: str) -> None:
    table = re.search(rf"^In `extract/{room}/`.*?(?=^(?:In |## ))", DOCS, re.MULTILINE | re.DOTALL)
    assert table
    named = [name for line in table[0].splitlines() if line[:2] == "| " for name in re.findall(r"`(\w+\.py)`", line)]
    files = [path.name for path in (ROOT / "extract" / room).glob("*.py") if path.name != "__init__.py"]
    assert sorted(named) == sorted(files)
