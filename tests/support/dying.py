"""Work that ends the process that does it."""

from __future__ import annotations

import os
import signal


def die(_: object) -> None:
    """End this process, as the kernel does when memory is short."""
    os.kill(os.getpid(), signal.SIGKILL)
