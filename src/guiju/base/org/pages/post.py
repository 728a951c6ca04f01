"""One post: who holds it and who stands in, all who ever held it, what it must not be held with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiju.base.org.pages.doing import POST, buttons
from guiju.base.org.pages.rows import people_in, post_rows
from guiju.base.org.pages.ways import Day, name_of, not_on, read_day, way
from guiju.base.org.periods import Period, unbroken
from guiju.base.org.reads.holders import PastHolder
from guiju.base.org.reads.lists import delegations_of
from guiju.base.org.reads.open_to import open_people, open_posts
from guiju.base.org.reads.people import DelegationShown
from guiju.base.org.reads.posts import PostPage, post_page
from guiju.base.org.reads.rotation import REMIND_DAYS, rotation_state
from guiju.base.ui.badges import Badge
from guiju.base.ui.navigation import page_of
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Clock, Crumb, Definition, Tab
from guiju.base.ui.reader import scope_of
from guiju.core.organisation.words import AppointmentKind
from guiju.core.organisation.words_bodies import RotationState
from guiju.core.sentence import Sentence, listing, zh
from guiju.core.terms import Permission

_TONES = {RotationState.OVERDUE: "over", RotationState.SOON: "near", RotationState.WITHIN: "calm"}


@dataclass(frozen=True, slots=True)
class Term:
    """One term in the timeline of a post."""

    name: Sentence | str
    link: str
    kind: AppointmentKind
    start: date
    end: date | None
    document: str
    is_running: bool


@dataclass(frozen=True, slots=True)
class Lent:
    """A delegation of the post, or of some of its functions."""

    row: DelegationShown
    principal: Sentence | str
    delegate: Sentence | str
    delegate_link: str
    functions: Sentence
    state: Badge


@needs(Permission.ORG_READ)
@require_safe
def post(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show a post as it is or was on a day."""
    day = read_day(request)
    found = _found(request, identity, day)
    lent = delegations_of(found.post.reference)
    named = {one.person for one in found.history} | people_in([found.post])
    named |= {one.delegate for one in lent}
    seen = open_people(named, scope_of(request, Permission.PERSON_READ))
    others = open_posts(
        (reference for reference, _, _ in found.incompatible),
        scope_of(request, Permission.ORG_READ),
    )
    (row,) = post_rows([found.post], seen, day)
    shown = _head(found, day, "org:post") | {
        "row": row,
        "buttons": buttons(request, POST, found.post.reference, open_posts) if day.is_today else (),
        "sheet": _sheet(found),
        "tenures": tenures(found, day.on),
        "terms": [_term(one, seen, day) for one in found.history],
        "incompatible": [
            (name, page_of("org:post", one) if one in others else "", reason)
            for one, name, reason in found.incompatible
        ],
        "lent": [_lent(one, seen, day) for one in lent],
    }
    return render(request, "org/post.html", shown)


@needs(Permission.ORG_READ)
@require_safe
def post_history(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show what happened to a post, from the record."""
    day = read_day(request)
    found = _found(request, identity, day)
    shown = _head(found, day, "org:post_history") | {"reference": found.post.reference}
    return render(request, "org/post_history.html", shown)


def _found(request: HttpRequest, identity: UUID, day: Day) -> PostPage:
    found = post_page(f"post:{identity}", scope_of(request, Permission.ORG_READ), on=day.on)
    if found is None:
        raise Http404
    return found


def _head(found: PostPage, day: Day, view: str) -> dict[str, object]:
    post = found.post
    unit = Crumb(post.unit_name, page_of("org:unit", post.unit) + day.query)
    views = (("org:post", zh("概况")), ("org:post_history", zh("经过")))
    return {
        "post": post,
        "day": day,
        "absence": not_on(day, post.founded, post.abolished),
        "way": way(unit, Crumb(post.name)),
        "post_tabs": [
            Tab(label, page_of(name, post.reference) + day.query, name == view)
            for name, label in views
        ],
    }


def _sheet(found: PostPage) -> tuple[Definition, ...]:
    post = found.post
    return (
        Definition(zh("岗位编号"), post.code),
        Definition(zh("单位"), post.unit_name, page_of("org:unit", post.unit)),
        Definition(zh("层级"), post.level),
        Definition(zh("关键岗位"), zh("是") if post.is_key else zh("否")),
        Definition(zh("最长任期"), zh("{years} 年", years=post.years) if post.years else None),
        Definition(
            zh("分管"), listing(one.label for one in post.functions) if post.functions else None
        ),
        Definition(
            zh("不直接分管"), listing(one.label for one in post.barred) if post.barred else None
        ),
        Definition(zh("职责"), found.duties),
        Definition(zh("设立日期"), post.founded),
        Definition(zh("撤销日期"), post.abolished),
    )


def tenures(found: PostPage, on: date) -> list[tuple[Sentence | str, Clock]]:
    """Return for everybody who is in the post on a day how much of its longest tenure is used.

    As in ``rotation_due``, terms that follow each other without a gap count as one.
    """
    years = found.post.years
    if years is None:
        return []
    shown = []
    for person in dict.fromkeys(one.person for one in found.history):
        held = [one for one in found.history if one.person == person]
        periods = unbroken(Period(one.start, one.end) for one in held)
        now = next((period for period in periods if period.holds(on)), None)
        if now is not None and now.start is not None:
            shown.append((name_of(held[0].name), _clock(now.start, years, on)))
    return shown


def _clock(since: date, years: int, on: date) -> Clock:
    due, state = rotation_state(since, years, on=on, remind=REMIND_DAYS)
    used = 100 * (on - since).days // max(1, (due - since).days)
    if state is RotationState.OVERDUE:
        words = zh("最长任期已过 {count} 天", count=(on - due).days)
    else:
        words = zh("距最长任期还有 {count} 天", count=(due - on).days)
    return Clock(words, used, _TONES[state])


def _term(one: PastHolder, seen: frozenset[str], day: Day) -> Term:
    return Term(
        name_of(one.name),
        page_of("org:person", one.person) if one.person in seen else "",
        one.kind,
        one.start,
        one.end,
        one.document,
        Period(one.start, one.end).holds(day.on),
    )


def _lent(one: DelegationShown, seen: frozenset[str], day: Day) -> Lent:
    return Lent(
        one,
        name_of(one.principal_name),
        name_of(one.delegate_name),
        page_of("org:person", one.delegate) if one.delegate in seen else "",
        functions_of(one),
        delegation_state(one, day.on),
    )


def functions_of(one: DelegationShown) -> Sentence:
    """Return what is delegated."""
    if not one.functions:
        return zh("整个岗位")
    return zh("限{functions}", functions=listing(each.label for each in one.functions))


def delegation_state(one: DelegationShown, on: date) -> Badge:
    """Return whether a delegation holds on a day, by its own dates."""
    if one.revoked is not None:
        return Badge("calm", zh("已收回"))
    if on < one.first:
        return Badge("wait", zh("未开始"))
    return Badge("calm", zh("已结束")) if on > one.last else Badge("good", zh("代办中"))
