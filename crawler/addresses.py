"""Which addresses may be asked: the source's own hosts, over http(s), on the public internet.

The host is checked before each request, on every hop of a redirect; the address that it resolves to is checked when
the connection is made, so that a name which answers differently the second time gains nothing.
"""

from __future__ import annotations

import socket
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

import yarl

from crawler.source import Source
from foundation.errors import AddressRefused

# Not global by the registries, yet `is_global` of older Pythons says otherwise, or tunnels to any IPv4 address.
_REFUSED = """
100.64.0.0/10 192.0.0.0/24 192.88.99.0/24 198.18.0.0/15 240.0.0.0/4
64:ff9b::/96 64:ff9b:1::/48 2001::/32 2002::/16 3fff::/20 fec0::/10
"""
LONGEST_URL = 2083
"""Characters; no browser of old took more, so no outlet has any."""
_REFUSED_NETWORKS = tuple(map(ip_network, _REFUSED.split()))


def is_public(address: str) -> bool:
    """Whether an IP address in text form belongs to the public internet; mapped IPv4 counts as what it maps."""
    ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    if not ip.is_global or ip.is_multicast or ip.is_reserved or ip.is_unspecified:
        return False
    return not any(ip.version == network.version and ip in network for network in _REFUSED_NETWORKS)


class AddressGuard:
    """Says no to every address that a source's configuration does not allow."""

    def __init__(self, source: Source) -> None:
        self._key = source.key
        self._hosts = tuple(host.removeprefix("www.").lower() for host in source.hosts)
        self._private = source.allow_private_addresses
        # Each URL is checked before it waits for its turn and again when it is asked for; what is refused always anew.
        self._look_at = lru_cache(maxsize=16)(self._check)

    def check_url(self, url: str) -> None:
        """Check scheme, user part and host.

        Raises AddressRefused.
        """
        self._look_at(url)

    def _check(self, url: str) -> None:
        if len(url) > LONGEST_URL:
            raise AddressRefused(f"{url[:100]}... has {len(url):,} characters; at most {LONGEST_URL:,} are asked for")
        scheme = url.partition(":")[0].lower()
        if scheme not in {"http", "https"}:
            raise AddressRefused(f"{url}: only http and https are asked, not {scheme}; correct the URL at its origin")
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").lower()
            # The client that connects parses URLs by itself: a URL that two parsers read differently is a trick.
            same = yarl.URL(url).raw_host
            has_user = parts.username is not None or parts.password is not None
            valid_port = parts.port is None or parts.port > 0
        except (ValueError, IndexError) as error:  # yarl: IndexError for '//[::]@'
            raise AddressRefused(f"{url} is no valid URL ({error}); correct it at its origin") from error
        if has_user or not valid_port or "\\" in url or same is None or same.lower() != host:
            raise AddressRefused(f"{url} hides its host (user name, backslash or port); it is not asked")
        bare = host.removeprefix("www.")
        if not any(bare == allowed or bare.endswith("." + allowed) for allowed in self._hosts):
            raise AddressRefused(
                f"{url}: {host} is no host of source {self._key}; if the outlet has moved, add it to its `hosts`"
            )

    def check_address(self, address: str, host: str) -> None:
        """Check the IP address that a connection is about to be made to.

        Raises AddressRefused.
        """
        if not self._private and not is_public(address):
            raise AddressRefused(
                f"{host} resolves to {address}, which is no public address; if source {self._key} really lives there, "
                "set allow_private_addresses = true for it"
            )

    def open_socket(self, addr_info: tuple[Any, ...]) -> socket.socket:
        """A socket for an address of getaddrinfo's form, given to the HTTP client as its only source of sockets.

        Raises AddressRefused.
        """
        family, kind, protocol, _, address = addr_info
        self.check_address(str(address[0]), f"a host of source {self._key}")
        return socket.socket(family=family, type=kind, proto=protocol)
