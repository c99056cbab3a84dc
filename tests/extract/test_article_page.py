"""A page becomes an article: title, body, identity and what stood outside, whatever its layout."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from crawler.source import Source
from extract.page.article import read_page
from extract.site import Site
from foundation.errors import NotAnArticle

CONFIG = Path(__file__).resolve().parents[2] / "config.toml"

TITLE = "CEC accredits 393 observers for Mazhilis elections"
PARAGRAPHS = (
    "ASTANA. KAZINFORM – The Central Election Commission accredited 393 observers from 41 states, its secretary said.",
    "Among them are:",
    "- 63 observers from the OSCE Parliamentary Assembly;",
    "• Korea - 1.",
    "“The accreditation ends on March 13 at 6 p.m.,” he said.",
    "1. Composition",
    "Earlier it was reported that 157 observers got accreditation.",
)
PS = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
CARDS = "".join(
    f'<div class="card"><a href="/n{i}"><img src="x"><h3>{text}</h3></a><span class="date">0{i}.03.2023</span></div>'
    for i, text in enumerate(
        ("157 observers accredited so far", "Why are 786 foreign observers coming?", "Skier wins"), 1
    )
)
MENU = "<ul><li><a href=/1>Politics</a></li><li><a href=/2>Economy</a></li><li><a href=/3>Sport</a></li></ul>"


@pytest.fixture(scope="module")
def sites() -> tuple[Site, ...]:
    with CONFIG.open("rb") as file:
        return tuple(Source(**table).site() for table in tomllib.load(file)["source"])


def page(body: str, head: str = "", language: str = "en", title: str = TITLE) -> str:
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title} - Site News</title>'
        f"{head}</head><body>{body}</body></html>"
    )


LAYOUTS = {
    "2026: time, content, tags in it and cards after them": (
        f'<header>{MENU}</header><main><h1>{TITLE}</h1><time class="meta-date">21:38, 18 August 2026</time>'
        f'<div class="article__content">{PS}<div class="article__tags"><a href=/t>CEC</a></div><h2>Read also</h2>'
        f"{CARDS}</div></main>"
    ),
    "2015: layout by tables, text between line breaks": (
        f"<table><tr><td>{MENU}</td><td><table><tr><td><h1>{TITLE}</h1><div>27 February 2015, 17:05</div>"
        f"<div>{'<br><br>'.join(PARAGRAPHS)}</div></td></tr></table></td><td>{CARDS}</td></tr></table>"
    ),
    "weblog: site name as h1, sharing, related, comments, sidebar": (
        f'<header><h1 class="site-title"><a href=/>Site News</a></h1>{MENU}</header><div class="content has-sidebar">'
        f'<article class="post tag-cec"><h1>{TITLE}</h1><div class="entry-content"><figure><img>'
        f'<figcaption>CEC sitting. Photo: gov.kz</figcaption></figure>{PS}<div class="sharedaddy"><h3>Share this:</h3>'
        f'</div><div id="jp-relatedposts"><h3>Related</h3>{CARDS}</div></div></article><div id="comments"><p>I think'
        f" that all of 5000 observers should be accredited, and I say so here.</p></div></div><aside>{CARDS}</aside>"
    ),
    "page builder: every paragraph in boxes of its own": (
        f'<div class="elementor-widget-heading"><h1>{TITLE}</h1></div>'
        + "".join(f'<div class="elementor-widget"><div><p>{p}</p></div></div>' for p in PARAGRAPHS)
        + f"<div>{CARDS}</div><footer>© 2023 Site</footer>"
    ),
    "blocks without paragraphs": (
        f"<div><h2>{TITLE}</h2>{''.join(f'<div>{p}</div>' for p in PARAGRAPHS)}</div><div>{CARDS}</div>"
    ),
    "single line breaks": f"<h2>{TITLE}</h2><div>{'<br/>'.join(PARAGRAPHS)}</div><div>{CARDS}</div>",
    "headline twice": f"<h1>{TITLE}</h1><div>{TITLE}</div><div>{PS}</div><div>{CARDS}</div>",
    "litter and pointers among the paragraphs": (
        f"<h1>{TITLE}</h1><div><p>{PARAGRAPHS[0]}</p><p><strong>Read also:</strong> <a href=x>786 accredited</a></p>"
        f"<div class='box'><p>Read also</p><a href=y>157 observers got badges</a></div>"
        f"{''.join(f'<p>{p}</p>' for p in PARAGRAPHS[1:])}"
        "<p><em>Photo: gov.kz</em></p><p>Follow us on Facebook and Telegram!</p><span>None</span></div>"
    ),
}


@pytest.mark.parametrize("body", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_a_layout_never_seen_gives_title_and_all_paragraphs_alone(body: str) -> None:
    article = read_page(page(body))
    assert article.title == TITLE
    assert article.paragraphs == PARAGRAPHS
    assert article.source is None


def test_a_lead_between_headline_and_body_belongs_to_the_body() -> None:
    lead = "The commission has named the number of observers from abroad."
    article = read_page(page(f"<header><h1>{TITLE}</h1><p class=lead>{lead}</p></header><div>{PS}</div>"))
    assert article.paragraphs == (lead, *PARAGRAPHS)


def test_rows_of_a_table_are_lines_and_items_of_a_list_too() -> None:
    rows = "<tr><th>Sender</th><th>Observers</th></tr><tr><td>OSCE/ODIHR</td><td>284</td></tr>"
    article = read_page(
        page(
            f"<h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p><table>{rows}</table><ol><li>Work plan</ol><p>{PARAGRAPHS[-1]}</p>"
        )
    )
    assert article.paragraphs[1:-1] == ("Sender - Observers", "OSCE/ODIHR - 284", "Work plan")


def test_a_line_break_inside_a_number_or_a_sentence_is_a_blank() -> None:
    article = read_page(
        page(
            f"<h1>{TITLE}</h1><p>The CEC has accredited in all 1<br>026 observers from many states<br>of the world.</p>"
        )
    )
    assert article.paragraphs == ("The CEC has accredited in all 1 026 observers from many states of the world.",)


def test_captions_and_descriptions_are_kept_outside() -> None:
    head = '<meta name="description" content="A total of 393 observers.">'
    figure = "<figure><figcaption>CEC sitting of March 6. Photo: gov.kz</figcaption></figure>"
    article = read_page(page(f"<h1>{TITLE}</h1><div>{figure}{PS}</div>", head))
    assert article.outside == ("A total of 393 observers.", "CEC sitting of March 6. Photo: gov.kz")


def test_the_headline_is_the_one_that_the_head_names_without_the_outlets_name() -> None:
    head = f'<meta property="og:title" content="{TITLE} | Kazinform">'
    related = "<div><h1>157 observers accredited earlier</h1></div>"
    assert read_page(page(f"{related}<div><h1>{TITLE}</h1>{PS}</div>", head)).title == TITLE
    assert read_page(page(f"<div>{PS}</div>", head)).title == TITLE


def test_an_edited_headline_is_taken_from_the_page() -> None:
    head = '<meta property="og:title" content="CEC accredits 390 observers for the elections | Kazinform">'
    assert read_page(page(f"<h1>{TITLE}</h1>{PS}", head)).title == TITLE


def test_source_and_identity_come_from_the_url_never_from_the_words(sites: tuple[Site, ...]) -> None:
    header = '<div class="header"><a href="https://qazaqtv.com/">Qazaq TV</a></div>'
    body = f"{header}<h1>{TITLE}</h1>{PS}"
    url = "https://www.inform.kz/en/some-slug_a4045256"
    article = read_page(page(body), url=url + "?utm_source=x", sites=sites)
    assert (article.source, article.language, article.article_id) == ("kazinform", "en", "4045256")
    canonical = read_page(
        page(body, f'<link rel="canonical" href="{url}">'), url="https://www.inform.kz/x", sites=sites
    )
    assert (canonical.url, canonical.article_id) == (url, "4045256")
    assert read_page(page(body), sites=sites).source is None


@pytest.mark.parametrize(
    ("declared", "text", "language"),
    [
        (
            "ru",
            "Орталық сайлау комиссиясы 41 мемлекеттен келген 393 байқаушыны аккредиттеді, деп хабарлады хатшы.",
            "kk",
        ),
        (
            "en",
            "Центральная избирательная комиссия аккредитовала 393 наблюдателя, сообщил в понедельник секретарь.",
            "ru",
        ),
        ("", "The commission accredited 393 observers from 41 states on Monday, its secretary said in Astana.", "en"),
        (
            "kk",
            "Ortalyq sailau komissiiasy 41 memleketten kelgen 393 baiqaushyny akkredittedi, dep habarlady hatshy.",
            "kk",
        ),
    ],
)
def test_the_letters_overrule_a_wrong_declaration_of_language(declared: str, text: str, language: str) -> None:
    assert read_page(page(f"<h1>393</h1><p>{text}</p>", language=declared, title="393")).language == language


def test_a_certain_language_is_believed() -> None:
    assert read_page(page(f"<h1>{TITLE}</h1>{PS}"), language="kk").language == "kk"


TEASERS = "".join(
    f"<div><h2><a href=/n{i}>Headline number {i} of the list</a></h2>"
    f"<p>The commission accredited {i} more observers on Monday, it said.</p></div>"
    for i in range(12)
)


@pytest.mark.parametrize(
    "body",
    [
        "<h1>News</h1>"
        + "".join(f"<div><a href=/n{i}>Headline number {i} about something else</a></div>" for i in range(40)),
        f"<h1>News</h1>{TEASERS}",
        "<h1>Page not found</h1><p>The page that you asked for is not here any more, go to the main page instead.</p>",
        "<frameset><frame src=a></frameset>",
        "",
    ],
    ids=["links", "teasers", "error page", "frames", "empty"],
)
def test_what_is_no_article_is_refused(body: str) -> None:
    with pytest.raises(NotAnArticle):
        read_page(f"<html><body>{body}</body></html>")


def test_a_check_of_the_visitor_is_refused() -> None:
    with pytest.raises(NotAnArticle, match="Just a moment"):
        read_page(
            "<title>Just a moment...</title><h1>site.kz</h1><p>Checking your connection, please wait for a moment.</p>"
        )
