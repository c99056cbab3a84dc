"""The Atom feeds: what RFC 4287 asks for, and identities that stay."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import httpx
import pytest
from lxml import etree
from pydantic import SecretStr

from accredwatch.web.app import make_app
from accredwatch.web.settings import WebSettings
from storage import record
from storage.database import Database
from tests.api.records import REFERENDUM_KEY, context, fill
from tests.storage.campaign import KEY, article, figure, march, report
from tests.support.serving import asking

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ["/feeds/changes.atom", f"/feeds/elections/{KEY}.atom"]


def parsed(answer: httpx.Response) -> etree._Element:
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/atom+xml"), answer.text
    return etree.fromstring(answer.content)


def links(element: etree._Element) -> dict[str, str]:
    found = [(link.get("rel") or "alternate", link.get("href") or "") for link in element.findall(f"{ATOM}link")]
    assert len(found) == len(dict(found)), "one link of each kind"
    return dict(found)


def one(element: etree._Element, name: str) -> str:
    found = element.findall(ATOM + name)
    assert len(found) == 1, f"exactly one {name}"
    return found[0].text or ""


def instants(values: Iterable[str]) -> list[datetime]:
    found = [datetime.fromisoformat(value) for value in values]
    assert all(value.tzinfo for value in found)
    return found


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_has_what_the_format_asks_for(client: httpx.Client, path: str) -> None:
    feed = parsed(client.get(path))
    entries = feed.findall(f"{ATOM}entry")

    assert feed.tag == f"{ATOM}feed"
    assert one(feed, "title")
    assert links(feed)["self"] == f"{client.base_url}{path[1:]}" or links(feed)["self"].endswith(path)
    identities = [one(feed, "id"), *(one(entry, "id") for entry in entries)]
    assert all(identity.startswith("urn:uuid:") for identity in identities)
    assert len(set(identities)) == len(identities) > 5
    updated = instants(one(entry, "updated") for entry in entries)
    assert updated == sorted(updated, reverse=True)
    assert instants([one(feed, "updated")]) == updated[:1]
    for entry in entries:
        assert one(entry, "title")
        assert one(entry, "content")
        assert entry.find(f"{ATOM}author/{ATOM}name") is not None
        found = links(entry)
        assert f"{found['alternate'].rpartition('/')[0]}/".endswith("/reports/")
        assert found["via"].startswith("https://")


def test_a_feed_of_an_election_tells_of_no_other(client: httpx.Client) -> None:
    everything, ours = (parsed(client.get(path, params={"limit": 200})) for path in FEEDS)
    terms = {c.get("term") for c in ours.iter(f"{ATOM}category")}

    assert KEY in terms
    assert REFERENDUM_KEY not in terms
    shared = {one(entry, "id") for entry in ours.findall(f"{ATOM}entry")}
    assert shared < {one(entry, "id") for entry in everything.findall(f"{ATOM}entry")}


def test_an_entry_reads_like_the_alert(client: httpx.Client) -> None:
    newest = parsed(client.get(FEEDS[0])).findall(f"{ATOM}entry")[0]

    assert one(newest, "title") == "KZ 2023-03-19: corrected to about 700 observers accredited (was 9,000)"
    assert "anna (“misread”) decided" in one(newest, "content")


def test_limit_and_kinds_choose_entries(client: httpx.Client) -> None:
    assert len(parsed(client.get(FEEDS[0], params={"limit": 2})).findall(f"{ATOM}entry")) == 2
    feed = parsed(client.get(FEEDS[0], params={"kinds": "conflict"}))
    assert [c.get("term") for c in feed.iter(f"{ATOM}category")] == ["conflict", KEY]


@pytest.mark.parametrize(("path", "status"), [("/feeds/elections/none.atom", 404), ("/feeds/changes.atom?limt=2", 422)])
def test_a_feed_that_is_asked_for_wrongly(client: httpx.Client, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_links_lead_where_others_find_the_page_and_identities_stay(sqlite_database: Database) -> None:
    fill(sqlite_database)
    found = []
    for public_url in ("", "https://watch.example/kz/"):
        web = WebSettings(public_url=public_url, token=SecretStr("0123456789abcdef"), public=True)
        with asking(make_app(context(sqlite_database, web=web))) as client:
            found.append(parsed(client.get(FEEDS[0])))
    here, public = found

    assert links(public)["alternate"] == "https://watch.example/kz/"
    assert links(public)["self"] == f"https://watch.example/kz{FEEDS[0]}"
    assert [e.text for e in here.iter(f"{ATOM}id")] == [e.text for e in public.iter(f"{ATOM}id")]


def test_first_crawls_are_told_only_when_asked_for_and_what_is_unchanged_is_not_sent(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        told = article("a", day=10)
        record(session, told, report(figure(614)), fetched_at=march(17), found_via="feed", hold=True)
    with asking(make_app(context(sqlite_database))) as client:
        empty, held = (client.get(FEEDS[0], params={"held": flag}) for flag in (False, True))
        again = client.get(FEEDS[0], headers={"If-None-Match": empty.headers["etag"]})

    assert [len(parsed(feed).findall(f"{ATOM}entry")) for feed in (empty, held)] == [0, 1]
    assert held.headers["last-modified"] == "Fri, 17 Mar 2023 06:00:00 GMT"
    assert (again.status_code, again.content) == (304, b"")
