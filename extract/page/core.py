"""The core of a story on its page: its paragraphs of the one kind that most prose is of."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from lxml import html

from extract.page.furniture import ends_sentence, is_heading, is_imprint, is_item, is_prose
from extract.page.kinds import Kind, Kinds
from extract.page.markup import HEADINGS, Line
from extract.page.others import next_story, of_others

_OF_OTHERS = 0.02
_UNLIKELY = 0.2
_LESS_LIKELY = 0.75
_QUOTED = 0.4
_LINKED = 0.5
_ALL_LINKED = 0.85
_NOTE = 2
"""Lines of the longest note."""
_OF_TEXT = HEADINGS | {"li", "dd", "dt", "table", "blockquote", "pre"}


class Core:
    """The lines of one kind that hold the story, and what can be told from them about the others."""

    def __init__(
        self,
        lines: Sequence[Line],
        heading: html.HtmlElement | None,
        prose: Sequence[int],
        likely: Collection[int],
        start: int,
    ) -> None:
        """`prose` are positions of paragraphs, one at least; those that are `likely` to be the story's weigh more.

        `start` is the position of the first line below the headline.
        """
        self.kinds = Kinds(lines, heading)
        self._lines = lines
        self._heading = heading
        self._likely = likely
        self._of_others = of_others(lines, self.kinds, prose[0])
        kind = self._heaviest(prose)
        first = next(n for n in prose if self.kinds.of(n) == kind)
        self.end = next_story(lines, heading, first)
        """The position from which on another story is told."""
        of_kind = [n for n in range(start, self.end) if self.kinds.of(n) == kind]
        of_kind = of_kind[: len(of_kind) - self._notes_below(of_kind)]
        holders = {self.kinds.holder_of(n) for n in set(prose).intersection(of_kind)}
        named = any(kind[1::2])  # by classes; mere tags are no sign by themselves
        self.numbers = tuple(
            n
            for n in of_kind
            if self.kinds.holder_of(n) in holders or (lines[n].linked < _LINKED and (named or _is_text(lines[n])))
        )
        """The positions of its lines, in order."""
        elements = [lines[n].element for n in self.numbers]
        self.kinds.hold_story(elements)
        self._around_first = set(elements[0].iterancestors())
        self._holders = {self.kinds.holder_of(n) for n in self.numbers}
        self.inside = _elements_in(self._holders)
        """All elements in those that hold its lines: what else stands there is likely to be the story's, too."""
        self._around = self._around_headline()

    def _notes_below(self, of_kind: Sequence[int]) -> int:
        """How many of the last lines of a kind are a note in a box under a heading of what is no story.

        More than a note is no sign of others: such a heading may be a word of the story's own.
        """
        others = self._of_others.intersection(of_kind)
        return len(others) if 0 < len(others) <= _NOTE and others == {*of_kind[-len(others) :]} else 0

    def _heaviest(self, prose: Sequence[int]) -> Kind:
        weights: dict[Kind, float] = {}
        for number in prose:
            weight = len(self._lines[number].text) * self._share(number)
            kind = self.kinds.of(number)
            weights[kind] = weights.get(kind, 0) + weight
        return max(weights, key=weights.__getitem__)

    def _share(self, number: int) -> float:
        """How much a line's length counts for its kind."""
        line = self._lines[number]
        if number in self._of_others:
            return _OF_OTHERS
        if self.kinds.stands_apart(number) or is_imprint(line.text):
            return _UNLIKELY
        share = 1 if number in self._likely else _LESS_LIKELY
        return share * (_QUOTED if _is_quoted(line.element) else 1)

    def _around_headline(self) -> html.HtmlElement | None:
        """The element that holds both headline and core; the one around it where a lead may stand with the headline."""
        if self._heading is None:
            return None
        above = [self._heading, *self._heading.iterancestors()]
        both = next((e for e in above if e in self._around_first), None)
        if both is not None and both is self._heading.getparent():
            return both.getparent()
        return both

    def has_beside(self, number: int) -> bool:
        """Whether a line stands in the core's holders themselves, or in a list or quotation there, in no other box."""
        return self._lines[number].element in self._holders or self.kinds.holder_of(number) in self._holders

    def is_boxed(self, number: int) -> bool:
        """Whether a line within the core's holders stands in a box of its own there: a player, an advertisement."""
        line = self._lines[number]
        if self.has_beside(number) or line.element.tag in _OF_TEXT or is_item(line.text):
            return False
        if not is_prose(line.text) or line.linked >= _ALL_LINKED:
            return True
        own, story = self.kinds.own(number), self.kinds.own(self.numbers[0])
        return bool(own[1] and story[1] and own != story) and len(self.numbers) > 1

    def goes_on_at(self, number: int) -> bool:
        """Whether a line beyond the core may be the story's: one marked up alike, or a likely one near the headline."""
        return self.is_alike_at(number) or self.is_near_at(number)

    def is_alike_at(self, number: int) -> bool:
        """Whether a line beyond the core is marked up like it."""
        if number in self._of_others or self.kinds.stands_apart(number):
            return False
        kind, story = self.kinds.of(number), self.kinds.of(self.numbers[0])
        if kind[1] and kind[:2] == story[:2]:
            return True
        return kind[2:] == story[2:] and any(kind[3::2])  # in the same surroundings, which have names

    def looks_alike_at(self, number: int) -> bool:
        """Whether a line's own element is marked up like that of the core's first line."""
        return self.kinds.own(number) == self.kinds.own(self.numbers[0])

    def is_near_at(self, number: int) -> bool:
        """Whether a line beyond the core is a likely one near the headline."""
        if number in self._of_others or self.kinds.stands_apart(number):
            return False
        around = self._around
        near = around is not None and any(e is around for e in self._lines[number].element.iterancestors())
        return near and number in self._likely

    def is_over_at(self, number: int) -> bool:
        """Whether a line is the heading of what comes after the story, and not that of a box within it."""
        above = self._lines[number].element.getparent()
        return is_heading(self._lines[number].text) and (above is None or above in self._around_first)


def _is_text(line: Line) -> bool:
    return ends_sentence(line.text) or is_item(line.text)


def _elements_in(holders: Collection[html.HtmlElement]) -> set[html.HtmlElement]:
    inside: set[html.HtmlElement] = set()
    for holder in holders:
        if holder not in inside:
            inside.update(holder.iter())
    return inside


def _is_quoted(element: html.HtmlElement) -> bool:
    above = element.getparent()
    return element.tag == "blockquote" or (above is not None and above.tag == "blockquote")
