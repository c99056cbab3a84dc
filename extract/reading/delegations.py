"""Which sentences have a state send people to a poll: 'observers from Kazakhstan', 'Kazakhstan will send ...'."""

from __future__ import annotations

from extract.reading.groups import HOST
from extract.reading.scan import Chunk, Sentence
from extract.words.spans import NameKind

_SENT = frozenset({"observer", "experts", "parliamentarians", "delegation"})
"""Who goes to another country's poll."""
_CASES = frozenset({"of_case", "at_case", "from_case", "in_case", "to_case"})
"""Endings with which a state is not the one that acts."""
_TO_ITS_VERB = 6
"""Chunks between a state and the verb, whom it sends being in between."""


def names_host(sentence: Sentence, at: int) -> bool:
    """Whether a chunk is the name of the country whose polls are watched."""
    name = sentence.chunks[at].name
    return name is not None and name.id == HOST


def sends_people(chunks: list[Chunk], at: int) -> bool:
    """'observers from Kazakhstan', 'Kazakhstan will send observers to the poll in Moldova', 'ЦИК ... понаблюдают'."""
    after = chunks[at + 1 : at + 3]
    of_it = bool(at) and "commission" in chunks[at - 1].classes
    if of_it and any({"observing", "verb"} <= c.classes for c in after[:1]):
        return True
    if _people_from(chunks, at) or (at <= 1 and any("sends" in c.classes for c in after[:1])):
        return True
    return _sends_observers(chunks, at)


def _sends_observers(chunks: list[Chunk], at: int) -> bool:
    """'Қазақстан да бақылаушы жібереді', 'Қазақстан бес өкілін аттандырды': whom it sends stands before the verb."""
    if chunks[at].classes & _CASES:
        return False
    people = False
    for chunk in chunks[at + 1 : at + _TO_ITS_VERB]:
        if "sends" in chunk.classes and not chunk.classes & _SENT:
            return people
        people = people or bool(chunk.classes & {"observer", "person"})
        if not (chunk.number is not None or chunk.classes & {"observer", "person", "filler", "and", "new_word"}):
            return False
    return False


def _people_from(chunks: list[Chunk], at: int) -> bool:
    name = chunks[at].name
    if _of_a_delegation(chunks, at) or _counts_its_people(chunks, at):
        return True
    if name is not None and name.kind is NameKind.NATIONALITY:
        return any(c.classes & _SENT for c in chunks[at + 1 : at + 2])
    if any({"represent", "from_case"} <= c.classes for c in chunks[at + 1 : at + 2]):
        return True  # 'Қазақстан атынан дауыс беруді бес адам көреді'
    if "from_case" in chunks[at].classes:
        return any(c.number is not None or "observer" in c.classes for c in chunks[at + 1 : at + 2])
    before = chunks[max(0, at - 2) : at]
    if _represented(chunks, at) or _of_members(chunks, at):
        return True
    return len(before) == 2 and "observer" in before[0].classes and "comes_from" in before[1].classes


def _counts_its_people(chunks: list[Chunk], at: int) -> bool:
    """'Қазақстанның алты байқаушысы', 'three members of the Central Election Commission of Kazakhstan'."""
    behind = next((i for i in range(at + 1, len(chunks)) if "commission" not in chunks[i].classes), len(chunks))
    owner = chunks[behind - 1].classes
    owned = "of_case" in owner or ("commission" in owner and "accredited" not in owner)
    if owned and behind + 1 < len(chunks) and chunks[behind].number is not None:
        counted = chunks[behind + 1].classes
        return bool(counted & {"observer", "person"}) and "object_case" not in counted
    if any("poll" in c.classes or c.text in {"'s", "’s"} for c in chunks[at + 1 : at + 3]):
        return False
    ahead = at - 1
    while ahead > 0 and _is_of(chunks[ahead]):
        ahead -= 1
    people = ahead > 0 and bool(chunks[ahead].classes & {"observer", "person"})
    return people and any(c.number is not None for c in chunks[max(0, ahead - 2) : ahead])


def _is_of(chunk: Chunk) -> bool:
    """'of the commission of', not 'to' and 'with the commission of'."""
    of = "origin" in chunk.classes and bool(chunk.classes & {"partitive", "comes_from"})
    return chunk.number is None and (of or bool(chunk.classes & {"commission", "filler"}))


def _represented(chunks: list[Chunk], at: int) -> bool:
    """'Six of them represent the Central Election Commission of Kazakhstan.'"""
    for chunk in reversed(chunks[max(0, at - 5) : at]):
        if "represent" in chunk.classes:
            return "place_prep" not in chunk.classes
        if "place_prep" in chunk.classes or not chunk.classes & {"commission", "filler", "origin"}:
            return False
    return False


def _of_members(chunks: list[Chunk], at: int) -> bool:
    """'Members of the Central Election Commission of Kazakhstan will travel to Tashkent.'"""
    before = [c for c in chunks[max(0, at - 6) : at] if "filler" not in c.classes]
    if len(before) < 4 or "origin" not in before[-1].classes or "commission" not in before[-2].classes:
        return False
    return "origin" in before[-3].classes and bool(before[-4].classes & {"person", "observer"})


def _of_a_delegation(chunks: list[Chunk], at: int) -> bool:
    """'Kazakhstan's delegation', 'a delegation of Kazakhstan'; 'на выборах мажилиса Казахстана делегацией' is none."""
    if any("own_poll" in c.classes for c in chunks[max(0, at - 3) : at]):
        return False
    after = [
        c for c in chunks[at + 1 : at + 4] if c.text not in {"'s", "’s"} and not c.classes & {"commission", "filler"}
    ][:1]
    before = [c for c in chunks[max(0, at - 6) : at] if c.text not in {"of", "the"} and "commission" not in c.classes][
        -1:
    ]
    return any("delegation" in c.classes for c in [*before, *after])


def host_sends(sentence: Sentence) -> bool:
    """'observers from Kazakhstan' go to another country's poll."""
    return any(names_host(sentence, i) and sends_people(sentence.chunks, i) for i in sentence.named)


def comes_to_host(sentence: Sentence) -> bool:
    """'Kyrgyzstan sends observers to Kazakhstan', 'Өзбекстан делегациясы Астанаға келді': people of another state."""
    if sentence.classes.isdisjoint(_SENT) or host_sends(sentence):
        return False
    named = [(i, n) for i in sentence.named if (n := sentence.chunks[i].name) is not None]
    states = {n.id for _, n in named if n.id != HOST and n.kind in {NameKind.COUNTRY, NameKind.NATIONALITY}}
    here = [i for i, n in named if n.id == HOST or n.kind is NameKind.CITY]
    return len(states) == 1 and any(_is_reached(sentence.chunks, i) for i in here)


def _is_reached(chunks: list[Chunk], at: int) -> bool:
    """'to Kazakhstan', 'в Казахстан', 'Астанаға'."""
    ahead = chunks[at - 1].classes if at else frozenset()
    return "until_number" in ahead or "place_prep" in ahead or "to_case" in chunks[at].classes
