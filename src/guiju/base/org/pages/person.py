"""One person: posts now and before, delegations, bodies; what is sealed stays masked."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.org.pages.doing import PERSON, buttons
from guiju.base.org.pages.post import delegation_state, functions_of
from guiju.base.org.pages.ways import name_of, way
from guiju.base.org.periods import Period
from guiju.base.org.reads.open_to import open_bodies, open_people, open_posts
from guiju.base.org.reads.people import (
    DelegationShown,
    PersonPage,
    PersonShown,
    TermShown,
    person_page,
    person_row,
)
from guiju.base.ui.badges import Badge
from guiju.base.ui.navigation import page_of
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb, Definition, Tab
from guiju.base.ui.reader import scope_of
from guiju.core.access import Scope
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission


@dataclass(frozen=True, slots=True)
class Lent:
    """A delegation that somebody gave or took; ``other`` is the other side."""

    row: DelegationShown
    is_given: bool
    post_link: str
    other: Sentence | str
    other_link: str
    functions: Sentence
    state: Badge


@needs(Permission.PERSON_READ)
@require_safe
def person(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show a person."""
    found = _found(identity, scope_of(request, Permission.PERSON_READ))
    today, org = timezone.localdate(), scope_of(request, Permission.ORG_READ)
    wanted = {one.post for one in found.terms} | {one.post for one in found.delegations}
    posts = open_posts(wanted, org)
    named = {who for one in found.delegations for who in (one.principal, one.delegate)}
    people = open_people(named, scope_of(request, Permission.PERSON_READ))
    bodies = open_bodies({one.body for one in found.memberships}, org)
    running = [one for one in found.terms if Period(one.start, one.end).holds(today)]
    lent = [_lent(one, found, posts, people) for one in found.delegations]
    shown = _head(request, found.person, "org:person") | {
        "buttons": buttons(request, PERSON, found.person.reference, open_people),
        "sheet": _sheet(found),
        "sealed": _sealed(found),
        "now": [_term(one, posts) for one in running],
        "rest": [_term(one, posts) for one in found.terms if one not in running],
        "lent": lent,
        "memberships": [
            (
                one,
                page_of("org:body", one.body) if one.body in bodies else "",
                Period(one.start, one.end).holds(today),
            )
            for one in found.memberships
        ],
        "interests": found.interests,
    }
    return render(request, "org/person.html", shown)


@needs(Permission.PERSON_READ)
@require_safe
def person_history(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show what happened to a person, from the record, to those who may read the record there."""
    person = person_row(f"person:{identity}", scope_of(request, Permission.PERSON_READ))
    in_record = scope_of(request, Permission.RECORD_READ)
    if person is None or not open_people([person.reference], in_record):
        raise Http404
    shown = _head(request, person, "org:person_history") | {"reference": person.reference}
    return render(request, "org/person_history.html", shown)


def _found(identity: UUID, scope: Scope) -> PersonPage:
    found = person_page(f"person:{identity}", scope)
    if found is None:
        raise Http404
    return found


def _head(request: HttpRequest, person: PersonShown, view: str) -> dict[str, object]:
    views = [("org:person", zh("概况"))]
    if scope_of(request, Permission.RECORD_READ):
        views.append(("org:person_history", zh("经过")))
    org = scope_of(request, Permission.ORG_READ)
    unit = page_of("org:unit", person.home) if org else ""
    home = (Crumb(person.home_name, unit),) if person.home else ()
    name = name_of(person.name)
    return {
        "person": person,
        "name": name,
        "way": way(*home, Crumb(name)),
        "person_tabs": [
            Tab(label, page_of(one, person.reference), one == view) for one, label in views
        ]
        if len(views) > 1
        else [],
    }


def _sheet(found: PersonPage) -> tuple[Definition, ...]:
    person = found.person
    return (
        Definition(zh("人员编号"), person.code),
        Definition(zh("所在单位"), person.home_name, page_of("org:unit", person.home)),
        Definition(zh("职级"), person.rank),
        Definition(zh("政治面貌"), person.standing),
        Definition(zh("离任日期"), person.left),
    )


def _sealed(found: PersonPage) -> tuple[Definition, ...]:
    """Return what is sealed, as no more than that it is there."""
    masked, nothing = zh("•••••• 已密封"), zh("没有登记")
    return (
        Definition(zh("证件号码"), masked if found.has_id_number else nothing),
        Definition(zh("电话"), masked if found.has_phone else nothing),
        Definition(
            zh("申报事项"),
            zh("{count} 项，已密封", count=found.interests) if found.interests else nothing,
        ),
    )


def _term(one: TermShown, posts: frozenset[str]) -> tuple[TermShown, str]:
    return one, page_of("org:post", one.post) if one.post in posts else ""


def _lent(
    one: DelegationShown, found: PersonPage, posts: frozenset[str], people: frozenset[str]
) -> Lent:
    is_given = one.principal == found.person.reference
    other = one.delegate if is_given else one.principal
    return Lent(
        one,
        is_given,
        page_of("org:post", one.post) if one.post in posts else "",
        name_of(one.delegate_name if is_given else one.principal_name),
        page_of("org:person", other) if other in people else "",
        functions_of(one),
        delegation_state(one, timezone.localdate()),
    )
