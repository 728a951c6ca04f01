"""Putting back what was just removed: it is kept in the reader's session until the next removal."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from guiju.base.record.actor import actor_of
from guiju.base.ui.needs import needs
from guiju.base.ui.toasts import add_toast
from guiju.core.errors import Conflict
from guiju.core.ledger.entry import canonical
from guiju.core.lists.model import ITEMS, Item
from guiju.core.lists.words import ItemKind
from guiju.core.plain import made, plain
from guiju.core.sentence import zh
from guiju.core.terms import Permission
from guiju.define.lists import find
from guiju.define.lists.actions import several
from guiju.define.lists.models import Edition
from guiju.define.lists.models import Item as Row
from guiju.define.lists.pages.frame import address, identity_of, reached

_KEPT = "lists.removed"
_MOST_BYTES = 300_000
"""What a session may carry; of more, nothing is offered back."""


def keep(request: HttpRequest, edition: Edition, items: Sequence[Item]) -> str:
    """Keep what was removed; return where it is put back, empty where it is too much to keep."""
    kind = items[0].item_kind
    said = [plain(one) for one in items]
    if len(canonical(said)) > _MOST_BYTES:
        request.session.pop(_KEPT, None)
        return ""
    token = secrets.token_urlsafe(12)
    request.session[_KEPT] = {
        "token": token,
        "edition": edition.reference,
        "kind": kind.value,
        "items": said,
    }
    return reverse("lists:restore", args=[identity_of(edition), token])


@needs(Permission.LISTS_EDIT)
@require_POST
def restoring(request: HttpRequest, identity: UUID, token: str) -> HttpResponse:
    """Put back what was removed last."""
    found = reached(request, identity, Permission.LISTS_EDIT)
    kept = request.session.get(_KEPT)
    if not kept or (kept["token"], kept["edition"]) != (token, found.reference):
        raise Conflict(
            "EDITION-22",
            zh("只能撤销最近一次删除，而且只能撤销一次。内容可以从更早的版本或导入的文件里取回。"),
        )
    kind = ItemKind.of(kept["kind"])
    items = [made(ITEMS[kind], one) for one in kept["items"]]
    codes = [one.code for one in items]
    taken = Row.objects.filter(edition=found, kind=kind.value, code__in=codes).first()
    if taken is not None:
        raise find.code_taken(taken.code)
    several.put_items(
        edition=found.reference,
        items=items,
        revision=found.revision,
        by=actor_of(request),
        at=timezone.now(),
    )
    del request.session[_KEPT]
    answer = HttpResponseRedirect(address("lists:table", found, kind.value))
    add_toast(request, answer, zh("已放回{kind} {count} 项。", kind=kind.label, count=len(items)))
    return answer
