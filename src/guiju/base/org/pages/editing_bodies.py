"""Setting up bodies, correcting them, and who belongs to them (S2-75, S2-78, S4-12)."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guiju.base.org.actions import bodies, members
from guiju.base.org.actions.bodies import BodyFacts
from guiju.base.org.actions.members import Seating
from guiju.base.org.actions.tree import Reform
from guiju.base.org.models import Body, BodyMember, Unit
from guiju.base.org.pages.acting import acted
from guiju.base.org.pages.choosing import (
    Chosen,
    OrgForm,
    find_bodies,
    find_people,
    find_posts,
    find_units,
)
from guiju.base.org.pages.editing_units import unit_act
from guiju.base.org.pages.reaching import Endable, identity_of, page_of, reached, today, way
from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Act, Filled
from guiju.base.ui.dates import day
from guiju.base.ui.fields import day_field, term_field, text_field
from guiju.base.ui.forms import data, said
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import scope_of
from guiju.core.organisation.words_bodies import BodyKind, MemberRole, SupervisionChannel
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission


class BodyForm(OrgForm):
    """What is registered of a body."""

    name = text_field(zh("名称"))
    kind = term_field(zh("类别"), BodyKind)
    host = Chosen(find_units, label=said(zh("设立单位")), help_text=said(zh("单位名称或编号")))
    office = Chosen(find_units, label=said(zh("办公室所在单位")), required=False)
    channel = term_field(
        zh("监督渠道"),
        SupervisionChannel,
        zh("监督机构必选，其他机构不选"),
        required=False,
        nothing=zh("不是监督机构"),
    )
    superior = Chosen(
        find_bodies,
        label=said(zh("上级机构")),
        help_text=said(zh("领导它的领导小组或委员会的名称")),
        required=False,
    )
    founded = day_field(zh("设立日期"), required=False)

    def facts(self) -> BodyFacts:
        """Return what was filled in."""
        filled = self.cleaned_data
        return BodyFacts(
            filled["name"],
            filled["kind"],
            filled["host"].reference,
            filled["office"].reference if filled["office"] else "",
            filled["channel"],
            filled["superior"].reference if filled["superior"] else "",
            filled["founded"],
        )


class DissolveForm(OrgForm):
    """From which day, by what document."""

    on = day_field(zh("撤销日期"), zh("从这一天起没有这个机构"))
    document = text_field(zh("文号"), required=False)


class MemberForm(OrgForm):
    """Who, as what, from when until when."""

    role = term_field(zh("身份"), MemberRole)
    person = Chosen(
        find_people,
        label=said(zh("个人")),
        help_text=said(zh("姓名或人员编号；牵头单位、成员单位、联络机构不填")),
        required=False,
    )
    unit = Chosen(
        find_units,
        label=said(zh("单位")),
        help_text=said(zh("单位成员填写；联络员填写代表的单位")),
        required=False,
    )
    post = Chosen(
        find_posts,
        label=said(zh("以什么岗位")),
        help_text=said(zh("岗位名称或编号；不因岗位担任的，不填")),
        required=False,
    )
    start = day_field(zh("开始日期"))
    end = day_field(zh("结束日期"), zh("没有期限的，不填"), required=False)


class EndMemberForm(OrgForm):
    """From when a membership is over."""

    on = day_field(zh("退出日期"), zh("从这一天起不再是成员"))


@needs(Permission.BODY_EDIT)
@require_http_methods(METHODS)
def founding(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Set up a body at a unit."""
    scope = scope_of(request, Permission.BODY_EDIT)
    unit = reached(Unit, identity, scope)
    known = {"host": f"{unit.name} {unit.code}", "founded": today()}
    form = BodyForm(data(request), scope=scope, on=today(), initial=known)
    heading = zh("在「{unit}」设立机构", unit=unit.name)
    act = unit_act(unit, heading, zh("设立机构"), zh("已设立机构。"))

    def says(filled: Filled) -> list[Sentence]:
        kind: BodyKind = filled["kind"]
        return [
            zh(
                "设立{kind}「{name}」，设在「{unit}」。",
                kind=kind.label,
                name=filled["name"],
                unit=filled["host"].name,
            ),
            zh("还没有成员，请接着在机构页增加。"),
        ]

    def do(_filled: Filled) -> None:
        bodies.found_body(facts=form.facts(), by=actor_of(request), at=timezone.now())

    return acted(request, act, form, says=says, do=do)


@needs(Permission.BODY_EDIT)
@require_http_methods(METHODS)
def changing(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Correct what is registered of a body."""
    scope = scope_of(request, Permission.BODY_EDIT)
    body = reached(Body, identity, scope)
    form = BodyForm(data(request), scope=scope, on=today(), initial=_known(body))
    heading = zh("更正「{body}」的登记", body=body.name)
    act = _act(body, heading, zh("更正登记"), zh("已更正登记。"))

    def says(_filled: Filled) -> list[Sentence]:
        return [zh("成员不变；改动前后的内容都能在「{body}」的经过里看到。", body=body.name)]

    def do(_filled: Filled) -> None:
        bodies.change_body(
            body=body.reference, facts=form.facts(), by=actor_of(request), at=timezone.now()
        )

    return acted(request, act, form, says=says, do=do)


def _known(body: Body) -> dict[str, object]:
    return {
        "name": body.name,
        "kind": body.kind,
        "host": f"{body.host.name} {body.host.code}",
        "office": f"{body.office.name} {body.office.code}" if body.office else "",
        "channel": body.channel,
        "superior": body.superior.name if body.superior else "",
        "founded": body.founded_date,
    }


@needs(Permission.BODY_EDIT)
@require_http_methods(METHODS)
def dissolving(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Abolish a body."""
    body = reached(Body, identity, scope_of(request, Permission.BODY_EDIT))
    form = DissolveForm(data(request), initial={"on": today()})
    heading = zh("撤销「{body}」", body=body.name)
    act = _act(body, heading, zh("撤销机构"), zh("已撤销机构。"), is_grave=True)

    def says(filled: Filled) -> list[Sentence]:
        return [
            zh(
                "自{day}起没有「{body}」，全部成员同日退出。历史仍可查。",
                day=day(filled["on"]),
                body=body.name,
            ),
            zh("不能恢复；以后需要时请另设。"),
        ]

    def do(filled: Filled) -> None:
        bodies.dissolve_body(
            body=body.reference,
            reform=Reform(filled["on"], filled["document"]),
            by=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, act, form, says=says, do=do)


@needs(Permission.BODY_EDIT)
@require_http_methods(METHODS)
def adding_member(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Let somebody belong to a body; they may come from all that the reader sees."""
    body = reached(Body, identity, scope_of(request, Permission.BODY_EDIT))
    seen = scope_of(request, Permission.ORG_READ)
    form = MemberForm(
        data(request),
        scope=seen,
        scopes={"person": scope_of(request, Permission.PERSON_READ)},
        on=today(),
        initial={"start": today()},
    )
    heading = zh("给「{body}」增加成员", body=body.name)
    act = _act(body, heading, zh("增加成员"), zh("已增加成员。"))

    def says(filled: Filled) -> list[Sentence]:
        role: MemberRole = filled["role"]
        who = filled["person"] or filled["unit"]
        return [
            zh(
                "自{day}起，{who}是「{body}」的{role}。",
                day=day(filled["start"]),
                who=who.name if who else "—",
                body=body.name,
                role=role.label,
            ),
            zh("不会自动通知，请另行告知。"),
        ]

    def do(filled: Filled) -> None:
        chosen = {
            name: filled[name].reference for name in ("person", "unit", "post") if filled[name]
        }
        members.add_member(
            body=body.reference,
            seating=Seating(filled["role"], **chosen),
            start=filled["start"],
            end=filled["end"],
            by=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, act, form, says=says, do=do)


@needs(Permission.BODY_EDIT)
@require_safe
def members_now(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show whose membership can be ended."""
    body = reached(Body, identity, scope_of(request, Permission.BODY_EDIT))
    going_on = Q(end_date=None) | Q(end_date__gt=today())
    rows = BodyMember.objects.filter(going_on, body=body).select_related("person", "unit")
    shown = {
        "heading": zh("「{body}」的成员", body=body.name),
        "way": way(body),
        "rows": [
            Endable(
                (one.person or one.unit or body).name,
                zh(
                    "{role}，{day}起",
                    role=MemberRole.of(one.role).label,
                    day=day(one.start_date),
                ),
                zh("办理退出"),
                reverse("org:member_ending", args=[identity_of(one.reference)]),
            )
            for one in rows.order_by("start_date", "number")
        ],
        "nothing": zh("现在没有成员"),
        "back": page_of(body),
    }
    return render(request, "org/endable.html", shown)


@needs(Permission.BODY_EDIT)
@require_http_methods(METHODS)
def ending_member(request: HttpRequest, identity: UUID) -> HttpResponse:
    """End a membership."""
    member = reached(BodyMember, identity, scope_of(request, Permission.BODY_EDIT))
    body, who = member.body, member.person or member.unit
    form = EndMemberForm(data(request), initial={"on": today()})
    heading = zh("让{who}退出「{body}」", who=who.name if who else "—", body=body.name)
    act = _act(body, heading, zh("办理退出"), zh("已办理退出。"), is_grave=True)

    def says(filled: Filled) -> list[Sentence]:
        return [zh("自{day}起不再是成员；此前的记录保留。", day=day(filled["on"]))]

    def do(filled: Filled) -> None:
        members.end_member(
            member=member.reference, on=filled["on"], by=actor_of(request), at=timezone.now()
        )

    return acted(request, act, form, says=says, do=do)


def _act(
    body: Body, heading: Sentence, verb: Sentence, done: Sentence, *, is_grave: bool = False
) -> Act:
    return Act(heading, verb, done, page_of(body), way(body), is_grave=is_grave)
