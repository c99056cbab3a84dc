"""Numbers that count associations named before, without saying so again."""

from __future__ import annotations

from extract.model import Status
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence
from extract.reading.statements import Statements

_OF_OTHERS = frozenset({"observer", "person", "international", "journalist"})
"""Whose numbers are no associations'."""
_APART = frozenset({"journalist", "association"})
_SHARES_REACH = 4
"""Sentences between associations and the others of them."""
_DONE = 3
"""Chunks between a number and 'have done so'."""


def is_elided_association(mention: Mention, accepted: list[Mention], found: Statements) -> bool:
    """'Local associations watch, too. Ten are accredited by the commission, 201 by regional ones'."""
    own = found.scan.sentences[mention.sentence]
    last = found.scan.sentences[mention.sentence - 1] if mention.sentence else None
    last = last if last is not None and last.paragraph in {own.paragraph, own.paragraph - 1} else None
    if mention.noun == "bare" and _such_there_are(mention, own.chunks, last):
        mention.status = mention.status or Status.ACCREDITED
        return True
    if mention.noun == "bare" and _did_as_they_had_to(mention, own):
        mention.status = mention.status or Status.ACCREDITED
        return True
    if mention.noun == "bare" and _passed_what_they_need(mention, own):
        mention.status = mention.status or Status.ACCREDITED
        return True
    if mention.noun == "bare" and _some_of_those(mention, own, found):
        mention.subset = True
        return True
    if mention.noun != "bare" or mention.of_them or mention.group is not None or not mention.sentence:
        return False
    chunks = found.scan.sentences[mention.sentence].chunks
    if accepted and accepted[-1].noun == "association":
        mention.subset = any("including" in c.classes for c in chunks[accepted[-1].last : mention.start])
        if mention.subset or _by_other_commissions(chunks[accepted[-1].last : mention.start]):
            return True
    before = found.scan.sentences[mention.sentence - 1]
    if "association" not in before.classes or "accredited" not in own.classes or before.paragraph != own.paragraph:
        return False
    if own.classes & {"observer", "international", "association"} or any(c.number is not None for c in before.chunks):
        return False
    return bool(accepted) or not any(c.number is not None for c in own.chunks[: mention.at])


def are_the_others_left(mention: Mention, known: list[Mention]) -> bool:
    """'46 объединений прошли её. Девять – в ЦИК, остальным 37 свидетельства выдали в областях': all that are left.

    So are those of '189 журналистов приедут. 103 корреспондента получили карточки, у остальных 86 они есть'.
    """
    told = [m for m in known[-2:] if m.noun in _APART]
    if len(told) < 2 or told[0].noun != told[1].noun or mention.group is not None:
        return False
    if mention.sentence - told[0].sentence > _SHARES_REACH:
        return False
    whole, share = told
    if whole.value - share.value != mention.value:
        return False
    mention.noun, mention.scope, mention.whole, mention.subset = whole.noun, whole.scope, whole, True
    return True


def _by_other_commissions(between: list[Chunk]) -> bool:
    """'семь объединений, а в областных комиссиях свидетельства взяли 163': those of other commissions."""
    if any(c.number is not None or c.name is not None or c.classes & {"observer", "person"} for c in between):
        return False
    regional = any({"adjective", "territorial"} & c.classes for c in between)
    return regional and any("accredited" in c.classes or c.text in "–—-" for c in between[-2:])


def _some_of_those(mention: Mention, own: Sentence, found: Statements) -> bool:
    """'211 associations went through it, 14 of them in Almaty', '37 have it. Seven received it from the commission'."""
    before = found.mentions[-1] if found.mentions else None
    if before is None or before.noun != "association" or mention.sentence - before.sentence > 1:
        return False
    if mention.value >= before.value or mention.group is not None or own.classes & _OF_OTHERS:
        return False
    if mention.sentence != before.sentence and any(c.number is not None for c in own.chunks[: mention.at]):
        return False  # '211 associations are accredited. There are 10,388 stations, 71 of them abroad'
    return mention.of_them or bool(own.classes & {"commission", "passed_it"} and own.classes & {"accredited", "light"})


def _passed_what_they_need(mention: Mention, own: Sentence) -> bool:
    """'НПО тоже нужна аккредитация, её прошли 57', 'NGOs need accreditation as well, and 57 have it'."""
    if not {"association", "accredit_root"} <= own.classes or own.classes & _OF_OTHERS or mention.group is not None:
        return False
    ahead = own.chunks[: mention.start]
    at = max((i for i, c in enumerate(ahead) if "association" in c.classes), default=None)
    if at is None or mention.of_them or any(c.number is not None for c in ahead):
        return False
    named = next((i for i in range(at + 1, len(ahead)) if "accreditation" in ahead[i].classes), None)
    return named is not None and any(c.text in ",;" for c in ahead[named:])


def _such_there_are(mention: Mention, chunks: list[Chunk], before: Sentence | None) -> bool:
    """'Associations accredited by the commission may work, too: there are nine such now', 'сейчас таких девять'."""
    ahead = chunks[: mention.start]
    if not ahead or not ahead[-1].classes & {"such", "their_number"}:
        return False
    at = max((i for i, c in enumerate(ahead) if "association" in c.classes), default=None)
    if at is None and before is not None and "such" in ahead[-1].classes:
        ahead = [*before.chunks, *ahead]  # 'Associations that got accreditation may watch. There are 161 such'
        at = max((i for i, c in enumerate(ahead) if "association" in c.classes), default=None)
    between = ahead[at + 1 :] if at is not None else []
    others = any(c.number is not None or c.classes & {"observer", "person", "voting"} for c in between)
    return any("accredited" in c.classes for c in between) and not others


def _did_as_they_had_to(mention: Mention, own: Sentence) -> bool:
    """'Associations that wish to watch must be accredited, and 14 have done so': so many of those just named."""
    if not {"association", "passed_it", "accredit_root"} <= own.classes or mention.group is not None:
        return False
    ahead, behind = own.chunks[: mention.start], own.chunks[mention.last : mention.last + _DONE]
    at = max((i for i, c in enumerate(ahead) if "association" in c.classes), default=None)
    if at is None or not any("passed_it" in c.classes for c in behind):
        return False
    between = ahead[at + 1 :]
    if any(c.number is not None or "international" in c.classes for c in between):
        return False
    return any("accredit_root" in c.classes for c in between)
