"""What to fetch: sources, spiders, discovery and politeness.

    crawler.source      Source (a [[source]] of config.toml), Feed, Listing
    crawler.limits      CrawlerSettings ([crawler] of config.toml)
    crawler.crawl       Crawler(sources, settings, database, subscriptions, clock, *, on_progress=None, reader=None):
                        await .crawl(key, *, since=None, dry_run=False, on_alerts=None) -> CrawlResult
                        await .stop(*, timeout=None) -> bool     await .close()     .running
                        new_run(source, limits, database, reader, clock, ...) -> CrawlRun, for Scrapy's own commands
    crawler.walk        Walk(settings, database, clock, *, reader=None, archive=None, on_way=None, on_walked=None):
                        await .through(stretches of crawler.backfill)     await .stop()     await .close()
    crawler.progress    CrawlResult and the events that `on_progress` is told
    crawler.settings    Scrapy's settings, each deviation with its reason

Who does what: the look before a crawl (`look`, `asking`) asks for feeds and listings, and ends the crawl where nothing
on them is to be fetched. Else spiders yield requests and items (`spiders`), deciding by `frontier`; requests wait in
`queue`, articles go a `lane` and a `passage` of their own; middlewares ask (`middlewares`), through the one guarded way
to the network (`handler`, `addresses`), and keep what came (`archive`, `warc_records`); pipelines read (`pipelines`,
`glance`, `reading`); `ingest` writes articles, and at the end `extensions` how the crawl went, after the news of other
crawls (`precedence`). What a crawl is asked to do stands in its `commission`, what it finds is kept in its `run`, what
outlives it in `resident`. `memory` is a crawl's only window on storage. In a walk through the past, each
stretch is a crawl whose articles go by a `chronicle`, which puts them in order, to a `recorder`, a process that writes.
What goes wrong, `failures` hears.
"""
