"""What every operation works on."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from accredwatch.web.context import Context, ask

OurContext = Annotated[Context, Depends(ask)]
