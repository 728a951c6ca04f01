"""PostgreSQL is stopped at once, or killed, under load, and started again.

20 rounds, by turns ``immediate`` stop and SIGKILL of every server process; about 3 minutes.
Writers and one ``guiju worker`` live through all of it and go on by themselves.
"""

from __future__ import annotations

import random
import sys
import time
from typing import TYPE_CHECKING

from ground import Ground, arguments, finish, ground

if TYPE_CHECKING:
    from judging import Found

WRITERS = 4


def main() -> None:
    """Stop, count, print."""
    asked = arguments(str(__doc__), rounds=20, seconds=600)
    if asked.database == "sqlite":
        sys.exit("SQLite has no server that could be stopped")
    random.seed(asked.seed)
    began = time.monotonic()
    with ground("postgresql") as laid:
        laid.stand()
        found, down = _stopped(laid, asked.rounds)
        seconds = round(time.monotonic() - began)
        what = f"PostgreSQL stopped at once or killed ({down:,} acts tried again)"
        finish((what, asked.database, asked.rounds, *found.cells(), seconds), found.faults)


def _stopped(laid: Ground, rounds: int) -> tuple[Found, int]:
    """Return what was found, and how often writers found no server."""
    from judging import judge, wait_until_sealed  # noqa: PLC0415 - needs Django set up
    from writers import DOWN, Load  # noqa: PLC0415 - as above

    if laid.cluster is None:
        raise RuntimeError("no cluster")
    load = Load(WRITERS)
    worker = laid.start("worker")
    load.start()
    for number in range(rounds):
        load.pump(random.uniform(1, 4))
        if number % 2:
            laid.cluster.kill()
        else:
            laid.cluster.stop("immediate")
        load.pump(random.uniform(0, 1))
        laid.cluster.start()
    load.settle(60)
    load.end()
    wait_until_sealed(laid)
    found = judge(laid, load)
    if worker.poll() is not None:
        found.faults.append(f"the worker ended by itself: {laid.said('worker')}")
    if "Traceback" in laid.said("worker"):
        found.faults.append(f"the worker printed a traceback: {laid.said('worker')}")
    return found, sum(n for words, n in load.said.items() if words.startswith(DOWN))


if __name__ == "__main__":
    main()
