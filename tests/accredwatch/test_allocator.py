"""Threads take memory from one arena: of its own, each would reserve 64 megabytes of addresses and keep its holes."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

THREADS = 4
PROGRAM = f"""
import sys, threading
from pathlib import Path
from accredwatch.allocator import share_one_arena

def reserved():
    return int(Path("/proc/self/statm").read_text().split()[0]) * 4096 // 1_000_000

if sys.argv[1] == "one":
    share_one_arena()
before, taken, end = reserved(), threading.Barrier({THREADS} + 1), threading.Event()

def take():
    kept = [bytearray(50_000) for _ in range(20)]
    taken.wait()
    end.wait()
    del kept

threads = [threading.Thread(target=take) for _ in range({THREADS})]
for thread in threads:
    thread.start()
taken.wait()
print(reserved() - before)
end.set()
"""


def reserved(how: str) -> int:
    """Megabytes of addresses that some threads make the process reserve."""
    done = subprocess.run([sys.executable, "-c", PROGRAM, how], check=True, capture_output=True, text=True, timeout=300)
    return int(done.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has arenas")
def test_threads_share_one_arena() -> None:
    assert reserved("each") - reserved("one") > (THREADS - 1) * 60
