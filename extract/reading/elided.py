"""Which numbers without a noun share that of a number before them: 'another 53', 'ten of them here, 201 there'."""

from __future__ import annotations

from extract.model import Status
from extract.reading.closing import MEDIA
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk
from extract.reading.scopes import SCOPES

_APART = frozenset({"journalist", "association"})
_DONE = 3
"""Chunks between a number and 'have done so'."""
_MEDIA_REACH = 2
"""Sentences between media people and the applications of others of them."""
_OF_WHOM = 3
"""Chunks of 'applications of'."""
_TO_THE_MEDIA = 5
"""Chunks between 'requests' and the media that they are from."""
_BEFORE_MEDIA = frozenset({"international", "adjective", "filler", "definite"})


def give_noun_before(mention: Mention, accepted: list[Mention], known: list[Mention], chunks: list[Chunk]) -> None:
    """'94 journalists, and applications of another 53', 'nine of them here, another three there': of the same kind."""
    if accepted and _put_exactly(mention, accepted[-1], chunks):
        mention.noun, mention.scope, mention.group = accepted[-1].noun, accepted[-1].scope, accepted[-1].group
        return
    if accepted and accepted[-1].noun in _APART and _goes_on_apart(mention, accepted[-1], chunks):
        return
    if not accepted and mention.noun == "person" and _papers_after_media(mention, known, chunks):
        mention.noun, mention.scope = known[-1].noun, known[-1].scope
        return
    before = accepted[-1] if accepted else _waiting_beside(mention, known, chunks)
    if before is not None and _got_it(mention, before, chunks):
        mention.noun, mention.scope, mention.group = before.noun, before.scope, None
        return
    if before is None or before.noun not in SCOPES or mention.noun not in {"bare", "person"}:
        return
    if accepted and mention.of_value == before.value and mention.value < before.value:
        mention.noun, mention.scope, mention.group = before.noun, before.scope, None
        return  # 'Of the 120 associations that applied, 106 have received it'
    wholes = {m.value for m in [*known, *accepted] if m.noun == before.noun}
    if not mention.more and not (before.subset and before.value + mention.value in wholes):
        return
    if mention.group is None and not any("observer" in c.classes for c in chunks[before.last : mention.last]):
        mention.noun, mention.scope = before.noun, before.scope
        if accepted:
            mention.subset, mention.whole = before.subset, before.whole


def _papers_after_media(mention: Mention, known: list[Mention], chunks: list[Chunk]) -> bool:
    """'181 journalists are accredited. Applications of 24 people are pending', where nobody but media is counted."""
    if not known or mention.sentence - known[-1].sentence > _MEDIA_REACH or mention.group is not None:
        return False
    if any(m.noun != "journalist" for m in known) or any("observer" in c.classes for c in chunks):
        return False
    papers = any("applicant" in c.classes for c in chunks[max(0, mention.start - _OF_WHOM) : mention.last])
    return papers and any(c.classes & {"awaits", "proposed"} for c in chunks[mention.last : mention.clause[1]])


def _got_it(mention: Mention, before: Mention, chunks: list[Chunk]) -> bool:
    """'187 journalists have applied for accreditation; 142 have already received it': of the same."""
    own = mention.group is not None and mention.group.ids
    if before.noun not in SCOPES or mention.noun != "bare" or own:
        return False
    if before.sentence != mention.sentence or mention.value >= before.value:
        return False
    return any("passed_it" in c.classes for c in chunks[mention.last : mention.last + 3])


def _goes_on_apart(mention: Mention, before: Mention, chunks: list[Chunk]) -> bool:
    """Whether a number goes on from media people or associations counted before it; gives it their noun."""
    if _others_of_the_same(mention, before, chunks):
        mention.noun, mention.scope, mention.group = before.noun, before.scope, None
        return True
    if _papers_of_the_same(mention, before, chunks):
        mention.noun, mention.scope, mention.status = before.noun, before.scope, Status.PROPOSED
        return True
    return False


def are_papers_of_media(mention: Mention, chunks: list[Chunk]) -> bool:
    """'The ministry has received 45 requests from foreign media': those of reporters."""
    if not any(c.classes & {"applicant", "papers"} for c in chunks[mention.at : mention.last]):
        return False
    phrase = chunks[mention.last - 1 : mention.last + _TO_THE_MEDIA]  # 'requests from' may be one
    origin = next((i for i, c in enumerate(phrase[:2]) if "origin" in c.classes), None)
    behind = [c for c in phrase[origin + 1 :] if not c.classes & _BEFORE_MEDIA] if origin is not None else []
    return bool(behind) and bool(behind[0].classes & MEDIA)


def _others_of_the_same(mention: Mention, before: Mention, chunks: list[Chunk]) -> bool:
    """'153 reporters from 31 countries passed it, and the papers of 22 others are being checked': reporters, too.

    The countries are those of the first number, however near they stand.
    """
    behind = chunks[mention.last - 1 : mention.last + 1]
    if mention.noun != "bare" or not any({"rest", "new_word"} <= c.classes for c in behind):
        return False
    group = mention.group
    if group is not None and (group.ids or not before.last <= group.first < mention.start):
        return False
    return not any("observer" in c.classes for c in [*chunks[before.last : mention.start], *behind])


def _papers_of_the_same(mention: Mention, before: Mention, chunks: list[Chunk]) -> bool:
    """'84 journalists have been accredited, and 37 applications are pending': papers of media people, too."""
    if mention.noun != "person" or mention.group is not None:
        return False
    between = chunks[before.last : mention.start]
    if any(c.classes & {"observer", "international", "diplomat"} or c.name is not None for c in between):
        return False
    papers = any("applicant" in c.classes for c in chunks[mention.at : mention.last])
    behind = chunks[mention.last : mention.last + _DONE]
    others = any(c.classes & {"observer", "international", "diplomat"} for c in behind)
    waits = any(c.classes & {"awaits", "proposed"} for c in [*behind, *chunks[mention.at : mention.last]])
    return papers and waits and not others


def _put_exactly(mention: Mention, rough: Mention, chunks: list[Chunk]) -> bool:
    """'More than three hundred observers, or 322 to be exact': the number that the rough one stands for."""
    beside = [*chunks[max(0, mention.start - 1) : mention.start], *chunks[mention.last : mention.last + 1]]
    exact = mention.noun == "bare" and rough.number.approx is not None and mention.group is None
    return exact and any("exactly" in c.classes for c in beside)


def _waiting_beside(mention: Mention, known: list[Mention], chunks: list[Chunk]) -> Mention | None:
    """'190 associations have been accredited. Another 14 are waiting': of those of the sentence before.

    So are those of 'four of these were accredited at the centre. The remaining 118 were accredited by others'.
    """
    before = known[-1] if known else None
    if before is None or mention.noun != "bare" or mention.sentence - before.sentence != 1:
        return None
    if not (mention.more or (mention.rest and before.noun == "association")):
        return None
    clause = chunks[slice(*mention.clause)]
    return before if any(c.classes & {"accredited", "proposed"} for c in clause) else None
