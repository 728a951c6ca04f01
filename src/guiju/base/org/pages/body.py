"""One body: its members, office and liaisons, who leads it and whom it leads."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.org.pages.doing import BODY, buttons
from guiju.base.org.pages.ways import Day, name_of, not_on, way
from guiju.base.org.reads.bodies import BodyPage, BodyShown, MemberShown, body_page
from guiju.base.org.reads.open_to import open_bodies, open_people, open_units
from guiju.base.ui.navigation import page_of
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb, Definition, Tab
from guiju.base.ui.reader import scope_of
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission

Offer = Callable[[HttpRequest, BodyShown], Tab | None]
_OFFERED: list[Offer] = []


def offer_tab(offer: Offer) -> None:
    """Let an area above this one put a page of its own beside a body's; None for none."""
    if offer not in _OFFERED:
        _OFFERED.append(offer)


@needs(Permission.ORG_READ)
@require_safe
def body(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show a body as it is today."""
    found = _found(request, identity)
    everybody = (*found.members, *found.former)
    org = scope_of(request, Permission.ORG_READ)
    people = open_people(
        {one.person for one in everybody}, scope_of(request, Permission.PERSON_READ)
    )
    units = open_units({one.unit for one in everybody} | {found.body.host, found.body.office}, org)
    bodies = open_bodies({one.reference for one in (*found.line, *found.led)}, org)
    shown = _head(request, found, "org:body") | {
        "buttons": buttons(request, BODY, found.body.reference, open_bodies),
        "sheet": _sheet(found, units),
        "members": [_member(one, people, units) for one in found.members],
        "former": [_member(one, people, units) for one in found.former],
        "unlinked": found.unlinked,
        "line": [_other(one, bodies) for one in found.line],
        "led": [_other(one, bodies) for one in found.led],
    }
    return render(request, "org/body.html", shown)


@needs(Permission.ORG_READ)
@require_safe
def body_history(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show what happened to a body, from the record."""
    found = _found(request, identity)
    shown = _head(request, found, "org:body_history") | {"reference": found.body.reference}
    return render(request, "org/body_history.html", shown)


def _found(request: HttpRequest, identity: UUID) -> BodyPage:
    scope, on = scope_of(request, Permission.ORG_READ), timezone.localdate()
    found = body_page(f"body:{identity}", scope, on=on)
    if found is None:
        raise Http404
    return found


def _head(request: HttpRequest, found: BodyPage, view: str) -> dict[str, object]:
    body, today = found.body, timezone.localdate()
    views = (("org:body", zh("概况")), ("org:body_history", zh("经过")))
    return {
        "body": body,
        "absence": not_on(Day(today, is_today=True), body.founded, body.abolished),
        "way": way(Crumb(zh("领导小组等机构"), reverse("org:bodies")), Crumb(body.name)),
        "body_tabs": [
            *(Tab(label, page_of(one, body.reference), one == view) for one, label in views),
            *filter(None, (offer(request, body) for offer in _OFFERED)),
        ],
    }


def _sheet(found: BodyPage, units: frozenset[str]) -> tuple[Definition, ...]:
    body = found.body
    return (
        Definition(zh("类别"), body.kind),
        Definition(zh("监督渠道"), body.channel),
        Definition(
            zh("设在"), body.host_name, page_of("org:unit", body.host if body.host in units else "")
        ),
        Definition(
            zh("办公室"),
            body.office_name,
            page_of("org:unit", body.office if body.office in units else ""),
        ),
        Definition(zh("成立日期"), body.founded),
        Definition(zh("撤销日期"), body.abolished),
    )


def _member(
    one: MemberShown, people: frozenset[str], units: frozenset[str]
) -> tuple[MemberShown, Sentence | str, str, str]:
    name = name_of(one.person_name) if one.person else ""
    return (
        one,
        name,
        page_of("org:person", one.person if one.person in people else ""),
        page_of("org:unit", one.unit if one.unit in units else ""),
    )


def _other(one: BodyShown, bodies: frozenset[str]) -> tuple[str, str]:
    return one.name, page_of("org:body", one.reference if one.reference in bodies else "")
