"""Declaring one's own relatives and interests, and withdrawing what holds no longer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guiju.base.org.actions.interests import declare_interest, withdraw_interest
from guiju.base.org.models import Interest, Person
from guiju.base.org.pages.acting import acted
from guiju.base.org.pages.choosing import Chosen, OrgForm, find_people
from guiju.base.org.pages.reaching import identity_of, reached, today
from guiju.base.org.reads.people import interests
from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Act, Filled
from guiju.base.ui.fields import term_field, text_field
from guiju.base.ui.forms import data, said
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.base.ui.reader import scope_of, standing
from guiju.core.access import EVERYWHERE
from guiju.core.organisation.words_bodies import InterestKind
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission


class DeclareForm(OrgForm):
    """What is declared."""

    kind = term_field(zh("类别"), InterestKind)
    who = text_field(zh("姓名或名称"), zh("亲属的姓名，或企业、组织的名称"), most=200)
    relation = text_field(zh("关系"), most=200, required=False)
    where = text_field(zh("工作单位"), most=200, required=False)
    person = Chosen(
        find_people,
        label=said(zh("亲属在本系统内的人员编号")),
        help_text=said(zh("亲属也在名册上的，填姓名或编号，任职时据此提示回避")),
        required=False,
    )
    what = text_field(zh("说明"), most=200, required=False)


@needs(Permission.DECLARE_OWN)
@require_safe
def declarations(request: HttpRequest) -> HttpResponse:
    """Show what one has declared oneself; nobody's else is ever shown here."""
    me = standing(request).person
    found = interests(me, EVERYWHERE)
    shown = {
        "standing": [(one, identity_of(one.reference)) for one in found if one.withdrawn is None],
        "withdrawn": [one for one in found if one.withdrawn is not None],
        "is_known": Person.objects.filter(reference=me, erased_at=None).exists(),
    }
    return render(request, "org/declarations.html", shown)


@needs(Permission.DECLARE_OWN)
@require_http_methods(METHODS)
def declaring(request: HttpRequest) -> HttpResponse:
    """Declare a relative or an interest of one's own.

    Raises:
        Http404: for who is not on the register.
    """
    me = standing(request).person
    if not Person.objects.filter(reference=me, erased_at=None).exists():
        raise Http404
    form: Any = DeclareForm(
        data(request), scope=scope_of(request, Permission.PERSON_READ), on=today()
    )
    if not scope_of(request, Permission.PERSON_READ):
        form.fields["person"].widget = forms.HiddenInput()

    def says(filled: Filled) -> list[Sentence]:
        kind: InterestKind = filled["kind"]
        return [
            zh("申报{kind}：{who}。内容加密保存。", kind=kind.label, who=filled["who"]),
            zh("只有获准看密封信息的人能打开，每次打开都留下记录。"),
            zh("以后任命您时，按公务员法核对任职回避。情况变了，可以撤回后重报。"),
        ]

    def do(filled: Filled) -> None:
        content = {name: filled[name] for name in ("who", "relation", "where", "what")}
        relative = filled["person"].reference if filled["person"] else ""
        declare_interest(
            person=me,
            kind=filled["kind"],
            content=content | {"person": relative},
            by=actor_of(request),
            at=timezone.now(),
        )

    act = _act(zh("申报亲属和利害关系"), zh("提交申报"), zh("已提交申报。"))
    return acted(request, act, form, says=says, do=do)


@needs(Permission.DECLARE_OWN)
@require_http_methods(METHODS)
def withdrawing(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Withdraw a declaration of one's own.

    Raises:
        Http404: for anybody's else.
    """
    row = reached(Interest, identity, EVERYWHERE)
    if row.person.reference != standing(request).person:
        raise Http404
    kind = InterestKind.of(row.kind)
    heading = zh("撤回申报：{kind}", kind=kind.label)
    act = _act(heading, zh("撤回申报"), zh("已撤回申报。"), is_grave=True)

    def says(_filled: Filled) -> list[Sentence]:
        return [zh("此后不再据此核对任职回避；申报过的内容作为历史加密保留。")]

    def do(_filled: Filled) -> None:
        withdraw_interest(interest=row.reference, by=actor_of(request), at=timezone.now())

    return acted(request, act, OrgForm(data(request)), says=says, do=do)


def _act(heading: Sentence, verb: Sentence, done: Sentence, *, is_grave: bool = False) -> Act:
    back = reverse("org:declarations")
    return Act(heading, verb, done, back, (Crumb(zh("我的申报"), back),), is_grave=is_grave)
