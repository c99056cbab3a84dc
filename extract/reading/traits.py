"""What is to be seen of a figure: the classes of the words around it, and what it is beside the other figures.

A trait is a place and a name that stands there: 'accredited' right before the number. Traits are the same in every
language, since the classes of words are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress
from operator import attrgetter

from extract.model import Where
from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Scan, Sentence

Traits = list[tuple[str, frozenset[str]]]
"""Places, and what stands in each."""

_FAR = 40
"""Chunks from the number: what stands farther says nothing of it."""
_BANDS = ((0, 2, "next"), (2, 5, "near"), (5, 10, "apart"), (10, _FAR, "far"))
"""Distances in chunks from the number, and what they are called."""
_OPENING = 2
"""Sentences of the body with a word of observers, which say what an article is about."""
_OF_OBSERVERS = frozenset({"observer", "observing"})
_LAST_PARAGRAPH = 4
"""From this paragraph on it is all the same where a figure stands."""
_MARKS = ("more", "subject", "subset", "of_them", "each", "rest")
"""What the passes found out about a mention."""
_marked = attrgetter(*_MARKS)
_MANY = 3
"""As many figures of the same kind, or more."""


def traits_of(
    figures: Sequence[Mention], scan: Scan, asked: Sequence[Mention] | None = None, *, with_scope: bool = False
) -> list[Traits]:
    """All traits of each figure, or of those `asked` for among them; `with_scope` where it is known whose they are."""
    asked = figures if asked is None else asked
    shared = _of_the_article(scan, figures)
    own = {index: _of_the_sentence(scan, index) for index in {f.sentence for f in asked}}
    others = _Others(figures)
    return [
        [*shared, *own[f.sentence], *_of_the_clause(f, scan), *_of_its_kind(f, scan, with_scope), others.beside(f)]
        for f in asked
    ]


def _of_the_article(scan: Scan, figures: Sequence[Mention]) -> Traits:
    """The words of the title, of the opening, and of all that tells figures; not of other matters, such as ballots."""
    body = [s for s in scan.sentences if s.where is not Where.TITLE and s.classes & _OF_OBSERVERS]
    return [
        ("title", _classes(s for s in scan.sentences if s.where is Where.TITLE)),
        ("opening", _classes(body[:_OPENING])),
        ("figures", _classes(scan.sentences[index] for index in {f.sentence for f in figures})),
    ]


def _of_the_sentence(scan: Scan, index: int) -> Traits:
    """The words of a sentence, and of those beside it."""
    own = scan.sentences[index]
    found = [("sentence", own.classes)]
    for place, beside in (("sentence_before", index - 1), ("sentence_after", index + 1)):
        if 0 <= beside < len(scan.sentences) and scan.sentences[beside].where is own.where:
            found.append((place, scan.sentences[beside].classes))
    return found


def _classes(sentences: Iterable[Sentence]) -> frozenset[str]:
    return frozenset().union(*(s.classes for s in sentences))


def _seen(sentence: Sentence) -> list[frozenset[str]]:
    """What is to be seen of each chunk: its classes, and whether it is a number, a day, a name."""
    seen = [chunk.classes for chunk in sentence.chunks]
    for at in {*sentence.counted, *sentence.dated, *sentence.named}:
        seen[at] |= _kinds(sentence.chunks[at])
    return seen


def _kinds(chunk: Chunk) -> set[str]:
    kinds = {"number"} if chunk.number is not None else set()
    if chunk.day is not None:
        kinds.add("relative_day" if chunk.day.relative else "day")
    if chunk.name is not None:
        kinds.add(chunk.name.kind.value)
    return kinds


def _of_the_clause(figure: Mention, scan: Scan) -> Traits:
    """The words around a number, which are asked for by several questions and stay the same."""
    sentence = scan.sentences[figure.sentence]
    place = (figure.start, figure.last, *figure.clause)
    found: Traits | None = sentence.around.get(place)
    if found is None:
        if sentence.seen is None:
            sentence.seen = _seen(sentence)
        found = sentence.around[place] = _words_of_the_clause(figure, sentence.seen)
    return found


def _words_of_the_clause(figure: Mention, seen: Sequence[frozenset[str]]) -> Traits:
    """The words of a figure's clause by their distance, those of the phrase of its number, and those beyond."""
    start, end = max(0, figure.start - _FAR), figure.last + _FAR
    first, last = max(start, figure.clause[0]), min(end, figure.clause[1])
    found = [
        ("number", _union(seen[figure.start : figure.last]) - {"number"}),
        ("clause", _union(seen[first:last])),
        ("beyond_left", _union(seen[start : min(first, figure.start)])),
        ("beyond_right", _union(seen[max(last, figure.last) : end])),
    ]
    for nearest, farthest, band in _BANDS:
        left = slice(max(first, figure.start - farthest), max(first, figure.start - nearest))
        right = slice(min(last, figure.last + nearest), min(last, figure.last + farthest))
        found += [(f"left_{band}", _union(seen[left])), (f"right_{band}", _union(seen[right]))]
    return found


def _union(seen: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*seen)


def _of_its_kind(figure: Mention, scan: Scan, with_scope: bool) -> Traits:
    paragraph = min(scan.sentences[figure.sentence].paragraph, _LAST_PARAGRAPH)
    scope = [("scope", frozenset({(figure.scope or "total").partition(":")[0]}))] if with_scope else []
    return [
        *scope,
        ("paragraph", frozenset({str(paragraph)})),
        ("noun", frozenset({figure.noun})),
        ("mark", frozenset(compress(_MARKS, _marked(figure)))),
    ]


class _Others:
    """All figures of an article, as each is compared with them."""

    def __init__(self, figures: Sequence[Mention]) -> None:
        self.totals = {f.value for f in figures if level(f.scope) == 0}
        self.largest = max((f.value for f in figures), default=0)
        self.alike: dict[str | None, set[int]] = {}
        for figure in figures:
            self.alike.setdefault(figure.scope, set()).add(figure.value)

    def beside(self, figure: Mention) -> tuple[str, frozenset[str]]:
        """What a figure is beside the others: the largest, a summand or a sum of totals, a part of a smaller total."""
        same, value = self.alike[figure.scope], figure.value
        among = {self._rank(figure), f"one of {min(len(same), _MANY)} alike"}
        if value >= self.largest:
            among.add("largest")
        if value >= max(same):
            among.add("largest alike")
        if not self.totals.isdisjoint({value + other for other in self.totals - {value}}):
            among.add("summand")
        if not self.totals.isdisjoint({value - other for other in self.totals}):
            among.add("sum")
        return "among", frozenset(among)

    def _rank(self, figure: Mention) -> str:
        """Whether a figure, or the whole that it is a part of, is the only total, the largest, or a smaller one."""
        root = root_of(figure)
        whose = "itself" if root is figure else "its whole"
        if level(root.scope) > 0:
            return f"{whose} beside {min(len(self.totals), 2)} totals"
        if self.totals <= {root.value}:
            return f"{whose} only total"
        return f"{whose} largest total" if root.value >= max(self.totals) else f"{whose} smaller total"


def root_of(figure: Mention) -> Mention:
    """The widest whole that a figure is a part of and has the status of; itself where there is none."""
    root = figure
    while (whole := root.whole) is not None and whole.status is root.status:
        root = whole
    return root
