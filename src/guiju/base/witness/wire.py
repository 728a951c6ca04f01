"""One bounded HTTP exchange: by a deadline, up to a size, to the host that was named.

The time limit of the standard library counts from byte to byte, so a host that drips
could hold its caller for ever; here the connection is cut when its time is up. Nothing is
followed elsewhere: a redirection is an answer like any other. Proxies are not used.
"""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Self
from urllib.parse import SplitResult, urlsplit

from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh
from guiju.exchange.files import reason

MOST_BYTES = 64 * 1024
"""How much of an answer is read."""

_HEADERS = {"Content-Type": "text/plain; charset=utf-8"}
_PRINTABLE = re.compile(r"[!-~]{1,300}")


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the status, the media type, and the body, never longer than MOST_BYTES."""

    status: int
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No usable answer came, and why."""

    reason: Sentence


def exchange(
    url: str,
    *,
    body: bytes | None = None,
    timeout: float,
    headers: Mapping[str, str] = _HEADERS,
) -> Reply | Unreachable:
    """POST ``body``, or GET where there is none, and return what came back in time.

    Args:
        url: an address that begins with http or https.
        body: what to send.
        timeout: seconds for all of it.
        headers: what is said beside it.

    Raises:
        Invalid: what ``split_address`` raises.
    """
    parts = split_address(url)
    with _Alarm(timeout) as alarm:
        try:
            reply = _exchange(parts, body, {**headers, "Connection": "close"}, alarm)
        except ssl.SSLError:
            found = zh("对方的证书不可信，或加密连接不成立")
        except OSError as error:
            late = isinstance(error, TimeoutError)
            found = _LATE if late else zh("连接不上：{why}", why=reason(error))
        except (http.client.HTTPException, ValueError):
            found = _BROKEN
        else:
            if reply is not None and not alarm.rung:
                return reply
            found = _BROKEN
        return Unreachable(_LATE if alarm.rung else found)


_LATE = zh("对方没有在规定的时间内答复")
_BROKEN = zh("对方的答复不完整、太长，或不是网页协议")


def split_address(url: str) -> SplitResult:
    """Return the parts of a witness's address.

    Raises:
        Invalid: WITNESS-20 for anything but a plain http or https address.
    """
    try:
        parts = urlsplit(url)
        fits = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        parts, fits = urlsplit(""), False
    extra = parts.query or parts.fragment or "@" in parts.netloc
    if not fits or extra or not _PRINTABLE.fullmatch(url):
        raise Invalid(
            "WITNESS-20",
            zh(
                "「{url}」不是见证方的网址。请写成以 http:// 或 https:// 开头的网址。",
                url=ascii(url[:80])[1:-1],
            ),
        )
    return parts


def _exchange(
    parts: SplitResult, body: bytes | None, headers: Mapping[str, str], alarm: _Alarm
) -> Reply | None:
    secure = parts.scheme == "https"
    host, port = parts.hostname or "", parts.port or (443 if secure else 80)
    sock = socket.create_connection((host, port), alarm.seconds)
    alarm.watch(sock)
    with closing(http.client.HTTPConnection(host, port, alarm.seconds)) as connection:
        connection.sock = sock
        if secure:
            connection.sock = _secured(sock, host, alarm)
            connection.default_port = 443
        method = "GET" if body is None else "POST"
        connection.request(method, parts.path or "/", body, headers)
        response = connection.getresponse()
        data = response.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES or response.length:
            return None
        return Reply(response.status, response.getheader("Content-Type", ""), data)


def _secured(sock: socket.socket, host: str, alarm: _Alarm) -> ssl.SSLSocket:
    context = ssl.create_default_context()
    try:
        secured = context.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
    except OSError:
        sock.close()
        raise
    alarm.watch(secured)
    try:
        secured.do_handshake()
    except OSError:
        secured.close()
        raise
    return secured


class _Alarm:
    """Cuts the connection that it watches once its time is up."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.rung = False
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._ring)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def watch(self, sock: socket.socket) -> None:
        with self._lock:
            self._socket = sock
            self._cut()

    def _ring(self) -> None:
        with self._lock:
            self.rung = True
            self._cut()

    def _cut(self) -> None:
        if self.rung and self._socket is not None:
            with suppress(OSError):
                # The plain socket's own call: TLS would first want to say goodbye.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
