"""Somebody who has signed in and opens pages: over HTTP for times, in this process for queries."""

from __future__ import annotations

import http.client
import re
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lists_accounts import SignIn

from guiju.demo.county.sign_ins import app_code

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_STEP = 30
"""Seconds for which a code is shown; each is taken once."""


class Reader:
    """A browser's cookies, and a connection for each page."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    @classmethod
    def signed_in(cls, port: int, line: SignIn) -> Reader:
        """Sign in with password and code; wait for the next code where this one was taken."""
        for _ in range(3):
            reader = cls(port)
            reader._post("/account/sign-in/", login_name=line.login_name, password=line.password)
            code = app_code(line.secret, time.time())
            if reader._post("/account/sign-in/second/", code=code) == http.HTTPStatus.FOUND:
                return reader
            time.sleep(_STEP - time.time() % _STEP + 0.5)
        raise RuntimeError(f"{line.name} does not get in")

    def get(self, path: str) -> bytes:
        """Return a page.

        Raises:
            RuntimeError: for any status but 200.
        """
        status, page = self._exchange("GET", path)
        if status != http.HTTPStatus.OK:
            raise RuntimeError(f"{path}: {status}")
        return page

    def seconds(self, path: str) -> float:
        """Return how long a page takes to come."""
        began = time.perf_counter()
        self.get(path)
        return time.perf_counter() - began

    def queries(self, path: str) -> int:
        """Return how many queries a page takes, those of the session and of the reader too."""
        client = Client(SERVER_NAME="127.0.0.1")
        for name, value in self.cookies.items():
            client.cookies[name] = value
        reset_queries()  # only the last few thousand are kept: a full log grows no more
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path)
        if answer.status_code != http.HTTPStatus.OK:
            raise RuntimeError(f"{path}: {answer.status_code}")
        return len(captured)

    def _post(self, path: str, **fields: str) -> int:
        page = self.get(path).decode()
        token = _TOKEN.search(page)
        assert token is not None
        return self._exchange("POST", path, csrfmiddlewaretoken=token[1], **fields)[0]

    def _exchange(self, method: str, path: str, **fields: str) -> tuple[int, bytes]:
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Origin": f"http://127.0.0.1:{self.port}",
        }
        if fields:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        opened = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            opened.request(method, path, urlencode(fields) if fields else None, headers)
            answer = opened.getresponse()
            page = answer.read()
        finally:
            opened.close()
        for text in answer.headers.get_all("Set-Cookie", ()):
            for name, morsel in SimpleCookie(text).items():
                self.cookies[name] = morsel.value
        return answer.status, page
