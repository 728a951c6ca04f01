"""The web server: gunicorn, and beside it the worker as a child that goes when it goes."""

from __future__ import annotations

import gc
import ipaddress
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from guiju.base.witness.server import PunctualWorker, check_bind
from guiju.core.errors import Denied
from guiju.core.sentence import zh

BIND = "127.0.0.1:8460"

_GRACE = 20
"""Seconds that requests, and the worker, may take to finish when the server stops."""

_SETTLED = 10.0
"""Seconds after which a worker that ended is replaced at once; a younger one waits so long."""


def check_place(bind: str, *, is_production: bool) -> None:
    """Try the address before the server starts.

    Args:
        bind: host and port.
        is_production: whether cookies and redirects hold to HTTPS, which a proxy provides.

    Raises:
        Invalid: what ``check_bind`` raises.
        Denied: START-01 for an address that other machines can reach while passwords would
            travel in the open.
    """
    host = bind.rpartition(":")[0].strip("[]")
    if host and not is_production and not _is_loopback(host):
        raise Denied(
            "START-01",
            zh(
                "试用时只供本机使用，不能在「{bind}」对外提供服务。请用 127.0.0.1；"
                "对外服务请设置 GUIJU_PRODUCTION=1，并在前面放提供 HTTPS 的反向代理。",
                bind=bind,
            ),
        )
    check_bind(bind)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(slots=True)
class Companion:
    """The worker beside the server: started with it, replaced when it ends, stopped with it."""

    command: Sequence[str]
    _process: subprocess.Popen[bytes] | None = None
    _began: float = field(default=-_SETTLED)

    def keep(self) -> None:
        """Start the worker if none runs; call it now and then."""
        if self._process is not None and self._process.poll() is None:
            return
        if time.monotonic() - self._began < _SETTLED:
            return
        self._began = time.monotonic()
        self._process = subprocess.Popen(  # noqa: S603 - our own words
            self.command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C at the terminal is for the server, which ends it
        )

    def ask_to_end(self) -> None:
        """Let the worker finish what it has in hand."""
        if self._process is not None:
            self._process.terminate()

    def wait(self) -> None:
        """See the worker end; one that does not listen is killed, which the record survives."""
        if self._process is None:
            return
        try:
            self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class _Arbiter(Arbiter):  # type: ignore[misc] # gunicorn has no types
    """Gunicorn's master, which also keeps the companion."""

    def __init__(self, app: _Server) -> None:
        self.companion = app.companion
        self.outlives_terminal = signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
        super().__init__(app)

    def manage_workers(self) -> None:
        super().manage_workers()
        if self.companion:
            self.companion.keep()

    def handle_hup(self) -> None:
        """End when the terminal is closed, unless started by nohup; never load anew."""
        if not self.outlives_terminal:
            raise StopIteration

    def stop(self, graceful: bool = True) -> None:  # noqa: FBT001, FBT002 - gunicorn's signature
        if self.companion:
            self.companion.ask_to_end()
        super().stop(graceful)

    def handle_usr2(self) -> None:
        """Do nothing: a second master beside this one would have no companion."""


class _Worker(PunctualWorker):
    """Takes large files from slow lines, but from nobody who only drips."""

    bytes_per_second = 32 * 1024


class _Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    def __init__(self, settings: dict[str, Any], companion: Companion | None) -> None:
        self.settings = settings
        self.companion = companion
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.settings.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        from guiju.config.wsgi import application  # noqa: PLC0415 - sets Django up

        _settle()
        return application

    def run(self) -> None:
        _Arbiter(self).run()


def _settle() -> None:
    """Load all pages before the processes part, and keep what stays out of garbage collection.

    Walking through all that a program of this size holds takes 100 ms, and some reader waits.
    """
    from django.urls import get_resolver  # noqa: PLC0415 - needs Django set up

    gc.disable()
    get_resolver().url_patterns  # noqa: B018 - loads them
    gc.freeze()
    gc.enable()


def serve(
    bind: str, *, workers: int, companion: Companion | None, ready: Callable[[], None]
) -> None:
    """Serve until the process is told to end; then exit with status 0.

    Args:
        bind: ``address:port``, checked before.
        workers: processes.
        companion: the worker to keep beside, if any.
        ready: called once when the address is listened at.
    """

    def see_companion_end(_arbiter: object) -> None:
        if companion:
            companion.wait()

    _Server(
        {
            "bind": bind,
            "worker_class": _Worker,
            "workers": workers,
            "threads": 8,
            "worker_connections": 256,
            "preload_app": True,
            "keepalive": 5,
            "timeout": 60,
            "graceful_timeout": _GRACE,
            "limit_request_line": 4096,
            "limit_request_fields": 64,
            "limit_request_field_size": 8190,
            "loglevel": "warning",
            "accesslog": None,
            "control_socket_disable": True,
            "umask": 0o077,
            "proc_name": "guiju",
            "when_ready": lambda _arbiter: ready(),
            "on_exit": see_companion_end,
        },
        companion,
    ).run()
