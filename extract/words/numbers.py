"""Numbers in a text with what the words around them make of them: about, another, two each, no quantity at all."""

from __future__ import annotations

from collections.abc import Sequence

from extract.words.cursor import DASHES, Columns
from extract.words.date_spans import written_days
from extract.words.labels import Labels
from extract.words.number_context import Context, context
from extract.words.number_digits import Numeral
from extract.words.number_shapes import Shapes, plain
from extract.words.spans import Number, NumberKind, Written
from extract.words.tokens import Token


def find_numbers(
    tokens: Sequence[Token],
    language: str,
    days: Sequence[Written] | None = None,
    columns: Columns | None = None,
) -> list[Number]:
    """All numbers in a text, in order, not overlapping, in time linear in its length; `language` is 'en', 'ru' or 'kk'.

    Days and years of dates are left out: `extract.words.dates.find_days` covers them. A distributive number's span
    takes in the word that makes it one ('по двое'), a percentage its sign. A range counts by its upper end.
    `days` are the `written_days` of the text and `columns` its columns, where they are known already.
    """
    around = context(language)
    columns = columns or Columns(tokens)
    begins = columns.digits_or(around.words.starts)
    if not begins:
        return []
    written = written_days(tokens, language, columns) if days is None else days
    taken = frozenset(i for day in written for i in range(day.first, day.last))
    finder = _Finder(columns, around, taken)
    found: list[Number] = []
    for at in begins:
        if at in taken or at < finder.passed or finder.is_mere_article(at):
            continue
        number = finder.same(at, found) or finder.apiece(at) or finder.one_each(at)
        number = number or finder.number(at, found[-1].last if found else 0)
        if number is not None:
            found.append(number)
            finder.passed = number.last
    return found


_COUNTS = frozenset({NumberKind.CARDINAL, NumberKind.COLLECTIVE})


class _Finder(Shapes):
    """Decides about the numeral at a token."""

    def __init__(self, columns: Columns, context: Context, taken: frozenset[int]) -> None:
        super().__init__(columns, context, taken)
        self.labels = Labels(self.reader, context.labels)
        self.passed = 0
        """Token up to which everything is known: a number's, or no number."""

    def is_mere_article(self, at: int) -> bool:
        """'a', 'an' before any word but those that it counts, as in 'a dozen': most of them by far."""
        lower, words = self.lower(at), self.context.words
        if lower not in words.article or lower in self.context.same:
            return False
        behind = words.words.get(self.lower(at + 1))
        return behind is None or behind.role not in {"scale", "group"}

    def number(self, at: int, floor: int) -> Number | None:
        """The number that begins at a token; what stands before `floor` belongs to the number before."""
        token = self.tokens[at]
        label = self.labels.before_reading(at) if token.kind == "digits" else 0
        if label:
            return Number(at, label, _value(token.text), NumberKind.LABEL)
        if token.lower in self.context.fractions and not self._multiplies(at):
            return Number(at, at + 1, 0, NumberKind.FRACTION, written_out=True)
        numeral = self.reader.read(at)
        return None if numeral is None else self._used_or_passed(numeral, floor)

    def _used_or_passed(self, numeral: Numeral, floor: int) -> Number | None:
        if self._stands_plain(numeral):
            return plain(numeral)
        repeated = self.repeated(numeral)
        if repeated:
            return self.qualifiers.describe(repeated, floor)
        if numeral.written_out and (self._is_no_count(numeral) or self._lacks_count(numeral, floor)):
            self.passed = numeral.last
            return None
        return self._used(numeral, floor)

    def _stands_plain(self, numeral: Numeral) -> bool:
        """Whether digits have nothing beside them that makes more of them than their value: most have not."""
        if numeral.written_out or numeral.case or numeral.kind is not NumberKind.CARDINAL or self.labels.on_lines:
            return False
        before, behind = self.lower(numeral.first - 1), self.lower(numeral.last)
        if self.context.tells_before(before) or self.context.tells_behind(behind):
            return False
        return self.qualifiers.approx_after(numeral.last, "")[1] is None

    def same(self, at: int, found: Sequence[Number]) -> Number | None:
        """'eleven from the CIS and as many from the SCO', 'столько же': the number before once more."""
        size = self.qualifiers.phrase_at(at, self.context.same)
        if not size:
            return None
        last = at + size
        before = next((n for n in reversed(found) if n.kind in _COUNTS), None)
        if before is None:
            return None
        if self.lower(last) in self.context.same_not_before or self.lower(at - 1) in self.context.same_not_after:
            return None
        return Number(at, last, before.value, NumberKind.CARDINAL, written_out=True)

    def _lacks_count(self, numeral: Numeral, floor: int) -> bool:
        """'тысячи людей' is no number, 'больше тысячи людей' is."""
        if not numeral.lone:
            return False
        approximated = self.qualifiers.approx_before(numeral.first, floor)[1] is not None
        return not approximated or self.lower(numeral.first) not in self.context.words.bare_after_approx

    def _multiplies(self, at: int) -> bool:
        return self.reader.read(at) is not None

    def _used(self, numeral: Numeral, floor: int) -> Number:
        fraction = self.fraction(numeral)
        if fraction:
            return fraction
        label = self.labels.after_reading(numeral)
        if label:
            return Number(numeral.first, label, numeral.value, NumberKind.LABEL, written_out=numeral.written_out)
        number = plain(numeral)
        number = self.echoed(number)
        if number.kind is NumberKind.COLLECTIVE:
            number = self.distributed(number, numeral, floor)
        if number.kind is NumberKind.CARDINAL:
            ranged = self.range(numeral)
            if ranged is not numeral:
                number = plain(ranged)
                if label := self.labels.after_reading(ranged):
                    return number._replace(last=label, kind=NumberKind.LABEL)
            elif compound := self.compound(numeral):
                return number._replace(last=compound[0], kind=compound[1])
            number = self.distributed(number, ranged, floor)
        return self.qualifiers.describe(number, floor, ranged.case if number.kind is NumberKind.CARDINAL else "")

    def _is_no_count(self, numeral: Numeral) -> bool:
        """Whether a number word counts nothing: 'one of the', 'the new one', 'бір кезде'."""
        at = numeral.first
        if self.lower(at - 1) in self.context.no_count_after:
            return True
        if numeral.value != 1 or numeral.last - at > 1:
            return False
        lower = self.lower(at)
        if lower in self.context.single.get("words", ()):
            return self.lower(numeral.last) in DASHES or self.lower(at - 1) not in self.context.single["previous"]
        if lower in self.context.one.get("company", ()):
            return True
        return lower in self.context.one["words"] and self._is_pronoun(at)

    def _is_pronoun(self, at: int) -> bool:
        one, after = self.context.one, self.lower(at + 1)
        before = self.lower(at - 1)
        if before and before == self.context.each.get("before"):
            before = self.lower(at - 2)
            if at + 2 < len(self.tokens) and self.tokens[at + 2].text[0].isupper():
                after = ""
        named = (
            at + 2 < len(self.tokens) and self.tokens[at + 2].text[0].isupper() and after in one.get("list_links", ())
        )
        if (after in one["next"] and not named) or before in one["previous"]:
            return True
        if any(self.reader.phrase(at + 1, pair) for pair in self.context.one_pairs) and not self._goes_on_a_list(at):
            return True
        if after.startswith(tuple(one.get("next_beginnings", ()))):
            return True
        return at >= 2 and self.lower(at - 2) in one.get("after_article", ()) and self.tokens[at - 1].text[0].islower()

    def _goes_on_a_list(self, at: int) -> bool:
        """'six of CICA and one of the Turkic Academy': the last item of a list of counts, not one out of a group."""
        one = self.context.one
        if self.lower(at - 1) not in one.get("list_before", ()):
            return False
        named = at + 3 < len(self.tokens) and self.tokens[at + 3].text[0].isupper()
        return named and any(self.lower(i) in one["list_links"] for i in range(at - 6, at - 1))


def _value(digits: str) -> int:
    return int(digits) if len(digits) <= 15 else 0
