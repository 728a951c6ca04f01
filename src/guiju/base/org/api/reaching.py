"""What the routers of the organisation ask again and again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import TypeVar

from django.http import Http404, HttpRequest

from guiju.base.org.reads.holders import Holder
from guiju.base.org.reads.open_to import open_people
from guiju.base.org.reads.people import DelegationShown
from guiju.base.org.reads.posts import PostShown
from guiju.base.ui.reader import scope_of
from guiju.core.terms import Permission

Thing = TypeVar("Thing")


def found(thing: Thing | None) -> Thing:
    """Return what was read.

    Raises:
        Http404: when there is none in the reader's scope.
    """
    if thing is None:
        raise Http404
    return thing


def named(pairs: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Return references with names."""
    return [{"reference": reference, "name": name} for reference, name in pairs]


def seen_people(request: HttpRequest, people: Iterable[str]) -> frozenset[str]:
    """Return those of the people whom the reader may open; at most one query."""
    return open_people(people, scope_of(request, Permission.PERSON_READ))


def only_seen(reference: str, seen: frozenset[str]) -> str:
    """Return a reference where its reader may open what it names, else nothing."""
    return reference if reference in seen else ""


def held(holders: Iterable[Holder], seen: frozenset[str]) -> tuple[Holder, ...]:
    """Return those in a post, without references of people whom the reader may not open."""
    return tuple(replace(one, person=only_seen(one.person, seen)) for one in holders)


def posts_of(request: HttpRequest, posts: Iterable[PostShown]) -> list[PostShown]:
    """Return posts whose holders the reader may open have references; at most one query."""
    listed = list(posts)
    seen = seen_people(request, {one.person for post in listed for one in post.holders})
    return [replace(one, holders=held(one.holders, seen)) for one in listed]


def lent(rows: Iterable[DelegationShown], seen: frozenset[str]) -> list[dict[str, object]]:
    """Return delegations, without references of people whom the reader may not open."""
    return [
        asdict(one)
        | {
            "principal": only_seen(one.principal, seen),
            "delegate": only_seen(one.delegate, seen),
        }
        for one in rows
    ]
