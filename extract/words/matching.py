"""The search for the names of a gazetteer in a run of tokens: the longest sequence, and what belongs to it."""

from __future__ import annotations

from extract.words.cursor import Columns
from extract.words.gazetteer import OWN_ASSEMBLY, Entry, Gazetteer, Node, families
from extract.words.inflection import KAZAKH_ENDINGS
from extract.words.spans import Name, NameKind

_SENTENCE_ENDS = frozenset(".!?…:")
_OPENINGS = _SENTENCE_ENDS | frozenset('«“„"•–—-')
_JOINING = frozenset({"and", "the", "и", "және", "мен", "пен", "бен"})
_LIST_MARKS = frozenset({",", ";", "(", "-", "–", "—", "и", "және", "мен", "and"})
_MOST_WORDS_IN_PARENTHESES = 12


class NameFinder:
    """Finds the names in one run of tokens; made for it and used once."""

    def __init__(self, columns: Columns, known: Gazetteer) -> None:
        self.tokens = columns.tokens
        self.known = known
        self.lemmas = known.lemmas(columns.tokens, columns.texts)
        self.names: list[Name] = []
        self.body = ""  # the last body found: whose assembly 'its Parliamentary Assembly' is

    def find(self) -> list[Name]:
        """The names in their order, never overlapping."""
        position = 0
        root = self.known.root
        starts = root.children.keys()
        for index, lemmas in enumerate(self.lemmas):
            if index < position or not lemmas or starts.isdisjoint(lemmas):
                continue
            found = self._longest(root, index)
            if found is None:
                continue
            last, entry = found
            name = self._name(index, last, entry)
            if name is None:
                position = last if entry.kind is None else max(position, index + 1)
                continue
            self.names.append(name)
            position = name.last
        return self.names

    def _longest(self, root: Node, first: int) -> tuple[int, Entry] | None:
        """The longest sequence from `first` that is a name and is written like one."""
        best: tuple[int, Entry] | None = None
        nodes = [root]
        index = first
        skipped = 0
        while index < len(self.tokens):
            lemmas = self.lemmas[index]
            following = [n.children[w] for n in nodes for w in lemmas if w in n.children] if lemmas else []
            if not following:
                if nodes[0] is root or skipped > 1 or self.tokens[index].lower not in self.known.skipped:
                    break
                skipped += 1
                index = max(index + 1, self._with_endings(index))
                continue
            skipped = 0
            nodes = following
            index += 1
            entry = self._entry(nodes, first, index)
            if entry is not None:
                best = index, entry
        return best

    def _entry(self, nodes: list[Node], first: int, last: int) -> Entry | None:
        capital = None
        for node in nodes:
            for entry in node.entries:
                if entry.capital:
                    if capital is None:
                        capital = any(t.text[0].isupper() for t in self.tokens[first:last])
                    if not capital:
                        continue
                return entry
        return None

    def _name(self, first: int, last: int, entry: Entry) -> Name | None:
        if entry.kind is NameKind.ORGANIZATION:
            return self._body(first, last, entry.id)
        if entry.kind is NameKind.NATIONALITY:
            return self._adjective(first, last, entry.id)
        if entry.kind is None or (last - first == 1 and self._is_other_word(first)):
            return None
        last = self._after("after_state", last) or self._with_endings(last)
        last, _ = self._with_parentheses(last, entry.id)
        return Name(self._before("before_state", first), last, entry.kind, entry.id)

    def _adjective(self, first: int, last: int, code: str) -> Name | None:
        if (end := self._after("after_adjective", last)) is not None:
            return Name(first, end, NameKind.COUNTRY, code)
        if self._after("not_adjective", last) is not None:
            return None
        return Name(first, last, NameKind.NATIONALITY, code)

    def _body(self, first: int, last: int, identifier: str) -> Name | None:
        if identifier == OWN_ASSEMBLY:
            assembly = families()[0].get(self.body)
            return Name(first, last, NameKind.ORGANIZATION, assembly) if assembly else None
        if self._continues_assemblies(first):
            identifier = families()[0].get(identifier, identifier)
        last = self._with_endings(last)
        last, identifier = self._with_parentheses(last, identifier)
        last = self._with_endings(last)
        last = self._after("after_body", last) or last
        self.body = identifier
        return Name(self._before("before_body", first), last, NameKind.ORGANIZATION, identifier)

    def _continues_assemblies(self, first: int) -> bool:
        """Whether 'and' joins the body to one whose assembly was named in the plural."""
        before = self.names[-1] if self.names else None
        if before is None or not {t.lower for t in self.tokens[before.last : first]} <= _JOINING:
            return False
        several = self.known.words["several_assemblies"]
        return any(t.lower in several for t in self.tokens[before.first : before.last])

    def _is_other_word(self, index: int) -> bool:
        """A given name, or a common word that only begins a sentence."""
        token = self.tokens[index]
        before = self.tokens[index - 1] if index else None
        if token.lower in self.known.words.get("given_names", ()):
            surname = self._is_capitalised(index + 1)
            opens = index < 2 or self.tokens[index - 2].text in _SENTENCE_ENDS
            return surname or (self._is_capitalised(index - 1) and not opens)
        if token.lower in self.known.words.get("common_words", ()):
            follows = self.tokens[index + 1].text if index + 1 < len(self.tokens) else ""
            return (before is None or before.text in _OPENINGS) and follows not in _LIST_MARKS
        if token.lower == "us":
            return self._is_shouted(index)
        return False

    def _is_capitalised(self, index: int) -> bool:
        """Whether a capitalised word that no table knows stands there."""
        if not 0 <= index < len(self.tokens):
            return False
        token = self.tokens[index]
        return token.kind == "word" and token.text[0].isupper() and not token.text.isupper() and not self.lemmas[index]

    def _is_shouted(self, index: int) -> bool:
        """Whether the words around are in capitals too, so that capitals tell nothing: 'LET US VOTE'."""
        around = [t for t in self.tokens[max(0, index - 1) : index + 2] if t.kind == "word" and len(t.text) > 2]
        return bool(around) and all(t.text.isupper() and t.lower != "the" for t in around)

    def _with_endings(self, last: int) -> int:
        """Kazakh endings after a hyphen belong to the name: 'ЕҚЫҰ-дан'."""
        tokens = self.tokens
        if (
            self.known.language == "kk"
            and last + 1 < len(tokens)
            and tokens[last].text in "-–‑"
            and tokens[last].glued
            and tokens[last + 1].glued
            and tokens[last + 1].lower in KAZAKH_ENDINGS
        ):
            return last + 2
        return last

    def _with_parentheses(self, last: int, identifier: str) -> tuple[int, str]:
        """An abbreviation or a second name of the same body in parentheses belongs to the name."""
        tokens = self.tokens
        if last >= len(tokens) or tokens[last].text != "(":
            return last, identifier
        start = last + 1
        while start < len(tokens) and start < last + 4 and not self.lemmas[start]:
            if tokens[start].text == ")":
                return last, identifier
            start += 1
        found = self._longest(self.known.root, start) if start < len(tokens) else None
        if found is None:
            return last, identifier
        end = self._with_endings(found[0])
        other = found[1].id
        if end >= len(tokens) or tokens[end].text != ")" or end - last > _MOST_WORDS_IN_PARENTHESES:
            return last, identifier
        parents = families()[1]
        if other == identifier or parents.get(identifier) == other:
            return end + 1, identifier
        return (end + 1, other) if parents.get(other) == identifier else (last, identifier)

    def _after(self, kind: str, last: int) -> int | None:
        """Where the longest phrase of this kind that begins at `last` ends."""
        node = self.known.phrases.get(kind)
        if node is None or last >= len(self.tokens):
            return None
        found = self._longest(node, last)
        return None if found is None else found[0]

    def _before(self, kind: str, first: int) -> int:
        """Where the longest phrase of this kind that ends at `first` begins."""
        root = self.known.phrases.get(kind)
        nodes = [root] if root else []
        best = first
        floor = self.names[-1].last if self.names else 0
        index = first - 1
        while nodes and index >= floor:
            following = [n.children[w] for n in nodes for w in self.lemmas[index] if w in n.children]
            if following:
                nodes = following
                if any(n.entries for n in nodes):
                    best = index
            elif self.tokens[index].lower not in self.known.skipped:
                break
            index -= 1
        return best
