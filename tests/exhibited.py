"""The gallery served to a browser without a database, to somebody who may see all of it."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from unittest.mock import patch
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from playwright.sync_api import sync_playwright

from browsing import CHROMIUM, QUIET
from guiju.base.ui import palette, reader
from guiju.base.ui.reader import Reader
from guiju.core.access import Grant, Standing
from guiju.core.terms import Role

SUPERVISOR = Standing("person:3f1c", (Grant(Role.SUPERVISOR, ""),))


class SignedIn:
    """Lets everyone in as a supervisor; the gallery asks no database who reads."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.standing = SUPERVISOR
        return self.get_response(request)


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Kept(StaticFilesHandler):
    """Lets the browser keep style sheets and scripts, as it may those named by content."""

    def get_response(self, request):
        response = super().get_response(request)
        response.headers.setdefault("Cache-Control", "max-age=3600")
        return response


NO_ACCOUNTS = (".base.access.", "django.contrib.", "allauth.")
TOAST = "guiju.base.ui.middleware.ToastMiddleware"


@contextmanager
def serving(port=0):
    """Serve the pages from a thread of this process, to a supervisor and without a database."""
    from django.conf import settings  # noqa: PLC0415 - set up by conftest

    kept = [one for one in settings.MIDDLEWARE if not any(map(one.__contains__, NO_ACCOUNTS))]
    kept += [TOAST] * (TOAST not in kept)
    changed = {"MIDDLEWARE": [*kept, f"{__name__}.SignedIn"], "ALLOWED_HOSTS": ["127.0.0.1"]}
    with (
        override_settings(**changed),
        patch.object(reader, "_READERS", [lambda _: Reader("周晓岚", "财务科经办")]),
        patch.object(reader, "_BODIES", [lambda _: "示例县 · 教育局"]),
        patch.object(palette, "_PROVIDERS", {}),  # areas ask the database
    ):
        application = Kept(WSGIHandler())
        server = make_server("127.0.0.1", port, application, Server, Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        server.server_close()


_STILL = (
    "--disable-threaded-compositing",
    "--num-raster-threads=1",
    "--disable-partial-raster",
    "--disable-lcd-text",
    "--disable-features=PaintHolding",
)
"""Draws in one thread and only when asked: a fifth less work, but nothing can be clicked."""


@contextmanager
def chromium(*, is_still=False):
    """Give a browser that has looked at nothing yet."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*QUIET, *(_STILL if is_still else ())]
        )
        yield started
        started.close()
