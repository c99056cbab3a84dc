"""Pages and texts of any kind: read or refused, soundly, and no fact out of nothing."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from crawler.reading import PageText
from crawler.reading import read as read_page_text
from extract.model import Article
from extract.page.article import read_text
from extract.report import read_report
from extract.site import Site
from foundation.errors import CrawlError, ExtractError
from tests.extract.corpora import LANGUAGES, everything
from tests.extract.saying import OPENING, article
from tests.extract.test_report_robustness import sound

SITE = Site(
    key="courier",
    hosts=("c.example",),
    article_urls=(r"/(?P<id>\d+)",),
    body=("//div[@class='body']",),
    date=("//time",),
    prune=("//aside",),
)

MARKUP = [
    "<html>", "<head>", "</head>", "<body>", "</body>", "<article>", "</article>", "<div class='body'>", "<div>",
    "</div>",
    "<p>", "</p>", "<br>", "<h1>", "</h1>", "<aside>", "</aside>", "<table><tr><td>", "</td><td>", "</td></tr></table>",
    "<ul><li>", "</li><li>", "</li></ul>", "<script>", "</script>", "<style>", "</style>", "<!--", "-->",
    "<![CDATA[", "]]>",
    "<title>", "</title>", "<meta charset=koi8-r>", "<meta property='og:title' content='793 observers'>",
    "<meta property='article:published_time' content='2022-13-45T99:99'>", "<time datetime='9999-99-99'>", "</time>",
    "<link rel=canonical href='http://['>", "<base href='::'>", "<svg><math>", "<iframe srcdoc='<p>1'>", "<template>",
    "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":[{}],\"headline\":{}}</script>",
    "<script type='application/ld+json'>{\"@graph\":[null,1,{\"@type\":[[]]}]}", "&nbsp;", "&#0;", "&#xD800;",
    "&bad;", "<",
    "<p hidden>", "<p style='display:none'>", "<a href='javascript:1'>", "</a>", "<img alt='12 observers' src=x>",
    "\x00", "\x08", "\x0c", "\x1f", "&#8;", "&#x1F;", "&#xFFFE;", "\uffff",
]  # fmt: skip
SAID = [
    "The Central Election Commission accredited 393 observers from 41 states on Monday.",
    "ЦИК аккредитовал 25 наблюдателей от СНГ, в том числе двоих из Италии.",
    "ОСК 7 халықаралық байқаушыны аккредиттеді.",
    "As of November 8, 2022, 134 observers have been accredited for the presidential election.",
    " observers ", " 1 026 ", "two hundred and ", "31 февраля ", "\u202e", "\u00ad", "ＯＢＳＥＲＶＥＲＳ １２",
    "𝟙𝟚 observers", "½ ", "²³ ",
]  # fmt: skip

pages = st.one_of(
    st.lists(st.one_of(st.sampled_from(MARKUP), st.sampled_from(SAID), st.text(max_size=12)), max_size=40)
    .map("".join)
    .map(lambda page: page.encode("utf-8", "surrogatepass")),
    st.lists(st.sampled_from(MARKUP + SAID), max_size=30)
    .map("".join)
    .map(lambda page: page.encode("cp1251", "replace")),
    st.binary(max_size=400),
)
content_types = st.sampled_from(
    [None, "", "text/html", "text/html; charset=utf-16", "text/html; charset=hex", "x;charset="]
)


@given(pages, content_types, st.booleans())
def test_a_page_is_read_or_refused(body: bytes, content_type: str | None, known: bool) -> None:
    page = PageText(
        "https://c.example/1", body, content_type, SITE, datetime(2022, 11, 8, tzinfo=UTC), "Observers", known
    )
    try:
        reading = read_page_text(page)
    except (ExtractError, CrawlError) as error:
        assert str(error)  # noqa: PT017 - either outcome is right
        return
    if reading.article is not None and reading.report is not None:
        sound(reading.report, reading.article)


@given(st.one_of(st.text(max_size=600), st.lists(st.sampled_from(SAID), max_size=12).map("\n".join)))
def test_a_plain_text_is_read_or_refused(text: str) -> None:
    try:
        made = read_text(text)
    except ExtractError as error:
        assert str(error)  # noqa: PT017 - either outcome is right
        return
    sound(read_report(made), made)


@given(st.data(), st.sampled_from(LANGUAGES))
def test_shuffled_articles_are_read_soundly(data: st.DataObject, language: str) -> None:
    """Every figure of a heap of words has its words in that heap, and they say a number."""
    words = data.draw(st.sampled_from(everything(language))).article.body.split()
    heap = data.draw(st.permutations(words[:80]))
    some = article(OPENING[language], " ".join(heap), language=language)
    report = read_report(some)
    sound(report, some)
    for figure in report.figures:
        assert figure.evidence.text.strip()


def _states_no_number(char: str) -> bool:
    return unicodedata.category(char)[0] != "N"


# All that a report of accreditation is made of, apart from numbers.
NUMBERLESS = {
    "en": "observers observer accredited accredit from the CIS OSCE Italy and , . ; : – ( ) “ ” each total by another "
    "percent registered of them commission November Monday has been states organizations delegation mission withdrawn",
    "ru": "наблюдателей наблюдатели аккредитовано аккредитовала из от СНГ ОБСЕ Италии и , . ; : – ( ) « » всего до еще "
    "процентов комиссия ноября в понедельник государств организаций делегация миссия отозвана зарегистрировано них",
    "kk": "байқаушы байқаушылар аккредиттелді оның ТМД-дан ЕҚЫҰ Италиядан және , . ; : – ( ) « » барлығы дейін тағы "
    "пайыз комиссия қараша дүйсенбі мемлекет ұйым делегация миссия тіркелді",
}


@given(st.data(), st.sampled_from(LANGUAGES))
def test_no_figure_without_a_number(data: st.DataObject, language: str) -> None:
    words = data.draw(st.lists(st.sampled_from(NUMBERLESS[language].split()), min_size=1, max_size=80))
    noise = data.draw(st.text(st.characters(codec="utf-8").filter(_states_no_number), max_size=60))
    title = " ".join(words[:10])
    assert read_report(Article(title, (" ".join(words), noise), language)).figures == ()
