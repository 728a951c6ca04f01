"""Which of the things that a page names have a page of their own that its reader may open."""

from __future__ import annotations

from collections.abc import Iterable

from guiju.base.org.models import Body, Person, Post, Unit
from guiju.base.org.reads.within import within
from guiju.core.access import EVERYWHERE, Scope

Things = type[Person] | type[Post] | type[Unit] | type[Body]


def open_people(references: Iterable[str], scope: Scope) -> frozenset[str]:
    """Return those of the people who belong to a unit of the scope; at most one query."""
    return _open(Person, "home__path", references, scope)


def open_posts(references: Iterable[str], scope: Scope) -> frozenset[str]:
    """Return those of the posts that lie in the scope; at most one query."""
    return _open(Post, "unit__path", references, scope)


def open_units(references: Iterable[str], scope: Scope) -> frozenset[str]:
    """Return those of the units that lie in the scope; at most one query."""
    return _open(Unit, "path", references, scope)


def open_bodies(references: Iterable[str], scope: Scope) -> frozenset[str]:
    """Return those of the bodies whose host lies in the scope; at most one query."""
    return _open(Body, "host__path", references, scope)


def people_called(references: Iterable[str], scope: Scope) -> dict[str, str]:
    """Return name and code of those of the people whom the scope holds; at most one query."""
    wanted = frozenset(references) - {""}
    if not wanted:
        return {}
    rows = Person.objects.filter(within(scope, "home__path"), reference__in=wanted)
    return {
        reference: f"{name} {code}".strip()
        for reference, name, code in rows.values_list("reference", "name", "code")
    }


def _open(model: Things, path: str, references: Iterable[str], scope: Scope) -> frozenset[str]:
    wanted = frozenset(references) - {""}
    if not wanted or scope == EVERYWHERE:
        return wanted
    rows = model._default_manager.filter(within(scope, path), reference__in=wanted)  # noqa: SLF001 - Django's way to any model
    return frozenset(rows.values_list("reference", flat=True))
