"""Serving a witness with gunicorn: one process, several threads, a deadline for each request."""

from __future__ import annotations

import re
import socket
import time
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.workers.gthread import (
    _DEFER,
    TConn,
    ThreadWorker,
)

from guiju.base.witness.folder import Witness
from guiju.base.witness.web import Application, application
from guiju.core.errors import Invalid
from guiju.core.sentence import zh
from guiju.exchange.files import reason

BIND = "127.0.0.1:8461"

SECONDS = 10.0
"""How long a request may take to arrive, its head and its body together."""

_GLANCE = 0.1
"""How long a thread waits for the first byte before the connection waits by itself, in seconds."""

_ADDRESS = re.compile(r"([0-9A-Za-z.-]+|\[[0-9A-Fa-f:.]+\]):([0-9]{1,5})")


class _Hurried:
    """A socket to read from until a deadline; after it, the other side counts as gone.

    gunicorn's threads wait for a slow client for ever: a few dripping connections would
    keep all of them. Where large bodies are welcome, what has arrived buys more time.
    """

    def __init__(self, sock: socket.socket, deadline: float, bytes_per_second: float) -> None:
        self.sock = sock
        self.deadline = deadline
        self.bytes_per_second = bytes_per_second
        self.is_late = False

    def recv(self, size: int) -> bytes:
        left = self.deadline - time.monotonic()
        try:
            self.sock.settimeout(max(left, 0.001))
            data = self.sock.recv(size)
        except TimeoutError:
            self.is_late = True
            return b""
        finally:
            self.sock.settimeout(None)
        self.deadline += len(data) / self.bytes_per_second
        return data


class PunctualWorker(ThreadWorker):  # type: ignore[misc] # gunicorn has no types
    """A worker whose requests must arrive in time.

    Attributes:
        bytes_per_second: how fast a body must arrive beyond ``SECONDS``; infinite where no
            more time is given.
    """

    bytes_per_second = float("inf")

    def handle(self, conn: TConn) -> object:
        if not conn.initialized and not conn.wait_for_data(_GLANCE):
            return _DEFER
        conn.init()
        deadline = time.monotonic() + SECONDS
        hurried = _Hurried(conn.sock, deadline, self.bytes_per_second)
        conn.parser.unreader.sock = hurried
        # What a late client still sends is the rest of this request, not a new one.
        if super().handle(conn) and not hurried.is_late:
            return True
        # Said goodbye to here: in its main loop gunicorn would wait for the client's own
        # goodbye, and a few silent clients would keep everybody out.
        conn.close(graceful=True)
        conn.close = _is_closed
        return False


def _is_closed(*, graceful: bool = False) -> None:
    """Do nothing: the connection was closed by its thread."""


class _Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    def __init__(self, app: Application, settings: dict[str, Any]) -> None:
        self.app = app
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.settings.items():
            self.cfg.set(name, value)

    def load(self) -> Application:
        return self.app


def serve(witness: Witness, *, bind: str = BIND) -> None:
    """Serve until the process is told to end.

    Args:
        witness: who signs.
        bind: ``address:port`` to listen at.

    Raises:
        Invalid: what ``check_bind`` raises.
    """
    check_bind(bind)
    _Server(
        application(witness),
        {
            "bind": bind,
            "worker_class": PunctualWorker,
            "workers": 1,
            "threads": 32,
            "worker_connections": 256,
            "keepalive": 5,
            "timeout": 60,
            "graceful_timeout": 15,
            "limit_request_line": 1024,
            "limit_request_fields": 40,
            "limit_request_field_size": 4096,
            "loglevel": "warning",
            "control_socket_disable": True,
            "umask": 0o077,
        },
    ).run()


def check_bind(bind: str) -> None:
    """Try the address before the server starts.

    Raises:
        Invalid: WITNESS-18 for what is no address, WITNESS-19 when it cannot be listened at.
    """
    match = _ADDRESS.fullmatch(bind)
    if not match or not 0 < (port := int(match[2])) < 1 << 16:
        raise Invalid(
            "WITNESS-18",
            zh(
                "「{bind}」不是监听地址。请写成「地址:端口」，如 {example}。",
                bind=bind,
                example=BIND,
            ),
        )
    host = match[1].strip("[]")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(found[0], found[1]) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(found[4])
    except OSError as error:
        raise Invalid(
            "WITNESS-19",
            zh(
                "不能在「{bind}」监听：{why}。请换一个地址或端口，或停掉占用它的程序。",
                bind=bind,
                why=reason(error),
            ),
        ) from None
