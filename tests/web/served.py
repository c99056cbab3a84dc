"""The application served over HTTP on loopback, in the process of the test."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from accredwatch.web.app import make_app
from accredwatch.web.context import Context
from accredwatch.web.serving import listen


@contextmanager
def served(context: Context) -> Iterator[str]:
    """Serve the application on the context's database; the address without a slash at its end."""
    listener = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(make_app(context), log_config=None, access_log=False, lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        # The socket listens already: requests wait until the server has begun to answer.
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
