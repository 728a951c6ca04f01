"""The worker: seals and signs, asks the witnesses, does the jobs, until it is told to end.

Four loops in four threads, each with its own connection, so that a witness that is away
or a long job holds up no sealing. Several workers may run at once; the database elects.
"""

from __future__ import annotations

import logging
import os
import random
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import FrameType

from django.db import InterfaceError, OperationalError, close_old_connections, connections

from guiju.base.record import clockwork, heartbeat
from guiju.config import timetable
from guiju.config.jobs import Jobs, put_back_abandoned
from guiju.core.errors import Refusal
from guiju.core.sentence import Sentence, zh

Tell = Callable[[Sentence], None]
"""Shows a sentence to whoever watches the worker."""

_GRACE = 15.0
"""Seconds that work in hand may take to finish when the worker is told to end."""

_GLANCE = 0.25
"""Seconds between two looks at whether to end."""

_LONGEST_PAUSE = 30.0
_BUSY_PAUSE = 0.1

_log = logging.getLogger("guiju.worker")


class Troubles:
    """What keeps the loops from their work; the same trouble of several is told once."""

    def __init__(self, tell: Tell) -> None:
        self.tell = tell
        self.known: dict[str, Sentence] = {}
        self.lock = threading.Lock()

    def meet(self, loop: str, trouble: Sentence) -> bool:
        """Note a loop's trouble; tell whether it is new."""
        with self.lock:
            is_new = trouble not in self.known.values()
            self.known[loop] = trouble
        if is_new:
            self._tell(trouble)
        return is_new

    def end(self, loop: str) -> None:
        """Note that a loop works again."""
        with self.lock:
            trouble = self.known.pop(loop, None)
            is_over = trouble is not None and not self.known
        if is_over:
            self._tell(zh("已恢复正常。"))

    def _tell(self, sentence: Sentence) -> None:
        with suppress(OSError):  # nobody reads any more; the heartbeat still tells
            self.tell(sentence)

    def __str__(self) -> str:
        with self.lock:
            return " ".join(dict.fromkeys(map(str, self.known.values())))


@dataclass(slots=True)
class Loop:
    """One kind of work, done again and again.

    Attributes:
        name: of its thread.
        act: does one round; tells whether the next is due soon.
        pause: seconds between rounds without work.
        finished: when the last round ended well.
    """

    name: str
    act: Callable[[], object]
    pause: float
    finished: datetime = field(default_factory=lambda: datetime.now(UTC))

    def run(self, stop: threading.Event, troubles: Troubles) -> None:
        """Go on until ``stop``; whatever goes wrong, wait longer and try again."""
        failures = 0
        while not stop.is_set():
            done = self._round(troubles)
            failures = failures + 1 if done is None else 0
            if failures:
                pause = min(_LONGEST_PAUSE, 0.5 * 2**failures)
            else:
                pause = _BUSY_PAUSE if done else self.pause
            stop.wait(pause * random.uniform(0.75, 1.25))  # noqa: S311 - spreads load, hides nothing
        connections.close_all()

    def _round(self, troubles: Troubles) -> bool | None:
        """Do one round; return whether there was work, or None when it failed."""
        try:
            close_old_connections()
            done = bool(self.act())
        except Refusal as refusal:
            troubles.meet(self.name, refusal.sentence)
        except (OperationalError, InterfaceError):
            connections.close_all()
            troubles.meet(self.name, zh("数据库连不上或正忙，正在重试。"))
        except Exception as error:  # noqa: BLE001 - a fault must not end the sealing for good
            connections.close_all()
            trouble = zh("程序出错（{kind}），正在重试。", kind=type(error).__name__)
            if troubles.meet(self.name, trouble):
                _log.exception("loop %s", self.name)
        else:
            troubles.end(self.name)
            self.finished = datetime.now(UTC)
            return done
        return None


def loops() -> list[Loop]:
    """Return a worker's loops; the first is the one whose life the heartbeat tells."""
    name = f"{os.uname().nodename[:32]}-{os.getpid()}"
    return [
        Loop("seal", lambda: clockwork.tick(at=datetime.now(UTC)), 1.0),
        Loop("witness", lambda: clockwork.witness_round(at=datetime.now(UTC)), 3.0),
        Loop("jobs", Jobs(name).do_next, 1.0),
        Loop("timetable", _keep_timetable, 60.0),
    ]


def _keep_timetable() -> int:
    now = datetime.now(UTC)
    return put_back_abandoned(at=now) + timetable.enqueue_due(at=now)


def work(*, parent: int | None, tell: Tell) -> None:
    """Work until SIGTERM, SIGINT or, where ``parent`` is given, the end of that process."""
    is_over = _until_told(parent)
    stop, troubles = threading.Event(), Troubles(tell)
    working = loops()
    threads = [
        threading.Thread(target=loop.run, args=(stop, troubles), name=loop.name, daemon=True)
        for loop in working
    ]
    for thread in threads:
        thread.start()
    due = 0.0
    while not is_over():
        if time.monotonic() >= due:
            due = time.monotonic() + heartbeat.OFTEN.total_seconds()
            _beat(working[0], troubles)
        time.sleep(_GLANCE)
    stop.set()
    deadline = time.monotonic() + _GRACE
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))


def _beat(loop: Loop, troubles: Troubles) -> None:
    try:
        heartbeat.beat(heartbeat.Heartbeat(os.getpid(), loop.finished, str(troubles)))
    except Refusal as refusal:
        troubles.meet("heartbeat", refusal.sentence)
    else:
        troubles.end("heartbeat")


def _until_told(parent: int | None) -> Callable[[], bool]:
    """Return a question whether to end; the handler only notes, so that no round is cut."""
    told: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        told.append(number)

    for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        if signal.getsignal(each) != signal.SIG_IGN:  # as nohup leaves it
            signal.signal(each, note)
    return lambda: bool(told) or (parent is not None and os.getppid() != parent)
