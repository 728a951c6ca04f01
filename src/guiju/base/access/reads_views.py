"""Which views of a list somebody has in its menu."""

from __future__ import annotations

from django.db.models import Q

from guiju.base.access.models import SavedView
from guiju.base.ui import saved_views

MOST_SHARED = 20
"""Shared views of others in a menu, the latest first."""


def views_of(list_name: str, *, owner: str) -> tuple[saved_views.SavedView, ...]:
    """Return somebody's own views of a list by name, then what others share; one query."""
    rows = SavedView.objects.filter(
        Q(owner=owner) | Q(is_shared=True), list=list_name, removed_at=None
    ).order_by("-saved_at")
    found = [
        saved_views.SavedView(
            row.name, row.query, row.is_default, row.is_shared, is_own=row.owner == owner
        )
        for row in rows[:200]
    ]
    own = sorted((one for one in found if one.is_own), key=lambda one: one.name)
    return (*own, *[one for one in found if not one.is_own][:MOST_SHARED])


def shared(list_name: str, *, without: str) -> tuple[str, ...]:
    """Return the names of what others share, the latest first; one query."""
    rows = SavedView.objects.filter(list=list_name, is_shared=True, removed_at=None)
    named = rows.exclude(owner=without).order_by("-saved_at").values_list("name", flat=True)
    return tuple(named[:MOST_SHARED])
