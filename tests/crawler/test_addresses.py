"""Which URLs and addresses are refused."""

from __future__ import annotations

import pytest

from crawler.addresses import LONGEST_URL, AddressGuard, is_public
from crawler.source import Source
from foundation.errors import AddressRefused


def guard(*, private: bool = False) -> AddressGuard:
    return AddressGuard(
        Source(
            key="courier",
            name="Courier",
            hosts=("www.courier.example", "old-courier.example"),
            article_urls=(r"/(?P<id>\d+)",),
            allow_private_addresses=private,
        )
    )


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.1", "10.0.0.1",
        "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "100.127.255.255", "192.0.0.8", "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1",
        "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::", "2001:0:1::1", "2001:db8::1", "3fff::1",
        "5f00::1", "::ffff:0:127.0.0.1",
    ],
)  # fmt: skip
def test_addresses_off_the_public_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "https://courier.example/1", "http://www.courier.example:8080/1", "https://en.courier.example/1",
        "https://OLD-courier.example/1",
    ],
)  # fmt: skip
def test_the_sources_hosts_and_their_subdomains(url: str) -> None:
    guard().check_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://courier.example/1", "data:text/html,1", "gopher://courier.example/",
        "courier.example/1",
        "https://elsewhere.example/1", "https://courier.example.elsewhere.example/1", "https://xcourier.example/",
        "https://user@courier.example/", "https://u:p@courier.example/", "http://a:1\\@courier.example/",
        "http://elsewhere.example\\@courier.example/", "http://elsewhere.example#@courier.example/", "http://[broken/",
        "http:///1", "http://127.0.0.1/", "http://[::ffff:10.0.0.1]/", "http://0x7f.1/", "http://2130706433/",
        "http://courier.example:0/", "http://courier.example:99999/",
    ],
)  # fmt: skip
def test_other_urls_are_refused_with_the_url_named(url: str) -> None:
    with pytest.raises(AddressRefused) as refused:
        guard().check_url(url)
    assert url in str(refused.value)


def test_a_url_longer_than_any_outlets_is_refused() -> None:
    url = f"https://courier.example/1?{'x' * LONGEST_URL}"
    guard().check_url(url[:LONGEST_URL])
    with pytest.raises(AddressRefused, match=r"courier\.example/1\?x+\.\.\. has 2,109 characters; at most 2,083"):
        guard().check_url(url)


def test_a_refused_address_names_the_way_to_allow_it() -> None:
    with pytest.raises(AddressRefused, match=r"10\.1\.2\.3.*allow_private_addresses"):
        guard().check_address("10.1.2.3", "courier.example")
    guard(private=True).check_address("10.1.2.3", "courier.example")
