"""The tables of names, made ready for looking up: per language the words known, and a trie of their sequences."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final, cast

from extract.words.inflection import KAZAKH_ENDINGS, kazakh_stems, kazakh_written, russian_forms
from extract.words.patterns import Macros, expand
from extract.words.spans import NameKind
from extract.words.tokens import Token, tokenize

DASHES: Final = frozenset("-–—‑‐/−")
_SKIPPED: Final = {"en": DASHES | {"the", "'s", "'", "co"}, "ru": DASHES, "kk": DASHES}
_PEOPLE: Final = "~"
"""Marks the word of a Kazakh adjective that is derived from a state's name."""
_LOOKALIKES: Final = str.maketrans("aceopxyihABCEHKMOPTXYI", "асеорхуіһАВСЕНКМОРТХУІ")
"""Latin letters that stand for Cyrillic ones in words of both alphabets, as some sites write them."""
_PLAIN_WORDS: Final = frozenset(
    {
        "given_names", "common_words", "home_words", "host_words", "body_words", "sent_words", "generic_words",
        "beside_days", "separators", "connecting_words", "articles", "several_assemblies",
    }
)  # fmt: skip
"""Keys of phrases.toml whose words are compared as they are written."""
_MOST_FORMS: Final = 50_000
"""Forms remembered per language; more than a year's news holds, and a bound on memory."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a sequence of words names. `kind` is None for phrases that only keep others from being found."""

    kind: NameKind | None
    id: str
    capital: bool
    """At least one of its words has to begin with a capital."""


@dataclass(slots=True)
class Node:
    """A step in the trie."""

    children: dict[str, Node] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()


class Gazetteer:
    """The names of one language. Built once, read by any number of threads."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.skipped = _SKIPPED[language]
        self.root = Node()
        self.phrases: dict[str, Node] = {}
        self.words: dict[str, frozenset[str]] = {}
        self._aliases: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        self._forms: dict[str, tuple[str, ...]] = {}
        self._capitals: dict[str, str] = {}
        self._stems: dict[str, tuple[str, ...]] = {}
        self._seen: dict[str, tuple[str, ...]] = {}

    def add(self, words: Iterable[str], entry: Entry, *, derived: bool = False) -> None:
        """Enter a name under its words."""
        self._enter(self.root, [self._learn(w) for w in words], entry, derived)

    def add_phrase(self, kind: str, words: Sequence[str], *, backwards: bool = False) -> None:
        """Enter words that may stand beside a name."""
        steps = [self._learn(w) for w in words]
        node = self.phrases.setdefault(kind, Node())
        self._enter(node, steps[::-1] if backwards else steps, Entry(None, "", capital=False), derived=False)

    def _enter(self, node: Node, steps: list[str], entry: Entry, derived: bool) -> None:
        for step in steps[:-1]:
            node = node.children.setdefault(step, Node())
        last = steps[-1] + _PEOPLE if derived else steps[-1]
        node = node.children.setdefault(last, Node())
        if entry not in node.entries:
            node.entries = (*node.entries, entry)

    def _learn(self, word: str) -> str:
        """The word's key in the trie; its forms are known from now on."""
        found = self._keys.get(word)
        if found is None:
            found = self._keys[word] = self._learn_new(word)
        return found

    def _learn_new(self, word: str) -> str:
        bare = word.removeprefix("=")
        if len(bare) > 1 and bare.isupper():
            self._capitals[bare] = bare
            return bare
        key = bare.lower().replace("ё", "е").replace("’", "'")
        key = self._aliases.get(key, key)
        if not key[0].isalpha():
            self._forms[key] = (key,)
        elif self.language == "kk":
            for written in kazakh_written(key):
                self._stems[written] = tuple({*self._stems.get(written, ()), key})
        elif self.language == "ru":
            marked = "=" + key if word.startswith("=") else key
            for form in russian_forms(marked, singular=bare[0].isupper()):
                self._forms[form] = tuple({*self._forms.get(form, ()), key})
        else:
            self._forms[key] = tuple({*self._forms.get(key, ()), key})
        return key

    def alias(self, form: str, word: str) -> None:
        """Take a word for another, in texts and in the names entered from now on."""
        self._aliases[form] = word
        self._forms[form] = (word,)

    def lemmas(self, tokens: Sequence[Token], texts: Iterable[str]) -> list[tuple[str, ...]]:
        """For each token the words of the tables that it can be a form of; `texts` are those of the tokens."""
        found = list(map(self._seen.get, texts))
        if None in found:  # a word not met before
            return [self._remember(t) if words is None else words for t, words in zip(tokens, found, strict=True)]
        return cast("list[tuple[str, ...]]", found)

    def _remember(self, token: Token) -> tuple[str, ...]:
        found = self._lemmas(token.text, token.lower)
        if len(self._seen) >= _MOST_FORMS:
            self._seen.clear()
        self._seen[token.text] = found
        return found

    def _lemmas(self, text: str, lower: str) -> tuple[str, ...]:
        if self.language != "en" and not text.isascii() and any("A" <= c <= "z" for c in text):
            text, lower = text.translate(_LOOKALIKES), lower.translate(_LOOKALIKES)
        found = self._capitals.get(text)
        capitals = (found,) if found else ()
        if self.language == "kk" and lower not in self._forms:
            return capitals + self._kazakh(text, lower)
        return capitals + self._forms.get(lower, ())

    def _kazakh(self, text: str, lower: str) -> tuple[str, ...]:
        nouns, adjectives = kazakh_stems(lower, self._stems)
        upper = next((i for i, c in enumerate(text) if not c.isupper()), len(text))
        if 1 < upper < len(text) and text[upper:] in KAZAKH_ENDINGS and text[:upper] in self._capitals:
            nouns.append(text[:upper])
        return (*nouns, *(a + _PEOPLE for a in adjectives))


def words_of(text: str) -> list[str]:
    """A name's words as the reader sees them; '=' stays with its word."""
    words: list[str] = []
    for part in text.split():
        fixed = part.startswith("=")
        words.extend(("=" if fixed else "") + t.text for t in tokenize(part.removeprefix("=")) if t.text not in DASHES)
    return words


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((files("extract") / "data" / f"{name}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=3)
def gazetteer(language: str) -> Gazetteer:
    """The names of 'en', 'ru' or 'kk', built when first asked for."""
    made = Gazetteer(language)
    for form, word in _table("organizations")["aliases"].get(language, {}).items():
        made.alias(form, word)
    _add_states(made)
    _add_cities(made)
    _add_bodies(made)
    _add_phrases(made)
    return made


def _add_states(made: Gazetteer) -> None:
    language = made.language
    for code, row in _table("countries").items():
        for name in _alternatives(row.get(language)):
            made.add(words_of(name), Entry(NameKind.COUNTRY, code, capital=True))
            if language == "kk":
                made.add(words_of(name), Entry(NameKind.NATIONALITY, code, capital=False), derived=True)
        for name in _alternatives(row.get(f"{language}_of")):
            made.add(words_of(name), Entry(NameKind.NATIONALITY, code, capital=language == "en"))
            if language == "en" and name[-1] in "nikbtsecr" and not name.endswith(("sh", "ch", "ese", "ss")):
                made.add(words_of(name + "s"), Entry(NameKind.NATIONALITY, code, capital=True))


def _add_cities(made: Gazetteer) -> None:
    for name, row in _table("cities").items():
        for written in _alternatives(row[made.language]):
            made.add(words_of(written), Entry(NameKind.CITY, name, capital=True))


def _alternatives(text: str | None) -> list[str]:
    return [part.strip() for part in text.split(";")] if text else []


def _add_bodies(made: Gazetteer) -> None:
    table = _table("organizations")
    language = made.language
    macros: Macros = table["macros"][language]
    for identifier, row in table["organizations"].items():
        patterns = [*row.get(language, ()), *(row.get("latin", ()) if language != "en" else ())]
        for pattern in patterns:
            for words in expand(pattern, macros):
                made.add(words, Entry(NameKind.ORGANIZATION, identifier, capital=len(words) < 3))
    for pattern in table["own_assembly"].get(language, ()):
        for words in expand(pattern, macros):
            made.add(words, Entry(NameKind.ORGANIZATION, OWN_ASSEMBLY, capital=False))


OWN_ASSEMBLY: Final = "*"
"""Stands for the assembly of the body named before."""


def _add_phrases(made: Gazetteer) -> None:
    table = _table("phrases")[made.language]
    macros: Macros = _table("organizations")["macros"][made.language]
    for kind, lines in table.items():
        if kind in _PLAIN_WORDS:
            made.words[kind] = frozenset(lines)
            continue
        for line in lines:
            for words in expand(line, macros):
                if kind == "nothing":
                    made.add(words_of(" ".join(words)), Entry(None, "", capital=False))
                else:
                    made.add_phrase(kind, words, backwards=kind.startswith("before"))


@lru_cache(maxsize=1)
def families() -> tuple[dict[str, str], dict[str, str]]:
    """Whose assembly is which ('its Parliamentary Assembly'), and which body is part of which."""
    table = _table("organizations")
    return table["assemblies"], table["parents"]
