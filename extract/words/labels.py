"""Numbers that count nothing: clock times, telephone numbers, sizes, the numbers of rooms and documents, money."""

from __future__ import annotations

from typing import Any

from extract.words.cursor import DASHES
from extract.words.number_digits import Numeral
from extract.words.numerals import NumeralReader

_BY = frozenset("xх×*")
_GOES_ON = _BY | {"(", ")"}
"""Marks with which a label goes on behind a blank."""
_HYPHENS = frozenset("-\u2010\u2011\u2013")
"""What joins a label's word and number; an em dash stands between a sender and its number."""
_MOST_PARTS = 12


class LabelWords:
    """A language's words beside numbers that count nothing."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.before = frozenset(table["before"].split())
        self.before_dotted = frozenset(table["before_dotted"].split())
        self.currency = frozenset(table["currency"].split())
        self.clock_next = frozenset(table["clock_next"].split())
        self.clock_phrases = [tuple(p.split()) for p in table["clock_phrases"]]
        self.clock_starts = frozenset(phrase[0] for phrase in self.clock_phrases)
        self.clock_before = frozenset(table["clock_before"].split())
        self.hours = frozenset(table["hours"].split())
        self.hours_after = frozenset(table["hours_after"].split())
        self.phone_lines = [tuple(p.split()) for p in table["phone_lines"]]
        self.line_starts = frozenset(line[0] for line in self.phone_lines)
        self.next_words = tuple(table["next"].split())


class Labels:
    """Recognizes numbers that are no quantity of people by their shape and the words beside them."""

    def __init__(self, reader: NumeralReader, words: LabelWords) -> None:
        self.reader = reader
        self.lower = reader.lower
        self.words = words
        self.on_lines = reader.holds(words.line_starts)
        """Whether the text speaks of telephone lines at all."""

    def before_reading(self, at: int) -> int:
        """The token after a label in digits that begins at a token; 0 if its shape is none."""
        reader = self.reader
        alone = reader.stands_alone(at) and not reader.glued(at)
        if alone and self.lower(at + 1) not in _GOES_ON and self.lower(at - 1) != "+":
            return 0  # as for most numbers: no shape fits digits with blanks on both sides
        return self._phone(at) or self._clock_or_ratio(at) or self._size(at) or self._stuck(at) or self._item(at)

    def after_reading(self, numeral: Numeral) -> int:
        """The token after a label that the words around a numeral make of it; 0 if it is none."""
        last = numeral.last
        if numeral.case == "locative" or self._is_clock(numeral):
            return last
        if self.words.next_words and self.lower(last).startswith(self.words.next_words):
            return last
        return last if not numeral.written_out and self._is_named(numeral.first) else 0

    def _is_clock(self, numeral: Numeral) -> bool:
        before, after = self.lower(numeral.first - 1), self.lower(numeral.last)
        if before in self.words.clock_before or after in self.words.clock_next:
            return True
        if numeral.value > 24:
            return False
        if after in self.words.clock_starts and any(
            self.reader.phrase(numeral.last, p) for p in self.words.clock_phrases
        ):
            return True
        return after in self.words.hours and before in self.words.hours_after

    def _is_named(self, at: int) -> bool:
        """'room 412', 'No. 58', '$ 5', 'the hot line is 1401'."""
        before = self.lower(at - 1)
        return before in self.words.before or before in self.words.currency or self._dotted(at) or self._on_line(at)

    def _dotted(self, at: int) -> bool:
        return (
            self.lower(at - 1) == "." and self.reader.glued(at - 1) and self.lower(at - 2) in self.words.before_dotted
        )

    def _on_line(self, at: int) -> bool:
        """'The hot line is available at 1401': the first number after the words."""
        if not self.on_lines:
            return False
        for step in range(at - 1, max(-1, at - 7), -1):
            if self.lower(step) in (".", ";") or self.reader.tokens[step].kind == "digits":
                return False
            if self.lower(step) in self.words.line_starts and any(
                self.reader.phrase(step, p) for p in self.words.phone_lines
            ):
                return True
        return False

    def _phone(self, at: int) -> int:
        parts, last, hyphens, spaces, bracket = 1, at + 1, 0, 0, False
        tokens = self.reader.tokens
        before = self.lower(at - 1)
        lengths = [len(tokens[at].text)]
        while parts < _MOST_PARTS:
            step = last
            while self.lower(step) in ("(", ")") or (self.lower(step) in DASHES and self.reader.glued(step)):
                hyphens += self.lower(step) in DASHES
                bracket = bracket or self.lower(step) == "("
                step += 1
            if not self.reader.digits(step) or step - last > 2:
                break
            spaces += step == last
            lengths.append(len(tokens[step].text))
            parts, last = parts + 1, step + 1
        if parts == 1:
            return last if before == "+" and lengths[0] > 3 else 0
        grouped = not hyphens and not bracket and all(size == 3 for size in lengths[1:])
        if before == "+" and not grouped:
            return last
        if parts >= 3 and not grouped and sum(lengths) >= 5 and (bracket or hyphens or set(lengths) == {2}):
            return last
        return 0

    def _clock_or_ratio(self, at: int) -> int:
        """'18:00', '23/1', '3:2:1'."""
        last = at + 1
        while self.lower(last) in (":", "/") and self.reader.glued(last) and self.reader.glued(last + 1):
            if not self.reader.digits(last + 1):
                break
            last += 2
        return last if last > at + 1 else 0

    def _size(self, at: int) -> int:
        if self.lower(at + 1) in _BY and self.reader.digits(at + 2):
            return at + 3
        return 0

    def _stuck(self, at: int) -> int:
        """'Sailau2023', 'COVID-19', '1GW': part of a name or with its unit; a missing blank in prose is none."""
        tokens = self.reader.tokens
        if self.reader.glued(at):
            name = tokens[at - 1]
            if name.kind == "word" and not (name.text.islower() and len(name.text) > 3):
                return at + 1
            if name.text in _HYPHENS and self.reader.glued(at - 1) and tokens[at - 2].kind == "word":
                return at + 1 if tokens[at - 2].text[0].isupper() else 0
        if self.reader.glued(at + 1) and tokens[at + 1].kind == "word" and tokens[at + 1].text.isupper():
            return at + 2
        return 0

    def _item(self, at: int) -> int:
        """'1. Composition': the number of a heading or a list's item."""
        if at or len(self.reader.tokens[0].text) > 2 or not self.reader.glued(1) or self.lower(1) not in (".", ")"):
            return 0
        return 0 if self.reader.glued(2) else 1
