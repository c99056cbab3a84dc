"""Running total or batch: by the words, by the whole, by what the totals of the text add up to."""

from __future__ import annotations

from extract.model import Basis, Status, Term, Where
from extract.reading.decided import earlier_and_batch, reading
from extract.reading.levels import level, wider
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence
from extract.reading.statements import Statements, opening, tells_of_a_new_group
from extract.words.spans import NumberKind

_AT_A_MEETING = 2
"""Chunks with which 'at the meeting' opens a clause."""
_BEHIND = 6
"""Chunks between a number and the verb that says that they were added."""
_OPENING = 2
"""Sentences that say whether the observers are the first ones or a further group."""


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
    _basis_of_totals(mentions, found)
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
                _granted_apart(mention, found) or _just_added(mention, found)
            )
            kept = mention.basis if mention.status is not mention.whole.status else None
            mention.basis = Basis.NEW if apart else kept or mention.whole.basis
        elif mention.of_value is not None and mention.whole is not None and level(mention.scope) == 0:
            mention.basis = Basis.NEW
    _beside_or_apart(mentions, found)
    _default_basis(mentions, found)


def _beside_or_apart(mentions: list[Mention], found: Statements) -> None:
    """What is told together with another figure, granted today beside a running total, or withdrawn."""
    for mention in mentions:
        if mention.beside is not None:
            mention.basis = mention.beside.basis or Basis.CUMULATIVE
        if mention.basis is None and mention.whole is None and _granted_today(mention, mentions, found):
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
    """'Most of them, 190, got badges on Tuesday', 'at the meeting 118 of them': a batch of that day out of all."""
    clause = found.scan.sentences[part.sentence].chunks[slice(*part.clause)]
    met = any("meeting" in c.classes for c in clause)
    dated = any(
        c.day is not None and c.day.day is not None for c in (clause if met else clause[part.at - part.clause[0] :])
    )
    opens = met and any("meeting" in c.classes for c in clause[:_AT_A_MEETING])
    decided = opens and any("accredited" in c.classes for c in clause)
    return (dated or decided) and level(part.scope) == 0 and part.status is Status.ACCREDITED


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
    if told_apart and level(part.scope) == 2 and whole.basis is Basis.CUMULATIVE and _of_a_recent_day(part, chunks):
        part.basis = Basis.NEW
        return True
    return told_apart and level(part.scope) == 1 and part.basis is Basis.NEW and whole.basis is Basis.CUMULATIVE


def _of_a_recent_day(part: Mention, chunks: list[Chunk]) -> bool:
    """'Yesterday one observer each from Korea and Thailand got badges', not 'as of today'."""
    first, last = part.clause
    recent = any(
        c.day is not None
        and c.day.relative
        and not (i and "as_of" in chunks[i - 1].classes)
        and not any("said" in before.classes for before in chunks[max(0, i - 3) : i])
        for i, c in enumerate(chunks[first:last], first)
    )
    return recent and any("accredited" in c.classes for c in chunks[first:last])


def _granted_today(mention: Mention, mentions: list[Mention], found: Statements) -> bool:
    """'Today the commission let in 12 observers of the OTS' beside a running total of them all: a batch."""
    if (
        mention.status is not Status.ACCREDITED
        or level(mention.scope) == 0
        or mention.noun in {"journalist", "association"}
    ):
        return False
    running = (m for m in mentions if m.basis is Basis.CUMULATIVE and level(m.scope) == 0 and not m.dropped)
    if not any(
        m.status is Status.ACCREDITED and m.value > mention.value and m.sentence != mention.sentence for m in running
    ):
        return False
    return _of_a_recent_day(mention, found.scan.sentences[mention.sentence].chunks)


def _twin(mention: Mention, other: Mention) -> bool:
    """The same figure, said again."""
    same_scope = (mention.scope or "total") == (other.scope or "total")
    return same_scope and mention.value == other.value and mention.status is other.status


def _default_basis(mentions: list[Mention], found: Statements) -> None:
    """Proposals of the day, or beside accredited figures, are a new list; all else counts so far."""
    accredited = {m.noun == "association" for m in mentions if m.status is Status.ACCREDITED}
    handed_in = not accredited and _is_news_of_proposals(mentions, found)
    for mention in mentions:
        chunks = found.scan.sentences[mention.sentence].chunks
        if mention.basis is None and mention.status is Status.PROPOSED:
            today = any(c.day is not None and c.day.relative for c in chunks) or _after_news(mention, found)
            beside = (mention.noun == "association") in accredited
            mention.basis = Basis.NEW if today or beside or handed_in else None
    for mention in mentions:
        if mention.basis is None and mention.whole is not None and mention.whole.status is mention.status:
            mention.basis = mention.whole.basis
    stated = {(m.scope or "total", m.value, m.status): m.basis for m in mentions if m.basis is not None}
    for mention in sorted(mentions, key=lambda m: level(m.scope)):
        if mention.basis is None:
            whole = mention.whole if mention.whole is not None and mention.whole.status is mention.status else None
            of_whole = whole.basis if whole is not None and whole.basis is not None else Basis.CUMULATIVE
            of_whole = Basis.NEW if _of_a_new_list(mention) else of_whole
            mention.basis = stated.get((mention.scope or "total", mention.value, mention.status), of_whole)


def _of_a_new_list(mention: Mention) -> bool:
    """'19 candidacies were on the agenda. Seventeen of them were approved': a batch, as the list was."""
    whole = mention.whole
    if not mention.subset or whole is None or mention.status is not Status.ACCREDITED:
        return False
    return whole.status is Status.PROPOSED and whole.basis is Basis.NEW


def _is_news_of_proposals(mentions: list[Mention], found: Statements) -> bool:
    """'The ministry has forwarded the applications of 138 observers': a list of the day, unless it is the first one."""
    proposed = [m for m in mentions if m.status is Status.PROPOSED and not m.dropped]
    if not proposed or any(m.basis is Basis.CUMULATIVE for m in proposed):
        return False
    begin = opening(found)
    first = [*found.scan.sentences[:1], *found.scan.sentences[begin : begin + _OPENING]]
    if any("first_group" in s.classes or _first_ones(s.chunks) for s in first):
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


def _basis_of_totals(mentions: list[Mention], found: Statements) -> None:
    """A total without a word of its basis is the running one, unless a larger one stands beside it."""
    alive = [m for m in mentions if not m.dropped and m.noun != "journalist"]
    totals = [m for m in alive if m.status is Status.ACCREDITED and level(m.scope) == 0]
    _of_all_accreditation(totals, found)
    known: dict[int, Basis] = {}
    for total in totals:
        if total.basis is not None and known.get(total.value) is not Basis.NEW:
            known[total.value] = total.basis
    for total in totals:
        total.basis = known.get(total.value)
    largest = max((m.value for m in totals), default=0)
    unsaid = frozenset(m.value for m in totals if m.basis is None)
    running = [m for m in totals if m.basis is Basis.CUMULATIVE]
    for total in totals:
        if total.basis is None and _is_the_group_before(total, found):
            total.basis = Basis.NEW
        if total.basis is None:
            beside = any(m.value != total.value for m in running) or total.value < largest
            total.basis = Basis.NEW if beside and total.value < largest else Basis.CUMULATIVE
    for total in totals:
        if total.of_value is not None and total.of_value > total.value:
            total.basis = Basis.NEW
    withdrawn = [m.value for m in alive if m.status is Status.WITHDRAWN]
    _earlier_totals(totals, withdrawn, unsaid)
    _less_the_withdrawn(totals, withdrawn)
    if not running:
        begin = opening(found)
        title = [s for s in found.scan.sentences[:begin] if s.where is Where.TITLE]
        _first_or_new_group(mentions, [*title, *found.scan.sentences[begin : begin + _OPENING - bool(title)]])


def _of_all_accreditation(totals: list[Mention], found: Statements) -> None:
    """'Accreditation is over. From September 26 to November 14, 641 observers were accredited': all there are."""
    if len({m.value for m in totals}) != 1 or not any(
        {"over", "accreditation"} <= s.classes for s in found.scan.sentences
    ):
        return
    for total in totals:
        clause = found.scan.sentences[total.sentence].chunks[slice(*total.clause)]
        if any(c.day is not None and c.day.until is not None for c in clause):
            total.basis = Basis.CUMULATIVE


def _is_the_group_before(total: Mention, found: Statements) -> bool:
    """'The commission accredited a second group of observers. They are 33.'"""
    if not total.sentence or total.noun not in {"bare", "person"}:
        return False
    sentences = found.scan.sentences
    opening = next((c for c in sentences[total.sentence].chunks if c.is_word), None)
    refers = opening is not None and opening.classes & {"pronoun", "they", "this", "in_them"}
    return bool(refers) and total.of_value is None and tells_of_a_new_group(sentences[total.sentence - 1])


def _first_or_new_group(mentions: list[Mention], opening: list[Sentence]) -> None:
    """Without a running total the opening tells: 'the first group' is all there is, 'another group' is a batch."""
    if any("first_group" in s.classes or _first_ones(s.chunks) for s in opening):
        for mention in mentions:
            if mention.status is Status.ACCREDITED and level(mention.scope) < 2 and not mention.more:
                mention.basis = Basis.CUMULATIVE
    elif any(tells_of_a_new_group(s) for s in opening):
        for mention in mentions:
            if mention.status is Status.ACCREDITED and mention.whole is None and mention.noun != "journalist":
                mention.basis = Basis.NEW


def _first_ones(chunks: list[Chunk]) -> bool:
    """'the first foreign observers', 'первых международных наблюдателей'."""
    for at, chunk in enumerate(chunks):
        if chunk.number is None or chunk.number.kind is not NumberKind.ORDINAL or chunk.number.value != 1:
            continue
        for following in chunks[at + 1 : at + 4]:
            if following.classes & {"observer", "mission"}:
                return True
            if not following.classes & {"international", "adjective"} and following.number is None:
                break
    return False


def _earlier_totals(totals: list[Mention], withdrawn: list[int], unsaid: frozenset[int]) -> None:
    """What the running total was before the batch is a running total too: 175 where 175 + 103 = 278."""
    batches = {m.value for m in totals if m.basis is Basis.NEW}
    running = {m.value for m in totals if m.basis is Basis.CUMULATIVE}
    running |= {value + less for value in running for less in withdrawn}
    added = {m.value for m in totals if m.more}
    first = {m.value: m.sentence for m in reversed(totals)}
    for total in totals:
        if (
            (total.basis is Basis.NEW or total.subset)
            and total.value not in added
            and any(total.value + b in running for b in batches - {total.value})
        ):
            larger = [b for b in batches - {total.value} if total.value + b in running]
            if not any(b not in added and first[b] > first[total.value] for b in larger):
                total.basis, total.subset, total.whole = Basis.CUMULATIVE, False, None
                _tell(total, larger[0], totals, unsaid)


def _tell(earlier: Mention, batch: int, totals: list[Mention], unsaid: frozenset[int]) -> None:
    """Note that the sum tells the earlier total from the batch."""
    told = earlier_and_batch(earlier.value + batch, earlier.value, batch, unsaid=unsaid | {earlier.value})
    for total in totals:
        if total.value in {earlier.value, batch}:
            total.decided = told


def _less_the_withdrawn(totals: list[Mention], withdrawn: list[int]) -> None:
    """What remains of a total after a withdrawal is a running total: 630 where 641 - 11 = 630."""
    largest = max((m.value for m in totals), default=0)
    for total in totals:
        if largest - total.value in withdrawn:
            if total.basis is not Basis.CUMULATIVE:
                left = Term("total", total.value, decided=True)
                total.decided = reading(Term("earlier total", largest), left, Term("withdrawn", largest - total.value))
            total.basis = Basis.CUMULATIVE
