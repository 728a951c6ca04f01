"""Two editions side by side for programs: the lines of the page, and how much differs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from guiju.base.api.listing import Paged, asked, listed
from guiju.base.ui.forms import said
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import scope_of
from guiju.core.lists.naming import recoded
from guiju.core.lists.words import Alteration, ItemKind, ReviewVerdict
from guiju.core.plain import plain
from guiju.core.sentence import zh
from guiju.core.terms import Permission
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.compared import Line, shown_in, table_of, true_field
from guiju.define.lists.pages.comparing import both_reached
from guiju.define.lists.reads.comparing import (
    Compared,
    changes_in,
    compared,
    verdicts_between,
)

router = Router(tags=["lists"])
_AT = "/{uuid:identity}/compare/{uuid:other}"


class DifferenceOut(Schema):
    """A field that differs, or an item that only one edition has, which ``old`` or ``new`` is.

    ``alteration`` is added, changed, renumbered, removed, or unchanged.
    """

    number: int
    kind: ItemKind
    alteration: str
    old_code: str
    new_code: str
    title: str
    field: str
    old: Any
    new: Any
    verdict: ReviewVerdict | None
    reason: str
    into: str


class DifferencesOut(Schema):
    """How much of a table differs."""

    kind: ItemKind
    old: int
    new: int
    added: int
    changed: int
    renumbered: int
    removed: int
    unchanged: int


@router.get(
    _AT,
    response=Paged[DifferenceOut],
    summary=said(zh("两版清单逐栏对比")),
    openapi_extra=asked(table_of(Edition(), Edition())),
)
@needs(Permission.LISTS_READ)
def list_differences(
    request: HttpRequest, response: HttpResponse, identity: UUID, other: UUID
) -> dict[str, object]:
    """Return the lines of the comparison, as on the page; ``other`` is the old edition."""
    old, new, near = both_reached(request, identity, other)
    found, verdicts = compared(old, new), verdicts_between(old, new, near)
    people = scope_of(request, Permission.PERSON_READ)
    return listed(
        request,
        response,
        table=table_of(old, new),
        source=lambda state: shown_in(
            found, changes_in(found, state.filters, verdicts), {}, people
        ),
        show=lambda line: _line(found, line),
    )


@router.get(
    f"{_AT}/counts", response=list[DifferencesOut], summary=said(zh("两版清单各表有多少不同"))
)
@needs(Permission.LISTS_READ)
def count_differences(request: HttpRequest, identity: UUID, other: UUID) -> list[dict[str, object]]:
    """Return how many items of each table are altered, and how."""
    old, new, _ = both_reached(request, identity, other)
    found = compared(old, new)
    return [
        {
            "kind": kind,
            "old": found.count(found.old, kind),
            "new": found.count(found.new, kind),
            "unchanged": found.unchanged(kind),
            **{one.value: found.altered.get((kind, one), 0) for one in Alteration},
        }
        for kind in ItemKind
        if found.count(found.old, kind) or found.count(found.new, kind)
    ]


def _line(found: Compared, line: Line) -> dict[str, object]:
    one = line.change
    old, new = _values(found, line)
    decision = one.decision
    return {
        "number": one.number,
        "kind": one.kind,
        "alteration": one.how,
        "old_code": one.old_code,
        "new_code": one.new_code,
        "title": one.title,
        "field": one.field.path if one.field else "",
        "old": old,
        "new": new,
        "verdict": decision.verdict if decision else None,
        "reason": decision.reason if decision else "",
        "into": decision.into if decision else "",
    }


def _values(found: Compared, line: Line) -> tuple[object, object]:
    one = line.change
    if one.field is not None:
        field = true_field(found, one.kind, one.field)
        return plain(field.before), plain(field.after)
    if one.change is None:
        return None, None
    before, after = one.change.before, one.change.after
    return (
        plain(before) if before else None,
        plain(recoded(after, found.codes)) if after else None,
    )
