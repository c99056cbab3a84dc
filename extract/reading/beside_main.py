"""How a place in a text lies to the main figure: so what is said of that one is told from what is said of others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from extract.model import Where
from extract.reading.closing import Closing
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence
from extract.reading.statements import Statements
from extract.reading.traits import Traits

_BANDS = ((0, 1, "beside"), (1, 3, "next"), (3, 6, "near"), (6, 12, "apart"))
"""Distances in chunks, and what they are called."""
_CLOSE, _NEAR = 4, 9
"""Chunks between a place and the main figure."""
_OF_ANOTHER = 8
"""Chunks between a place and another figure that may own it."""
_FAR = 3
"""Sentences from the main figure; what stands farther is all the same."""


@dataclass(frozen=True, slots=True)
class TextOfMain:
    """What is known of an article when its days and its counts of senders are weighed."""

    found: Statements
    main: Mention
    closing: Closing
    poll: date | None

    def sentences_of_main(self) -> list[int]:
        """Where the main figure's number is told."""
        same = (m for m in self.found.mentions if m.value == self.main.value and m.status in {self.main.status, None})
        return sorted({self.main.sentence} | {m.sentence for m in same})


def lies(index: int, of_main: list[int]) -> str:
    """How a sentence lies to the nearest one that tells the main figure."""
    apart = min((index - own for own in of_main), key=abs)
    return "beside" if not apart else f"{min(abs(apart), _FAR)} {'behind' if apart > 0 else 'ahead'}"


def place_in_text(index: int, sentences: list[Sentence]) -> str:
    """Title, opening, or which paragraph."""
    sentence = sentences[index]
    if sentence.where is Where.TITLE:
        return "title"
    first = next(i for i, s in enumerate(sentences) if s.where is Where.BODY)
    return "opening" if index == first else f"paragraph {min(sentence.paragraph - sentences[first].paragraph, 2)}"


def beside_figures(at: int, here: list[Mention], main: Mention) -> Traits:
    """How a place lies to the main figure's number in its own sentence, and to another figure there."""
    same = next((m for m in here if m.value == main.value), None)
    seen = set()
    if same is not None:
        inside = "inside" if same.clause[0] <= at < same.clause[1] else "outside"
        far = abs(same.at - at)
        seen.add(f"{inside} {'close' if far <= _CLOSE else 'near' if far <= _NEAR else 'far'}")
    others = [m for m in here if not m.dropped and m.value != main.value]
    nearest = min(others, key=lambda m: abs(m.at - at), default=None)
    return [("same", frozenset(seen)), ("other", frozenset(_of_another(nearest, at, main)))]


def _of_another(other: Mention | None, at: int, main: Mention) -> set[str]:
    if other is None:
        return {"none"}
    state = f"{other.status} {other.basis}"
    near = "close" if abs(other.at - at) <= _OF_ANOTHER else "far"
    return {f"{'larger' if other.value > main.value else 'smaller'} {state}", f"{near} {state}"}


def words_around(index: int, first: int, last: int, sentences: list[Sentence]) -> Traits:
    """The classes of a sentence, of the one before, and of the words left and right of the chunks [first:last)."""
    chunks = sentences[index].chunks
    found = [("sentence", sentences[index].classes)]
    if index:
        found.append(("sentence_before", sentences[index - 1].classes))
    for nearest, farthest, band in _BANDS:
        found.append((f"left_{band}", _classes(chunks[max(0, first - farthest) : max(0, first - nearest)])))
        found.append((f"right_{band}", _classes(chunks[last + nearest : last + farthest])))
    return found


def _classes(chunks: list[Chunk]) -> frozenset[str]:
    return frozenset().union(*(chunk.classes for chunk in chunks))
