"""Numbers in a text with what the words around them make of them: about, another, two each, no quantity at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from extract.cursor import DASHES
from extract.date_spans import written_days
from extract.labels import Labels, LabelWords
from extract.model import Approx
from extract.numerals import NumberWords, Numeral, NumeralReader, number_words
from extract.spans import Number, NumberKind
from extract.tokens import Token

_LOOK_BACK = 8


def find_numbers(tokens: Sequence[Token], language: str) -> list[Number]:
    """All numbers in a text, in order, not overlapping, in time linear in its length; `language` is 'en', 'ru' or 'kk'.

    Days and years of dates are left out: `extract.dates.find_days` covers them. A distributive number's span takes in
    the word that makes it one ('по двое'), a percentage its sign. A range counts by its upper end.
    """
    taken = frozenset(i for day in written_days(tokens, language) for i in range(day.first, day.last))
    finder = _Finder(tokens, _context(language), taken)
    found: list[Number] = []
    at = 0
    starts = finder.context.words.starts
    while at < len(tokens):
        if tokens[at].kind != "digits" and tokens[at].lower not in starts:
            at += 1
            continue
        number = None if at in taken else finder.number(at, found[-1].last if found else 0)
        if number is None:
            at = max(at + 1, finder.passed)
        else:
            found.append(number)
            at = max(number.last, at + 1)
    return found


class _Context:
    """A language's words around numbers."""

    def __init__(self, words: NumberWords) -> None:
        table = words.table
        self.words = words
        self.labels = LabelWords(table["label"])
        self.before = _by_last(
            (phrase, Approx(name)) for name, phrases in table["approx_before"].items() for phrase in phrases
        )
        self.after = _by_first(
            (phrase, (Approx(name), "")) for name, phrases in table["approx_after"].items() for phrase in phrases
        )
        for case, kinds in table.get("approx_after_case", {}).items():
            pairs = ((phrase, (Approx(name), case)) for name, phrases in kinds.items() for phrase in phrases)
            for first, entries in _by_first(pairs).items():
                self.after.setdefault(first, []).extend(entries)
        for entries in self.after.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        self.more_before = _by_last((p, True) for p in table["more"]["before"])
        self.not_more_before = _by_last((p, True) for p in table["more"]["not_before"])
        self.more_after = _by_first((p, True) for p in table["more"]["after"])
        self.not_more_after = _by_first((p, True) for p in table["more"]["not_after"])
        self.across_dash = frozenset(table.get("across_dash", "").split())
        self.noun_endings: dict[str, tuple[str, ...]] = {
            case: tuple(entry.split()) for case, entry in table.get("noun_endings", {}).items()
        }
        self.exact_words = frozenset(table["exact"]["words"].split())
        self.exact_from = frozenset(table["exact"].get("from", "").split())
        self.exact_beginnings = tuple(table["exact"]["beginnings"].split())
        self.exact_after = tuple(table["exact"].get("after", "").split())
        self.percent = frozenset(table["fractions"]["percent"].split())
        self.percent_phrases = [tuple(p.split()) for p in table["fractions"].get("percent_phrases", [])]
        self.percent_beginnings = tuple(table["fractions"].get("percent_beginnings", "").split())
        self.fractions = frozenset(table["fractions"]["alone"].split())
        self.fractions_after = frozenset(table["fractions"]["after_number"].split())
        self.fractions_after_ablative = frozenset(table["fractions"].get("after_ablative", "").split())
        self.one = {name: frozenset(entry.split()) for name, entry in table["one"].items() if isinstance(entry, str)}
        self.one_pairs = [tuple(p.split()) for p in table["one"].get("next_pairs", [])]
        self.no_count_after = frozenset(table.get("bare", {}).get("not_after", "").split())
        self.single = {name: frozenset(entry.split()) for name, entry in table.get("single", {}).items()}
        self.counting = tuple(table["compounds"]["counting"].split())
        self.fraction_compounds = tuple(table["compounds"].get("fraction", "").split())
        self.infixes = frozenset(table["range"].get("infix", "").split())
        self.range_from = frozenset(table["range"].get("from", "").split())
        self.range_pairs = [tuple(p.split()) for p in table["range"].get("pairs", [])]
        self.each: dict[str, Any] = table.get("distributive", {})


def _by_last(entries: Iterable[tuple[str, Any]]) -> dict[str, list[tuple[tuple[str, ...], Any]]]:
    return _by(entries, -1)


def _by_first(entries: Iterable[tuple[str, Any]]) -> dict[str, list[tuple[tuple[str, ...], Any]]]:
    return _by(entries, 0)


def _by(entries: Iterable[tuple[str, Any]], key: int) -> dict[str, list[tuple[tuple[str, ...], Any]]]:
    table: dict[str, list[tuple[tuple[str, ...], Any]]] = {}
    for phrase, meaning in entries:
        words = tuple(phrase.split())
        table.setdefault(words[key], []).append((words, meaning))
    for group in table.values():
        group.sort(key=lambda entry: -len(entry[0]))
    return table


@cache
def _context(language: str) -> _Context:
    return _Context(number_words(language))


class _Finder:
    """Decides about the numeral at a token."""

    def __init__(self, tokens: Sequence[Token], context: _Context, taken: frozenset[int]) -> None:
        self.tokens = tokens
        self.context = context
        self.reader = NumeralReader(tokens, context.words, taken)
        self.labels = Labels(self.reader, context.labels)
        self.lower = self.reader.lower
        self.passed = 0
        """Token up to which everything is known to be no number."""

    def number(self, at: int, floor: int) -> Number | None:
        """The number that begins at a token; what stands before `floor` belongs to the number before."""
        token = self.tokens[at]
        label = self.labels.before_reading(at) if token.kind == "digits" else 0
        if label:
            return Number(at, label, _value(token.text), NumberKind.LABEL)
        if token.lower in self.context.fractions and not self._multiplies(at):
            return Number(at, at + 1, 0, NumberKind.FRACTION, written_out=True)
        numeral = self.reader.read(at)
        if numeral is None:
            return None
        repeated = self._repeated(numeral)
        if repeated:
            return self._described(repeated, floor)
        if numeral.written_out and (self._is_no_count(numeral) or self._lacks_count(numeral, floor)):
            self.passed = numeral.last
            return None
        return self._used(numeral, floor)

    def _lacks_count(self, numeral: Numeral, floor: int) -> bool:
        """'тысячи людей' is no number, 'больше тысячи людей' is."""
        if not numeral.lone:
            return False
        approximated = self._approx_before(numeral.first, floor)[1] is not None
        return not approximated or self.lower(numeral.first) not in self.context.words.bare_after_approx

    def _multiplies(self, at: int) -> bool:
        return self.reader.read(at) is not None

    def _used(self, numeral: Numeral, floor: int) -> Number:
        fraction = self._fraction(numeral)
        if fraction:
            return fraction
        label = self.labels.after_reading(numeral)
        if label:
            return Number(numeral.first, label, numeral.value, NumberKind.LABEL, written_out=numeral.written_out)
        number = _plain(numeral)
        number = self._echoed(number)
        if number.kind is NumberKind.COLLECTIVE:
            number = self._distributed(number, numeral, floor)
        if number.kind is NumberKind.CARDINAL:
            ranged = self._range(numeral)
            if ranged is not numeral:
                number = _plain(ranged)
                if label := self.labels.after_reading(ranged):
                    return replace(number, last=label, kind=NumberKind.LABEL)
            elif compound := self._compound(numeral):
                return replace(number, last=compound[0], kind=compound[1])
            number = self._distributed(number, ranged, floor)
        return self._described(number, floor, ranged.case if number.kind is NumberKind.CARDINAL else "")

    # Not a count

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
        if after in one["next"] or self.lower(at - 1) in one["previous"]:
            return True
        if any(self.reader.phrase(at + 1, pair) for pair in self.context.one_pairs):
            return True
        if after.startswith(tuple(one.get("next_beginnings", ())) or ("\0",)):
            return True
        return at >= 2 and self.lower(at - 2) in one.get("after_article", ()) and self.tokens[at - 1].text[0].islower()

    # Shapes

    def _fraction(self, numeral: Numeral) -> Number | None:
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
        if end:
            return Number(numeral.first, end, numeral.value, NumberKind.FRACTION, written_out=numeral.written_out)
        if numeral.kind is NumberKind.FRACTION:
            return _plain(numeral)
        return None

    def _compound(self, numeral: Numeral) -> tuple[int, NumberKind] | None:
        """'12-member' counts; '5-летний', '20-бабына' and 'three-day' do not."""
        last = numeral.last
        if (
            not self.reader.is_dash(last)
            or self.tokens[last + 1].kind != "word"
            or self._phrase_at(last, self.context.after)
        ):
            return None
        word = self.lower(last + 1)
        if self.context.fraction_compounds and word.startswith(self.context.fraction_compounds):
            return last + 2, NumberKind.FRACTION
        if word.startswith(self.context.counting or ("\0",)) or self.reader.word(last + 1):
            return None
        return last, NumberKind.LABEL

    def _repeated(self, numeral: Numeral) -> Number | None:
        """'үш-үштен', '2-2-ден', 'бір-бірден': the same number twice."""
        if not self.context.each.get("repeated") or not self.reader.is_dash(numeral.last):
            return None
        second = self._second(numeral.last + 1, numeral)
        if second is None or second.value != numeral.value or second.case not in ("", "ablative"):
            return None
        return Number(
            numeral.first, second.last, numeral.value, NumberKind.DISTRIBUTIVE, written_out=numeral.written_out
        )

    def _second(self, at: int, numeral: Numeral) -> Numeral | None:
        if at >= len(self.tokens) or not self._numeral_at(at):
            return None
        second = self.reader.read(at)
        if second is None or second.written_out != numeral.written_out or second.kind is not numeral.kind:
            return None
        return second

    def _range(self, numeral: Numeral) -> Numeral:
        """'1600-1700', 'two or three', 'between 300 and 400': the number of the upper end over the whole span."""
        last = numeral.last
        before = self.lower(numeral.first - 1)
        pair = any(before == opening and self.lower(last) == link for opening, link in self.context.range_pairs)
        infix = self.lower(last) in self.context.infixes and before not in self.context.range_from
        if not (self.reader.is_dash(last) or pair or infix):
            return numeral
        second = self._second(last + 1, numeral)
        if second is None or second.value <= numeral.value or second.kind is not NumberKind.CARDINAL:
            return numeral
        return second._replace(first=numeral.first)

    def _echoed(self, number: Number) -> Number:
        """'twelve (12)', '12 (двенадцать)': the same number once more in brackets."""
        at = number.last
        if self.lower(at) != "(" or not self._numeral_at(at + 1):
            return number
        again = self.reader.read(at + 1)
        if again is None or again.value != number.value or self.lower(again.last) != ")":
            return number
        return replace(number, last=again.last + 1) if again.written_out != number.written_out else number

    def _distributed(self, number: Number, numeral: Numeral, floor: int) -> Number:
        each = self.context.each
        after = self.lower(number.last)
        if each.get("before") and self.lower(number.first - 1) == each["before"] and number.first > floor:
            words = each["not_forms"].split()
            if after in each["not_next"].split() or self._ends_period(number.first - 1):
                return number
            if number.written_out and self.lower(number.first) in words:
                return number
            if not number.written_out and after.endswith(tuple(each["not_next_endings"].split())):
                return number
            return replace(number, first=number.first - 1, kind=NumberKind.DISTRIBUTIVE)
        if each.get("ablative") and numeral.case == "ablative" and number.value <= 30:
            follows = after.startswith(tuple(each["nouns"].split()))
            free = number.written_out and after not in self.context.after and not self._numeral_at(number.last)
            if follows or free:
                return replace(number, kind=NumberKind.DISTRIBUTIVE)
        return number

    def _ends_period(self, at: int) -> bool:
        """'с 1 по 7': a period, not seven each."""
        opening = self.context.each.get("period", "").split()
        return self.lower(at - 2) in opening and self.tokens[at - 1].kind == "digits"

    def _numeral_at(self, at: int) -> bool:
        return bool(self.reader.digits(at)) or self.reader.word(at) is not None

    # Words around

    def _described(self, number: Number, floor: int, case: str = "") -> Number:
        if number.kind is NumberKind.ORDINAL:
            return number
        first, approx, more = self._words_before(number.first, floor)
        approx_first = first if approx else None
        tail = number.last
        if case == "like":
            approx = approx or Approx.ABOUT
        end, after = self._approx_after(number.last, case)
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
        for _ in range(4):
            step, found = self._approx_before(at, floor)
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

    def _phrase_before(self, at: int, floor: int, phrases: dict[str, list[tuple[tuple[str, ...], Any]]]) -> int:
        for words, _ in phrases.get(self.lower(at - 1), ()):
            start = at - len(words)
            if start >= floor and self.reader.phrase(start, words):
                return start
        return at

    def _approx_before(self, at: int, floor: int) -> tuple[int, Approx | None]:
        end = at
        if self.lower(at - 1) in (*DASHES, ":") and self.lower(at - 2) in self.context.across_dash:
            end = at - 1
        for words, approx in self.context.before.get(self.lower(end - 1), ()):
            start = end - len(words)
            if start >= floor and self.reader.phrase(start, words):
                if self.lower(end - 1) in self.context.exact_words and self._reached(start):
                    return at, None
                return start, approx
        return at, None

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

    def _approx_after(self, at: int, case: str) -> tuple[int, Approx | None]:
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
            if self.tokens[step].kind != "word" or self._numeral_at(step):
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
        if self._phrase_at(at, self.context.not_more_after):
            return 0
        size = self._phrase_at(at, self.context.more_after)
        return at + size if size else 0

    def _phrase_at(self, at: int, phrases: dict[str, list[tuple[tuple[str, ...], Any]]]) -> int:
        return next((len(w) for w, _ in phrases.get(self.lower(at), ()) if self.reader.phrase(at, w)), 0)


def _plain(numeral: Numeral) -> Number:
    return Number(numeral.first, numeral.last, numeral.value, numeral.kind, written_out=numeral.written_out)


def _value(digits: str) -> int:
    return int(digits) if len(digits) <= 15 else 0
