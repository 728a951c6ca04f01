"""What each role may do: the table that the program itself decides by."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiju.base.access.pages.tabs import tabs
from guiju.base.access.policies import Reach, reach
from guiju.base.ui.needs import needs
from guiju.core.access import ROLES, SECOND_FACTOR
from guiju.core.terms import Permission, Role


@dataclass(frozen=True, slots=True)
class Line:
    """A permission, over what it reaches, and for each role whether it gives it."""

    permission: Permission
    reach: Reach
    given: tuple[bool, ...]


@needs(Permission.MATRIX_READ)
@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Show the table."""
    lines = [
        Line(one, reach(one), tuple(one in ROLES[role] for role in Role))
        for one in Permission
        if one is not Permission.PUBLIC
    ]
    shown = {
        "tabs": tabs(request, "access:matrix"),
        "roles": [(role, role in SECOND_FACTOR) for role in Role],
        "lines": lines,
    }
    return render(request, "access/matrix.html", shown)
