"""Kill -9 of the real ``guiju serve`` while clients hand in files over HTTP.

200 rounds: by turns all its processes, the first one, or one that serves or works. About 10
minutes on each database.
"""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

from ground import Ground, arguments, finish, ground

if TYPE_CHECKING:
    from judging import Found

CLIENTS = 4


def main() -> None:
    """Kill, count, print."""
    asked = arguments(str(__doc__), rounds=200, seconds=2400)
    random.seed(asked.seed)
    began = time.monotonic()
    with ground(asked.database) as laid:
        laid.stand()
        found, hits = _killed(laid, asked.rounds)
        seconds = round(time.monotonic() - began)
        what = f"kill -9 of guiju serve under uploads ({hits} committed and not answered)"
        finish((what, asked.database, asked.rounds, *found.cells(), seconds), found.faults)


def _killed(laid: Ground, rounds: int) -> tuple[Found, int]:
    """Return what was found, and how many acts a kill struck between commit and answer."""
    from judging import judge, wait_until_sealed  # noqa: PLC0415 - needs Django set up
    from serving import Served  # noqa: PLC0415 - as above
    from signed_in import cookie, supervisor  # noqa: PLC0415 - as above
    from uploads import uploader, uploads  # noqa: PLC0415 - as above
    from writers import THERE, Load  # noqa: PLC0415 - as above

    served = Served.start(laid)
    load = Load(CLIENTS, uploader(served.port, cookie(supervisor())))
    load.start()
    for number in range(rounds):
        load.pump(random.uniform(0, 2))
        if number % 3 == 0:
            served.kill_all()
        elif number % 3 == 1:
            served.kill_master()
        else:
            served.kill_one(random.randrange(100))
        served.wait()
    load.settle(120)
    load.end()
    wait_until_sealed(laid)
    found = judge(laid, load, uploads)
    found.faults += [
        f"a client was told {words} ({count} times)"
        for words, count in load.said.items()
        if words.startswith("refused")
    ]
    return found, sum(outcome == THERE for outcome in load.acknowledged.values())


if __name__ == "__main__":
    main()
