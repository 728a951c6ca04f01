"""Which address needs which permission, and which role gives it: drawn from the code itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from guiju.base.api.document import methods_of
from guiju.base.ui.needs import Needs, needs_of
from guiju.core.access import ROLES
from guiju.core.terms import Permission, Role


@dataclass(frozen=True, slots=True)
class Route:
    """An address of the product.

    Attributes:
        name: with its namespace, such as ``record:timeline``; empty for one without.
        pattern: as the address is written.
        needs: what its view asks for; None when it says nothing.
        methods: those of an operation of the API; empty for a page, which says so itself.
    """

    name: str
    pattern: str
    needs: Needs | None
    methods: tuple[str, ...] = ()


def routes() -> tuple[Route, ...]:
    """Return every address, by pattern."""
    return tuple(sorted(_below(get_resolver(), "/", ()), key=lambda one: (one.pattern, one.name)))


def _below(resolver: URLResolver, before: str, spaces: tuple[str, ...]) -> Iterator[Route]:
    for one in resolver.url_patterns:
        pattern = before + str(one.pattern)
        if isinstance(one, URLResolver):
            inner = (*spaces, one.namespace) if one.namespace else spaces
            yield from _below(one, pattern, inner)
        elif isinstance(one, URLPattern):
            name = ":".join((*spaces, one.name)) if one.name else ""
            yield Route(name, pattern, needs_of(one.callback), methods_of(one.callback))


def holders(permission: Permission) -> tuple[Role, ...]:
    """Return the roles that give a permission, in the order of their list."""
    return tuple(role for role in Role if permission in ROLES[role])
