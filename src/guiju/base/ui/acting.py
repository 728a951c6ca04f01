"""An act by a form: the form, then what will happen and to whom, then the act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from guiju.base.ui.confirming import Confirmation, ask, is_confirmed
from guiju.base.ui.forms import Form, refuse
from guiju.base.ui.once import once, was_done
from guiju.base.ui.parts import Crumb
from guiju.base.ui.toasts import add_toast
from guiju.core.errors import Refusal
from guiju.core.sentence import Sentence, zh

METHODS = ["GET", "HEAD", "POST"]

Filled = dict[str, Any]

RECORDED = zh("记入存证记录，写明由谁、在什么时候办理；记录不能删改。")
"""The consequence that every act has."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that is done by a form.

    Attributes:
        heading: what it is, with whom or what it is about.
        verb: the button: verb and object.
        done: what the next page says.
        back: where it leads, and where 不办了 leads.
        way: the crumbs.
        is_grave: set apart in red.
        lead: a sentence above the form.
    """

    heading: Sentence
    verb: Sentence
    done: Sentence
    back: str
    way: tuple[Crumb, ...] = ()
    is_grave: bool = False
    lead: Sentence | None = None


def acted(
    request: HttpRequest,
    act: Act,
    form: Form,
    *,
    says: Callable[[Filled], Sequence[Sentence]],
    do: Callable[[Filled], object],
    beside: Callable[[Form, Refusal], None] = refuse,
) -> HttpResponse:
    """Show the form, or ask, or act and go back; what refuses the act stands in the form.

    Args:
        request: what is being answered.
        act: what it is.
        form: bound if it was sent.
        says: what will happen, from what was filled in.
        do: does it; once, however often the form is sent.
        beside: shows in the form what refuses the act.
    """
    if is_confirmed(request) and was_done(request, form.key):
        return _went_well(request, act)
    if request.method == "POST" and form.is_valid():
        filled = form.cleaned_data
        if not is_confirmed(request):
            return ask(request, _question(act, says(filled)))
        try:
            once(request, form.key, lambda: _do(do, filled))
        except Refusal as refusal:
            beside(form, refusal)
        else:
            return _went_well(request, act)
    shown = {"act": act, "form": form}
    return render(request, "ui/act.html", shown, status=400 if form.is_bound else 200)


def _went_well(request: HttpRequest, act: Act) -> HttpResponse:
    answer = HttpResponseRedirect(act.back)
    add_toast(request, answer, act.done)
    return answer


def _do(do: Callable[[Filled], object], filled: Filled) -> None:
    do(filled)


def _question(act: Act, consequences: Sequence[Sentence]) -> Confirmation:
    return Confirmation(
        heading=zh("{act}？", act=act.heading),
        verb=act.verb,
        consequences=(*consequences, RECORDED),
        back=act.back,
        is_grave=act.is_grave,
    )
