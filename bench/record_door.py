"""How much gets through the door: many acts by several processes, or many events in one."""

from __future__ import annotations

import multiprocessing
import time
import uuid
from datetime import UTC, datetime

from django.db import connections
from writers import STEP

from guiju.base.record.actor import SYSTEM
from guiju.base.record.door import recording

_FORK = multiprocessing.get_context("fork")


def crowd(count: int, seconds: float) -> float:
    """Return how many acts a second ``count`` writers did together, each act a commit."""
    connections.close_all()  # processes that are forked must not share one
    done = _FORK.SimpleQueue()
    writers = [_FORK.Process(target=_write, args=(seconds, done)) for _ in range(count)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return sum(done.get() for _ in writers)


def _write(seconds: float, done: multiprocessing.SimpleQueue[float]) -> None:
    """Act for so long; say how many acts a second that were."""
    _act()  # opens the connection
    count, began = 0, time.perf_counter()
    while (taken := time.perf_counter() - began) < seconds:
        _act()
        count += 1
    done.put(count / taken)


def _act() -> None:
    draft = STEP(object="act:0", step=0)
    with recording(draft, by=SYSTEM, at=datetime.now(UTC), key=uuid.uuid4()):
        pass


def one_passage(count: int) -> float:
    """Return how many events a second one act of ``count`` events records."""
    began = time.perf_counter()
    draft = STEP(object="act:0", step=0)
    with recording(draft, by=SYSTEM, at=datetime.now(UTC)) as passage:
        for step in range(1, count):
            passage.add(STEP(object="act:0", step=step))
    return count / (time.perf_counter() - began)
