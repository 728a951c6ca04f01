"""Items of editions for programs: reading, putting, renumbering and removing one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from guiju.base.api.schemas import Body
from guiju.base.record.actor import actor_of
from guiju.base.record.idempotency import once
from guiju.base.ui.forms import said
from guiju.base.ui.needs import needs
from guiju.core.errors import Invalid
from guiju.core.lists.fields import label
from guiju.core.lists.model import ITEMS, Item
from guiju.core.lists.naming import recoded
from guiju.core.lists.words import ItemKind
from guiju.core.plain import Misfit, made, plain
from guiju.core.sentence import zh
from guiju.core.terms import Permission
from guiju.define.lists.actions import editing
from guiju.define.lists.actions.renumbering import renumber_item
from guiju.define.lists.models import CODE, Edition
from guiju.define.lists.pages.editing import desk_of, reached_draft
from guiju.define.lists.pages.frame import reached
from guiju.define.lists.pages.table import kind_of
from guiju.define.lists.reads.items import item_with

router = Router(tags=["lists"])
_AT = "/{uuid:identity}/items/{kind}/{path:code}"


class ItemOut(Schema):
    """An item; ``revision`` is the edition's, to be sent along with a change."""

    kind: ItemKind
    code: str
    revision: int
    item: dict[str, Any]


class ItemIn(Body):
    """An item, complete; fields that are left out are empty."""

    item: dict[str, Any]
    revision: int | None = None


class RenumberIn(Body):
    """The new code; ``revision`` as it was read, or none for any."""

    to: str = Field(min_length=1, max_length=CODE)
    revision: int | None = None


class ItemGone(Schema):
    """An item that was removed, so that it can be put back."""

    kind: ItemKind
    code: str
    item: dict[str, Any]


@router.get(_AT, response=ItemOut, summary=said(zh("清单里的一项")))
@needs(Permission.LISTS_READ)
def list_item(request: HttpRequest, identity: UUID, kind: str, code: str) -> dict[str, object]:
    """Return an item as it stands in its edition."""
    found, of = reached(request, identity), kind_of(kind)
    item = item_with(found, of, code)
    if item is None:
        raise Http404
    return _told(item, found.revision)


@router.put(_AT, response=ItemOut, summary=said(zh("新增或修改清单草稿里的一项")))
@needs(Permission.LISTS_READ, changing=Permission.LISTS_EDIT)
def put_list_item(
    request: HttpRequest, identity: UUID, kind: str, code: str, wanted: ItemIn
) -> dict[str, object]:
    """Add an item to a draft, or change the one that bears its code."""
    found, of = reached_draft(request, identity), kind_of(kind)
    item = _made(of, code, wanted.item)
    _check_people(request, found, item)
    with once(request):
        is_changed = editing.put_item(
            edition=found.reference,
            item=item,
            revision=wanted.revision,
            by=actor_of(request),
            at=timezone.now(),
        )
    return _told(item, found.revision + is_changed)


@router.api_operation(["DELETE"], _AT, response=ItemGone, summary=said(zh("删去清单草稿里的一项")))
@needs(Permission.LISTS_READ, changing=Permission.LISTS_EDIT)
def remove_list_item(
    request: HttpRequest, identity: UUID, kind: str, code: str
) -> dict[str, object]:
    """Remove an item from a draft."""
    found, of = reached_draft(request, identity), kind_of(kind)
    if item_with(found, of, code) is None:
        raise Http404
    with once(request):
        item = editing.remove_item(
            edition=found.reference,
            kind=of,
            code=code,
            revision=None,
            by=actor_of(request),
            at=timezone.now(),
        )
    return {"kind": of, "code": code, "item": plain(item)}


@router.post(
    "/{uuid:identity}/renumber/{kind}/{path:code}",
    response=ItemOut,
    summary=said(zh("给清单草稿里的一项换编号，写着它编码的一并改写")),
)
@needs(Permission.LISTS_READ, changing=Permission.LISTS_EDIT)
def renumber_list_item(
    request: HttpRequest, identity: UUID, kind: str, code: str, wanted: RenumberIn
) -> dict[str, object]:
    """Give an item of a draft another code."""
    found, of = reached_draft(request, identity), kind_of(kind)
    item = item_with(found, of, code)
    if item is None:
        raise Http404
    with once(request):
        renumber_item(
            edition=found.reference,
            kind=of,
            code=code,
            to=wanted.to,
            revision=wanted.revision,
            by=actor_of(request),
            at=timezone.now(),
        )
    return _told(recoded(item, {(of, code): wanted.to}), found.revision + 1)


def _made(kind: ItemKind, code: str, said_: dict[str, Any]) -> Item:
    if said_.get("code", code) != code:
        raise Invalid(
            "EDITION-24", zh("item 里的编码与地址里的「{code}」不一致。请改成一致。", code=code)
        )
    try:
        return made(ITEMS[kind], said_ | {"code": code})
    except (Misfit, RecursionError) as misfit:
        path = ".".join(getattr(misfit, "path", ()))
        raise Invalid(
            "EDITION-24",
            zh("item 里的「{path}」没有这一栏，或者值的种类不对。请照读取时的写法改正。",
               path=path[:80] or kind.value),
        ) from None  # fmt: skip


def _check_people(request: HttpRequest, edition: Edition, item: Item) -> None:
    """Refuse names of people where a post or a reference belongs, as forms do."""
    before = item_with(edition, item.item_kind, item.code)
    wrong = desk_of(request, edition).unknown_people(before, item)
    for path, why in wrong.items():
        field = label(item.item_kind, path)
        raise Invalid("EDITION-25", zh("「{field}」：{why}", field=field, why=why))


def _told(item: Item, revision: int) -> dict[str, object]:
    return {
        "kind": item.item_kind,
        "code": item.code,
        "revision": revision,
        "item": plain(item),
    }
