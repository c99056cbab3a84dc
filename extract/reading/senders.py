"""Who sends: the groups of names and generic nouns in a sentence ('the CIS and the SCO', 'nine organizations')."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.reading.scan import Chunk, Sentence
from extract.words.spans import NameKind, NumberKind

HOST = "KZ"
_COUNTED = {NumberKind.CARDINAL, NumberKind.COLLECTIVE}
_BETWEEN_NAMES = frozenset({"and", "filler", "mission", "observer", "leader", "short"})
_LONGEST_NOUN_PHRASE = 6
_SERVED = 6
"""Chunks back to the number that a sender serves already."""
_PARENT = "organization:OSCE"
_BUREAU = "organization:OSCE-ODIHR"
_SAME_BODY = 40
"""Chunks back to the body that 'its mission' means."""


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


@dataclass(slots=True)
class Named:
    """The bodies that the text has named so far."""

    last: str | None = None
    assembly: str | None = None
    """The last parliamentary assembly, which texts call 'the Assembly' for short."""
    bureau: str | None = None
    """ODIHR, 'the Office', once it is named."""

    def meant_by(self, chunk: Chunk) -> str | None:
        """The body that a common noun goes back to."""
        if "assembly_word" in chunk.classes:
            return self.assembly or self.last
        return (self.bureau or self.last) if "bureau_word" in chunk.classes else self.last

    def hear(self, groups: list[Group]) -> None:
        """Take in the bodies that a sentence names."""
        bodies = [i for g in groups for i in g.ids if i.startswith("organization:")]
        self.assembly = next((i for i in reversed(bodies) if _is_assembly(i)), self.assembly)
        self.bureau = next((i for i in bodies if i == _BUREAU), self.bureau)
        named = bodies[-1] if bodies else self.last
        self.last = self.last if is_office_of(self.last, named) else named


def find_groups(sentence: Sentence, named: Named) -> list[Group]:
    """The sender groups of a sentence, in order; `named` are the bodies named before it."""
    chunks = sentence.chunks
    telling = [(i, c) for i, c in enumerate(chunks) if c.name or c.number or not _SENDERS.isdisjoint(c.classes)]
    singles = [g for i, c in telling if (g := _single(chunks, i, named.meant_by(c)))]
    groups: list[Group] = []
    for group in singles:
        if groups and group.first < groups[-1].last:
            continue
        if groups and groups[-1].anaphoric and not group.anaphoric and group.ids and group.first - groups[-1].last <= 2:
            groups.pop()
        if groups and _bodies_of(sentence.chunks, groups[-1], group):
            groups[-1].last = group.last
        elif groups and _coordinated(sentence.chunks, groups[-1], group):
            _merge(groups[-1], group, sentence.chunks)
        else:
            groups.append(group)
    for group in groups:
        group.compared = _is_compared(sentence.chunks, group)
        _without_parent(group)
    return groups


def _is_compared(chunks: list[Chunk], group: Group) -> bool:
    before = [c for c in chunks[max(0, group.first - 3) : group.first] if "filler" not in c.classes]
    behind = chunks[group.last : group.last + 1]
    return any("compared" in c.classes for c in before[-1:]) or any("compared_behind" in c.classes for c in behind)


def _is_assembly(scope: str) -> bool:
    return scope.endswith(("PA", "PACE", "PAM", "UBR"))


def is_office_of(office: str | None, parent: str | None) -> bool:
    """Whether a scope is that of an office of the OSCE and the other the OSCE's, which texts use for short."""
    return office is not None and parent == _PARENT and office.startswith(f"{_PARENT}-")


def _without_parent(group: Group) -> None:
    """'the OSCE, through its Office for Democratic Institutions and Human Rights': the office sends."""
    if len(group.ids) > 1 and any(is_office_of(i, _PARENT) for i in group.ids):
        group.ids = [i for i in group.ids if i != _PARENT]


_SENDERS = frozenset(
    {"election_body", "organizations", "countries", "body_itself", "mission_word", "assembly_word", "bureau_word"}
)
"""What `_single` asks of words: all others are no senders."""


def _single(chunks: list[Chunk], at: int, sender_before: str | None) -> Group | None:
    chunk = chunks[at]
    if chunk.name is not None:
        return _named(chunks, at)
    if chunk.number is not None:
        return _counted(chunks, at)
    if "election_body" in chunk.classes:
        return _election_bodies(chunks, at)
    if sender_before and _means_a_body(chunks, at):
        return Group(at, at + 1, [_nearer(_named_before(chunks, at), sender_before)], {"organizations"}, anaphoric=True)
    if "body_itself" in chunk.classes and sender_before and _unqualified(chunks, at):
        kind = ("assembly_word" in chunk.classes and _is_assembly(sender_before)) or (
            "bureau_word" in chunk.classes and sender_before == _BUREAU
        )
        body = sender_before if kind else _nearer(_named_before(chunks, at), sender_before)
        return Group(at, at + 1, [body], {"organizations"}, anaphoric=True)
    if "organizations" in chunk.classes or "countries" in chunk.classes:
        return _generic(chunks, at)
    if "mission_word" in chunk.classes and sender_before:
        return _anaphor(chunks, at, _nearer(_named_before(chunks, at), sender_before))
    return None


def _means_a_body(chunks: list[Chunk], at: int) -> bool:
    """'трех наблюдателей этой организации', 'девять наблюдателей Ассамблеи', '28 представителей бюро'."""
    classes, before = chunks[at].classes, chunks[at - 1].classes if at else frozenset()
    if {"organizations", "mission_word"} <= classes and "this" in before:
        return True
    people = bool(before & {"observer", "person"}) or ("comes_from" in before and "assembly_word" in classes)
    return bool(classes & {"assembly_word", "bureau_word"}) and people and chunks[at].name is None


def _unqualified(chunks: list[Chunk], at: int) -> bool:
    """Whether nothing says which body: 'ұйымның 21 байқаушысы' is that of the organization just named."""
    before = chunks[at - 1] if at else None
    if before is None or before.classes & {"the_one", "function", "contrast", "filler"}:
        return True
    return not before.is_word and before.name is None and before.number is None


def _nearer(named: str | None, before: str) -> str:
    """The body named in the sentence, unless it only shortens the one before it: 'the OSCE' after ODIHR."""
    return before if named is None or before.startswith(f"{named}-") else named


def _named_before(chunks: list[Chunk], at: int) -> str | None:
    """The body that the sentence itself names before a word."""
    names = [
        c.name
        for c in chunks[max(0, at - _SAME_BODY) : at]
        if c.name is not None and c.name.kind is NameKind.ORGANIZATION
    ]
    return f"organization:{names[-1].id}" if names else None


def _anaphor(chunks: list[Chunk], at: int, sender_before: str) -> Group | None:
    """'that mission', 'the long-term contingent': the body named last."""
    after = chunks[at + 1 : at + 5]
    of_another = bool(after) and "of_another" in after[0].classes and after[0].last - after[0].first == 1
    if of_another and len(after) > 1 and all(c.name is None or c.name.id == HOST for c in after):
        return None
    if "mission_itself" in chunks[at].classes and (not at or not (chunks[at - 1].name or chunks[at - 1].number)):
        return Group(at, at + 1, [sender_before], {"organizations"}, anaphoric=True)
    for i in range(at - 1, max(-1, at - 5), -1):
        if "the_one" in chunks[i].classes:
            return Group(i, at + 1, [sender_before], {"organizations"}, anaphoric=True)
        if chunks[i].classes & {"origin", "and", "have"} or not (chunks[i].is_word or chunks[i].text in "-–"):
            return None
    return None


def _named(chunks: list[Chunk], at: int) -> Group | None:
    name = chunks[at].name
    if name is None or name.id == HOST or name.kind is NameKind.CITY:
        return None
    if name.kind is NameKind.COUNTRY and _home_of_a_person(chunks, at):
        return None
    if name.kind is NameKind.ORGANIZATION and _of_its_members(chunks, at):
        return None
    if name.kind in {NameKind.ORGANIZATION, NameKind.UNKNOWN_BODY}:
        return Group(at, at + 1, [f"organization:{name.id}"], {"organizations"})
    if name.kind is NameKind.NATIONALITY:
        sends = any("side" in c.classes for c in chunks[at + 1 : at + 2])
        if not (sends or _after_a_number(chunks, at) or _among_states(chunks, at)):
            return None
    return Group(at, at + 1, [f"country:{name.id}"], {"countries"})


def _of_its_members(chunks: list[Chunk], at: int) -> bool:
    """'asks the OSCE states for 300 observers', 'государства-участники ОБСЕ': its members, not the body."""
    before, after = chunks[max(0, at - 2) : at], chunks[at + 1 : at + 2]
    members = bool(before) and "member_of" in before[-1].classes and not before[-1].classes & {"observer", "person"}
    return members or any("countries" in c.classes or "member_of" in c.classes for c in after if not c.number)


def _home_of_a_person(chunks: list[Chunk], at: int) -> bool:
    """'headed by Ambassador Boris Frlec of Slovenia': where a named person comes from."""
    if at < 3 or "origin" not in chunks[at - 1].classes:
        return False
    if "envoy" in chunks[at - 2].classes and at + 1 < len(chunks) and _is_unknown(chunks[at + 1]):
        return True
    named = [c for c in chunks[at - 3 : at - 1] if _is_unknown(c)]
    titles = [*chunks[max(0, at - 6) : at - 3], *chunks[at + 1 : at + 5]]
    return len(named) == 2 and any("entitled" in c.classes for c in titles)


def _is_unknown(chunk: Chunk) -> bool:
    """A word that no table knows, as a person's name is."""
    return chunk.is_word and not chunk.classes and chunk.name is None and chunk.number is None


def _among_states(chunks: list[Chunk], at: int) -> bool:
    """'Romania, Indian, the Philippines': a slip for the state's name."""
    before, after = chunks[max(0, at - 2) : at], chunks[at + 1 : at + 2]
    return bool(after) and after[0].text == "," and any(c.name and c.name.kind is NameKind.COUNTRY for c in before)


def _after_a_number(chunks: list[Chunk], at: int) -> bool:
    """A nationality sends observers only where it is counted: 'three Dutch ones', not 'Belarusian experts'."""
    return (at > 0 and chunks[at - 1].number is not None) or (
        at > 1 and chunks[at - 2].number is not None and chunks[at - 1].is_word and not chunks[at - 1].classes & {"and"}
    )


def _counted(chunks: list[Chunk], at: int) -> Group | None:
    """'14 foreign states': a number whose noun is organizations or countries."""
    number = chunks[at].number
    if number is None or number.kind not in _COUNTED or chunks[at].stands_for_noun:
        return None
    for i in range(at + 1, min(at + _LONGEST_NOUN_PHRASE, len(chunks))):
        classes = chunks[i].classes
        kind = _kind(classes)
        if kind:
            if "association" in classes or _of_bodies(chunks, at) or (at and "civic" in chunks[at - 1].classes):
                return None
            if "election_body" in classes:
                return Group(at, i + 1, kinds={"countries"}, generic=True)
            group = Group(at, i + 1, kinds={kind}, generic=True)
            if number.approx is None:
                group.counts[kind] = number.value
            return group
        if chunks[i].number is not None or not _modifier(chunks[i]):
            return None
    return None


def _election_bodies(chunks: list[Chunk], at: int) -> Group:
    """'13 electoral bodies of foreign countries': states send them, their number does not count states."""
    last = at + 1
    for i in range(at + 1, min(at + 6, len(chunks))):
        if _kind(chunks[i].classes) == "countries":
            last = i + 1
            break
        if not (chunks[i].number or chunks[i].classes & {"origin", "filler", "international"}):
            break
    return Group(at, last, kinds={"countries"}, generic=True)


def _of_bodies(chunks: list[Chunk], at: int) -> bool:
    """'election bodies of 14 countries', 'media from 26 countries': the number does not count senders."""
    return any("election_body" in c.classes or "journalist" in c.classes for c in chunks[max(0, at - 2) : at])


def _kind(classes: frozenset[str]) -> str | None:
    if "organizations" in classes:
        return "organizations"
    return "countries" if "countries" in classes or "country" in classes else None


def _modifier(chunk: Chunk) -> bool:
    """A chunk that may stand between a number and its noun."""
    if chunk.name is not None:
        return True
    if not chunk.is_word:
        return chunk.text in "-–" and chunk.glued
    return not chunk.classes or bool(chunk.classes & {"international", "and", "new", "rest", "domestic", "adjective"})


def _generic(chunks: list[Chunk], at: int) -> Group | None:
    """'foreign states', 'international organizations' without a number, as far as they are senders."""
    if at and (chunks[at - 1].classes & {"member_of", "election_body"} or "association" in chunks[at].classes):
        return None
    kind = _kind(chunks[at].classes)
    if kind is None or "single" in chunks[at].classes:
        return None
    if at + 1 < len(chunks) and "among_behind" in chunks[at + 1].classes:
        return None
    opened = [c for c in chunks[max(0, at - 3) : at] if "filler" not in c.classes]
    if opened and opened[-1].classes & {"leader", "presidential"} and kind == "countries":
        return None
    if any("among" in c.classes for c in chunks[max(0, at - 2) : at]) and any(
        c.text == "," for c in chunks[at + 1 : at + 2]
    ):
        return None
    if len(chunks) > at + 2 and chunks[at + 1].text in "-–" and "member_of" in chunks[at + 2].classes:
        return None
    return Group(at, at + 1, kinds={kind}, generic=True)


def _bodies_of(chunks: list[Chunk], left: Group, right: Group) -> bool:
    """'Қырғызстан мен Өзбекстанның сайлау органдары': the bodies of the states just named."""
    named = bool(left.ids or left.counts) and left.kinds == {"countries"} and left.last == right.first
    return named and not right.ids and "election_body" in chunks[right.first].classes


def _coordinated(chunks: list[Chunk], left: Group, right: Group) -> bool:
    between = chunks[left.last : right.first]
    if len(between) > 6:
        return False
    if left.generic and right.ids and _counted_itself(chunks, right):
        return False
    if any(c.text == "," for c in between) and _begins_a_clause(chunks, left, right, between):
        return False
    if (
        left.generic
        and left.ids == []
        and right.ids
        and any(c.classes & {"including"} or c.text == ":" for c in between)
    ):
        return all(
            c.classes & {"including", "filler", "mission", "and", "of_them"} or c.text in ":,–-(" for c in between
        )
    if any(c.number is not None or c.day is not None or c.text in ":;)" for c in between):
        return False
    if any(c.text == "," for c in between) and any({"have", "origin"} <= c.classes for c in between):
        return False
    if left.generic and right.generic and between and between[-1].text == "with":
        return False
    if len(between) == 1 and "joining" in between[0].classes and left.ids and right.ids:
        return True
    joined = any("and" in c.classes or c.text in ",/" for c in between)
    if any("rest" in c.classes for c in between) and not any("and" in c.classes for c in between):
        return False
    of_chain = not joined and left.generic and not left.ids and bool(right.ids)
    return (joined or of_chain) and all(
        c.classes & _BETWEEN_NAMES or c.text in ",/(—–-" or c.classes & {"origin", "international"} for c in between
    )


def _begins_a_clause(chunks: list[Chunk], left: Group, right: Group, between: list[Chunk]) -> bool:
    """'74 represent ODIHR, the CIS adds 10', 'four for the OTS, and Mongolia and Serbia sent two each'."""
    served = any(c.number is not None for c in chunks[max(0, left.first - _SERVED) : left.first])
    joined = any("and" in c.classes for c in between)
    if joined and not (served and len(left.ids) == 1):
        return False
    end = right.last
    while left.kinds != right.kinds and end < len(chunks) and (chunks[end].name is not None or _joins(chunks[end])):
        end += 1
    after = [c for c in chunks[end : end + 4] if not c.classes & {"filler", "new_word"} or "have" in c.classes]
    return len(after) > 1 and "have" in after[0].classes and after[1].number is not None


def _joins(chunk: Chunk) -> bool:
    return "and" in chunk.classes or chunk.text == ","


def _counted_itself(chunks: list[Chunk], group: Group) -> bool:
    """'including the CIS (48 observers)', 'Iraq and Italy – two each': the names have a number of their own."""
    end = group.last
    while end < len(chunks) and (
        chunks[end].name is not None or chunks[end].classes & _BETWEEN_NAMES or chunks[end].text == ","
    ):
        end += 1
    if end + 1 >= len(chunks) or chunks[end + 1].number is None:
        return False
    return chunks[end].text in "(–—-:" or "have" in chunks[end].classes


def _merge(left: Group, right: Group, chunks: list[Chunk]) -> None:
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
