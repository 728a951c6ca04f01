"""Making very many objects that stay.

The collector would look through all of them again and again and find nothing, which takes a
third of the time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Let nothing be collected meanwhile; what goes out of use by itself is freed as ever.

    For work whose size is limited. It holds for the whole process; of two at once the first
    that ends lets the collector go on.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
