"""Into a file that is there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from foundation.errors import ConfigError


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to write to, which takes its name only when the block ends well; what had the name before is replaced.

    Raises ConfigError where the folder cannot be written or the disk is full.
    """
    if path.is_dir():
        raise ConfigError(f"{path} is a directory: name a file")
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        remedy = "name a file in a folder that exists, on a disk with room"
        raise ConfigError(f"{path} cannot be written ({error.strerror}): {remedy}") from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
