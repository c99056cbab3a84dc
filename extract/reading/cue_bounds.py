"""Where a word of status or basis is another number's, or only recalls what was: the clause around it tells."""

from __future__ import annotations

import itertools

from extract.reading.mentions import COUNTABLE, Mention
from extract.reading.scan import Chunk

_TO_THE_VERB = 9
"""Chunks between 'who had been accredited' and 'withdrew'."""
_TO_THE_TOTAL = 5
"""Chunks between 'the overall' and the total itself."""
_OF_THE = 5
"""Chunks between 'seven' and the whole in 'seven of the accredited 391'."""
_BEHIND_A_SUM = 10
"""Chunks between 'with those added' and the total that they make."""
_BETWEEN_VERB_AND_NUMBER = frozenset({"adverb", "filler", "approx", "of_them", "observer", "person", "place_prep"})
_TO_THE_NEXT = 5
"""Chunks between 'accredited' and the number of its own: ', аккредитовано из них пока – 60'."""
_TO_PASS_IT = 3
"""Chunks between a number and 'have received it'."""


def passed_it(mention: Mention, chunks: list[Chunk]) -> bool:
    """'187 have applied for accreditation; 142 have already received it'."""
    behind = itertools.takewhile(lambda c: c.number is None, chunks[mention.last : mention.last + _TO_PASS_IT])
    at = next((i for i, c in enumerate(behind, mention.last) if "passed_it" in c.classes), None)
    return at is not None and not said_of_the_next(mention, chunks, at)


def accredited_before_that(mention: Mention, chunks: list[Chunk], at: int) -> bool:
    """'39 people who had been accredited earlier withdrew': what the clause tells of them is no news."""
    if at <= mention.last or "relative" not in chunks[mention.last + (chunks[mention.last].text == ",")].classes:
        return False
    for chunk in chunks[at + 1 : at + _TO_THE_VERB]:
        if chunk.number is not None or "and" in chunk.classes:
            return False
        if "withdrawn" in chunk.classes:
            return True
    return False


def has_its_share_behind(chunks: list[Chunk], first: int, at: int) -> bool:
    """'30 people, of whom the commission has so far accredited 18': said of the eighteen behind the verb."""
    between = chunks[first:at]
    aside = len(between) > 1 and between[0].text == "," and {"of_them", "subset"} & between[1].classes
    behind = [c for c in chunks[at + 1 : at + 4] if "filler" not in c.classes and "adverb" not in c.classes][:1]
    return bool(aside) and any(c.number is not None and c.number.kind in COUNTABLE for c in behind)


def grows_to_a_larger(mention: Mention, chunks: list[Chunk], at: int) -> bool:
    """'The accreditation of 12 observers took the overall number to 102': the total is the other one."""
    if at < mention.last or not any("count_subject" in c.classes for c in chunks[mention.last : at + 3]):
        return False
    behind = (c.number for c in chunks[at + 1 : at + _TO_THE_TOTAL] if c.number is not None)
    number = next(behind, None)
    return number is not None and number.kind in COUNTABLE and number.value > mention.value


def is_told_of_its_share(mention: Mention, chunks: list[Chunk], at: int) -> bool:
    """'Nine of the 402 accredited observers lost their badges': the verb is the nine's, 'accredited' the others'."""
    if at <= mention.last and (at < mention.last or mention.of_value is None):
        return False
    if mention.of_value is not None:
        return at < past_its_twin(chunks, mention)
    ahead = chunks[max(0, mention.start - _OF_THE) : mention.start]
    share = next((i for i, c in enumerate(ahead) if i and "partitive" in c.classes and ahead[i - 1].number), None)
    return share is not None and all("filler" in c.classes for c in ahead[share + 1 :])


def past_its_twin(chunks: list[Chunk], mention: Mention) -> int:
    """Behind 'X пен Y-дан ұсынылған 10 және 5 байқаушының' both numbers have the verb that follows."""
    if mention.of_value is not None:  # 'seven of the 391 have had their accreditation cancelled'
        numbers = ((i, c.number) for i, c in enumerate(chunks[mention.last : mention.last + _OF_THE], mention.last))
        at = next((i for i, n in numbers if n is not None and n.value == mention.of_value), None)
        if at is None:
            return mention.last
        noun = (i + 1 for i in range(at, min(at + _OF_THE, len(chunks))) if "observer" in chunks[i].classes)
        told = next(noun, at + 1)
        if told < len(chunks) and "accredited" in chunks[told].classes and "copula" not in chunks[told].classes:
            return told + 1  # 'seventeen of the 412 accredited have cancelled'
        return told
    joined = chunks[mention.last : mention.last + 2]
    twin = len(joined) > 1 and "and" in joined[0].classes and joined[1].number is not None
    return mention.last + 2 if twin else mention.last


def received_by(mention: Mention, chunks: list[Chunk]) -> bool:
    """'The accreditation documents were received by 142 members of the mission': they hold them now."""
    ahead = chunks[max(0, mention.start - 2) : mention.start]
    if len(ahead) < 2 or not {"light", "copula"} <= ahead[0].classes or "with_number" not in ahead[1].classes:
        return False
    before = chunks[mention.clause[0] : mention.start - 2]
    return any(c.classes & {"accreditation", "papers"} for c in before)


def its_share_follows(mention: Mention, chunks: list[Chunk]) -> bool:
    """'163 байқаушының бесеуі келмейді': what is said behind is said of the five."""
    if mention.last >= len(chunks) or "share" not in chunks[mention.last].classes:
        return False
    return chunks[mention.last].number is not None and "of_case" in chunks[mention.last - 1].classes


def with_those_added(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Соңғы екі қаулыны қосқанда, біз 443 байқаушыға куәлік бердік': the clause of adding stands before the total."""
    ahead = chunks[max(mention.clause[0], mention.start - _BEHIND_A_SUM) : mention.start]
    at = next((i for i in range(len(ahead) - 1, -1, -1) if "sum_verb" in ahead[i].classes), None)
    if at is None or mention.noun not in {"observer", "person"}:
        return False
    opens = any("with_case" in c.classes for c in ahead[:at])  # 'бірінші топпен қоса есептегенде 58 адам'
    comma = ahead[at + 1].text == "," if at + 1 < len(ahead) else False
    named = (mention.group is not None and mention.group.ids) or mention.of_them
    return (opens or comma) and not named and not any(c.number or c.text in ",;" for c in ahead[at + 1 + comma :])


def will_not_come(mention: Mention, chunks: list[Chunk]) -> bool:
    """'От поездки в Казахстан отказались пять аккредитованных наблюдателей': they had their badges until then."""
    verb = chunks[mention.start - 1].classes if mention.start else frozenset()
    if not {"refuses", "negative"} <= verb or "accredited" in verb:
        return False
    return any("accredited_ones" in c.classes for c in chunks[mention.at + 1 : mention.last])


def put_forward(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Посольства заявили 41 человека', not 'заявил секретарь': those whom it names stand right behind the verb."""
    return mention.start > 0 and "names_them" in chunks[mention.start - 1].classes


def said_of_the_next(mention: Mention, chunks: list[Chunk], at: int) -> bool:
    """'Заявлено 78 наблюдателей, аккредитовано – 60': behind the comma stands the verb of the smaller number."""
    if at <= mention.last or not any(c.text == "," for c in chunks[mention.last : at]):
        return False
    for chunk in chunks[at + 1 : at + _TO_THE_NEXT]:
        number = chunk.number
        if number is not None:
            return number.kind in COUNTABLE and number.value < mention.value
        if chunk.text not in "–—-" and chunk.classes.isdisjoint(_BETWEEN_VERB_AND_NUMBER):
            return False
    return False
