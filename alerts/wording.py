"""The words that alerts are made of: what templates call for numbers, senders, polls and instants."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import datetime
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from extract.model import Approx, Basis, ElectionType, Status
from storage.views import Statement

_SCOPES = {
    "total": "observers",
    "organizations": "observers of organizations",
    "countries": "observers of foreign states",
    "diplomats": "diplomats as observers",
    "domestic": "domestic observers",
    "domestic_organizations": "domestic organizations",
    "journalists": "journalists",
}

_POLLS = {
    ElectionType.PRESIDENTIAL: "presidential election",
    ElectionType.PARLIAMENTARY: "parliamentary election",
    ElectionType.SENATE: "Senate election",
    ElectionType.LOCAL: "local elections",
    ElectionType.REFERENDUM: "referendum",
}

_ALIKE = 0.3
"""Share of words in common from which two sentences are versions of one."""
_APPROX = {Approx.ABOUT: "about ", Approx.OVER: "over ", Approx.UNDER: "under "}


def number(value: int, approx: Approx | None = None) -> str:
    """'1,026', or 'over 600' where the text says no more."""
    return f"{_APPROX[approx] if approx else ''}{value:,}"


def signed(value: int) -> str:
    """'+473', with a true minus sign for a fall."""
    return f"{value:+,}".replace("-", "−")


def observers(scope: str) -> str:
    """Whose observers a figure counts: 'observers', 'observers of OSCE', 'observers of Germany'."""
    return _SCOPES.get(scope) or f"observers of {sender(scope)}"


def sender(scope: str) -> str:
    """The sender that a scope names: 'country:DE' is 'Germany', 'organization:OSCE' is 'OSCE', 'total' stays."""
    kind, _, name = scope.partition(":")
    if kind == "country":
        return _countries().get(name, name)
    return (name or kind).replace("_", " ")


def counted(statement: Statement) -> str:
    """A figure in words: 'over 600 observers accredited', '30 more observers proposed'."""
    more = ""
    if statement.basis is Basis.NEW and statement.status is not Status.WITHDRAWN:
        more = "more "
    return f"{number(statement.value, statement.approx)} {more}{observers(statement.scope)} {statement.status}"


def apart(one: str, other: str) -> str:
    """The first text with »guillemets« around what the other one has not; as it is if they share too little.

    >>> apart("In all 739 came.", "In all 793 came.")
    'In all »739« came.'
    """
    words, others = one.split(" "), other.split(" ")
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return one
    pieces = []
    for tag, start, end, _, _ in matcher.get_opcodes():
        if start < end:
            piece = " ".join(words[start:end])
            pieces.append(piece if tag == "equal" else f"»{piece}«")
    return " ".join(pieces)


def either(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The first statement of each value."""
    first: dict[int, Statement] = {}
    for statement in statements:
        first.setdefault(statement.value, statement)
    return tuple(first.values())


def poll(kind: ElectionType) -> str:
    """The poll in words: 'parliamentary election'."""
    return _POLLS[kind]


def instant(moment: datetime, zone: ZoneInfo) -> str:
    """The instant in the zone, which is named: '2023-03-13 14:05 (Asia/Almaty)'."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M} ({zone.key})"


@cache
def _countries() -> dict[str, str]:
    """English names of states by code."""
    table = tomllib.loads((files("extract") / "data" / "countries.toml").read_text(encoding="utf-8"))
    return {code: str(row["en"]).partition(";")[0].strip() for code, row in table.items()}
