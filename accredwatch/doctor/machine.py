"""The machine: zones, certificates, disk, clock, packages. Each check answers with findings and raises nothing."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import ssl
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, ZoneInfoNotFoundError

from packaging.requirements import InvalidRequirement, Requirement

import accredwatch
from accredwatch.doctor.finding import Finding, failed, ok, warning
from crawler.handler import tls_context

ZONE = "Asia/Almaty"
OFFSETS = ((date(2023, 3, 1), timedelta(hours=6)), (date(2026, 1, 1), timedelta(hours=5)))
"""What the zone's clocks showed beyond UTC; they went back an hour on 1 March 2024."""

LITTLE = 500_000_000
TOO_LITTLE = 50_000_000
"""Bytes of free disk below which to warn, and below which a crawl can fill what is left."""

LATE = timedelta(minutes=5)
"""By how much the clock may be wrong: receivers refuse the signatures of webhooks that are older."""


def check_zones() -> Iterator[Finding]:
    """Whether the zone data knows Kazakhstan's change of 2024."""
    where = next((path for path in TZPATH if Path(path, ZONE).is_file()), "the package tzdata")
    remedy = "update the system's tzdata, or set PYTHONTZPATH= (empty) so that the package tzdata counts"
    try:
        zone = ZoneInfo(ZONE)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        yield failed("tzdata", f"{ZONE} cannot be read from {where}: {error}", remedy)
        return
    wrong = [
        f"{ZONE} in {day.year} is {_offset(zone, day)} from UTC and not {_hours(offset)}"
        for day, offset in OFFSETS
        if _noon(zone, day).utcoffset() != offset
    ]
    if wrong:
        yield failed("tzdata", f"{'; '.join(wrong)} (by {where})", remedy)
    else:
        yield ok("tzdata", f"{ZONE} was +06:00 in 2023 and is +05:00 now (by {where})")


def check_tls() -> Iterator[Finding]:
    """Whether the crawler's TLS context verifies, and has certificates to verify by."""
    remedy = "install the system's CA certificates (ca-certificates), or name a file in SSL_CERT_FILE"
    try:
        context = tls_context()
    except (OSError, ValueError) as error:
        yield failed("tls", f"the trusted certificates cannot be read: {error}", remedy)
        return
    if context.verify_mode is not ssl.CERT_REQUIRED or not context.check_hostname:
        yield failed("tls", "certificates are not verified", "this is a defect of this program: please report it")
        return
    paths = ssl.get_default_verify_paths()
    loaded = context.cert_store_stats()["x509_ca"]
    # A directory of certificates is read when one is needed, so that it counts for none here.
    listed = len(os.listdir(paths.capath)) if paths.capath and Path(paths.capath).is_dir() else 0  # noqa: PTH208 - names alone
    if not loaded and not listed:
        yield failed("tls", "no trusted certificate is known, so that every site is refused", remedy)
        return
    place = paths.cafile if loaded else paths.capath
    yield ok("tls", f"{loaded or listed} trusted certificates (of {place}), verified by {ssl.OPENSSL_VERSION}")


def check_disk(directory: Path) -> Iterator[Finding]:
    """Whether what is written in the directory reaches the disk, and how much there is room for."""
    place = _existing(directory)
    free = shutil.disk_usage(place).free
    try:
        with tempfile.NamedTemporaryFile(dir=place, prefix=".accredwatch-") as file:
            file.write(b"\0" * 65_536)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        yield failed("disk", f"{place} cannot be written: {error.strerror}", "make room, or let this user write there")
        return
    said = f"{place} can be written, {free / 1_000_000:,.0f} MB free"
    if free < TOO_LITTLE:
        yield failed("disk", said, "make room: what cannot be recorded is not alerted")
    elif free < LITTLE:
        yield warning("disk", said, "make room before it is full")
    else:
        yield ok("disk", said)


def check_clock(now: datetime, servers: Iterable[tuple[datetime, datetime]], newest: datetime | None) -> Finding:
    """Whether the clock can be right: by the sources' servers, the newest record, and the program's own files.

    `servers` are pairs of what a server's clock showed and when that arrived here.
    """
    remedy = "set the machine's clock (timedatectl set-ntp true)"
    installed = datetime.fromtimestamp(Path(accredwatch.__file__).stat().st_mtime, UTC)
    # Of several servers the one furthest ahead counts: an answer out of a cache shows an old time.
    ahead = max((theirs - ours for theirs, ours in servers), default=None)
    if ahead is not None and abs(ahead) >= LATE:
        minutes = abs(ahead) // timedelta(minutes=1)
        words = "behind" if ahead > timedelta() else "ahead of"
        return failed("clock", f"it is {minutes} minutes {words} the sources' servers", remedy)
    if now < installed - timedelta(days=1):
        return failed("clock", f"it shows {now:%Y-%m-%d %H:%M} UTC, before this program was installed", remedy)
    if newest is not None and now < newest - LATE:
        return failed("clock", f"it shows {now:%Y-%m-%d %H:%M} UTC, before the newest record of the database", remedy)
    agreed = "agrees with the sources' servers" if ahead is not None else "no server was asked"
    return ok("clock", f"{now:%Y-%m-%d %H:%M} UTC, {agreed}")


def check_packages() -> Iterator[Finding]:
    """Whether the packages are those that the program is made for."""
    remedy = "install again with the constraints: pip install -c constraints.txt accredwatch"
    try:
        wanted = [Requirement(line) for line in requires("accredwatch") or ()]
    except PackageNotFoundError:
        yield warning("packages", "accredwatch runs without being installed", "install it: pip install -e .")
        return
    except InvalidRequirement as error:
        yield failed("packages", f"the installed package is damaged: {error}", remedy)
        return
    wrong = [problem for one in wanted if one.marker is None and (problem := _unmet(one))]
    if wrong:
        yield failed("packages", "; ".join(wrong), remedy)
        return
    names = ("scrapy", "aiohttp", "lxml", "trafilatura", "sqlalchemy", "apprise")
    shown = [f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}"]
    shown += [f"{name} {version(name)}" for name in names]
    yield ok("packages", f"accredwatch {version('accredwatch')}, {', '.join(shown)}")


def _unmet(wanted: Requirement) -> str | None:
    try:
        found = version(wanted.name)
    except PackageNotFoundError:
        return f"{wanted.name} is missing"
    if wanted.specifier.contains(found, prereleases=True):
        return None
    return f"{wanted.name} is {found}, and {wanted.specifier} is needed"


def _existing(directory: Path) -> Path:
    return next(place for place in (directory, *directory.parents) if place.exists())


def _noon(zone: ZoneInfo, day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=zone)


def _offset(zone: ZoneInfo, day: date) -> str:
    return _hours(_noon(zone, day).utcoffset() or timedelta())


def _hours(offset: timedelta) -> str:
    return f"{offset / timedelta(hours=1):+.4g} h"
