"""Sums of observers and media people, which are no figures."""

from __future__ import annotations

from extract.reading.closing import MEDIA
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk

_LISTED = 8
"""Chunks of a list of those counted together."""
_LISTS = frozenset({"observer", "person", "and", "international", "adjective"})


def mixes_media(mention: Mention, chunks: list[Chunk]) -> bool:
    """'1,026 people: foreign states, organizations and media': a sum of observers and journalists is no figure."""
    coordinated = chunks[mention.last : mention.last + 3]
    joined = mention.noun == "observer" and len(coordinated) > 1 and "and" in coordinated[0].classes
    if joined and any("journalist" in c.classes for c in coordinated[1:]) and not any(c.number for c in coordinated):
        return True
    if _media_before(mention, chunks):
        return True
    after = chunks[mention.last :]
    at = next((i for i, c in enumerate(after) if c.classes & MEDIA), None)
    if at is None or any(c.number is not None for c in after[:at]) or mention.noun == "observer":
        return False
    if mention.noun == "journalist":
        return _one_list(after, at)  # '63 сотрудника СМИ, в том числе телеканалов Китая': all are media people
    return any("mixed" in c.classes for c in after[:at]) or _one_list(after, at)


def _one_list(after: list[Chunk], at: int) -> bool:
    """'559 badges to guests, observers and reporters', '559 badges to reporters and observers'."""
    joined = at > 1 and "and" in after[at - 1].classes and "observer" in after[at - 2].classes
    behind = after[at + 1 : at + 3]
    return joined or (len(behind) > 1 and "and" in behind[0].classes and "observer" in behind[1].classes)


def _media_before(mention: Mention, chunks: list[Chunk]) -> bool:
    """'БАҚ өкілдерін қоса алғанда, байқаушылар саны 1 026-ға жетті': the media people counted in are named before."""
    first = mention.clause[0]
    for at in range(first, mention.at):
        if chunks[at].classes & MEDIA:
            counted = any("mixed" in c.classes for c in chunks[at + 1 : at + 3]) or _with_observers_too(chunks, at)
            counted = counted or _observers_and(mention, chunks, at)
            if counted and not any(c.number and c.number.value > 1 for c in chunks[at : mention.at]):
                return True
    return False


def _observers_and(mention: Mention, chunks: list[Chunk], at: int) -> bool:
    """'байқаушылар мен шетелдік БАҚ өкілдері: барлығы 1 009 адам': no word behind says whom of both it counts."""
    words = [c for c in chunks[mention.clause[0] : at][-3:] if "international" not in c.classes]
    both = len(words) > 1 and "and" in words[-1].classes and "observer" in words[-2].classes
    return both and not any(c.classes & {"observer", "journalist"} for c in chunks[at + 1 : mention.last])


def _with_observers_too(chunks: list[Chunk], at: int) -> bool:
    """'журналистер мен байқаушыларды қосқанда 240 адам': both are named before the word of adding."""
    behind = chunks[at + 1 : at + 4]
    joined = len(behind) > 2 and "and" in behind[0].classes and "observer" in behind[1].classes
    return joined and "mixed" in behind[2].classes


def with_observers(mention: Mention, chunks: list[Chunk]) -> bool:
    """'14,000 journalists, observers and guests': one number of them all."""
    behind = chunks[mention.last : mention.last + _LISTED]
    until = next((i for i, c in enumerate(behind) if c.is_word and not c.classes & _LISTS), len(behind))
    listed = behind[:until]
    joined = bool(listed) and (listed[0].text == "," or "and" in listed[0].classes)
    return joined and any("observer" in c.classes for c in listed) and all(c.number is None for c in listed)
