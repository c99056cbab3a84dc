"""What mkdocs does to the pages besides: links that leave docs/, and a look at what a page would ask of other hosts.

In a checkout a page may link to a file beside docs/, such as ../bench/README.md. The site does not hold these files, so
the link becomes its words; a file that is not there is an error all the same.
"""

from __future__ import annotations

import re
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[1]
_OUTSIDE = re.compile(r"\[([^\]]+)\]\(\.\./([^)#\s]+)(?:#[^)]*)?\)")
_FOREIGN = re.compile(r"""<(?:script|link|img|iframe|source)\b[^>]*\s(?:src|href)=["']?(?:https?:)?//[^>]*>""")


def on_page_markdown(markdown: str, *, page: Page, **_: object) -> str:
    """Turn links to files outside docs/ into their words."""

    def words(link: re.Match[str]) -> str:
        if not (ROOT / link[2]).exists():
            raise PluginError(f"{page.file.src_path}: links to ../{link[2]}, which is not there")
        return link[1]

    return _OUTSIDE.sub(words, markdown)


def on_post_page(output: str, *, page: Page, **_: object) -> str:
    """Let no page load anything from another host."""
    foreign = _FOREIGN.search(output)
    if foreign:
        raise PluginError(f"{page.file.src_path}: would load from another host: {foreign[0]}")
    return output
