"""HTTP on loopback in a thread of its own, so that a crawler in the foreground can ask it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine
from types import TracebackType
from typing import Any, Self, TypeVar

from aiohttp import web

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
T = TypeVar("T")


class LoopbackServer:
    """Serves handlers on addresses of this machine only; a context manager.

    Nothing is open before `start` and after `stop`.
    """

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="loopback-http", daemon=True)
        self._runners: list[web.ServerRunner] = []

    def start(self) -> None:
        """Open the thread."""
        self._thread.start()

    def serve(self, handler: Handler, *, port: int = 0) -> str:
        """Serve one more site with this handler; returns its base URL, without a slash at the end.

        Raises OSError if the port is taken.
        """
        return self._run(self._serve(handler, port))

    def stop(self) -> None:
        """Close every site and the thread; returns when that is done."""
        if not self._thread.is_alive():
            self._loop.close()
            return
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _serve(self, handler: Handler, port: int) -> str:
        runner = web.ServerRunner(web.Server(handler, access_log=None), shutdown_timeout=0.5)
        await runner.setup()
        self._runners.append(runner)
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        _, bound = runner.addresses[0][:2]
        return f"http://127.0.0.1:{bound}"

    async def _close(self) -> None:
        for runner in self._runners:
            await runner.cleanup()
        # Whoever is still being answered has gone; a task that nobody ends is complained of when it is collected.
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left, timeout=1)
