"""From accepted mentions to figures: each with scope, status and basis, and one for what is said twice."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from extract.model import Status, Where
from extract.reading.associations_by_sum import associations_by_sum
from extract.reading.basis import spread_basis
from extract.reading.basis_cues import basis_cue
from extract.reading.counted import count_anew, recount
from extract.reading.cues import status_cue
from extract.reading.each_by_sum import each_by_sum
from extract.reading.forecasts import forecasts
from extract.reading.growing import joins_the_observers
from extract.reading.kinds import subtotals_by_sum
from extract.reading.kinds_by_list import subtotals_by_list
from extract.reading.ledger import tell_by_ledger
from extract.reading.levels import level, wider
from extract.reading.local_senders import locals_come
from extract.reading.locals_by_sum import locals_by_sum
from extract.reading.mentions import Mention
from extract.reading.merging import batch_or_subtotal, merge_repeats, subtotal_or_total
from extract.reading.more_than_all import more_than_all
from extract.reading.one_mission import parts_of_the_mission
from extract.reading.other_subtotal import other_subtotals
from extract.reading.parts import attach
from extract.reading.plausible import is_plausible
from extract.reading.references import carry_back, grant_all, read_introductions
from extract.reading.rest_of_senders import rest_of_senders
from extract.reading.restated import (
    resolve_all,
    resolve_definite,
    resolve_out_of,
    resolve_rest_by_states,
    resolve_said_again,
)
from extract.reading.rounding import approximations, earlier_state, sums_with_media, whole_with_media
from extract.reading.scan import Chunk, Sentence
from extract.reading.senders_by_sum import delegations_by_sum, refused_by_sum, senders_by_sum
from extract.reading.statements import Statements
from extract.reading.status import one_people, spread_status
from extract.reading.still_waiting import names_on_top, some_still_wait
from extract.reading.supposed import suppose
from extract.reading.told_in_title import locals_of_the_title, senders_of_the_title
from extract.reading.total_basis import earlier_by_sum
from extract.reading.totals_by_sum import totals_by_sum
from extract.reading.weighing import weigh
from extract.reading.weights import Learned
from extract.reading.wholes import wholes_by_sum
from extract.reading.whose import tell_whose

_KEPT = {
    (Status.ACCREDITED, Status.ANNOUNCED),
    (Status.PROPOSED, Status.ACCREDITED),
    (Status.ANNOUNCED, Status.PROPOSED),
}
"""(what is known of a number, what a word beside it says instead): the word speaks of others."""


def resolve(collect: Callable[[], Statements], told: Learned | None = None) -> tuple[list[Mention], Statements]:
    """The mentions that become figures, each with scope, status and basis, and the statements that hold them.

    `collect` finds the statements, anew for each reading; `told` are other weights, by section, than those that come
    with the program.
    """
    figures, found = counted_figures(collect, told)
    tell_whose(figures, found, told)
    locals_come(figures)
    weigh(figures, found, told)
    tell_by_ledger(figures)
    forecasts(figures)
    if any(figure.weighed is not None for figure in figures):
        earlier_by_sum(figures, found)
    return [figure for figure in figures if is_plausible(figure)], found


def counted_figures(collect: Callable[[], Statements], told: Learned | None = None) -> tuple[list[Mention], Statements]:
    """The figures as rules read them, of the numbers that rules or weights take for observers."""
    found = collect()
    figures = figures_by_rules(found)
    if counted := recount(figures, found, told):
        found = collect()
        count_anew(found, counted)
        figures = figures_by_rules(found)
    return figures, found


def figures_by_rules(found: Statements) -> list[Mention]:
    """The same, before what their traits say is weighed against whose they are, their status and their basis."""
    associations_by_sum(found)
    locals_by_sum(found)
    rest_of_senders(found)
    senders_of_the_title(found)
    each_by_sum(found)
    refused_by_sum(found)
    other_subtotals(found)
    wholes_by_sum(found)
    totals_by_sum(found)
    sentences = found.scan.sentences
    mentions = found.mentions
    weak: dict[int, Status] = {}
    for n, mention in enumerate(mentions):
        _first_look(mention, sentences, weak)
        if n:
            _more_beside(mention, mentions[n - 1], sentences)
        if n and mention.status is None:
            _like_sibling(mention, mentions[n - 1], sentences)
    more_than_all(found)
    read_introductions(mentions, found.scan)
    grant_all(mentions, sentences)
    carry_back(mentions, sentences)
    resolve_out_of(mentions, sentences)
    resolve_definite(mentions, sentences)
    resolve_all(mentions, sentences)
    resolve_said_again(mentions)
    resolve_rest_by_states(mentions)
    locals_of_the_title(mentions, sentences)
    senders_by_sum(found)
    delegations_by_sum(found)
    subtotals_by_list(mentions)
    subtotals_by_sum(mentions, sentences)
    parts_of_the_mission(mentions)
    names_on_top(mentions, sentences)
    some_still_wait(mentions, sentences)
    suppose(mentions, sentences)
    attach(mentions, sentences)
    spread_status(mentions, weak, found)
    one_people(mentions)
    approximations(mentions)
    forecasts(mentions)
    earlier_state(found)
    sums_with_media(mentions, found)
    whole_with_media(mentions)
    batch_or_subtotal(mentions, sentences)
    spread_basis(mentions, found)
    subtotal_or_total(mentions)
    return merge_repeats([m for m in mentions if not _merely_meant(m, mentions)])


def _are_sent(mention: Mention, chunks: list[Chunk]) -> bool:
    """'63 бірлестік аккредиттелген, олардың атынан 900 байқаушы қатысады': local observers with a verb of their own."""
    behind = chunks[mention.last : mention.clause[1]]
    return mention.scope == "domestic" and any(c.classes & {"announced", "have", "present"} for c in behind)


def _merely_meant(mention: Mention, mentions: list[Mention]) -> bool:
    """'25 қоғамдық ұйымның 900 байқаушысы отырады': bodies that only tell whose observers those are."""
    if mention.noun != "association" or mention.status is not Status.ANNOUNCED:
        return False
    theirs = (m for m in mentions if m.sentence == mention.sentence and m.scope == "domestic")
    return any(0 <= m.start - mention.last <= 1 for m in theirs)


def _is_of_others(mention: Mention, status: Status) -> bool:
    """'Пока их 319, ещё 45 заявок рассмотрят в пятницу': what waits is not the running total."""
    return mention.subject and status is Status.PROPOSED


def _first_look(mention: Mention, sentences: list[Sentence], weak: dict[int, Status]) -> None:
    sentence = sentences[mention.sentence]
    cue = status_cue(mention, sentence)
    if cue is not None:
        status, strong = cue
        mention.told_status = status if strong else None
        if strong and (mention.status, status) in _KEPT:
            mention.told_status = mention.status
        elif strong:
            mention.status = status
        if strong or not (_is_of_others(mention, status) or _are_sent(mention, sentence.chunks)):
            weak[id(mention)] = status
        mention.waits = strong and status is Status.PROPOSED and _is_still_open(mention, sentence)
        waits = status is Status.PROPOSED and "awaits" in sentence.classes and mention.noun != "journalist"
        if waits and "count_subject" not in sentence.classes and _will_be_considered(mention, sentence.chunks):
            mention.more = True
    clause = sentence.chunks[slice(*mention.clause)]
    added = "adding" in sentence.classes and any("adding" in c.classes for c in clause)
    added = added or (mention.more and _lengthens_their_list(clause))
    added = added or ("into_ranks" in sentence.classes and joins_the_observers(mention, sentence))
    if mention.status is None and mention.noun != "journalist" and added and not _joins_its_mission(mention, sentence):
        mention.status = Status.ACCREDITED
    elliptic = {"accredit_root", "elliptic"} <= sentence.classes and any("elliptic" in c.classes for c in clause)
    if mention.status is None and elliptic:
        mention.status = Status.ACCREDITED
    basis = basis_cue(mention, sentence)
    if basis is not None and basis[1]:
        mention.told_basis = basis[0]
    if basis is not None and (basis[1] or level(mention.scope) > 0):
        mention.basis = basis[0]


def _is_still_open(mention: Mention, sentence: Sentence) -> bool:
    """'Five diplomats had also applied, and their documents were being studied', 'two are to be considered'."""
    if "awaits" not in sentence.classes:
        return False
    behind = itertools.takewhile(lambda c: c.number is None, sentence.chunks[mention.last :])
    return any("awaits" in c.classes for c in [*sentence.chunks[mention.clause[0] : mention.start], *behind])


def _will_be_considered(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Дүйсенбіде ШЫҰ-ның 17 байқаушысының құжаты қаралмақ': they wait, beside those accredited before."""
    behind = chunks[mention.last : mention.clause[1]]
    return any({"awaits", "proposed"} <= c.classes for c in behind)


def _lengthens_their_list(clause: list[Chunk]) -> bool:
    """'Список международных наблюдателей дополнили 24 фамилиями': the list of observers holds those accredited."""
    listed = any({"list_word", "observer"} <= c.classes for c in clause)
    return listed and any("growing" in c.classes for c in clause)


def _joins_its_mission(mention: Mention, sentence: Sentence) -> bool:
    """'40 long-term observers will join them': those of one mission, of whom nothing is said but that they come."""
    phrase = sentence.chunks[mention.at : mention.last]
    of_a_term = any("long_short" in c.classes for c in phrase)
    return of_a_term and (mention.scope or "").startswith("organization:") and "accredit_root" not in sentence.classes


def _more_beside(mention: Mention, before: Mention, sentences: list[Sentence]) -> None:
    """'139 observers from organizations and 8 more from states': the second adds to the first, not to what was.

    So does 'организации аккредитовали 498, государства добавили к ним 61'.
    """
    if mention.status not in {None, before.status} and before.status is not None:
        return
    both = mention.noun == before.noun == "association" and mention.sentence - before.sentence == 1
    if mention.more and both and before.basis is None:
        mention.beside = before  # '8 associations passed it here. Regional commissions admitted another 176.'
    if before.sentence != mention.sentence or not level(before.scope) == level(mention.scope) == 1:
        return
    between = sentences[mention.sentence].chunks[before.last : mention.start]
    if mention.more or any("adding" in c.classes for c in between):
        mention.beside = before


def _like_sibling(mention: Mention, before: Mention, sentences: list[Sentence]) -> None:
    """'applications for 12 observers of X and for 11 from Y': the second goes on from the first."""
    beside = before.sentence == mention.sentence and before.clause == mention.clause
    chunks = sentences[mention.sentence].chunks
    if beside and mention.more and sentences[mention.sentence].where is Where.TITLE:
        beside = not any(c.text == "," for c in chunks[before.last : mention.start])
    if (
        beside
        and not wider(before.scope, mention.scope)
        and before.noun != "journalist"
        and mention.noun != "journalist"
        and not (before.noun == "association" and _are_sent(mention, chunks))
        and not (mention.subject and before.status is Status.WITHDRAWN)
    ):
        mention.status = before.status
        if mention.basis is None and before.status is Status.PROPOSED:
            mention.basis = before.basis
