"""What whoever sets the program up has chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import SecretStr
from sqlalchemy import make_url

from alerts.channels import check_channel
from alerts.settings import Channel
from foundation.errors import ConfigError, NotFound
from foundation.nearest import suggestion
from storage.address import read_url

CHANNEL = "desk"
"""The name of the first channel."""
DEFAULT_DATABASE = "sqlite:///var/accredwatch.sqlite3"

_PASSWORDS = {"password", "sslpassword"}
"""Options of a PostgreSQL URL that are secrets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The choices; made by `checked`."""

    contact: str = ""
    database: str = DEFAULT_DATABASE
    """Its URL, with the password if it has one."""
    sources: tuple[str, ...] = ()
    """Keys of the sources to crawl."""
    channel_url: str = ""
    """Where alerts go; empty for nowhere yet."""
    language: str = "en"
    time_zone: str = "Asia/Almaty"
    web: bool = False
    """Whether a token is made that opens the page's actions."""

    def checked(self, known: Iterable[str]) -> Answers:
        """These choices, if the program can work with them; `known` are the keys of the packaged sources.

        Raises ConfigError or NotFound, which name the option to correct. No message holds a secret.
        """
        configured = list(known)
        for key in self.sources:
            if key not in configured:
                raise NotFound(f"--source {key}: no source is called {key!r}{suggestion(key, configured)}")
        _check_contact(self.contact)
        _check_time_zone(self.time_zone)
        read_url(self.database)
        if self.channel_url:
            check_channel(Channel(name=CHANNEL, url=SecretStr(self.channel_url)))
        return self

    @property
    def public_database(self) -> str:
        """The database's URL without its password."""
        if not self.database_is_secret:
            return self.database
        url = make_url(self.database).difference_update_query(_PASSWORDS)
        return url._replace(password=None).render_as_string()

    @property
    def database_is_secret(self) -> bool:
        """Whether the URL holds a password."""
        url = make_url(self.database)
        return bool(url.password) or bool(url.query.keys() & _PASSWORDS)


def database_url(given: str) -> str:
    """The URL of a database given as a URL or as a file's name."""
    return given if "://" in given or given.startswith("sqlite:") else f"sqlite:///{given}"


def _check_contact(contact: str) -> None:
    mail = "@" in contact and "." in contact.rpartition("@")[2]
    page = contact.startswith(("https://", "http://", "mailto:"))
    if contact and (any(c.isspace() or c in '()"\\' for c in contact) or not (mail or page)):
        raise ConfigError(f"--contact {contact}: write a mail address or the address of a web page (https://...)")


def _check_time_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ConfigError(
            f"--time-zone {name}: is no time zone; write one such as Asia/Almaty or Europe/Vienna"
        ) from error
