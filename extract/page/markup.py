"""HTML as a tree with known bounds, and the tree as the lines that a reader sees.

lxml's own text functions lose paragraph boundaries; here a block element, a `<br>` or a table row begins a new line,
and every line remembers its element and how much of it is a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree, html

from foundation.errors import NotAnArticle, PageTooLarge

MAX_BYTES = 2_000_000
"""Largest page that is read, in bytes (or characters)."""
MAX_ELEMENTS = 60_000
MAX_DEPTH = 1_500

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = HEADINGS | frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog",
        "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup",
        "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "search", "section",
        "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
_UNREAD = frozenset(
    {
        "applet", "audio", "base", "button", "canvas", "datalist", "embed", "head", "iframe", "input", "link",
        "map", "math", "meta", "noscript", "object", "progress", "script", "select", "style", "svg", "template",
        "textarea", "title", "video",
    }
)  # fmt: skip
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1b\x7f]")
# The parser lets into the tree what XML has no place for, raw or as a reference; moving it there would fail.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CONTROLS = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20)])
_NO_CHARACTER = re.compile(b"\xef\xbf[\xbe\xbf]")
"""U+FFFE and U+FFFF in UTF-8."""
_ODD_REFERENCE = re.compile(
    r"&#(?:0*(?:[12]?\d|3[01]|6553[45])(?!\d)|[xX]0*(?:[01]?[0-9a-fA-F]|[fF]{3}[eEfF])(?![0-9a-fA-F]))"
)
_MOVABLE = {
    **dict.fromkeys([*range(9), *range(0x0E, 0x1C), 0xFFFE, 0xFFFF]),
    **dict.fromkeys([0x0B, 0x0C, *range(0x1C, 0x20)], " "),  # blanks as Python has them
}
# lxml asks a function of its own for the class of each element, to tell forms and inputs apart; nobody here needs that.
_CLASSES = etree.ElementDefaultClassLookup(element=html.HtmlElement)
_COUNT = etree.XPath("count(//*)")
_NESTING = etree.XPath("count(//*[*])")
_LONG_CELL = 300
_DASHED = re.compile(r"[-–—] \S")
"""How a cell begins that is set apart from the one before it by a dash of its own."""
_BORDER = "\x1f"
"""A blank between two <span>s in a short line; in prose such a border may run through a word."""
_SHORT = 100
_DATED = re.compile(r"(?:(?<!\d)(?:19|20)\d\d|\d:[0-5]\d)$")
"""A year or a time of day: digits that touch it in another element are no part of it, but a count of views."""
_CONTINUES = re.compile(r"[^\W\d_]")
_ENDS = ".!?…:;"


@dataclass(slots=True)
class Line:
    """A visible line: a paragraph, a heading, a list item, a table row."""

    text: str
    element: html.HtmlElement
    """The innermost block element around it."""
    linked: float = 0.0
    """Share of the characters that stand in links."""


@dataclass(slots=True)
class _Pending:
    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    seen: int = 0

    def add(self, text: str, *, linked: bool) -> None:
        self.pieces.append(text)
        size = len(text.strip())
        self.seen += size
        self.linked += size if linked else 0


def parse(source: str) -> html.HtmlElement:
    """The document's tree, without comments. Raises PageTooLarge, and NotAnArticle for what is no usable HTML."""
    if len(source) > MAX_BYTES:
        raise PageTooLarge(f"the page has {len(source):,} characters: the limit is {MAX_BYTES:,}")
    # The parser's own limit of 256 levels cuts the rest off without a word; ours is looked at below.
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    parser.set_element_class_lookup(_CLASSES)
    encoded = source.encode("utf-8", errors="replace").replace(b"\0", b"")
    try:
        root = html.document_fromstring(encoded, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise NotAnArticle(f"the page is empty or no HTML ({error}): give an article's page") from error
    if _is_odd(source, encoded):
        for element in root.iter():
            _make_movable(element)
    _refuse_too_large(root)
    return root


def _is_odd(source: str, encoded: bytes) -> bool:
    """Whether what XML has no place for may stand in a document, raw or as a reference."""
    # Single bytes are found at once.
    missing = b"\xef" in encoded and _NO_CHARACTER.search(encoded) is not None
    raw = missing or len(encoded.translate(None, _CONTROLS)) < len(encoded)
    return raw or _ODD_REFERENCE.search(source) is not None


def _refuse_too_large(root: html.HtmlElement) -> None:
    count = int(_COUNT(root))
    if count > MAX_ELEMENTS:
        raise PageTooLarge(f"the page has {count:,} elements: the limit is {MAX_ELEMENTS:,}")
    # What is deep has as many elements with others inside: few pages are walked through to know how deep they are.
    if count > MAX_DEPTH and _NESTING(root) > MAX_DEPTH and (depth := depth_of(root)) > MAX_DEPTH:
        raise PageTooLarge(f"the page's elements stand {depth:,} deep in each other: the limit is {MAX_DEPTH:,}")


def _make_movable(element: html.HtmlElement) -> None:
    if element.text and _NOT_IN_XML.search(element.text):
        element.text = element.text.translate(_MOVABLE)
    if element.tail and _NOT_IN_XML.search(element.tail):
        element.tail = element.tail.translate(_MOVABLE)


def tidy(text: str) -> str:
    """Text with every run of white space as one blank, without invisible and control characters."""
    return " ".join(_INVISIBLE.sub("", text).split())


def text_of(element: html.HtmlElement) -> str:
    """An element's text in one line."""
    return tidy(" ".join(line.text for line in lines_of(element)))


def lines_of(root: html.HtmlElement) -> list[Line]:
    """The visible lines below an element, in document order."""
    lines: list[Line] = []
    pending = [_Pending()]
    owners = [root]
    links = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in _UNREAD:
                walk.skip_subtree()
                continue
            if tag == "table" and _holds_data(element):
                _flush(pending, owners[-1], lines)
                lines.extend(_rows(element))
                walk.skip_subtree()
                continue
            if tag in _BLOCKS:
                _flush(pending, owners[-1], lines)
                owners.append(element)
            elif tag == "br":
                pending.append(_Pending())
            elif tag == "span" and _begins_beside(element, pending[-1].pieces):
                pending[-1].pieces.append(_BORDER)
            links += tag == "a"
            if element.text:
                _add(pending, element, element.text, linked=links > 0)
            continue
        links -= tag == "a"
        if owners[-1] is element and element is not root:
            _flush(pending, element, lines)
            owners.pop()
        if element.tail and element is not root:
            _add(pending, element.getparent(), element.tail, linked=links > 0)
    _flush(pending, owners[-1], lines)
    return lines


def _begins_beside(span: html.HtmlElement, pieces: list[str]) -> bool:
    """Whether a <span> that touches the one before it says something else, as date and views do: '20 May 2022|34'.

    It does if it is of another class; else, as a word may be divided so, if a number begins or ends there.
    """
    before = span.getprevious()
    if before is None or before.tag != "span" or (before.tail and before.tail.strip()):
        return False
    classes = before.get("class"), span.get("class")
    if all(classes) and classes[0] != classes[1]:
        return True
    return bool(pieces and span.text) and (pieces[-1][-1:].isdigit() or (span.text or "")[:1].isdigit())


def _add(pending: list[_Pending], element: html.HtmlElement, text: str, *, linked: bool) -> None:
    if element.tag == "pre" and "\n" in text:
        for number, piece in enumerate(text.split("\n")):
            if number:
                pending.append(_Pending())
            pending[-1].add(piece, linked=linked)
        return
    pending[-1].add(text, linked=linked)


def _flush(pending: list[_Pending], owner: html.HtmlElement, lines: list[Line]) -> None:
    before: str | None = None
    for part in pending:
        text = "".join(part.pieces)
        text = tidy(_apart(part.pieces) if len(text) <= _SHORT else text.replace(_BORDER, ""))
        if not text:
            before = None
            continue
        linked = part.linked / part.seen if part.seen else 0.0
        if before is not None and _goes_on(before, text):
            lines[-1].text = f"{before} {text}"
            lines[-1].linked = min(lines[-1].linked, linked)
        else:
            lines.append(Line(text, owner, linked))
        before = lines[-1].text
    pending[:] = [_Pending()]


def _apart(pieces: Sequence[str]) -> str:
    """A short line's pieces in one text, with a blank between a date and digits that touch it."""
    text = ""
    for piece in pieces:
        text += _BORDER + piece if piece[:1].isdigit() and _DATED.search(text) else piece
    return text


def _goes_on(before: str, after: str) -> bool:
    """Whether a single line break stands inside a sentence: the next line goes on in lower case or inside a number."""
    if before[-1].isdigit() and re.match(r"\d{3}(?!\d)", after):
        return not before[-2:-1].isalpha()
    return before[-1] not in _ENDS and after[0].islower() and bool(_CONTINUES.match(after))


def _holds_data(table: html.HtmlElement) -> bool:
    """Whether a table is one of facts, not of layout: short cells without paragraphs of their own."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    for cell in table.iter("td", "th"):
        if len(cell.findall("p")) + len(cell.findall("div")) > 1:
            return False
        if sum(len(t) for t in cell.itertext()) > _LONG_CELL:
            return False
    return True


def _rows(table: html.HtmlElement) -> list[Line]:
    rows = []
    for row in table.iter("tr"):
        cells = [tidy(" ".join(line.text for line in lines_of(cell))) for cell in row.iterchildren("td", "th")]
        linked = sum(len(tidy("".join(a.itertext()))) for a in row.iter("a"))
        if text := "".join(_joined(filter(None, cells))):
            rows.append(Line(text, table, min(1.0, linked / len(text))))
    return rows


def _joined(cells: Iterable[str]) -> Iterator[str]:
    """The cells of a row, and between them dashes."""
    for number, cell in enumerate(cells):
        if number:
            yield " " if _DASHED.match(cell) else " - "
        yield cell


def stands_in(element: html.HtmlElement, box: html.HtmlElement) -> bool:
    """Whether an element is a box, or stands somewhere in it."""
    return element is box or any(above is box for above in element.iterancestors())


def depth_of(root: html.HtmlElement) -> int:
    """How many levels of elements a tree has."""
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
