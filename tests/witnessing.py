"""What the witness tests share: a log that signs quickly, its forks, and a server to ask."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from guiju.base.witness.folder import Witness, create_witness
from guiju.base.witness.wire import Reply, exchange
from guiju.core.ledger.checkpoint import Checkpoint
from guiju.core.ledger.keys import Key, KeyKind, sign_text
from guiju.core.ledger.note import SignedNote
from guiju.core.ledger.proofs import Nodes, prove_consistency, root_at
from guiju.core.ledger.tree import TreeHead
from guiju.core.ledger.witness import WitnessRequest
from ledger_reference.parties import grown

ORIGIN = "guiju.example/record"
WITNESS = "audit.example/w1"
_PRIVATE = Ed25519PrivateKey.from_private_bytes(b"\x01" * 32)
LOG = Key(ORIGIN, KeyKind.ED25519, _PRIVATE.public_key().public_bytes_raw())


@dataclass(frozen=True, slots=True)
class Log:
    """A log with 400 entries; forks of it begin alike and sign with the same key."""

    nodes: Nodes
    origin: str = ORIGIN

    def head(self, size: int) -> TreeHead:
        return TreeHead(size, root_at(self.nodes, size))

    def checkpoint(self, size: int, *extensions: str) -> bytes:
        text = Checkpoint(self.origin, self.head(size), extensions).text()
        return SignedNote(text, (sign_text(text, LOG, _PRIVATE.sign),)).encode()

    def prove(self, old: int, size: int) -> tuple[bytes, ...]:
        return prove_consistency(self.nodes, old=old, size=size)

    def ask(self, old: int, size: int) -> WitnessRequest:
        return WitnessRequest(old, self.prove(old, size), self.checkpoint(size))


def log(*, forked_at: int = 400, size: int = 400) -> Log:
    entries = [b"%d" % number for number in range(forked_at)]
    return Log(grown([*entries, *(b"other %d" % n for n in range(forked_at, size))])[1])


def witness(folder: Path) -> Witness:
    """A witness that knows the log."""
    made = create_witness(folder, WITNESS)
    made.store.trust(LOG, origin=ORIGIN, at=1_700_000_000)
    return made


def checkpoint_path(origin: str = ORIGIN) -> str:
    return f"/{sha256(origin.encode()).hexdigest()}/checkpoint"


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


class Server:
    """``guiju witness serve`` as a process group of its own, which can be killed at once."""

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder.with_suffix(".log").open("ab")
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "guiju", "witness", "serve", str(folder)),
                *("--bind", f"127.0.0.1:{self.port}"),
            ],
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        self._wait()

    def _wait(self) -> None:
        for _ in range(600):
            if self.process.poll() is not None:
                break
            if isinstance(exchange(self.url, timeout=5), Reply):
                return
            time.sleep(0.05)
        self.kill()
        raise AssertionError(Path(self.log.name).read_text("utf-8"))

    def kill(self, how: signal.Signals = signal.SIGKILL) -> int:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, how)
        status = self.process.wait(timeout=30)
        self.log.close()
        return status


@contextmanager
def served(folder: Path):
    server = Server(folder)
    try:
        yield server
    finally:
        server.kill()
