"""Shapes that numerals make together: shares, compounds, ranges, a number said twice, a number each."""

from __future__ import annotations

from extract.words.cursor import DASHES, Columns
from extract.words.number_context import Context
from extract.words.number_digits import Numeral
from extract.words.numerals import NumeralReader
from extract.words.qualifiers import Qualifiers
from extract.words.spans import Number, NumberKind

_LARGEST_DENOMINATOR = 10
"""Of shares in words: 'nine in ten'."""


def plain(numeral: Numeral) -> Number:
    """The numeral as a number, whatever stands around it."""
    return Number(numeral.first, numeral.last, numeral.value, numeral.kind, written_out=numeral.written_out)


class Shapes:
    """Reads the shape of a numeral and of what stands beside it."""

    def __init__(self, columns: Columns, context: Context, taken: frozenset[int]) -> None:
        self.tokens = columns.tokens
        self.context = context
        self.reader = NumeralReader(columns, context.words, taken)
        self.qualifiers = Qualifiers(self.reader, context)
        self.lower = self.reader.lower

    def fraction(self, numeral: Numeral) -> Number | None:
        last = numeral.last
        end = 0
        lower = self.lower(last)
        if lower in self.context.percent or lower.startswith(self.context.percent_beginnings or ("\0",)):
            end = last + 1
        for phrase in self.context.percent_phrases:
            if self.reader.phrase(last, phrase):
                end = last + len(phrase)
        step = last + 1 if self.reader.is_dash(last) else last
        if numeral.written_out and numeral.value < 100 and self.lower(step) in self.context.fractions_after:
            end = step + 1
        if numeral.case == "ablative" and lower in self.context.fractions_after_ablative:
            end = last + 1
        end = end or self._out_of(numeral)
        if end:
            return Number(numeral.first, end, numeral.value, NumberKind.FRACTION, written_out=numeral.written_out)
        if numeral.kind is NumberKind.FRACTION:
            return plain(numeral)
        return None

    def _out_of(self, numeral: Numeral) -> int:
        """The end of 'four in five', 'nine out of ten': a share that counts nobody; 0 for all else."""
        for phrase in self.context.fractions_out_of if numeral.written_out else ():
            if self.reader.phrase(numeral.last, phrase):
                second = self._second(numeral.last + len(phrase), numeral)
                if second is not None and numeral.value < second.value <= _LARGEST_DENOMINATOR:
                    return second.last
        return 0

    def compound(self, numeral: Numeral) -> tuple[int, NumberKind] | None:
        """'12-member' and 'төрт-ақ' count; '5-летний', '20-бабына' and 'three-day' do not."""
        last = numeral.last
        if (
            not self.reader.is_dash(last)
            or self.tokens[last + 1].kind != "word"
            or self.qualifiers.phrase_at(last, self.context.after)
        ):
            return None
        word = self.lower(last + 1)
        if self.context.fraction_compounds and word.startswith(self.context.fraction_compounds):
            return last + 2, NumberKind.FRACTION
        if word.startswith(self.context.counting or ("\0",)) or self.reader.word(last + 1):
            return None
        if word in self.context.lone.get("particles", ()):
            return last + 2, NumberKind.CARDINAL
        return last, NumberKind.LABEL

    def repeated(self, numeral: Numeral) -> Number | None:
        """'үш-үштен', '2-2-ден', 'бір-бірден': the same number twice."""
        if not self.context.each.get("repeated") or not self.reader.is_dash(numeral.last):
            return None
        second = self._second(numeral.last + 1, numeral)
        if second is None or second.value != numeral.value or second.case not in ("", "ablative"):
            return None
        kind = NumberKind.LABEL if numeral.case == "locative" else NumberKind.DISTRIBUTIVE  # 'бірде-бір': not any one
        return Number(numeral.first, second.last, numeral.value, kind, written_out=numeral.written_out)

    def apiece(self, at: int) -> Number | None:
        """'қос-қостан', 'жұп-жұптан': a pair each; 'жалғыз өкілмен': a single one, of each that is named."""
        lower = self.lower(at)
        lone = self.context.lone
        if lone and lower in lone["words"] and self.lower(at + 1).startswith(tuple(lone["before"])):
            return Number(at, at + 1, 1, NumberKind.DISTRIBUTIVE, written_out=True)
        for phrase, value in self.context.apiece.get(lower, ()):
            if self.reader.phrase(at, phrase):
                return Number(at, at + len(phrase), value, NumberKind.DISTRIBUTIVE, written_out=True)
        return None

    def _second(self, at: int, numeral: Numeral) -> Numeral | None:
        if at >= len(self.tokens) or not self._numeral_at(at):
            return None
        second = self.reader.read(at)
        if second is None or second.written_out != numeral.written_out or second.kind is not numeral.kind:
            return None
        return second

    def range(self, numeral: Numeral) -> Numeral:
        """'1600-1700', 'two or three', 'between 300 and 400': the number of the upper end over the whole span."""
        last = numeral.last
        before = self.lower(numeral.first - 1)
        link = self.lower(last)
        infix = link in self.context.infixes and before not in self.context.range_from
        if not (
            infix
            or link in self.context.alternatives
            or (before, link) in self.context.range_pairs
            or self.reader.is_dash(last)
        ):
            return numeral
        second = self._second(last + 1, numeral)
        if second is None or second.value <= numeral.value or second.kind is not NumberKind.CARDINAL:
            return numeral
        return second._replace(first=numeral.first)

    def echoed(self, number: Number) -> Number:
        """'twelve (12)', '12 (двенадцать)': the same number once more in brackets."""
        at = number.last
        if self.lower(at) != "(" or not self._numeral_at(at + 1):
            return number
        again = self.reader.read(at + 1)
        if again is None or again.value != number.value or self.lower(again.last) != ")":
            return number
        return number._replace(last=again.last + 1) if again.written_out != number.written_out else number

    def distributed(self, number: Number, numeral: Numeral, floor: int) -> Number:
        each = self.context.each
        after = self.lower(number.last)
        if each.get("before") and self.lower(number.first - 1) == each["before"] and number.first > floor:
            words = each["not_forms"].split()
            named = number.last + 1 < len(self.tokens) and self.tokens[number.last + 1].text[0].isupper()
            if (after in each["not_next"].split() and not named) or self._ends_period(number.first - 1):
                return number
            if number.written_out and self.lower(number.first) in words:
                return number
            if not number.written_out and after.endswith(tuple(each["not_next_endings"].split())):
                return number
            return number._replace(first=number.first - 1, kind=NumberKind.DISTRIBUTIVE)
        if each.get("ablative") and numeral.case == "ablative" and number.value <= 30:
            follows = after.startswith(tuple(each["nouns"].split()))
            free = number.written_out and after not in self.context.after and not self._numeral_at(number.last)
            if follows or free:
                return number._replace(kind=NumberKind.DISTRIBUTIVE)
        return number

    def one_each(self, at: int) -> Number | None:
        """'по наблюдателю из Чили и Кубы', 'по человеку прислали Чили и Куба': one each, without a numeral."""
        if self.lower(at) not in self.context.one_each or self.lower(at - 1) != self.context.each["before"]:
            return None
        behind = self.lower(at + 1)
        told = behind in DASHES or behind in self.context.each["people_from"].split()
        named = any(t.text[0].isupper() for t in self.tokens[at + 1 : at + 3])
        if not (told or named):
            return None
        return Number(at - 1, at, 1, NumberKind.DISTRIBUTIVE, written_out=True)

    def _ends_period(self, at: int) -> bool:
        """'с 1 по 7': a period, not seven each."""
        opening = self.context.each.get("period", "").split()
        return self.lower(at - 2) in opening and self.tokens[at - 1].kind == "digits"

    def _numeral_at(self, at: int) -> bool:
        return bool(self.reader.digits(at)) or self.reader.word(at) is not None
