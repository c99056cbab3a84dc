"""Names that resolve to one address when they are looked at and to another when they are asked."""

from __future__ import annotations

import asyncio
import socket
from asyncio.selector_events import BaseSelectorEventLoop
from collections.abc import Iterator
from typing import Any

import pytest

from crawler.source import Source
from tests.crawler import pages
from tests.crawler.conftest import Newsroom, source_of
from tests.crawler.server import NewsSite, Reply

PUBLIC = "93.184.216.34"
NAME = "courier.example"


class Network:
    """A resolver that answers by a script, the last answer for good; a public address that leads to the site."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.answers: dict[str, list[list[str]]] = {}
        self.looked_up: list[str] = []
        self.connected: list[str] = []
        self._look_up = socket.getaddrinfo
        self._connect = BaseSelectorEventLoop.sock_connect
        monkeypatch.setattr(socket, "getaddrinfo", self.look_up)
        network = self

        async def connect(loop: BaseSelectorEventLoop, sock: socket.socket, address: tuple[Any, ...]) -> None:
            network.connected.append(address[0])
            host = "127.0.0.1" if address[0] == PUBLIC else address[0]
            await network._connect(loop, sock, (host, *address[1:]))

        monkeypatch.setattr(BaseSelectorEventLoop, "sock_connect", connect)

    def look_up(self, host: str, port: int, *rest: Any, **more: Any) -> list[Any]:  # noqa: ANN401 - of getaddrinfo
        if host not in self.answers:
            return self._look_up(host, port, *rest, **more)
        self.looked_up.append(host)
        script = self.answers[host]
        addresses = script.pop(0) if len(script) > 1 else script[0]
        return [self._look_up(address, port, *rest, **more)[0] for address in addresses]


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Iterator[Network]:
    made = Network(monkeypatch)
    yield made
    assert set(made.connected) <= {PUBLIC}  # nothing else was so much as knocked at


def courier(site: NewsSite, **more: object) -> Source:
    """A source on public hosts, its article on a host of its own."""
    base = f"http://{NAME}:{site.port}"
    site.routes["/feed"] = Reply(pages.rss([(f"http://news.{NAME}:{site.port}/1", "CEC accredits 134 observers")]))
    site.routes["/1"] = Reply(pages.observers(134))
    table = {
        "hosts": [NAME],
        "article_urls": [r"/(?P<id>\d+)$"],
        "feeds": [{"url": f"{base}/feed", "language": "en"}],
        "allow_private_addresses": False,
    }
    return source_of(site, **(table | more))


def test_public_names_are_asked(newsroom: Newsroom, site: NewsSite, network: Network) -> None:
    network.answers = {NAME: [[PUBLIC]], f"news.{NAME}": [[PUBLIC]]}
    result = newsroom.crawl(courier(site))
    assert (result.fetched, result.errors) == (1, ())
    assert {NAME, f"news.{NAME}"} <= set(network.looked_up)


def test_a_name_that_rebinds_is_refused_at_the_next_connection(
    newsroom: Newsroom, site: NewsSite, network: Network
) -> None:
    network.answers = {name: [[PUBLIC], ["127.0.0.1"]] for name in (NAME, f"news.{NAME}")}
    source = courier(site)
    assert newsroom.crawl(source).ok
    asked = list(site.asked)
    result = newsroom.crawl(source)
    assert site.asked == asked
    assert result.errors
    assert all("resolves to 127.0.0.1" in error for error in result.errors)


@pytest.mark.parametrize("answer", [["10.0.0.1"], ["169.254.169.254"], ["100.64.0.1"], ["::ffff:10.0.0.1"], ["::1"]])
def test_each_hop_is_looked_at_when_it_is_connected_to(
    newsroom: Newsroom, site: NewsSite, network: Network, answer: list[str]
) -> None:
    """A feed, its article, and where both redirect to: whatever a document names is resolved and looked at anew."""
    network.answers = {NAME: [[PUBLIC]], f"news.{NAME}": [[PUBLIC]], f"inner.{NAME}": [answer]}
    inner = f"http://inner.{NAME}:{site.port}"
    source = courier(site)
    site.routes["/1"] = Reply(status=302, headers={"Location": f"{inner}/2"})
    result = newsroom.crawl(source)
    assert (result.fetched, len(result.errors)) == (0, 1)
    assert "no public address" in result.errors[0]

    for place in ("feeds", "sitemaps", "listings"):
        result = newsroom.crawl(courier(site, **{"feeds": [], place: [{"url": f"{inner}/x", "language": "en"}]}))
        assert "no public address" in result.errors[0]

    documents = {
        "feeds": pages.rss([(f"{inner}/3", "CEC accredits 134 observers")]),
        "sitemaps": pages.sitemap([f"{inner}/3"]),
        "listings": pages.listing([(f"{inner}/3", "CEC accredits 134 observers")]),
    }
    for place, document in documents.items():
        listed = courier(site, **{"feeds": [], place: [{"url": f"http://{NAME}:{site.port}/list", "language": "en"}]})
        site.routes["/list"] = Reply(document)
        result = newsroom.crawl(listed)
        assert (result.fetched, len(result.errors)) == (0, 1), place
        assert "no public address" in result.errors[0]

    site.routes["/feed"] = Reply(status=301, headers={"Location": f"{inner}/feed"})
    result = newsroom.crawl(source)
    assert "no public address" in result.errors[0]


@pytest.mark.parametrize("answers", [[PUBLIC, "127.0.0.1"], ["127.0.0.1", PUBLIC]])
def test_one_private_address_among_public_ones(
    newsroom: Newsroom, site: NewsSite, network: Network, answers: list[str]
) -> None:
    """It is never connected to, whether or not the public one takes the request."""
    network.answers = {NAME: [answers], f"news.{NAME}": [answers]}
    newsroom.crawl(courier(site))


def test_a_loop_of_its_own_kind_connects_through_the_stub(site: NewsSite, network: Network) -> None:
    """The stub stands where the client connects; else the tests above would prove nothing."""

    async def connect() -> None:
        with socket.socket() as client:
            client.setblocking(False)
            await asyncio.get_running_loop().sock_connect(client, (PUBLIC, site.port))

    asyncio.run(connect())
    assert network.connected == [PUBLIC]
