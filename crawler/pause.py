"""How long an outlet is to be left alone between two requests."""

from __future__ import annotations

from crawler.middlewares.robots import AGENT
from crawler.resident import Resident
from crawler.source import Source


def pause(source: Source, resident: Resident) -> float:
    """Seconds between two requests to the outlet: its delay, or what robots.txt asks for if that is more."""
    asked = [rules.delay(AGENT) for rules in resident.robots.rules.values()]
    return max([source.delay.total_seconds(), *asked])
