"""What the words directly before and behind a number say about it: about, at most, another."""

from __future__ import annotations

from extract.model import Approx
from extract.words.cursor import DASHES
from extract.words.number_context import Context, Phrases
from extract.words.numerals import NumeralReader
from extract.words.spans import Number, NumberKind

_LOOK_BACK = 8


class Qualifiers:
    """Reads approximations and additions around numbers."""

    def __init__(self, reader: NumeralReader, context: Context) -> None:
        self.reader = reader
        self.context = context
        self.lower = reader.lower
        self.tokens = reader.tokens

    def _is_number(self, at: int) -> bool:
        return bool(self.reader.digits(at)) or self.reader.word(at) is not None

    def describe(self, number: Number, floor: int, case: str = "") -> Number:
        """The number with its approximation and addition; `case` is the ending it has."""
        if number.kind is NumberKind.ORDINAL:
            return number
        first, approx, more = self._words_before(number.first, floor)
        approx_first = first if approx else None
        tail = number.last
        if case == "like":
            approx = approx or Approx.ABOUT
        end, after = self.approx_after(number.last, case)
        if after and not approx:
            approx, tail = after, end
        end = self._more_after(tail)
        if end:
            more, tail = True, end
        if approx is None and not more:
            return number
        return Number(
            number.first,
            number.last,
            number.value,
            number.kind,
            approx=approx,
            approx_first=approx_first,
            written_out=number.written_out,
            more=more,
            tail=tail if tail > number.last else None,
        )

    def _words_before(self, first: int, floor: int) -> tuple[int, Approx | None, bool]:
        """Where the words of approximation begin, what they say, and whether the number is an addition."""
        at, begin, approx, more = first, first, None, False
        if self.lower(first - 1) not in self.context.may_qualify:
            return begin, approx, more
        for _ in range(4):
            step, found = self.approx_before(at, floor)
            if found:
                at = begin = step
                approx = found if approx in (None, Approx.ABOUT) else approx
                continue
            step = self._phrase_before(at, floor, self.context.more_before)
            if step == at:
                break
            more = more or self._phrase_before(at, floor, self.context.not_more_before) == at
            at = step
        return begin, approx, more

    def _phrase_before(self, at: int, floor: int, phrases: Phrases) -> int:
        for words, _ in phrases.get(self.lower(at - 1), ()):
            start = at - len(words)
            if start >= floor and self.reader.phrase(start, words):
                return start
        return at

    def approx_before(self, at: int, floor: int) -> tuple[int, Approx | None]:
        """Where the words of approximation that end before a token begin, and what they say."""
        end = at
        if self.lower(at - 1) in (*DASHES, ":") and self.lower(at - 2) in self.context.across_dash:
            end = at - 1
        for words, approx in self.context.before.get(self.lower(end - 1), ()):
            start = end - len(words)
            if start >= floor and self.reader.phrase(start, words):
                exact = self.lower(end - 1) in self.context.exact_words and not self._qualifies(words[:-1])
                if exact and self._reached(start):
                    return at, None
                return start, approx
        return at, None

    def _qualifies(self, words: tuple[str, ...]) -> bool:
        """Whether words approximate by themselves: of 'почти до' the first does."""
        return bool(words) and any(known == words for known, _ in self.context.before.get(words[-1], ()))

    def _reached(self, at: int) -> bool:
        """Whether growth is told: 'выросло до 248', 'с 43 до 106' are exact."""
        if self.tokens[at - 1].kind == "digits" and self.lower(at - 2) in self.context.exact_from:
            return True
        for step in range(at - 1, max(-1, at - 1 - _LOOK_BACK), -1):
            if self.lower(step) in (".", ";"):
                return False
            if self.lower(step).startswith(self.context.exact_beginnings):
                return True
        return False

    def approx_after(self, at: int, case: str) -> tuple[int, Approx | None]:
        """Words of approximation behind the number, or behind the noun that it counts: '20 адамнан астам'."""
        for step in range(at, min(at + 3, len(self.tokens))):
            for words, (approx, needed) in self.context.after.get(self.lower(step), ()):
                if not self.reader.phrase(step, words):
                    continue
                if (not needed and step > at) or (words == ("+",) and self.reader.digits(step + 1)):
                    continue
                if needed and not self._governed(step, at, case, needed):
                    continue
                if self.context.exact_after and self._reaches(step + len(words)) and approx is Approx.UNDER:
                    return 0, None
                return step + len(words) if step == at else at, approx
            if self.tokens[step].kind != "word" or self._is_number(step):
                break
        return 0, None

    def _governed(self, step: int, at: int, case: str, needed: str) -> bool:
        wanted = needed.removesuffix("_close")
        if step == at:
            return case == wanted
        if step - at > (1 if wanted != needed else 2):
            return False
        return self.lower(step - 1).endswith(self.context.noun_endings[wanted])

    def _reaches(self, at: int) -> bool:
        return any(self.lower(k).startswith(self.context.exact_after) for k in (at, at + 1))

    def _more_after(self, at: int) -> int:
        size = self.phrase_at(at, self.context.more_after)
        return at + size if size and not self.phrase_at(at, self.context.not_more_after) else 0

    def phrase_at(self, at: int, phrases: Phrases) -> int:
        """Length in tokens of the longest phrase of a table that begins at a token; 0 if none does."""
        begun = phrases.get(self.lower(at))
        return next((len(w) for w, _ in begun if self.reader.phrase(at, w)), 0) if begun else 0
