"""The process that opens a stranger's file: small, limited, alone.

``python -m guiju.base.evidence.worker PATH ENDING CLEAN SECONDS MEMORY SIZE`` examines PATH,
writes the clean copy to CLEAN and a report as JSON to standard output. It limits itself
before it looks at a byte; what a hostile file does to it ends with it.
"""

from __future__ import annotations

import mmap
import resource
import sys
from pathlib import Path

from guiju.base.evidence import refusing, sniff
from guiju.base.evidence.report import Report, Subject, encoded
from guiju.core.errors import Refusal

_MOST_OPEN_FILES = 64


def main(arguments: list[str]) -> int:
    """Examine the file that ``arguments`` name; return the exit code."""
    path, ending, clean, seconds, memory, size = arguments
    confine(seconds=int(seconds), memory=int(memory), size=int(size))
    outcome = outcome_of(Path(path), ending, Path(clean))
    sys.stdout.buffer.write(encoded(outcome))
    return 0


def confine(*, seconds: int, memory: int, size: int) -> None:
    """Give up what the examination does not need, for good.

    Args:
        seconds: of processor time.
        memory: bytes of address space.
        size: bytes that a file written here may have.
    """
    limits = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_FSIZE: size,
        resource.RLIMIT_NOFILE: _MOST_OPEN_FILES,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_CORE: 0,
    }
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))


def outcome_of(path: Path, ending: str, clean: Path) -> Report | Refusal:
    """Examine the file at ``path``; a refusal is an outcome like any other."""
    try:
        with (
            path.open("rb") as stream,
            mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data,
        ):
            return sniff.examine(Subject(path, data, ending, clean))
    except Refusal as refusal:
        return refusal
    except (MemoryError, RecursionError):
        return refusing.unfinished()
    except OSError as error:
        return refusing.unwritable(error)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
