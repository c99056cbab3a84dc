"""Take the documentation's pictures of the page: `python -m tools.pictures`.

The demo's campaign is played, `accredwatch serve` serves it, and Chromium looks at it. The pictures are written to
docs/pictures, in few colours, so that they stay small.
"""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tools.kept_demo import ROOT, kept_demo

FOLDER = ROOT / "docs" / "pictures"
ELECTION = "2023-03-19-parliamentary"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
_COLOURS = 128


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: its file, what of the page it shows, and on what kind of screen."""

    name: str
    path: str
    scheme: Literal["light", "dark"] = "light"
    width: int = 1200
    height: int = 800


SHOTS = (
    Shot("now", "/"),
    Shot("timeline", f"/elections/{ELECTION}"),
    Shot("report", "/reports/12"),
    Shot("now-phone-dark", "/", scheme="dark", width=390, height=800),
)


def main() -> int:
    """Take every picture; the exit code is 1 if a page could not be had."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.stderr.write("Chromium is not installed: no picture was taken.\n")
        return 1
    FOLDER.mkdir(exist_ok=True)
    with kept_demo() as config, served(config) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        failed = [shot.name for shot in SHOTS if not take(browser, address, shot)]
        browser.close()
    if failed:
        sys.stderr.write(f"No picture of what is not there: {', '.join(failed)}\n")
    return 1 if failed else 0


def take(browser: Browser, address: str, shot: Shot) -> bool:
    """Take one picture; False if the page is not there."""
    page = browser.new_page(
        viewport={"width": shot.width, "height": shot.height}, color_scheme=shot.scheme, device_scale_factor=1.5
    )
    answer = page.goto(address + shot.path, wait_until="networkidle")
    there = answer is not None and answer.ok
    if there:
        picture = Image.open(io.BytesIO(page.screenshot()))
        few = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
        few.save(FOLDER / f"{shot.name}.png", optimize=True)
    page.close()
    return there


@contextmanager
def served(config: Path) -> Iterator[str]:
    """The page on this configuration, at an address of its own for the length of the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "accredwatch", "--config", str(config), "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ) as page:
        address = f"http://127.0.0.1:{port}"
        while page.poll() is None and not _answers(address):
            time.sleep(0.1)
        try:
            yield address
        finally:
            page.terminate()


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=5):  # noqa: S310 - our own address
            return True
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
