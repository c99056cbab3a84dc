"""Where a word of status or basis is another number's, or only recalls what was: the clause around it tells."""

from __future__ import annotations

from extract.reading.mentions import COUNTABLE, Mention
from extract.reading.scan import Chunk

_TO_THE_VERB = 9
"""Chunks between 'who had been accredited' and 'withdrew'."""
_TO_THE_TOTAL = 5
"""Chunks between 'the overall' and the total itself."""
_BEHIND_A_SUM = 10
"""Chunks between 'with those added' and the total that they make."""
_TO_PASS_IT = 3
"""Chunks between a number and 'have received it'."""


def passed_it(mention: Mention, chunks: list[Chunk]) -> bool:
    """'187 have applied for accreditation; 142 have already received it'."""
    return any("passed_it" in c.classes for c in chunks[mention.last : mention.last + _TO_PASS_IT])


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


def its_share_follows(mention: Mention, chunks: list[Chunk]) -> bool:
    """'163 байқаушының бесеуі келмейді': what is said behind is said of the five."""
    if mention.last >= len(chunks) or "share" not in chunks[mention.last].classes:
        return False
    return chunks[mention.last].number is not None and "of_case" in chunks[mention.last - 1].classes


def with_those_added(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Соңғы екі қаулыны қосқанда, біз 443 байқаушыға куәлік бердік': the clause of adding stands before the total."""
    ahead = chunks[max(mention.clause[0], mention.start - _BEHIND_A_SUM) : mention.start]
    comma = next((i for i in range(len(ahead) - 1, 0, -1) if ahead[i].text == ","), 0)
    if not comma or "sum_verb" not in ahead[comma - 1].classes or mention.noun not in {"observer", "person"}:
        return False
    named = (mention.group is not None and mention.group.ids) or mention.of_them
    return not named and not any(c.number is not None for c in ahead[comma:])
