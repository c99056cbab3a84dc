"""Numbers that stand for a whole by the words before them: 'the number has reached 62', 'the list closed at 786'."""

from __future__ import annotations

from extract.model import Approx
from extract.reading.dialled import is_dialled
from extract.reading.growing import is_longer_by
from extract.reading.lone_totals import opens_with_number
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence

_ITEM = 8
"""Chunks of an item of a list before its number."""
_TO_ACCREDITED = 4
"""Chunks between 'accredited' and the number behind the noun."""
_OTHER_THINGS = frozenset({"candidate", "contest", "voting", "not_closing"})
"""What else is counted in such articles: candidates, voters, stations."""


def is_subject(mention: Mention, sentence: Sentence) -> bool:
    """'the number of observers has reached 62', 'the list closed at 786', 'observers in all: 18'."""
    chunks = sentence.chunks
    if _are_listed(mention, chunks):
        return True
    if "count_subject" in sentence.classes and (_of_something_else(mention, chunks) or is_longer_by(mention, chunks)):
        return False
    if opens_with_number(mention, chunks) or ("count_subject" in sentence.classes and _total_row(mention, chunks)):
        return True
    at = mention.at - 1
    while at >= 0 and _passes(chunks, at):
        at -= 1
    nearby = chunks[max(0, min(at, mention.at - 2)) : mention.at]
    if (
        mention.noun == "bare"
        and any("their_number" in c.classes for c in nearby)
        and not any(c.number or "accredited" in c.classes for c in nearby)
    ):
        return True
    if at < 0:
        return False
    first = mention.clause[0]
    if any("reached" in c.classes for c in chunks[mention.last : mention.last + 2]):
        return any("count_subject" in c.classes for c in chunks[first : mention.at]) or _are_so_many(mention, chunks)
    before = chunks[first : at + ("count_subject" in chunks[at].classes)]
    if chunks[at].text in ":|–-":
        counted = any(c.classes & {"observer", "count_subject"} for c in before)
        if counted and _is_all_that_is_said(mention, chunks):
            return True
        return counted and any(c.classes & {"cumulative", "count_subject"} for c in chunks[first : mention.at])
    if "sum_verb" in chunks[at].classes:
        return True
    if not chunks[at].classes & {"count_verb"} or "of_them" in chunks[at].classes:
        return False  # 'the list holds 511 names, of which 189 were added today'
    return _counted_by(chunks[at], before) and _counted_by(chunks[at], before[_behind_a_total(before) :])


def _behind_a_total(before: list[Chunk]) -> int:
    """'Accreditations number 193: those sent by states hold 35': behind the colon its parts follow."""
    return next((i for i in range(len(before) - 1, 0, -1) if before[i].text == ":" and before[i - 1].number), 0)


def _counted_by(verb: Chunk, before: list[Chunk]) -> bool:
    """Whether observers or their number stand before a verb of counting: a weak one needs the number."""
    if "weak_verb" in verb.classes:
        summed = "copula" in verb.classes and any("cumulative" in c.classes for c in before[:1])
        taken_up = "cumulative" in verb.classes and any("pronoun" in c.classes for c in before[-1:])
        return summed or taken_up or any("count_subject" in c.classes for c in before)
    if any(c.classes & {"count_subject", "observer", "it_sends"} for c in before):
        return True
    papers = any("papers" in c.classes for c in before)  # 'Badges issued so far number 193'
    return papers and any(c.classes & {"light", "accredited", "accredit_root"} for c in before)


def _are_listed(mention: Mention, chunks: list[Chunk]) -> bool:
    """'stations - 10,061; accredited foreign observers - 398; reporters - 126': an item of a list of data."""
    if mention.noun != "bare" or not mention.start or chunks[mention.start - 1].text not in ":–-":
        return False
    first = next(
        (i for i in range(mention.start - 1, max(0, mention.start - _ITEM), -1) if chunks[i].text == ";"), None
    )
    item = chunks[first + 1 : mention.start - 1] if first is not None else []
    if not item or "observer" not in item[-1].classes or "of_case" in item[-1].classes:
        return False
    if not all(c.classes & {"accredited", "international", "observer", "adjective"} for c in item):
        return False
    mention.noun = "observer"
    return True


def _are_so_many(mention: Mention, chunks: list[Chunk]) -> bool:
    """'аккредиттелген байқаушылар 212 болып отыр': those named right before the number, in no case of a share."""
    ahead = chunks[mention.at - 1].classes if mention.at else frozenset()
    if mention.noun != "bare" or "observer" not in ahead or ahead & {"of_case", "from_case", "object_case"}:
        return False
    if "many" in ahead:
        return True  # but one stands for all behind 'accredited': 'аккредиттелген шетелдік байқаушы 31 деп жарияланды'
    before = chunks[max(mention.clause[0], mention.at - _TO_ACCREDITED) : mention.at - 1]
    return any({"accredited", "accredit_root"} <= c.classes for c in before)


def _of_something_else(mention: Mention, chunks: list[Chunk]) -> bool:
    """'the number of candidates has reached 62', 'the phone number is 109'."""
    before = chunks[mention.clause[0] : mention.start]
    if any("phone" in c.classes for c in before) or is_dialled(mention, chunks):
        return True
    at = max((i for i, c in enumerate(before) if "count_subject" in c.classes), default=None)
    if at and _who_number(before[:at]):
        return True
    if at is None or any("observer" in c.classes for c in before[at:]):
        return False
    named = (c for c in [*before[max(0, at - 1) : at], *before[at + 1 :]] if "journalist" not in c.classes)
    if any(c.classes & _OTHER_THINGS for c in named):
        return True
    alone = "plain_number" in before[at].classes and "definite" not in before[at].classes  # not 'taking the number to'
    compound = before[at - 1] if at and alone else None
    return compound is not None and compound.is_word and not compound.classes


def _who_number(before: list[Chunk]) -> bool:
    """'proxies, who number 1,137', 'stations, which number 9,580': the relative clause is that of its noun."""
    if not before or "relative" not in before[-1].classes:
        return False
    noun = next((c for c in reversed(before[:-1]) if c.text != ","), None)
    return noun is not None and "observer" not in noun.classes


def _total_row(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Total - 179': the last row of a list; or 'observer list passes 100'."""
    ahead = chunks[max(0, mention.start - 2) : mention.start]
    if _passes_it(mention, chunks):
        return True
    if len(ahead) < 2 or ahead[1].text not in "–—-:," or mention.noun != "bare":
        return False
    if ahead[1].text == "," and any(c.text != "," for c in chunks[mention.last :][:1]):
        return False  # but 'Общее число, 364, не изменилось'
    return {"count_subject", "cumulative"} <= ahead[0].classes


def _passes_it(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Observer list for January vote passes 100': what a verb of exceeding says of the list, far as it stands."""
    if mention.noun != "bare" or mention.number.approx is not Approx.OVER or mention.start == mention.at:
        return False
    if not chunks[mention.start].classes & {"count_verb", "papers"}:
        return False
    before = chunks[mention.clause[0] : mention.start]
    at = next((i for i in range(len(before) - 1, 0, -1) if "count_subject" in before[i].classes), None)
    if at is None or "observer" not in before[at - 1].classes | before[at].classes:
        return False
    return not any(c.number is not None or c.text in ",;:" for c in before[at:])


def _is_all_that_is_said(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Foreign observers accredited for the elections: 250.', 'Foreign observers: 398, of them 322 ...'"""
    before = chunks[: mention.start]
    if any(c.number is not None or c.name is not None for c in before) or mention.noun != "bare":
        return False
    behind = chunks[mention.last :]
    named = all(c.classes & {"observer", "international", "accredited", "filler"} for c in before[:-1])
    if all(c.text in ".;" for c in behind) and (named or any("accredited" in c.classes for c in before)):
        return True
    return named and len(behind) > 1 and behind[0].text in ",(" and bool(behind[1].classes & {"of_them", "including"})


def _passes(chunks: list[Chunk], at: int) -> bool:
    """Chunks between a word of counting and its number: 'is now about 62', 'саны – 641'."""
    if chunks[at].text in "–—":
        return at > 0 and "count_subject" in chunks[at - 1].classes
    day = chunks[at].day or chunks[at + 1].day  # 'reached on 27 May 152'
    passed = day is not None or bool(chunks[at].classes & {"filler", "adverb", "approx", "cumulative"})
    return passed and not chunks[at].classes & {"count_verb", "sum_verb"}
