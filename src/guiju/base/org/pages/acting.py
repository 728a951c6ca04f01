"""An act on the organisation: refusals stand beside the field that they are about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.http import HttpRequest, HttpResponse

from guiju.base.org import checks
from guiju.base.ui import acting
from guiju.base.ui.acting import Act, Filled
from guiju.base.ui.forms import Form, refuse
from guiju.base.ui.language import say
from guiju.core.errors import Refusal
from guiju.core.organisation.columns import FIELDS
from guiju.core.sentence import Sentence

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


def acted(
    request: HttpRequest,
    act: Act,
    form: Form,
    *,
    says: Callable[[Filled], Sequence[Sentence]],
    do: Callable[[Filled], object],
) -> HttpResponse:
    """Show the form, or ask, or act and go back, as ``base.ui.acting`` does."""

    def checked(filled: Filled) -> None:
        with checks.unless_taken():
            do(filled)

    return acting.acted(request, act, form, says=says, do=checked, beside=refuse_beside)


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
