"""Running total or batch: by the words, by the whole, by what the totals of the text add up to."""

from __future__ import annotations

import itertools

from extract.model import Basis, Status, Term
from extract.reading.batch_of_today import granted_today, of_a_recent_day, summed_up_next
from extract.reading.decided import reading
from extract.reading.levels import level, wider
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk
from extract.reading.statements import Statements, opening
from extract.reading.told_around import told_around
from extract.reading.total_basis import OPENING, basis_of_totals, first_ones
from extract.words.spans import NumberKind

_APART = frozenset({"association", "journalist"})
"""Who is accredited apart from observers: '216 observers are accredited; 170 journalists have applied'."""
_AT_A_MEETING = 2
"""Chunks with which 'at the meeting' opens a clause."""
_OF_A_LIST = frozenset({"adjective", "and", "countries", "filler", "international", "mission", "organizations"})
"""What stands between two senders of a list."""
_BEHIND = 6
"""Chunks between a number and the verb that says that they were added."""


def spread_basis(mentions: list[Mention], found: Statements) -> None:
    """Tell of each figure whether it is a running total or a batch, where its own words do not."""
    for mention in mentions:
        if mention.status is Status.ANNOUNCED:
            member = mention.whole is not None and mention.by_sum
            mention.basis = Basis.NEW if mention.more and not member else Basis.CUMULATIVE
        elif mention.noun == "journalist":
            mention.basis = Basis.NEW if mention.more and mention.status is Status.PROPOSED else Basis.CUMULATIVE
        elif mention.status is Status.PROPOSED and any(_twin(mention, m) and m.more for m in mentions):
            mention.basis = Basis.NEW
    basis_of_totals(mentions, found)
    _batch_by_its_parts(mentions)
    for mention in sorted(mentions, key=lambda m: level(m.scope)):
        if (
            mention.whole is not None
            and mention.status is mention.whole.status
            and wider(mention.whole.scope, mention.scope)
            and not _batch_of_its_own(mention, mention.whole, found)
        ):
            mention.basis = mention.whole.basis
        elif mention.subset and mention.whole is not None:
            apart = mention.value < mention.whole.value and (
                _granted_apart(mention, found)
                or _just_added(mention, found)
                or any(_twin(mention, m) and m.more and m.basis is Basis.NEW for m in mentions)
            )
            kept = mention.basis if mention.status is not mention.whole.status else None
            mention.basis = Basis.NEW if apart else kept or mention.whole.basis
            mention.told_basis = Basis.NEW if apart else mention.told_basis
        elif mention.of_value is not None and mention.whole is not None and level(mention.scope) == 0:
            mention.basis = Basis.NEW
            mention.told_basis = Basis.NEW if _granted_apart(mention, found) else mention.told_basis
    _beside_or_apart(mentions, found)
    _go_on_with_the_list(mentions, found)
    _default_basis(mentions, found)
    told_around(mentions, found)


def _go_on_with_the_list(mentions: list[Mention], found: Statements) -> None:
    """'Отырыста ТМД-дан 21, ШЫҰ-дан үш байқаушы аккредиттелді': what is told of the first sender's is told of all."""
    for before, mention in itertools.pairwise(mentions):
        if mention.basis is not None or before.told_basis is not Basis.NEW or before.sentence != mention.sentence:
            continue
        listed = level(before.scope) > 0 and level(mention.scope) > 0 and mention.status is before.status
        if not listed or mention.whole is not before.whole or mention.status is not Status.ACCREDITED:
            continue
        between = found.scan.sentences[mention.sentence].chunks[before.last : mention.start]
        if all(c.name or c.number or not c.is_word or c.classes & _OF_A_LIST for c in between):
            mention.basis = mention.told_basis = Basis.NEW


def _batch_of_one_kind(subtotals: list[Mention], running: set[int]) -> None:
    """'32 observers of 12 states were approved. The total rose from 147 to 179': the sum tells that they are new."""
    for mention in subtotals:
        earlier = next((v for v in running if mention.value + v in running and v != mention.value), None)
        if earlier is None or mention.value in running or mention.basis is Basis.NEW:
            continue
        mention.basis, mention.whole = Basis.NEW, None
        term = Term(mention.scope or "total", mention.value, decided=True)
        mention.decided = reading(Term("total", earlier + mention.value), Term("earlier total", earlier), term)


def _beside_or_apart(mentions: list[Mention], found: Statements) -> None:
    """What is told together with another figure, granted today beside a running total, or withdrawn."""
    running = [m for m in mentions if m.basis is Basis.CUMULATIVE and level(m.scope) == 0 and not m.dropped]
    for mention in mentions:
        if mention.beside is not None:
            mention.basis = mention.beside.basis or Basis.CUMULATIVE
        if mention.basis is None and mention.whole is None and running:
            if summed_up_next(mention, running, found):
                mention.basis = mention.told_basis = Basis.NEW
            elif granted_today(mention, running, found):
                mention.basis = Basis.NEW
        if mention.status is Status.WITHDRAWN:
            mention.basis = Basis.CUMULATIVE if _withdrawn_before(mention, found) else Basis.NEW


def _batch_by_its_parts(mentions: list[Mention]) -> None:
    """'There were 237. 90 of organizations and 18 of states were added: 345': the sum tells that they are new."""
    alive = [m for m in mentions if not m.dropped and m.status is Status.ACCREDITED and m.noun != "journalist"]
    running = {m.value for m in alive if level(m.scope) == 0 and m.basis is Basis.CUMULATIVE}
    subtotals = [m for m in alive if level(m.scope) == 1]
    added = {m.scope or "total": m for m in subtotals if any(o.sentence == m.sentence for o in subtotals if o is not m)}
    added = added or {m.scope or "total": m for m in subtotals}
    if set(added) != {"organizations", "countries"}:
        _batch_of_one_kind(subtotals, running)
        return
    batch = sum(m.value for m in added.values())
    for earlier in running:
        if batch + earlier in running:
            terms = (Term(scope, m.value, decided=m.basis is not Basis.NEW) for scope, m in added.items())
            told = reading(Term("total", batch + earlier), Term("earlier total", earlier), *terms)
            for mention in added.values():
                mention.basis, mention.whole, mention.decided = Basis.NEW, None, told


def _withdrawn_before(mention: Mention, found: Statements) -> bool:
    """'taking account of two observers withdrawn earlier': no news of this report."""
    chunks = found.scan.sentences[mention.sentence].chunks
    if any("withdrawn_before" in c.classes for c in chunks[mention.last : mention.clause[1]]):
        return True
    ahead = chunks[mention.clause[0] : mention.start]
    said = next((i for i in range(len(ahead) - 1, -1, -1) if "before_now" in ahead[i].classes), None)
    return said is not None and not any(c.number or c.text == "," for c in ahead[said + 1 :])


def _granted_apart(part: Mention, found: Statements) -> bool:
    """'Most of them, 190, got badges on Tuesday', 'on Friday 90 of them did': a batch of that day out of all."""
    clause = found.scan.sentences[part.sentence].chunks[slice(*part.clause)]
    met = any("meeting" in c.classes for c in clause)
    behind = clause[part.at - part.clause[0] :]
    today = any("accredited" in c.classes for c in (clause if part.of_them else behind)) and _says_today(clause)
    dated = today or any(c.day is not None and c.day.day is not None for c in (clause if met else behind))
    dated = dated or any("that_day" in c.classes for c in behind)
    opens = met and any("meeting" in c.classes for c in clause[:_AT_A_MEETING])
    shared = part.of_them or part.of_value is not None
    decided = (opens or (met and shared)) and any("accredited" in c.classes for c in clause)
    granted = (dated or decided) and part.told_basis is not Basis.CUMULATIVE
    return granted and level(part.scope) == 0 and part.status is Status.ACCREDITED


def _says_today(clause: list[Chunk]) -> bool:
    """'The commission let in 23 of them today', not 'as of today', 'бүгінге дейін'."""
    days = (i for i, c in enumerate(clause) if c.day is not None and c.day.relative)
    beside = ([*clause[max(0, i - 1) : i], *clause[i + 1 : i + 2]] for i in days)
    return any(not any(c.classes & {"as_of", "until_number", "until"} for c in near) for near in beside)


def _just_added(part: Mention, found: Statements) -> bool:
    """'55 of them have just been added', 'олардың 55-і жаңа ғана қосылды': the batch of the day out of all."""
    behind = found.scan.sentences[part.sentence].chunks[part.last : part.last + _BEHIND]
    until = next((i for i, c in enumerate(behind) if c.number is not None or not c.is_word), len(behind))
    return level(part.scope) == 0 and any("just_added" in c.classes for c in behind[:until])


def _batch_of_its_own(part: Mention, whole: Mention, found: Statements) -> bool:
    """'At the meeting of February 23 seven from states' beside a running total told elsewhere."""
    chunks = found.scan.sentences[part.sentence].chunks
    apart = part.sentence != whole.sentence and not part.by_sum and part.of_value is None
    told_apart = apart and any(c.day is not None for c in chunks)
    if told_apart and level(part.scope) == 2 and whole.basis is Basis.CUMULATIVE and of_a_recent_day(part, chunks):
        part.basis = Basis.NEW
        return True
    if apart and _goes_with_a_batch(part, whole, found.mentions):
        part.basis = Basis.NEW
        return whole.basis is Basis.CUMULATIVE
    first = part.position < whole.position and part.told_status is Status.ACCREDITED
    new = part.told_basis is Basis.NEW and (first or (apart and not part.more))
    told_apart = told_apart or (new and (not part.of_them or _may_be_of_a_batch(part, found.mentions)))
    return told_apart and level(part.scope) == 1 and part.basis is Basis.NEW and whole.basis is Basis.CUMULATIVE


def _may_be_of_a_batch(part: Mention, mentions: list[Mention]) -> bool:
    """'Among the new observers there are 38 of organizations', beside a batch of 57."""
    return any(m.basis is Basis.NEW and level(m.scope) == 0 and m.value > part.value for m in mentions)


def _goes_with_a_batch(part: Mention, whole: Mention, mentions: list[Mention]) -> bool:
    """'Among the new ones 38 are of organizations. States have sent 21': beside a subtotal that is a batch."""
    if part.told_basis is not None or level(part.scope) != 1:
        return False
    before = (m for m in mentions if m.whole is whole and level(m.scope) == 1 and m.scope != part.scope)
    return any(
        m.basis is Basis.NEW and m.status is part.status and 0 <= part.sentence - m.sentence <= 1 for m in before
    )


def _twin(mention: Mention, other: Mention) -> bool:
    """The same figure, said again."""
    same_scope = (mention.scope or "total") == (other.scope or "total")
    return same_scope and mention.value == other.value and mention.status is other.status


def _default_basis(mentions: list[Mention], found: Statements) -> None:
    """Proposals of the day, or beside accredited figures, are a new list; all else counts so far."""
    accredited = {m.noun for m in mentions if m.status is Status.ACCREDITED}
    handed_in = not accredited and _is_news_of_proposals(mentions, found)
    for mention in mentions:
        chunks = found.scan.sentences[mention.sentence].chunks
        if mention.basis is None and mention.status is Status.PROPOSED:
            today = any(c.day is not None and c.day.relative for c in chunks) or _after_news(mention, found)
            own = {mention.noun} & _APART
            beside = bool(accredited & own if own else accredited - _APART)
            mention.basis = Basis.NEW if today or beside or handed_in else None
    for mention in mentions:
        if mention.basis is None and mention.whole is not None and mention.whole.status is mention.status:
            mention.basis = mention.whole.basis
    stated = {(m.scope or "total", m.value, m.status): m.basis for m in mentions if m.basis is not None}
    for mention in sorted(mentions, key=lambda m: level(m.scope)):
        if mention.basis is None:
            whole = mention.whole if mention.whole is not None and mention.whole.status is mention.status else None
            of_whole = whole.basis if whole is not None and whole.basis is not None else Basis.CUMULATIVE
            mention.basis = stated.get((mention.scope or "total", mention.value, mention.status), of_whole)


def _is_news_of_proposals(mentions: list[Mention], found: Statements) -> bool:
    """'The ministry has forwarded the applications of 138 observers': a list of the day, unless it is the first one."""
    proposed = [m for m in mentions if m.status is Status.PROPOSED and not m.dropped]
    if not proposed or any(m.basis is Basis.CUMULATIVE for m in proposed):
        return False
    begin = opening(found)
    first = [*found.scan.sentences[:1], *found.scan.sentences[begin : begin + OPENING]]
    if any("first_group" in s.classes or first_ones(s.chunks) for s in first):
        return False
    numbers = (c.number for s in first for c in s.chunks if c.number is not None)
    if any(n.kind is NumberKind.ORDINAL and n.value == 1 for n in numbers):
        return False
    return any("commission" in found.scan.sentences[m.sentence].classes for m in proposed)


def _after_news(mention: Mention, found: Statements) -> bool:
    """'The ministry has sent further names. They are 59.'"""
    own = found.scan.sentences[mention.sentence]
    for before in found.scan.sentences[max(0, mention.sentence - 2) : mention.sentence]:
        told = "proposed" in before.classes and bool(before.classes & {"new", "new_word"})
        if told or ("new" in before.classes and before.paragraph == own.paragraph):
            return True
    return False
