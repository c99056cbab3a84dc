"""Environments of their own for the programs that are compared with: pinned, made once, used again."""

from __future__ import annotations

import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

_SECONDS = 1800
"""How long a program may take to be installed, or to do what it is asked."""


def installed(name: str, requirements: Path, environments: Path) -> Path:
    """The interpreter of a program's environment; one that was made with the same requirements is used again.

    `requirements` is the folder in which `<name>.txt` pins it and all that it needs. Raises what `output` raises.
    """
    pinned = requirements / f"{name}.txt"
    wanted = pinned.read_text(encoding="utf-8")
    place = environments.absolute() / name
    python = place / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    done = place / "installed.txt"
    if not done.is_file() or done.read_text(encoding="utf-8") != wanted:
        venv.create(place, with_pip=True, clear=True)
        output([str(python), "-m", "pip", "install", "--quiet", "--no-deps", "-r", str(pinned)])
        done.write_text(wanted, encoding="utf-8")
    return python


def version(name: str, requirements: Path) -> str:
    """The version of it that is pinned."""
    lines = (requirements / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return next(line.partition("==")[2] for line in lines if line.lower().startswith(f"{name}=="))


def output(command: Sequence[str]) -> str:
    """What a command prints. Raises CalledProcessError if it fails, TimeoutExpired, or OSError if it cannot begin."""
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=_SECONDS).stdout


def why(error: Exception) -> str:
    """The line that tells why a program could not be installed or run."""
    said = error.stderr if isinstance(error, subprocess.CalledProcessError) else ""
    lines = (said or "").strip().splitlines() or [str(error)]
    return next((line for line in lines if line.startswith("ERROR")), lines[-1])
