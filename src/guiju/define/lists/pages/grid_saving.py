"""Saving rows of the grid: what was typed is understood, or told cell by cell; all or nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from guiju.base.record.actor import actor_of
from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.core.errors import Invalid, Refusal
from guiju.core.lists.fields import label
from guiju.core.lists.model import Item
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.lists.actions import editing, several
from guiju.define.lists.entering import Desk
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.beginning_items import codes_of, free_code
from guiju.define.lists.pages.editing import desk_of, reached_draft
from guiju.define.lists.pages.frame import address
from guiju.define.lists.pages.item_history import last_change
from guiju.define.lists.pages.table import kind_of
from guiju.define.lists.reads.items import items_with
from guiju.exchange.lists.fields import FIELDS
from guiju.exchange.lists.typed import blank


@dataclass(slots=True)
class SentRow:
    """A row as it was sent.

    Attributes:
        row: by what the page knows it.
        code: of the item; empty for a new one.
        texts: what stands in the changed cells, by path; a new row's code among them.
        was: what stood in them when the page was opened.
    """

    row: str
    code: str
    texts: dict[str, str]
    was: dict[str, str]
    item: Item | None = None
    says: list[Sentence] = field(default_factory=list)
    errors: dict[str, Sentence] = field(default_factory=dict)


@needs(Permission.LISTS_EDIT, is_data=True)
@require_POST
def save(request: HttpRequest, identity: UUID, kind: str) -> JsonResponse:
    """Save rows, or none of them; answer what was understood, and what was not."""
    found, of = reached_draft(request, identity), kind_of(kind)
    rows = sent_rows(request.body, of)
    desk = desk_of(request, found)
    known = items_with(found, of, [one.code for one in rows if one.code])
    desk.learn(list(known.values()))
    _enter(request, desk, of, rows, known)
    is_good = not any(one.errors or one.says for one in rows)
    says = ""
    if is_good:
        try:
            _put(request, found, [one.item for one in rows if one.item is not None])
        except Refusal as refusal:
            is_good, says = False, f"{say(refusal.sentence)}（{refusal.code}）"
    return JsonResponse(
        {
            "is_saved": is_good,
            "says": says,
            "rows": [_told(desk, one, is_good=is_good) for one in rows],
        }
    )


def sent_rows(body: bytes, kind: ItemKind) -> list[SentRow]:
    """Return the rows that were sent.

    Raises:
        Invalid: EDITION-23 for what is no such message, or too many rows.
    """
    paths = {one.path for one in FIELDS[kind]}
    try:
        rows = [_sent(one, paths) for one in json.loads(body)["rows"]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise _unreadable() from None
    if not 0 < len(rows) <= several.MOST_AT_ONCE:
        raise _unreadable()
    return rows


def _sent(one: Mapping[str, Any], paths: set[str]) -> SentRow:
    texts, was = {}, {}
    for path, (before, text) in one["cells"].items():
        if path in paths and isinstance(text, str) and isinstance(before, str):
            texts[path], was[path] = text, before
    return SentRow(str(one["row"]), str(one["code"]), texts, was)


def _unreadable() -> Invalid:
    return Invalid(
        "EDITION-23",
        zh("没有看懂表格发来的内容，一次最多 {most} 行。请刷新页面再试。",
           most=several.MOST_AT_ONCE),
    )  # fmt: skip


def _enter(
    request: HttpRequest,
    desk: Desk,
    kind: ItemKind,
    rows: list[SentRow],
    known: Mapping[str, Item],
) -> None:
    told = [] if all(one.code for one in rows) else codes_of(desk.edition, kind)
    for row in rows:
        base = known.get(row.code)
        if row.code and base is None:
            who = last_change(request, desk.edition, kind, row.code)
            row.says.append(who or zh("「{code}」刚才被人删去了。", code=row.code))
            continue
        texts = {path: text for path, text in row.texts.items() if path != "code"}
        found = desk.enter(base or blank(kind), texts, row.was if base else None)
        row.errors |= found.faults
        row.item = found.item if base else _new(desk, row, found.item, told)
        if base and found.faults and _is_outrun(desk, base, row):
            who = last_change(request, desk.edition, kind, row.code)
            row.says += [who] if who else []


def _is_outrun(desk: Desk, base: Item, row: SentRow) -> bool:
    """Tell whether somebody else changed a cell of the row since the page was opened."""
    now = desk.texts(base)
    return any(now.get(path, "") != was for path, was in row.was.items() if path != "code")


def _new(desk: Desk, row: SentRow, item: Item, told: list[tuple[str, str]]) -> Item:
    """Return a new item with its own code, or with the next free one."""
    code = row.texts.get("code", "").strip()
    if not code:
        code = free_code(item.item_kind, desk, told, row.texts)
    elif any(code == other for other, _ in told):
        row.errors["code"] = zh("编码「{code}」已经有了。请换一个，或去改那一项。", code=code)
    told.append((code, ""))
    return replace(item, code=code)


def _put(request: HttpRequest, edition: Edition, items: list[Item]) -> None:
    how: dict[str, Any] = {
        "edition": edition.reference,
        "revision": edition.revision,
        "by": actor_of(request),
        "at": timezone.now(),
    }
    if len(items) == 1:
        editing.put_item(item=items[0], **how)
    else:
        several.put_items(items=items, **how)


def _told(desk: Desk, row: SentRow, *, is_good: bool) -> dict[str, object]:
    kind = row.item.item_kind if row.item else ItemKind.POWER
    code = row.item.code if row.item else row.code
    return {
        "row": row.row,
        "code": code,
        "link": address("lists:item_edit", desk.edition, kind.value, code) if is_good else "",
        "texts": desk.texts(row.item) if row.item and is_good else {},
        "errors": {
            path: {"field": say(label(kind, path)), "says": say(why)}
            for path, why in row.errors.items()
        },
        "says": [say(one) for one in row.says],
    }
