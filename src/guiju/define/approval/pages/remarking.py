"""Saying something at an item of an edition, on the page of its review."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guiju.base.record.actor import actor_of
from guiju.base.ui.forms import Form, data, refuse, said
from guiju.base.ui.needs import needs
from guiju.base.ui.once import once
from guiju.base.ui.parts import Crumb
from guiju.base.ui.toasts import add_toast
from guiju.core.errors import Refusal
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import zh
from guiju.core.terms import Permission
from guiju.define.approval.actions.remarking import Spot, remark
from guiju.define.approval.models import MOST_TEXT
from guiju.define.lists.models import CODE, REFERENCE
from guiju.define.lists.pages.frame import address, full_name, reached, way


class RemarkForm(Form):
    """What is said, and where."""

    text = forms.CharField(
        label=said(zh("留言")),
        max_length=MOST_TEXT,
        widget=forms.Textarea({"rows": 4, "autocomplete": "off"}),
    )
    kind = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    code = forms.CharField(required=False, max_length=CODE, widget=forms.HiddenInput)
    answers = forms.CharField(required=False, max_length=REFERENCE, widget=forms.HiddenInput)

    def clean_kind(self) -> ItemKind | None:
        """Return the table; None for the edition as a whole."""
        text = self.cleaned_data["kind"]
        return next((one for one in ItemKind if one.value == text), None)


@needs(Permission.LISTS_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def remarking(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Say it, and go back to where it stands."""
    found = reached(request, identity)
    place = {name: request.GET.get(name, "") for name in ("kind", "code", "answers")}
    form = RemarkForm(data(request), initial=place)
    back = address("approval:review", found)
    if request.method == "POST" and form.is_valid():
        filled = form.cleaned_data
        spot = Spot(filled["kind"], filled["code"], filled["answers"])

        def do() -> None:
            remark(
                edition=found.reference,
                text=filled["text"],
                spot=spot,
                by=actor_of(request),
                at=timezone.now(),
            )

        try:
            once(request, form.key, do)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            part = request.POST.get("part", "")
            part = part if part.isascii() and part.isdecimal() else "1"
            answer = HttpResponseRedirect(f"{back}?part={part}#{anchor(form.cleaned_data)}")
            add_toast(request, answer, zh("已留言。"))
            return answer
    shown = {
        "form": form,
        "back": back,
        "name": full_name(found),
        "way": way(found, Crumb(zh("留言"))),
    }
    return render(request, "approval/remark.html", shown, status=400 if form.is_bound else 200)


def anchor(filled: dict[str, object]) -> str:
    """Return the place on the page of the item that a remark is about."""
    kind = filled["kind"]
    return f"{kind.value}-{filled['code']}" if isinstance(kind, ItemKind) else "remarks"
