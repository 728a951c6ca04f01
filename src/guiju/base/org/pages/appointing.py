"""Appointing somebody to a post, and ending an appointment (S0-08)."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guiju.base.org.actions import appointments
from guiju.base.org.actions.appointments import Terms, answers_for
from guiju.base.org.models import Appointment, Delegation, Post
from guiju.base.org.pages.acting import acted
from guiju.base.org.pages.choosing import Chosen, OrgForm, find_people
from guiju.base.org.pages.reaching import Endable, identity_of, page_of, reached, today, way
from guiju.base.org.policies import STANDING_IN
from guiju.base.org.reads.holders import holders
from guiju.base.org.reads.people import interests
from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Act, Filled
from guiju.base.ui.dates import day
from guiju.base.ui.fields import day_field, term_field, text_field
from guiju.base.ui.forms import said
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import scope_of
from guiju.core.access import Scope
from guiju.core.organisation.words import AppointmentKind, ResponsibilityKind
from guiju.core.organisation.words_bodies import FAMILY
from guiju.core.sentence import Sentence, listing, zh
from guiju.core.terms import Permission


class AppointForm(OrgForm):
    """Whom, how, and from when until when."""

    person = Chosen(find_people, label=said(zh("人员")), help_text=said(zh("姓名或人员编号")))
    kind = term_field(zh("任职方式"), AppointmentKind)
    start = day_field(zh("开始日期"), zh("从这一天起任职"))
    end = day_field(zh("结束日期"), zh("从这一天起不再任职；没有期限的，不填"), required=False)
    responsibility = term_field(
        zh("责任类型"),
        ResponsibilityKind,
        required=False,
        nothing=zh("按岗位层级确定"),
    )
    document = text_field(zh("任免文号"), required=False)


class EndForm(OrgForm):
    """From when an appointment is over, by what document."""

    on = day_field(zh("结束日期"), zh("从这一天起不再任职；接任的人可以从同一天起任"))
    document = text_field(zh("任免文号"), required=False)


@needs(Permission.APPOINT)
@require_http_methods(METHODS)
def appointing(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Appoint somebody to a post."""
    post = reached(Post, identity, scope_of(request, Permission.APPOINT))
    form = AppointForm(
        request.POST if request.method == "POST" else None,
        scope=scope_of(request, Permission.PERSON_READ),
        on=today(),
        initial={"start": today(), "kind": AppointmentKind.REGULAR, **_wanted(request)},
    )
    act = Act(
        heading=zh("任命到「{unit} · {post}」", unit=post.unit.name, post=post.name),
        verb=zh("办理任职"),
        done=zh("已办理任职。"),
        back=page_of(post),
        way=way(post.unit, post),
    )

    def do(filled: Filled) -> None:
        person = filled["person"].reference
        appointments.appoint(
            person=person,
            post=post.reference,
            terms=Terms(
                filled["start"],
                filled["end"],
                filled["kind"],
                filled["responsibility"],
                filled["document"],
            ),
            relatives=relatives_known(person, scope_of(request, Permission.SEALED_READ)),
            by=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, act, form, says=lambda filled: _appointed(post, filled), do=do)


def _wanted(request: HttpRequest) -> dict[str, str]:
    """Return whom the link means by which the page was opened, as text to be looked up."""
    return {"person": request.GET.get("person", "")[:160]}


def relatives_known(person: str, scope: Scope) -> list[str]:
    """Return the relatives that the person declared, where whoever acts may know them."""
    declared = interests(person, scope)
    return [
        one.content["person"]
        for one in declared
        if one.withdrawn is None and one.kind in FAMILY and one.content.get("person")
    ]


def _appointed(post: Post, filled: Filled) -> list[Sentence]:
    kind: AppointmentKind = filled["kind"]
    answers = filled["responsibility"] or answers_for(post.leader_level)
    until = zh("到{day}为止", day=day(filled["end"])) if filled["end"] else zh("没有期限")
    told = [
        zh(
            "{name}自{day}起{kind}「{unit} · {post}」，{until}，承担{answers}。",
            name=filled["person"].name,
            day=day(filled["start"]),
            kind=kind.label,
            unit=post.unit.name,
            post=post.name,
            until=until,
            answers=answers.label,
        ),
    ]
    now = [one.name for one in holders(post.reference, filled["start"])]
    if now and kind in STANDING_IN:
        told.append(zh("这个岗位当天已有：{names}，其任职不受影响。", names=listing(now)))
    told.append(zh("不会自动通知本人，请另行告知；登录后能看什么，仍按授予的角色。"))
    return told


@needs(Permission.APPOINT)
@require_safe
def current(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show what of a post can be ended: appointments that go on, delegations in force."""
    post = reached(Post, identity, scope_of(request, Permission.APPOINT))
    now = today()
    terms = Appointment.objects.filter(Q(end_date=None) | Q(end_date__gt=now), post=post)
    lent = Delegation.objects.filter(post=post, revoked_at=None, last_date__gte=now)
    may_revoke = scope_of(request, Permission.DELEGATE).covers(post.unit.path)
    rows = [
        Endable(
            one.person.name,
            zh("{kind}，{day}起", kind=AppointmentKind.of(one.kind).label, day=day(one.start_date)),
            zh("结束任职"),
            reverse("org:appointment_ending", args=[identity_of(one.reference)]),
        )
        for one in terms.select_related("person").order_by("start_date", "number")
    ]
    rows += [
        Endable(
            one.delegate.name,
            zh("受{name}委托代办，到{day}为止", name=one.principal.name, day=day(one.last_date)),
            zh("收回委托"),
            reverse("org:revoking", args=[identity_of(one.reference)]) if may_revoke else "",
        )
        for one in lent.select_related("principal", "delegate").order_by("start_date", "number")
    ]
    shown = {
        "heading": zh("「{post}」的任职和委托", post=post.name),
        "way": way(post.unit, post),
        "rows": rows,
        "nothing": zh("现在没有人任职或代办"),
        "back": page_of(post),
    }
    return render(request, "org/endable.html", shown)


@needs(Permission.APPOINT)
@require_http_methods(METHODS)
def ending(request: HttpRequest, identity: UUID) -> HttpResponse:
    """End an appointment."""
    row = reached(Appointment, identity, scope_of(request, Permission.APPOINT))
    form = EndForm(request.POST if request.method == "POST" else None, initial={"on": today()})
    act = Act(
        heading=zh("结束{name}在「{post}」的任职", name=row.person.name, post=row.post.name),
        verb=zh("结束任职"),
        done=zh("已结束任职。"),
        back=page_of(row.post),
        way=way(row.post.unit, row.post),
        is_grave=True,
    )

    def do(filled: Filled) -> None:
        appointments.end_appointment(
            appointment=row.reference,
            on=filled["on"],
            document=filled["document"],
            by=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, act, form, says=lambda filled: _ended(row, filled), do=do)


def _ended(row: Appointment, filled: Filled) -> list[Sentence]:
    return [
        zh(
            "{name}自{day}起不再担任「{post}」。此前的任职和办过的事都保留。",
            name=row.person.name,
            day=day(filled["on"]),
            post=row.post.name,
        ),
        zh("由其委托给别人代办的，从同一天起一并失效。"),
        zh("没有人接任时，这个岗位列入空缺。不会自动通知本人，请另行告知。"),
    ]
