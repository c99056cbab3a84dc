"""Work that ends the process that does it."""

from __future__ import annotations

import os
import signal

from foundation.failpoints import Failpoint, arm


def die(_: object) -> None:
    """End this process, as the kernel does when memory is short."""
    os.kill(os.getpid(), signal.SIGKILL)


def die_at_commit(after: int, _: object) -> None:
    """End this process when, after so many more transactions, one has said everything; this one is still committed."""
    arm(f"{Failpoint.BEFORE_COMMIT}:{after + 2}")
