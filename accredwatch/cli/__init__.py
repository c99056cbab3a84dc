"""The command line: one file a group of commands, `main` around all of them."""

from __future__ import annotations

from accredwatch.cli.app import main

__all__ = ["main"]
