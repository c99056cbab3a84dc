"""`python -m accredwatch` is the command `accredwatch`."""

from __future__ import annotations

import sys

from accredwatch.cli import main

if __name__ == "__main__":
    sys.exit(main())
