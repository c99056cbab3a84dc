"""A database with what newsrooms published: the demo's campaign as the reader reads it, and an election made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from accredwatch.newsroom.campaign import CAMPAIGN, SITES
from accredwatch.newsroom.outlets import ALMATY
from accredwatch.newsroom.story import Story, Version
from extract.model import Approx, Article, Basis, Election, ElectionType, Report, Status
from extract.report import read_report
from storage.database import Database
from storage.recording import record
from storage.vocabulary import Subscription
from tests.storage.campaign import figure, report

CAMPAIGN_KEY = "2023-03-19-parliamentary"
NEXT_KEY = "2027-05-16-presidential"
HOSTILE = '<script>alert("owned")</script><img src=x onerror=alert(1)>'
NOW = datetime(2027, 5, 6, 15, 0, tzinfo=ALMATY)
"""Ten days before the vote that comes next."""

_NEXT = Election(type=ElectionType.PRESIDENTIAL, date=date(2027, 5, 16), stated=True)
_HOSTS = {site.key: site.key.replace("_", "") + ".example" for site in SITES}


def fill(database: Database, subscriptions: tuple[Subscription, ...] = ()) -> None:
    """Record the campaign of 2023, then an election to come that three sources tell of, one with hostile words."""
    visible = [
        (version, story)
        for story in CAMPAIGN
        for version in (story.at(story.published), *(story.at(edit.at) for edit in story.edits))
        if version is not None
    ]
    with database.write() as session:
        for version, story in sorted(visible, key=lambda pair: pair[0].modified):
            article = _article(story, version)
            seen = version.modified + timedelta(minutes=20)
            record(
                session,
                article,
                read_report(article),
                fetched_at=seen,
                found_via="feed",
                subscriptions=subscriptions,
            )
        for article, stated in _made_up():
            seen = article.published + timedelta(minutes=20) if article.published else NOW
            record(session, article, stated, fetched_at=seen, found_via="feed", subscriptions=subscriptions)


def _article(story: Story, version: Version) -> Article:
    return Article(
        title=version.title,
        paragraphs=version.paragraphs,
        language=story.language,
        url=f"https://{_HOSTS[story.outlet]}/{story.language}/{story.number}",
        source=story.outlet,
        article_id=str(story.number),
        published=story.published,
    )


def _made_up() -> list[tuple[Article, Report]]:
    new, proposed = Basis.NEW, Status.PROPOSED
    first = (figure(86), figure(52, "organization:ODIHR"), figure(21, "organization:CIS"), figure(3, "country:DE"))
    second = (figure(213), figure(127, basis=new), figure(90, "organization:ODIHR", basis=new))
    states = (figure(2, "country:FR", basis=new), figure(5, "country:JP", basis=new))
    third = (figure(1026), figure(900, "organizations"), figure(126, "countries"))
    return [
        (_story("a", 3, "First observers accredited"), _about(*first)),
        (_story("b", 14, "127 more observers", "astana_times"), _about(*second, *states)),
        (_story("c", 14, HOSTILE, "qazaq_tv"), _about(figure(213), figure(300, status=proposed))),
        (_story("d", 22, "Two go home"), _about(figure(2, "organization:ODIHR", status=Status.WITHDRAWN))),
        (
            _story("e", 26, "Байқаушылар саны – 1 000-нан астам"),
            _about(figure(1000, approx=Approx.OVER), figure(4, f"organization:{HOSTILE}", basis=new)),
        ),
        (
            _story("f", 29, "1,026 observers accredited", "astana_times"),
            replace(_about(*third), countries_named=("FI", "SE"), organization_count=14, country_count=38),
        ),
        (_story("g", 29, "1,206 observers accredited", "qazaq_tv"), _about(figure(1206))),
    ]


def _about(*figures: object) -> Report:
    return report(*figures, election=_NEXT)  # type: ignore[arg-type]  # figures, as `figure` makes them


def _story(name: str, april: int, title: str, source: str = "kazinform") -> Article:
    return Article(
        title=title,
        paragraphs=(f"{title}. Said in April.", HOSTILE),
        language="en",
        url=f"https://{_HOSTS[source]}/en/{name}",
        source=source,
        article_id=name,
        published=datetime(2027, 4, april, 12, 30, tzinfo=ALMATY),
    )
