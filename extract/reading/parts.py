"""Which figure is a part of which: a total, its subtotals, the senders' numbers, subsets of those.

The state of a batch carries over sentences: parts follow their whole and take its status and basis. Where the text
leaves a choice, the sum decides.
"""

from __future__ import annotations

from collections.abc import Callable

from extract.model import Basis, Status
from extract.reading.batches import agree, latest_batch, named_by, of_todays_list, waits_beside
from extract.reading.decided import tell_attached
from extract.reading.levels import level, wider
from extract.reading.lists import introduced_as_new, nearly_made_of, whole_of_the_list
from extract.reading.mentions import Mention
from extract.reading.scan import Sentence
from extract.reading.sums import (
    attach_by_sum,
    counted,
    delegation_of_a_body,
    may_hold,
    so_many_from_each,
    split_in_itself,
)

_SAME_SENDER = 2
"""Sentences back to the figure of the same sender that 'of them' goes back to."""
_WIDER_REACH = 2
"""Paragraphs back to a figure that holds parts which the nearest one cannot hold."""
_TO_ITS_KIND = 4
"""Sentences between the subtotal of the states and 'among the states'."""
_OPENING = 3
"""Chunks with which 'the last group' opens a sentence."""


def attach(mentions: list[Mention], sentences: list[Sentence]) -> None:
    """Set `whole` of each mention that is a part of another one."""
    for n, mention in enumerate(mentions):
        mention.whole = _told_whole(mentions, n) or mention.whole
        if mention.subset and mention.whole is not None:
            mention.scope = mention.scope or mention.whole.scope
    together = _runs(mentions, sentences, alike=_together)
    for run in [*_runs(mentions, sentences, alike=_in_one_sentence), *together]:
        if (whole := _by_sum(run, mentions)) is not None:
            for mention in run:
                mention.whole, mention.by_sum = mention.whole or whole, True
    for run in together:
        _with_subtotal(run, mentions)
    attach_by_sum(mentions, sentences)
    split_in_itself(mentions)
    delegation_of_a_body(mentions)
    so_many_from_each(mentions)
    tell_attached(mentions, lambda part: _preceding([part], mentions, sentences))
    for run in _runs(mentions, sentences, alike=_alike):
        _attach_run(run, mentions, sentences)
    for mention in mentions:
        if mention.whole is None and level(mention.scope) == 1:
            mention.whole = _subtotal_of(mention, mentions, sentences)
        if mention.later:
            mention.whole, mention.by_sum = None, False


def _told_whole(mentions: list[Mention], n: int) -> Mention | None:
    """The figure that the words themselves make a mention a part of."""
    mention = mentions[n]
    if mention.of_value is not None:
        return _by_value(mentions, n, mention.of_value)
    if mention.subset:
        return _antecedent(mentions, n)
    return _of_those_before(mentions, n) if mention.of_them and n else None


def _of_those_before(mentions: list[Mention], n: int) -> Mention | None:
    """What 'of them' and 'the rest' go back to: those who applied, or the figure of the same sender."""
    mention = mentions[n]
    if mention.rest and n > 1 and (applied := _of_those_who_applied(mentions, n)) is not None:
        return applied
    of_sender = (mention.scope or "").startswith("organization:")
    return _of_the_same_sender(mentions, n) if of_sender else None


def _of_those_who_applied(mentions: list[Mention], n: int) -> Mention | None:
    """'Из 400 заявленных аккредитованы 212. Документы остальных 188 проверяют': the rest of the four hundred."""
    whole, part = mentions[n - 2 : n]
    if whole.status is not Status.PROPOSED or part.status is not Status.ACCREDITED:
        return None
    return whole if whole.value - part.value == mentions[n].value else None


def _by_value(mentions: list[Mention], n: int, value: int) -> Mention | None:
    others = [m for m in [*reversed(mentions[:n]), *mentions[n + 1 :]] if m.value == value and m is not mentions[n]]
    return others[0] if others else None


def _antecedent(mentions: list[Mention], n: int) -> Mention | None:
    for earlier in reversed(mentions[:n]):
        if earlier.subset or earlier.value < mentions[n].value or earlier.scope == "journalists":
            continue
        if earlier.sentence == mentions[n].sentence or not _beside_the_other_kind(earlier, mentions[:n]):
            return earlier
    return None


def _beside_the_other_kind(part: Mention, mentions: list[Mention]) -> bool:
    """'393 of organizations and 97 of states. 168 of them were accredited today': of all, not of the larger kind."""
    if level(part.scope) != 1:
        return False
    beside = any(m.sentence == part.sentence and level(m.scope) == 1 and m.scope != part.scope for m in mentions)
    return beside and any(level(m.scope) == 0 and m.value > part.value and m.noun != "journalist" for m in mentions)


def _of_the_same_sender(mentions: list[Mention], n: int) -> Mention | None:
    """'327 of the CIS mission are accredited. 34 members of the mission, part of that number, ...': among its own."""
    before = mentions[n - 1] if n else None
    if before is None or before.scope != mentions[n].scope or before.value <= mentions[n].value:
        return None
    return before if mentions[n].sentence - before.sentence <= _SAME_SENDER and not mentions[n].rest else None


def _runs(
    mentions: list[Mention], sentences: list[Sentence], *, alike: Callable[[Mention, Mention], bool]
) -> list[list[Mention]]:
    """Parts of one level that follow each other without a wider figure in between."""
    runs: list[list[Mention]] = []
    last: Mention | None = None
    for mention in mentions:
        wide = level(mention.scope)
        if wide < 2 or mention.subset or mention.scope == "journalists":
            if wide < 2:
                last = mention if wide else None
            continue
        follows = last is not None and bool(runs) and runs[-1][-1] is last
        if follows and last is not None and _near(last, mention, sentences) and alike(last, mention):
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
        beside = 0 if mention.scope == "diplomats" else taken  # 'eight diplomats: three of Germany, five of Japan'
        fits = whole is not None and wider(whole.scope, mention.scope) and beside + mention.value <= whole.value
        if mention.whole is None and fits and not (whole is not None and waits_beside(mention, whole)):
            mention.whole = whole
    if whole is None:
        _go_on(run, sentences)
    elif explicit is not None:
        _attach_others(run, whole, mentions, sentences)


def _attach_others(run: list[Mention], whole: Mention, mentions: list[Mention], sentences: list[Sentence]) -> None:
    """'Among the organizations are 55 of the CIS, 19 of the SCO. Russia sends the most, four': not of those."""
    others = [m for m in run if m.whole is None and not wider(whole.scope, m.scope)]
    its_own = _preceding(others, mentions, sentences) if others else None
    for mention in others:
        if its_own is not None and wider(its_own.scope, mention.scope) and mention.value <= its_own.value:
            mention.whole = its_own


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
    others = [w for w in mentions if w.value == every and w not in run and not w.dropped and may_hold(w, run[0])]
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
    opened = sentences[first.sentence]
    of_the_new = "the_new" in opened.classes or of_todays_list(opened) or introduced_as_new(first, sentences)
    of_the_new = of_the_new or any("new_group" in c.classes for c in opened.chunks[:_OPENING])
    if of_the_new and (batch := latest_batch(first, mentions, sentences)):
        return batch
    if (named := _of_the_kind_named(first, mentions, opened)) is not None:
        return named
    small: Mention | None = None
    for candidate in reversed(mentions[: mentions.index(first)]):
        away = sentences[first.sentence].paragraph - sentences[candidate.sentence].paragraph
        if away > (1 if small is None else _WIDER_REACH):
            return small
        if not wider(candidate.scope, first.scope) or candidate.value < max(m.value for m in run):
            continue
        if candidate.basis is Basis.CUMULATIVE and first.basis is Basis.NEW and not first.more:
            continue
        if first.more and candidate.subject and candidate.sentence == first.sentence and level(candidate.scope) == 0:
            continue  # 'К 302 аккредитованным ранее прибавились 17 человек из Турции'
        if waits_beside(first, candidate):
            continue
        if agree(candidate, first) or named_by(candidate, first, sentences):
            if candidate.value >= sum(counted(m) for m in run):
                return nearly_made_of(run, candidate, mentions, sentences) or candidate
            small = small or candidate
    return small


def _of_the_kind_named(first: Mention, mentions: list[Mention], opened: Sentence) -> Mention | None:
    """'112 of organizations, 81 of states. 44 were last. Елдердің ішінде Қытай (9)': the subtotal is named."""
    if "among_behind" not in opened.classes:
        return None
    for at, chunk in enumerate(opened.chunks[1 : _OPENING + 1], 1):
        if "among_behind" not in chunk.classes:
            continue
        kinds = opened.chunks[at - 1].classes & {"organizations", "countries"}
        kind = next(iter(kinds)) if len(kinds) == 1 else None
        near = (m for m in reversed(mentions) if m.scope == kind and 0 < first.sentence - m.sentence <= _TO_ITS_KIND)
        subtotal = next(near, None)
        if subtotal is not None and wider(subtotal.scope, first.scope) and agree(subtotal, first):
            return subtotal if subtotal.value >= first.value else None
    return None


def _subtotal_of(mention: Mention, mentions: list[Mention], sentences: list[Sentence]) -> Mention | None:
    totals = [m for m in mentions if level(m.scope) == 0 and m.value > mention.value and m.noun != "journalist"]
    totals = [m for m in totals if wider(m.scope, mention.scope)]
    partners = [
        m
        for m in mentions
        if level(m.scope) == 1 and m.scope != mention.scope and abs(m.sentence - mention.sentence) <= 6
    ]
    for total in totals:
        if any(mention.value + p.value == total.value for p in partners):
            return total
    if (listed := whole_of_the_list(mention, mentions)) is not None and listed in totals:
        return listed
    wholes = [p.whole for p in partners if p.whole is not None and p.whole in totals]
    if wholes and agree(wholes[-1], mention):
        return wholes[-1]
    before = [
        m
        for m in totals
        if m.position < mention.position
        and sentences[mention.sentence].paragraph - sentences[m.sentence].paragraph <= 1
        and agree(m, mention)
    ]
    if mention.more:  # 'К 302 аккредитованным ранее прибавились 17 человек из трёх стран'
        before = [m for m in before if not (m.subject and m.sentence == mention.sentence)]
    return before[-1] if before else None
