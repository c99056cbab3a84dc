"""How a page's lines are marked up: which are of one kind, which stand apart, which hold which.

Whatever a layout's names mean, the paragraphs of one story look alike: they stand in elements of one kind. Comments,
authors, forms and players beside them are of other kinds, and say so by the words of their class more often than not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from lxml import html

from extract.page.markup import Line
from extract.page.prune import words_of

Kind = tuple[str, ...]

_LEVELS = 3
"""Elements whose names tell a line's kind: its own, and those right around it."""
_NUMBER = re.compile(r"(?<=[-_])(?=[a-f]*\d)[\da-f]{6,}(?!\S)|\d+")
"""What tells one element from others of its kind: 'post-15881', 'element-977c9d9'."""
_APART = re.compile(
    r"ads?|adspot|adslot|advert\w*|app|author\w*|bio|biograph\w*|byline|cmt\w*|comm|comment\w*|contacts?|counter|cta"
    r"|disqus|embed\w*|feedback|foot|footer|footnote\w*|forum|ftr|mailing|\w*metadata|newsletter\w*|placeholder|player|poll|promo\w*"
    r"|replies|reply|review\w*|signup|stub|subscri\w*|teaser\w*|tweet\w*|twitter|views|voting"
)
"""Words of a class or id that tell of something else than the story's text."""
_APART_TAGS = frozenset({"form", "fieldset", "footer", "address", "aside", "nav", "details"})
_WITHIN_TEXT = frozenset({"ol", "ul", "dl", "blockquote"})


def look_of(element: html.HtmlElement) -> Kind:
    """Tag and class of an element, without what tells it from others of its kind."""
    return str(element.tag), " ".join(_NUMBER.sub("", element.get("class") or "").split())


def is_called_apart(element: html.HtmlElement) -> bool:
    """Whether an element's class or id tells of something else than the story's text."""
    return any(map(_APART.fullmatch, words_of(element)))


class Kinds:
    """The kinds of one page's lines, each told by its position."""

    def __init__(self, lines: Sequence[Line], heading: html.HtmlElement | None) -> None:
        self._lines = lines
        self._around_story: set[html.HtmlElement] = set()
        self._apart: dict[html.HtmlElement, bool] = {}
        self._kinds: dict[html.HtmlElement, Kind] = {}
        self._counts = Counter(line.element for line in lines)
        if heading is not None:
            self.hold_story([heading])

    def hold_story(self, elements: Iterable[html.HtmlElement]) -> None:
        """Know these elements as the story's: nothing around them sets anything apart."""
        for element in elements:
            self._around_story.add(element)
            for above in element.iterancestors():
                if above in self._around_story:
                    break
                self._around_story.add(above)
        self._apart.clear()

    def of(self, number: int) -> Kind:
        """A line's kind."""
        element = self._lines[number].element
        kind = self._kinds.get(element)
        if kind is None:
            names: list[str] = []
            above: html.HtmlElement | None = element
            while above is not None and len(names) < 2 * _LEVELS:
                names += look_of(above)
                above = above.getparent()
            kind = self._kinds[element] = tuple(names)
        return kind

    def own(self, number: int) -> Kind:
        """Tag and class of a line's own element."""
        return self.of(number)[:2]

    def stands_apart(self, number: int) -> bool:
        """Whether an element around the line says that it is no story's text."""
        climbed = []
        apart = False
        element: html.HtmlElement | None = self._lines[number].element
        while element is not None and element not in self._around_story:
            known = self._apart.get(element)
            if known is not None:
                apart = known
                break
            climbed.append(element)
            if element.tag in _APART_TAGS or is_called_apart(element):
                apart = True
                break
            element = element.getparent()
        self._apart.update(dict.fromkeys(climbed, apart))
        return apart

    def holder_of(self, number: int) -> html.HtmlElement:
        """The element that holds a line as one among others: its own where lines are told apart by line breaks."""
        element = self._lines[number].element
        if self._counts[element] > 1:
            return element
        above = element.getparent()
        while above is not None and above.tag in _WITHIN_TEXT:
            above = above.getparent()
        return element if above is None else above
