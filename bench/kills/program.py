"""The program as it is, but for what time it is: `python -m bench.kills.program FILE ARGUMENT...`.

The arguments are the command line's. The file holds an instant; since the file was written, time has passed as usual.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import accredwatch.cli.crawl
import accredwatch.cli.run
from accredwatch.cli import main


class FileClock:
    """Tells the instant that the file holds, and what has passed since it was written."""

    file: Path

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        written = datetime.fromtimestamp(self.file.stat().st_mtime, UTC)
        return datetime.fromisoformat(self.file.read_text()) + (datetime.now(UTC) - written)


def set_clock(file: Path, instant: datetime) -> None:
    """Let it be this instant (aware) now for whoever goes by the file."""
    draft = file.with_suffix(".draft")
    draft.write_text(instant.astimezone(UTC).isoformat())
    draft.replace(file)


if __name__ == "__main__":
    FileClock.file = Path(sys.argv[1])
    for command in (accredwatch.cli.run, accredwatch.cli.crawl):
        # Only a name that is there: else the program would go by the machine's clock, unseen.
        assert "SystemClock" in vars(command), command
        vars(command)["SystemClock"] = FileClock
    sys.exit(main(sys.argv[2:]))
