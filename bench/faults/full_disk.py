"""A really full disk: a small tmpfs holds data directory, evidence and, where used, PostgreSQL.

Each round fills the disk at a random moment under load, so that a random rest is left, lets
writers, a worker, ``guiju record`` and an upload meet it, makes room again, and goes on. 10
rounds, about 4 minutes on each database. Mounting needs root; without it nothing is tried.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ground import Ground, arguments, finish, ground, wait_until

if TYPE_CHECKING:
    from judging import Found
    from writers import Load

WRITERS = 4
SIZES = {"sqlite": "64m", "postgresql": "320m"}
SKIPPED = 77
_CHUNK = 1 << 16
_TWO_BEATS = 12.0


def main() -> None:
    """Fill, count, print."""
    asked = arguments(str(__doc__), rounds=10, seconds=900)
    random.seed(asked.seed)
    began = time.monotonic()
    with _small_disk(SIZES[asked.database]) as disk, ground(asked.database, place=disk) as laid:
        laid.stand()
        found, refused = _filled(laid, disk, asked.rounds)
    seconds = round(time.monotonic() - began)
    what = f"full disk ({refused:,} acts refused)"
    finish((what, asked.database, asked.rounds, *found.cells(), seconds), found.faults)


@contextmanager
def _small_disk(size: str) -> Iterator[Path]:
    """Mount a small file system; end the process where that is not allowed."""
    place = Path(tempfile.mkdtemp(prefix="guiju-disk-"))
    words = ("mount", "-t", "tmpfs", "-o", f"size={size},mode=0755", "guiju-disk", str(place))
    mounted = subprocess.run(words, capture_output=True, check=False)
    if mounted.returncode:
        place.rmdir()
        print(f"skipped: no file system may be mounted here ({mounted.stderr.decode().strip()})")
        sys.exit(SKIPPED)
    try:
        yield place
    finally:
        done = subprocess.run(("umount", str(place)), capture_output=True, check=False)
        if done.returncode:  # something still looks into it; it goes when that ends
            subprocess.run(("umount", "--lazy", str(place)), check=False)
        place.rmdir()


def _filled(laid: Ground, disk: Path, rounds: int) -> tuple[Found, int]:
    """Return what was found, and how many acts were refused while the disk was full."""
    from judging import judge, wait_until_sealed  # noqa: PLC0415 - needs Django set up
    from serving import Served  # noqa: PLC0415 - as above
    from signed_in import cookie, supervisor  # noqa: PLC0415 - as above
    from uploads import uploader  # noqa: PLC0415 - as above
    from writers import Load  # noqa: PLC0415 - as above

    load, faults = Load(WRITERS), list[str]()
    session = cookie(supervisor())
    served = Served.start(laid)
    filler = disk / "filler"
    for number in range(rounds):
        load.start()
        load.pump(random.uniform(0.5, 1.5))
        _fill(filler, leave=random.randrange(0, 1 << 18))
        load.pump(random.uniform(3, 6))
        _top_up(filler)
        faults += _commands(laid)
        outcome, said = uploader(served.port, session)(number)
        if "without" in said or outcome == "down":
            faults.append(f"full disk: an upload was told {outcome} {said}")
        filler.unlink()
        if laid.cluster is not None and not laid.cluster.is_running():
            laid.cluster.start()  # PostgreSQL ends itself when its log cannot be written
        faults += _goes_on(load)
    load.settle(60)
    load.end()
    wait_until_sealed(laid)
    time.sleep(_TWO_BEATS)  # for the worker to say that all is well again
    if served.process.poll() is not None or "Traceback" in laid.said("serve"):
        faults.append(f"the server or worker: {laid.said('serve')[-3000:]}")
    found = judge(laid, load)
    dumb = [words for words in load.said if not words.startswith(("done", "there", "refused"))]
    faults += [f"no sentence: {words} ({load.said[words]} times)" for words in dumb]
    found.faults = [*faults, *(one for one in found.faults if not _is_small(one))]
    told = load.said.items()
    return found, sum(n for words, n in told if not words.startswith(("done", "there")))


def _fill(filler: Path, *, leave: int) -> None:
    """Write until nothing more fits, then give back ``leave`` bytes."""
    with filler.open("wb", buffering=0) as stream:
        try:
            while True:
                stream.write(bytes(_CHUNK))
        except OSError:
            stream.truncate(max(0, os.fstat(stream.fileno()).st_size - leave))


def _commands(laid: Ground) -> Iterator[str]:
    """Yield what the command line says that is no sentence, on a disk with nothing left."""
    for words in (("record", "quorum", "0"), ("record", "export", str(laid.folder / "export"))):
        try:
            status, said = laid.run(*words, well=(0, 2))
        except RuntimeError as error:
            yield f"full disk: guiju {' '.join(words[:2])}: {str(error).strip().splitlines()[-1]}"
            continue
        if status == 2 and not said.rstrip().endswith("]"):
            yield f"full disk: no sentence: {said}"


def _top_up(filler: Path) -> None:
    with filler.open("ab", buffering=0) as stream:
        try:
            while True:
                stream.write(bytes(256))
        except OSError:
            return


def _goes_on(load: Load) -> Iterator[str]:
    """Go on until a new act is acknowledged; say so if none is."""
    before = len(load.acknowledged)

    def is_so() -> bool:
        load.start()
        load.pump(0.2)
        return len(load.acknowledged) > before + WRITERS

    try:
        wait_until(is_so, "after space was freed, acts are acknowledged again")
    except RuntimeError as error:
        yield str(error)


def _is_small(fault: str) -> bool:
    """Tell whether doctor only says that the disk is small, which it is."""
    lines = [line for line in fault.splitlines() if "[AUDIT-" in line]
    return fault.startswith("doctor") and all("[AUDIT-46]" in line for line in lines)


if __name__ == "__main__":
    main()
