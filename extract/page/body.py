"""The lines of a page that are the article's: its core of paragraphs, what stands with them, and the lead above.

Where a site's own path of the body is known and present, nothing is looked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from lxml import html

from extract.page.cleaning import without_furniture
from extract.page.core import Core
from extract.page.finder import found_by_trafilatura
from extract.page.furniture import (
    ends_sentence,
    is_advertisement,
    is_byline,
    is_caption,
    is_furniture,
    is_imprint,
    is_item,
    is_label,
    is_prose,
)
from extract.page.markup import Line
from extract.page.prune import LEAD_WORDS, words_of

_LINKED = 0.85
_MOSTLY = 0.5
_LEAD = 40
_LONG = 120


def body_lines(
    root: html.HtmlElement,
    lines: Sequence[Line],
    paths: Sequence[str],
    title: str | None,
    heading: html.HtmlElement | None,
) -> list[int]:
    """Positions among a pruned page's lines of those that are the article's, in order; empty if there is no prose."""
    start = _below(lines, heading, title)
    for path in paths:
        inside = {e for found in root.xpath(path) for e in found.iter()}
        chosen = [n for n, line in enumerate(lines) if line.element in inside]
        if any(is_prose(lines[n].text) for n in chosen):
            return without_furniture(lines, _with_lead(lines, chosen, start), title)
    prose = [n for n, line in enumerate(lines) if _is_paragraph(line)]
    if prose and prose[-1] < start:
        start = 0  # all of the text stands above the heading, or in it
    prose = [n for n in prose if n >= start]
    if not prose:
        return []
    likely = {n for n in found_by_trafilatura(root, lines) if lines[n].linked < _LINKED}
    chosen = _around(lines, Core(lines, heading, prose, likely, start), {*prose, *likely}, start)
    return without_furniture(lines, _with_lead(lines, chosen, start), title)


def _below(lines: Sequence[Line], heading: html.HtmlElement | None, title: str | None) -> int:
    """The position of the first line below the headline; 0 where it is not shown."""
    if heading is None:
        return 0
    shown = [n for n, line in enumerate(lines) if line.element is heading]
    return next((n + 1 for n in shown if lines[n].text == title), shown[0] + 1 if shown else 0)


def _is_paragraph(line: Line) -> bool:
    return is_prose(line.text) and line.linked < _MOSTLY and not is_furniture(line.text)


def _around(lines: Sequence[Line], core: Core, known: Collection[int], start: int) -> list[int]:
    """The positions of the story's lines: its core, what stands with it, and what goes on beside it.

    `known` are those of prose, and of what trafilatura found.
    """
    known = {n for n in (*known, *core.numbers) if start <= n < core.end}
    apart = core.kinds.stands_apart
    within = [n for n in range(start, core.end) if lines[n].element in core.inside]
    within = [n for n in within if not (apart(n) or core.is_boxed(n))]
    inside = {n for n in known.intersection(within) if n <= core.numbers[-1] or _stands_below(lines[n], n, core)}
    first, last = min(inside), max(inside)
    chosen = {n for n in within if n in inside or first < n < last}
    chosen.update(_following(lines, [n for n in within if n > last]))
    chosen.update(n for n in known - inside if first < n < last and not (apart(n) or core.is_boxed(n)))
    sentences = {n for n in known if ends_sentence(lines[n].text)}
    leading = {n for n in sentences if core.looks_alike_at(n) or not is_label(lines[n].text)}
    above = _beside(lines, leading, core, range(first - 1, start - 1, -1))
    last = max(chosen)
    end = next((n for n in range(last + 1, core.end) if core.is_over_at(n)), core.end)
    below = _beside(lines, _going_on(lines, sentences, core, range(last + 1, end)), core, range(last + 1, end))
    return sorted({*above, *chosen, *below})


def _stands_below(line: Line, number: int, core: Core) -> bool:
    """Whether a line below the core is a sentence or an item that stands with it."""
    return (ends_sentence(line.text) or is_item(line.text)) and (core.goes_on_at(number) or core.has_beside(number))


def _following(lines: Sequence[Line], numbers: Iterable[int]) -> Iterator[int]:
    """Those of the lines below the last prose in the same element that read on, up to one that does not."""
    for number in numbers:
        line = lines[number]
        reads_on = line.linked <= _MOSTLY and (is_item(line.text) or ends_sentence(line.text))
        if reads_on and not is_imprint(line.text):
            yield number
        elif not reads_on and not is_furniture(line.text):
            return


def _beside(lines: Sequence[Line], known: set[int], core: Core, numbers: Iterable[int]) -> list[int]:
    """Those of the known lines that one comes to, walking away from the body, until other text comes."""
    found = []
    for number in numbers:
        if core.kinds.stands_apart(number) or is_imprint(lines[number].text):
            continue
        if number in known:
            found.append(number)
        elif _is_lead(lines[number]):
            break
    return found


def _going_on(lines: Sequence[Line], sentences: Collection[int], core: Core, numbers: Sequence[int]) -> set[int]:
    """Those of the sentences below the body that go on with it."""
    alike = {n for n in numbers if n in sentences and core.is_alike_at(n)}
    near = {n for n in numbers if n in sentences and core.is_near_at(n)} - alike
    known = alike | near
    broken = next((n for n in numbers if n not in known and not _may_interrupt(lines, n, core)), core.end)
    rest = {n for n in near if n > broken}
    return known - rest if _are_notes(lines, rest, core) else known


def _are_notes(lines: Sequence[Line], numbers: Collection[int], core: Core) -> bool:
    """Whether lines below what ends a story are the page's: short ones marked up otherwise than the story.

    It is a single one, or each is far too short for a paragraph; a story that goes on has more to say. Of a core of one
    line nobody can tell how its story is marked up.
    """
    if len(core.numbers) == 1 or any(len(lines[n].text) >= _LONG or core.looks_alike_at(n) for n in numbers):
        return False
    return len(numbers) == 1 or not any(is_prose(lines[n].text) or n + 1 in numbers for n in numbers)


def _may_interrupt(lines: Sequence[Line], number: int, core: Core) -> bool:
    """Whether a line may stand between two paragraphs of a story."""
    text = lines[number].text
    return core.kinds.stands_apart(number) or is_advertisement(text) or is_caption(text)


def _with_lead(lines: Sequence[Line], chosen: list[int], start: int) -> list[int]:
    """The chosen positions, and before them those of sentences between headline and body."""
    if not chosen or not start:
        return chosen
    body = " ".join(lines[n].text for n in chosen)
    lead = [n for n in range(start, chosen[0]) if _is_lead(lines[n]) and lines[n].text not in body]
    return lead + chosen


def _is_lead(line: Line) -> bool:
    if line.linked > 0.5 or is_byline(line.text):
        return False
    if len(line.text) >= _LONG or (len(line.text) >= _LEAD and ends_sentence(line.text)):
        return True
    return any(
        not words_of(e).isdisjoint(LEAD_WORDS) for e in (line.element, line.element.getparent()) if e is not None
    )
