"""Which word of a figure's clause tells a running total or a batch."""

from __future__ import annotations

from itertools import takewhile

from extract.model import Basis
from extract.reading.cue_bounds import (
    grows_to_a_larger,
    with_those_added,
)
from extract.reading.cue_words import around, numbers_between
from extract.reading.groups import HOST
from extract.reading.growing import enters_the_ranks
from extract.reading.mentions import COUNTABLE, Mention
from extract.reading.scan import Chunk, Sentence
from extract.reading.stood_then import stood_then

_COUNTING = frozenset({"cumulative", "new"})
"""Classes of words that tell a basis, as some days do."""
_OF_ALL = frozenset({"cumulative", "count_subject", "in_all", "before_now"})
_PERIODS = frozenset({"month_begun", "within_days"})
_ADDED = 3
"""Chunks of 'added to the earlier'."""
_OPENED_BY_MEETINGS = 4
"""Chunks of 'the two earlier sittings'."""
_TO_A_MEETING = 8
"""Chunks behind a share that give it to a meeting: 'of them at today's online sitting'."""
_BEFORE_THEN = 4
"""Chunks between 'before this meeting' and the total of then."""


def basis_cue(mention: Mention, sentence: Sentence) -> tuple[Basis, bool] | None:
    """(basis, whether the cue is strong), or None where the clause says nothing."""
    if mention.of_its_day or ("meeting" in sentence.classes and _of_a_meeting(mention, sentence.chunks)):
        return Basis.NEW, True
    if mention.subject and not _of_a_new_list(mention, sentence.chunks):
        return Basis.CUMULATIVE, not _is_of_a_contingent(mention, sentence.chunks)
    if (outright := _basis_outright(mention, sentence)) is not None:
        return outright, True
    best: tuple[int, Basis] | None = None
    for at in around(mention, sentence, _COUNTING):
        basis = _basis(sentence.chunks, at)
        if basis is None or mention.start <= at < mention.last or _in_another_phrase(sentence.chunks, at):
            continue
        if _of_the_number_after(sentence.chunks, at, mention) or numbers_between(sentence.chunks, at, mention):
            continue
        if at > mention.at and "meeting" in sentence.chunks[at].classes:
            continue
        if basis is Basis.CUMULATIVE and _counts_no_total(mention, sentence.chunks, at):
            continue
        distance = mention.at - at if at < mention.at else at - mention.last + 1
        if best is None or distance < best[0]:
            best = (distance, basis)
    if best is not None:
        return best[1], True
    if "cumulative_hint" not in sentence.classes:
        return None
    hinted = any("cumulative_hint" in c.classes for c in sentence.chunks[slice(*mention.clause)])
    return (Basis.CUMULATIVE, False) if hinted else None


def _at_a_meeting(mention: Mention, chunks: list[Chunk]) -> bool:
    """'24 of them at today's online sitting': a share that the words behind it give to one meeting."""
    near = chunks[mention.last : mention.last + _TO_A_MEETING]
    behind = list(takewhile(lambda c: c.number is None and c.text not in ",;:.", near))
    at = next((i for i, c in enumerate(behind) if "place_prep" in c.classes), None)
    return at is not None and any("meeting" in c.classes for c in behind[at + 1 :])


def _dates_its_whole(mention: Mention, chunks: list[Chunk], at: int) -> bool:
    """'86 are accredited as of December 14, 24 of them at today's sitting': the words for a state are those of all."""
    if at > mention.at or "as_of" not in chunks[at].classes:
        return False
    counted = any(c.number is not None and c.number.kind in COUNTABLE for c in chunks[mention.clause[0] : at])
    return counted and any(c.text == "," for c in chunks[at : mention.start])


def _is_of_a_contingent(mention: Mention, chunks: list[Chunk]) -> bool:
    """'The CIS forms the largest contingent, with 34 names': the word of counting is the sender's people."""
    own = (mention.scope or "").startswith("organization:") and mention.start > 0
    return own and "with_number" in chunks[mention.start - 1].classes


def _basis_outright(mention: Mention, sentence: Sentence) -> Basis | None:
    """What the kind of the number, or the phrase around it, tells before any single word does."""
    if mention.more or _last_ones(mention, sentence.chunks):
        return Basis.NEW
    if "adding" in sentence.classes and (added := _of_adding(mention, sentence.chunks)) is not None:
        return added
    if not sentence.classes.isdisjoint(_PERIODS) and _within_a_period(mention, sentence):
        return Basis.NEW
    if "sum_verb" in sentence.classes and with_those_added(mention, sentence.chunks):
        return Basis.CUMULATIVE
    if "into_ranks" in sentence.classes and enters_the_ranks(mention, sentence):
        return Basis.NEW
    people = mention.noun in {"observer", "person", "bare"}
    if people and "compare" in sentence.classes and stood_then(mention, sentence):
        return Basis.CUMULATIVE
    if people and "relative" in sentence.classes and _granted_then(mention, sentence.chunks):
        return Basis.NEW
    return Basis.CUMULATIVE if people and _until_then(mention, sentence.chunks) else None


def _granted_then(mention: Mention, chunks: list[Chunk]) -> bool:
    """'The figure includes 415 whom the commission accredited at a meeting on Friday': of a larger total, a batch."""
    listed = mention.start and "including" in chunks[mention.start - 1].classes
    behind = chunks[mention.last : mention.clause[1]]
    if not listed or not behind or "relative" not in behind[0].classes:
        return False
    verb = next((i for i, c in enumerate(behind) if c.classes & {"accredited", "adding"}), None)
    return verb is not None and any(c.day is not None or "meeting" in c.classes for c in behind[verb + 1 :])


def _of_adding(mention: Mention, chunks: list[Chunk]) -> Basis | None:
    """'Added to the 251, they make 294': those were there; 'the commission added 43 observers': a batch."""
    clause = chunks[mention.clause[0] : mention.start]
    ahead = [c for c in clause[-_ADDED:] if not c.classes & {"filler", "before_now"}]
    if not ahead or "adding" not in ahead[-1].classes:
        return None
    if "until_number" in ahead[-1].classes:
        return Basis.CUMULATIVE
    return Basis.NEW if any("commission" in c.classes for c in clause) and mention.group is None else None


def _counts_no_total(mention: Mention, chunks: list[Chunk], at: int) -> bool:
    """Whether a word of running totals is said of a larger number, of one day, or of a sender's own list."""
    if _is_of_one_day(chunks, at) or (mention.of_them and _dates_its_whole(mention, chunks, at)):
        return True
    return _is_a_senders_list(chunks, at) or _is_so_long_ago(chunks, at) or grows_to_a_larger(mention, chunks, at)


def _is_of_one_day(chunks: list[Chunk], at: int) -> bool:
    """'Всего в этот день аккредитованы 43': all of that day's, not 'всего к этому дню'."""
    behind = chunks[at + 1].classes if at + 1 < len(chunks) else frozenset()
    return "in_all" in chunks[at].classes and {"that_day", "place_prep"} <= behind


def _is_so_long_ago(chunks: list[Chunk], at: int) -> bool:
    """'Осыдан бір апта бұрын комиссия 126 байқаушыны аккредиттеген': when it was, not how many there were by then."""
    unit = "other" in chunks[at].classes and chunks[at].last - chunks[at].first > 1
    return unit and at > 0 and chunks[at - 1].number is not None


def _is_a_senders_list(chunks: list[Chunk], at: int) -> bool:
    """'Ассамблеяның тізімінде 31 депутат бар', 'Чехияның тізімінде екі байқаушы': a sender's own, not that of all."""
    if not at or "list_word" not in chunks[at].classes:
        return False
    owner = chunks[at - 1]
    return owner.name is not None and owner.name.id != HOST


def _comes_of_a_meeting(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Бейсенбідегі отырыстың нәтижесі – 75 адам': the batch of that meeting."""
    ahead = chunks[mention.clause[0] : mention.start]
    if not ahead or ahead[-1].text not in "–—" or any(c.classes & _OF_ALL for c in ahead):
        return False
    return any({"meeting", "of_case"} <= c.classes for c in ahead)


def _of_a_meeting(mention: Mention, chunks: list[Chunk]) -> bool:
    if mention.of_them and _at_a_meeting(mention, chunks):
        return True
    return _comes_of_a_meeting(mention, chunks) or _gave_them(mention, chunks)


def _gave_them(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Two earlier sittings had produced 47 and 28 accreditations': batches, each of its own meeting."""
    opening = chunks[mention.clause[0] : mention.start][:_OPENED_BY_MEETINGS]
    at = next((i for i, c in enumerate(opening) if "meeting" in c.classes), 0)
    number = next((c.number for c in opening[:at] if c.number is not None), None)
    if number is None or number.value < 2:
        return False
    if "function" in opening[0].classes and "definite" not in opening[0].classes:
        return False  # 'In five sittings 300 have been accredited': all of them
    between = chunks[mention.clause[0] + at + 1 : mention.start]
    between = [c for i, c in enumerate(between) if c.text != "," or not i or between[i - 1].number is None]
    return not any(c.text in ",;:" or c.classes & _OF_ALL for c in between)


def _within_a_period(mention: Mention, sentence: Sentence) -> bool:
    if "month_begun" in sentence.classes and _since_a_month_began(mention, sentence.chunks):
        return True
    return "within_days" in sentence.classes and _within_some_days(mention, sentence.chunks)


def _since_a_month_began(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Наурыз басталғалы комиссия 133 байқаушыны тіркеді': those of a period."""
    begun = (i for i in range(mention.clause[0] + 1, mention.start) if "month_begun" in chunks[i].classes)
    return any(chunks[i - 1].day is not None for i in begun)


def _within_some_days(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Екі күнде 95 байқаушыға рұқсат берілді', 'бір апта ішінде 40 адам тіркелді': those of a period."""
    ahead = chunks[mention.clause[0] : mention.start]
    at = max((i for i, c in enumerate(ahead) if "within_days" in c.classes), default=0)
    return at > 0 and ahead[at - 1].number is not None and all(c.number is None for c in ahead[at:])


def _until_then(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Before this meeting 83 observers had been accredited': the total of then."""
    ahead = chunks[max(mention.clause[0], mention.start - _BEFORE_THEN) : mention.start]
    if any("before_now" in c.classes and c.last - c.first > 1 for c in ahead):
        return True
    at = next((i for i, c in enumerate(ahead) if "before_now" in c.classes), None)  # 'before these two meetings'
    return at is not None and any("meeting" in c.classes for c in ahead[at + 1 :])


def _last_ones(mention: Mention, chunks: list[Chunk]) -> bool:
    """'the last 214 names': a batch; 'the last sitting' says nothing."""
    return mention.start > 0 and "last_ones" in chunks[mention.start - 1].classes


def _of_the_number_after(chunks: list[Chunk], at: int, mention: Mention) -> bool:
    """'..., in all 300 had been accredited': behind a comma the word speaks of the next number."""
    if "before_now" in chunks[at].classes and "proposed" in chunks[min(at + 1, len(chunks) - 1)].classes:
        return True  # 'whose papers the ministry handed in earlier': when it did, not how many there were
    if at < mention.last or not any(c.text == "," for c in chunks[mention.last : at]):
        return False
    reach = (
        8
        if "count_subject" in chunks[at].classes or "count_subject" in chunks[min(at + 1, len(chunks) - 1)].classes
        else 3
    )
    return any(c.number is not None and c.number.kind in COUNTABLE for c in chunks[at + 1 : at + reach])


def _of_a_new_list(mention: Mention, chunks: list[Chunk]) -> bool:
    """'grows by 190', 'a new list of 58', 'that makes 19 new faces'."""
    if any("new" in c.classes for c in chunks[mention.start - 1 : mention.start]):
        return True
    if any({"just_added", "new_word"} <= c.classes for c in chunks[mention.at + 1 : mention.at + 2]):
        return True
    before = chunks[max(0, mention.start - 4) : mention.start]
    at = next((i for i, c in enumerate(before) if "count_subject" in c.classes), 0)
    return at > 0 and (
        bool(before[at - 1].classes & {"new_word", "new"}) or _is_handed_in(mention, chunks, before[at:])
    )


def _is_handed_in(mention: Mention, chunks: list[Chunk], named: list[Chunk]) -> bool:
    """'The ministry has submitted a list of 36 observers', but not 'the list of 36' of which all know."""
    ahead = chunks[mention.clause[0] : mention.start - len(named)]
    known = any(c.classes & {"definite", "possessive", "their_number"} for c in ahead[-1:])
    return "list_word" in named[0].classes and not known and any("proposed" in c.classes for c in ahead)


def _in_another_phrase(chunks: list[Chunk], at: int) -> bool:
    """'39 more observers': the word belongs to that number alone; 'more applications' has no number at all."""
    if "new_word" not in chunks[at].classes:
        return False
    before, after = chunks[max(0, at - 1) : at], chunks[at + 1 : at + 2]
    if any(c.classes & {"proposed", "papers", "compared"} for c in after):
        return True  # 'more than 30 states' counts nobody anew
    return any(c.number is not None for c in [*before, *after])


def _basis(chunks: list[Chunk], at: int) -> Basis | None:
    chunk = chunks[at]
    if chunk.day is not None:
        if chunk.day.until is not None:
            return Basis.NEW
        if at + 1 < len(chunks) and "until" in chunks[at + 1].classes:
            return Basis.CUMULATIVE  # 'бүгінге дейін 280 өтінім түсті'
    if "cumulative" in chunk.classes:
        return Basis.CUMULATIVE
    return Basis.NEW if "new" in chunk.classes else None
