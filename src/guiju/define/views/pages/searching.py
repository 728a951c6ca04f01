"""Powers by name or code in the search over everything (Ctrl K)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.http import HttpRequest

from guiju.base.ui.palette import MOST_HITS, Hit
from guiju.base.ui.reader import may
from guiju.core.lists.words import ItemKind
from guiju.core.terms import Permission
from guiju.define.lists.models import Item
from guiju.define.views.pages.frame import own_editions, sheet_link


def find_powers(request: HttpRequest, text: str) -> Iterable[Hit]:
    """Return powers of the lists that count, within the reader's scope; one query."""
    if not may(request, Permission.LISTS_READ):
        return []
    rows = Item.objects.filter(
        Q(title__contains=text) | Q(code__begins=text),
        edition__in=own_editions(request).order_by().values("number"),
        kind=ItemKind.POWER.value,
    ).select_related("edition__unit")
    found = rows.defer("content").order_by("title", "number")[:MOST_HITS]
    return [
        Hit(one.title or one.code, sheet_link(one.edition, one.code), one.edition.unit.name)
        for one in found
    ]
