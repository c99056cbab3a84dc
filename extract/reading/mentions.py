"""A number that may count observers, and what the passes of the reader find out about it."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.model import Basis, Check, Status
from extract.reading.groups import Group
from extract.words.spans import Number, NumberKind

COUNTABLE = {NumberKind.CARDINAL, NumberKind.COLLECTIVE, NumberKind.DISTRIBUTIVE}


@dataclass(slots=True, eq=False)
class Mention:
    """A number that may count people; positions are chunk indices in its sentence."""

    sentence: int
    """Index of the sentence in the scan."""
    at: int
    """The number's chunk."""
    last: int
    """End of its noun phrase."""
    start: int
    """Its first chunk, words of approximation included."""
    number: Number
    """Its value never changes, whatever else is found out about it."""
    noun: str
    """observer, person, journalist, diplomat, association; 'bare' without a noun; 'other' for anything else."""
    clause: tuple[int, int] = (0, 0)
    inner: Group | None = None
    """A sender inside the noun phrase: '12 CIS observers', 'three Dutch ones'."""
    group: Group | None = None
    """The senders that it is linked to."""
    scope: str | None = None
    each: bool = False
    of_them: bool = False
    """Refers back: 'of them', 'of those', 'the remaining'."""
    rest: bool = False
    """What is left of a whole: 'the remaining 41', 'the other nine'."""
    of_value: int | None = None
    """'ten of the 174' refers to 174; '23 out of 100' to 100."""
    subject: bool = False
    """Stands after 'the number of observers has reached', 'the total is'."""
    more: bool = False
    waits: bool = False
    """Its own sentence says that a decision is to come: 'five had applied, their papers were being studied'."""
    later: bool = False
    """Their names came in on top of those decided on, and a later meeting is to decide."""
    settled: bool = False
    """A sentence tells its state so plainly that weights have no say: a decision that is to come, papers handed in or
    annulled."""
    status: Status | None = None
    basis: Basis | None = None
    beside: Mention | None = None
    """'139 from organizations and 8 more from states': the figure that this one is said together with."""
    by_sum: bool = False
    """The sum, not the words, tells what it is a part of."""
    decided: Check | None = None
    """The sum that decided how it is read, where the words leave a choice."""
    part_of: Mention | None = None
    """What `whole` gives."""
    subset: bool = False
    """A part without a sender of its own: 'ten of the 174 are long-term observers'."""
    of_its_day: bool = False
    """One of the batches of several days that a sentence lists."""
    dropped: bool = False
    told_status: Status | None = None
    """What a word of its own clause says of its state."""
    told_basis: Basis | None = None
    """What a word of its own clause says: that it counts so far, or is new."""
    weighed: tuple[Status, Basis] | None = None
    """What it is by the weight of its traits, where that is not what the rules say."""
    by_traits: bool = False
    """By the weight of its traits it counts observers, other people, or those of another sender, against the rules."""
    children: list[Mention] = field(default_factory=list)
    value: int = field(init=False)
    """The number's value."""

    def __post_init__(self) -> None:
        self.value = self.number.value

    @property
    def whole(self) -> Mention | None:
        """The figure that this one is a part of. One that is a part of this one stays that: parts form no circle."""
        return self.part_of

    @whole.setter
    def whole(self, whole: Mention | None) -> None:
        above = whole
        while above is not None:
            if above is self:
                return
            above = above.part_of
        self.part_of = whole

    @property
    def position(self) -> tuple[int, int]:
        """Where it stands in the text: sentence and chunk, comparable."""
        return self.sentence, self.at
