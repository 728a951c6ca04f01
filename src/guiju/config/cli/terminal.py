"""What the terminal shows: text, refusals, and a bar for work of more than a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from guiju.config.cli.speak import say, tr
from guiju.core.errors import Refusal

_PATIENCE = 1.0
"""Seconds of work before a bar appears."""


class _Pipe(Console):
    """A console that tells its caller when nobody reads any more, instead of leaving with 1."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def out() -> Console:
    """Return the console for results."""
    return _Pipe(highlight=False, soft_wrap=True)


def err() -> Console:
    """Return the console for everything that is not a result."""
    return _Pipe(stderr=True, highlight=False, soft_wrap=True)


def show_refusal(refusal: Refusal) -> None:
    """Tell what could not be done, with its code."""
    text = f"{say(refusal.sentence)} [{refusal.code}]"
    err().print(tr("不能继续："), style="bold red", end="")
    err().print(text, markup=False)


class LateBar:
    """A progress callback that draws a bar only once the work has taken a second."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.began = time.monotonic()
        self.progress: Progress | None = None

    def __call__(self, done: int, total: int) -> None:
        if self.progress is None:
            if time.monotonic() - self.began < _PATIENCE or not sys.stderr.isatty():
                return
            self.progress = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                TaskProgressColumn(),
                TimeRemainingColumn(),
                console=err(),
                transient=True,
            )
            self.task = self.progress.add_task(self.words, total=total)
            self.progress.start()
        self.progress.update(self.task, completed=done, total=total)

    def stop(self) -> None:
        """Take the bar away."""
        if self.progress is not None:
            self.progress.stop()


@contextmanager
def late_bar(words: str) -> Iterator[LateBar]:
    """Give a progress callback for the work inside."""
    bar = LateBar(words)
    try:
        yield bar
    finally:
        bar.stop()


class Stopwatch:
    """Wall seconds of each named stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time spent inside to stage ``name``."""
        began = time.perf_counter()
        try:
            yield
        finally:
            spent = time.perf_counter() - began
            self.seconds[name] = round(self.seconds.get(name, 0.0) + spent, 6)
