"""Which sources ask the same hosts: they are crawled one after the other, so that no host is asked by two crawls."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.source import Source


def outlets(sources: Iterable[Source]) -> dict[str, str]:
    """The outlet of each source, by the source's key: sources of one outlet share a host, be it through others.

    An outlet is called by the first of its hosts in the order of letters. A host and its subdomains are one.
    """
    groups: list[tuple[set[str], list[str]]] = []
    for source in sources:
        hosts, keys = {host.removeprefix("www.").lower() for host in source.hosts}, [source.key]
        apart = []
        for others, their_keys in groups:
            if _meet(hosts, others):
                hosts, keys = hosts | others, [*their_keys, *keys]
            else:
                apart.append((others, their_keys))
        groups = [*apart, (hosts, keys)]
    return {key: min(hosts) for hosts, keys in groups for key in keys}


def _meet(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether one of the hosts is one of the others, or a subdomain of one, or the other way round."""
    return any(a == b or a.endswith(f".{b}") or b.endswith(f".{a}") for a in some for b in others)
