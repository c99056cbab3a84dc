"""The tree of exceptions.

    AccredwatchError
    ├── ConfigError           the configuration cannot be used
    ├── ExtractError          a document could not be read
    │   ├── NotAnArticle      nothing in it reads like a news article
    │   ├── PageTooLarge      it is larger than the limit
    │   ├── ExtractionTimeout reading it took longer than the limit
    │   └── MemoryExceeded    reading it took more memory than the limit
    ├── StorageError          the database cannot be used
    │   ├── DatabaseMissing   it existed and is gone
    │   ├── SchemaMismatch    it is of another version of the program
    │   ├── DatabaseBusy      another process keeps it locked
    │   └── AlreadyRunning    another daemon works on it
    ├── NotFound              what was asked for by name is not known
    ├── CrawlError            a source could not be crawled
    │   └── AddressRefused    an address that the configuration does not allow
    ├── ArchiveError          what was fetched cannot be kept, or is no longer as it was
    └── DeliveryError         an alert did not reach its channel

Every message names the thing that is wrong and what to do about it; the command line prints the message alone.
"""

from __future__ import annotations


class AccredwatchError(Exception):
    """Root of everything that this program raises on purpose; catching it catches nothing else."""


class ConfigError(AccredwatchError):
    """The configuration cannot be used. Raised while settings are read; the message names file, key and remedy."""


class ExtractError(AccredwatchError):
    """A document could not be read. Raised by `extract`; other documents are unaffected."""


class NotAnArticle(ExtractError):
    """The document holds no text that reads like a news article."""


class PageTooLarge(ExtractError):
    """The document is larger than the reader's limit, beyond which its cost is not bounded."""


class ExtractionTimeout(ExtractError):
    """Reading the document took longer than its limit. Raised by the crawler's worker processes."""


class MemoryExceeded(ExtractError):
    """Reading the document took more memory than its limit. Raised by the crawler's worker processes."""


class StorageError(AccredwatchError):
    """The database cannot be used."""


class DatabaseMissing(StorageError):
    """A database that should exist does not: starting afresh would forget what was alerted, so nothing is created."""


class SchemaMismatch(StorageError):
    """The database was made by another version of the program."""


class DatabaseBusy(StorageError):
    """Another process kept the database locked for longer than the time limit."""


class AlreadyRunning(StorageError):
    """Another daemon works on the same database; the message says who."""


class NotFound(AccredwatchError):
    """What was asked for by its name (source, election, report, channel) is not known; the message lists what is."""


class CrawlError(AccredwatchError):
    """A source could not be crawled."""


class AddressRefused(CrawlError):
    """A request led to an address that the configuration does not allow. Raised before any byte is sent."""


class ArchiveError(AccredwatchError):
    """A response cannot be archived, or what the archive holds is not what was fetched."""


class DeliveryError(AccredwatchError):
    """An alert did not reach its channel.

    `retry_after` is the number of seconds that the channel asked us to wait, if it did. `permanent` says that the
    same message cannot succeed later (a rejected address, a template that fails).
    """

    def __init__(self, message: str, *, retry_after: float | None = None, permanent: bool = False) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.permanent = permanent
