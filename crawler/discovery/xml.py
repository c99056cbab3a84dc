"""XML from strangers: no document type, no entities, no network, a bound on what unpacking may yield."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from html import unescape
from html.entities import name2codepoint
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers.expat import ExpatError, ParserCreate
from zoneinfo import ZoneInfo

from defusedxml import DefusedXmlException, DTDForbidden
from lxml import etree

from foundation.errors import CrawlError

_MAX_ENTRIES = 50_000  # what the sitemap protocol allows in one file; feeds have far fewer
_CHUNK = 65_536
_TAG = re.compile(r"<[^<>]{0,2000}>")
_HTML_ENTITY = re.compile(rb"&([a-zA-Z]{2,8});")
_XML_ENTITIES = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_DATE_ONLY = re.compile(r"\d{4}(-\d{2}){0,2}")


def unpack(body: bytes, *, url: str, max_bytes: int) -> bytes:
    """The document itself, if `body` is gzip (a sitemap.xml.gz); anything else as it is.

    Raises CrawlError if it unpacks to more than `max_bytes` or is damaged.
    """
    if not body.startswith(b"\x1f\x8b"):
        return body
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    out = bytearray()
    try:
        while body and not unpacker.eof:
            out += unpacker.decompress(body, _CHUNK)
            body = unpacker.unconsumed_tail
            if len(out) > max_bytes:
                raise CrawlError(f"{url} unpacks to more than {max_bytes} bytes; it is not read (crawler.max_bytes)")
    except zlib.error as error:
        raise CrawlError(f"{url} is damaged gzip: {error}; it is asked for again at the next crawl") from error
    return bytes(out)


def parse(body: bytes, *, url: str) -> Element:
    """The root element, with namespaces in Clark notation.

    Damaged XML (a stray character, a bare ampersand) is read as far as it makes sense, as every feed reader does.
    Raises CrawlError for a document type or entity, and for what is no XML at all (an error page, say).
    """
    try:
        # Only what comes before the root element is read with care: XML knows a document type nowhere else, and the
        # careful parser is ten times slower than the same parser (Expat) in C alone.
        _refuse_document_type(body)
        return fromstring(body)  # noqa: S314 - see above
    except DTDForbidden as error:
        raise CrawlError(f"{url} declares a document type or entities; such XML is refused") from error
    except (ParseError, ExpatError, ValueError, LookupError) as error:
        return _recover(body, url, error)


class _RootBegins(Exception):
    """The root element has come, and no document type before it."""


def _refuse_document_type(body: bytes) -> None:
    """Raises DTDForbidden, ExpatError for what is no XML until there, ValueError and LookupError for its encoding."""

    def declared(name: str, system: str | None, public: str | None, _: bool) -> None:
        raise DTDForbidden(name, system, public)

    def begun(*_: object) -> None:
        raise _RootBegins

    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = begun
    with suppress(_RootBegins):
        parser.Parse(body, True)


def _recover(body: bytes, url: str, cause: Exception) -> Element:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.fromstring(_HTML_ENTITY.sub(_by_number, body), parser)
        if tree is not None and not tree.getroottree().docinfo.doctype:
            whole = etree.tostring(tree, encoding="utf-8")
            _refuse_document_type(whole)
            return fromstring(whole)  # noqa: S314 - as in `parse`
    except (etree.XMLSyntaxError, ParseError, ExpatError, DefusedXmlException, ValueError) as error:
        raise CrawlError(f"{url} is no XML ({error}); check the address in the source's table") from error
    raise CrawlError(f"{url} is no XML ({cause}); check the address in the source's table") from cause


def _by_number(entity: re.Match[bytes]) -> bytes:
    """An entity of HTML, which XML does not know, as the character's number."""
    codepoint = name2codepoint.get(entity[1].decode("ascii"))
    return entity[0] if codepoint is None or entity[1] in _XML_ENTITIES else b"&#%d;" % codepoint


@lru_cache(maxsize=1024)  # a document has thousands of elements and a dozen names
def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2].lower()


def local(element: Element) -> str:
    """An element's name without its namespace, in lower case."""
    return _local(element.tag)


class Children:
    """The child elements of an element by name, whatever their namespace."""

    def __init__(self, element: Element) -> None:
        self._named: dict[str, list[Element]] = {}
        for child in element:
            self._named.setdefault(_local(child.tag), []).append(child)

    def called(self, *names: str) -> list[Element]:
        """Those of these names, in the order of the names."""
        return [child for name in names for child in self._named.get(name, ())]

    def text_of(self, *names: str) -> str | None:
        """Plain text of the first of these names that has any."""
        for child in self.called(*names):
            if text := plain("".join(child.itertext())):
                return text
        return None


def plain(markup: str) -> str:
    """Text without tags, blanks collapsed; for titles and summaries, which may hold escaped HTML."""
    if "&" in markup or "<" in markup:
        markup = unescape(_TAG.sub(" ", unescape(markup)))
    return " ".join(markup.split())


def descendants(root: Element, name: str) -> list[Element]:
    """Elements of this name at any depth, bounded."""
    return [element for element in root.iter() if _local(element.tag) == name][:_MAX_ENTRIES]


@lru_cache(maxsize=4096)  # a feed shows the same dates again and again
def instant(text: str | None, time_zone: str) -> datetime | None:
    """An RFC 822 or ISO 8601 date; without a zone it is of `time_zone`. None if absent or unreadable.

    A day alone is its midnight there.
    """
    if not text:
        return None
    text = text.strip()
    try:
        if _DATE_ONLY.fullmatch(text):
            found = datetime.strptime((text + "-01-01")[:10], "%Y-%m-%d")  # noqa: DTZ007 - the zone is added below
        elif text[:4].isdigit():
            found = datetime.fromisoformat(text)
        else:
            found = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(time_zone))
