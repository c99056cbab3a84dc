"""Which days stand around the name of a month: '6 June', 'June 6 and 7', 'с 1 по 7 ноября', '6, 13 және 21 мамыр'."""

from __future__ import annotations

from collections.abc import Iterator

from extract.words.cursor import DASHES
from extract.words.date_digits import LONGEST_LIST, DateDigits
from extract.words.spans import Written


class MonthDays(DateDigits):
    """Reads the days and the year around a month's name."""

    def around_month(self, at: int, floor: int) -> Iterator[Written]:
        last = at + 1
        if self.lower(at) in self.words.short and self.lower(last) == "." and self.glued(last):
            last += 1
        before = self.days_before(at, floor)
        after = self.days_after(at, last) if not before or not self.surely_before(before) else []
        if after:
            yield from self.with_month(after, at, self.words.months[self.lower(at)], after[-1].last)
        elif before:
            yield from self.with_month(before, before[0].first, self.words.months[self.lower(at)], last)
        else:
            yield from self.bare_month(at, last)

    def surely_before(self, days: list[Written]) -> bool:
        return not self.words.day_after or self.is_in(days[0].first - 1, "day_before")

    def with_month(self, days: list[Written], first: int, month: int, last: int) -> Iterator[Written]:
        last, year = self.year_after(last)
        if year is None:
            first, year = self.year_before(first)
        for number, day in enumerate(days):
            begin = first if number == 0 else day.first
            end = last if number == len(days) - 1 else day.last
            period = day.end_dom is not None
            yield day._replace(
                first=begin,
                last=end,
                year=year,
                month=month,
                end_year=year if period else None,
                end_month=month if period else None,
            )

    def days_before(self, at: int, floor: int) -> list[Written]:
        last = at
        if self.is_in(at - 1, "day_link") or (self.lower(at - 1) in DASHES and self.glued(at) and self.glued(at - 1)):
            last -= 1
        found = self.day_before(last)
        if not found or found[0] < floor or self.is_in(last - 1, "suffixes_of_shares"):
            return []
        first, _, value = found
        start = self.range_start(first, value, floor)
        if start:
            return [Written(start[0], at, dom=start[2], end_dom=value)]
        days = [Written(first, at, dom=value)]
        while len(days) < LONGEST_LIST and self.is_separator(days[0].first - 1, first_of_list=len(days) == 1):
            found = self.day_before(days[0].first - 1)
            if not found or found[0] < floor or found[2] >= (days[0].dom or 0):
                break
            if len(days) == 1 and self.is_in(found[0] - 1, "between"):
                return [Written(found[0], at, dom=found[2], end_dom=value)]
            days.insert(0, Written(found[0], days[0].first - 1, dom=found[2]))
        return days

    def is_separator(self, at: int, *, first_of_list: bool) -> bool:
        return self.is_in(at, "and") or (not first_of_list and self.lower(at) == ",")

    def range_start(self, first: int, value: int, floor: int) -> tuple[int, int, int] | None:
        mark = self.lower(first - 1)
        start: tuple[int, int, int] | None = None
        if mark in DASHES or self.is_in(first - 1, "to"):
            start = self.day_before(first - 1)
        elif self.is_in(first - 1, "to_after_from"):
            start = self.day_before(first - 1)
            if start and not self.is_in(start[0] - 1, "from"):
                start = None
        elif self.is_in(first - 1, "ablative"):
            start = self.day_before(first)
        return start if start and start[0] >= floor and start[2] < value else None

    def days_after(self, month: int, at: int) -> list[Written]:
        if self.is_in(at, "month_noun"):
            at += 1
        elif not self.words.day_after and self.lower(month) not in self.words.genitive:
            return []
        found = self.day_from(at)
        if not found:
            return []
        days = [Written(at, found[0], dom=found[1])]
        while len(days) < LONGEST_LIST:
            mark = days[-1].last
            following = self.day_from(mark + 1)
            if not following or following[1] <= (days[-1].dom or 0) or self.is_in(following[0], "counted"):
                break
            if self.lower(following[0]) in self.words.months:
                break
            if self.links_range(month, mark, following[0]):
                return [*days[:-1], days[-1]._replace(last=following[0], end_dom=following[1])]
            if not self.is_in(mark, "and") and not self.list_goes_on(mark, following[0]):
                break
            days.append(Written(mark + 1, following[0], dom=following[1]))
        return days

    def links_range(self, month: int, mark: int, after: int) -> bool:
        if self.lower(mark) in DASHES:
            return self.glued(mark) and self.glued(mark + 1)
        if self.is_in(mark, "to"):
            return True
        return self.is_in(mark, "and") and (self.is_in(month - 1, "between") or self.is_in(after, "between_after"))

    def list_goes_on(self, comma: int, after: int) -> bool:
        return self.lower(comma) == "," and self.is_in(after, "and") and self.day_from(after + 1) is not None

    def bare_month(self, at: int, last: int) -> Iterator[Written]:
        month = self.words.months[self.lower(at)]
        after, year = self.year_after(last)
        first = at
        if year is None:
            first, year = self.year_before(at)
        if year is None and self.lower(at) in self.words.bare and not self.is_in(at - 1, "month_before"):
            return
        if year is None and self.lower(at) in self.words.short:
            return
        yield Written(first, after, year=year, month=month)
