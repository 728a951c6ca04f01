"""Acts on an account that ask for a reason: a form that says what will happen, then the act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from guiju.base.ui.forms import Form, refuse
from guiju.base.ui.once import once, was_done
from guiju.base.ui.parts import Crumb
from guiju.base.ui.toasts import add_toast
from guiju.core.errors import Refusal
from guiju.core.sentence import Sentence, zh

AForm = TypeVar("AForm", bound=Form)


def sent(kind: type[AForm], request: HttpRequest) -> AForm:
    """Return a form with what was sent, or an empty one."""
    return kind(request.POST) if request.method == "POST" else kind()


class ReasonForm(Form):
    """Why it is done."""

    reason = forms.CharField(
        label=zh("原因"),  # type: ignore[arg-type]
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )


@dataclass(frozen=True, slots=True)
class Act:
    """Something that is done by a form.

    Attributes:
        heading: what it is, with whom it is about.
        verb: the button: verb and object.
        consequences: what will happen.
        done: what the next page says.
        back: where it leads, and where 不办了 leads.
        way: the crumbs.
        is_grave: set apart in red.
        again: what is said instead of ``done`` when the form was sent before.
    """

    heading: Sentence
    verb: Sentence
    consequences: tuple[Sentence, ...]
    done: Sentence
    back: str
    way: tuple[Crumb, ...] = ()
    is_grave: bool = False
    again: Sentence | None = None


def acted(
    request: HttpRequest, act: Act, form: Form, do: Callable[[dict[str, Any]], HttpResponse | None]
) -> HttpResponse:
    """Show the form, or do the act and go back; what refuses it stands in the form.

    Args:
        request: what is being answered.
        act: what it is.
        form: bound if it was sent.
        do: does it with what was filled in; once, however often the form is sent; may return
            a page of its own.
    """
    if request.method == "POST" and was_done(request, form.key):
        return _back(request, act, act.again or act.done)
    if request.method == "POST" and form.is_valid():
        answers: list[HttpResponse | None] = []
        try:
            is_first = once(request, form.key, lambda: answers.append(do(form.cleaned_data)))
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            answer = answers[0] if answers else None
            if answer is not None:
                return answer
            return _back(request, act, act.done if is_first else act.again or act.done)
    status = 400 if form.is_bound else 200
    return render(request, "access/act.html", {"act": act, "form": form}, status=status)


def _back(request: HttpRequest, act: Act, said: Sentence) -> HttpResponse:
    answer = HttpResponseRedirect(act.back)
    add_toast(request, answer, said)
    return answer
