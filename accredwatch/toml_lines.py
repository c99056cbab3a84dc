"""At which line of a TOML file each key stands, so that a complaint about a value can point at it.

tomllib reads values without their places; this walks over a text that tomllib has accepted and notes only the places.
"""

from __future__ import annotations

import re
import tomllib
from typing import cast

Path = tuple[str | int, ...]

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRINGS = (
    re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}', re.DOTALL),
    re.compile(r"'''(?:[^']|'(?!''))*'{3,5}"),
    re.compile(r'"(?:[^"\\\n]|\\.)*"'),
    re.compile(r"'[^'\n]*'"),
)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^,\]}#\n]+")
_BLANKS = re.compile(r"[ \t]*")


class _Walker:
    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.lines: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}

    def walk(self) -> None:
        table: Path = ()
        self._skip(_SPACE)
        while self.position < len(self.text):
            if self.text[self.position] == "[":
                table = self._header()
            else:
                self._assignment(table)
            self._skip(_SPACE)

    def _header(self) -> Path:
        line = self._line()
        listed = self.text.startswith("[[", self.position)
        self.position += 2 if listed else 1
        keys = self._keys()
        self._skip(_BLANKS)
        self.position += 2 if listed else 1
        table = self._within(keys[:-1]) + keys[-1:]
        if listed:
            self.lines.setdefault(table, line)
            index = self.counts.get(table, -1) + 1
            self.counts[table] = index
            table += (index,)
        self.lines.setdefault(table, line)
        return table

    def _within(self, keys: tuple[str, ...]) -> Path:
        """The full path of keys of a header, with the index of the latest element of each list of tables on the way."""
        path: Path = ()
        for key in keys:
            path += (key,)
            if path in self.counts:
                path += (self.counts[path],)
        return path

    def _assignment(self, table: Path) -> None:
        line = self._line()
        path = table
        for key in self._keys():
            path += (key,)
            self.lines.setdefault(path, line)
        self._skip(_BLANKS)
        self.position += 1
        self._skip(_BLANKS)
        self._value(path)

    def _value(self, path: Path) -> None:
        opening = self.text[self.position]
        if opening == "[":
            self._items(path, "]")
        elif opening == "{":
            self._items(path, "}")
        elif opening in "\"'":
            self._string()
        else:
            self._skip(_BARE_VALUE)

    def _items(self, path: Path, closing: str) -> None:
        self.position += 1
        index = 0
        self._skip(_SPACE)
        while self.text[self.position] != closing:
            if closing == "]":
                self.lines.setdefault((*path, index), self._line())
                self._value((*path, index))
                index += 1
            else:
                self._assignment(path)
            self._skip(_SPACE)
            if self.text[self.position] == ",":
                self.position += 1
                self._skip(_SPACE)
        self.position += 1

    def _keys(self) -> tuple[str, ...]:
        keys = []
        while True:
            self._skip(_BLANKS)
            if self.text[self.position] in "\"'":
                quoted = self._string()
                keys.append(cast("str", tomllib.loads(f"key = {quoted}")["key"]))
            else:
                keys.append(self._skip(_BARE_KEY))
            self._skip(_BLANKS)
            if self.text[self.position] != ".":
                return tuple(keys)
            self.position += 1

    def _string(self) -> str:
        for pattern in _STRINGS:
            if found := pattern.match(self.text, self.position):
                self.position = found.end()
                return found.group()
        raise ValueError(f"no string at character {self.position}")

    def _skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.position)
        if found is None:
            return ""
        self.position = found.end()
        return found.group()

    def _line(self) -> int:
        return self.text.count("\n", 0, self.position) + 1


def line_numbers(text: str) -> dict[Path, int]:
    """Map the path of every key (`("source", 0, "feeds", 1, "url")`) to its line, counted from 1.

    `text` must be valid TOML; for other text the result is of no use.
    """
    walker = _Walker(text.replace("\r\n", "\n"))
    walker.walk()
    return walker.lines
