"""The demo as it is left by `accredwatch demo --keep`, for whoever looks around in it."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_CONFIG = re.compile(r"--config (\S+)")


@contextmanager
def kept_demo() -> Iterator[Path]:
    """Play the campaign and keep newsrooms and database up for the block; the value is the configuration's path.

    Raises RuntimeError with what the demo said if it ends before that.
    """
    command = [sys.executable, "-u", "-m", "accredwatch", "--config", str(ROOT / "config.toml"), "demo", "--keep"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as demo:
        try:
            yield _config(demo)
        finally:
            demo.send_signal(signal.SIGINT)
            demo.communicate()


def _config(demo: subprocess.Popen[str]) -> Path:
    if demo.stdout is None:
        raise RuntimeError("the demo's output is not read")
    said = []
    for line in demo.stdout:
        said.append(line)
        if found := _CONFIG.search(line):
            return Path(found[1])
    raise RuntimeError("the demo ended early:\n" + "".join(said))
