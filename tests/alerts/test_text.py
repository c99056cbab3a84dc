from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.text import clean, inert, safe_url, shorten

MARKUP = set("<>[]*_`~|\\@#&{}")


@given(st.text())
def test_clean_text_is_one_line_without_tricks(text: str) -> None:
    cleaned = clean(text)
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for c in cleaned)
    assert cleaned == " ".join(cleaned.split())
    assert clean(cleaned) == cleaned


@given(st.text())
def test_inert_text_has_no_markup(text: str) -> None:
    harmless = inert(text)
    assert not MARKUP & set(harmless)
    assert "://" not in harmless


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("793\r\nBcc: all@example.org", "793 Bcc: all@example.org"),
        ("a\u202eb\u2066c\u200bd\u00ade\ufeff", "abcde"),
        ("1\u00a0026\u2009observers\x00", "1 026 observers"),
        ("line\u2028para\u2029graph", "line para graph"),
        ("Бақылаушылар — й", "Бақылаушылар — й"),
    ],
)
def test_clean(text: str, expected: str) -> None:
    assert clean(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "[click](http://evil.example)",
        "<script>alert(1)</script>",
        "<!everyone> <@U123> @here",
        "**bold** _it_ `code` ~~no~~ ||spoiler||",
        "&lt;b&gt;",
        "<https://evil.example|bank>",
        "# heading",
    ],
)
def test_what_services_render_is_broken(text: str) -> None:
    assert not MARKUP & set(inert(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see www.evil.example/login", "see www․evil․example/login"),
        ("сайт цик.рф", "сайт цик․рф"),
        ("U.S. delegates, 1.026 in all, 3.5 percent. The rest", "U.S. delegates, 1.026 in all, 3.5 percent. The rest"),
        ("т.е. и т.д.", "т.е. и т.д."),
    ],
)
def test_what_looks_like_a_host_is_no_link(text: str, expected: str) -> None:
    assert inert(text) == expected


def test_words_stay_as_they_are() -> None:
    words = "“In all, 1,026 observers (of 41 states) – OSCE/ODIHR’s too; 100% – have been accredited!”"
    assert inert(words) == words


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("short", 10, "short"),
        ("exactly 10", 10, "exactly 10"),
        ("a sentence that is too long", 16, "a sentence that…"),
        ("a sentence, that", 14, "a sentence…"),
        ("x" * 50, 10, "x" * 9 + "…"),
    ],
)
def test_shorten(text: str, limit: int, expected: str) -> None:
    assert shorten(text, limit) == expected
    assert len(shorten(text, limit)) <= limit


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.inform.kz/en/x_a3?b=1&c=2", "https://www.inform.kz/en/x_a3?b=1&c=2"),
        ("https://kaz.inform.kz/бақылау", "https://kaz.inform.kz/%D0%B1%D0%B0%D2%9B%D1%8B%D0%BB%D0%B0%D1%83"),
        ("https://пример.kz/a", "https://xn--e1afmkfd.kz/a"),
        ("https://x.kz/a#fragment", "https://x.kz/a"),
        ("https://x.kz/@everyone?a=@b", "https://x.kz/%40everyone?a=%40b"),
        ("https://x.kz/a)[b](http://evil", "https://x.kz/a%29%5Bb%5D%28http://evil"),
        ('https://x.kz/"><script>', "https://x.kz/%22%3E%3Cscript%3E"),
        ("https://user:pw@x.kz:8080/a", "https://x.kz:8080/a"),
        ("https://x.kz/a b\nc", "https://x.kz/a%20b%20c"),
        ("javascript:alert(1)", None),
        ("ftp://x.kz/", None),
        ("https:///x", None),
        ("https://x.kz:99999/", None),
        ("https://[::bad/", None),
        ("", None),
        (None, None),
    ],
)
def test_safe_url(url: str | None, expected: str | None) -> None:
    assert safe_url(url) == expected
