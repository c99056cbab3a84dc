"""Which figure is a part of which: a total, its subtotals, the senders' numbers, subsets of those.

The state of a batch carries over sentences: parts follow their whole and take its status and basis. Where the text
leaves a choice, the sum decides.
"""

from __future__ import annotations

from collections.abc import Callable

from extract.model import Basis, Status
from extract.reading.decided import tell_attached
from extract.reading.mentions import Mention
from extract.reading.scan import Sentence
from extract.reading.sums import attach_by_sum, counted, split_in_itself

_BATCH_REACH = 3
"""Paragraphs between a batch and its parts, where the parts' sentence says that they are new."""
_WIDER_REACH = 2
"""Paragraphs back to a figure that holds parts which the nearest one cannot hold."""
_LEVEL = {"total": 0, "organizations": 1, "countries": 1, "domestic_organizations": 1, "diplomats": 2}


def level(scope: str | None) -> int:
    """0 of a total, 1 of a subtotal, 2 of one sender."""
    return _LEVEL.get(scope or "total", 2)


def wider(whole: str | None, part: str | None) -> bool:
    """Whether figures of the one scope can be the whole of figures of the other."""
    whole, part = whole or "total", part or "total"
    if whole == part:
        return False
    if whole == "total":
        return part not in {"journalists", "domestic", "domestic_organizations"}
    if whole in {"organizations", "countries"}:
        return part.startswith("organization:" if whole == "organizations" else "country:")
    return False


def attach(mentions: list[Mention], sentences: list[Sentence]) -> None:
    """Set `whole` of each mention that is a part of another one."""
    for n, mention in enumerate(mentions):
        if mention.of_value is not None:
            mention.whole = _by_value(mentions, n, mention.of_value)
        elif mention.subset:
            mention.whole = _antecedent(mentions, n)
        if mention.whole is not None and mention.subset:
            mention.scope = mention.scope or mention.whole.scope
    for run in [*_runs(mentions, sentences, alike=_in_one_sentence), *_runs(mentions, sentences, alike=_together)]:
        if (whole := _by_sum(run, mentions)) is not None:
            for mention in run:
                mention.whole, mention.by_sum = mention.whole or whole, True
    for run in _runs(mentions, sentences, alike=_together):
        _with_subtotal(run, mentions)
    attach_by_sum(mentions, sentences)
    split_in_itself(mentions)
    tell_attached(mentions, lambda part: _preceding([part], mentions, sentences))
    for run in _runs(mentions, sentences, alike=_alike):
        _attach_run(run, mentions, sentences)
    for mention in mentions:
        if mention.whole is None and level(mention.scope) == 1:
            mention.whole = _subtotal_of(mention, mentions, sentences)


def _by_value(mentions: list[Mention], n: int, value: int) -> Mention | None:
    others = [m for m in [*reversed(mentions[:n]), *mentions[n + 1 :]] if m.value == value and m is not mentions[n]]
    return others[0] if others else None


def _antecedent(mentions: list[Mention], n: int) -> Mention | None:
    for earlier in reversed(mentions[:n]):
        if not earlier.subset and earlier.value >= mentions[n].value and earlier.scope != "journalists":
            return earlier
    return None


def _runs(
    mentions: list[Mention], sentences: list[Sentence], *, alike: Callable[[Mention, Mention], bool]
) -> list[list[Mention]]:
    """Parts of one level that follow each other without a wider figure in between."""
    runs: list[list[Mention]] = []
    last: Mention | None = None
    for mention in mentions:
        if level(mention.scope) < 2 or mention.subset or mention.scope == "journalists":
            last = mention if level(mention.scope) < 2 else last
            if level(mention.scope) == 0:
                last = None
            continue
        if (
            last is not None
            and runs
            and runs[-1]
            and runs[-1][-1] is last
            and _near(last, mention, sentences)
            and alike(last, mention)
        ):
            runs[-1].append(mention)
        else:
            runs.append([mention])
        last = mention
    return runs


def _in_one_sentence(left: Mention, right: Mention) -> bool:
    """Senders of one kind that one sentence lists."""
    kinds = ((m.scope or "").partition(":")[0] for m in (left, right))
    return left.sentence == right.sentence and len(set(kinds)) == 1 and _together(left, right)


def _together(left: Mention, right: Mention) -> bool:
    """Whatever their verbs: what sums up belongs together."""
    if (left.status is Status.WITHDRAWN) is not (right.status is Status.WITHDRAWN):
        return False
    return right.of_value is None or left.of_value == right.of_value


def _alike(left: Mention, right: Mention) -> bool:
    if left.of_value != right.of_value and right.of_value is not None:
        return False
    if Status.ANNOUNCED in {left.status, right.status}:
        return left.status is right.status
    return left.status is right.status or left.status is None or right.status is None


def _near(left: Mention, right: Mention, sentences: list[Sentence]) -> bool:
    return sentences[right.sentence].paragraph - sentences[left.sentence].paragraph <= 1


def _attach_run(run: list[Mention], mentions: list[Mention], sentences: list[Sentence]) -> None:
    if all(m.whole is not None for m in run):
        return
    explicit = next((m.whole for m in run if m.whole is not None), None)
    whole = explicit or _by_sum(run, mentions) or _preceding(run, mentions, sentences)
    taken = sum(counted(m) for m in run if m.whole is whole and m.by_sum)
    for mention in run:
        fits = whole is not None and wider(whole.scope, mention.scope) and taken + mention.value <= whole.value
        if mention.whole is None and fits and not (whole is not None and _waits_beside(mention, whole)):
            mention.whole = whole
    if whole is None:
        _go_on(run, sentences)


def _go_on(run: list[Mention], sentences: list[Sentence]) -> None:
    """'391 are accredited from the CIS. ODIHR has brought 308': in one paragraph the state of the first holds on."""
    first = run[0]
    for mention in run[1:]:
        if sentences[mention.sentence].paragraph == sentences[first.sentence].paragraph and mention.status is None:
            mention.status = first.status


def _by_sum(run: list[Mention], mentions: list[Mention]) -> Mention | None:
    """A wider figure that the run, or its organizations, or its states, sum up to."""
    if len(run) < 2:
        return None
    every = sum(counted(m) for m in run)
    others = [w for w in mentions if w.value == every and w not in run and not w.dropped]
    found = [w for w in others if all(wider(w.scope, m.scope) for m in run)]
    before = [w for w in found if w.position < run[0].position]
    if before:
        return before[-1]
    return found[0] if found else None


def _with_subtotal(run: list[Mention], mentions: list[Mention]) -> None:
    """'CIS 293, OSCE 75 ... and another 23 from 10 states': the parts of one kind and a figure for the other kind."""
    if any(m.whole is not None for m in run):
        return
    first, last = mentions.index(run[0]), mentions.index(run[-1])
    every = sum(counted(m) for m in run)
    for other in [*mentions[last + 1 : last + 3], *reversed(mentions[max(0, first - 2) : first])]:
        if level(other.scope) != 1 or any(wider(other.scope, m.scope) for m in run) or other.whole is not None:
            continue
        total = next((m for m in mentions if level(m.scope) == 0 and m.value == every + other.value), None)
        if total is not None:
            for part in [*run, other]:
                part.whole, part.by_sum = total, True
            return


def _preceding(run: list[Mention], mentions: list[Mention], sentences: list[Sentence]) -> Mention | None:
    """The nearest wider figure before the run, in the same paragraph or the one before, with no status against it."""
    first = run[0]
    if "the_new" in sentences[first.sentence].classes and (batch := _latest_batch(first, mentions, sentences)):
        return batch
    small: Mention | None = None
    for candidate in reversed(mentions[: mentions.index(first)]):
        away = sentences[first.sentence].paragraph - sentences[candidate.sentence].paragraph
        if away > (1 if small is None else _WIDER_REACH):
            return small
        if not wider(candidate.scope, first.scope) or candidate.value < max(m.value for m in run):
            continue
        if candidate.basis is Basis.CUMULATIVE and first.basis is Basis.NEW and not first.more:
            continue
        if _waits_beside(first, candidate):
            continue
        if _agree(candidate, first) or _named_by(candidate, first, sentences):
            if candidate.value >= sum(counted(m) for m in run):
                return candidate
            small = small or candidate
    return small


def _named_by(whole: Mention, part: Mention, sentences: list[Sentence]) -> bool:
    """'The remaining 20 represent 12 states. Poland sent the papers of four': how those accredited were named."""
    if part.status is not Status.PROPOSED or part.more or _state_of(whole) is not Status.ACCREDITED:
        return False
    batch = level(whole.scope) == 0 and (whole.basis is Basis.NEW or whole.more) and level(part.scope) == 2
    near = part.sentence - whole.sentence == 1 and (level(whole.scope) == 1 or batch)
    return near and sentences[part.sentence].paragraph == sentences[whole.sentence].paragraph


def _waits_beside(mention: Mention, whole: Mention) -> bool:
    """'Documents of another 12 were received': they wait, beside those accredited."""
    return mention.status is Status.PROPOSED and mention.more and whole.status is not Status.PROPOSED


def _latest_batch(part: Mention, mentions: list[Mention], sentences: list[Sentence]) -> Mention | None:
    """'The newcomers include six from the OIC': of the batch told last."""
    earlier = [m for m in mentions[: mentions.index(part)] if wider(m.scope, part.scope) and m.value >= part.value]
    near = [m for m in earlier if (m.basis is Basis.NEW or _added(m, sentences)) and _agree(m, part)]
    batch = near[-1] if near else None
    if batch is None or sentences[part.sentence].paragraph - sentences[batch.sentence].paragraph > _BATCH_REACH:
        return None
    return batch


def _added(mention: Mention, sentences: list[Sentence]) -> bool:
    chunks = sentences[mention.sentence].chunks[slice(*mention.clause)]
    return mention.more or any("adding" in c.classes for c in chunks)


def _agree(whole: Mention, part: Mention) -> bool:
    state = _state_of(whole)
    return part.status is None or state is None or part.status is state


def _state_of(mention: Mention) -> Status | None:
    """The status of a figure, or of the one that it adds up to with others."""
    state = mention.status
    while mention.whole is not None and mention.by_sum:
        mention = mention.whole
        state = mention.status or state
    return state


def _subtotal_of(mention: Mention, mentions: list[Mention], sentences: list[Sentence]) -> Mention | None:
    totals = [m for m in mentions if level(m.scope) == 0 and m.value > mention.value and m.noun != "journalist"]
    partners = [
        m
        for m in mentions
        if level(m.scope) == 1 and m.scope != mention.scope and abs(m.sentence - mention.sentence) <= 6
    ]
    for total in totals:
        if any(mention.value + p.value == total.value for p in partners):
            return total
    wholes = [p.whole for p in partners if p.whole is not None and p.whole in totals]
    if wholes and _agree(wholes[-1], mention):
        return wholes[-1]
    before = [
        m
        for m in totals
        if m.position < mention.position
        and sentences[mention.sentence].paragraph - sentences[m.sentence].paragraph <= 1
    ]
    before = [m for m in before if _agree(m, mention) or _beside_parts(m, mention, mentions)]
    return before[-1] if before else None


def _beside_parts(total: Mention, part: Mention, mentions: list[Mention]) -> bool:
    """'43 of them are of the CIS, ten of ODIHR. 13 observers were put forward by states': parts of those accredited."""
    if part.status is not Status.PROPOSED or part.more or part.noun != "observer":
        return False
    near = [m for m in mentions if m.whole is total and 0 < part.sentence - m.sentence <= _WIDER_REACH]
    beside = [m for m in near if level(m.scope) == 2 and m.status in {None, Status.ACCREDITED}]
    return bool(beside) and sum(counted(m) for m in beside) + part.value <= total.value
