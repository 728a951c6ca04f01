"""Kill -9 of writers and of ``guiju worker`` at random moments, under load.

200 rounds: 100 writers and 100 workers are killed; about 6 minutes on each database.
"""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

from ground import Ground, arguments, finish, ground, wait_until

if TYPE_CHECKING:
    from judging import Found
    from writers import Load

WRITERS = 4


def main() -> None:
    """Kill, count, print."""
    asked = arguments(str(__doc__), rounds=200, seconds=1800)
    random.seed(asked.seed)
    began = time.monotonic()
    with ground(asked.database) as laid:
        laid.stand()
        found, hits = _killed(laid, asked.rounds)
        seconds = round(time.monotonic() - began)
        what = f"kill -9 of writers and workers ({hits} acts committed and not acknowledged)"
        finish((what, asked.database, asked.rounds, *found.cells(), seconds), found.faults)


def _killed(laid: Ground, rounds: int) -> tuple[Found, int]:
    """Return what was found, and how many acts a kill struck between commit and word."""
    from judging import judge, wait_until_sealed  # noqa: PLC0415 - needs Django set up
    from writers import THERE, Load  # noqa: PLC0415 - as above

    load = Load(WRITERS)
    worker = laid.start("worker")
    for number in range(rounds):
        load.start()
        if number % 2:
            load.pump(random.uniform(0, 0.6))
            load.kill(random.choice(load.writers))
        else:
            _go_on_until_sealing(laid, load)
            load.pump(random.uniform(0, 0.6))
            worker.kill()
            worker.wait()
            worker = laid.start("worker")
    load.settle(60)
    load.end()
    wait_until_sealed(laid)
    hits = sum(outcome == THERE for outcome in load.acknowledged.values())
    return judge(laid, load), hits


def _go_on_until_sealing(laid: Ground, load: Load) -> None:
    """Go on until the worker has sealed something, so that it is not killed while it starts."""
    size = laid.number("SELECT count(*) FROM record_leaf")

    def has_sealed() -> bool:
        load.pump(0.05)
        return laid.number("SELECT count(*) FROM record_leaf") > size

    wait_until(has_sealed, "the worker seals")


if __name__ == "__main__":
    main()
