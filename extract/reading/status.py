"""What has happened to the observers of each figure: parts follow their whole; who is also accredited is accredited."""

from __future__ import annotations

from extract.model import Basis, Status, Where
from extract.reading.carried import carried
from extract.reading.decided import tell_part
from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.statements import Statements
from extract.reading.told_next import handed_in_next, recalled_next, told_next

_BACK_TO_A_TOTAL = 3
"""Sentences between a total and 'the 27 newcomers'."""


_RESULT = 3
"""Chunks with which 'as a result' opens a sentence."""
_PEOPLE = frozenset({"observer", "person", "bare"})
_TERMS = 3
"""An earlier total, a batch, the total that they make."""
_RANK = {Status.ACCREDITED: 0, Status.WITHDRAWN: 1, Status.PROPOSED: 2, Status.ANNOUNCED: 3}


def spread_status(mentions: list[Mention], weak: dict[int, Status], found: Statements) -> None:
    """Parts take the status of their whole, a figure without a cue that of the same figure elsewhere."""
    _lift_wholes(mentions)
    _part_wholes(mentions)
    for mention in sorted(mentions, key=lambda m: level(m.scope)):
        whole = mention.whole
        if whole is not None and whole.status is not None and _takes_over(mention, whole):
            if mention.by_sum and mention.status not in {None, Status.PROPOSED, whole.status}:
                tell_part(mention, mentions)
            mention.status = whole.status
        if mention.status is not Status.WITHDRAWN and recalled_next(mention, found):
            mention.status = mention.told_status = Status.WITHDRAWN
            mention.whole, mention.basis, mention.settled = None, Basis.NEW, True
        if mention.status is None:
            mention.told_status = mention.told_status or told_next(mention, found)
            known = mention.told_status or _same_elsewhere(mention, mentions) or weak.get(id(mention))
            mention.status = known or carried(mention, found)
        if _recalled_below(mention, mentions, found):
            mention.status, mention.whole = Status.WITHDRAWN, None
        if mention.status is Status.PROPOSED and mention.whole is None and told_next(mention, found):
            mention.status, mention.basis = Status.ACCREDITED, None
        if mention.status is Status.ANNOUNCED and not mention.settled:
            _more_than_announced(mention, mentions, found)
    _grown_since(mentions, found)


def _more_than_announced(mention: Mention, mentions: list[Mention], found: Statements) -> None:
    """What the sentences around tell of people of whom their own says no more than that they come."""
    if mention.status is Status.ANNOUNCED and handed_in_next(mention, found):
        mention.status = mention.told_status = Status.PROPOSED
        mention.settled = True
    if mention.status is Status.ANNOUNCED and _of_parts_handed_in(mention, mentions):
        mention.status = mention.told_status = Status.PROPOSED
    if mention.status is Status.ANNOUNCED and _results_from_a_batch(mention, found):
        mention.status, mention.basis = Status.ACCREDITED, Basis.CUMULATIVE
    if mention.status is Status.ANNOUNCED and (
        _newcomers(mention, mentions, found) or _is_the_growth(mention, mentions)
    ):
        mention.status, mention.basis = Status.ACCREDITED, mention.told_basis or Basis.NEW
    if mention.status is Status.ANNOUNCED and told_next(mention, found):
        mention.status = mention.told_status = Status.ACCREDITED
    if mention.status is Status.ANNOUNCED and _of_those_granted(mention, mentions):
        mention.status = Status.ACCREDITED


def _grown_since(mentions: list[Mention], found: Statements) -> None:
    """'112 were on the list before the sitting, 139 after it. The 27 newcomers': who makes it grow is accredited."""
    totals = [m for m in mentions if m.status is Status.ANNOUNCED and m.noun in _PEOPLE and not m.dropped]
    planned = {m.value: m for m in totals if level(m.scope) == 0 and m.number.approx is None}
    if len(planned) < _TERMS:
        return
    for earlier in planned.values():
        near = found.scan.sentences[max(0, earlier.sentence - 1) : earlier.sentence + 1]
        if "before_now" not in near[-1].classes or not any("count_subject" in s.classes for s in near):
            continue
        batch = next((m for v, m in planned.items() if m is not earlier and v + earlier.value in planned), None)
        if batch is not None:
            for term, basis in (
                (earlier, Basis.CUMULATIVE),
                (batch, Basis.NEW),
                (planned[earlier.value + batch.value], Basis.CUMULATIVE),
            ):
                term.status, term.basis = Status.ACCREDITED, basis
                lift_parts(term, mentions, {Status.ANNOUNCED})


def _recalled_below(mention: Mention, mentions: list[Mention], found: Statements) -> bool:
    """'86 accredited, three of ODIHR out' above 'three observers of ODIHR were recalled': the title's are those."""
    if found.scan.sentences[mention.sentence].where is not Where.TITLE or mention.status is Status.WITHDRAWN:
        return False
    same = [m for m in mentions if m is not mention and (m.scope, m.value) == (mention.scope, mention.value)]
    return bool(same) and level(mention.scope) == 2 and all(m.status is Status.WITHDRAWN for m in same)


def _of_parts_handed_in(whole: Mention, mentions: list[Mention]) -> bool:
    """'There are 131 names. ODIHR asks to accredit 96, eight are put forward by states': proposed as they are."""
    parts = [m for m in mentions if m.whole is whole and m.by_sum]
    handed_in = any(m.status is Status.PROPOSED for m in parts)
    return handed_in and all(m.status in {None, Status.PROPOSED} for m in parts)


def _of_those_granted(mention: Mention, mentions: list[Mention]) -> bool:
    """'542 were accredited ... More than half of the former, 305, arrive with the CIS': they come as what they are."""
    if not any(m.of_them and m.sentence == mention.sentence and m.at <= mention.at for m in mentions):
        return False
    earlier = [m for m in mentions if m.sentence < mention.sentence and m.value > mention.value and not m.dropped]
    return bool(earlier) and mention.sentence - earlier[-1].sentence == 1 and earlier[-1].status is Status.ACCREDITED


def _is_the_growth(mention: Mention, mentions: list[Mention]) -> bool:
    """'61 observers will join them' above 'their number grew from 83 to 144': those by whom the accredited grew."""
    if level(mention.scope) > 0 or mention.noun not in _PEOPLE or mention.number.approx is not None:
        return False
    totals = [m for m in mentions if level(m.scope) == 0 and m.noun != "journalist" and not m.dropped]
    told = {(m.sentence, m.value) for m in totals}
    accredited = (m for m in totals if m.status is Status.ACCREDITED and m.sentence != mention.sentence)
    return any((m.sentence, m.value + mention.value) in told for m in accredited)


def _newcomers(mention: Mention, mentions: list[Mention], found: Statements) -> bool:
    """'132 observers are accredited now. The 27 newcomers will work for the CIS': what the total has just grown by."""
    noun = found.scan.sentences[mention.sentence].chunks[mention.last - 1].classes
    if "just_added" not in noun or level(mention.scope) > 0:
        return False
    totals = [m for m in mentions if 0 <= mention.sentence - m.sentence <= _BACK_TO_A_TOTAL and level(m.scope) == 0]
    return any(m.value > mention.value and m.status is Status.ACCREDITED and not m.dropped for m in totals)


def _results_from_a_batch(mention: Mention, found: Statements) -> bool:
    """'Another 370 were accredited. Thus 641 observers will follow the election': the total of all accredited."""
    if level(mention.scope) > 0 or mention.noun not in _PEOPLE or mention.number.approx is not None or mention.of_them:
        return False
    chunks = found.scan.sentences[mention.sentence].chunks
    if _summed_with_those_before(mention, found):
        return True
    if mention.noun != "observer" or not any("result" in c.classes for c in chunks[: mention.start][:_RESULT]):
        return False
    before = (m for m in found.mentions if m.sentence == mention.sentence - 1 and m.value < mention.value)
    return any(m.status is Status.ACCREDITED and level(m.scope) == 0 and m.noun in _PEOPLE for m in before)


def _summed_with_those_before(mention: Mention, found: Statements) -> bool:
    """'28 were let in. Осыған дейінгі 187 адамды қосқанда, 215 шетелдік бақылайды': both are totals of them."""
    sentence = found.scan.sentences[mention.sentence]
    if "sum_verb" not in sentence.classes or "announced" in sentence.classes:
        return False
    summed = any(
        "sum_verb" in c.classes for c in [*sentence.chunks[: mention.start], *sentence.chunks[mention.last :][:1]]
    )
    before = (m for m in found.mentions if m.sentence == mention.sentence - 1)
    return summed and any(m.status is Status.ACCREDITED and m.noun in _PEOPLE for m in before)


def _lift_wholes(mentions: list[Mention]) -> None:
    """'Eleven observers have come': accredited, where the parts that they sum up from are."""
    summed: dict[int, list[Mention]] = {}
    for part in mentions:
        if part.by_sum and part.whole is not None:
            summed.setdefault(id(part.whole), []).append(part)
    for whole in mentions:
        parts = summed.get(id(whole), [])
        if (
            whole.status in {None, Status.ANNOUNCED}
            and any(m.status is Status.ACCREDITED for m in parts)
            and all(m.status in {None, Status.ACCREDITED} for m in parts)
        ):
            whole.status = Status.ACCREDITED


def _part_wholes(mentions: list[Mention]) -> None:
    """'The mission has 38. 31 of them are accredited, the applications of the other seven wait': neither of all."""
    told: dict[int, set[Status]] = {}
    for part in mentions:
        if part.by_sum and part.told_status is not None and part.whole is not None:
            told.setdefault(id(part.whole), set()).add(part.told_status)
    for whole in mentions:
        if whole.status is None and told.get(id(whole), set()) >= {Status.ACCREDITED, Status.PROPOSED}:
            whole.status = Status.ANNOUNCED


def _takes_over(part: Mention, whole: Mention) -> bool:
    if whole.status is Status.ANNOUNCED and part.told_status in {Status.ACCREDITED, Status.PROPOSED}:
        return False
    if whole.status is Status.PROPOSED and part.told_status is Status.ACCREDITED and part.value < whole.value:
        return False  # 'Заявлены 400 человек, 212 аккредитованы'
    if _waits_beside_it(part, whole):
        return False
    if part.by_sum and part.status is not Status.WITHDRAWN:
        return True
    return part.status in {None, Status.PROPOSED, whole.status}


def _waits_beside_it(part: Mention, whole: Mention) -> bool:
    """'70 байқаушы аккредиттелді, тағы 21-і кезек күтуде': each of the two has a verb of its own."""
    if part.sentence != whole.sentence or part.at < whole.at or part.by_sum or level(part.scope) > 0:
        return False  # 'осы 36-ның он төртін ДИАҚБ ұсынған': put up by whom, and accredited like the rest
    return part.told_status is Status.PROPOSED and whole.told_status is Status.ACCREDITED


def _same_elsewhere(mention: Mention, mentions: list[Mention]) -> Status | None:
    same = [
        m.status
        for m in mentions
        if m is not mention and m.status and (m.scope, m.value) == (mention.scope, mention.value)
    ]
    return min(same, key=lambda s: _RANK[s]) if same else None


def one_people(mentions: list[Mention]) -> None:
    """People that the text both nominates and accredits are accredited: the same number of the same, or of a part."""
    accredited = [m for m in mentions if m.status is Status.ACCREDITED and m.noun != "journalist"]
    for mention in mentions:
        if mention.status not in {Status.PROPOSED, Status.ANNOUNCED} or mention.noun == "journalist" or mention.later:
            continue
        same = [m for m in accredited if m.value == mention.value and _same_people(m, mention)]
        if same:
            mention.status = mention.told_status = Status.ACCREDITED
            mention.basis = mention.basis if same[0].basis is None else same[0].basis
            lift_parts(mention, mentions, {Status.ANNOUNCED, Status.PROPOSED})
    bodies = [m for m in accredited if m.noun == "association"]
    for mention in mentions:
        open_sum = mention.noun == "association" and mention.status is Status.ANNOUNCED and len(bodies) > 1
        if open_sum and mention.value == sum(m.value for m in bodies):
            mention.status = Status.ACCREDITED
    _media_shares(mentions)
    sums = [m for m in mentions if m.status is Status.ACCREDITED and level(m.scope) == 0]
    for total in sums:
        parts = [m for m in mentions if m.whole is total and level(m.scope) == 1]
        if sum(m.value for m in parts) == total.value:
            for part in parts:
                part.status = Status.ACCREDITED


def _media_shares(mentions: list[Mention]) -> None:
    """'348 journalists were accredited: 227 work here, 121 are to come'."""
    media = [m for m in mentions if m.noun == "journalist"]
    rest = [m for m in media if m.status is Status.ANNOUNCED]
    if len(rest) > 1 and any(m.status is Status.ACCREDITED and m.value == sum(r.value for r in rest) for m in media):
        for mention in rest:
            mention.status = Status.ACCREDITED


def _same_people(accredited: Mention, other: Mention) -> bool:
    if (accredited.scope or "total") == (other.scope or "total"):
        return other.value == accredited.value
    if other.status is Status.ANNOUNCED or other.value < 3 or other.waits:
        return False  # 'На государства пришлось 12 мест. По 12 анкетам вопрос отложен': others, who still wait
    return level(accredited.scope) == 0 or level(other.scope) == 0


def lift_parts(whole: Mention, mentions: list[Mention], lifted: set[Status]) -> None:
    """Let the parts of an accredited whole, and theirs, that have one of these statuses be accredited."""
    for part in mentions:
        if part.whole is whole and part.status in lifted:
            part.status = Status.ACCREDITED
            lift_parts(part, mentions, lifted)
