"""An act on the organisation: the form, then what will happen and to whom, then the act."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from guiju.base.org import checks
from guiju.base.ui.confirming import Confirmation, ask, is_confirmed
from guiju.base.ui.forms import Form, refuse
from guiju.base.ui.language import say
from guiju.base.ui.once import once, was_done
from guiju.base.ui.parts import Crumb
from guiju.base.ui.toasts import add_toast
from guiju.core.errors import Refusal
from guiju.core.organisation.columns import FIELDS
from guiju.core.sentence import Sentence, zh

METHODS = ["GET", "HEAD", "POST"]

Filled = dict[str, Any]

RECORDED = zh("记入存证记录，写明由谁、在什么时候办理；记录不能删改。")
"""The consequence that every act has."""

_BESIDE: Mapping[str, tuple[str, ...]] = {
    "ORG-02": ("code", "name"),
    "ORG-04": ("last", "end", "on"),
    "ORG-05": ("parent", "target"),
    "ORG-06": ("on", "parent", "target", "start"),
    "ORG-10": ("id_number",),
    "ORG-11": ("person", "delegate", "on"),
    "ORG-12": ("start",),
    "ORG-13": ("start",),
    "ORG-14": ("kind",),
    "ORG-15": ("person", "delegate", "incompatible"),
    "ORG-16": ("person", "delegate", "barred"),
    "ORG-17": ("person",),
    "ORG-19": ("on",),
    "ORG-60": ("delegate",),
    "ORG-61": ("last",),
    "ORG-62": ("delegate",),
    "ORG-63": ("functions",),
    "ORG-64": ("post",),
    "ORG-65": ("delegate",),
    "ORG-67": ("on",),
    "ORG-68": ("on",),
    "ORG-71": ("on",),
    "ORG-72": ("person", "delegate"),
    "ORG-75": ("channel",),
    "ORG-76": ("superior",),
    "ORG-78": ("role",),
    "ORG-79": ("person",),
    "ORG-80": ("unit",),
    "ORG-88": ("area",),
    "ORG-89": ("on",),
}
"""Beside which field a refusal stands: the first of these that the form has."""


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
) -> HttpResponse:
    """Show the form, or ask, or act and go back; what refuses the act stands in the form.

    Args:
        request: what is being answered.
        act: what it is.
        form: bound if it was sent.
        says: what will happen, from what was filled in.
        do: does it; once, however often the form is sent.
    """
    if is_confirmed(request) and was_done(request, form.key):
        return _went_well(request, act)
    if request.method == "POST" and form.is_valid():
        filled = form.cleaned_data
        if not is_confirmed(request):
            return ask(request, _question(act, says(filled)))
        try:
            with checks.unless_taken():
                once(request, form.key, lambda: _do(do, filled))
        except Refusal as refusal:
            refuse_beside(form, refusal)
        else:
            return _went_well(request, act)
    shown = {"act": act, "form": form}
    return render(request, "org/act.html", shown, status=400 if form.is_bound else 200)


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


def refuse_beside(form: Form, refusal: Refusal) -> None:
    """Show a refusal beside the field that it is about, or above all of them."""
    refuse(form, refusal, field=_field(form, refusal))


def _field(form: Form, refusal: Refusal) -> str | None:
    values = dict(refusal.sentence.values)
    column, label = values.get("column"), values.get("label")
    wanted = [
        *(field.name for fields in FIELDS.values() for field in fields if field.column == column),
        *(name for name, one in form.fields.items() if label and say(one.label) == say(label)),
        *_BESIDE.get(refusal.code, ()),
    ]
    return next((name for name in wanted if name in form.fields), None)
