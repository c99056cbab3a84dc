"""`accredwatch new-source`: a fourth outlet on loopback, from its address to the first figure on record."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from accredwatch.cli import main
from accredwatch.config import load
from accredwatch.new_source.addresses import pattern_of
from extract.site import Site
from tests.accredwatch.commission import ANOTHER, ARTICLE, FIRST, OTHERS, TITLE, releases
from tests.crawler.server import NewsSite, Reply

ROOT = Path(__file__).resolve().parents[2]
Capture = pytest.CaptureFixture[str]
LIST = "/eng/news/releases/"
STORY = "/eng/news/releases/index.php?ID=9001"


@pytest.fixture
def site() -> Iterator[NewsSite]:
    with NewsSite() as server:
        server.routes[LIST] = Reply(releases())
        server.routes[STORY] = Reply(ARTICLE)
        for number, title in enumerate(OTHERS, 9002):
            server.routes[STORY.replace("9001", str(number))] = Reply(ANOTHER.format(title=title))
        yield server


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text('# mine\n[crawler]\ncontact = "me@example.org"', encoding="utf-8")
    return path


def new_source(config: Path, *arguments: str) -> int:
    return main(["--config", str(config), "new-source", *arguments])


def test_a_fourth_outlet_from_its_address_to_its_figures(
    site: NewsSite, config: Path, tmp_path: Path, capsys: Capture
) -> None:
    for folder in ("tests/crawler", "crawler/spiders"):
        (tmp_path / folder).mkdir(parents=True)

    options = ["--name", "The Commission", "--allow-private-addresses"]
    assert new_source(config, "cec", site.url + LIST, *options) == 0

    said = capsys.readouterr().out
    assert "tests/crawler/test_source_cec.py" in said
    agents = {asked.headers["user-agent"] for asked in site.asked}
    assert [asked.path for asked in site.asked] == ["/robots.txt", LIST, STORY]
    assert all("me@example.org" in agent for agent in agents)
    assert config.read_text().startswith("# mine\n")
    (source,) = load(config).source
    assert (source.name, source.languages, source.hosts) == ("The Commission", ("en",), ("127.0.0.1",))
    assert source.language_aliases == {"eng": "en"}
    assert [listing.url for listing in source.listings] == [site.url + LIST]
    assert source.site().identify(site.url + STORY) == ("en", "9001")
    assert source.site().identify(f"{site.url}/eng/about/index.php") is None
    assert source.body == ("//div[contains(concat(' ', normalize-space(@class), ' '), ' news-text ')]",)
    assert source.date == ("//span[contains(concat(' ', normalize-space(@class), ' '), ' news-date-time ')]",)
    assert (tmp_path / "tests/crawler/pages/cec/article.html").read_text() == ARTICLE
    written_test_fails_until_it_is_completed(tmp_path)

    config.write_text(config.read_text().replace('delay = "2s"', 'delay = "0s"'))
    assert main(["--config", str(config), "crawl", "--json"]) == 0
    crawl = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (crawl["source"], crawl["reports"], crawl["errors"]) == ("cec", 1, [])
    assert main(["--config", str(config), "timeline", "2023-03", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert 42 in {row["figure"]["value"] for row in rows}


def written_test_fails_until_it_is_completed(folder: Path) -> None:
    written = folder / "tests" / "crawler" / "test_source_cec.py"
    text = written.read_text(encoding="utf-8")
    for what, value in (("its headline", TITLE), ("its day[^)]*", "2023-03-01"), ("its first[^)]*", FIRST)):
        text = re.sub(rf'says\("{what}"\)', json.dumps(value), text)
    written.with_name("test_completed.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "tests/crawler"]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    failed = sorted(re.findall(r"^FAILED (\S+)", done.stdout, re.MULTILINE))
    names = [f"tests/crawler/test_source_cec.py::test_the_{what}" for what in ("day", "first_paragraph", "title")]
    assert failed == names, done.stdout
    assert "write what the page says: its headline" in done.stdout
    assert "5 passed" in done.stdout


def test_elsewhere_than_in_a_checkout_the_page_is_kept_beside_the_configuration(
    config: Path, tmp_path: Path, capsys: Capture
) -> None:
    page = tmp_path / "saved.html"
    page.write_text(ARTICLE, encoding="utf-8")

    assert new_source(config, "cec", "https://www.election.gov.kz" + STORY, "--page", str(page)) == 0

    assert "test_source" not in capsys.readouterr().out
    assert (tmp_path / "pages" / "cec" / "article.html").read_text() == ARTICLE
    (source,) = load(config).source
    assert source.name == "election.gov.kz"
    assert source.site().identify("https://election.gov.kz/eng/news/releases/index.php?ID=12") == ("en", "12")
    assert source.site().identify("https://election.gov.kz/rus/news/releases/index.php?ID=12") is None


def test_the_worked_example_of_the_documentation_is_what_it_writes(
    config: Path, tmp_path: Path, capsys: Capture
) -> None:
    docs = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    table = re.search(r"```toml\n(\[\[source\]\].*?)```", docs, re.DOTALL)
    assert table is not None
    page = tmp_path / "saved.html"
    page.write_text(ARTICLE, encoding="utf-8")
    listing = "https://www.election.gov.kz/eng/news/releases/"
    options = ["--name", "Central Election Commission", "--listing", listing, "--page", str(page), "--dry-run"]

    assert new_source(config, "cec", "https://www.election.gov.kz" + STORY, *options) == 0

    assert capsys.readouterr().out.startswith(table.group(1))
    assert "source" not in tomllib.loads(config.read_text())
    assert not (tmp_path / "pages").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Cec", "https://paper.example/"], "key"),
        (["cec", "paper.example"], "is no address of a web page"),
        (["cec", "https://paper.example/", "--page", "/nowhere"], "--page /nowhere: cannot be read"),
        (["cec", "https://paper.example/", "--language", "de", "--page", "PAGE"], "must be one of en, ru, kk"),
        (["paper", "https://other.example" + STORY, "--page", "PAGE"], "another source is called 'paper' already"),
    ],
)
def test_what_cannot_be_a_source_is_refused(
    config: Path, tmp_path: Path, arguments: list[str], said: str, capsys: Capture
) -> None:
    page = tmp_path / "saved.html"
    page.write_text(ARTICLE, encoding="utf-8")
    config.write_text(
        '[[source]]\nkey = "paper"\nname = "Paper"\nhosts = ["paper.example"]\narticle_urls = ["/(?P<id>[0-9]+)$"]\n'
    )
    before = config.read_text()

    assert new_source(config, *(str(page) if word == "PAGE" else word for word in arguments)) == 2

    assert said in capsys.readouterr().err
    assert config.read_text() == before


@pytest.mark.parametrize(
    ("robots", "options", "said"),
    [
        (Reply(status=404), [], "which is no public address"),
        (Reply("User-agent: *\nDisallow: /eng/"), ["--allow-private-addresses"], "is forbidden by robots.txt"),
    ],
)
def test_what_a_crawl_would_not_ask_for_is_not_asked_for(
    site: NewsSite, config: Path, capsys: Capture, *, robots: Reply, options: list[str], said: str
) -> None:
    site.routes["/robots.txt"] = robots
    before = config.read_text()

    assert new_source(config, "cec", site.url + LIST, *options) == 1

    assert said in capsys.readouterr().err
    assert LIST not in {asked.path for asked in site.asked}
    assert config.read_text() == before


def test_a_page_that_leads_to_no_article_says_what_to_do(site: NewsSite, config: Path, capsys: Capture) -> None:
    site.routes["/"] = Reply('<html><body><a href="/eng/">Home</a></body></html>')

    assert new_source(config, "cec", site.url + "/", "--allow-private-addresses") == 1

    assert "docs/sources.md" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("url", "twin", "identity", "other"),
    [
        ("/en/slug-of-a-story_a4043396", "/ru/other-words_a17", ("ru", "17"), "/en/category_x"),
        (
            "/2023/03/a-story-told-here/",
            "/2024/12/another-story-told/",
            (None, "2024/12/another-story-told"),
            "/2023/03/",
        ),
        ("/en/news/society/20831-observers-arrive", "/en/news/society/7-x", ("en", "7"), "/en/news/society"),
        ("/news/5077123", "/news/6?x=1", (None, "6"), "/news/"),
        (
            "/kz/a-story-without-a-number",
            "/en/b-story-without-b-number",
            ("en", "b-story-without-b-number"),
            "/kz/about",
        ),
        ("/story-of-the-day-1234.html", "/x-9.html", (None, "9"), "/story-of-the-day.html"),
        ("/index.php?option=news&id=77", "/index.php?option=news&id=8", (None, "8"), "/index.php?option=about"),
    ],
)
def test_patterns_guessed_of_addresses(url: str, twin: str, identity: tuple[str | None, str], other: str) -> None:
    host = "https://www.paper.example"
    pattern = pattern_of(host + url, ["paper.example"])
    assert pattern is not None
    site = Site("paper", ("paper.example",), (pattern,), ("en", "ru", "kk"), {"kz": "kk"})
    assert site.identify(host + url) is not None
    assert site.identify(host + twin) == identity
    assert site.identify(host + other) is None


def test_a_hostile_page_writes_nothing_but_its_own_table(config: Path, tmp_path: Path) -> None:
    page = tmp_path / "saved.html"
    hostile = ARTICLE.replace('"news-text"', """'x"]\n[[channel]]' id="a\x7f']|//*" """).replace(
        "<head>", '<head><link rel="alternate" type="application/rss+xml" href="/feed&quot;]&#10;[[channel]]">'
    )
    page.write_text(hostile, encoding="utf-8")

    assert new_source(config, "cec", "https://paper.example" + STORY, "--name", 'A "Paper"\\', "--page", str(page)) == 0

    settings = load(config)
    assert (settings.channel, [source.name for source in settings.source]) == ((), ['A "Paper"\\'])
    assert settings.crawler.contact == "me@example.org"


@pytest.mark.parametrize("url", ["/", "/about", "/en/contacts", "/en/news/"])
def test_sections_are_no_articles(url: str) -> None:
    assert pattern_of(f"https://paper.example{url}", ["paper.example"]) is None
    assert pattern_of("https://elsewhere.example/news/5077123", ["paper.example"]) is None
