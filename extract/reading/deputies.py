"""Which members of parliaments are observers: those whom a body behind them names, or for which they come."""

from __future__ import annotations

from extract.reading.groups import HOST
from extract.reading.scan import Chunk
from extract.words.spans import NameKind

_REACH = 8
"""Chunks from the number to the verb that sends, names or accredits them."""
_SENDING = frozenset({"sends", "represent", "announced", "have"})
_SHORTEST_CLAUSE = 3
"""Chunks of a comma, a participle and the body behind it."""


def come_as_observers(chunks: list[Chunk], at: int, i: int) -> bool:
    """Whether the deputies at `i`, as many as the number at `at`, are sent, named or accredited as observers."""
    return (
        _of_an_assembly(chunks, i)
        or "its" in chunks[i].classes
        or _just_accredited(chunks, at)
        or _sent_by_a_body(chunks, at)
        or _named_by_a_body(chunks, i)
        or _come_for_a_body(chunks, i)
        or _lent_by_a_state(chunks, at, i)
        or _on_its_list(chunks, at)
        or _beside_their_body(chunks, at, i)
        or _of_so_many_observers(chunks, at)
    )


def _named_by_a_body(chunks: list[Chunk], at: int) -> bool:
    """'Двум депутатам, заявленным Парламентской ассамблеей ОБСЕ': the participle tells the body that names them."""
    behind = chunks[at + 1 : at + 5]
    if len(behind) < _SHORTEST_CLAUSE or behind[0].text != ",":
        return False
    told = next((i for i, c in enumerate(behind) if c.classes & {"represent", "proposed", "sends"}), len(behind))
    sender = behind[told + 1].name if told + 1 < len(behind) else None
    return sender is not None and sender.kind is NameKind.ORGANIZATION


def _come_for_a_body(chunks: list[Chunk], at: int) -> bool:
    """'Пять депутатов прибудут по линии ТюркПА': they act for the body behind their verb."""
    behind = chunks[at + 1 : at + 4]
    if len(behind) < _SHORTEST_CLAUSE or "acts_for" not in behind[1].classes or behind[2].name is None:
        return False
    return "have" in behind[0].classes and behind[2].name.kind is NameKind.ORGANIZATION


def _of_an_assembly(chunks: list[Chunk], at: int) -> bool:
    """'72 депутата ПА ОБСЕ', 'two deputies to observe the vote': members of a body, or told to observe."""
    behind = chunks[at + 1] if at + 1 < len(chunks) else None
    if behind is None:
        return False
    if at > 2 and chunks[at - 2].text == "(" and behind.text in "),":
        name = chunks[at - 3].name  # 'PACE (10 deputies)'
        return name is not None and name.kind is NameKind.ORGANIZATION
    return "observing" in behind.classes or (behind.name is not None and behind.name.kind is NameKind.ORGANIZATION)


def _just_accredited(chunks: list[Chunk], at: int) -> bool:
    return at > 0 and "accredited" in chunks[at - 1].classes


def _lent_by_a_state(chunks: list[Chunk], at: int, i: int) -> bool:
    """'Армения екі сенатор жібереді': the state stands right before the number, the verb of sending right behind.

    Or that verb between both: 'Турция откомандировала четверых депутатов'.
    """
    name = chunks[at - 1].name if at else None
    if name is None and at > 1 and "sends" in chunks[at - 1].classes:
        name = chunks[at - 2].name
        return name is not None and name.kind is NameKind.COUNTRY and name.id != HOST
    return name is not None and any("sends" in c.classes for c in chunks[i + 1 : i + 2])


def _on_its_list(chunks: list[Chunk], at: int) -> bool:
    """'Ассамблеяның тізімінде 31 сенатор мен депутат бар': on the list of the body that stands before it."""
    if at < 2 or "list_word" not in chunks[at - 1].classes:
        return False
    name = chunks[at - 2].name
    return name is not None and name.kind is NameKind.ORGANIZATION


def _beside_their_body(chunks: list[Chunk], at: int, i: int) -> bool:
    """'От ПА ОБСЕ - 15 депутатов', 'ещё десятерых депутатов прислала ПАСЕ': a dash or a verb between both."""
    before = chunks[max(0, at - 2) : at]
    if len(before) > 1 and before[1].text in "–—-" and _is_a_body(before[0]):
        return True
    behind = chunks[i + 1 : i + 3]
    return len(behind) > 1 and bool(behind[0].classes & {"sends", "represent"}) and _is_a_body(behind[1])


def _is_a_body(chunk: Chunk) -> bool:
    return chunk.name is not None and chunk.name.kind is NameKind.ORGANIZATION


def _of_so_many_observers(chunks: list[Chunk], at: int) -> bool:
    """'В делегации 42 наблюдателя: 31 депутат и 11 сотрудников': the first of the parts of so many observers."""
    before = chunks[max(0, at - 3) : at]
    counted = len(before) > 2 and before[2].text == ":" and "observer" in before[1].classes
    return counted and before[0].number is not None


def _sent_by_a_body(chunks: list[Chunk], at: int) -> bool:
    """'The OSCE Parliamentary Assembly means to send about 60 deputies': the body that sends opens the clause."""
    for i in range(at - 1, max(-1, at - _REACH), -1):
        if chunks[i].number is not None or chunks[i].text in ",;:":
            return False
        if chunks[i].classes & _SENDING:
            if i and chunks[i - 1].classes & _SENDING:
                continue  # 'намерена привезти': the first of two verbs
            names = (c.name for c in _without_insertion(chunks, i)[-3:] if c.name is not None)
            return any(n.kind is NameKind.ORGANIZATION for n in names)
    return False


def _without_insertion(chunks: list[Chunk], verb: int) -> list[Chunk]:
    """'ПА ОБСЕ, со своей стороны, рассчитывает': what stands before a verb, without words put in between."""
    before = chunks[max(0, verb - _REACH) : verb]
    if not before or before[-1].text != ",":
        return before
    opens = max((i for i, c in enumerate(before[:-1]) if c.text == ","), default=None)
    inserted = before[opens + 1 : -1] if opens is not None else []
    plain = bool(inserted) and not any(c.number or c.name or "relative" in c.classes for c in inserted)
    return before[:opens] if plain else before
