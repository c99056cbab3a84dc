"""Totals that hold only if those who wait are let in: announced, whatever adds up to them."""

from __future__ import annotations

from itertools import takewhile

from extract.model import Basis, Status
from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence

_PEOPLE = frozenset({"observer", "person", "bare"})
_GRANTING = frozenset({"accredited", "accredit_root", "accreditation", "passed_it", "would_grant"})


def suppose(mentions: list[Mention], sentences: list[Sentence]) -> None:
    """'111 are accredited. If all the others are approved, the number will come to 155': the 155 are expected."""
    for mention in [m for m in mentions if sentences[m.sentence].classes & {"if_granted", "if_word"}]:
        open_total = level(mention.scope) == 0 and mention.noun in _PEOPLE and not mention.more
        if open_total and mention.told_status is not Status.WITHDRAWN and _holds_if(mention, sentences):
            mention.status = mention.told_status = Status.ANNOUNCED
            mention.basis, mention.supposed = Basis.CUMULATIVE, True


def _holds_if(mention: Mention, sentences: list[Sentence]) -> bool:
    """Whether a condition stands before the number, or behind it, that others be let in."""
    chunks = sentences[mention.sentence].chunks
    for at, chunk in enumerate(chunks):
        if "if_granted" in chunk.classes:
            return _is_a_verb_of_the_condition(at, mention, chunks)
        if "if_word" in chunk.classes:
            condition = list(takewhile(lambda c: c.text != ",", chunks[at + 1 :]))
            granted = any(c.classes & _GRANTING for c in condition)
            told = chunks[at + len(condition) + 1 : mention.at]
            if any(c.day is not None for c in condition) or any("now" in c.classes for c in told):
                return False  # 'если к 24 мая аккредитованных было 248, то теперь их 342'
            if granted and not at < mention.at <= at + len(condition):
                return True
    return False


def _is_a_verb_of_the_condition(at: int, mention: Mention, chunks: list[Chunk]) -> bool:
    """'15 адам мақұлданса, олардың саны 155 болады': the 155, not the 15."""
    first = next((i for i in range(at, -1, -1) if chunks[i].text == ","), -1)
    compared = any("accredited" in c.classes for c in chunks[at + 1 :])  # 'былтыр 641 тіркелсе, биыл 431 тіркелді'
    return not first < mention.at < at and not compared
