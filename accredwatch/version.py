"""The version of the program."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def program_version() -> str:
    """The version that is installed; `unknown` in a tree that is not."""
    try:
        return version("accredwatch")
    except PackageNotFoundError:
        return "unknown"
