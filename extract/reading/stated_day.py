"""The voting day that a text gives."""

from __future__ import annotations

from datetime import date

from extract.model import ElectionType
from extract.reading.elsewhere import foreign_or_earlier
from extract.reading.lawful_end import is_last_hour
from extract.reading.scan import Chunk, Scan, Sentence
from extract.words import elections

_NEAR_VERB = 6
"""Chunks between a day and the verb of closing."""


def stated_day(scan: Scan, kind: ElectionType) -> date | None:
    """The voting day that the text gives: a day near a word for the poll; rather one that agrees with the register."""
    expected = elections.resolve(kind, None, scan.published).date
    found: list[date] = []
    for index, sentence in enumerate(scan.sentences):
        if foreign_or_earlier(scan, index) or not sentence.classes & {
            "poll",
            "referendum",
            "voting_day",
            "parliamentary",
        }:
            continue
        for at in sentence.dated:
            day = sentence.chunks[at].day
            if day is None or (day.day is None and day.until is None):
                continue
            if (at and sentence.chunks[at - 1].classes & {"as_of_phrase", "until"}) or _ends_there(sentence.chunks, at):
                continue
            if _ended_there(sentence.chunks, at) or _is_the_last_day(sentence.chunks, at):
                continue
            if at and is_last_hour(sentence.chunks[at - 1]) and "end" in sentence.classes:
                continue  # 'Аккредитация завершится за пять дней до голосования, в 18:00 13 марта'
            if near_a_poll(sentence, at):
                found += [d for d in (day.day, day.until) if d and (not day.relative or d == expected)]
    if expected is not None and expected in found:
        return expected
    known = [d for d in found if any(p.type is kind and p.date == d for p in elections.known())]
    later = [d for d in found if scan.published is not None and d > scan.published]
    return next(iter(known or later), None)


def _ends_there(chunks: list[Chunk], at: int) -> bool:
    """'байқаушыларды аккредиттеу 14 қарашада аяқталады': a day with the verb of closing behind it, not the poll's."""
    for chunk in chunks[at + 1 : at + _NEAR_VERB]:
        if chunk.day is not None or chunk.classes & {"poll", "referendum", "parliamentary", "presidential", "senate"}:
            return False
        if chunk.classes & {"until", "over", "end"}:
            return True
    return False


def _ended_there(chunks: list[Chunk], at: int) -> bool:
    """'завершится этот процесс 13 августа, за пять дней до голосования': the verb of closing opens the day's clause."""
    opening = chunks[max(0, at - _NEAR_VERB) : at]
    named = any(c.classes & {"poll", "referendum", "parliamentary", "presidential", "senate"} for c in opening)
    return at <= _NEAR_VERB and "end" in chunks[0].classes and not named


def _is_the_last_day(chunks: list[Chunk], at: int) -> bool:
    """'последний день для подачи документов – 14 ноября': the words for the end, and a dash before the day."""
    if not at or "copula" not in chunks[at - 1].classes or chunks[at - 1].is_word:
        return False
    ahead = chunks[max(0, at - _NEAR_VERB) : at - 1]
    last = next((i for i in range(len(ahead) - 1, -1, -1) if {"until", "end"} <= ahead[i].classes), None)
    return last is not None and not any(c.classes & {"poll", "voting_day", "referendum"} for c in ahead[last:])


def near_a_poll(sentence: Sentence, at: int) -> bool:
    poll, chunks = {"poll", "referendum", "voting_day"}, sentence.chunks
    if any("scheduled" in c.classes for c in chunks[max(0, at - 4) : at]):
        return bool(sentence.classes & poll)
    return any(c.classes & poll for c in chunks[max(0, at - 12) : at + 14])
