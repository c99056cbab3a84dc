"""How the C library's allocator and Python's collector are told to behave in a process that runs for months."""

from __future__ import annotations

import ctypes
import gc

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


def keep_what_is_there() -> None:
    """Let Python's collector pass by all that was made until now, as it stays to the end.

    Else each of its full passes would go through all modules, for a tenth of a second in which nothing else is done,
    and so they would be rare, with what crawls leave behind piling up between them.
    """
    gc.collect()
    gc.freeze()
