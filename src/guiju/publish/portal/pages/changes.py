"""What an edition changes in the unit's edition before, old and new side by side."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.ui.needs import needs
from guiju.core.lists.diff import ItemChange, field_changes
from guiju.core.lists.model import ITEMS
from guiju.core.lists.profile import Profile
from guiju.core.lists.words import Alteration, ItemKind
from guiju.core.plain import made
from guiju.core.terms import Permission
from guiju.define.lists.pages.wording import FieldShown, field_shown
from guiju.define.lists.profiles import profile_of
from guiju.publish.portal.models import Issue
from guiju.publish.portal.pages.frame import open_page
from guiju.publish.portal.pages.shown import listed
from guiju.publish.portal.reads.issues import NotThere, issue_at

MOST = 200


@dataclass(frozen=True, slots=True)
class Changed:
    """What happened to one item, field by field."""

    kind: ItemKind
    title: str
    alteration: Alteration
    fields: tuple[FieldShown, ...]


@needs(Permission.PUBLIC)
@require_safe
@open_page
def changes(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show the page.

    Raises:
        NotThere: for a unit's first published edition.
    """
    issue = issue_at(identity, whole=True)
    if issue.changes is None:
        raise NotThere
    context = changes_context(issue, profile_of(issue.edition), timezone.localdate())
    return render(request, "portal/changes.html", context)


def changes_context(issue: Issue, profile: Profile, on: date) -> dict[str, object]:
    """Return what the page shows."""
    found = [_change(*row) for row in issue.changes or ()]
    counted = Counter(one.alteration for one in found)
    return {
        "one": listed(issue, on),
        "changes": [_told(one, profile) for one in found[:MOST]],
        "counts": [(one, counted[one]) for one in Alteration if counted[one]],
        "more": max(0, len(found) - MOST),
    }


def _change(kind: str, before: Any, after: Any) -> ItemChange:  # noqa: ANN401 - as JSON has them
    table = ItemKind.of(kind)
    old = made(ITEMS[table], before) if before is not None else None
    new = made(ITEMS[table], after) if after is not None else None
    fields = field_changes(old, new) if old and new else ()
    return ItemChange(table, old, new, fields)


def _told(change: ItemChange, profile: Profile) -> Changed:
    item = change.after or change.before
    title = item.title or item.code if item else ""
    shown = tuple(field_shown(change.kind, one, profile) for one in change.fields)
    return Changed(change.kind, title, change.alteration, shown)
