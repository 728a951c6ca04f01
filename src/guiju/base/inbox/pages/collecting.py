"""向成员单位收集: one sentence from a body's office to its member units (S2-75)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guiju.base.inbox.actions.office import Collecting, collect
from guiju.base.inbox.pages.assigning import (
    before_field,
    days_field,
    says_field,
    until_when,
)
from guiju.base.inbox.pages.office import found_office
from guiju.base.org.pages.acting import acted
from guiju.base.org.reads.offices import Receiver, receivers
from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Act, Filled
from guiju.base.ui.forms import Form, said
from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.core.flow.model import Limit
from guiju.core.sentence import Sentence, listing, zh
from guiju.core.terms import LimitUnit, Permission


class CollectForm(Form):
    """What is asked of which units until when; all units are chosen at first."""

    says = says_field(zh("收集什么"), zh("一句话，写清要报送的材料或要办的事。尽量不写人名。"))
    units = forms.MultipleChoiceField(
        label=said(zh("哪些单位")),
        help_text=said(zh("交给联络员；没有联络员的，交给主要负责人。")),
        widget=forms.CheckboxSelectMultiple,
    )
    days = days_field()
    before = before_field()

    def __init__(self, *args: Any, known: tuple[Receiver, ...], **kwargs: Any) -> None:  # noqa: ANN401 - as Django's
        super().__init__(*args, **kwargs)
        reached = [one for one in known if one.person]
        field = self.fields["units"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy what it is
        field.choices = [(one.unit, say(_choice(one))) for one in reached]
        field.initial = [one.unit for one in reached]


def _choice(one: Receiver) -> Sentence:
    if one.is_liaison:
        return zh("{unit}（联络员{name}）", unit=one.unit_name, name=one.name)
    return zh("{unit}（没有联络员，交{name}）", unit=one.unit_name, name=one.name)


@needs(Permission.INBOX_USE)
@require_http_methods(METHODS)
def collecting(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Ask member units for something; who and until when is shown before it is sent."""
    found, now = found_office(request, identity), timezone.now()
    known = receivers(found.body, timezone.localdate(now))
    form = CollectForm(
        request.POST if request.method == "POST" else None, known=known, initial={"days": 5}
    )

    def chosen(filled: Filled) -> tuple[Receiver, ...]:
        return tuple(one for one in known if one.unit in set(filled["units"]))

    def says(filled: Filled) -> list[Sentence]:
        people = [zh("{unit} {name}", unit=one.unit_name, name=one.name) for one in chosen(filled)]
        whom = zh("交给 {count} 家：{people}。", count=len(people), people=listing(people, most=50))
        return [whom, *until_when(filled, now)]

    def do(filled: Filled) -> None:
        limit = Limit(filled["days"], LimitUnit.WORKING_DAYS)
        wanted = Collecting(found.body, filled["says"], chosen(filled), limit, filled["before"])
        collect(wanted, key=form.key, by=actor_of(request), at=now)

    back = reverse("inbox:office", args=[identity])
    nobody = [one.unit_name for one in known if not one.person]
    lead = zh("没有联络员也没有主要负责人，收不到的：{units}。", units=listing(nobody))
    act = Act(
        zh("向成员单位收集"), zh("向成员单位收集"), zh("已交给各单位。"), back,
        (Crumb(found.name, back),), lead=lead if nobody else None,
    )  # fmt: skip
    return acted(request, act, form, says=says, do=do)
