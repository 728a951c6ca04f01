"""Two and four rival sequencers, which never pause, under eight writers.

Each round is a minute, half of it with two rivals and half with four; by default 3 rounds.
No event may get two numbers and no number be left out.
"""

from __future__ import annotations

import multiprocessing
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ground import Ground, arguments, finish, ground

if TYPE_CHECKING:
    from judging import Found

WRITERS = 8
HALF = 30.0


def main() -> None:
    """Let them race, count, print."""
    asked = arguments(str(__doc__), rounds=3, seconds=600)
    began = time.monotonic()
    with ground(asked.database) as laid:
        laid.stand()
        found = _raced(laid, asked.rounds)
        seconds = round(time.monotonic() - began)
        what = f"two and four rival sequencers under {WRITERS} writers (minutes)"
        finish((what, asked.database, asked.rounds, *found.cells(), seconds), found.faults)


def _raced(laid: Ground, rounds: int) -> Found:
    from judging import judge, wait_until_sealed  # noqa: PLC0415 - needs Django set up
    from writers import Load  # noqa: PLC0415 - as above

    fork = multiprocessing.get_context("fork")
    faults = fork.SimpleQueue()
    load = Load(WRITERS)
    load.start()
    for count in (2, 4) * rounds:
        over = fork.Event()
        rivals = [fork.Process(target=_rival, args=(over, faults)) for _ in range(count)]
        for rival in rivals:
            rival.start()
        load.pump(HALF)
        over.set()
        for rival in rivals:
            rival.join()
    load.settle(60)
    load.end()
    laid.start("worker")
    wait_until_sealed(laid)
    found = judge(laid, load)
    while not faults.empty():
        found.faults.append(f"a sequencer said: {faults.get()}")
    return found


def _rival(over: multiprocessing.Event, faults: multiprocessing.SimpleQueue[str]) -> None:  # type: ignore[valid-type] # a function in typeshed
    """Seal and sign without a pause until it is over."""
    from guiju.base.record.clockwork import tick  # noqa: PLC0415 - needs Django set up

    while not over.is_set():
        try:
            tick(at=datetime.now(UTC))
        except Exception as error:  # noqa: BLE001 - counted, and the race goes on
            faults.put(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
