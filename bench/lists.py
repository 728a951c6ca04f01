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
import signal
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "faults"))

from ground import ORIGIN, Ground, print_row  # noqa: E402 - it lies in a folder beside
from postgres_cluster import start_lasting, stop_lasting  # noqa: E402 - as above
from record import print_machine  # noqa: E402 - after the paths

_DONE = "built.txt"
_PATIENCE = 100.0
"""Milliseconds at the 95th percentile."""


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(description="Lists of a large county.")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--data", type=Path, required=True, help="the folder, kept")
    parser.add_argument("--build", action="store_true")
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=100, help="pages of each kind")
    parser.add_argument("--only", default="", help="kinds whose name holds this text")
    parser.add_argument("--slow", type=float, default=0.0, help="show only slower ones, p95 in ms")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    with laid_in(asked.data.resolve(), asked.database) as laid:
        if (laid.folder / _DONE).exists():
            laid.run("migrate")
        else:
            laid.run("init", "--name", ORIGIN)
        laid.stand()
        if asked.build:
            build(laid, asked.people, asked.events)
        if asked.measure:
            measure(laid, asked)


@contextmanager
def laid_in(folder: Path, database: str) -> Iterator[Ground]:
    """Give the installation in a folder; its processes end afterwards, its data stay."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as ending:
        cluster = None
        if database == "postgresql":
            place = folder / "cluster"
            cluster = start_lasting(place)
            ending.callback(stop_lasting, place)
        laid = Ground(folder, cluster)
        ending.callback(laid.end)
        yield laid


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
    _tidy()
    tell("the database knows its tables")
    done.write_text(f"{people:,} people, {events:,} events, {now:%Y-%m-%d %H:%M}\n", "utf-8")


def _seal(now: datetime) -> None:
    from guiju.base.record import checkpoints, sequencer, tree_store  # noqa: PLC0415 - as above

    while sequencer.seal_waiting():
        pass
    for suite in (tree_store.SHA256, tree_store.SM3_SUITE):
        checkpoints.sign_if_due(at=now, suite=suite)


def _tidy() -> None:
    """Let PostgreSQL know its tables, as it does by itself after a while; SQLite stays as it is."""
    from django.db import connection  # noqa: PLC0415 - needs Django set up

    if connection.vendor == "postgresql":
        import os  # noqa: PLC0415

        import psycopg  # noqa: PLC0415

        with psycopg.connect(os.environ["GUIJU_OWNER_DATABASE"], autocommit=True) as owner:
            owner.execute("VACUUM ANALYZE")


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
    print("| page | reader | p50 ms | p95 ms | p99 ms | queries | KB |")
    print("|---|---|--:|--:|--:|--:|--:|", flush=True)
    over = []
    for one in opened(lines):
        if asked.only not in f"{one.reader}: {one.what}":
            continue
        reader = readers[one.reader]
        warm = max(2, asked.rounds // 10)
        paths = [one.paths[number % len(one.paths)] for number in range(asked.rounds + warm)]
        times = [reader.seconds(path) * 1e3 for path in paths][warm:]
        cuts = statistics.quantiles(times, n=100)
        # Twice each: once a minute the session notes that it is used.
        most = max(min(reader.queries(path) for _ in range(2)) for path in set(paths[:10]))
        if cuts[94] > _PATIENCE or most > MOST_QUERIES[one.kind]:
            over.append(f"{one.what}, {one.reader}: {cuts[94]:.0f} ms, {most} queries")
        if cuts[94] >= asked.slow or most > MOST_QUERIES[one.kind]:
            told = (f"{cuts[place]:.1f}" for place in (49, 94, 98))
            size = len(reader.get(paths[0])) // 1024
            print_row((one.what, one.reader, *told, most, size))
    print(f"\nOver the limits: {'; '.join(over) or 'none'}.\n", flush=True)


if __name__ == "__main__":
    main()
