"""The sets of columns of the grid as links that keep the filters."""

from __future__ import annotations

from django.http import HttpRequest

from guiju.base.ui.parts import Tab
from guiju.core.lists.field_groups import GROUPS, FieldGroup
from guiju.core.lists.words import ItemKind
from guiju.exchange.lists.fields import FIELDS


def grid_links(request: HttpRequest, kind: ItemKind, current: FieldGroup) -> list[Tab]:
    """Return a link for each set that has columns to type in."""
    typed = {one.path for one in FIELDS[kind]} - {"code"}
    found = []
    for group in GROUPS[kind]:
        if typed.isdisjoint(group.paths):
            continue
        query = request.GET.copy()
        query["set"] = group.name
        found.append(Tab(group.label, f"{request.path}?{query.urlencode()}", group is current))
    return found
