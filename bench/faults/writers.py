"""Processes that write through the door, and what their caller knows of it.

A caller gives each act a number before it is begun; it counts as acknowledged once the
writer has said so, which it does only after the commit. When a writer dies or fails, its
act is given to another one with the same key, as a client would try again: it is done
then, or was there already.
"""

from __future__ import annotations

import multiprocessing
import os
import time
import uuid
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from django.db import InterfaceError, OperationalError, connections

from guiju.base.record.actions import register_witness
from guiju.base.record.actor import SYSTEM
from guiju.base.record.door import recording
from guiju.base.record.erasure import erase_person
from guiju.base.record.event_types import EventType, Personal, register
from guiju.core.errors import Conflict, Refusal
from guiju.core.ledger.keys import Key, KeyKind
from guiju.core.sentence import zh

DONE, THERE, REFUSED, DOWN, ERROR = "done", "there", "refused", "down", "error"
_KEYS = uuid.UUID("a2ac53f6-2c1b-4c0c-9bb6-6f0a4f3a6a55")
_FORK = multiprocessing.get_context("fork")
_PAUSE = 0.05

ACT = register(
    EventType(
        "bench.act.done",
        zh("试办第 {number} 件"),
        {"number": zh("编号"), "note": zh("备注")},
        personal=frozenset({"note"}),
    )
)
STEP = register(
    EventType("bench.act.stepped", zh("第 {step} 步"), {"step": zh("步")}, personal=frozenset())
)


def steps_of(number: int) -> int:
    """Return how many further events an act has."""
    return number % 3


def has_row(number: int) -> bool:
    """Tell whether an act also writes a row outside of the record: a witness."""
    return number % 10 == 0


def is_erased(number: int) -> bool:
    """Tell whether an act also erases the person that it is about."""
    return number % 25 == 7


def act(number: int) -> tuple[str, str]:
    """Do one act of several events and rows; return what came of it, and what was said."""
    person = f"gone:{number}" if is_erased(number) else f"person:{number % 50}"
    note = Personal(person, f"第 {number} 件的说明")
    at = datetime.now(UTC)
    draft = ACT(object=f"act:{number}", number=number, note=note)
    try:
        with recording(draft, by=SYSTEM, at=at, key=uuid.uuid5(_KEYS, str(number))) as passage:
            for step in range(steps_of(number)):
                passage.add(STEP(object=f"act:{number}", step=step))
            if has_row(number):
                public = uuid.uuid5(_KEYS, f"a{number}").bytes + uuid.uuid4().bytes
                key = Key(f"witness.example/{number}", KeyKind.COSIGNATURE, public)
                register_witness(vkey=str(key), url="", by=SYSTEM, at=at)
            if is_erased(number):
                erase_person(person=person, authority="测试", reason="测试", by=SYSTEM, at=at)
    except Conflict as refusal:
        return (THERE, "") if refusal.code == "RECORD-05" else (ERROR, str(refusal))
    except Refusal as refusal:
        return REFUSED, f"{refusal.sentence} [{refusal.code}]"
    except (OperationalError, InterfaceError) as error:
        connections.close_all()
        return DOWN, str(error).strip().split("\n")[0]
    except Exception as error:  # noqa: BLE001 - whatever a caller would be shown is counted
        connections.close_all()
        return ERROR, f"{type(error).__name__}: {error}"
    return DONE, ""


@dataclass(eq=False, slots=True)
class Writer:
    """A process that acts, and the act that it has in hand."""

    process: BaseProcess
    pipe: Connection
    number: int | None = None


@dataclass(slots=True)
class Load:
    """Several writers, and what their caller has been told.

    Attributes:
        count: how many writers there are.
        do: what a writer does with a number.
        sent: how often each number was given to a writer.
        acknowledged: numbers that were said to be done, in how many words of which kind.
        said: what writers said instead, and how often.
    """

    count: int
    do: Callable[[int], tuple[str, str]] = act
    writers: list[Writer] = field(default_factory=list)
    again: deque[int] = field(default_factory=deque)
    sent: Counter[int] = field(default_factory=Counter)
    acknowledged: dict[int, str] = field(default_factory=dict)
    said: Counter[str] = field(default_factory=Counter)
    strange: list[str] = field(default_factory=list)
    newest: int = 0

    def start(self) -> None:
        """Bring the writers to their number; each begins with an act."""
        connections.close_all()  # processes that are forked must not share one
        while len(self.writers) < self.count:
            ours, theirs = _FORK.Pipe()
            process = _FORK.Process(target=_serve, args=(theirs, self.do), daemon=True)
            process.start()
            theirs.close()
            writer = Writer(process, ours)
            self.writers.append(writer)
            self._send(writer, self._next())

    def pump(self, seconds: float, *, fresh: bool = True) -> None:
        """Take acknowledgements and give out acts for so long.

        Args:
            seconds: how long.
            fresh: whether to begin new acts, or only those that are to be tried again.
        """
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            by_pipe = {writer.pipe: writer for writer in self.writers if writer.number}
            if not by_pipe and not self.again:
                return
            for pipe in wait(list(by_pipe), left):
                writer = by_pipe[pipe]  # type: ignore[index] # wait says what it was given
                if not self._take(writer):
                    self.strange.append(f"a writer ended by itself at act {writer.number}")
                    self.kill(writer)
            for writer in self.writers:
                if writer.number is None and (fresh or self.again):
                    self._send(writer, self._next())

    def kill(self, writer: Writer) -> None:
        """End a writer with SIGKILL; what it had said before still counts."""
        writer.process.kill()
        writer.process.join()
        self.writers.remove(writer)
        if writer.pipe.poll():
            self._take(writer)
        if writer.number is not None:
            self.again.append(writer.number)
        writer.pipe.close()

    def settle(self, seconds: float) -> None:
        """Try again what was not acknowledged until all of it is, and begin nothing new."""
        self.start()
        self.pump(seconds, fresh=False)

    def end(self) -> None:
        """End all writers."""
        for writer in list(self.writers):
            self.kill(writer)

    def _next(self) -> int:
        if self.again:
            return self.again.popleft()
        self.newest += 1
        return self.newest

    def _send(self, writer: Writer, number: int) -> None:
        writer.number = number
        self.sent[number] += 1
        try:
            writer.pipe.send(number)
        except OSError:
            writer.number = None
            self.again.append(number)

    def _take(self, writer: Writer) -> bool:
        """Take what a writer said; tell whether it was still there to say something."""
        try:
            number, outcome, detail = writer.pipe.recv()
        except (EOFError, OSError):
            return False
        writer.number = None
        self.said[f"{outcome} {detail}".strip()] += 1
        if outcome not in {DONE, THERE}:
            self.again.append(number)
            return True
        if number in self.acknowledged or (outcome == THERE and self.sent[number] == 1):
            self.strange.append(f"act {number} was {outcome} though it was sent once")
        self.acknowledged[number] = outcome
        return True


def _serve(pipe: Connection, do: Callable[[int], tuple[str, str]]) -> None:
    """Act as long as there is a caller."""
    caller = os.getppid()
    while True:
        while not pipe.poll(1):
            if os.getppid() != caller:
                os._exit(0)
        number = pipe.recv()
        outcome, detail = do(number)
        pipe.send((number, outcome, detail))
        if outcome not in {DONE, THERE}:
            time.sleep(_PAUSE)
