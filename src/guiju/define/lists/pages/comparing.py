"""对比: any two editions that a reader may open, side by side, field by field (S2-12, S3-03)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiju.base.ui.badges import Badge
from guiju.base.ui.list_state import read_state
from guiju.base.ui.lists import Listed, present
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.base.ui.reader import scope_of, standing
from guiju.base.ui.tables import Column
from guiju.core.lists.words import Alteration, EditionState, ItemKind
from guiju.core.sentence import zh
from guiju.core.terms import Permission
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.compared import Line, shown_in, table_of, words_of
from guiju.define.lists.pages.editions import TABLE
from guiju.define.lists.pages.frame import (
    address,
    full_name,
    head,
    identity_of,
    list_page,
    reached,
    state_badge,
    way,
)
from guiju.define.lists.reads.comparing import (
    UNCHANGED,
    Compared,
    beside,
    changes_in,
    comparable,
    compared,
    require_comparable,
    verdicts_between,
)
from guiju.define.lists.reads.editions import EditionLine, editions

VIEW = "lists:compare"


@dataclass(frozen=True, slots=True)
class Count:
    """How much of a table differs, each number with the address that shows it."""

    kind: ItemKind
    old: int
    new: int
    altered: Sequence[tuple[str, int, str]]


@dataclass(frozen=True, slots=True)
class Altered:
    """An item with the lines about it that stand on a page."""

    first: Line
    lines: Sequence[Line]


@needs(Permission.LISTS_READ)
@require_safe
def comparing(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Go to the comparison with the edition that is asked for, or with the one before."""
    found = reached(request, identity)
    if asked := request.GET.get("with", ""):
        other = reached(request, _identity(asked))
    else:
        near = beside(found, scope_of(request, Permission.LISTS_READ), standing(request).person)
        if not near:
            return HttpResponseRedirect(address("lists:compare_choose", found))
        other = _nearest(found, near)
        if other.ordinal > found.ordinal:
            found, other = other, found
    return HttpResponseRedirect(compare_page(found, other))


def compare_page(new: Edition, old: Edition) -> str:
    """Return where two editions stand side by side, ``old`` on the left."""
    return address("lists:compared", new, identity_of(old))


@needs(Permission.LISTS_READ)
@require_safe
def side_by_side(request: HttpRequest, identity: UUID, other: UUID) -> HttpResponseBase:
    """Show two editions side by side, or send what is shown as a file."""
    old, new, near = both_reached(request, identity, other)
    found = compared(old, new)
    table, made = table_of(old, new), dict[str, Line]()
    state = read_state(request.GET, table)
    changes = changes_in(found, state.filters, verdicts_between(old, new, near))
    source = shown_in(found, changes, made, scope_of(request, Permission.PERSON_READ))
    frame = head(request, new, VIEW, Crumb(zh("对比"))) | {"heading": table.name}
    if state.format:
        return list_page(request, table=table, state=state, source=source, context=frame)
    listed = present(request, table=table, state=state, source=source, may_export=True)
    shown = frame | compared_context(found, request.path) | {
        "listed": listed,
        "altered": grouped(listed, made),
        "choices": [
            (one, full_name(one), one == old) for one in near if one.unit_id == new.unit_id
        ],
        "with_at": address(VIEW, new),
        "choose_at": address("lists:compare_choose", new),
        "swap_at": compare_page(old, new),
    }  # fmt: skip
    return render(request, "lists/compare.html", shown)


def grouped(listed: Listed, made: Mapping[str, Line]) -> list[Altered]:
    """Return the lines of a page by the items that they are about."""
    lines = (made[one.identity] for one in listed.lines)
    groups = (list(each) for _, each in groupby(lines, lambda one: one.item))
    return [Altered(each[0], each) for each in groups]


def both_reached(
    request: HttpRequest, identity: UUID, other: UUID
) -> tuple[Edition, Edition, list[Edition]]:
    """Return the editions that an address names, the old one first, and those beside the new one.

    Raises:
        Http404: where one of them is not there, or not for this reader.
        Invalid: EDITION-26 for two that cannot be compared.
    """
    new, asked = reached(request, identity), f"edition:{other}"
    scope, person = scope_of(request, Permission.LISTS_READ), standing(request).person
    near = beside(new, scope, person, asked)
    old = next((one for one in (new, *near) if one.reference == asked), None)
    if old is None:
        raise Http404
    require_comparable(old, new)
    return old, new, near


def compared_context(found: Compared, here: str) -> dict[str, object]:
    """Return what the page says of the two editions and how much differs."""
    old, new = found.old, found.new
    return {
        "old": old,
        "old_name": full_name(old),
        "new_name": full_name(new),
        "sides": [
            (zh("左"), full_name(old), _state(old), old, address("lists:edition", old)),
            (zh("右"), full_name(new), _state(new), new, address("lists:edition", new)),
        ],
        "two_units": old.unit_id != new.unit_id,
        "ways": tuple(words_of(old, new).items()),
        "tables": [one for kind in ItemKind if (one := _count(found, kind, here)).old or one.new],
        "differing": len(found.difference.items),
    }


@needs(Permission.LISTS_READ)
@require_safe
def choosing(request: HttpRequest, identity: UUID) -> HttpResponseBase:
    """Show the editions with which this one can be compared."""
    found = reached(request, identity)

    def link(row: EditionLine) -> str:
        return address("lists:compared", found, row.reference.partition(":")[2])

    table = replace(
        TABLE,
        name=zh("选择对比的版本"),
        columns=tuple(_leading(one, link) for one in TABLE.columns),
        empty=zh(
            "没有可以对比的版本。本单位有第二版清单，或者能看到用同一配置的其他单位以后再来。"
        ),
    )
    state = read_state(request.GET, table)
    return list_page(
        request,
        table=table,
        state=state,
        source=editions(
            scope_of(request, Permission.LISTS_READ),
            standing(request).person,
            state.filters,
            comparable(found),
        ),
        context=head(request, found, VIEW, Crumb(zh("选择对比的版本")))
        | {
            "heading": table.name,
            "way": way(found, Crumb(zh("对比"), address(VIEW, found)), Crumb(table.name)),
            "lead": zh("点清单的名称，和它并排对比：本单位的各版，或用同一配置的其他单位的一版。"),
        },
    )


def _leading(
    column: Column[EditionLine], link: Callable[[EditionLine], str]
) -> Column[EditionLine]:
    return replace(column, link=link) if column.name == "title" else column


def _identity(text: str) -> UUID:
    try:
        return UUID(text.rpartition(":")[2])
    except ValueError:
        return UUID(int=0)


def _nearest(found: Edition, near: Sequence[Edition]) -> Edition:
    """Return the edition of which one began as a copy, or the one before, or the one behind."""
    for one in near:
        if one.number == found.based_on_id:
            return one
    older = [one for one in near if one.ordinal < found.ordinal]
    return older[0] if older else near[-1]


def _state(edition: Edition) -> Badge:
    return state_badge(EditionState.of(edition.state))


def _count(found: Compared, kind: ItemKind, here: str) -> Count:
    counted: dict[str, int] = {
        one.value: found.altered.get((kind, one), 0) for one in Alteration
    } | {UNCHANGED: found.unchanged(kind)}
    return Count(
        kind,
        found.count(found.old, kind),
        found.count(found.new, kind),
        [
            (how, counted[how], f"{here}?kind={kind.value}&how={how}#changes")
            for how in words_of(found.old, found.new)
        ],
    )
