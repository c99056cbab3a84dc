from __future__ import annotations

import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from accredwatch.toml_lines import Path, line_numbers


def test_every_form_of_toml_is_walked_over() -> None:
    text = '''# a comment with [brackets] and "quotes"
top = 1

[a."b c".d]
x = [ # comment
  "one, ] two",
  { y = 1, z.w = """three
quotes \\""" and ] more""" },
]
"quoted key" = \'\'\'raw
\'text\' \'\'\'
after = 2020-01-01T00:00:00Z # comment

[[list]]
k = -1_000.5e3
[list.sub]
deep = true
[[list]]
k = 'literal \\'
[[list.inner]]
n = {}
[[list.inner]]
n = []
'''
    tomllib.loads(text)

    lines = line_numbers(text)

    assert lines["top",] == 2
    assert lines["a", "b c", "d", "x"] == 5
    assert lines["a", "b c", "d", "x", 0] == 6
    assert lines["a", "b c", "d", "x", 1, "y"] == 7
    assert lines["a", "b c", "d", "x", 1, "z", "w"] == 7
    assert lines["a", "b c", "d", "quoted key"] == 10
    assert lines["a", "b c", "d", "after"] == 12
    assert lines["list", 0, "k"] == 15
    assert lines["list", 0, "sub", "deep"] == 17
    assert lines["list", 1, "k"] == 19
    assert lines["list", 1, "inner", 0, "n"] == 21
    assert lines["list", 1, "inner", 1, "n"] == 23


_keys = st.text("abcxyz-_09", min_size=1, max_size=4)
_scalars = st.one_of(
    st.integers(-9, 999), st.booleans(), st.sampled_from(["", "plain", "a # b", "c ] d", 'e"f', "g,h"])
)


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.replace('"', '\\"') + '"'
    if isinstance(value, list):
        return "[" + ",\n ".join(_toml(v) for v in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k} = {_toml(v)}" for k, v in value.items()) + "}"
    return str(value)


def _paths(value: object, path: Path = ()) -> set[Path]:
    found = {path} if path else set()
    if isinstance(value, dict):
        return found.union(*(_paths(v, (*path, k)) for k, v in value.items()))
    if isinstance(value, list):
        return found.union(*(_paths(v, (*path, i)) for i, v in enumerate(value)))
    return found


@given(
    st.dictionaries(
        _keys,
        st.recursive(_scalars, lambda v: st.lists(v, max_size=3) | st.dictionaries(_keys, v, max_size=3)),
        max_size=5,
    )
)
def test_every_key_has_a_line(data: dict[str, Any]) -> None:
    text = "".join(f"\n{key} = {_toml(value)}\n" for key, value in data.items())

    assert set(line_numbers(text)) == _paths(tomllib.loads(text))
