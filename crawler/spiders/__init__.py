"""Spiders: one for each configured source.

A source needs no class: its table says everything that `SourceSpider` has to know. Where there is more to say, a module
here of the source's name holds a subclass with `name` set to the source's key.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from functools import cache
from typing import Any, Self

from scrapy import Request, Spider
from scrapy.settings import BaseSettings

from crawler.limits import CrawlerSettings
from crawler.settings import USER_AGENT
from crawler.source import Source
from crawler.spiders.base import SourceSpider

_Names = list[str]  # inside the class below, `list` is its method


@cache
def _classes() -> dict[str, type[SourceSpider]]:
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return {cls.name: cls for cls in SourceSpider.__subclasses__() if getattr(cls, "name", None)}


def user_agent(limits: CrawlerSettings) -> str:
    """Who we say we are."""
    return f"{USER_AGENT} (+{limits.contact})" if limits.contact else USER_AGENT


def spider_class(source: Source, limits: CrawlerSettings) -> type[SourceSpider]:
    """The spider of a source, with the Scrapy settings that follow from its table and from [crawler]."""
    base = _classes().get(source.key, SourceSpider)
    custom: dict[str, Any] = {
        "DOWNLOAD_DELAY": source.delay.total_seconds(),
        "DOWNLOAD_TIMEOUT": limits.timeout.total_seconds(),
        "DOWNLOAD_MAXSIZE": limits.max_bytes,
        "CLOSESPIDER_TIMEOUT": limits.crawl_timeout.total_seconds(),
        "USER_AGENT": user_agent(limits),
    }
    # Not by class statement: subclasses are what `_classes` looks for, and this one must be forgotten with its crawl.
    return type(base.__name__, (base,), {"name": source.key, "custom_settings": custom, "__module__": base.__module__})


class SourceSpiderLoader:
    """Shows Scrapy's own commands the configured sources as spiders.

    The settings hold them as SOURCES, and [crawler] as CRAWLER_LIMITS.
    """

    def __init__(self, sources: Iterable[Source], limits: CrawlerSettings) -> None:
        self._sources = {source.key: source for source in sources}
        self._limits = limits

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Made by Scrapy."""
        return cls(settings.get("SOURCES") or (), settings.get("CRAWLER_LIMITS") or CrawlerSettings())

    def load(self, spider_name: str) -> type[Spider]:
        """The spider of a source; raises KeyError, as Scrapy expects, if there is none."""
        if spider_name not in self._sources:
            raise KeyError(f"Spider not found: {spider_name}; the configured sources are {', '.join(self.list())}")
        return spider_class(self._sources[spider_name], self._limits)

    def list(self) -> _Names:
        """The keys of all sources."""
        return sorted(self._sources)

    def find_by_request(self, request: Request) -> _Names:
        """The sources that own the request's URL."""
        return [key for key, source in self._sources.items() if source.site().owns(request.url)]
