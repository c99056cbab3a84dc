"""What sentences say of people counted before: 'all of them', 'all five', a list's introduction, 'all were granted'."""

from __future__ import annotations

from dataclasses import replace

from extract.model import Basis, Status
from extract.reading.cues import STATUSES
from extract.reading.groups import Group
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Scan, Sentence
from extract.reading.statements import Statements
from extract.words.spans import NumberKind

_NEAR_START = 8
_TO_THEIR_SENDER = 3
"""Chunks between 'they' and whose people they are, and words behind."""
_LONGEST_LIST = 12
_REACH = 10
"""Sentences that 'all got accreditation' goes back over."""


def sender_of_all(sentence: Sentence, groups: list[Group], known: list[Mention]) -> Mention | None:
    """'All of them work in the ODIHR mission': the figure before with its sender; None if nothing is so said."""
    if len(groups) != 1 or not sentence.classes & {"all_of_them", "they"} or not known:
        return None
    chunks, group = sentence.chunks, groups[0]
    if len(group.ids) != 1 or group.generic:
        return None
    first = next((c.classes for c in chunks if c.is_word), frozenset())
    of_a_body = "all_of_them" in first and group.ids[0].startswith("organization:")
    if not of_a_body and not ("they" in first and _are_its_people(chunks, group) and not sentence.counted):
        return None
    before = known[-1]
    if group.first > _NEAR_START or any(c.number is not None for c in chunks[: group.first]):
        return None
    if before.scope not in {None, "total"} or before.noun == "journalist" or before.subset:
        return None
    told = group.told_at(before.at, before.last)
    return replace(before, scope=group.ids[0], group=told, inner=None, part_of=None, children=[])


def _are_its_people(chunks: list[Chunk], group: Group) -> bool:
    """'Олар – Молдованың өкілдері', 'олар Грузиядан келеді': nothing else is said of those counted before."""
    behind = [c for c in chunks[group.last :] if c.is_word]
    equated = 0 < group.first <= _TO_THEIR_SENDER and chunks[group.first - 1].text in "–—-"
    if not equated and not (group.first == 1 and "from_case" in chunks[group.last - 1].classes):
        return False
    told = (c.classes & {"person", "observer", "have", "present", "mission"} for c in behind)
    return len(behind) <= _TO_THEIR_SENDER and all(told)


def those_before(found: Statements, index: int, previous: list[Mention]) -> Mention | None:
    """'153 foreigners will watch. That is how many observers are accredited so far': those of the sentence before."""
    sentence = found.scan.sentences[index]
    if not {"that_many", "accredited"} <= sentence.classes or not sentence.classes & {"observer", "accredit_root"}:
        return None
    opening = [c for c in sentence.chunks if c.is_word][:_NEAR_START]
    counted = next((m for m in reversed(previous) if m.noun in {"person", "bare"} and not m.of_them), None)
    if counted is None or counted.sentence != index - 1 or not any("that_many" in c.classes for c in opening):
        return None
    if counted.group is not None or found.left_out[index - 1] or counted.value == 1:
        return None
    counted.noun, counted.status = "observer", Status.ACCREDITED
    counted.basis = Basis.CUMULATIVE if "cumulative" in sentence.classes else counted.basis
    return None if counted in found.mentions else counted


def all_that_there_are(sentence: Sentence, accepted: list[Mention]) -> Mention | None:
    """The total that a body's number is at once.

    'Six observers of the CIS became the first foreigners accredited', '29 got badges, all of them of the CIS'.
    """
    if len(accepted) != 1 or sentence.classes.isdisjoint({"accredited", "count_subject", "the_list"}):
        return None
    mention = accepted[0]
    if (
        mention.noun not in {"observer", "person"}
        or not (mention.scope or "").startswith("organization:")
        or mention.at > _NEAR_START
    ):
        return None
    first = mention.noun == "observer" and "accredited" in sentence.classes and _first_of_all(mention, sentence.chunks)
    if first or _all_of_one_body(mention, sentence.chunks):
        return replace(mention, scope=None, group=None, inner=None, part_of=None, children=[])
    return None


def all_of_embassies(sentence: Sentence, accepted: list[Mention]) -> Mention | None:
    """'All 11 foreigners whom the commission accredited are employees of embassies': all are diplomats, too."""
    mention = accepted[0] if len(accepted) == 1 else None
    if mention is None or mention.scope not in {None, "total"} or mention.noun not in {"observer", "person", "bare"}:
        return None
    chunks = sentence.chunks
    ahead = chunks[mention.start - 1].classes if mention.start else frozenset()
    told = next((i for i in range(mention.last, len(chunks)) if "diplomat" in chunks[i].classes), None)
    if told is None or not ahead & {"all_of", "all_of_them"} or any(c.number for c in chunks[mention.last : told]):
        return None
    verb = [c for c in chunks[mention.last : told] if "filler" not in c.classes][-1:]
    if not any("copula" in c.classes for c in verb):
        return None
    return replace(mention, scope="diplomats", noun="diplomat", group=None, inner=None, part_of=None, children=[])


def the_first_ones(sentence: Sentence, index: int, known: list[Mention]) -> Mention | None:
    """'29 observers of the CIS were accredited. They are the first ones': all that there are so far."""
    before = known[-1] if known else None
    if before is None or before.sentence != index - 1 or not (before.scope or "").startswith("organization:"):
        return None
    alone = len(known) == 1 or known[-2].sentence < before.sentence
    opening = sentence.chunks[:1]
    if not alone or not any("they" in c.classes for c in opening) or not _tells_first(sentence.chunks):
        return None
    return replace(before, scope=None, group=None, inner=None, part_of=None, children=[])


def _first_of_all(mention: Mention, chunks: list[Chunk]) -> bool:
    """'became the first foreigners accredited'."""
    return _tells_first(chunks[mention.last :])


def _tells_first(behind: list[Chunk]) -> bool:
    """'the first foreign observers'."""
    for at, chunk in enumerate(behind[:-1]):
        first = chunk.number is not None and chunk.number.kind is NumberKind.ORDINAL and chunk.number.value == 1
        if first and any(c.classes & {"observer", "person", "international"} for c in behind[at + 1 : at + 3]):
            return True
    return False


def _all_of_one_body(mention: Mention, chunks: list[Chunk]) -> bool:
    """'29 observers were accredited, all of them from the CIS': those counted come first, whose they are is added."""
    group = mention.group
    if group is None or len(group.ids) != 1 or mention.of_them or mention.of_value or mention.more:
        return False
    between = chunks[mention.last : group.first]
    commas = [i for i, c in enumerate(between[:-1]) if c.text == ","]
    return bool(commas) and bool(between[commas[-1] + 1].classes & {"all_of", "all_of_them"})


def carry_back(mentions: list[Mention], sentences: list[Sentence]) -> None:
    """'All five are accredited on behalf of X' tells the state of the five named before."""
    for n, mention in enumerate(mentions):
        before = sentences[mention.sentence].chunks[mention.start - 1] if mention.start else None
        if before is None or "all_of" not in before.classes or mention.status is None:
            continue
        for earlier in mentions[:n]:
            if earlier.value == mention.value and earlier.status is None and earlier.noun != "journalist":
                earlier.status = mention.status
                earlier.told_status = earlier.told_status or mention.told_status


def read_introductions(mentions: list[Mention], scan: Scan) -> None:
    """'The ministry has sent new submissions. They hold:' tells the state of the items listed below."""
    for mention in mentions:
        if mention.status is not None:
            continue
        intro = _introduction(mention, scan.sentences)
        if intro is None:
            continue
        classes = intro.classes
        mention.status = next((status for name, status in STATUSES if name in classes), None)
        if mention.basis is None and "new" in classes:
            mention.basis = Basis.NEW


def _introduction(mention: Mention, sentences: list[Sentence]) -> Sentence | None:
    """The sentence that ends in a colon and opens a number's list, with the classes of what was said just before it."""
    own = sentences[mention.sentence]
    for index in range(mention.sentence - 1, max(-1, mention.sentence - _LONGEST_LIST), -1):
        sentence = sentences[index]
        if sentence.chunks and sentence.chunks[-1].text == ":" and sentence.paragraph < own.paragraph:
            if any(c.number is not None for c in sentence.chunks):
                return None
            before = sentences[index - 1] if index else sentence
            if before.paragraph != sentence.paragraph or sentence.classes & {name for name, _ in STATUSES}:
                return sentence
            return Sentence(
                sentence.where,
                sentence.paragraph,
                sentence.offset,
                sentence.source,
                sentence.tokens,
                sentence.chunks,
                sentence.classes | before.classes,
            )
        if not _is_item(sentence) or sentence.paragraph == own.paragraph:
            return None
    return None


def _is_item(sentence: Sentence) -> bool:
    last = sentence.chunks[-1].text if sentence.chunks else ""
    return last in {";", ","} or (bool(sentence.chunks) and not sentence.chunks[0].is_word)


_ALL = frozenset({"all", "all_of_them", "all_of"})
_NOT_YET = frozenset({"contest", "denial", "future", "may", "negative", "voting"})


def grant_all(mentions: list[Mention], sentences: list[Sentence]) -> None:
    """'There were no objections, all got accreditation': those submitted in the sentences before.

    Where the sentence counts them itself, '370 names were considered, all were approved', only those are meant.
    """
    # One body's mission alone is no batch of the commission's.
    lists = any("commission" in sentences[m.sentence].classes or ":" not in (m.scope or "") for m in mentions)
    for index, sentence in enumerate(sentences):
        if _grants_them(sentence):
            _accredit_those_before(mentions, index)
        told = _nobody_objected(sentence) or (not lists and _are_all_accredited(sentence))
        if "all_granted" not in sentence.classes and not told:
            continue
        own = any(m.sentence == index and not m.of_them for m in mentions)
        for mention in mentions:
            reach = 0 if own else _REACH
            if not index - reach <= mention.sentence <= index or mention.noun == "journalist":
                continue
            if mention.status in {None, Status.PROPOSED}:
                own_words = sentences[mention.sentence].classes
                watch = mention.status is None and bool(own_words & {"present", "observing"})
                batch = lists and not watch  # '113 will watch. All of them were accredited' tells of all, no batch
                mention.status = Status.ACCREDITED
                mention.told_status = mention.status if told else mention.told_status
                mention.basis = mention.basis or (Basis.NEW if batch else None)


def _are_all_accredited(sentence: Sentence) -> bool:
    """'Аккредитацию в ЦИК прошли все', 'барлығы Орталық сайлау комиссиясында аккредиттелген': of one mission."""
    if sentence.counted or "accredit_root" not in sentence.classes or sentence.classes & _NOT_YET:
        return False
    all_of_them = next((i for i, c in enumerate(sentence.chunks) if c.classes & _ALL), None)
    return all_of_them is not None and (all_of_them == 0 or sentence.chunks[all_of_them - 1].text != ",")


def _nobody_objected(sentence: Sentence) -> bool:
    """'There were no objections to any of them', 'возражений ни по одной кандидатуре не возникло'."""
    if "objections" not in sentence.classes or sentence.classes & {"contest", "voting"}:
        return False
    at = next(i for i, c in enumerate(sentence.chunks) if "objections" in c.classes)
    near = sentence.chunks[max(0, at - 3) : at + _NEAR_START]
    return any(c.classes & {"negative", "denial"} for c in near) and not any("have" in c.classes for c in near)


def _accredit_those_before(mentions: list[Mention], index: int) -> None:
    for mention in mentions:
        if mention.sentence == index - 1 and mention.status is Status.PROPOSED and mention.noun != "journalist":
            mention.status = Status.ACCREDITED


def _grants_them(sentence: Sentence) -> bool:
    """'Комиссия аккредитовала их', 'the commission has approved them': those of the sentence before."""
    if sentence.counted or not {"commission", "accredited", "them"} <= sentence.classes:
        return False
    if sentence.classes & {"negative", "denial", "future", "may"}:
        return False
    chunks = sentence.chunks
    granted = (i for i, c in enumerate(chunks) if "accredited" in c.classes)
    return any("them" in c.classes for i in granted for c in [*chunks[max(0, i - 1) : i], *chunks[i + 1 : i + 2]])
