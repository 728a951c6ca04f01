"""Letting somebody act in a post for a while, and taking it back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guiju.base.org.actions import delegations
from guiju.base.org.actions.delegations import Mandate
from guiju.base.org.models import Appointment, Delegation, Post
from guiju.base.org.pages.acting import acted
from guiju.base.org.pages.choosing import Chosen, OrgForm, find_people
from guiju.base.org.pages.reaching import page_of, reached, today, way
from guiju.base.org.policies import LEADERS
from guiju.base.org.reads.holders import holders
from guiju.base.org.reads.within import living, running
from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Act, Filled
from guiju.base.ui.dates import day
from guiju.base.ui.fields import day_field, terms_field, text_field
from guiju.base.ui.forms import said
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.base.ui.reader import may, scope_of, standing
from guiju.core.access import EVERYWHERE, Scope
from guiju.core.access import scope_of as scope_over
from guiju.core.organisation.words import Function
from guiju.core.sentence import Sentence, listing, zh
from guiju.core.terms import Permission


class MandateForm(OrgForm):
    """What is delegated by whom to whom, and for how long; ``choices`` are of one field."""

    post = forms.ChoiceField(label=said(zh("岗位")))
    principal = forms.ChoiceField(label=said(zh("委托人")))
    delegate = Chosen(find_people, label=said(zh("受托人")), help_text=said(zh("姓名或人员编号")))
    first = day_field(zh("开始日期"))
    last = day_field(zh("最后一天"), zh("这一天仍由受托人代办，第二天起自动失效"))
    functions = terms_field(
        zh("委托的分工"), Function, zh("只委托岗位的部分分工时勾选；都不勾，就是委托整个岗位")
    )
    reason = text_field(zh("原因"), zh("如出差、休假、学习；受托人能看到"), most=200)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - as Django's
        leave_out: str,
        offered: list[tuple[str, str]],
        functions: set[str],
        **kwargs: Any,  # noqa: ANN401 - as Django's
    ) -> None:
        super().__init__(*args, **kwargs)
        del self.fields[leave_out]
        chosen = self.fields["principal" if leave_out == "post" else "post"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = offered
        lent = self.fields["functions"]
        if isinstance(lent, forms.ChoiceField):
            lent.choices = [
                (one.value, said(one.label)) for one in Function if one.value in functions
            ]
        if not functions:
            lent.widget = forms.MultipleHiddenInput()


@needs(Permission.DELEGATE_OWN)
@require_http_methods(METHODS)
def delegating(request: HttpRequest) -> HttpResponse:
    """Delegate a post of one's own."""
    me = standing(request).person
    posts = own_posts(me, today())
    if not posts:
        return render(request, "org/no_post.html", {"way": _own_way()})
    form = MandateForm(
        request.POST if request.method == "POST" else None,
        leave_out="principal",
        offered=[(one.reference, f"{one.unit.name} · {one.name}") for one in posts],
        functions={function for one in posts for function in one.functions},
        scope=where_colleagues(request, posts),
        on=today(),
        initial={"first": today()},
    )
    act = Act(
        heading=zh("委托他人代办我的岗位"),
        verb=zh("办理委托"),
        done=zh("已办理委托。"),
        back=reverse("org:delegations_own"),
        way=_own_way(),
    )
    named = {one.reference: one for one in posts}

    def says(filled: Filled) -> list[Sentence]:
        return _delegated(named[filled["post"]], filled, zh("您"))

    def do(filled: Filled) -> None:
        _delegate(request, filled["post"], me, filled)

    return acted(request, act, form, says=says, do=do)


@needs(Permission.DELEGATE)
@require_http_methods(METHODS)
def delegating_for(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Delegate a post on behalf of who holds it, who may not be able to."""
    post = reached(Post, identity, scope_of(request, Permission.DELEGATE))
    held = [one for one in holders(post.reference, today()) if not one.principal]
    form = MandateForm(
        request.POST if request.method == "POST" else None,
        leave_out="post",
        offered=[(one.person, f"{one.name} {one.code}") for one in held],
        functions=set(post.functions),
        scope=scope_of(request, Permission.PERSON_READ),
        on=today(),
        initial={"first": today()},
    )
    act = Act(
        heading=zh("替任职人委托代办「{post}」", post=post.name),
        verb=zh("办理委托"),
        done=zh("已办理委托。"),
        back=page_of(post),
        way=way(post.unit, post),
        lead=None if held else zh("这个岗位今天没有人任职，不能委托。请先办理任职。"),
    )
    names = {one.person: one.name for one in held}

    def says(filled: Filled) -> list[Sentence]:
        return _delegated(post, filled, zh("{name}", name=names[filled["principal"]]))

    def do(filled: Filled) -> None:
        _delegate(request, post.reference, filled["principal"], filled)

    return acted(request, act, form, says=says, do=do)


class RevokeForm(OrgForm):
    """Why a delegation is taken back."""

    reason = text_field(zh("原因"), most=200)


@needs(Permission.DELEGATE_OWN)
@require_http_methods(METHODS)
def revoking(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Take a delegation back: one's own, or as who may do so for others."""
    row = reached(Delegation, identity, EVERYWHERE)
    is_own = row.principal.reference == standing(request).person
    if not is_own and not scope_of(request, Permission.DELEGATE).covers(row.post.unit.path):
        raise Http404
    form = RevokeForm(request.POST if request.method == "POST" else None)
    act = Act(
        heading=zh("收回{name}对「{post}」的代办", name=row.delegate.name, post=row.post.name),
        verb=zh("收回委托"),
        done=zh("已收回委托。"),
        back=reverse("org:delegations_own") if is_own else page_of(row.post),
        way=_own_way() if is_own else way(row.post.unit, row.post),
        is_grave=True,
    )

    def says(_filled: Filled) -> list[Sentence]:
        return [
            zh("{name}立刻不能再代办「{post}」。", name=row.delegate.name, post=row.post.name),
            zh("代办期间办过的事仍然有效；没有办完的，回到{name}。", name=row.principal.name),
            zh("受托人会在工作台收到告知。"),
        ]

    def do(filled: Filled) -> None:
        delegations.revoke_delegation(
            delegation=row.reference,
            reason=filled["reason"],
            by=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, act, form, says=says, do=do)


def _delegate(request: HttpRequest, post: str, principal: str, filled: Filled) -> None:
    delegations.delegate(
        mandate=Mandate(
            post=post,
            principal=principal,
            delegate=filled["delegate"].reference,
            first=filled["first"],
            last=filled["last"],
            reason=filled["reason"],
            functions=tuple(filled["functions"]),
        ),
        by=actor_of(request),
        at=timezone.now(),
    )


def _delegated(post: Post, filled: Filled, principal: Sentence) -> list[Sentence]:
    name, functions = filled["delegate"].name, filled["functions"]
    what = (
        zh("「{post}」的{functions}", post=post.name, functions=_labels(functions))
        if functions
        else zh("「{post}」的全部事务", post=post.name)
    )
    told = [
        zh(
            "{first}到{last}（含最后一天），{name}可以代{principal}办理{what}。",
            first=day(filled["first"]),
            last=day(filled["last"]),
            name=name,
            principal=principal,
            what=what,
        ),
        zh("办理时记为受托代办，写明委托人；{principal}仍可自己办理。", principal=principal),
    ]
    if post.leader_level in {level.value for level in LEADERS}:
        told.append(
            zh(
                "这是领导岗位：期间{name}能看到「{unit}」及其下级的内容。",
                name=name,
                unit=post.unit.name,
            )
        )
    told.append(zh("{name}会在工作台收到告知。到期自动失效，也可以随时收回。", name=name))
    return told


def _labels(functions: list[Function]) -> Any:  # noqa: ANN401 - fits into a sentence
    return listing(one.label for one in functions)


def own_posts(person: str, on: date) -> list[Post]:
    """Return the posts that somebody holds on a day."""
    held = Appointment.objects.filter(running(on), person__reference=person).values("post")
    rows = Post.objects.filter(living(on), pk__in=held).select_related("unit")
    return list(rows.order_by("number"))


def where_colleagues(request: HttpRequest, posts: list[Post]) -> Scope:
    """Return where somebody may look for who stands in: where they read, and at their own unit."""
    own = [one.unit.path for one in posts]
    return scope_over([*scope_of(request, Permission.PERSON_READ).beginnings, *own])


def _own_way() -> tuple[Crumb, ...]:
    return (Crumb(zh("我的委托"), reverse("org:delegations_own")),)


@needs(Permission.DELEGATE_OWN)
@require_http_methods(["GET", "HEAD"])
def delegations_own(request: HttpRequest) -> HttpResponse:
    """Show what one has delegated, and what was delegated to one."""
    me, now = standing(request).person, today()
    rows = Delegation.objects.select_related("post__unit", "principal", "delegate")
    shown = {
        "given": _with_state(rows.filter(principal__reference=me), now),
        "taken": _with_state(rows.filter(delegate__reference=me), now),
        "has_post": bool(own_posts(me, now)),
        "may_read": may(request, Permission.ORG_READ),
    }
    return render(request, "org/delegations_own.html", shown)


def _with_state(rows: Any, now: date) -> list[tuple[Delegation, str, bool]]:  # noqa: ANN401 - a query
    """Return delegations with their identity, and whether they can still be taken back."""
    return [
        (
            one,
            one.reference.partition(":")[2],
            one.revoked_at is None and one.last_date >= now,
        )
        for one in rows.order_by("-start_date", "-number")[:200]
    ]
