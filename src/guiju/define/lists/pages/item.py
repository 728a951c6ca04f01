"""One item: what it says with what the checks found beside it, what belongs to it, its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.ui.dates import ago
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb, Definition
from guiju.base.ui.reader import scope_of
from guiju.core.lists.field_groups import GROUPS
from guiju.core.lists.lint import Finding
from guiju.core.lists.model import DiscretionStandard, Item, Tier
from guiju.core.lists.profile import Profile
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.lists.entering import names_in
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import address, head, item_pages, reached
from guiju.define.lists.pages.item_form import findings_at
from guiju.define.lists.pages.item_history import item_history
from guiju.define.lists.pages.table import kind_of
from guiju.define.lists.pages.values import amount, said
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.reads.items import Related, item_with, related
from guiju.define.lists.reads.large import Waiting
from guiju.define.lists.reads.large import findings_at as findings_at_items


@dataclass(frozen=True, slots=True)
class RowShown:
    """A field with what the checks found at it."""

    definition: Definition
    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class GroupShown:
    """Fields that belong together; those without a word and without a finding are left out."""

    name: str
    label: Sentence
    rows: Sequence[RowShown]


@dataclass(frozen=True, slots=True)
class RelatedShown:
    """Items of one table that belong to this one; ``add`` is where another one is begun."""

    label: Sentence
    items: Sequence[tuple[str, str, str]]
    add: str


@needs(Permission.LISTS_READ)
@require_safe
def item(request: HttpRequest, identity: UUID, kind: str, code: str) -> HttpResponse:
    """Show the item."""
    found, of = reached(request, identity), kind_of(kind)
    row = item_with(found, of, code)
    if row is None:
        raise Http404
    crumb = Crumb(of.label, address("lists:table", found, of.value))
    frame = head(request, found, "lists:items", crumb, Crumb(row.title or row.code))
    findings, checking = shown_findings(found, frame, row)
    names = names_in([row], scope_of(request, Permission.PERSON_READ))
    may_edit = bool(frame["may_edit"])
    shown = frame | {
        "item": row,
        "kind": of,
        "groups": groups_of(row, profile_of(found), findings, names),
        "whole": whole_findings(row, findings),
        "checking": checking,
        "tiers": tiers_of(row),
        "related": related_of(found, row, may_edit=may_edit),
        "more": item_pages(found, row),
        "deeds": deeds_of(found, row) if may_edit else {},
        "history": item_history(request, found, of, code),
    }
    return render(request, "lists/item.html", shown)


def shown_findings(
    edition: Edition, frame: Mapping[str, object], item: Item
) -> tuple[list[Finding], Sentence | None]:
    """Return what the checks found at an item, the gravest first, and whether that is old."""
    counts: Mapping[ItemKind, int] = frame["counts"]  # type: ignore[assignment] # head makes it so
    found = findings_at_items(
        edition, sum(counts.values()), item.item_kind, [item.code], timezone.localdate()
    )
    return found.rows[item.code], still_checking(found.waiting)


def still_checking(waiting: Waiting | None) -> Sentence | None:
    """Return in words that the checks have not come to what an edition says now, and for how long.

    None where they have.
    """
    if waiting is None:
        return None
    age = ago(waiting.since, timezone.now()) or zh("刚刚")
    if waiting.is_first:
        return zh("正在检查：{age}开始等，查完就显示在这里；急用请看「检查」页。", age=age)
    return zh("正在检查：现在显示的是{age}查的，后来的改动还没查完。", age=age)


def groups_of(
    item: Item, profile: Profile, findings: Sequence[Finding], names: Mapping[str, str]
) -> list[GroupShown]:
    """Return what an item says in groups, each field with what was found at it."""
    groups = []
    for group in GROUPS[item.item_kind]:
        rows = []
        for field in group.fields(item.item_kind):
            value = said(field.value(item), field.path, profile, names)
            here = findings_at(field.path, group.paths, findings)
            if value is not None or here:
                rows.append(RowShown(Definition(field.label, value), here))
        if rows:
            groups.append(GroupShown(group.name, group.label, rows))
    return groups


def whole_findings(item: Item, findings: Sequence[Finding]) -> list[Finding]:
    """Return what was found at an item as a whole, or at what is no field of its own."""
    paths = {path for group in GROUPS[item.item_kind] for path in group.paths}
    paths |= {path.partition(".")[0] for path in paths}
    return [one for one in findings if one.field not in paths]


def tiers_of(item: Item) -> list[tuple[Tier, Sentence | None, Sentence | None]]:
    """Return the tiers of a standard with their bounds in words."""
    if not isinstance(item, DiscretionStandard):
        return []
    return [(one, amount(one.lower, item.unit), amount(one.upper, item.unit)) for one in item.tiers]


def related_of(edition: Edition, item: Item, *, may_edit: bool) -> list[RelatedShown]:
    """Return what belongs to an item, table by table; for editors also where more is added."""
    found = {
        kind: list(rows) for kind, rows in groupby(related(edition, item), lambda one: one.kind)
    }
    more = _ADDED.get(item.item_kind, ()) if may_edit else ()
    return [
        RelatedShown(
            kind.label,
            [_link(edition, one) for one in found.get(kind, ())],
            f"{address('lists:item_add', edition, kind.value)}?{_given(item)}"
            if kind in more
            else "",
        )
        for kind in ItemKind
        if kind in found or kind in more
    ]


_ADDED: Mapping[ItemKind, tuple[ItemKind, ...]] = {
    ItemKind.POWER: (
        ItemKind.BASIS,
        ItemKind.DUTY,
        ItemKind.ACCOUNTABILITY,
        ItemKind.FLOW,
        ItemKind.RISK,
        ItemKind.STANDARD,
    ),
    ItemKind.RISK: (ItemKind.CONTROL,),
}
"""What is added from the page of an item, prefilled with its code."""


def deeds_of(edition: Edition, item: Item) -> dict[str, str]:
    """Return where an item is changed, renumbered, removed, copied."""
    at = (item.item_kind.value, item.code)
    return {
        "change": address("lists:item_edit", edition, *at),
        "renumber": address("lists:renumber", edition, *at),
        "remove": address("lists:item_remove", edition, *at),
        "copy": f"{address('lists:item_add', edition, at[0])}?{_query(copy=item.code)}",
    }


def _link(edition: Edition, one: Related) -> tuple[str, str, str]:
    return address("lists:item", edition, one.kind.value, one.code), one.title, one.code


def _given(item: Item) -> str:
    if item.item_kind is ItemKind.RISK:
        return _query(risk=item.code)
    return _query(power=item.code)


def _query(**values: str) -> str:
    return urlencode(values)
