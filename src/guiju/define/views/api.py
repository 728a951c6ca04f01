"""Powers, risks and controls of an edition for programs, and a power's whole page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema

from guiju.base.api.listing import Paged, asked, listed
from guiju.base.ui.forms import said
from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import may
from guiju.core.lists.model import Item
from guiju.core.lists.profile import Profile
from guiju.core.lists.sheet import NumberedRisk
from guiju.core.lists.words import ItemKind
from guiju.core.plain import plain
from guiju.core.sentence import zh
from guiju.core.terms import Permission
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import reached
from guiju.define.lists.pages.table import table_of
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.reads.items import items
from guiju.define.views.reads.sealed import sealed_of
from guiju.define.views.reads.sheets import FoundSheet, sheet_for

router = Router(tags=["lists"])

_TABLES = {
    kind: table_of(Edition(), kind, Profile(code=""))
    for kind in (ItemKind.POWER, ItemKind.RISK, ItemKind.CONTROL)
}
"""The lists in the words of no body, for the document."""


class ListedItem(Schema):
    """An item of a list."""

    kind: ItemKind
    code: str
    name: str
    item: dict[str, Any]


class RiskOut(Schema):
    """A risk of a power's page; ``step`` is the step of its flow at which it is marked."""

    number: int
    step: str
    item: dict[str, Any]
    controls: list[dict[str, Any]]


class HeldOut(Schema):
    """A post that holds the power, and how many act in it today; names for who may know them."""

    name: str
    reference: str
    count: int
    is_vacant: bool
    names: list[str]


class ProofOut(Schema):
    """What is proved of the flow: whether it can be gone through, by how few people."""

    is_sound: bool
    faults: list[str]
    least_people: int | None
    wanted_people: int


class NamedPower(Schema):
    """A power by its code and name."""

    code: str
    name: str


class SheetOut(Schema):
    """A power with all that its page shows.

    ``record_number`` is that of the event that settled the edition, of a draft that of its last
    change; null while it waits to be sealed.
    """

    edition: str
    digest: str
    record_number: int | None
    main: NamedPower | None
    parts: list[NamedPower]
    power: dict[str, Any]
    posts: list[HeldOut]
    bases: list[dict[str, Any]]
    flow: dict[str, Any] | None
    proof: ProofOut | None
    risks: list[RiskOut]
    duties: list[dict[str, Any]]
    accountabilities: list[dict[str, Any]]
    negatives: list[dict[str, Any]]
    standards: list[dict[str, Any]]


def _listed(
    request: HttpRequest, response: HttpResponse, identity: UUID, kind: ItemKind
) -> dict[str, object]:
    edition = reached(request, identity)
    return listed(
        request,
        response,
        table=table_of(edition, kind, profile_of(edition)),
        source=lambda state: items(edition, kind, state.filters),
        show=_item,
    )


def _item(one: Item) -> dict[str, object]:
    return {
        "kind": one.item_kind,
        "code": one.code,
        "name": one.title,
        "item": plain(one),
    }


@router.get(
    "/{uuid:identity}/powers",
    response=Paged[ListedItem],
    summary=said(zh("一版清单的权力")),
    openapi_extra=asked(_TABLES[ItemKind.POWER]),
)
@needs(Permission.LISTS_READ)
def list_powers(request: HttpRequest, response: HttpResponse, identity: UUID) -> dict[str, object]:
    """Return the powers of an edition."""
    return _listed(request, response, identity, ItemKind.POWER)


@router.get(
    "/{uuid:identity}/risks",
    response=Paged[ListedItem],
    summary=said(zh("一版清单的风险")),
    openapi_extra=asked(_TABLES[ItemKind.RISK]),
)
@needs(Permission.LISTS_READ)
def list_risks(request: HttpRequest, response: HttpResponse, identity: UUID) -> dict[str, object]:
    """Return the risks of an edition."""
    return _listed(request, response, identity, ItemKind.RISK)


@router.get(
    "/{uuid:identity}/controls",
    response=Paged[ListedItem],
    summary=said(zh("一版清单的防控措施")),
    openapi_extra=asked(_TABLES[ItemKind.CONTROL]),
)
@needs(Permission.LISTS_READ)
def list_controls(
    request: HttpRequest, response: HttpResponse, identity: UUID
) -> dict[str, object]:
    """Return the controls of an edition."""
    return _listed(request, response, identity, ItemKind.CONTROL)


@router.get(
    "/{uuid:identity}/powers/{path:code}",
    response=SheetOut,
    summary=said(zh("一项权力的标签：依据、岗位、流程、风险、措施、责任")),
)
@needs(Permission.LISTS_READ)
def power(request: HttpRequest, identity: UUID, code: str) -> dict[str, object]:
    """Return a power's page."""
    edition = reached(request, identity)
    found = sheet_for(edition, code, timezone.localdate())
    if found is None:
        raise Http404
    return sheet(edition, found, with_names=may(request, Permission.PERSON_READ))


def sheet(edition: Edition, found: FoundSheet, *, with_names: bool) -> dict[str, object]:
    """Return a power's page as programs read it."""
    held = found.sheet
    sealed = sealed_of(edition)
    return {
        "edition": edition.reference,
        "digest": edition.digest,
        "record_number": sealed.number if sealed else None,
        "main": {"code": held.main.code, "name": held.main.name} if held.main else None,
        "parts": [{"code": one.code, "name": one.title} for one in found.parts],
        "power": plain(held.power),
        "posts": [
            {
                "name": one.name,
                "reference": one.reference,
                "count": len({*one.holders, *one.deputies}),
                "is_vacant": one.is_vacant,
                "names": [*one.holders, *one.deputies] if with_names else [],
            }
            for one in found.held
        ],
        "flow": plain(held.flow) if held.flow else None,
        "proof": _proof(found),
        "risks": [_risk(one) for one in held.risks],
    } | {
        name: plain(getattr(held, name))
        for name in ("bases", "duties", "accountabilities", "negatives", "standards")
    }


def _proof(found: FoundSheet) -> dict[str, object] | None:
    if found.proof is None:
        return None
    return {
        "is_sound": found.proof.is_sound,
        "faults": [say(one) for one in found.proof.faults],
        "least_people": found.proof.number,
        "wanted_people": found.wanted,
    }


def _risk(one: NumberedRisk) -> dict[str, object]:
    return {
        "number": one.number,
        "step": one.step.title if one.step else "",
        "item": plain(one.risk),
        "controls": plain(one.controls),
    }
