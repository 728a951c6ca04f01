"""Measure both roads of the XES reader, on a log made here or on files given as arguments.

Usage: python bench/read_xes.py [LOG ...]
"""

from __future__ import annotations

import gzip
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from guiju.core.check.log import EventLog, Wanted
from guiju.exchange.files import opened, silent
from guiju.exchange.xes import read_xes
from guiju.exchange.xes.reader import _read_strictly

CASES, EVENTS = 150_000, 560_000
EVENT = """\
\t\t<event>
\t\t\t<string key="org:resource" value="staff {person}"/>
\t\t\t<string key="concept:name" value="{activity}"/>
\t\t\t<date key="time:timestamp" value="{time}"/>
\t\t\t<string key="lifecycle:transition" value="complete"/>
\t\t</event>
"""


def made(path: Path) -> None:
    """Write a log of the size of the road-traffic fines: 4 attributes for each event."""
    chance = Random(7)
    start = datetime(2010, 1, 1, tzinfo=UTC)
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=6) as out:
        out.write('<?xml version="1.0" encoding="UTF-8" ?>\n<log xes.version="1.0">\n')
        for case in range(CASES):
            out.write(f'\t<trace>\n\t\t<string key="concept:name" value="A{case}"/>\n')
            moment = start + timedelta(minutes=chance.randrange(3_000_000))
            for step in range(EVENTS // CASES + (case < EVENTS % CASES)):
                moment += timedelta(minutes=chance.randrange(30_000))
                activity = f"Activity number {chance.randrange(8) + step}"
                stamp = moment.isoformat(timespec="milliseconds")
                person = chance.randrange(500)
                out.write(EVENT.format(person=person, activity=activity, time=stamp))
            out.write("\t</trace>\n")
        out.write("</log>\n")


def strictly(path: Path, wanted: Wanted) -> EventLog:
    """Read ``path`` by the strict road alone."""
    with opened(path) as stream:
        return _read_strictly(stream, wanted, silent)


def measure(title: str, read: Callable[[Path, Wanted], EventLog], path: Path, times: int) -> None:
    """Print the best of ``times`` readings, in seconds of the processor."""
    for wanted in (Wanted(), Wanted(people=True, times=True)):
        seconds = []
        events = 0
        for _ in range(times):
            start = time.process_time()
            events = len(read(path, wanted).codes)
            seconds.append(time.process_time() - start)
        columns = "all columns" if wanted.times else "activities"
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{path.name:32} {title:6} {columns:11} {events:8,} events {min(seconds):6.2f} s "
            f"{events / min(seconds):10,.0f} events/s, peak {peak} MB"
        )


def main(paths: list[Path]) -> None:
    """Measure each of ``paths``, or the log made here."""
    with tempfile.TemporaryDirectory() as folder:
        if not paths:
            paths = [Path(folder) / "made.xes.gz"]
            made(paths[0])
        for path in paths:
            measure("both", read_xes, path, times=3)
            measure("strict", strictly, path, times=1)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
