"""Exit codes: the one table that the program, its help and its documentation share."""

from __future__ import annotations

from enum import IntEnum

from foundation.errors import AccredwatchError, AlreadyRunning, ConfigError, NotFound, StorageError


class Exit(IntEnum):
    """What the process tells whoever started it."""

    OK = 0
    FAILED = 1
    USAGE = 2
    DATABASE = 3
    RUNNING = 4
    BUG = 70
    INTERRUPTED = 130
    PIPE_CLOSED = 141


MEANING = {
    Exit.OK: "everything asked for was done",
    Exit.FAILED: "a source, input, channel or check failed, the others went on; of `status`: something is not well",
    Exit.USAGE: "wrong usage, wrong configuration, or a name that is not known",
    Exit.DATABASE: "the database cannot be used",
    Exit.RUNNING: "another daemon, or workers, are at work on this database already",
    Exit.BUG: "an error that nobody foresaw; its traceback is in the log",
    Exit.INTERRUPTED: "interrupted (Ctrl-C)",
    Exit.PIPE_CLOSED: "whoever read the output went away",
}


def exit_for(error: AccredwatchError) -> Exit:
    """The exit code of a command that ends with this error."""
    if isinstance(error, (ConfigError, NotFound)):
        return Exit.USAGE
    if isinstance(error, AlreadyRunning):
        return Exit.RUNNING
    return Exit.DATABASE if isinstance(error, StorageError) else Exit.FAILED
