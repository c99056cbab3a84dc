"""Who goes first where several crawls share a process."""

from __future__ import annotations

import asyncio

import pytest

from crawler.precedence import Precedence

FOR_EVER = 600.0


async def turns() -> None:
    """Let whoever can go on do so."""
    for _ in range(5):
        await asyncio.sleep(0)


def test_what_else_there_is_to_do_waits_for_the_news_of_others_and_for_their_delivery() -> None:
    async def go() -> None:
        precedence = Precedence(patience=FOR_EVER)
        await precedence.let_pass()
        precedence.take("here")
        precedence.take("there")
        waiting = asyncio.create_task(precedence.let_pass())
        delivery = asyncio.get_running_loop().create_future()
        precedence.over("here", [delivery])
        await turns()
        assert not waiting.done(), "there is news elsewhere"
        precedence.over("there")
        await turns()
        assert not waiting.done(), "it is being delivered"
        delivery.set_result(None)
        await waiting
        precedence.over("never begun")
        await precedence.let_pass()

    asyncio.run(go())


@pytest.mark.parametrize("hanging", ["crawl", "delivery"])
def test_nobody_waits_long(hanging: str) -> None:
    async def go() -> None:
        precedence = Precedence(patience=0.01)
        precedence.take("here")
        if hanging == "delivery":
            precedence.over("here", [asyncio.get_running_loop().create_future()])
        await precedence.let_pass()

    asyncio.run(go())
