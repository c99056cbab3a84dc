"""The same words in another layout: paragraphs joined and split, lists as lines, blanks and dashes of other houses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.model import Article
from tests.extract.corpora import Story

_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{4}[.!?]) (?=[A-ZА-ЯЁӘҒҚҢӨҰҮІ])")
"""Behind a word of four letters or more: 'Nov.', 'г.' and 'ж.' are none."""
_BULLET = re.compile(r"[-–—•*·] ?")
_ITEM_END = re.compile(r"[;,.]$")


def _with(story: Story, paragraphs: Sequence[str]) -> Article | None:
    changed = story.changed(story.article.title, tuple(paragraphs))
    return None if changed == story.article else changed


def _is_prose(paragraph: str) -> bool:
    return paragraph[-1:] in ".!?" and not _BULLET.match(paragraph) and "|" not in paragraph


def joined(story: Story) -> Article | None:
    """Two paragraphs of prose in one, from the first on; lists stay as they are."""
    out: list[str] = []
    for paragraph in story.article.paragraphs:
        if out and _is_prose(out[-1]) and _is_prose(paragraph) and len(out[-1]) < 500:
            out[-1] += f" {paragraph}"
        else:
            out.append(paragraph)
    return _with(story, out)


def split(story: Story) -> Article | None:
    """Every sentence a paragraph of its own."""
    return _with(story, [piece for p in story.article.paragraphs for piece in _SENTENCE_END.split(p)])


def wrapped(story: Story) -> Article | None:
    """Broken into lines, as plain text in mails is; a number of two groups stays on its line or is broken between."""
    return _with(story, [re.sub(r" (?=\S+(?: \S+){5} )", "\n", p, count=1) for p in story.article.paragraphs])


def numbers_across_lines(text: str) -> str:
    """'1 026' with its groups on two lines."""
    return re.sub(r"(?<=\d)[ \u00a0](?=\d{3}\b)", "\n", text)


def lists_as_lines(story: Story) -> Article | None:
    """'They are: a; b; c.' as an introduction and lines with dashes."""
    out: list[str] = []
    for paragraph in story.article.paragraphs:
        head, colon, tail = paragraph.partition(": ")
        items = tail.split("; ")
        if colon and len(items) > 2 and not _SENTENCE_END.search(tail) and '"' not in head and "“" not in head:
            out += [f"{head}:", *(f"– {item};" for item in items[:-1]), f"– {items[-1]}"]
        else:
            out.append(paragraph)
    return _with(story, out)


def lists_in_one_line(story: Story) -> Article | None:
    """An introduction and lines with dashes as 'They are: a; b; c.'"""
    out: list[str] = []
    for paragraph in story.article.paragraphs:
        if _BULLET.match(paragraph) and out and out[-1][-1:] in ":;,":
            before = out[-1] if out[-1].endswith(":") else f"{out[-1][:-1]};"
            out[-1] = f"{before} {_BULLET.sub('', paragraph, count=1)}"
        else:
            out.append(paragraph)
    return _with(story, out)


def other_bullets(text: str) -> str:
    """Items of a list with another mark."""
    return re.sub(r"\A[-–—•*·] ?", "• " if text[:1] in "-–—" else "– ", text)


def digits_without_groups(text: str) -> str:
    """'1,013' and '1 013' as 1013."""
    return re.sub(r"(?<![\d.,+(])(\d{1,3})[,\u00a0 ](\d{3})(?![\d,.\u00a0 -]*\d)", r"\1\2", text)


def blanks_in_groups(text: str) -> str:
    """'1,013' as '1 013', as international bodies write it."""
    return re.sub(r"(?<![\d.])(\d{1,3}),(\d{3})(?!\d)", r"\1 \2", text)


def dashes_without_blanks(text: str) -> str:
    """'the CIS – 12' as 'the CIS—12', as American papers have it."""
    return re.sub(r"(?<=\w) [–—] (?=\w)", "—", text)


def doubled_hyphens(text: str) -> str:
    """'the CIS – 12' as 'the CIS -- 12', as wire services have it."""
    return re.sub(r"(?<=\S) [–—] (?=\S)", " -- ", text)
