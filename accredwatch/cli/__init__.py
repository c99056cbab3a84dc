"""The command line: one file a group of commands, `main` around all of them."""

from __future__ import annotations

import os
import sys

from accredwatch.cli.completing import VARIABLE, complete

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; the result is the exit code.

    A shell that asks how a word may go on is answered without loading the program: whoever presses a key waits.
    """
    if os.environ.get(VARIABLE):
        return complete(sys.argv[1:] if arguments is None else arguments)
    from accredwatch.cli.app import main as run  # noqa: PLC0415 - see above

    return run(arguments)
