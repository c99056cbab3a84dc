"""Totals that hold only if those who wait are let in: announced, whatever adds up to them."""

from __future__ import annotations

from extract.model import Basis, Status
from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence

_PEOPLE = frozenset({"observer", "person", "bare"})
_GRANTING = frozenset({"accredited", "accredit_root", "accreditation", "passed_it", "would_grant"})
_CONDITIONS = frozenset({"if_word", "if_granted", "granted_if"})
"""'if', 'if approved', and the verb that closes a condition: 'мақұлданса'."""


def suppose(mentions: list[Mention], sentences: list[Sentence]) -> None:
    """'111 are accredited. If the other 44 are approved, the number will come to 155': the 155 are expected.

    And the 44 are proposed.
    """
    for index in dict.fromkeys(m.sentence for m in mentions if sentences[m.sentence].classes & _CONDITIONS):
        chunks = sentences[index].chunks
        condition = _condition(chunks)
        if condition is None:
            continue
        numbers = [m for m in mentions if m.sentence == index and _may_be(m)]
        total = _on_that_condition(condition, numbers, chunks)
        if total is not None:
            _settle(total, Status.ANNOUNCED, Basis.CUMULATIVE)
            for waiting in [m for m in numbers if condition[0] <= m.at < condition[1] and m.value < total.value]:
                _settle(waiting, Status.PROPOSED, Basis.NEW)


def _settle(mention: Mention, status: Status, basis: Basis) -> None:
    mention.status = mention.told_status = status
    mention.basis, mention.settled = basis, True


def _may_be(mention: Mention) -> bool:
    of_all = level(mention.scope) == 0 and mention.noun in _PEOPLE
    return of_all and mention.told_status is not Status.WITHDRAWN


def _condition(chunks: list[Chunk]) -> tuple[int, int] | None:
    """Where it begins and ends, that others be let in; a day in it makes a comparison.

    'Если к 24 мая аккредитованных было 248, то теперь их 342' is no condition.
    """
    at = next((i for i, c in enumerate(chunks) if c.classes & _CONDITIONS), None)
    if at is None or "if_granted" in chunks[at].classes:
        return None if at is None else (at, at + 1)
    if "granted_if" in chunks[at].classes:
        return next((i + 1 for i in range(at, -1, -1) if chunks[i].text == ","), 0), at + 1
    end = next((i for i in range(at, len(chunks)) if chunks[i].text == ","), len(chunks))
    granted = any(c.classes & _GRANTING for c in chunks[at:end])
    return (at, end) if granted and all(c.day is None for c in chunks[at:end]) else None


def _on_that_condition(condition: tuple[int, int], numbers: list[Mention], chunks: list[Chunk]) -> Mention | None:
    """The largest number behind a condition, else the last one before it: 'there will be 155, if approved'."""
    first, end = condition
    totals = [m for m in numbers if not m.more]
    behind = [m for m in totals if m.at >= end]
    total = max(behind or [m for m in totals if m.last <= first][-1:], key=lambda m: m.value, default=None)
    if total is None:
        return None
    told = chunks[total.last : total.clause[1] if behind else first]
    done = any("accredited" in c.classes for c in told) and not any("future" in c.classes for c in told)
    now = any("now" in c.classes for c in chunks[end : total.at])
    return None if done or now else total  # 'былтыр 641 тіркелсе, биыл 431 тіркелді', 'если до него 105, то сейчас 163'
