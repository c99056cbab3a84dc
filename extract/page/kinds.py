"""Which of a page's lines are marked up like the story's paragraphs, and which stand apart from these.

Whatever a layout's names mean, the paragraphs of one story look alike: they stand in elements of one kind. Comments,
authors, forms and players beside them are of other kinds, and say so by the words of their class more often than not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass

from lxml import html

from extract.page.furniture import is_heading, is_imprint
from extract.page.markup import HEADINGS, Line, text_of
from extract.page.prune import words_of

_NUMBER = re.compile(r"\d+")
_LEVELS = 3
_APART = re.compile(
    r"(?:author\w*|bio|biograph\w*|byline|comm|comment\w*|cmt\w*|review\w*|reply|replies|forum|disqus|player|embed\w*"
    r"|placeholder|stub|tweet\w*|twitter|subscri\w*|newsletter\w*|mailing|signup|poll|voting|feedback|"
    r"teaser\w*|ftr|foot|footer|footnote\w*|contacts?|app|advert\w*|ads?|promo\w*|counter|views)"
)
"""Words of a class or id that tell of something else than the story's text."""
_APART_TAGS = frozenset({"form", "fieldset", "footer", "address", "aside", "nav", "details"})
_WITHIN_TEXT = frozenset({"ol", "ul", "dl", "blockquote"})
_OF_OTHERS = 0.02
_UNLIKELY = 0.2
_LESS_LIKELY = 0.75
_QUOTED = 0.4
_TEASERS = 2
_ALL_LINKED = 0.85
_HEADLINE = 15
_LINKED = 0.5

Kind = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Core:
    """The lines of the kind that most of the story's prose is of."""

    numbers: tuple[int, ...]
    """Their positions among the page's lines, in order."""
    inside: frozenset[html.HtmlElement]
    """All elements within those that hold them: what else stands there is likely to be the story's, too."""
    end: int
    """The position from which on another story is told."""
    of_others: frozenset[int]
    """Positions of lines that other people or other stories say."""


class Kinds:
    """The kinds of one page's lines."""

    def __init__(self, lines: Sequence[Line], heading: html.HtmlElement | None) -> None:
        self._lines = lines
        self._heading = heading
        self._above = set() if heading is None else {heading, *heading.iterancestors()}
        self._apart: dict[html.HtmlElement, bool] = {}
        self._kinds: dict[html.HtmlElement, Kind] = {}
        self._counts = Counter(line.element for line in lines)

    def stands_apart(self, line: Line) -> bool:
        """Whether an element around the line, below those around the headline, says that it is something else."""
        return self._is_apart(line.element)

    def core(self, prose: Sequence[int], likely: Container[int]) -> Core:
        """The kind that holds the most prose, `prose` being positions of such lines; there must be one.

        Those that are `likely` to be the story's weigh more. What the kind's lines stand in sets nothing apart from
        then on.
        """
        weights: dict[Kind, float] = {}
        of_others = self._of_others(prose[0])
        for number in prose:
            line = self._lines[number]
            weight = len(line.text) * self._share_of(line, others=number in of_others)
            kind = self._kind_of(line.element)
            weights[kind] = weights.get(kind, 0) + weight * (1 if number in likely else _LESS_LIKELY)
        best = max(weights, key=weights.__getitem__)
        first = next(n for n in prose if self._kind_of(self._lines[n].element) == best)
        given, end = set(prose), self._next_story(first)
        numbers = tuple(
            n
            for n in range(first, end)
            if self._kind_of(self._lines[n].element) == best and (n in given or self._lines[n].linked < _LINKED)
        )
        for number in numbers:
            element = self._lines[number].element
            self._above.update((element, *element.iterancestors()))
        self._apart.clear()
        holders = {self._holder_of(n) for n in numbers}
        return Core(numbers, frozenset(e for holder in holders for e in holder.iter()), end, frozenset(of_others))

    def _share_of(self, line: Line, *, others: bool) -> float:
        """How much a line's length counts for its kind."""
        if others:
            return _OF_OTHERS
        if self.stands_apart(line) or is_imprint(line.text):
            return _UNLIKELY
        return _QUOTED if _is_quoted(line) else 1

    def goes_on(self, number: int, core: Core, *, likely: bool) -> bool:
        """Whether a line beside the core may be the story's, too: one marked up alike, or a likely one near its headline.

        Nothing may say that it is of others.
        """
        line = self._lines[number]
        if number in core.of_others or self._is_apart(line.element):
            return False
        own = self._kind_of(line.element)[:2]
        alike = any(own == self._kind_of(self._lines[n].element)[:2] for n in core.numbers)
        return (alike and bool(own[1])) or ((alike or likely) and self._is_near(line, core))

    def _is_near(self, line: Line, core: Core) -> bool:
        """Whether a line stands in the element around the one that holds both headline and core."""
        if self._heading is None:
            return False
        with_heading = {self._heading, *self._heading.iterancestors()}
        both = next((e for e in self._lines[core.numbers[0]].element.iterancestors() if e in with_heading), None)
        around = both if both is None or both.getparent() is None else both.getparent()
        return around is not None and any(e is around for e in line.element.iterancestors())

    def ends(self, number: int, core: Core) -> bool:
        """Whether a line is the heading of what comes after the story, and not that of a box within it."""
        above = self._lines[number].element.getparent()
        return is_heading(self._lines[number].text) and (
            above is None or any(above is e for e in self._lines[core.numbers[0]].element.iterancestors())
        )

    def _of_others(self, first: int) -> set[int]:
        """Positions of what others say: in a box under a heading of such, or in a list of teasers under their links."""
        found: set[int] = set()
        box: set[html.HtmlElement] = set()
        under_links: dict[Kind, set[int]] = {}
        for number, line in enumerate(self._lines[first:], first):
            if line.element in box:
                found.add(number)
            elif is_heading(line.text) and (above := line.element.getparent()) is not None:
                elements = set(above.iter())
                box = set() if self._lines[first].element in elements else elements
            elif link := next((n for n in (number - 1, number - 2) if n > 0 and self._is_headline_of_another(n)), None):
                under_links.setdefault(self._kind_of(line.element), set()).add(link)
        counts = Counter(self._kind_of(line.element) for line in self._lines)
        for kind, links in under_links.items():
            if len(links) >= _TEASERS and len(links) > counts[kind] / 2:
                found.update(n for n, line in enumerate(self._lines) if self._kind_of(line.element) == kind)
        return found

    def _is_headline_of_another(self, number: int) -> bool:
        line = self._lines[number]
        return line.linked >= _ALL_LINKED and len(line.text) >= _HEADLINE

    def _next_story(self, first: int) -> int:
        """The position of the next heading that is marked up as the story's own, from which on another story is told."""
        heading = self._heading
        if heading is None or not (heading.tag in HEADINGS or heading.get("class")):
            return len(self._lines)
        looks = heading.tag, heading.get("class")
        title = text_of(heading)
        return next(
            (
                n
                for n in range(first, len(self._lines))
                if (self._lines[n].element.tag, self._lines[n].element.get("class")) == looks
                and self._lines[n].element is not heading
                and self._lines[n].text != title
            ),
            len(self._lines),
        )

    def _holder_of(self, number: int) -> html.HtmlElement:
        """The element that holds a line as one among others: its own where lines are told apart by line breaks."""
        element = self._lines[number].element
        if self._counts[element] > 1:
            return element
        above = element.getparent()
        while above is not None and above.tag in _WITHIN_TEXT:
            above = above.getparent()
        return element if above is None else above

    def _kind_of(self, element: html.HtmlElement) -> Kind:
        kind = self._kinds.get(element)
        if kind is None:
            names: list[str] = []
            above: html.HtmlElement | None = element
            for _ in range(_LEVELS):
                if above is None:
                    break
                names += (str(above.tag), _NUMBER.sub("", above.get("class") or ""))
                above = above.getparent()
            kind = self._kinds[element] = tuple(names)
        return kind

    def _is_apart(self, element: html.HtmlElement) -> bool:
        known = self._apart.get(element)
        if known is None:
            if element in self._above:
                known = False
            elif element.tag in _APART_TAGS or any(map(_APART.fullmatch, words_of(element))):
                known = True
            else:
                above = element.getparent()
                known = above is not None and self._is_apart(above)
            self._apart[element] = known
        return known


def _is_quoted(line: Line) -> bool:
    above = line.element.getparent()
    return line.element.tag == "blockquote" or (above is not None and above.tag == "blockquote")
