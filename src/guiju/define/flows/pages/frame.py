"""What the pages about one flow have in common: who may open them, their way, their buttons."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from guiju.base.ui.parts import Crumb, Tab
from guiju.base.ui.reader import standing
from guiju.core.lists.flows import PowerFlow
from guiju.core.lists.model import Item
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.flows.reads import Around, around
from guiju.define.flows.vendored import has_designer
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import address, head, is_draft, reached

_EDITING = (
    ("flows:edit", zh("步骤表")),
    ("flows:upload", zh("上传流程图")),
    ("flows:design", zh("画流程图")),
)


def reached_flow(
    request: HttpRequest,
    identity: UUID,
    code: str,
    permission: Permission = Permission.LISTS_READ,
) -> Around:
    """Return the flow that an address names.

    Raises:
        Http404: when there is none, or the reader may not see it or do this with it.
    """
    found = around(reached(request, identity, permission), code)
    if found is None:
        raise Http404
    return found


def flow_page(edition: Edition, item: Item) -> str:
    """Return the page of the flow that an item is; empty for another sort of item."""
    return address("flows:flow", edition, item.code) if isinstance(item, PowerFlow) else ""


def steps_page(edition: Edition, code: str) -> str:
    """Return the page on which the steps of a flow are changed."""
    return address("flows:edit", edition, code)


def page_of_flow(found: Around, view: str = "flows:flow") -> str:
    """Return the address of a page about a flow."""
    return address(view, found.edition, found.flow.code)


def flow_head(request: HttpRequest, found: Around, view: str, *steps: Crumb) -> dict[str, object]:
    """Return what every page about a flow shows."""
    flow, edition = found.flow, found.edition
    table = Crumb(ItemKind.FLOW.label, address("lists:table", edition, ItemKind.FLOW.value))
    own = Crumb(name_of(flow), page_of_flow(found) if steps else "")
    shown = head(request, edition, "lists:items", table, own, *steps)
    return shown | {
        "flow": flow,
        "checks_at": address("lists:checks", edition),
        "flow_name": name_of(flow),
        "flow_tabs": _tabs(found, view) if may_edit(request, edition) else (),
    }


def may_edit(request: HttpRequest, edition: Edition) -> bool:
    """Tell whether the reader may change this edition's flows."""
    return is_draft(edition) and standing(request).may(Permission.LISTS_EDIT, edition.unit.path)


def name_of(flow: PowerFlow) -> Sentence | str:
    """Return what a flow is called."""
    return flow.name or zh("流程 {code}", code=flow.code)


def _tabs(found: Around, view: str) -> tuple[Tab, ...]:
    shown = [one for one in _EDITING if one[0] != "flows:design" or has_designer()]
    first = (("flows:flow", zh("流程图")), *shown)
    return tuple(Tab(label, page_of_flow(found, name), name == view) for name, label in first)
