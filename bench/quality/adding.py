"""Try words before they are taken: which articles are read better, and which worse, if a class had one more?

    python -m bench.quality.adding LANGUAGE CLASS WORD... [--write]

prints for each word in how many known articles it stands and how many of these come out better and worse with it; with
`--write`, those that none is read worse for go into `words.toml`. Words are written as there: `~` for any ending,
`{name}` for each entry of a macro. A class that several sections have is named with its own: `nouns.person`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.quality.rules import differences
from bench.quality.stories import more_articles
from bench.quality.tidy import TABLES, tidied
from bench.quality.words import Tables, matching, reading_by, tables
from tests.extract.corpora import LANGUAGES, Story, everything


@dataclass(frozen=True, slots=True)
class Trial:
    """What a word does to the articles in which it stands."""

    word: str
    articles: int
    better: int
    worse: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, and write what harms nothing if asked to; 0 when it is done, 2 for a class that is not there."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality.adding", description=__doc__.partition("\n")[0])
    parser.add_argument("language", choices=LANGUAGES)
    parser.add_argument("name", metavar="CLASS", help="a class of the language's words.toml, such as proposed")
    parser.add_argument("words", nargs="+", metavar="WORD", help="words and phrases as they would stand in the table")
    parser.add_argument("--write", action="store_true", help="add those that no article is read worse for")
    asked = parser.parse_args(arguments)
    sections = sections_of(asked.language, asked.name)
    if len(sections) != 1:
        parser.error(f"{len(sections)} sections of {asked.language} have a class {asked.name!r}: name SECTION.CLASS")
    name = asked.name.rpartition(".")[2]
    sys.stdout.write(f"{'word':50} {'stands in':>9} {'better':>7} {'worse':>7}\n")
    harmless = []
    for trial in trials(asked.language, sections[0], name, asked.words):
        sys.stdout.write(f"{trial.word:50} {trial.articles:9} {trial.better:7} {trial.worse:7}\n")
        harmless += [] if trial.worse else [trial.word]
    if asked.write and harmless:
        write(asked.language, sections[0], name, harmless)
    return 0


def sections_of(language: str, name: str) -> list[str]:
    """The sections of a language's table that have the class; of one section if the name says which."""
    section, _, own = name.rpartition(".")
    return [s for s, classes in tables(language).items() if own in classes and section in {"", s}]


def trials(language: str, section: str, name: str, words: Sequence[str]) -> Iterator[Trial]:
    """What each word alone does, as one more of the class."""
    stories = known(language)
    stands_in = matching(language, words, [story.article for story in stories])
    for word in words:
        found = [stories[at] for at in stands_in[word]]
        before = [differences(story) for story in found]
        with reading_by(language, with_words(language, section, name, [word])):
            now = [differences(story) for story in found]
        better = sum(a > b for a, b in zip(before, now, strict=True))
        yield Trial(word, len(found), better, sum(a < b for a, b in zip(before, now, strict=True)))


def known(language: str) -> list[Story]:
    """The articles in a language of which all is known: those of the tests, and those learned from."""
    learned = (story for of in more_articles().values() for story in of if story.article.language == language)
    return [*everything(language), *(story for story in learned if "election" in story.gold)]


def with_words(language: str, section: str, name: str, words: Sequence[str]) -> Tables:
    """The language's table with more words in a class."""
    full = tables(language)
    return full | {section: full[section] | {name: [*full[section][name], *words]}}


def write(language: str, section: str, name: str, words: Sequence[str]) -> None:
    """Add words to a class where it stands, in their alphabetical place."""
    path = next(path for path in TABLES if path.parent.name == language)
    text = path.read_text(encoding="utf-8")
    at = text.index(f"\n{name} = [", text.index(f"[{section}]")) + len(f"\n{name} = [")
    added = "".join(f"{json.dumps(word, ensure_ascii=False)}, " for word in words)
    path.write_text(tidied(text[:at] + added + text[at:]), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
