"""Having a file examined in a process of its own, which may crash or hang as it likes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from guiju.base.evidence import refusing
from guiju.base.evidence.report import Report, Unreadable, decoded
from guiju.base.evidence.store import MOST_BYTES
from guiju.core.errors import Refusal

_MOST_ANSWER = 256 * 1024
_ROOM = 64 * 1024**2
"""How much larger than allowed uploads a clean copy may be, in bytes."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may cost.

    Attributes:
        size: bytes of the file.
        seconds: until the worker is ended, whatever it is waiting for; more than ``processor``,
            for on a busy machine an honest file waits its turn.
        processor: seconds of processor time, the limit that a hostile file meets.
        memory: bytes of address space, the mapped file included.
    """

    size: int = MOST_BYTES
    seconds: float = 20.0
    processor: int = 8
    memory: int = 1280 * 1024**2


def examine(path: Path, *, ending: str, clean: Path, limits: Limits) -> Report:
    """Have the file at ``path`` examined and its clean copy written to ``clean``.

    Args:
        path: the file; its folder must be writable.
        ending: of the name it came with, without the dot, lower case.
        clean: does not exist yet; may be left half written after a refusal.
        limits: what it may cost.

    Raises:
        Invalid: EVIDENCE-02, -04 to -12, -18, -19 or -21.
    """
    numbers = (limits.processor, limits.memory, limits.size + _ROOM)
    command = [
        sys.executable, "-I", "-B", "-X", "utf8", "-m", "guiju.base.evidence.worker",
        str(path), ending, str(clean), *map(str, numbers),
    ]  # fmt: skip
    try:
        # An answer goes to a file, whose length can be looked at before it is read.
        with tempfile.TemporaryFile(dir=path.parent) as answer:
            done = subprocess.run(  # noqa: S603 - no shell, and the ending is letters and digits
                command,
                stdin=subprocess.DEVNULL,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={},
                start_new_session=True,
                timeout=limits.seconds,
                check=False,
            )
            answer.seek(0)
            outcome = decoded(answer.read(_MOST_ANSWER))
    except (subprocess.TimeoutExpired, Unreadable, OSError):
        raise refusing.unfinished() from None
    if done.returncode:
        raise refusing.unfinished()
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome
