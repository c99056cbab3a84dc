"""A template gets what it is given: no way out, no loop without end, no text that fills the memory."""

from __future__ import annotations

import pytest
from jinja2 import StrictUndefined, TemplateError

from alerts.sandbox import Sandbox


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ words.__init__.__globals__ }}", "{{ ().__class__ }}",
        "{{ self.__init__ }}", "{{ words.format.__self__ }}", "{{ '{0.__class__}'.format(words) }}",
        "{{ '%s' | format(words) }}", "{{ words | attr('__class__') }}",
        "{% for n in range(10**9) %}x{% endfor %}", "{{ range(1) }}", "{{ 'x' * 1000000000 }}", "{{ 9 ** 9 ** 9 }}",
        "{{ 'x' | center(1000000000) }}", "{{ '%01000000000d' | format(1) }}", "{{ 'x' | indent(1000000000) }}",
        "{{ cycler('x') }}", "{{ lipsum(n=1000000) }}", "{{ joiner() }}", "{{ namespace(a=1) }}", "{{ dict(a=1) }}",
        "{{ words.append(1) }}", "{% include '/etc/passwd' %}", "{% import 'os' as os %}", "{{ config }}",
    ],
)  # fmt: skip
def test_what_a_template_may_not_do(template: str) -> None:
    with pytest.raises((TemplateError, TypeError)):
        Sandbox(undefined=StrictUndefined).from_string(template).render(words=["793", "observers"])


def test_what_a_template_may_do() -> None:
    template = "{% for word in words if word | length > 3 %}{{ word | upper }}, {{ 1 + 2 }}{% endfor %}"
    assert Sandbox(undefined=StrictUndefined).from_string(template).render(words=["793", "observers"]) == "OBSERVERS, 3"


def test_words_that_look_like_a_template_are_words() -> None:
    assert Sandbox().from_string("{{ said }}").render(said="{{ 7 - 3 }}{% raw %}") == "{{ 7 - 3 }}{% raw %}"
