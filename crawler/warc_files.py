"""WARC files of others, such as Common Crawl's: the responses of some hosts, without parsing the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from crawler.archive import Response
from foundation.errors import ArchiveError


@dataclass(frozen=True, slots=True)
class Archived:
    """A response of a WARC file."""

    response: Response
    fetched_at: datetime
    """By WARC-Date; aware, in UTC."""


def responses(file: BinaryIO, name: str, wanted: Callable[[str], bool], *, max_bytes: int) -> Iterator[Archived]:
    """The successful responses of a WARC file whose URL is wanted; of the others only the URL is looked at.

    `file` is read to its end and not closed; compressed or not. What is longer than `max_bytes` is passed over. Raises
    ArchiveError, naming the file by `name`, where it is no WARC file or breaks off.
    """
    seen = 0

    def is_wanted(record: WarcRecord) -> bool:
        nonlocal seen
        seen += 1
        return wanted(record.headers.get("WARC-Target-URI") or "")

    records = ArchiveIterator(
        file,
        record_types=WarcRecordType.response,
        func_filter=is_wanted,
        max_content_length=max_bytes,
        fsspec_args=False,
    )
    try:
        for record in records:
            url = record.headers.get("WARC-Target-URI")
            if url is None or record.record_date is None:
                continue
            if record.http_headers is None or record.http_headers.status_code != 200:
                continue
            response = Response(
                url=url,
                status=200,
                headers=tuple((str(key), str(value)) for key, value in record.http_headers),
                body=record.reader.read(),
            )
            yield Archived(response, record.record_date)
    except (OSError, EOFError, ValueError) as error:
        raise ArchiveError(f"{name}: cannot be read after {seen:,} responses: {error}") from error
    if not file.tell():
        raise ArchiveError(f"{name} is empty")
