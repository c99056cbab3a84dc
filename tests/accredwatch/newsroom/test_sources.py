"""The replicas' source tables lead to the newsroom, and each outlet's stories are its own."""

from __future__ import annotations

from pathlib import Path

import accredwatch.config
from accredwatch.newsroom.campaign import STORIES
from accredwatch.newsroom.server import Newsroom
from accredwatch.newsroom.sources import replica_sources

CONFIG = Path(accredwatch.config.__file__).parents[1] / "config.toml"


def test_every_story_is_known_by_its_own_outlet_alone() -> None:
    with Newsroom(STORIES) as newsroom:
        sources = replica_sources(accredwatch.config.load(CONFIG).source, newsroom)
        assert [s.key for s in sources] == ["kazinform", "astana_times", "qazaq_tv"]
        for story in STORIES:
            owners = {s.key for s in sources if s.site().identify(newsroom.url(story))}
            assert owners == {story.outlet}


def test_what_concerns_pages_stays_as_configured() -> None:
    configured = {s.key: s for s in accredwatch.config.load(CONFIG).source}
    with Newsroom(STORIES) as newsroom:
        for replica in replica_sources(configured.values(), newsroom):
            real = configured[replica.key]
            assert (replica.body, replica.prune, replica.date) == (real.body, real.prune, real.date)
            assert replica.languages == real.languages
            assert replica.allow_private_addresses
            addresses = [feed.url for feed in replica.feeds] + [one.url for one in replica.listings]
            assert all(url.startswith(newsroom.base(replica.key)) for url in addresses)
