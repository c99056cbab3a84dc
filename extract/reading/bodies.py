"""Which body a common noun means: 'that mission', 'the Assembly', 'the Office' go back to one named before."""

from __future__ import annotations

from dataclasses import dataclass

from extract.reading.groups import HOST, Group
from extract.reading.scan import Chunk
from extract.words.spans import NameKind

_PARENT = "organization:OSCE"
_BUREAU = "organization:OSCE-ODIHR"
_ASSEMBLY = "organization:OSCE-PA"
"""What 'the Parliamentary Assembly' is beside ODIHR where no assembly has been named."""
_SAME_BODY = 40
"""Chunks back to the body that 'its mission' means, or that a number without a sender of its own belongs to."""

_PART_OF_IT = 4
"""Chunks between 'including' and the body whose people are a part."""
_BESIDE_A_BODY = frozenset(
    {"in_all", "the_one", "function", "contrast", "filler", "observing", "poll", "meeting", "said"}
)
"""Words before 'the organization' that do not say which: 'сайлауды бақылауға ұйымнан 11 байқаушы келді'."""


@dataclass(slots=True)
class Named:
    """The bodies that the text has named so far."""

    topic: str | None = None
    """The body that the title is about."""
    last: str | None = None
    assembly: str | None = None
    """The last parliamentary assembly, which texts call 'the Assembly' for short."""
    bureau: str | None = None
    """ODIHR, 'the Office', once it is named."""
    mission: str | None = None
    """The last body called a mission, 'the CIS mission', which is what 'the mission' means."""

    def meant_by(self, chunks: list[Chunk], at: int) -> str | None:
        """The body that a common noun goes back to."""
        chunk = chunks[at]
        if "assembly_word" in chunk.classes:
            bureau = self.bureau or any(
                c.name is not None and f"organization:{c.name.id}" == _BUREAU for c in chunks[:at]
            )
            return self.assembly or (_ASSEMBLY if bureau else self.last) or named_before(chunks, at)
        if "bureau_word" in chunk.classes:
            return self.bureau or self.last
        if "mission_itself" not in chunk.classes or is_office_of(self.last, self.mission):
            return self.last
        return self.mission or self.last

    def forget(self) -> None:
        """Go back to no body named last, as at a new subject."""
        self.last = self.mission = None

    def hear(self, groups: list[Group], chunks: list[Chunk]) -> None:
        """Take in the bodies that a sentence names."""
        missions = [g.ids[0] for g in groups if _is_a_mission(g, chunks)]
        self.mission = missions[-1] if missions else self.mission
        own = groups if len(groups) == 1 else [g for g in groups if not _within_another(g, groups, chunks)]
        bodies = [i for g in own for i in g.ids if i.startswith("organization:")]
        self.assembly = next((i for i in reversed(bodies) if _is_assembly(i)), self.assembly)
        self.bureau = next((i for i in bodies if i == _BUREAU), self.bureau)
        named = bodies[-1] if bodies else self.last
        # 'The Executive Committee of the CIS and the Parliamentary Assembly send people': in a text on the CIS mission
        listed = any(self.topic in g.ids and len(g.ids) > 1 for g in own)
        named = self.topic if listed and not is_office_of(named, self.topic) else named
        self.last = self.last if is_office_of(self.last, named) else named


def _within_another(group: Group, groups: list[Group], chunks: list[Chunk]) -> bool:
    """'78 observers of the CIS, including 22 from its Assembly': the text goes on about the first."""
    if group is groups[0] or not groups[0].ids or groups[0].ids[0].startswith("country:"):
        return False
    between = chunks[groups[0].last : group.first][-_PART_OF_IT:]
    counted = any(c.number is not None for c in between)  # 'among them 17 from its Assembly'
    return any("including" in c.classes and (counted or "of_them" not in c.classes) for c in between)


def _is_a_mission(group: Group, chunks: list[Chunk]) -> bool:
    """'ТМД миссиясы', 'миссия СНГ': the one body that a sentence calls a mission."""
    if len(group.ids) != 1 or group.anaphoric or not group.ids[0].startswith("organization:"):
        return False
    beside = [*chunks[max(0, group.first - 1) : group.first], *chunks[group.last : group.last + 1]]
    return any({"mission", "mission_word"} <= c.classes for c in beside)


def body_meant(chunks: list[Chunk], at: int, before: str) -> str | None:
    """The body that a common noun means, 'the Assembly', 'the organization'; `before` is the one named last."""
    classes = chunks[at].classes
    if _means_a_body(chunks, at):
        if "assembly_word" in classes and before == _ASSEMBLY:
            return before
        return _of_the_bureau(_nearer(named_before(chunks, at), before), chunks, at)
    if "body_itself" not in classes or not _unqualified(chunks, at):
        return None
    if ("assembly_word" in classes and _is_assembly(before)) or ("bureau_word" in classes and before == _BUREAU):
        return before
    return _of_the_bureau(_nearer(named_before(chunks, at), before), chunks, at)


def _of_the_bureau(body: str, chunks: list[Chunk], at: int) -> str:
    """'388 belong to ODIHR and 34 to the Parliamentary Assembly': that of the same organization."""
    if "assembly_word" not in chunks[at].classes:
        return body
    full = at > 0 and _is_parliamentary(chunks[at - 1])  # 'two structures of the OSCE: the Parliamentary Assembly ...'
    return _ASSEMBLY if body == _BUREAU or (body == _PARENT and full) else body


def _means_a_body(chunks: list[Chunk], at: int) -> bool:
    """'трех наблюдателей этой организации', 'девять наблюдателей Ассамблеи', '28 представителей бюро'."""
    classes = chunks[at].classes
    back = at - 1 - (at > 0 and {"adjective", "parliamentary"} <= chunks[at - 1].classes)
    before = chunks[back].classes if back >= 0 else frozenset()
    if {"organizations", "mission_word"} <= classes and "this" in before:
        return True
    counted = at > 1 and chunks[at - 2].number is not None and "person" in before
    if {"organizations", "mission_word"} <= classes and counted and "association" not in classes:
        return True
    people = bool(before & {"observer", "person", "represent"}) or (
        "comes_from" in before and "assembly_word" in classes
    )
    share = at > 1 and chunks[at - 1].text in "–—-" and chunks[at - 2].number is not None  # '30 - Ассамблею'
    return bool(classes & {"assembly_word", "bureau_word"}) and (people or share) and chunks[at].name is None


def _unqualified(chunks: list[Chunk], at: int) -> bool:
    """Whether nothing says which body: 'ұйымның 21 байқаушысы' is that of the organization just named."""
    # 'ДИАҚБ-дан 328, Парламенттік Ассамблеядан 92': what an assembly is called says not whose it is
    first = at - 1 if at and "assembly_word" in chunks[at].classes and _is_parliamentary(chunks[at - 1]) else at
    before = chunks[first - 1] if first else None
    if before is None or before.day is not None or before.classes & _BESIDE_A_BODY:
        return True
    if "of_case" in chunks[at].classes and before.classes & {"commission", "of_case"} == {"commission"}:
        return True  # 'комиссия бюроның 39 өкілін тіркеген': who accredits stands before whom
    to_the_host = before.name is not None and before.name.id == HOST  # 'Қазақстанға достастықтан 330 байқаушы келді'
    return to_the_host or (not before.is_word and before.name is None and before.number is None)


def _is_parliamentary(chunk: Chunk) -> bool:
    return "parliamentary" in chunk.classes and chunk.name is None and chunk.last - chunk.first == 1


def _nearer(named: str | None, before: str) -> str:
    """The body named in the sentence, unless it only shortens the one before it: 'the OSCE' after ODIHR."""
    return before if named is None or before.startswith(f"{named}-") else named


def named_before(chunks: list[Chunk], at: int) -> str | None:
    """The body that the sentence itself names before a chunk: 'The largest is ODIHR's mission, it has 44'."""
    names = [
        c.name
        for c in chunks[max(0, at - _SAME_BODY) : at]
        if c.name is not None and c.name.kind is NameKind.ORGANIZATION
    ]
    return f"organization:{names[-1].id}" if names else None


def mission_meant(chunks: list[Chunk], at: int, before: str) -> Group | None:
    """'that mission', 'the long-term contingent': that of the body named last, which is `before` or stands nearer."""
    body = _nearer(named_before(chunks, at), before)
    after = chunks[at + 1 : at + 5]
    of_another = bool(after) and "of_another" in after[0].classes and after[0].last - after[0].first == 1
    if of_another and len(after) > 1 and all(c.name is None or c.name.id == HOST for c in after):
        return None
    if "mission_itself" in chunks[at].classes and (not at or not (chunks[at - 1].name or chunks[at - 1].number)):
        return Group(at, at + 1, [body], {"organizations"}, anaphoric=True)
    for i in range(at - 1, max(-1, at - 5), -1):
        if "the_one" in chunks[i].classes:
            return Group(i, at + 1, [body], {"organizations"}, anaphoric=True)
        if chunks[i].classes & {"origin", "and", "have"} or not (chunks[i].is_word or chunks[i].text in "-–"):
            return None
    return None


def _is_assembly(scope: str) -> bool:
    return scope.endswith(("PA", "PACE", "PAM", "UBR"))


def is_office_of(office: str | None, parent: str | None) -> bool:
    """Whether a scope is that of an office of the OSCE and the other the OSCE's, which texts use for short."""
    return office is not None and parent == _PARENT and office.startswith(f"{_PARENT}-")


def without_parent(group: Group) -> None:
    """'the OSCE, through its Office for Democratic Institutions and Human Rights': the office sends."""
    if len(group.ids) > 1 and any(is_office_of(i, _PARENT) for i in group.ids):
        group.ids = [i for i in group.ids if i != _PARENT]
