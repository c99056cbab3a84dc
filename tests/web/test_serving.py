"""Listening: what a client's connection is like."""

from __future__ import annotations

import socket
from contextlib import closing

from accredwatch.web.serving import listen


def test_an_answer_in_several_packets_does_not_wait_for_the_client() -> None:
    with closing(listen("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname()):
        connection, _ = listener.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
