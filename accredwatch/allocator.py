"""How the C library's allocator is told to behave in a process that runs for months."""

from __future__ import annotations

import ctypes

_M_ARENA_MAX = -8


def share_one_arena() -> None:
    """Let all threads take memory from one arena: each would have its own, with holes that no other thread fills.

    Python's threads allocate one at a time anyway. To be called before the first thread starts; where the C library is
    not glibc, which alone has such arenas, nothing happens.
    """
    try:
        set_option = ctypes.CDLL(None).mallopt
    except AttributeError:
        return
    set_option(_M_ARENA_MAX, 1)
