"""Whose a number is that title and text tell: 'Six Russian officials to observe the vote' above '6 are accredited'."""

from __future__ import annotations

from extract.model import Where
from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.rounding import rounds
from extract.reading.scan import Sentence
from extract.reading.statements import Statements


def senders_of_the_title(found: Statements) -> None:
    """Give numbers without a sender of their own the one that the same number has in the title."""
    sentences = found.scan.sentences
    titled: dict[int, str] = {}
    for mention in [*found.mentions, *found.refused]:
        if sentences[mention.sentence].where is Where.TITLE and (sender := _its_only_sender(mention)) is not None:
            titled[mention.value] = sender
    for mention in found.mentions:
        bare = mention.scope in {None, "total"} and (mention.group is None or not mention.group.ids)
        if bare and mention.value in titled and sentences[mention.sentence].where is Where.BODY:
            mention.scope = titled[mention.value]


def locals_of_the_title(mentions: list[Mention], sentences: list[Sentence]) -> None:
    """'1,200 observers to watch the vote' above 'more than 1,200 local observers': the title means the same ones."""
    for mention in mentions:
        if sentences[mention.sentence].where is not Where.TITLE or mention.scope not in {None, "total"}:
            continue
        body = [m for m in mentions if sentences[m.sentence].where is Where.BODY]
        same = [m for m in body if m.value == mention.value or rounds(mention, m.value)]
        if same and all(m.scope == "domestic" for m in same) and mention.noun == "observer":
            mention.scope = "domestic"


def _its_only_sender(mention: Mention) -> str | None:
    ids = mention.group.ids if mention.group is not None else []
    if mention.number.approx is not None or level(mention.scope) == 1:
        return None
    return ids[0] if len(ids) == 1 else None
