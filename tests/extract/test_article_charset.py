"""Pages in any charset of the region, declared rightly, wrongly or not at all."""

from __future__ import annotations

import pytest

from extract.page.article import read_page
from extract.page.decoding import decode
from foundation.errors import ExtractError

RUSSIAN = "Центральная избирательная комиссия аккредитовала 393 наблюдателя от 41 государства, сообщил её секретарь."
KAZAKH = "Орталық сайлау комиссиясы 41 мемлекеттен келген 393 байқаушыны аккредиттеді, деп хабарлады комиссия хатшысы."
ENGLISH = "The commission’s secretary said that it accredited 393 observers from 41 states, Côte d’Ivoire among them."


def page(text: str, head: str = "") -> str:
    return f"<html><head>{head}<title>393</title></head><body><h1>393</h1><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("text", "encoding", "head", "charset"),
    [
        (RUSSIAN, "utf-8", "", None),
        (RUSSIAN, "utf-8", "<meta charset=windows-1251>", "text/html; charset=ISO-8859-1"),
        (RUSSIAN, "cp1251", "", None),
        (RUSSIAN, "cp1251", "<meta charset=utf-8>", None),
        (RUSSIAN, "cp1251", "", "text/html; charset=ISO-8859-1"),
        (RUSSIAN, "cp1251", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', None),
        (RUSSIAN, "koi8-r", "<meta charset=koi8-r>", None),
        (RUSSIAN, "koi8-r", "", None),
        (RUSSIAN, "utf-16", "", None),
        (RUSSIAN, "utf-8", "", "text/html; charset=hex"),
        (KAZAKH, "utf-8-sig", "", None),
        (KAZAKH, "kz1048", "", None),
        (ENGLISH, "cp1252", "", None),
    ],
)
def test_letters_are_right(text: str, encoding: str, head: str, charset: str | None) -> None:
    assert read_page(page(text, head).encode(encoding), charset=charset).paragraphs == (text,)


@pytest.mark.parametrize(("written", "read"), [("utf-8", "latin-1"), ("cp1251", "latin-1")])
def test_text_decoded_wrongly_before_is_mended(written: str, read: str) -> None:
    assert read_page(page(RUSSIAN).encode(written).decode(read)).paragraphs == (RUSSIAN,)


def test_accented_letters_are_no_mistake() -> None:
    text = "Perché così più città è già là: l'Italia manderà 393 osservatori, d’après l’équipe élue à Genève, où déjà."
    assert read_page(page(text)).paragraphs == (text,)


def test_a_broken_character_does_not_change_the_charset() -> None:
    assert "наблюдателя" in decode(page(RUSSIAN).encode().replace("секретарь".encode(), b"\xd0"))


def test_lost_letters_are_told_not_passed_on() -> None:
    with pytest.raises(ExtractError, match="charset"):
        read_page(page(RUSSIAN).encode("cp1251").decode("utf-8", errors="replace"))
    with pytest.raises(ExtractError, match="charset"):
        read_page(page(RUSSIAN).encode("utf-8").decode("cp1252", errors="replace"))


def test_binary_data_is_refused() -> None:
    with pytest.raises(ExtractError, match="binary"):
        read_page(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\xff\xfe" * 50)
