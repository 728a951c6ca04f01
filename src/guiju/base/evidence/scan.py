"""Looking for viruses with ClamAV, where an office runs it.

clamd is spoken to by its INSTREAM command (clamd(8)): blocks with their length in four bytes,
an empty block at the end, one line as the answer. Without an address nothing is scanned, and
that is said; with one, no answer means no file.
"""

from __future__ import annotations

import re
import socket
import struct
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

from guiju.core.errors import Invalid
from guiju.core.sentence import zh
from guiju.core.terms import Term

_BLOCK = 256 * 1024
_MOST_ANSWER = 4096
_TCP = re.compile(r"tcp:(?P<host>[\w.:-]+|\[[\w:.]+\]):(?P<port>\d{1,5})")
_FOUND = re.compile(rb"(?:stream: )?(.{1,200}) FOUND")


class ScanState(Term):
    """Whether a file was looked through for viruses."""

    CLEAN = "clean", zh("已查毒，没有发现病毒")
    NOT_SCANNED = "not_scanned", zh("没有查毒")


@dataclass(frozen=True, slots=True)
class Scanner:
    """Where clamd listens.

    Attributes:
        address: path of a unix socket, or host and port.
        seconds: how long one answer may take.
    """

    address: str | tuple[str, int]
    seconds: float = 60.0


def scanner_at(setting: str) -> Scanner | None:
    """Read a setting: empty for none, ``unix:/path`` or ``tcp:host:port``.

    Raises:
        Invalid: EVIDENCE-20 when it is none of these.
    """
    setting = setting.strip()
    if not setting:
        return None
    if setting.startswith("unix:/"):
        return Scanner(setting.removeprefix("unix:"))
    found = _TCP.fullmatch(setting)
    if found and 0 < int(found["port"]) < 65536:
        return Scanner((found["host"].strip("[]"), int(found["port"])))
    raise Invalid(
        "EVIDENCE-20",
        zh(
            "查毒服务的地址「{setting}」不对。请写成 unix:/路径 或 tcp:主机:端口；不查毒就留空。",
            setting=setting[:100],
        ),
    )


def scan(stream: BinaryIO, scanner: Scanner | None) -> ScanState:
    """Have ``stream`` looked through.

    Raises:
        Invalid: EVIDENCE-13 a virus was found, EVIDENCE-14 clamd gave no proper answer.
    """
    if scanner is None:
        return ScanState.NOT_SCANNED
    try:
        answer = _answer(stream, scanner)
    except OSError:
        answer = b""
    if answer == b"stream: OK":
        return ScanState.CLEAN
    if found := _FOUND.fullmatch(answer):
        raise Invalid(
            "EVIDENCE-13",
            zh(
                "文件里查出病毒「{virus}」，没有保存。请先在本机杀毒，再上传干净的文件。",
                virus="".join(c if c.isprintable() else "?" for c in found[1].decode("latin-1")),
            ),
        )
    raise Invalid(
        "EVIDENCE-14",
        zh("查毒服务没有给出结论，文件没有保存。请稍后再试；一直这样时请告诉系统管理员。"),
    )


def _answer(stream: BinaryIO, scanner: Scanner) -> bytes:
    with _connected(scanner) as peer:
        # When a file is too large for it, clamd says so and hangs up before everything is sent.
        with suppress(BrokenPipeError, ConnectionResetError):
            peer.sendall(b"zINSTREAM\0")
            while block := stream.read(_BLOCK):
                peer.sendall(struct.pack(">I", len(block)) + block)
            peer.sendall(struct.pack(">I", 0))
        answer = b""
        while b"\0" not in answer and len(answer) < _MOST_ANSWER:
            if not (got := peer.recv(_MOST_ANSWER)):
                break
            answer += got
    return answer.partition(b"\0")[0].strip()


def _connected(scanner: Scanner) -> socket.socket:
    if not isinstance(scanner.address, str):
        return socket.create_connection(scanner.address, timeout=scanner.seconds)
    peer = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        peer.settimeout(scanner.seconds)
        peer.connect(scanner.address)
    except OSError:
        peer.close()
        raise
    return peer
