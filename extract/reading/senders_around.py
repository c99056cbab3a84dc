"""What is to be seen of the senders around a number: which the text is about, and which stand where."""

from __future__ import annotations

from collections.abc import Sequence

from extract.model import Where
from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.statements import Statements

_LEAD = 2
"""Sentences of the body that name the sender that a text is about."""
_MANY = 3
"""As many senders, or more."""


def sender_of_text(found: Statements) -> str | None:
    """The sender that the title, or else the opening, is about: a body before a state."""
    body = [i for i, s in enumerate(found.scan.sentences) if s.where is Where.BODY][:_LEAD]
    title = [i for i, s in enumerate(found.scan.sentences) if s.where is Where.TITLE]
    for kind in ("organization:", "country:"):
        for places in (title, body):
            ids = [i for at in places for g in found.groups[at] for i in g.ids if i.startswith(kind)]
            if ids and (kind == "organization:" or len(set(ids)) == 1):
                return ids[0]
    return None


class Around:
    """The senders of an article, as each of its numbers is seen beside them."""

    def __init__(self, found: Statements, figures: Sequence[Mention]) -> None:
        self.sender = sender_of_text(found)
        self._named = [frozenset(i for g in groups for i in g.ids) for groups in found.groups]
        self._has_a_figure = self.sender in {f.scope for f in figures}
        self._totals = sum(level(f.scope) == 0 for f in figures) > 1
        titles = (i for i, s in enumerate(found.scan.sentences) if s.where is Where.TITLE)
        self._titled = any(self.sender in self._named[i] for i in titles)

    def of_all(self) -> set[str]:
        """How many senders there are of each kind, and what that is which the text is about."""
        every = frozenset().union(*self._named)
        seen = {
            f"{min(sum(i.startswith('organization:') for i in every), _MANY)} organizations",
            f"{min(sum(i.startswith('country:') for i in every), _MANY)} countries",
            f"sender {(self.sender or 'none').partition(':')[0]}",
        }
        return seen | {"sender in the title"} if self._titled else seen

    def beside(self, number: Mention) -> set[str]:
        """Which senders stand in a number's sentence and before it, and of what kind its own are."""
        here = self._named[number.sentence]
        seen = {"sender here"} if self.sender in here else set()
        if here - {self.sender}:
            seen.add("others here")
        if number.sentence and self.sender in self._named[number.sentence - 1]:
            seen.add("sender before")
        if self._has_a_figure:
            seen.add("sender has a figure")
        if self._totals:
            seen.add("other totals")
        if number.group is not None:
            seen.add("of " + " and ".join(sorted(number.group.kinds)))
            seen.update(f"counted {kind}" for kind in number.group.counts)
        return seen
