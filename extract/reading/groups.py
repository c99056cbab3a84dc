"""Which senders stand together: 'the CIS and the SCO', 'nine organizations, including the OTS'."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace

from extract.reading.scan import Chunk

HOST = "KZ"
"""The country whose polls are watched, which sends no observers to them."""
_BETWEEN_NAMES = frozenset({"and", "filler", "mission", "observer", "leader", "short"})
_OF_A_SHARE = frozenset({"have", "light", "represent", "the_list"})
"""What stands between a sender and its own number: 'has', 'took in the list'."""
_ITS_MISSION = frozenset({"filler", "mission", "adverb"})
"""What may stand between the verb and the number: 'пополнило [свою миссию] 104 наблюдателями'."""
_SERVED = 6
"""Chunks back to the number that a sender serves already."""


@dataclass(slots=True, eq=False)
class Group:
    """Senders that stand together; positions are chunk indices, `[first:last)`."""

    first: int
    last: int
    ids: list[str] = field(default_factory=list)
    """Scopes of the named senders: 'organization:CIS', 'country:AM'."""
    kinds: set[str] = field(default_factory=set)
    """'organizations' and 'countries', as far as generic nouns or names speak of them."""
    counts: dict[str, int] = field(default_factory=dict)
    """What the text says of their number: {'organizations': 9}."""
    generic: bool = False
    """A generic noun stands in it; names after it only exemplify."""
    anaphoric: bool = False
    """'that mission': the body named last."""
    compared: bool = False
    """Others are measured by it and it sends nobody here: 'they follow the CIS with 34 and 31'."""

    @property
    def scope(self) -> str:
        """The scope of a figure that the group as a whole sends."""
        if len(self.kinds) > 1:
            return "total"
        if (
            len(self.ids) == 1
            and not self.counts.get("countries", 0) > 1
            and not self.counts.get("organizations", 0) > 1
        ):
            return self.ids[0] if not self.generic or self.counts else next(iter(self.kinds))
        return next(iter(self.kinds))

    def told_at(self, first: int, last: int) -> Group:
        """The same senders for a number in another sentence, whose place they take: theirs says nothing there."""
        return replace(self, first=first, last=last)

    def take_count(self, value: int) -> None:
        """Take in how many senders the text says there are, of each kind that it has not counted yet."""
        for kind in self.kinds:
            self.counts.setdefault(kind, value)


def _stands_apart(chunks: list[Chunk], left: Group, right: Group, between: list[Chunk]) -> bool:
    """'Өкілі ең көп мемлекет – Түркия, ол 11 байқаушы жіберді': one state, told by its name, and no kind of sender."""
    if _has_its_own_count(chunks, right, between):
        return True
    named = not left.counts and "named_alone" in chunks[left.last - 1].classes
    return named and len(between) == 1 and between[0].text in "–—"


def bodies_of(chunks: list[Chunk], left: Group, right: Group) -> bool:
    """'Қырғызстан мен Өзбекстанның сайлау органдары': the bodies of the states just named."""
    named = bool(left.ids or left.counts) and left.kinds == {"countries"} and left.last == right.first
    return named and not right.ids and "election_body" in chunks[right.first].classes


def are_coordinated(chunks: list[Chunk], left: Group, right: Group) -> bool:
    """Whether two neighbouring senders are one group by the words between them."""
    between = chunks[left.last : right.first]
    if len(between) > 6:
        return False
    if left.generic and right.ids and _stands_apart(chunks, left, right, between):
        return False
    if len(left.ids) == 1 and not left.generic and _comes_with_its_number(chunks, left) and _is_a_row(chunks, right):
        return False  # '17 от СНГ, 23 от ШОС, а также Монголия – 16'
    from_them = "from_case" in chunks[left.last - 1].classes
    if from_them and (_has_its_share(chunks, left) or _is_one_of_them(left, right, between)):
        return False
    if any(c.text == "," for c in between) and _begins_a_clause(chunks, left, right, between):
        return False
    introduced = any("including" in c.classes or c.text == ":" for c in between)
    if introduced and left.generic and not left.ids and right.ids:
        listed = {"including", "filler", "mission", "and", "of_them"}
        return all(c.classes & listed or c.text in ":,–-(" for c in between) and not _is_equated(chunks, right, between)
    if any(c.number is not None or c.day is not None or c.text in ":;)" for c in between):
        return False
    if any(c.text == "," for c in between) and any({"have", "origin"} <= c.classes for c in between):
        return False
    if left.generic and right.generic and between and between[-1].text == "with":
        return False
    if _spans(chunks, left, right, between):
        return True
    joined = any("and" in c.classes or c.text in ",/" for c in between)
    if _of_others(between):
        return False
    of_chain = not joined and left.generic and not left.ids and bool(right.ids)
    return (joined or of_chain) and all(
        c.classes & _BETWEEN_NAMES
        or c.text in ",/(—–-"
        or (c.classes & {"origin", "international", "adjective", "joining"} and "except" not in c.classes)
        for c in between
    )


def _has_its_own_count(chunks: list[Chunk], right: Group, between: list[Chunk]) -> bool:
    """Whether names behind a generic noun have a number of their own: 'organizations: 26 of the CIS'."""
    if _counted_itself(chunks, right):
        return True
    return len(between) == 1 and between[0].text in ":(" and _counted_behind(chunks, right)


def _is_equated(chunks: list[Chunk], right: Group, between: list[Chunk]) -> bool:
    """'Половина наблюдателей от организаций – это миссия СНГ, 411 человек': one of them, with its own number."""
    behind = chunks[right.last : right.last + 2]
    told = any(a.text in "–—-" and "copula" in b.classes for a, b in itertools.pairwise(between))
    return told and len(behind) > 1 and behind[0].text == "," and behind[1].number is not None


def _of_others(between: list[Chunk]) -> bool:
    """'ten from Azerbaijan and just as many from Türkiye', 'ten from Azerbaijan, the rest from Türkiye'."""
    if any("as_many" in c.classes for c in between):
        return True
    left = next((i for i, c in enumerate(between) if "rest" in c.classes), len(between))
    if any("origin" in c.classes for c in between[left + 1 :]):
        return True  # '40 from the CIS and the remainder from states'
    return any("rest" in c.classes for c in between) and not any("and" in c.classes for c in between)


def _from_one_to_another(chunks: list[Chunk], left: Group, right: Group, between: list[Chunk]) -> bool:
    """'six states, from Mongolia to Hungary': two of those that are counted."""
    named = bool(left.ids and right.ids) and left.generic and right.kinds == {"countries"}
    words = [c for c in between if "filler" not in c.classes or "until_number" in c.classes]
    if not named or len(words) != 1 or not words[0].classes & {"until_number", "approx"}:
        return False
    return any("origin" in c.classes for c in chunks[left.last - 3 : left.last - 1])


def _spans(chunks: list[Chunk], left: Group, right: Group, between: list[Chunk]) -> bool:
    """Whether the words between say that the senders go from the one to the other, or join each other."""
    if len(between) == 1 and "joining" in between[0].classes and left.ids and right.ids:
        return True
    return _from_one_to_another(chunks, left, right, between)


def _is_a_row(chunks: list[Chunk], group: Group) -> bool:
    """'Монголия – 16': a name, a dash, its number."""
    behind = chunks[group.last : group.last + 2]
    return bool(group.ids) and len(behind) > 1 and behind[0].text in "–—-" and behind[1].number is not None


def _has_its_share(chunks: list[Chunk], group: Group) -> bool:
    """'үшеуі – Польшадан, Армения мен Моңғолиядан екі-екіден': the first one has its number before it.

    So it has without a dash, 'үшеуі Польшадан, Армения мен Моңғолиядан екі адамнан'.
    """
    before = [c for c in chunks[max(0, group.first - 2) : group.first] if c.text not in "–—-"]
    if not before or "share" not in before[-1].classes or before[-1].number is None:
        return False
    others = chunks[group.last :]
    behind = next((c for c in others if c.name is None and "and" not in c.classes and c.text != ","), None)
    return behind is not None and behind.number is not None


def _is_one_of_them(left: Group, right: Group, between: list[Chunk]) -> bool:
    """'Халықаралық ұйымдардан ТМД миссиясы ең үлкені', 'мемлекеттерден Түркия төрт өкіл жіберді': of them, that one."""
    if any("largest" in c.classes for c in between):
        return True  # 'Мемлекеттерден ең көп байқаушы Ресейден келеді'
    of_all = left.generic and not left.ids and not left.counts and left.last == right.first
    return of_all and bool(right.ids) and left.kinds in ({"organizations"}, right.kinds)


def _begins_a_clause(chunks: list[Chunk], left: Group, right: Group, between: list[Chunk]) -> bool:
    """'74 represent ODIHR, the CIS adds 10', 'four for the OTS, and Mongolia and Serbia sent two each'."""
    served = any(c.number is not None for c in chunks[max(0, left.first - _SERVED) : left.first])
    joined = any("and" in c.classes for c in between)
    if joined and not (served and len(left.ids) == 1):
        return False
    end = right.last
    # 'Двоих предоставил Узбекистан, Азербайджан и Турция выделили по одному': it stands behind its verb and number
    behind_its_verb = served and len(left.ids) == 1 and bool(chunks[left.first - 1].classes & {"have", "represent"})
    # 'двое - от Украины, Болгария и Румыния выдвинули по одному': who does something is not those 'from' whom they come
    if served and not behind_its_verb and len(left.ids) == len(between) == 1:
        behind_its_verb = _comes_with_its_number(chunks, left)
    while (
        (left.kinds != right.kinds or behind_its_verb)
        and end < len(chunks)
        and (chunks[end].name is not None or _joins(chunks[end]))
    ):
        end += 1
    after = [c for c in chunks[end : end + 4] if not c.classes & {"filler", "new_word"} or "have" in c.classes]
    return len(after) > 1 and "have" in after[0].classes and after[1].number is not None


def _comes_with_its_number(chunks: list[Chunk], group: Group) -> bool:
    """'двое - от Украины', 'двоих наблюдателей от Украины': its number stands before it, with no comma between."""
    if not group.first or "origin" not in chunks[group.first - 1].classes:
        return False
    ahead = chunks[max(0, group.first - _SERVED) : group.first]
    commas = [i for i, c in enumerate(ahead) if c.text in ",;:"]
    return any(c.number is not None for c in ahead[commas[-1] + 1 if commas else 0 :])


def _joins(chunk: Chunk) -> bool:
    return "and" in chunk.classes or chunk.text == ","


def _counted_itself(chunks: list[Chunk], group: Group) -> bool:
    """'including the CIS (48 observers)', 'Iraq and Italy – two each': the names have a number of their own."""
    end = group.last
    while end < len(chunks) and (
        chunks[end].name is not None or chunks[end].classes & _BETWEEN_NAMES or chunks[end].text == ","
    ):
        end += 1
    verbs = end
    while verbs < len(chunks) and chunks[verbs].classes & _OF_A_SHARE and verbs - end < 2:
        verbs += 1
    told = verbs
    while end < told and verbs < len(chunks) and chunks[verbs].classes & _ITS_MISSION and verbs - told < 2:
        verbs += 1
    behind = max(end + 1, verbs)
    if behind >= len(chunks) or chunks[behind].number is None:
        return False
    with_so_many = "with_number" in chunks[end].classes and "new_word" not in chunks[end].classes
    return chunks[end].text in "(–—-:" or with_so_many or bool(chunks[end].classes & {"have", "represent"})


def _counted_behind(chunks: list[Chunk], group: Group) -> bool:
    """'48-і ұйымдардан: ТМД миссиясынан 26, ШЫҰ-дан 22', '(CIS 17, SCO 30)': the name has its number right behind."""
    end = group.last
    while end < len(chunks) and "mission" in chunks[end].classes:
        end += 1
    if end >= len(chunks) or chunks[end].number is None:
        return False
    row = [*chunks[end + 1 : end + 3], None, None][:2]
    in_a_row = row[0] is not None and _joins(row[0]) and row[1] is not None and row[1].name is not None
    return in_a_row or "from_case" in chunks[end - 1].classes


def merge(left: Group, right: Group, chunks: list[Chunk]) -> None:
    """Take the right group into the left one."""
    between = chunks[left.last : right.first]
    added = any("and" in c.classes for c in between) and not any("including" in c.classes for c in between)
    exemplifies = left.generic and not right.generic and not (added and not left.ids)
    left.last = right.last
    left.ids += [i for i in right.ids if i not in left.ids]
    if not exemplifies:
        left.kinds |= right.kinds
    left.counts = {**right.counts, **left.counts}
    left.generic = left.generic or right.generic
    left.anaphoric = left.anaphoric and right.anaphoric
