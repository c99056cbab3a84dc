"""Whether a report's figures stand on the archived page that it was read from; decided without any network."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from accredwatch.config import Settings
from crawler.archive import Archive
from crawler.unpacking import content
from extract.page.decoding import decode
from extract.page.markup import lines_of, parse, tidy
from foundation.errors import ConfigError, NotFound
from storage import archive as index
from storage import queries
from storage.archive import Place


def archive_of(settings: Settings) -> Archive:
    """The archive of the settings. Raises ConfigError where nothing is to be kept."""
    if not settings.archive.path:
        raise ConfigError("archive.path is empty: nothing is kept; name a folder to archive what is fetched")
    return Archive(Path(settings.archive.path), settings.archive)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFigure:
    """A figure, and whether its words stand on the archived page."""

    scope: str
    status: str
    basis: str
    value: int
    quote: str
    found: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The archived page of a report, with its digest verified."""

    report: int
    title: str | None
    place: Place
    page: bytes
    """The page as it was fetched, unpacked."""
    content_type: str
    """As the outlet's server told it."""
    figures: tuple[FoundFigure, ...]

    @property
    def verified(self) -> bool:
        """Whether every figure's words stand on the page."""
        return all(figure.found for figure in self.figures)

    def summary(self) -> dict[str, object]:
        """All but the page and the figures."""
        return {"report": self.report, "title": self.title, "verified": self.verified, "place": self.place}


def verify(session: Session, archive: Archive, report: int, *, max_bytes: int) -> Evidence:
    """Fetch a report's page from the archive and look for its figures' words on it.

    Raises NotFound for an unknown report and for one whose page was not archived, ArchiveError where the archive no
    longer holds what was fetched.
    """
    view, place = queries.show(session, report), index.place_of(session, report)
    if place is None:
        raise NotFound(
            f"the page of report {report} was not archived; `accredwatch show {report}` shows what was read from it"
        )
    response = archive.read(place)
    page = content(response, max_bytes=max_bytes)
    text = _text_of(decode(page, response.header("Content-Type")))
    return Evidence(
        report=report,
        title=view.title,
        place=place,
        page=page,
        content_type=response.header("Content-Type") or "text/html",
        figures=tuple(
            FoundFigure(
                scope=f.scope, status=f.status, basis=f.basis, value=f.value, quote=f.evidence.text,
                found=tidy(f.evidence.text) in text,
            )
            for f in view.figures
        ),
    )  # fmt: skip


def _text_of(page: str) -> str:
    """All that a page shows, and what its head says of it, in one line."""
    root = parse(page)
    said = [str(value) for value in root.xpath("//title/text() | //meta/@content")]
    return tidy(" ".join([*(line.text for line in lines_of(root)), *said]))
