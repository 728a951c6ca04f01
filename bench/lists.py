"""Lists and pages of a large county over HTTP, for docs/benchmarks.md.

    python bench/lists.py --database sqlite --data FOLDER --build
    python bench/lists.py --database sqlite --data FOLDER --measure

Building makes an installation with 100,000 people, 300,000 appointments and 1,000,000 events in
the folder, once: what is there already is kept. Measuring signs in to a real ``guiju serve`` as
a supervisor of the county, a clerk of one unit and the administrators. On PostgreSQL a durable
cluster runs in the folder as long as the script does. Nothing here is asserted by a test.
"""

from __future__ import annotations

import argparse
import time
from datetime import UTC, datetime

from laid import HEADS, RULE, Ground, arguments, installed, measured, print_row, tidy
from record import print_machine

_DONE = "built.txt"
_PATIENCE = 100.0
"""Milliseconds at the 95th percentile."""


def main() -> None:
    """Build, measure, print."""
    parser = arguments("Lists of a large county.")
    parser.add_argument("--build", action="store_true")
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--only", default="", help="kinds whose name holds this text")
    parser.add_argument("--slow", type=float, default=0.0, help="show only slower ones, p95 in ms")
    asked = parser.parse_args()
    with installed(asked, _DONE) as (laid, _):
        if asked.build:
            build(laid, asked.people, asked.events)
        if asked.measure:
            measure(laid, asked)


def build(laid: Ground, people: int, events: int) -> None:
    """Make the county and its record, unless they are there."""
    done = laid.folder / _DONE
    if done.exists():
        print(f"already built: {done.read_text('utf-8')}")
        return
    from lists_accounts import open_accounts  # noqa: PLC0415 - needs Django set up
    from lists_county import Size, make  # noqa: PLC0415 - as above
    from lists_pages import office  # noqa: PLC0415 - as above
    from record_events import build as record  # noqa: PLC0415 - as above

    now = datetime.now(UTC)
    began = time.perf_counter()

    def tell(what: str) -> None:
        print(f"{time.perf_counter() - began:7.0f} s  {what}", flush=True)

    make(Size(people), now.date())
    tell("the county is there")
    open_accounts(laid.folder, now)
    tell("the accounts are open")
    record(events, office())
    tell("the events are recorded")
    _seal(now)
    tell("the events are sealed")
    tidy()
    tell("the database knows its tables")
    done.write_text(f"{people:,} people, {events:,} events, {now:%Y-%m-%d %H:%M}\n", "utf-8")


def _seal(now: datetime) -> None:
    from guiju.base.record import checkpoints, sequencer, tree_store  # noqa: PLC0415 - as above

    while sequencer.seal_waiting():
        pass
    for suite in (tree_store.SHA256, tree_store.SM3_SUITE):
        checkpoints.sign_if_due(at=now, suite=suite)


def measure(laid: Ground, asked: argparse.Namespace) -> None:
    """Print every kind of page: its times over HTTP, its queries, and what is over the limit."""
    from lists_accounts import read_sign_ins  # noqa: PLC0415 - needs Django set up
    from lists_pages import MOST_QUERIES, opened  # noqa: PLC0415 - as above
    from lists_reader import Reader  # noqa: PLC0415 - as above
    from serving import Served  # noqa: PLC0415 - as above

    lines = read_sign_ins(laid.folder)
    served = Served.start(laid, "--no-worker")
    readers = {name: Reader.signed_in(served.port, line) for name, line in lines.items()}
    print_machine()
    print(f"| page | reader | {HEADS}\n|---|---|{RULE}", flush=True)
    over = []
    for one in opened(lines):
        if asked.only not in f"{one.reader}: {one.what}":
            continue
        found = measured(readers[one.reader], one.paths, asked.rounds)
        is_over = found.p95 > _PATIENCE or found.queries > MOST_QUERIES[one.kind]
        if is_over:
            over.append(f"{one.what}, {one.reader}: {found.p95:.0f} ms, {found.queries} queries")
        if is_over or found.p95 >= asked.slow:
            print_row((one.what, one.reader, *found.told()))
    print(f"\nOver the limits: {'; '.join(over) or 'none'}.\n", flush=True)


if __name__ == "__main__":
    main()
