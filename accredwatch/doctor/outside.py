"""The world outside: sources, channels and what they are sent. Each check answers with findings and raises nothing."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import datetime

from accredwatch.config import Settings
from accredwatch.doctor.finding import Finding, failed, ok, warning
from accredwatch.edited_templates import has_templates, template_problems
from alerts.channels import check_channel, host_of
from alerts.delivery import send_test
from alerts.settings import AlertSettings, Channel
from crawler.probe import Probe
from crawler.source import Source
from foundation.clock import Clock
from foundation.errors import AccredwatchError, ConfigError, DeliveryError


def read_probe(source: Source, probe: Probe) -> Iterator[Finding]:
    """What the answers of a source mean."""
    useful = [answer for answer in probe.answers if answer.error is None]
    for answer in probe.answers:
        if answer.error is not None:
            remedy = (
                f"open it in a browser; then look at the network, or correct source {source.key} in the configuration"
            )
            yield failed("source", answer.error, remedy, subject=source.key)
        elif not answer.articles:
            said = f"{answer.url} lists no article of the source"
            yield warning("source", said, f"look at article_urls of source {source.key}", subject=source.key)
    if probe.forbidden:
        said = f"robots.txt forbids {', '.join(probe.forbidden)}"
        yield failed("source", said, "remove it from the source, or agree with the outlet", subject=source.key)
    if useful:
        hosts = "1 host answers" if len(useful) == 1 else f"{len(useful)} hosts answer"
        slow = f", robots.txt asks for {probe.slow:g} s between requests" if probe.slow else ""
        articles = sum(answer.articles for answer in useful)
        yield ok("source", f"{hosts}, {articles} articles listed, robots.txt allows it{slow}", subject=source.key)


def rests(source: Source, until: datetime) -> Finding:
    """A source that asked to be left alone is not asked."""
    said = f"asked not to be asked before {until:%Y-%m-%d %H:%M} UTC, so it was not"
    return warning("source", said, "wait; raise its interval or delay if that happens often", subject=source.key)


def check_one_channel(channel: Channel) -> Finding:
    """Whether a channel's URL can be used, and its host be found. Nothing is sent."""
    try:
        check_channel(channel)
        host = host_of(channel)
    except ConfigError as error:
        return failed("channel", str(error), "correct its URL", subject=channel.name)
    if host is None:
        return ok("channel", "its URL is in order", subject=channel.name)
    try:
        socket.getaddrinfo(host, None)
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no name of a host"
        remedy = "check the network, then the channel's URL"
        return failed("channel", f"its host cannot be found: {reason}", remedy, subject=channel.name)
    return ok("channel", "its URL is in order, and its host is known", subject=channel.name)


def check_templates(settings: Settings) -> Iterator[Finding]:
    """Whether the edited templates can write every alert. Nothing is asked for."""
    if not has_templates(settings):
        yield ok("templates", "the built-in ones are used")
        return
    found = template_problems(settings)
    for problem in found:
        yield failed("templates", problem, "correct it; until then the built-in templates are used")
    if not found:
        yield ok("templates", "every kind of alert can be written with the edited ones")


def try_channel(channel: Channel, settings: AlertSettings, clock: Clock) -> Finding:
    """Whether a channel takes a test message."""
    try:
        send_test(channel, settings, clock)
    except DeliveryError as error:
        return failed("channel", str(error), "see docs/alerts.md, When a channel fails", subject=channel.name)
    except AccredwatchError as error:
        return failed("channel", str(error), "correct its URL", subject=channel.name)
    return ok("channel", "took a test message", subject=channel.name)
