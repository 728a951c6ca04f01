"""Clients that hand in files over HTTP, as a browser does, and what is kept of them."""

from __future__ import annotations

import http.client
import re
import uuid
from collections import Counter
from collections.abc import Callable

from ground import Ground
from judging import Recorded
from writers import DONE, DOWN, REFUSED, THERE

_KEYS = uuid.UUID("5b7f8f5e-5f1f-4d57-9f0a-1f4f36a1d0c2")
_TIMEOUT = 60.0
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_CODE = re.compile(r"[A-Z]+-\d\d")
_BOUNDARY = "guiju-boundary-of-parts"


def key_of(number: int) -> uuid.UUID:
    """Return the idempotency key of a client's act."""
    return uuid.uuid5(_KEYS, str(number))


def uploader(port: int, session: str) -> Callable[[int], tuple[str, str]]:
    """Return what a client does with a number: hand in a file, once, and say what came of it.

    Args:
        port: of the server.
        session: the cookie of somebody who may hand in files.
    """

    def upload(number: int) -> tuple[str, str]:
        try:
            status, page, cookie, token = _form(port, session)
            if token:
                status, page = _post(port, number, cookie, token)
        except (OSError, http.client.HTTPException) as error:
            return DOWN, type(error).__name__
        code = _CODE.search(page)
        if status == http.HTTPStatus.FOUND:
            return DONE, ""
        if status == http.HTTPStatus.CONFLICT and code and code[0] == "RECORD-05":
            return THERE, ""
        return REFUSED, f"{status} {code[0] if code else 'without a sentence'}"

    return upload


def uploads(ground: Ground) -> Recorded:
    """Return the files that are recorded, and those of which row, event or content is missing."""
    numbers = {str(key_of(number)): number for number in range(1, 100_000)}
    rows = {
        f"file:{uuid.UUID(str(key))}": str(digest)
        for key, digest in ground.ask("SELECT key, sha256 FROM evidence_file")
    }
    query = "SELECT key, object FROM record_event WHERE kind = 'evidence.file.received'"
    events = {about: numbers[str(uuid.UUID(str(key)))] for key, about in ground.ask(query)}
    store = ground.data / "evidence"
    halves = [number for about, number in events.items() if about not in rows]
    halves += [0 for about in rows if about not in events]
    halves += [
        events.get(about, 0)
        for about, digest in rows.items()
        if not (store / digest[:2] / digest[2:4] / digest).is_file()
    ]
    return Recorded(Counter(events.values()), halves)


def _form(port: int, session: str) -> tuple[int, str, str, str]:
    """Return status and page of the form, its cookies and token; no token where it is refused."""
    status, page, cookie = _exchange(port, "GET", None, {"Cookie": session})
    found = _TOKEN.search(page)
    is_there = status == http.HTTPStatus.OK and found is not None
    return status, page, f"{session}; {cookie.split(';')[0]}", found[1] if is_there else ""


def _post(port: int, number: int, cookie: str, token: str) -> tuple[int, str]:
    content = f"第 {number // 2} 份材料\n"  # two clients hand in the same at the same time
    fields = {"csrfmiddlewaretoken": token, "key": str(key_of(number))}
    parts = [
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    parts.append(
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="f.txt"\r\n'
        f"Content-Type: text/plain\r\n\r\n{content}\r\n--{_BOUNDARY}--\r\n"
    )
    headers = {"Cookie": cookie, "Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"}
    status, page, _ = _exchange(port, "POST", "".join(parts).encode(), headers)
    return status, page


def _exchange(
    port: int, method: str, body: bytes | None, headers: dict[str, str]
) -> tuple[int, str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT)
    try:
        connection.request(method, "/files/", body, headers)
        answer = connection.getresponse()
        page = answer.read().decode("utf-8", "replace")
        return answer.status, page, answer.headers.get("Set-Cookie", "")
    finally:
        connection.close()
