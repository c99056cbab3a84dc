"""Under which names the page is served, and whether a request comes from a page of ours.

A browser can be led to send requests to this machine under a name of somebody else's (DNS rebinding) or from a page of
somebody else's (forgery). Both show in headers that the browser writes and no page can change.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from fastapi import Request

from accredwatch.web.settings import WebSettings


def host_in(netloc: str) -> str:
    """The name or address in 'name:port' or '[address]:port'; empty where there is none."""
    try:
        return urlsplit(f"//{netloc}").hostname or ""
    except ValueError:
        return ""


def _netloc(url: str) -> str:
    """'name:port' of a URL; empty where there is none."""
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""


def is_served_as(host: str, web: WebSettings) -> bool:
    """Whether the page is served under this name or address.

    Names are those that the settings give, and localhost. An address cannot be rebound: those of this machine are
    taken, and all others where other machines may connect.
    """
    if host in {"localhost", web.host.lower(), host_in(_netloc(web.public_url))} - {""}:
        return True
    try:
        return ip_address(host).is_loopback or not web.on_loopback
    except ValueError:
        return False


def is_of_a_page_of_ours(request: Request, web: WebSettings) -> bool:
    """Whether the browser says that a page of ours sent the request; True where it says nothing at all."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return True
    ours = {request.headers.get("host", ""), _netloc(web.public_url)} - {""}
    return _netloc(origin) in ours


def is_open_to_this_machine_alone(web: WebSettings) -> bool:
    """Whether nobody but this machine's own users can ask: no token is needed then for anything."""
    published = host_in(_netloc(web.public_url))
    try:
        elsewhere = bool(published) and not ip_address(published).is_loopback
    except ValueError:
        elsewhere = published != "localhost"
    return web.on_loopback and not elsewhere
