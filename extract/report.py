"""Article -> report: the numbers of accredited observers that its prose states, with their evidence.

The reader knows constructions, not sentences: every pass works on classes of words that `extract/languages` lists for
each language. `extract/reading/__init__.py` lists the passes.
"""

from __future__ import annotations

from datetime import date

from extract.model import Article, Evidence, Figure, Report, Status
from extract.reading.as_of import find_as_of
from extract.reading.beside_main import TextOfMain
from extract.reading.checks import check
from extract.reading.closing import Closing, find_closing
from extract.reading.collecting import find_statements
from extract.reading.counts import find_counts
from extract.reading.decided import decided_checks
from extract.reading.headline import chosen_main, main_of_all
from extract.reading.mentions import Mention
from extract.reading.named import find_names
from extract.reading.polls import day_of_a_known_poll, find_election, is_of_kazakhstan
from extract.reading.resolve import resolve
from extract.reading.scan import Sentence, scan
from extract.reading.statements import Statements
from extract.reading.weighed_counts import weighed_counts
from extract.reading.weighed_day import weighed_day
from extract.reading.weighing import weighed_checks
from extract.words.spans import NameKind

_NOT_OBSERVERS = frozenset({"journalists"})
_UNKNOWN = frozenset({NameKind.UNKNOWN_BODY, NameKind.UNKNOWN_STATE})


def read_report(article: Article) -> Report:
    """Read what an article states about observers of Kazakhstan's elections. Pure.

    Raises PageTooLarge for a text that counts people more than a thousand times, and nothing for any other.
    """
    scanned = scan(article)
    if article.published is None and (about := day_of_a_known_poll(scanned)) is not None:
        scanned = scan(article, about)
    election = find_election(scanned)
    ours = is_of_kazakhstan(scanned, election)
    if ours:
        mentions, found = resolve(lambda: find_statements(scanned, election))
    else:
        mentions, found = [], find_statements(scanned, election)
        found.mentions = []
    figures, owners = _figures(mentions, found)
    relevant = any(f.scope not in _NOT_OBSERVERS for f in figures)
    main = chosen_main(mentions) if relevant else None
    poll = election.date if election is not None else None
    closing = find_closing(found, poll)
    counts = {} if main is None else weighed_counts(find_counts(found, main), TextOfMain(found, main, closing, poll))
    states, bodies = find_names(found) if ours else (set(), set())
    if figures and all(f.scope == "journalists" for f in figures):
        states = set()  # of an article on media people alone they are where these come from
    unknown = _unknown_names(found, set(range(len(scanned.sentences))))
    return Report(
        relevant=relevant,
        election=election,
        as_of=_as_of(mentions, found, closing, poll) if relevant else None,
        complete=closing.complete and ours,
        deadline=closing.deadline if ours else None,
        organization_count=counts.get("organizations"),
        country_count=counts.get("countries"),
        countries_named=tuple(sorted(states - unknown.keys())),
        organizations_named=tuple(sorted(bodies - unknown.keys())),
        figures=tuple(figures),
        headline=owners.index(main) if main is not None else None,
        checks=(
            *check(
                figures,
                counts,
                {"countries": len(states), "organizations": len(bodies)},
                some_left=lambda: any({"withdrawn", "observer"} <= s.classes for s in scanned.sentences),
            ),
            *decided_checks(mentions),
            *weighed_checks(mentions),
        ),
        unknown_names=tuple(_unknown_names(found, {m.sentence for m in mentions}).values()) if relevant else (),
    )


def _as_of(mentions: list[Mention], found: Statements, closing: Closing, poll: date | None) -> date | None:
    """The day for which the main figure holds: as rules tell it, weighed against all the days of the text."""
    main = main_of_all(mentions)
    if main is None or main.status is Status.ANNOUNCED:
        return None
    by_rules = find_as_of(found, main, closing, found.scan.published)
    return weighed_day(by_rules, TextOfMain(found, main, closing, poll))


def _unknown_names(found: Statements, sentences: set[int]) -> dict[str, str]:
    """What reads like a sender in these sentences and stands in no table: its words in the text, by its identifier."""
    names: dict[str, str] = {}
    for index in sorted(sentences):
        sentence = found.scan.sentences[index]
        for chunk in (sentence.chunks[i] for i in sentence.named):
            if chunk.name is not None and chunk.name.kind in _UNKNOWN:
                first, last = (sentence.tokens[i] for i in (chunk.first, chunk.last - 1))
                names.setdefault(chunk.name.id, sentence.source[first.start : last.end])
    return names


def _figures(mentions: list[Mention], found: Statements) -> tuple[list[Figure], list[Mention]]:
    """The figures, and beside each the mention that it comes from."""
    figures: list[Figure] = []
    owners: list[Mention] = []
    seen: set[tuple[object, ...]] = set()
    for mention in mentions:
        evidence = _evidence(mention, found.scan.sentences[mention.sentence])
        for scope in scopes_of(mention):
            status, basis = mention.status or Status.ANNOUNCED, mention.basis
            if basis is None or (scope, status, basis, mention.value) in seen:
                continue
            seen.add((scope, status, basis, mention.value))
            figures.append(Figure(scope, status, basis, mention.value, mention.number.approx, evidence))
            owners.append(mention)
    return figures, owners


def scopes_of(mention: Mention) -> list[str]:
    """The scopes that a number is a figure of: two each from three states are three figures."""
    if mention.each and mention.group is not None and mention.group.ids:
        return mention.group.ids
    return [mention.scope or "total"]


def _evidence(mention: Mention, sentence: Sentence) -> Evidence:
    """The shortest run of words that holds the number, its noun and its senders."""
    chunks, tokens = sentence.chunks, sentence.tokens
    first, last = mention.at, mention.last
    if mention.group is not None:
        first, last = min(first, mention.group.first), max(last, mention.group.last)
    begin = chunks[first].first
    number = mention.number
    if number.approx_first is not None and first == mention.at:
        begin = min(begin, number.approx_first)
    start, end = tokens[begin].start, tokens[chunks[last - 1].last - 1].end
    return Evidence(sentence.source[start:end], sentence.offset + start, sentence.offset + end, sentence.where)
