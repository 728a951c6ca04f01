"""Opening one sealed value of a person, or one declaration, for a reason."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guiju.base.org.actions.opening import open_declaration, open_value
from guiju.base.org.pages.ways import name_of, way
from guiju.base.org.reads.people import PersonPage, closed_interests, person_page
from guiju.base.record.actor import actor_of
from guiju.base.record.pages.unsealing import OpeningForm, Sealed, opening_page
from guiju.base.record.unsealing import Opening
from guiju.base.ui.acting import METHODS
from guiju.base.ui.forms import said
from guiju.base.ui.navigation import page_of
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb, Definition
from guiju.base.ui.reader import may, scope_of
from guiju.core.access import Scope
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission, SealedItem

_WORDS = {
    "who": zh("姓名或名称"),
    "relation": zh("关系"),
    "where": zh("工作单位"),
    "person": zh("亲属在本系统内的人员编号"),
    "what": zh("说明"),
}


@needs(Permission.SEALED_READ)
@require_http_methods(METHODS)
def opening(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Ask for what and why, then show it once.

    Raises:
        Http404: for nobody in the reader's scope.
    """
    person, scope = f"person:{identity}", scope_of(request, Permission.SEALED_READ)
    found = person_page(person, scope)
    if found is None:
        raise Http404

    def open_it(item: str, what: Opening) -> list[Definition]:
        act: Any = {"what": what, "by": actor_of(request), "at": timezone.now()}
        if item in {SealedItem.ID_NUMBER, SealedItem.PHONE}:
            kind = SealedItem.of(item)
            value = open_value(person=person, item=kind, scope=scope, **act)
            return [Definition(kind.label, value or zh("已依法删除"))]
        content = open_declaration(interest=item, scope=scope, **act)
        return [Definition(_WORDS.get(name, zh("其他")), value) for name, value in content.items()]

    name = name_of(found.person.name)
    page = page_of("org:person", person) if may(request, Permission.PERSON_READ) else ""
    about = Sealed(
        zh("查阅{name}密封的信息", name=name),
        page or reverse("access:home"),
        way(Crumb(name, page)),
    )
    return opening_page(
        request, about, OpeningForm(request, _choices(found, scope)), open_it=open_it
    )


def _choices(found: PersonPage, scope: Scope) -> list[tuple[str, Any]]:
    """Return what there is to be opened, each by what it is, none of it by its content."""
    there = (
        (SealedItem.ID_NUMBER, found.has_id_number),
        (SealedItem.PHONE, found.has_phone),
    )
    values: list[tuple[str, Sentence]] = [
        (item.value, item.label) for item, is_there in there if is_there
    ]
    if not found.person.is_erased:
        values += [
            (one.reference, zh("申报：{kind}（{day}）", kind=one.kind.label, day=str(one.declared)))
            for one in closed_interests(found.person.reference, scope)
        ]
    return [(value, said(label)) for value, label in values]
