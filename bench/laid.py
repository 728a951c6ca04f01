"""What the scripts about large installations begin with, and how they measure their pages."""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "faults"))

from ground import ORIGIN, Ground, print_row  # noqa: E402 - it lies in a folder beside
from postgres_cluster import start_lasting, stop_lasting  # noqa: E402 - as above

if TYPE_CHECKING:
    from lists_reader import Reader

_SEEN_FOR_QUERIES = 10


def arguments(about: str) -> argparse.ArgumentParser:
    """Return the options that every such script has."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--data", type=Path, required=True, help="the folder, kept")
    parser.add_argument("--rounds", type=int, default=100, help="pages of each kind")
    return parser


@contextmanager
def installed(asked: argparse.Namespace, done: str) -> Iterator[tuple[Ground, bool]]:
    """Stand on the installation in a folder, made or brought up to date.

    Its processes end afterwards, also when the script is told to end; its data stay.

    Args:
        asked: with ``data`` and ``database``.
        done: the file that stands in the folder once all is built.

    Yields:
        The installation, and whether all is built.
    """
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    with laid_in(asked.data.resolve(), asked.database) as laid:
        is_built = (laid.folder / done).exists()
        laid.run("migrate") if is_built else laid.run("init", "--name", ORIGIN)
        laid.stand()
        yield laid, is_built


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


def tidy() -> None:
    """Let PostgreSQL know its tables, as it does by itself after a while; SQLite stays as it is."""
    from django.db import connection  # noqa: PLC0415 - needs Django set up

    if connection.vendor == "postgresql":
        import psycopg  # noqa: PLC0415

        with psycopg.connect(os.environ["GUIJU_OWNER_DATABASE"], autocommit=True) as owner:
            owner.execute("VACUUM ANALYZE")


@dataclass(frozen=True, slots=True)
class Measured:
    """Pages of one kind: milliseconds, the most queries, the size of the first.

    Attributes:
        load: the machine's load average of the last minute, afterwards.
    """

    p50: float
    p95: float
    p99: float
    queries: int
    size: int
    load: float

    def told(self) -> tuple[object, ...]:
        """Return the cells of a table."""
        times = (f"{one:.1f}" for one in (self.p50, self.p95, self.p99))
        return (*times, self.queries, self.size // 1024, f"{self.load:.1f}")


HEADS = "p50 ms | p95 ms | p99 ms | queries | KB | load |"
RULE = "--:|--:|--:|--:|--:|--:|"


def measured(reader: Reader, paths: Sequence[str], rounds: int) -> Measured:
    """Open pages of one kind over HTTP by turns, and count the queries of some of them."""
    warm = max(2, rounds // 10)
    opened = [paths[number % len(paths)] for number in range(rounds + warm)]
    times = [reader.seconds(path) * 1e3 for path in opened][warm:]
    cuts = statistics.quantiles(times, n=100)
    # Twice each: once a minute the session notes that it is used.
    some = set(opened[:_SEEN_FOR_QUERIES])
    most = max(min(reader.queries(path) for _ in range(2)) for path in some)
    size = len(reader.get(paths[0]))
    return Measured(cuts[49], cuts[94], cuts[98], most, size, os.getloadavg()[0])


def print_measured(reader: Reader, pages: Mapping[str, Sequence[str]], rounds: int) -> None:
    """Print a table of every kind of page."""
    print(f"| page | {HEADS}\n|---|{RULE}", flush=True)
    for what, paths in pages.items():
        print_row((what, *measured(reader, paths, rounds).told()))
