"""What happened to one thing, on its own page: whoever keeps the record tells it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from guiju.base.ui.parts import Step

MOST_STEPS = 50


@dataclass(frozen=True, slots=True)
class History:
    """The newest steps of a thing, and where all of them are; empty for nowhere."""

    steps: Sequence[Step]
    all_at: str = ""


Teller = Callable[[HttpRequest, str], History]

_TELLERS: list[Teller] = []


def tell_history_by(teller: Teller) -> None:
    """Let ``teller`` tell the history of a reference, at most ``MOST_STEPS``, the newest first.

    It shows each reader only what they may see.
    """
    _TELLERS[:] = [teller]


def history_of(request: HttpRequest, reference: str) -> History:
    """Return the history of a thing; an empty one while nobody tells it."""
    return next((teller(request, reference) for teller in _TELLERS), History(()))
