"""Figures, numbers and days of articles as rules find them, each with what a reader by hand says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from extract.model import Basis, Status
from extract.reading.agreeing import Label, label_of
from extract.reading.beside_main import TextOfMain
from extract.reading.choosing import Belongs
from extract.reading.closing import find_closing
from extract.reading.collecting import find_statements
from extract.reading.counted import Counted, numbers_and_traits
from extract.reading.headline import chosen_main, main_of_all
from extract.reading.mentions import Mention
from extract.reading.people import People, people_and_traits, people_of_scope
from extract.reading.polls import day_of_a_known_poll, find_election, is_of_kazakhstan
from extract.reading.resolve import counted_figures, figures_by_rules, resolve
from extract.reading.scan import scan
from extract.reading.senders_around import sender_of_text
from extract.reading.statements import Statements
from extract.reading.traits import Traits, traits_of
from extract.reading.weighed_counts import KINDS, counts_and_traits
from extract.reading.weighed_day import days_and_traits
from extract.reading.weights import Learned
from extract.reading.whose import Whose, told_by_rules, traits_of_senders
from extract.report import scopes_of
from tests.extract.corpora import Story

_WHOSE = frozenset(whose.value for whose in Whose)


@dataclass(frozen=True, slots=True)
class Example:
    """A figure or day as rules find it, and what a reader by hand says: its state, whose it is, what it belongs to."""

    set: str
    story: str
    traits: frozenset[tuple[str, str]]
    label: Label | Whose | Counted | People | Belongs


Examples = Callable[..., Iterable[Example]]


def collecting(story: Story) -> Callable[[], Statements] | None:
    """What finds an article's statements; None where it tells of another country's poll."""
    scanned = scan(story.article)
    if story.article.published is None and (about := day_of_a_known_poll(scanned)) is not None:
        scanned = scan(story.article, about)
    election = find_election(scanned)
    return (lambda: find_statements(scanned, election)) if is_of_kazakhstan(scanned, election) else None


def by_rules(story: Story, told: Learned | None = None) -> tuple[list[Mention], Statements | None]:
    """The figures of an article before anything is weighed, and what was found on the way.

    With weights `told`, of the numbers that count observers by them.
    """
    collect = collecting(story)
    if collect is None:
        return [], None
    if told is not None:
        return counted_figures(collect, told)
    found = collect()
    return figures_by_rules(found), found


def of_numbers(set_name: str, story: Story) -> Iterator[Example]:
    """Which numbers of an article count observers, as a reader by hand lists them; those of other senders left out."""
    figures, found = by_rules(story)
    gold = _scopes_by_value(story)
    for number, traits in numbers_and_traits(figures, found) if found is not None else ():
        scopes = gold.get(number.value, set())
        of_others = number.group is not None and number.group.ids and not scopes.intersection(number.group.ids)
        if not scopes or not of_others or number in figures:
            label = Counted.OBSERVERS if scopes else Counted.OTHERS
            yield Example(set_name, story.id, _seen(traits), label)


def of_people(set_name: str, story: Story) -> Iterator[Example]:
    """Which people the numbers of an article count, where a reader by hand leaves no doubt."""
    figures, found = by_rules(story)
    gold: dict[int, set[People]] = {}
    for value, scopes in _scopes_by_value(story).items():
        gold[value] = {people_of_scope(scope) for scope in scopes}
    for number, traits in people_and_traits(figures, found) if found is not None else ():
        people = gold.get(number.value, {People.OTHERS})
        if len(people) == 1:
            yield Example(set_name, story.id, _seen(traits), next(iter(people)))


def of_state(set_name: str, story: Story, told: Learned | None = None) -> Iterator[Example]:
    """The status and basis of an article's figures; of those that are none by hand the rules' word is kept."""
    by_hand = StateByHand(story)
    figures, found = by_rules(story, told)
    traits_of_each = traits_of(figures, found.scan, with_scope=True) if found is not None else ()
    for figure, traits in zip(figures, traits_of_each, strict=True):
        for scope in scopes_of(figure):
            label = by_hand.of(scope, figure.value) or label_of(figure)
            yield Example(set_name, story.id, _seen(traits), label)


class StateByHand:
    """Which status and basis a reader by hand gives the figures of an article."""

    def __init__(self, story: Story) -> None:
        self._exactly: dict[tuple[str, int], Label] = {}
        self._of_value: dict[int, set[Label]] = {}
        for figure in story.gold["figures"]:
            label = Status(figure["status"]), Basis(figure["basis"])
            self._exactly.setdefault((figure["scope"], figure["value"]), label)
            self._of_value.setdefault(figure["value"], set()).add(label)

    def of(self, scope: str, value: int) -> Label | None:
        """That of a figure; of a right number with a wrong scope, perhaps, where all such figures have one."""
        alike = self._of_value.get(value, set())
        return self._exactly.get((scope, value), next(iter(alike)) if len(alike) == 1 else None)


def of_senders(set_name: str, story: Story, told: Learned | None = None) -> Iterator[Example]:
    """Whose the figures without a sender beside them are, where a reader by hand leaves no doubt."""
    figures, found = by_rules(story, told)
    if found is None:
        return
    sender = sender_of_text(found)
    gold = _scopes_by_value(story)
    for figure, traits in zip(figures, traits_of_senders(figures, found), strict=True):
        rules = told_by_rules(figure, sender)
        if rules is None:
            continue
        label = _whose(gold.get(figure.value, set()), rules, sender)
        if label is not None:
            yield Example(set_name, story.id, _seen(traits), label)


def of_days(set_name: str, story: Story, told: Learned | None = None) -> Iterator[Example]:
    """The days that an article names, and whether its main figure holds for them."""
    text = text_of_main(story, told, main_of_all) if "as_of" in story.gold else None
    for day, traits in days_and_traits(text) if text is not None else ():
        label = Belongs.MAIN if day.isoformat() == story.gold["as_of"] else Belongs.OTHERS
        yield Example(set_name, story.id, _seen(traits), label)


def of_counts(set_name: str, story: Story, told: Learned | None = None) -> Iterator[Example]:
    """The counts of senders that an article tells, and whether they are those of its main figure."""
    text = text_of_main(story, told, chosen_main) if "country_count" in story.gold else None
    for kind, counts in counts_and_traits(text).items() if text is not None else ():
        for count, traits in counts:
            label = Belongs.MAIN if count == story.gold[f"{KINDS[kind]}_count"] else Belongs.OTHERS
            yield Example(set_name, story.id, _seen(traits), label)


def text_of_main(
    story: Story, told: Learned | None, choose: Callable[[list[Mention]], Mention | None]
) -> TextOfMain | None:
    """An article as its days and counts are weighed; None where it has no main figure to which they may belong."""
    collect = collecting(story)
    if collect is None:
        return None
    figures, found = resolve(collect, told)
    main = choose(figures)
    if main is None or main.status is Status.ANNOUNCED:
        return None
    election = find_election(found.scan)
    poll = election.date if election is not None else None
    return TextOfMain(found, main, find_closing(found, poll), poll)


def _seen(traits: Traits) -> frozenset[tuple[str, str]]:
    return frozenset((place, name) for place, names in traits for name in names)


def _scopes_by_value(story: Story) -> dict[int, set[str]]:
    scopes: dict[int, set[str]] = {}
    for figure in story.gold["figures"]:
        scopes.setdefault(figure["value"], set()).add(figure["scope"])
    return scopes


def _whose(scopes: set[str], rules: Whose, sender: str | None) -> Whose | None:
    """What the scopes that have a figure's value say; the rules' word if it is among them or nothing is known."""
    possible = {Whose.SENDER if s == sender else Whose(s) for s in scopes if s == sender or s in _WHOSE}
    if rules in possible or not scopes:
        return rules
    return possible.pop() if len(possible) == 1 else None
