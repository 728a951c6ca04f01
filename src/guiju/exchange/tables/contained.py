"""Keeping what goes wrong inside Polars inside: errors, panics and what they print."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import polars as pl

_STDERR = 2
_ONE_AT_A_TIME = Lock()


class EngineError(Exception):
    """Polars could not do what it was asked, most likely because of the file."""


@contextmanager
def contained() -> Iterator[None]:
    """Turn every failure of Polars into ``EngineError``.

    A panic of its Rust core is no ``Exception``, and prints a backtrace before Python
    can catch it; so standard error is closed meanwhile, by one thread at a time.
    """
    try:
        with _ONE_AT_A_TIME, _hushed():
            yield
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise EngineError(str(error)) from None
    except (OSError, ValueError, OverflowError, MemoryError) as error:
        raise EngineError(str(error)) from None


@contextmanager
def _hushed() -> Iterator[None]:
    kept = os.dup(_STDERR)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _STDERR)
    try:
        yield
    finally:
        os.dup2(kept, _STDERR)
        os.close(nowhere)
        os.close(kept)
