"""What the pages of an edition have in common: who may open it, its way, its tabs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from guiju.base.ui.badges import Badge
from guiju.base.ui.list_state import ListState
from guiju.base.ui.lists import answer
from guiju.base.ui.navigation import page_of
from guiju.base.ui.parts import Crumb, Tab
from guiju.base.ui.reader import may, scope_of, standing
from guiju.base.ui.sources import Source
from guiju.base.ui.tables import Column, Table
from guiju.core.lists.model import Item
from guiju.core.lists.words import EditionState, ItemKind
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.lists.models import Edition
from guiju.define.lists.reads.editions import counts_of, edition_for

Row = TypeVar("Row")

_TONES = {
    EditionState.DRAFT: "wait",
    EditionState.IN_REVIEW: "warn",
    EditionState.APPROVED: "good",
    EditionState.PUBLIC_NOTICE: "warn",
    EditionState.EFFECTIVE: "good",
    EditionState.SUSPENDED: "warn",
}


@dataclass(frozen=True, slots=True)
class EditionTab:
    """A page about an edition.

    Attributes:
        view: its name; it takes the edition's identity alone.
        label: what people read.
        order: smaller stands further left.
        is_shown: whether an edition has it; always, where nothing is said.
        permission: without it the tab is not shown.
    """

    view: str
    label: Sentence
    order: int
    is_shown: Callable[[Edition], bool] = lambda _: True
    permission: Permission = Permission.LISTS_READ


@dataclass(frozen=True, slots=True)
class EditionDeed:
    """Something that may be done with an edition: a button on its page.

    ``is_next`` is also offered beside the checks once nothing stands against the edition.
    """

    view: str
    label: Sentence
    order: int
    permission: Permission
    is_offered: Callable[[Edition], bool] = lambda _: True
    is_grave: bool = False
    is_next: bool = False


ItemAddress = Callable[[Edition, Item], str]
"""Returns the address of a page that another area has about an item; empty for none."""

FieldAddress = Callable[[Edition, str], str]
"""Returns the address where another area changes a field of the item with a code."""

_TABS: dict[str, EditionTab] = {}
_DEEDS: dict[str, EditionDeed] = {}
_AREA: dict[str, tuple[Sentence, int, Permission]] = {}
_ITEM_PAGES: dict[str, tuple[Sentence, ItemAddress, ItemKind]] = {}
_FIELD_PAGES: dict[tuple[ItemKind, str], FieldAddress] = {}


def add_tab(tab: EditionTab) -> None:
    """Put a page beside the others of every edition; one of the same view is replaced."""
    _TABS[tab.view] = tab


def add_deed(deed: EditionDeed) -> None:
    """Put a button on the page of every edition; one of the same view is replaced."""
    _DEEDS[deed.view] = deed


def add_area_page(
    view: str, label: Sentence, order: int, permission: Permission = Permission.LISTS_READ
) -> None:
    """Put a page beside the list of editions; it needs no arguments."""
    _AREA[view] = label, order, permission


def add_item_page(view: str, label: Sentence, link: ItemAddress, kind: ItemKind) -> None:
    """Lead from items to a page that another area has about them.

    Args:
        view: the page's.
        label: what it is called.
        link: where an item leads; empty for items that lead nowhere.
        kind: the table in which it has a column.
    """
    _ITEM_PAGES[view] = label, link, kind


def add_field_page(kind: ItemKind, path: str, link: FieldAddress) -> None:
    """Lead from what was found at a field to where another area changes it."""
    _FIELD_PAGES[kind, path] = link


def field_page(edition: Edition, kind: ItemKind, code: str, path: str) -> str:
    """Return where another area changes a field of an item; empty where none does."""
    link = _FIELD_PAGES.get((kind, path))
    return link(edition, code) if link else ""


def item_pages(edition: Edition, item: Item) -> list[tuple[Sentence, str]]:
    """Return the pages that other areas have about an item, with their addresses."""
    found = ((label, link(edition, item)) for label, link, _ in _ITEM_PAGES.values())
    return [(label, link) for label, link in found if link]


def item_page_columns(edition: Edition, kind: ItemKind) -> tuple[Column[Item], ...]:
    """Return a column for each page that other areas have about the items of that table."""

    def column(view: str, label: Sentence, link: ItemAddress) -> Column[Item]:
        return Column(
            view.replace(":", "_"),
            label,
            lambda _: zh("打开"),
            None,
            lambda row: link(edition, row),
        )

    return tuple(
        column(view, label, link) for view, (label, link, of) in _ITEM_PAGES.items() if of is kind
    )


def is_draft(edition: Edition) -> bool:
    """Tell whether an edition may still be changed."""
    return edition.state == EditionState.DRAFT.value


def reached(
    request: HttpRequest, identity: UUID, permission: Permission = Permission.LISTS_READ
) -> Edition:
    """Return the edition that an address names, with its unit.

    Raises:
        Http404: when there is none, or the reader may not see it, or may not do with it what
            the permission is for.
    """
    seen = scope_of(request, Permission.LISTS_READ)
    found = edition_for(seen, standing(request).person, f"edition:{identity}")
    if found is None:
        raise Http404
    if permission is not Permission.LISTS_READ and not standing(request).may(
        permission, found.unit.path
    ):
        raise Http404
    return found


def identity_of(edition: Edition) -> str:
    """Return what of its reference stands in addresses."""
    return edition.reference.partition(":")[2]


def address(view: str, edition: Edition, *more: str) -> str:
    """Return the address of a page about an edition."""
    return reverse(view, args=[identity_of(edition), *more])


def full_name(edition: Edition) -> Sentence:
    """Return what an edition is called with its number, such as 交通局清单 · 第 2 版."""
    return zh("{name} · 第 {ordinal} 版", name=edition.title, ordinal=edition.ordinal)


def state_badge(state: EditionState) -> Badge:
    """Return where an edition stands, for a list or a head."""
    return Badge(_TONES.get(state, "calm"), state.label)


def way(edition: Edition | None = None, *steps: Crumb) -> tuple[Crumb, ...]:
    """Return the way to a page of the area."""
    first = Crumb(zh("四单"), reverse("lists:editions"))
    if edition is None:
        return (first, *steps)
    name = full_name(edition)
    unit = Crumb(edition.unit.name, f"{first.link}?unit={edition.unit.reference}")
    link = page_of("lists:edition", edition.reference) if steps else ""
    return (first, unit, Crumb(name, link), *steps)


def area_tabs(request: HttpRequest, current: str) -> tuple[Tab, ...]:
    """Return the pages of the area that the reader may open."""
    found = sorted(_AREA.items(), key=lambda one: one[1][1])
    return tuple(
        Tab(label, reverse(view), is_current=view == current)
        for view, (label, _, permission) in found
        if may(request, permission)
    )


def head(request: HttpRequest, edition: Edition, view: str, *steps: Crumb) -> dict[str, object]:
    """Return what every page about an edition shows: name, state, way and tabs; one query."""
    counts = counts_of([edition.number]).get(edition.number, {})
    return {
        "edition": edition,
        "edition_name": full_name(edition),
        "edition_state": state_badge(EditionState.of(edition.state)),
        "way": way(edition, *steps),
        "counts": counts,
        "edition_tabs": _tabs(request, edition, view, counts),
        "may_edit": is_draft(edition)
        and standing(request).may(Permission.LISTS_EDIT, edition.unit.path),
    }


def _tabs(
    request: HttpRequest, edition: Edition, current: str, counts: Mapping[ItemKind, int]
) -> list[Tab]:
    shown = sorted(_TABS.values(), key=lambda one: one.order)
    return [
        Tab(
            one.label,
            address(one.view, edition),
            one.view == current,
            sum(counts.values()) if one.view == "lists:items" else None,
        )
        for one in shown
        if one.is_shown(edition) and may(request, one.permission)
    ]


def deeds(request: HttpRequest, edition: Edition) -> list[tuple[EditionDeed, str]]:
    """Return what the reader may do with an edition, each with its address."""
    mine = standing(request)
    return [
        (one, address(one.view, edition))
        for one in sorted(_DEEDS.values(), key=lambda deed: (deed.is_grave, deed.order))
        if mine.may(one.permission, edition.unit.path) and one.is_offered(edition)
    ]


def list_page(
    request: HttpRequest,
    *,
    table: Table[Row],
    state: ListState,
    source: Source[Row],
    context: Mapping[str, object],
    template: str = "lists/list.html",
) -> HttpResponseBase:
    """Return a list's page or file; whoever may read it may take it away, which is an event."""
    shown = {"heading": table.name, **context}
    return answer(
        request, template, table=table, state=state, source=source, may_export=True, context=shown
    )
