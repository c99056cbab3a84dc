"""A second opinion on whose observers a number counts, where no sender stands beside it: what articles teach.

The rules give such a number to all observers, to the organizations or states together, or to the mission that a text is
about. Like status and basis, that is weighed once more by all that stands around it (`weighing.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from extract.reading.bodies import is_office_of
from extract.reading.counted import MOST_FROM_ABROAD
from extract.reading.levels import THE_OTHER_SUBTOTAL, level
from extract.reading.mentions import Mention
from extract.reading.senders_around import Around, sender_of_text
from extract.reading.statements import Statements
from extract.reading.traits import Traits, traits_of
from extract.reading.weights import Learned, known_weights

_RULES = 75
"""How much the rules' word counts by itself, in hundredths."""
_BY_SUM = 150
"""How much more, where a sum bears it out."""
_OBSERVERS = frozenset({"bare", "observer", "person"})
_OF_LOCALS = frozenset({"association", "domestic", "local_sender"})


class Whose(StrEnum):
    """Whose observers a number without a sender of its own counts."""

    ALL = "total"
    ORGANIZATIONS = "organizations"
    COUNTRIES = "countries"
    SENDER = "sender"
    """Of the one sender that the text is about."""
    DOMESTIC = "domestic"


def told_by_rules(figure: Mention, sender: str | None) -> Whose | None:
    """What the rules say; None of a figure with a sender of its own, and of other people."""
    scope = figure.scope or "total"
    if scope == sender and (figure.group is None or not figure.group.ids):
        return Whose.SENDER
    if figure.noun in {"journalist", "association", "diplomat"} or (figure.group is not None and figure.group.ids):
        return None
    return Whose(scope) if scope in {w.value for w in Whose} else None


def traits_of_senders(figures: Sequence[Mention], found: Statements) -> list[Traits]:
    """What is to be seen of each figure, and of the senders that the text names."""
    around = Around(found, figures)
    of_all = around.of_all()
    seen = traits_of(figures, found.scan)
    return [
        [*own, ("senders", frozenset(of_all | around.beside(figure)))]
        for figure, own in zip(figures, seen, strict=True)
    ]


def tell_whose(figures: Sequence[Mention], found: Statements, told: Learned | None = None) -> None:
    """Change the scope of figures where their traits speak clearly against what the rules say."""
    weights = known_weights("whose", Whose) if told is None else told["whose"]
    sender = sender_of_text(found)
    seen = traits_of_senders(figures, found)
    known: dict[int, int] = {}
    changed: list[tuple[Mention, Whose]] = []
    for figure, traits in zip(figures, seen, strict=True):
        if figure.value > MOST_FROM_ABROAD and _may_be_local(figure, found):
            changed.append((figure, Whose.DOMESTIC))
            continue
        rules = told_by_rules(figure, sender)
        if rules is None or rules is Whose.DOMESTIC:
            continue  # local observers are told by words alone
        if figure.later and any(level(f.scope) == 0 for f in figures if f is not figure):
            continue  # they have come on top of all
        if figure.by_sum and figure.scope in THE_OTHER_SUBTOTAL and figure.whole is not None:
            continue  # a subtotal, as what it makes a total with tells
        said = weights.total(traits, known)
        sure = _RULES + (_BY_SUM if figure.decided is not None else 0)
        said = [s + (sure if label is rules else 0) for s, label in zip(said, weights.labels, strict=True)]
        best = weights.labels[said.index(max(said))]
        if best is not Whose.DOMESTIC and figure.value > MOST_FROM_ABROAD:
            continue  # 'Foreign observers number 120, local ones 15,000'
        if best is not rules and (best is not Whose.SENDER or sender is not None):
            changed.append((figure, best))
    for figure, whose in changed:
        figure.scope = sender if whose is Whose.SENDER else whose.value
        figure.group, figure.by_traits = None, True
    if changed:
        _tell_the_other(figures, [figure for figure, _ in changed])
    _keep_to_the_mission(figures, sender)


def _may_be_local(figure: Mention, found: Statements) -> bool:
    """'The groups are accredited. They will place 28,000 observers': more than come from abroad, beside local ones."""
    if figure.noun not in _OBSERVERS or figure.scope == Whose.DOMESTIC:
        return False
    near = found.scan.sentences[max(0, figure.sentence - 1) : figure.sentence + 1]
    return "international" not in near[-1].classes and any(s.classes & _OF_LOCALS for s in near)


def _keep_to_the_mission(figures: Sequence[Mention], sender: str | None) -> None:
    """'БДИПЧ попросило у государств – участников ОБСЕ 300 наблюдателей': in a text on an office they are its own."""
    bodies = {figure.scope for figure in figures if (figure.scope or "").startswith("organization:")}
    if any(body != sender and not is_office_of(sender, body) for body in bodies):
        return
    for figure in figures:
        if is_office_of(sender, figure.scope):
            figure.scope, figure.group = sender, None


def _tell_the_other(figures: Sequence[Mention], changed: Sequence[Mention]) -> None:
    """'786 in all. 669 come from the latter, 117 from the former': whose one is tells whose the other is."""
    of_a_kind = [f for f in changed if f.scope in THE_OTHER_SUBTOTAL]
    totals = [f for f in figures if level(f.scope) == 0 and f.noun != "journalist"] if of_a_kind else []
    for figure in of_a_kind:
        for other in totals:
            beside = other.sentence == figure.sentence and not other.of_them
            if beside and any(t.value == figure.value + other.value for t in totals):
                other.scope, other.group, other.by_traits = THE_OTHER_SUBTOTAL[figure.scope or ""], None, True
                break
