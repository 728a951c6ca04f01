"""The step before something that is not taken back: what will happen, and to whom."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guiju.core.sentence import Sentence

_CONFIRMED = "confirmed"
_OURS = {"csrfmiddlewaretoken", _CONFIRMED}


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a person is asked before they go on.

    Attributes:
        heading: the act as a question, such as 停用这个账号？
        verb: the button: verb and object.
        consequences: what will happen, to whom, by when; a sentence each.
        back: where 不办了 leads to.
        things: what it is done to, such as the names of chosen rows.
        is_grave: set apart in red.
    """

    heading: Sentence
    verb: Sentence
    consequences: tuple[Sentence, ...]
    back: str
    things: tuple[Sentence | str, ...] = ()
    is_grave: bool = False


def is_confirmed(request: HttpRequest) -> bool:
    """Tell whether the form comes from the confirming page."""
    return request.POST.get(_CONFIRMED) == "yes"


def ask(request: HttpRequest, confirmation: Confirmation) -> HttpResponse:
    """Return the confirming page; everything that was sent is sent along once more."""
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _OURS
        for value in values
    ]
    return render(request, "ui/confirm.html", {"asked": confirmation, "sent": sent})
