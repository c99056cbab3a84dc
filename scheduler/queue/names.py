"""What jobs are called: a kind of job has a queue and a task of its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of jobs, each of which has a queue."""

    CRAWL = "crawl"
    DELIVER = "deliver"
    INGEST = "ingest"
    REREAD = "reread"


PRIORITY: Mapping[Kind, int] = {Kind.DELIVER: 20, Kind.CRAWL: 10, Kind.INGEST: 0, Kind.REREAD: 0}
"""What is taken first: whoever waits for an alert has waited longest."""


Argument = str | int | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobOrder:
    """A job that is to be put into the queue."""

    kind: Kind
    subject: str
    """What it is about: a source, a channel, a file; no two jobs of a kind on one subject wait in the queue."""
    lock: str
    """No two jobs of one lock are under way, on whichever machines."""
    arguments: Mapping[str, Argument] = field(default_factory=dict)

    @property
    def identity(self) -> str:
        """What is in the queue once at most."""
        return f"{self.kind} {self.subject}"


def crawl(source: str, outlet: str, after: int) -> JobOrder:
    """A crawl of a source, which is due since its crawl number `after` (0: it has had none)."""
    arguments: dict[str, Argument] = {"source": source, "outlet": outlet, "after": after}
    return JobOrder(kind=Kind.CRAWL, subject=source, lock=f"outlet {outlet}", arguments=arguments)


def deliver(channel: str) -> JobOrder:
    """A round of delivery on a channel."""
    return JobOrder(kind=Kind.DELIVER, subject=channel, lock=f"channel {channel}", arguments={"channel": channel})


def ingest(file: str, source: str | None) -> JobOrder:
    """The reading of a WARC file, for one source or for all; `file` is its place on the machines of all workers."""
    arguments: dict[str, Argument] = {"file": file, "source": source}
    subject = f"{file} {source or 'all sources'}"
    return JobOrder(kind=Kind.INGEST, subject=subject, lock=f"file {file}", arguments=arguments)


def reread(source: str | None, since: str | None, *, tell: bool) -> JobOrder:
    """The archive read again: of one source or of all, what was fetched since an instant (ISO 8601) or all."""
    arguments: dict[str, Argument] = {"source": source, "since": since, "tell": tell}
    subject = f"{source or 'all sources'} since {since or 'ever'}"
    return JobOrder(kind=Kind.REREAD, subject=subject, lock="archive", arguments=arguments)
