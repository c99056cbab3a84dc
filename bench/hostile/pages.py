"""Pages made to be slow to read, of any size: each kind repeats what some part of a reader may stumble over."""

from __future__ import annotations

from collections.abc import Callable

SENTENCE = (
    "<p>The Central Election Commission accredited 393 observers from 41 states on Monday, its secretary said.</p>"
)
STORY = SENTENCE * 3


def repeated(text: str, size: int) -> str:
    """The text over and over, cut at `size` characters."""
    return (text * (size // len(text) + 1))[:size]


KINDS: dict[str, Callable[[int], str]] = {
    "digits": lambda n: "<h1>observers</h1>" + STORY + "<p>" + "7" * n + "</p>",
    "digits_groups": lambda n: "<h1>observers</h1>" + STORY + "<p>" + repeated("123 456 ", n) + "</p>",
    "digits_comma": lambda n: "<h1>observers</h1>" + STORY + "<p>" + repeated("1,", n) + "</p>",
    "words_observers": lambda n: (
        "<h1>observers</h1>"
        + STORY
        + "<p>"
        + repeated("observers accredited 12 of from the CIS Italy and , . ; : – two each total by another percent ", n)
        + "</p>"
    ),
    "paragraphs": lambda n: "<h1>CEC accredits 393</h1>" + repeated(SENTENCE, n),
    "headings of other stories": lambda n: "<h1>CEC accredits 393</h1>" + repeated(f"<p>Read also</p>{SENTENCE}", n),
    "boxes of other stories": lambda n: (
        "<h1>CEC accredits 393</h1>" + STORY + repeated(f"<div><h2>Read also</h2>{SENTENCE}</div>", n)
    ),
    "a long title": lambda n: f"<title>{repeated('a - ', n // 2)}</title>" + repeated(SENTENCE, n // 2),
    "spans": lambda n: "<h1>CEC accredits 393</h1><p>" + repeated("<span class=a>1</span><span>a</span>", n),
    "long paragraphs": lambda n: (
        "<h1>CEC accredits 393</h1>"
        + "".join(
            f"<p>{repeated('The commission accredited 12 observers from Italy. ', 2000)}</p>" for _ in range(n // 2000)
        )
    ),
    "italy": lambda n: (
        "<h1>observers</h1><p>The commission accredited observers: " + repeated("Italy - 12, ", n) + "</p>"
    ),
    "names": lambda n: (
        "<h1>observers</h1>"
        + STORY
        + "<p>"
        + repeated("Observers of the Organization for Security of Long Names Of The World And Of ", n)
        + "</p>"
    ),
    "ru": lambda n: (
        "<h1>наблюдатели</h1><p>"
        + repeated("наблюдателей аккредитовано 12 из от СНГ Италии и , . двое всего до еще процентов ", n)
        + "</p>"
    ),
    "numbers_words": lambda n: (
        "<h1>observers</h1>" + STORY + "<p>" + repeated("two hundred and thirty three thousand ", n) + "</p>"
    ),
    "totals, batches and ends": lambda n: (
        "<h1>observers</h1><p>"
        + "".join(
            f"In all {100 + 37 * i} observers have been accredited. Another {10 + i} were accredited on Monday. "
            f"The accreditation of {300 + i} observers was withdrawn. "
            for i in range(n // 150)
        )
        + "</p>"
    ),
    "dates": lambda n: (
        "<h1>observers</h1>" + STORY + "<p>" + repeated("on 12.11.2022 till November 20, 2022 ", n) + "</p>"
    ),
    "dots": lambda n: "<h1>observers</h1>" + STORY + "<p>" + repeated("U.S. e.g. a.b.c. ", n) + "</p>",
    "quotes": lambda n: "<h1>observers</h1>" + STORY + "<p>" + repeated("“(", n) + "</p>",
    "hyphens": lambda n: "<h1>observers</h1>" + STORY + "<p>" + repeated("a-", n) + "</p>",
    "apos": lambda n: "<h1>observers</h1>" + STORY + "<p>" + repeated("a'", n) + "</p>",
    "blanks": lambda n: "<h1>observers</h1><p>a" + " " * n + "b</p>",
    "newlines": lambda n: "<h1>observers</h1><p>a" + "\n" * n + "b</p>",
    "nbsp": lambda n: "<h1>observers</h1><p>a" + "&nbsp;" * (n // 6) + "b</p>",
    "lt": lambda n: "observers" + "<" * n,
    "amp": lambda n: "observers" + "&" * n,
    "ampent": lambda n: "observers" + "&lt;" * (n // 4),
    "attrs": lambda n: "<h1>observers</h1><p " + repeated("a=b ", n) + ">x</p>" + STORY,
    "attrlong": lambda n: "<h1>observers</h1><p class='" + repeated("aa ", n) + "'>x</p>" + STORY,
    "comments": lambda n: "<h1>observers</h1>" + repeated("<!-- ", n) + STORY,
    "meta": lambda n: "<head>" + repeated("<meta content ", n) + "observers",
    "metas": lambda n: "<head>" + repeated("<meta property='og:title' content='observers 12'>", n),
    "jsonld": lambda n: (
        "<head><script type='application/ld+json'>" + repeated('{"@graph":[', n) + "</script></head>" + STORY
    ),
    "jsonld2": lambda n: (
        "<head><script type='application/ld+json'>["
        + repeated('{"@type":"NewsArticle","articleBody":"observers"},', n)
        + "{}]</script></head>"
        + STORY
    ),
    "jsonld_str": lambda n: (
        '<head><script type=\'application/ld+json\'>{"@type":"NewsArticle","articleBody":"'
        + repeated("12 observers accredited ", n)
        + '"}</script></head>'
        + STORY
    ),
    "links": lambda n: "<h1>observers</h1>" + repeated("<a href=/x>observers 12</a> ", n) + STORY,
    "tables": lambda n: (
        "<h1>observers</h1><table>" + repeated("<tr><td>Italy</td><td>12</td></tr>", n) + "</table>" + STORY
    ),
    "lists": lambda n: "<h1>observers</h1><ul>" + repeated("<li>Italy - 12 observers</li>", n) + "</ul>" + STORY,
    "br": lambda n: "<h1>observers</h1>" + STORY + "<p>" + repeated("12 observers<br>", n) + "</p>" + STORY,
    "nested": lambda n: (
        "<h1>observers</h1>" + "".join("<div>" * 1400 + "x" + "</div>" * 1400 for _ in range(n // 15400)) + STORY
    ),
    "title": lambda n: "<head><title>" + repeated("12 observers ", n) + "</title></head>" + STORY,
    "h1": lambda n: "<h1>" + repeated("12 observers ", n) + "</h1>" + STORY,
    "time": lambda n: "<h1>observers</h1>" + repeated("<time datetime='2022-11-08'>8 November 2022</time>", n) + STORY,
    "cyr_latin": lambda n: "<h1>observers</h1>" + STORY + "<p>" + repeated("Ð°Ð±", n) + "</p>" + STORY,
    "emoji": lambda n: "<h1>observers</h1>" + STORY + "<p>" + repeated("🗳️", n // 4) + "</p>" + STORY,
}
"""By name: the page of about so many characters."""
