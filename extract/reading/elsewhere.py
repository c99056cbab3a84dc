"""Which sentences speak of another poll: that of another country, or of an earlier year."""

from __future__ import annotations

import itertools

from extract.model import Where
from extract.reading.commission_sends import commission_sends
from extract.reading.delegations import host_sends, names_host, sends_people
from extract.reading.earlier import names_an_earlier_year, of_an_earlier_year
from extract.reading.groups import HOST
from extract.reading.scan import Chunk, Scan, Sentence
from extract.words.spans import NameKind

_BEHIND_AN_OPENING = 3
"""Chunks before the state in 'The Central Election Commission of Uzbekistan said ...'."""
_TOLD = 10
"""Chunks between a state and the verb of its poll."""
_GOES_ON = 3
"""Words of an opening that go back to the sentence before."""
_WHOM = frozenset({"approx", "compared", "adjective", "international", "new_word", "observer", "filler"})
"""What 'over 300 more foreign observers' is made of, beside its number."""
_OF_OUR_POLL = frozenset({"commission", "accredited", "accreditation", "own_poll"})
_REFERS_BACK = frozenset({"of_them", "they", "in_all", "pronoun", "cumulative", "poll"})


def foreign_or_earlier(scan: Scan, index: int) -> bool:
    """Whether a sentence speaks of another country's poll, or of an earlier year's."""
    known = scan.elsewhere.get(index)
    if known is None:
        sentence = scan.sentences[index]
        known = is_of_another_state(sentence, scan) or of_an_earlier_year(sentence, scan.published)
        known = known or ("at_that_time" in sentence.classes and _goes_on_then(scan, index))
        known = known or _goes_on_abroad(scan, index) or (len(sentence.named) > 1 and _host_sends_abroad(sentence))
        scan.elsewhere[index] = known
    return known


def _host_sends_abroad(sentence: Sentence) -> bool:
    """'Kazakhstan sent twelve observers to Russia', 'its delegation to the Assembly has six members'."""
    if sentence.classes & _OF_OUR_POLL:
        return False
    return host_sends(sentence) and any(not names_host(sentence, i) for i in sentence.named)


def _goes_on_then(scan: Scan, index: int) -> bool:
    """'In 2015 most papers came late, too. At that time 858 observers worked': the poll of the year just named."""
    sentence = scan.sentences[index]
    before = scan.sentences[index - 1] if index else sentence
    if before is sentence or before.paragraph != sentence.paragraph or scan.published is None:
        return False
    opening = [c for c in sentence.chunks if c.is_word][:_GOES_ON]
    return any("at_that_time" in c.classes for c in opening) and names_an_earlier_year(before, scan.published)


def _goes_on_abroad(scan: Scan, index: int) -> bool:
    """'Six Kazakhs watch the election in Uzbekistan. In all 800 observers are accredited there': still that poll."""
    sentence = scan.sentences[index]
    if not index or sentence.where is Where.TITLE or sentence.classes & {"commission", "own_poll"}:
        return False
    before = scan.sentences[index - 1]
    if before.paragraph != sentence.paragraph:
        return False
    sends_there = "there" in sentence.classes and host_sends(sentence)  # 'Казахстан направит туда 12 человек'
    if not sends_there and any(names_host(sentence, i) for i in sentence.named):
        return False
    if not is_of_another_state(before, scan) and not (index > 1 and _goes_on_abroad(scan, index - 1)):
        return False
    opening = [c for c in sentence.chunks if c.is_word][:_GOES_ON]
    if any(a.classes & {"we", "home"} and "poll" in b.classes for a, b in itertools.pairwise(opening)):
        return False  # 'Ал біздің сайлауға Өзбекстаннан алты байқаушы тіркелді'
    return any(c.classes & _REFERS_BACK for c in opening) or "there" in sentence.classes


def is_of_another_state(sentence: Sentence, scan: Scan) -> bool:
    """'the election ... of Belarus', 'Tajik vote', 'Central Election Commission of Belarus'."""
    if sentence.abroad is None:
        sentence.abroad = _is_of_another_state(sentence, scan)
    return sentence.abroad


def _is_of_another_state(sentence: Sentence, scan: Scan) -> bool:
    if not sentence.named or any(
        names_host(sentence, i) and not sends_people(sentence.chunks, i) for i in sentence.named
    ):
        return False
    owner_first = "sender_first" in scan.words.grammar
    return any(_holds_a_poll(sentence, i, owner_first=owner_first) for i in sentence.named)


def _holds_a_poll(sentence: Sentence, at: int, *, owner_first: bool) -> bool:
    chunks = sentence.chunks
    name = chunks[at].name
    if name is None or name.id == HOST or name.kind not in {NameKind.COUNTRY, NameKind.NATIONALITY}:
        return False
    if commission_sends(sentence, at):
        return False
    before = chunks[max(0, at - 6) : at]
    after = chunks[at + 1 : at + 4]
    if "in_case" in chunks[at].classes and any({"poll"} == c.classes & {"poll", "voting"} for c in after[:1]):
        return True  # 'Түркия мен Грузиядағы сайлауға 9 байқаушы жіберді'
    if any(c.name is not None and c.name.kind is NameKind.COUNTRY for c in [*before[-2:], *after[:2]]):
        return False
    sends = "from_case" in chunks[at].classes or "sends" in sentence.classes
    if owner_first and sends and "in_case" not in chunks[at].classes and not _of_its_house(after):
        return False
    governed = _is_governed(before)
    if (
        _poll_in_it(before)
        or _held_there(sentence.chunks, at)
        or _opens_in_it(sentence, at)
        or _holds_its_own(sentence, at)
        or _elects(sentence, at)
        or _runs_its_poll(sentence, at)
        or _its_commission_acts(sentence, at)
    ):
        return True
    if _poll_behind(sentence, at):
        return True
    if (
        before
        and before[-1].classes & {"poll", "commission"}
        and "represent" not in before[-1].classes
        and not _people_of_a_commission(before)
        and name.kind is NameKind.COUNTRY
        and not (governed or owner_first)
    ):
        return True
    if governed and at == _BEHIND_AN_OPENING and "commission" in before[-2].classes and "sends" not in sentence.classes:
        return True
    if any(c.classes & {"observer", "mission"} for c in [*before, *after]):
        return False
    if len(before) > 1 and before[-2].number is not None:
        return False  # 'по линии избиркомов двух стран: четверо из России'
    return governed and any(c.classes & {"poll", "commission"} for c in before) and not sends_people(chunks, at)


def _of_its_house(after: list[Chunk]) -> bool:
    """'Венгрия парламенті сайлауына 120 байқаушы жіберді': a house of that state is elected, whoever sends."""
    if not after or "from_case" in after[0].classes:
        return False
    if {"of_case", "poll"} <= after[0].classes:
        return True  # 'Түркия президентінің сайлауына'
    return "its_house" in after[0].classes and len(after) > 1 and "poll" in after[1].classes


def _is_governed(before: list[Chunk]) -> bool:
    """'from the commission of Uzbekistan': those whom it sends; 'на выборы президента Беларуси' is its poll."""
    to_a_poll = len(before) > 1 and before[-1].classes & {"poll", "commission"} == {"poll"}
    near = before[-1:] if to_a_poll and "place_prep" in before[-2].classes else before[-2:]
    return any("origin" in c.classes for c in near)


def _people_of_a_commission(before: list[Chunk]) -> bool:
    """'трое представителей ЦИК Индонезии', 'делегация ЦИК Узбекистана': those whom it sends."""
    if len(before) < 2 or "commission" not in before[-1].classes:
        return False
    counted = any(c.number is not None for c in before[-4:-2])
    return "delegation" in before[-2].classes or (counted and bool(before[-2].classes & {"person", "observer"}))


def _poll_behind(sentence: Sentence, at: int) -> bool:
    """'Tajik vote', 'Uzbekistan's presidential election'; where someone is accredited, 'the Belarusian commission'."""
    after = sentence.chunks[at + 1 : at + 3]
    owner = bool(after) and after[0].text in {"'s", "’s"}
    near = sentence.chunks[at + 2 : at + 7] if owner else after
    until = next((i for i, c in enumerate(near) if c.number or c.name or (owner and not c.is_word)), len(near))
    poll = next((i for i, c in enumerate(near[:until]) if "poll" in c.classes), until)
    polls = poll < until and "election_body" not in near[poll].classes
    if polls and "unowned_poll" in near[poll].classes:
        return False  # 'Мажарстан сайлауға төрт байқаушы жібермекші': the ending of its own would be another one
    if polls and any("person" in c.classes for c in sentence.chunks[at + 1 :][poll + 1 : poll + 2]):
        return False  # 'Өзбекстанның сайлау мамандары келді': those who come from there
    if polls and (owner or after[0].is_word):
        return True
    acts = any("commission" in c.classes and "from_case" not in c.classes for c in near[:1])
    return acts and "accredited" in sentence.classes  # but 'Грузияның орталық сайлау комиссиясынан үш өкіл тіркелді'


def _poll_in_it(before: list[Chunk]) -> bool:
    """'the elections in Kyrgyzstan': a poll, and nothing but the preposition before the state."""
    near = [c for c in before if "filler" not in c.classes]
    if len(near) < 2 or "place_prep" not in near[-1].classes:
        return False
    at = max((i for i, c in enumerate(near) if "poll" in c.classes), default=None)
    return at is not None and all("scheduled" in c.classes or "future" in c.classes for c in near[at + 1 : -1])


def _held_there(chunks: list[Chunk], at: int) -> bool:
    """'7 ақпанда Әзербайжанда кезектен тыс президент сайлауы өтеді': the ending of the state says where it is held."""
    if "at_case" not in chunks[at].classes:
        return False
    after = chunks[at + 1 : at + _TOLD]
    until = next((i for i, c in enumerate(after) if c.name is not None or c.text in ",;:"), len(after))
    poll = next((i for i, c in enumerate(after[:until]) if "poll" in c.classes), None)
    return poll is not None and any("held" in c.classes for c in after[: poll + _BEHIND_AN_OPENING])


def _holds_its_own(sentence: Sentence, at: int) -> bool:
    """'Kyrgyzstan accredited 330 foreign observers for its presidential election.'"""
    chunks = sentence.chunks
    if at > 1 or not any("accredited" in c.classes for c in chunks[at + 1 : at + 3]):
        return False
    return _lets_in_foreigners(chunks, at) or any(
        "possessive" in c.classes and any("poll" in d.classes for d in chunks[i + 1 : i + 5])
        for i, c in enumerate(chunks)
    )


def _lets_in_foreigners(chunks: list[Chunk], at: int) -> bool:
    """'Kyrgyzstan accredits over 300 international observers': nobody but the host of a poll lets in foreign ones."""
    near = chunks[at + 1 : at + _TOLD]
    told = next((i for i, c in enumerate(near) if {"accredited", "accredit_root"} <= c.classes), None)
    if told is None or any("origin" in c.classes or c.text == "," for c in near[: told + 1]):
        return False
    whom = itertools.takewhile(lambda c: c.number is not None or c.classes & _WHOM, near[told + 1 :])
    return {"international", "observer"} <= frozenset().union(*(c.classes for c in whom))


def _opens_in_it(sentence: Sentence, at: int) -> bool:
    """'In Kyrgyzstan, 333 observers were accredited for the presidential election there.'"""
    ahead = sentence.chunks[:at]
    inside = 0 < at <= 2 and "place_prep" in ahead[0].classes and all("adjective" in c.classes for c in ahead[1:])
    told = "poll" in sentence.classes or {"observer", "accredited"} <= sentence.classes
    return inside and told and "sends" not in sentence.classes


def _elects(sentence: Sentence, at: int) -> bool:
    """'Uzbekistan gets ready to elect president': the state is the subject, and nobody is sent."""
    if at or sentence.classes & {"observer", "sends", "represent", "observing", "mission"}:
        return False
    return any("elects" in c.classes for c in sentence.chunks)


def _runs_its_poll(sentence: Sentence, at: int) -> bool:
    """'Узбекистан 9 июля проведет выборы президента': the state opens the sentence, and the poll is what it holds."""
    if at or sentence.classes & {"observer", "sends", "represent", "observing", "mission", "delegation", "said"}:
        return False
    behind = sentence.chunks[at + 1 : at + _TOLD]
    poll = next((i for i, c in enumerate(behind) if "poll" in c.classes), None)
    if poll is None or not poll:
        return False
    prepared = any("readies" in c.classes for c in behind[: poll + 1])  # 'Uzbekistan readies for presidential vote'
    return prepared or not behind[poll - 1].classes & {"place_prep", "origin", "scheduled"}


def _its_commission_acts(sentence: Sentence, at: int) -> bool:
    """'The Central Election Commission of Uzbekistan has accredited ...': nobody's members are sent, it acts itself."""
    chunks = sentence.chunks
    side = chunks[at + 1 : at + 3]
    if len(side) > 1 and "side" in side[0].classes and "accredited" in side[1].classes:
        return True
    if not sentence.classes & {"accredited", "accreditation"} or at < 2 or "origin" not in chunks[at - 1].classes:
        return False
    of = next((i for i in range(at - 2, max(-1, at - 4), -1) if "commission" in chunks[i].classes), None)
    if of is None:
        return False
    ahead = [c for c in chunks[max(0, of - 3) : of] if "filler" not in c.classes][-1:]
    return not any(c.classes & {"origin", "represent", "person", "observer"} for c in ahead)
