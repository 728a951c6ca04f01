"""The witness over HTTP (C2SP tlog-witness, "HTTP Interface"), as a WSGI application.

Besides ``add-checkpoint`` it serves a page for people, and the last cosigned checkpoint
of each log at ``/<SHA-256 of the origin in hex>/checkpoint``.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol

from guiju.base.witness.cosigning import Clock, add_checkpoint, unable
from guiju.base.witness.folder import Witness
from guiju.base.witness.page import POLICY, front_page, origin_digest
from guiju.core.errors import Conflict, Invalid, Refusal
from guiju.core.sentence import zh

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Application = Callable[["WSGIEnvironment", "StartResponse"], Iterable[bytes]]

MOST_BYTES = 128 * 1024
"""How long a request's body may be: 63 lines of proof and some forty large signatures."""

_TEXT = "text/plain; charset=utf-8"
_CHECKPOINT = re.compile(r"/([0-9a-f]{64})/checkpoint")
_LENGTH = re.compile(r"[0-9]{1,9}")
_HEADERS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
)


class _Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class _Answer:
    status: HTTPStatus
    body: bytes
    content_type: str = _TEXT
    headers: tuple[tuple[str, str], ...] = ()


class _Refused(Exception):  # noqa: N818 - an answer, as in core.errors
    """A request that is answered by a status of HTTP before the protocol begins."""

    def __init__(self, status: HTTPStatus, refusal: Refusal, *headers: tuple[str, str]) -> None:
        super().__init__(status, refusal)
        self.status = status
        self.refusal = refusal
        self.headers = headers

    def answer(self) -> _Answer:
        return _Answer(self.status, f"{self.refusal}\n".encode(), headers=self.headers)


def application(witness: Witness, *, now: Clock = lambda: int(time.time())) -> Application:
    """Return the WSGI application of ``witness``."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        found = _guarded(witness, environ, now)
        headers = [
            ("Content-Type", found.content_type),
            ("Content-Length", str(len(found.body))),
            *_HEADERS,
            *found.headers,
        ]
        start_response(f"{found.status.value} {found.status.phrase}", headers)
        return [b"" if environ.get("REQUEST_METHOD") == "HEAD" else found.body]

    return answer


def _guarded(witness: Witness, environ: WSGIEnvironment, now: Clock) -> _Answer:
    try:
        return _route(witness, environ, now)
    except _Refused as refused:
        return refused.answer()
    except Refusal as refusal:
        print(refusal, file=sys.stderr, flush=True)  # noqa: T201 - the operator's journal
        retry = (("Retry-After", "5"),) if isinstance(refusal, Conflict) else ()
        said = refusal if isinstance(refusal, Conflict) else unable()
        return _Answer(HTTPStatus.SERVICE_UNAVAILABLE, f"{said}\n".encode(), headers=retry)
    except Exception as error:  # noqa: BLE001 - the last door: no traceback leaves it
        print(type(error).__name__, error, file=sys.stderr, flush=True)  # noqa: T201 - as above
        return _Answer(HTTPStatus.INTERNAL_SERVER_ERROR, f"{unable()}\n".encode())


def _route(witness: Witness, environ: WSGIEnvironment, now: Clock) -> _Answer:
    path = environ.get("PATH_INFO", "")
    if path == "/add-checkpoint":
        _demand_method(environ, "POST")
        answered = add_checkpoint(witness, _body(environ), now=now)
        decision = answered.decision
        return _Answer(decision.status, answered.body(), decision.content_type)
    if path in {"", "/"}:
        _demand_method(environ, "GET", "HEAD")
        return _Answer(HTTPStatus.OK, front_page(witness), "text/html; charset=utf-8")
    if match := _CHECKPOINT.fullmatch(path):
        _demand_method(environ, "GET", "HEAD")
        return _Answer(HTTPStatus.OK, _checkpoint(witness, match[1]))
    raise _Refused(
        HTTPStatus.NOT_FOUND,
        Invalid("WITNESS-11", zh("没有这个网址。请打开首页查看本见证方的网址。")),
    )


def _checkpoint(witness: Witness, digest: str) -> bytes:
    for origin, kept in witness.store.last().items():
        if origin_digest(origin) == digest:
            return kept.note
    raise _Refused(
        HTTPStatus.NOT_FOUND,
        Invalid("WITNESS-12", zh("本见证方没有见证过这个记录。请核对记录的名称。")),
    )


def _demand_method(environ: WSGIEnvironment, *methods: str) -> None:
    if environ.get("REQUEST_METHOD") not in methods:
        allowed = ", ".join(methods)
        raise _Refused(
            HTTPStatus.METHOD_NOT_ALLOWED,
            Invalid("WITNESS-13", zh("这个网址只接受 {allowed} 请求。请改正。", allowed=allowed)),
            ("Allow", allowed),
        )


def _body(environ: WSGIEnvironment) -> bytes:
    given = environ.get("CONTENT_LENGTH") or ""
    if not _LENGTH.fullmatch(given) or "HTTP_TRANSFER_ENCODING" in environ:
        raise _Refused(
            HTTPStatus.LENGTH_REQUIRED,
            Invalid("WITNESS-14", zh("请求没有写明长度（Content-Length）。请写明后再送。")),
        )
    if (length := int(given)) > MOST_BYTES:
        raise _Refused(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            Invalid(
                "WITNESS-15",
                zh(
                    "请求有 {length} 字节，最多 {most} 字节。请核对内容。",
                    length=length,
                    most=MOST_BYTES,
                ),
            ),
        )
    stream: _Stream = environ["wsgi.input"]
    body = stream.read(length) if length else b""
    if len(body) < length:
        raise _Refused(
            HTTPStatus.REQUEST_TIMEOUT,
            Invalid("WITNESS-16", zh("请求没有在规定的时间内送完。请再送一次。")),
        )
    return body
