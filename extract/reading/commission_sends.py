"""Which election bodies of other states send observers: 'six from CICA, four from the commission of Belarus'."""

from __future__ import annotations

from extract.reading.scan import Chunk, Sentence

_BODY = frozenset({"commission", "commissions", "election_body"})
_AHEAD = 7
"""Chunks between the number of those whom it sends and its name."""
_BEHIND = 4
"""Chunks between its verb and whom it sends."""
_LINKS = frozenset(
    {"origin", "represent", "person", "observer", "copula", "filler", "sends", "proposed", "leader", "elects"}
)
"""What stands between the number and the name: 'four employees of', 'three were sent by', '4 –'."""


def commission_sends(sentence: Sentence, at: int) -> bool:
    """Whether the state at `at` owns an election body that sends people to this poll."""
    if sentence.classes.isdisjoint(_BODY):
        return False
    chunks = sentence.chunks
    span = _its_name(chunks, at)
    if span is None:
        return False
    return _counted_behind(chunks, span[1]) or _delegates(chunks, span[1]) or _counted_ahead(chunks, span[0])


def _its_name(chunks: list[Chunk], at: int) -> tuple[int, int] | None:
    """From where to where 'the Central Election Commission of Belarus' or 'the Belarusian election body' goes."""
    first = at - 1
    while first > 0 and chunks[first].classes & {"filler", "origin"}:
        first -= 1
    if first >= 0 and chunks[first].classes & _BODY:
        return first, at + 1
    for last in range(at + 1, min(at + 3, len(chunks))):
        if chunks[last].classes & _BODY:
            return at, last + 1
        if chunks[last].text not in {"'s", "’s", "'", "’"}:
            return None
    return None


def _counted_behind(chunks: list[Chunk], last: int) -> bool:
    """'the Central Election Commission of Belarus – 4', 'the election bodies of Belarus (4) and Qatar (3)'."""
    behind = chunks[last : last + 3]
    if behind and behind[0].number is not None:
        return all(not c.is_word or "and" in c.classes for c in behind[1:2])
    if (
        len(behind) < 3
        or not (behind[0].text in "–—-(:" or "acts_for" in behind[0].classes)
        or behind[1].number is None
    ):
        return False
    return not behind[2].is_word or bool(behind[2].classes & {"observer", "and"})


def _delegates(chunks: list[Chunk], last: int) -> bool:
    """'The Belarusian commission delegated four observers', 'the commission of Uzbekistan has put forward four'."""
    behind = chunks[last : last + _BEHIND]
    verb = next((i for i, c in enumerate(behind[:2]) if c.classes & {"sends", "proposed"}), None)
    if verb is None or "accredited" in behind[verb].classes:
        return False
    return any(c.number is not None or c.classes & {"observer", "person"} for c in behind[verb + 1 :])


def _counted_ahead(chunks: list[Chunk], first: int) -> bool:
    """'4 – the commission of Belarus', 'three observers were sent by it', 'among them the chairman of it'."""
    linked = False
    for chunk in reversed(chunks[max(0, first - _AHEAD) : first]):
        if chunk.number is not None or chunk.classes & {"including"}:
            return linked
        if not (chunk.classes & _LINKS or chunk.text in "–—-"):
            return False
        linked = linked or "filler" not in chunk.classes
    return False
