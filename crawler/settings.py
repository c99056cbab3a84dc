"""Scrapy's settings. Every deviation from Scrapy 2.19's default stands here with its default and its reason.

What differs per source (delay, time limits, size) is added by `spiders.spider_class`.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from scrapy.settings import Settings

BOT_NAME = "accredwatch"  # default: scrapybot

# --- the loop ---------------------------------------------------------------------------------------------------

# Default: True. On the plain asyncio loop the HTTP client is aiohttp, which lets us open every socket ourselves and so
# refuse an address after the name was resolved, on each hop; Twisted's agent resolves and connects out of our reach.
# It also crawls again and again in one process with flat memory, and needs no reactor to be installed first.
# The price is a handler that Scrapy calls experimental: pinned to 2.19, and tested against a real server.
TWISTED_REACTOR_ENABLED = False

# --- no more than is needed ----------------------------------------------------------------------------------------

# Default: all that Scrapy has. What is only turned off is imported all the same, for some megabytes. Of what is left
# out, OffsiteMiddleware drops requests for foreign hosts without a word; ours refuses them with the URL and the remedy.
DOWNLOAD_HANDLERS_BASE: dict[str, str] = {}
DOWNLOADER_MIDDLEWARES_BASE = {
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": 550,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": 600,
}
EXTENSIONS_BASE = {"scrapy.extensions.closespider.CloseSpider": 0}

# --- nothing that listens or runs code ----------------------------------------------------------------------------

REMOTE_CONTROL_ENABLED = False  # default: True; it runs code that it is sent on localhost
TELNETCONSOLE_ENABLED = False  # default: True; a Python prompt on localhost

# --- where requests may go -------------------------------------------------------------------------------------------

DOWNLOAD_VERIFY_CERTIFICATES = True  # default: False; a forged page would become an alert
# Default: also data, file, s3, ftp. Of a hostile sitemap's `file:///etc/passwd` nothing must come.
DOWNLOAD_HANDLERS: dict[str, str | None] = {
    "http": "crawler.handler.GuardedDownloadHandler",
    "https": "crawler.handler.GuardedDownloadHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
HTTPPROXY_ENABLED = False  # default: True; a proxy from the environment would resolve names where the guard cannot see
REDIRECT_MAX_TIMES = 5  # default: 20; an outlet's move takes two
METAREFRESH_ENABLED = False  # default: True; refreshes of news pages lead to ads or to themselves
COOKIES_ENABLED = False  # default: True; each request stands for itself, and nothing follows us around

# --- politeness ---------------------------------------------------------------------------------------------------

ROBOTSTXT_OBEY = False  # default: False; robots.txt is obeyed by our own middleware, which applies Crawl-delay
CONCURRENT_REQUESTS = 4  # default: 16; a stop waits for what is under way
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # default: 8; one at a time, the delay between them
DOWNLOAD_DELAY_JITTER = 0  # default: 0.5; the delay is the least time between requests, not its mean
USER_AGENT = "accredwatch/0.1"  # default: Scrapy's; the contact of [crawler] is added
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
    "Accept-Language": "*",  # default: en; each edition has its own address, and negotiation would only disturb
}

# --- limits -----------------------------------------------------------------------------------------------------------

DOWNLOAD_WARNSIZE = 0  # default: 32 MB; above our limit
RETRY_TIMES = 2  # default: 2; what fails thrice is tried again at the next crawl
RETRY_HTTP_CODES = [500, 502, 504, 522, 524, 408]  # default: with 429 and 503, which ask for patience, not for retries
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # default: ERROR; the failure is logged with the crawl's errors
# Default: Scrapy's, which drops URLs that it has seen (one story has up to six, we go by identity), gives the last one
# first where we keep the order of the news, and takes the longer the more priorities there are.
SCHEDULER = "crawler.queue.RequestQueue"
CONCURRENT_ITEMS = 1  # default: 100; an answer brings one article, for which as many tasks would be begun

# --- components -----------------------------------------------------------------------------------------------------

DOWNLOADER_MIDDLEWARES: dict[str, int | None] = {
    "crawler.middlewares.guard.AddressGuardMiddleware": 10,
    "crawler.middlewares.robots.RobotsMiddleware": 100,
    "crawler.middlewares.manners.MannersMiddleware": 350,  # in place of the next three
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": None,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": None,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": None,
    "crawler.middlewares.conditional.ConditionalMiddleware": 540,  # above decompression: it hashes what is read
    "crawler.middlewares.patience.PatienceMiddleware": 570,  # below retries: 429 and 503 never get there
    "crawler.middlewares.answers.AnswersMiddleware": 950,  # in place of the network: what the look before has brought
    "crawler.middlewares.archive.ArchiveMiddleware": 900,  # next to the network: it keeps what came, not what it means
}
SPIDER_MIDDLEWARES: dict[str, int | None] = {
    # Each of them takes a twentieth of what a page costs, and has nothing to do here: nobody asks for the depth of a
    # request, or whether it came first; outlets need not know where a link was found; `addresses` refuses URLs that are
    # too long, and says so; our requests never carry on the meta of others.
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
ITEM_PIPELINES = {
    "crawler.pipelines.ReadingPipeline": 100,
    "crawler.ingest.IngestPipeline": 900,
}
EXTENSIONS: dict[str, int | None] = {
    "crawler.extensions.CrawlRecord": 100,
}
STATS_CLASS = "scrapy.statscollectors.DummyStatsCollector"  # default: in memory; the crawl's own result is what counts
STATS_DUMP = False  # default: True; there are none
DOWNLOADER_STATS = False  # default: True; they are nobody's
# Default: True. It parses the source of a callback with each page; whether ours are sound, mypy tells beforehand.
WARN_ON_GENERATOR_RETURN_VALUE = False
LOG_LEVEL = "INFO"  # default: DEBUG
SPIDER_LOADER_CLASS = "crawler.spiders.SourceSpiderLoader"  # default: modules; our spiders are the configured sources


@cache
def own() -> Settings:
    """These settings as Scrapy takes them, made once: a Scrapy crawler begins with a copy."""
    return Settings(as_dict())


def as_dict() -> dict[str, Any]:
    """These settings by name, for a Scrapy `Settings` object."""
    return {name: value for name, value in globals().items() if name.isupper()}
