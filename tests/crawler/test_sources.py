"""The configured sources: whose articles are whose, under every form of URL that is known."""

from __future__ import annotations

import json
import os
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from scrapy.http import HtmlResponse

from crawler.addresses import AddressGuard
from crawler.limits import CrawlerSettings
from crawler.links import ArticleLink, Entry, Identity, article_link
from crawler.relevance import Relevance
from crawler.source import Feed, Listing, Source
from crawler.spiders import SourceSpiderLoader, spider_class
from crawler.spiders.astana_times import AstanaTimesSpider
from crawler.spiders.base import SourceSpider
from crawler.spiders.qazaq_tv import QazaqTvSpider
from extract.site import Site

ROOT = Path(__file__).parents[2]
TABLES = tomllib.loads((ROOT / "config.toml").read_text("utf-8"))["source"]
SOURCES = {table["key"]: Source.model_validate(table) for table in TABLES}
CORPUS = Path(os.environ.get("ACCREDWATCH_CORPUS", ROOT.parent / "shared" / "corpus"))

needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here (ACCREDWATCH_CORPUS)")


def identify(key: str, url: str) -> tuple[str | None, str] | None:
    return SOURCES[key].site().identify(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://www.inform.kz/eng/article/2355817", ("en", "2355817")),
        ("https://www.inform.kz/rus/article/2355817", ("ru", "2355817")),
        ("https://inform.kz/ru/article/2355817", ("ru", "2355817")),
        ("https://www.inform.kz/en/cec-accredits-157-observers_a4043396", ("en", "4043396")),
        ("https://www.inform.kz/en/cec-accredits-157-observers-edited_a4043396/amp", ("en", "4043396")),
        ("https://www.inform.kz/en/_a4043396", ("en", "4043396")),
        ("https://www.inform.kz/kz/shetel-bayqaushylary_a3721044", ("kk", "3721044")),
        ("https://en.inform.kz/news/55-senate-candidates-put-on-ballot-papers-kazakh-cec_a4022804/", ("en", "4022804")),
        ("https://kaz.inform.kz/news/bayqaushylar_a4022805/", ("kk", "4022805")),
        ("https://qazinform.com/news/cec-accredits-157-observers_a4043396/", ("en", "4043396")),
        ("https://qazinform.com/news/21-observers-accredited-so-far-65236e", ("en", "65236e")),
        ("https://qazinform.com/news/21-observers-accredited-65236e/?utm_source=rss", ("en", "65236e")),
        ("https://qazinform.com/amp/news/21-observers-accredited-65236e", ("en", "65236e")),
        ("https://qazinform.com/news/over-300-international-observers-213667", ("en", "213667")),
        ("https://qazinform.com/news/over-300-international-observers-0a1b2c3d/", ("en", "0a1b2c3d")),
        ("https://qazinform.com/news/observers-of-a-decade", ("en", "observers-of-a-decade")),
        ("https://kaz.inform.kz/news/bayqaushylar-keldi-65236e/", ("kk", "65236e")),
        ("https://www.inform.kz/ru/news/nablyudateli-65236e/", ("ru", "65236e")),
        ("https://www.inform.kz/news/nablyudateli-65236e/", (None, "65236e")),
        ("https://qz.inform.kz/news/baiqaushylar_a4022804/", None),
        ("https://www.inform.kz/cn/article_a4022804", None),
        ("https://www.inform.kz/lenta/?page=2", None),
        ("https://www.inform.kz/category/vybory_s10001/?page=2", None),
        ("https://www.inform.kz/ru/archive?date=01.11.2022", None),
        ("https://inform.kz.elsewhere.example/en/x_a4043396", None),
        ("https://elsewhere.example/?u=https://www.inform.kz/en/x_a4043396", None),
    ],
)
def test_kazinform(url: str, expected: tuple[str | None, str] | None) -> None:
    assert identify("kazinform", url) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://astanatimes.com/2022/10/forty-three-foreigners/", (None, "2022/10/forty-three-foreigners")),
        ("https://www.astanatimes.com/2022/10/forty-three-foreigners", (None, "2022/10/forty-three-foreigners")),
        ("https://astanatimes.com/2022/10/forty-three-foreigners/?amp=1", (None, "2022/10/forty-three-foreigners")),
        ("https://astanatimes.com/?p=76543", (None, "76543")),
        ("https://astanatimes.com/category/nation/page/3", None),
        ("https://astanatimes.com/2022/10/page/2/", None),
        ("https://astanatimes.com/2022/10/", None),
        ("https://astanatimes.com/feed/?paged=2", None),
    ],
)
def test_astana_times(url: str, expected: tuple[str | None, str] | None) -> None:
    assert identify("astana_times", url) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://qazaqtv.com/en/news/society/20831-accreditation-of-observers", ("en", "20831")),
        ("https://jjtv.kz/en/news/society/20831-accreditation-of-observers-ends", ("en", "20831")),
        ("https://jjtv.kz/public/index.php/ru/news/society/20831-akkreditaciya", ("ru", "20831")),
        ("https://jjtv.kz/kz/news/society/20831-akkredittew", ("kk", "20831")),
        ("https://old.qazaqtv.com/en/view/politics/page_20831_observers-arrive", ("en", "page_20831")),
        ("https://jjtv.kz/en/kazakh-senate-elections-to-take-place", ("en", "kazakh-senate-elections-to-take-place")),
        ("https://jjtv.kz/public/index.php/en/senate-elections-in-january", ("en", "senate-elections-in-january")),
        ("https://silkwaytv.kz/en/senate-elections-in-january?x=1", ("en", "senate-elections-in-january")),
        ("https://silkwaytv.kz/en/live", None),
        ("https://silkwaytv.kz/en/tv-schedule", None),
        ("https://qazaqtv.com/en/news/society", None),
    ],
)  # fmt: skip
def test_qazaq_tv(url: str, expected: tuple[str | None, str] | None) -> None:
    assert identify("qazaq_tv", url) == expected


@needs_corpus
def test_every_url_of_the_corpus_is_its_sources_article_and_nobody_elses() -> None:
    seen = 0
    for path in sorted(CORPUS.glob("*/*.json")):
        article = json.loads(path.read_text("utf-8"))
        if article.get("source") not in SOURCES or not article.get("url"):
            continue
        seen += 1
        owners = {key for key in SOURCES if identify(key, article["url"])}
        assert owners == {article["source"]}, article["url"]
        language, _ = identify(article["source"], article["url"]) or (None, "")
        assert language in {None, article["lang"]}
    assert seen >= 60


def test_the_language_of_the_document_counts_where_the_url_does_not_tell() -> None:
    site = SOURCES["kazinform"].site()
    link = article_link(Entry("https://www.inform.kz/news/nablyudateli-65236e/#x"), site, language="ru", found_in="f")
    assert link is not None
    assert (link.identity, link.url) == (Identity("ru", "65236e"), "https://www.inform.kz/news/nablyudateli-65236e/")


@pytest.mark.parametrize(
    "url",
    [
        "http://[broken",
        "javascript:alert(1)",
        "mailto:a@b",
        "",
        "   ",
        "ftp://inform.kz/news/x-65236e",
        f"https://inform.kz/news/{'x' * 2100}-65236e",
    ],
)
def test_what_is_no_link_to_an_article(url: str) -> None:
    site = SOURCES["kazinform"].site()
    assert article_link(Entry(url), site, language="en", found_in="f") is None


@pytest.mark.parametrize("key", sorted(SOURCES))
def test_what_a_source_asks_for_is_on_its_own_hosts(key: str) -> None:
    source = SOURCES[key]
    guard = AddressGuard(source)
    places: list[Feed | Listing] = [*source.feeds, *source.sitemaps, *source.listings]
    assert places
    for place in places:
        guard.check_url(place.url.replace("{page}", "1"))
        assert place.language in source.languages


def test_patterns_take_time_in_proportion_to_the_url() -> None:
    for source in SOURCES.values():
        site: Site = source.site()
        for host in source.hosts:
            for path in (
                "/en/" + "-a" * 20_000,
                "/news/" + "0" * 40_000 + "/x",
                "/en/news/" + "1-" * 20_000,
                "/amp" * 10_000,
            ):
                site.identify(f"https://{host}{path}")


@needs_corpus
def test_the_headline_of_every_relevant_article_of_the_corpus_gets_it_fetched() -> None:
    relevance = Relevance()
    missed = []
    for path in sorted(CORPUS.glob("articles/*.json")):
        article = json.loads(path.read_text("utf-8"))
        if article["gold"]["relevant"] and article["title"]:
            link = ArticleLink(article["url"], Identity(article["lang"], "1"), article["title"])
            if not relevance.may_concern(link):
                missed.append(article["title"])
    assert missed == []


@pytest.mark.parametrize(
    ("language", "title", "expected"),
    [
        ("en", "CEC accredits 157 observers", True),
        ("en", "OSCE/ODIHR mission opens in Astana", True),
        ("en", "Fog and ice on the roads of the north", False),
        ("en", "Kazakh skier wins World Cup medal", False),
        ("en", "Currency rates for the weekend", False),
        ("ru", "ЦИК аккредитовал 25 наблюдателей", True),
        ("ru", "Цены на картофель снизились", False),
        ("kk", "Шетелдік байқаушылар тіркелді", True),
        ("kk", "Астанада қар жауады", False),
        ("tr", "ЦИК аккредитовал 25 наблюдателей", True),
    ],
)
def test_relevance(language: str, title: str, expected: bool) -> None:
    link = ArticleLink("https://c.example/news/1", Identity(language, "1"), title)
    assert Relevance().may_concern(link) is expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://c.example/en/article/2355817", True),
        ("https://c.example/ru/mezhdunarodnyh-nablyudatelya-akkreditovany_a288", True),
        ("https://c.example/en/fog-and-ice-cover-northern-roads_a288", False),
    ],
)
def test_without_a_title_the_words_of_the_url_count(url: str, expected: bool) -> None:
    language = url.split("/")[3]
    assert Relevance().may_concern(ArticleLink(url, Identity(language, "1"))) is expected


def test_words_of_the_configuration_count_besides() -> None:
    link = ArticleLink("https://c.example/1", Identity("en", "1"), "Kurier marks its jubilee")
    assert not Relevance().may_concern(link)
    assert Relevance({"en": ["Jubil"]}).may_concern(link)


def test_a_summary_counts_besides_the_title() -> None:
    link = ArticleLink("https://c.example/1", Identity("en", "1"), "News in brief", "The commission met observers.")
    assert Relevance().may_concern(link)


def test_every_source_has_a_spider_and_a_table_is_enough() -> None:
    loader = SourceSpiderLoader(
        [*SOURCES.values(), SOURCES["kazinform"].model_copy(update={"key": "courier"})], CrawlerSettings()
    )
    assert loader.list() == ["astana_times", "courier", "kazinform", "qazaq_tv"]
    assert issubclass(loader.load("astana_times"), AstanaTimesSpider)
    assert loader.load("courier").__mro__[1] is SourceSpider
    assert loader.load("courier").name == "courier"
    with pytest.raises(KeyError, match="currier"):
        loader.load("currier")


def test_the_pace_and_the_limits_of_a_spider_are_those_of_its_source() -> None:
    spider = spider_class(SOURCES["qazaq_tv"], CrawlerSettings(max_bytes=123_456, contact="mailto:a@b.example"))
    assert spider.custom_settings is not None
    assert spider.custom_settings["DOWNLOAD_DELAY"] == 3.0
    assert spider.custom_settings["DOWNLOAD_MAXSIZE"] == 123_456
    assert spider.custom_settings["USER_AGENT"].endswith("(+mailto:a@b.example)")


def test_without_a_contact_the_agent_only_names_the_program() -> None:
    spider = spider_class(SOURCES["qazaq_tv"], CrawlerSettings())
    assert spider.custom_settings is not None
    assert spider.custom_settings["USER_AGENT"].startswith("accredwatch/")
    assert "(" not in spider.custom_settings["USER_AGENT"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://astanatimes.com/2022/11/x/", datetime(2022, 12, 1, tzinfo=UTC)),
        ("https://astanatimes.com/2022/12/x/", datetime(2023, 1, 1, tzinfo=UTC)),
        ("https://astanatimes.com/2022/13/x/", None),
        ("https://astanatimes.com/?p=1", None),
    ],
)
def test_the_month_in_a_url_of_the_astana_times(url: str, expected: datetime | None) -> None:
    assert AstanaTimesSpider.published_by_url(None, url) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("/storage/image/3/3/a/b/0f_1678170068.jpg", datetime(2023, 3, 7, 6, 21, 8, tzinfo=UTC)),
        ("/storage/image/logo_12.jpg", None),
        ("/img/0f_1678170068.jpg", None),
    ],
)
def test_the_date_in_an_images_name_on_qazaq_tv(image: str, expected: datetime | None) -> None:
    page = HtmlResponse(
        "https://jjtv.kz/en/x", body=f'<img src="/logo.png"><img src="{image}">'.encode(), encoding="utf-8"
    )
    assert QazaqTvSpider.published_on_page(None, page) == expected  # type: ignore[arg-type]
