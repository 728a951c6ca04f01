"""Entering people, correcting what is known of them, and letting them go."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guiju.base.org.actions import people
from guiju.base.org.models import Appointment, Person, Unit
from guiju.base.org.pages.acting import acted
from guiju.base.org.pages.choosing import Chosen, OrgForm, find_units
from guiju.base.org.pages.editing_units import unit_act
from guiju.base.org.pages.reaching import page_of, reached, today, way
from guiju.base.org.reads.people import sealed
from guiju.base.org.reads.within import running
from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Act, Filled
from guiju.base.ui.dates import day
from guiju.base.ui.fields import day_field, term_field, text_field
from guiju.base.ui.forms import data, said
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import scope_of
from guiju.core.organisation.rows import PersonRow
from guiju.core.organisation.words import PartyStanding
from guiju.core.sentence import Sentence, quoted, zh
from guiju.core.terms import Permission

_KEPT = zh("已登记的不显示；不改，就不填")


class PersonForm(OrgForm):
    """What is known of a person."""

    code = text_field(zh("人员编号"), zh("本系统内不重复，导入表里用它认人"), most=40)
    name = text_field(zh("姓名"))
    home = Chosen(find_units, label=said(zh("所在单位")), help_text=said(zh("单位名称或编号")))
    id_number = text_field(zh("身份证号"), zh("加密保存，只用来防止重复登记"), required=False)
    phone = text_field(zh("手机"), zh("加密保存"), required=False)
    rank = text_field(zh("职级"), required=False)
    standing = term_field(zh("政治面貌"), PartyStanding, required=False, nothing=zh("不填"))

    def row(self, kept: tuple[str, str] = ("", "")) -> PersonRow:
        """Return what was filled in as a row of a table; ``kept`` is what was sealed before."""
        filled = self.cleaned_data
        return PersonRow(
            code=filled["code"],
            name=filled["name"],
            id_number="".join(filled["id_number"].split()).upper() or kept[0],
            phone="".join(filled["phone"].split()) or kept[1],
            rank=filled["rank"],
            standing=filled["standing"],
        )


class LeaveForm(OrgForm):
    """From which day somebody serves no more."""

    on = day_field(zh("离任日期"), zh("从这一天起不再任职"))


@needs(Permission.PERSON_EDIT)
@require_http_methods(METHODS)
def entering(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Enter a person who belongs to a unit."""
    scope = scope_of(request, Permission.PERSON_EDIT)
    unit = reached(Unit, identity, scope)
    home = {"home": f"{unit.name} {unit.code}"}
    form = PersonForm(data(request), scope=scope, on=today(), initial=home)
    heading = zh("在「{unit}」登记人员", unit=unit.name)
    act = unit_act(unit, heading, zh("登记人员"), zh("已登记人员。"))

    def says(filled: Filled) -> list[Sentence]:
        return [
            zh("{name}登记在「{unit}」名下。", name=filled["name"], unit=filled["home"].name),
            zh("还没有任职，也没有账号：任职请在岗位页办理，账号请安全管理员开设。"),
            zh("身份证号和手机用此人专有的密钥加密，依法可以删除。"),
        ]

    def do(filled: Filled) -> None:
        people.enter_person(
            row=form.row(),
            home=filled["home"].reference,
            by=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, act, form, says=says, do=do)


@needs(Permission.PERSON_EDIT)
@require_http_methods(METHODS)
def changing(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Correct what is known of a person; what is sealed is not shown, and kept unless typed."""
    scope = scope_of(request, Permission.PERSON_EDIT)
    person = reached(Person, identity, scope)
    form = PersonForm(data(request), scope=scope, on=today(), initial=_known(person))
    for name in ("id_number", "phone"):
        if getattr(person, name) is not None:
            form.fields[name].help_text = said(_KEPT)
    act = _act(person, zh("更正{name}的登记", name=person.name), zh("更正登记"), zh("已更正登记。"))

    def says(_filled: Filled) -> list[Sentence]:
        return [
            zh("名册、岗位和任职里的姓名随之改变；任职和办过的事不变。"),
            zh("改动前后的内容加密记在此人的经过里。"),
        ]

    def do(filled: Filled) -> None:
        people.change_person(
            person=person.reference,
            row=form.row(sealed(person.reference, scope) or ("", "")),
            home=filled["home"].reference,
            by=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, act, form, says=says, do=do)


def _known(person: Person) -> dict[str, str]:
    home = person.home
    return {
        "code": person.code,
        "name": person.name,
        "home": f"{home.name} {home.code}" if home else "",
        "rank": person.rank,
        "standing": person.party_standing,
    }


@needs(Permission.PERSON_EDIT)
@require_http_methods(METHODS)
def leaving(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Let a person go."""
    person = reached(Person, identity, scope_of(request, Permission.PERSON_EDIT))
    form = LeaveForm(data(request), initial={"on": today()})
    act = _act(
        person,
        zh("办理{name}离任", name=person.name),
        zh("办理离任"),
        zh("已办理离任。"),
        is_grave=True,
    )

    def says(filled: Filled) -> list[Sentence]:
        held = Appointment.objects.filter(running(filled["on"]), person=person)
        posts = list(held.values_list("post__name", flat=True))
        when = day(filled["on"])
        first = (
            zh(
                "自{day}起，{name}的全部任职结束：{posts}。",
                day=when,
                name=person.name,
                posts=quoted(posts),
            )
            if posts
            else zh("自{day}起，{name}不再任职；当天没有要结束的任职。", day=when, name=person.name)
        )
        return [
            first,
            zh("领导小组等机构的成员身份和委托同日结束；空出的岗位列入空缺。"),
            zh("账号不会自动停用，请安全管理员停用。"),
        ]

    def do(filled: Filled) -> None:
        people.person_left(
            person=person.reference, on=filled["on"], by=actor_of(request), at=timezone.now()
        )

    return acted(request, act, form, says=says, do=do)


def _act(
    person: Person, heading: Sentence, verb: Sentence, done: Sentence, *, is_grave: bool = False
) -> Act:
    above = [person.home] if person.home else []
    return Act(heading, verb, done, page_of(person), way(*above, person), is_grave=is_grave)
