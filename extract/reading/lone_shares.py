"""'One of them' that ends a list of shares and so counts one: 'екеуін Өзбекстан, бірін Тәжікстан жібереді'."""

from __future__ import annotations

from extract.reading.scan import Chunk, Sentence
from extract.words.spans import Number, NumberKind

_TO_THE_SHARE_BEFORE = 8
"""Chunks between two shares of a list: 'екеуі – Түркі мемлекеттері ұйымының хатшылығынан, бірі –'."""


def count_lone_shares(sentence: Sentence) -> None:
    """Make numbers of the words for one of them that stand in a list of shares, each before its sender."""
    for at, chunk in enumerate(sentence.chunks):
        if "one_of_them" in chunk.classes and chunk.number is None and _goes_on_a_list(sentence.chunks, at):
            chunk.number = Number(chunk.first, chunk.last, 1, NumberKind.CARDINAL, written_out=True)
            chunk.is_word = False
            sentence.counted = sorted([*sentence.counted, at])


def _goes_on_a_list(chunks: list[Chunk], at: int) -> bool:
    ahead = chunks[max(0, at - _TO_THE_SHARE_BEFORE) : at]
    behind = [c for c in chunks[at + 1 : at + 3] if c.text not in "–—-"]
    if not ahead or not behind or behind[0].name is None:
        return False
    if "of_case" in ahead[-1].classes and ahead[-1].classes & {"observer", "of_them"}:
        return _opens_a_list(chunks[at + 1 : at + _TO_THE_SHARE_BEFORE])
    if not (ahead[-1].text == "," or ahead[-1].classes & {"and", "contrast", "rest"}):
        return False
    return any(c.number is not None and "share" in c.classes for c in ahead)


def _opens_a_list(behind: list[Chunk]) -> bool:
    """'Жаңа топтағы 24 байқаушының бірі – Мальтадан, екеуі – Кипрден': another share follows behind a comma."""
    comma = next((i for i, c in enumerate(behind[:-1]) if c.text == ","), len(behind))
    return any(c.number is not None and "share" in c.classes for c in behind[comma + 1 : comma + 2])
