"""The page by which something sealed is opened: why, and then the value, once.

The value stands on the answer to the form alone, which is kept in no cache; the same form
opens nothing a second time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from guiju.base.record.unsealing import MOST_REASON, Bar, Opening, checked_reason
from guiju.base.ui.forms import Form, refuse, said
from guiju.base.ui.parts import Crumb, Definition
from guiju.base.ui.reader import standing
from guiju.core.errors import Invalid, Refusal
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission

_ISO = "%Y-%m-%d"
_BESIDE = {"SEALED-01": "reason", "SEALED-02": "reason", "SEALED-03": "basis"}


class OpeningForm(Form):
    """Which value, why, and for some readers: whether the person concerned is told."""

    item = forms.ChoiceField(label=said(zh("要查阅的")), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=said(zh("查阅原因")),
        help_text=said(zh("为什么事、看来做什么。原因会告诉本人，和查阅一并留在记录里。")),
        max_length=MOST_REASON,
        widget=forms.Textarea({"rows": 2, "autocomplete": "off"}),
    )
    basis = forms.CharField(
        label=said(zh("暂不告知本人的依据（一般不填）")),
        help_text=said(
            zh("依法应当保密或告知会妨碍履职的，写明法律条文；到截止日期后本人能看到。")
        ),
        max_length=MOST_REASON,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    until = forms.DateField(
        label=said(zh("暂不告知到哪一天（含当天）")),
        required=False,
        input_formats=[_ISO],
        widget=forms.DateInput({"type": "date"}, format=_ISO),
    )

    def __init__(
        self,
        request: HttpRequest,
        choices: list[tuple[str, Any]],
    ) -> None:
        super().__init__(request.POST if request.method == "POST" else None)
        self.fields["item"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["item"].initial = choices[0][0]
        if not standing(request).may(Permission.SEALED_BAR):
            del self.fields["basis"], self.fields["until"]

    def clean_reason(self) -> str:
        """Return the reason; what is wrong with it stands beside it."""
        try:
            return checked_reason(self.cleaned_data["reason"])
        except Invalid as refusal:
            refuse(self, refusal, field="reason")
            return ""

    @property
    def opening(self) -> Opening:
        """What was filled in; half a bar is one that will be refused."""
        basis, until = self.cleaned_data.get("basis", ""), self.cleaned_data.get("until")
        bar = None
        if basis or until:
            never = timezone.localdate() - timedelta(days=1)
            bar = Bar(basis, until or never)
        return Opening(self.cleaned_data["reason"], bar, self.key)

    def refuse(self, refusal: Refusal) -> None:
        """Show what the record refused."""
        field = _BESIDE.get(refusal.code)
        refuse(self, refusal, field=field if field in self.fields else None)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What the page is about.

    Attributes:
        heading: whose sealed data it is.
        back: where it leads afterwards.
        way: the crumbs.
    """

    heading: Sentence
    back: str
    way: tuple[Crumb, ...]


Opener = Callable[[str, Opening], Sequence[Definition]]
"""Opens what was chosen, through the door, and returns it."""


def opening_page(
    request: HttpRequest, sealed: Sealed, form: OpeningForm, *, open_it: Opener
) -> HttpResponse:
    """Show the form, or what was opened; what refuses stands in the form."""
    opened: Sequence[Definition] = ()
    if request.method == "POST" and form.is_valid():
        try:
            opened = open_it(form.cleaned_data["item"], form.opening)
        except Refusal as refusal:
            form.refuse(refusal)
    shown = {"sealed": sealed, "form": form, "opened": opened}
    is_refused = form.is_bound and not opened
    return render(request, "record/opening.html", shown, status=400 if is_refused else 200)
