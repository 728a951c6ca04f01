"""换编号: giving one item of a draft another code; what names it follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.core.errors import Conflict, Invalid
from guiju.core.lists.naming import recoded
from guiju.core.lists.powers import Power
from guiju.core.lists.schemes import SCHEMES, CodeContext
from guiju.core.lists.words import ItemKind
from guiju.core.plain import plain
from guiju.core.sentence import zh
from guiju.define.lists import find, models
from guiju.define.lists.actions.editing import check_code
from guiju.define.lists.events import ITEM_RENUMBERED
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.reads.items import namers
from guiju.define.lists.reads.renumbered import codes_now
from guiju.define.lists.rows import item_of

Follower = Callable[[models.Edition, ItemKind, str, str], None]
"""Has what another area keeps about an item follow it: edition, table, old code, new code."""

_FOLLOWERS: list[Follower] = []
_BATCH = 500


def add_follower(follower: Follower) -> None:
    """Let an area change what it keeps by the codes of items, in the same commit."""
    if follower not in _FOLLOWERS:
        _FOLLOWERS.append(follower)


def renumber_item(  # noqa: PLR0913 - keyword-only, one thing each
    *,
    edition: str,
    kind: ItemKind,
    code: str,
    to: str,
    revision: int | None,
    by: Actor,
    at: datetime,
    is_return: bool = False,
) -> int:
    """Give an item of a draft another code; return how many items named it and follow.

    Args:
        edition: the draft's reference.
        kind: the item's table.
        code: by which it is known so far.
        to: by which it is to be known.
        revision: the revision that whoever renumbers it has seen; None for any.
        by: who does it.
        at: when.
        is_return: whether it gets the code that it bore before, which nobody judges anew.

    Raises:
        Invalid: EDITION-01; EDITION-13 when there is no such item; EDITION-11 for a code by
            which nothing can be named; EDITION-30, EDITION-31 (GJ105) for one that may not be.
        Denied: EDITION-02; what ``recording`` raises.
        Conflict: EDITION-03; EDITION-20 for a code that is taken; EDITION-32 for no return.
    """
    check_code(to)
    found = find.edition_at(edition)
    row = _renumberable(found, kind, code)
    (_check_return if is_return else _check_scheme)(found, row, to)
    naming = namers(found, kind, code).count()
    told: dict[str, Any] = {"name": row.title, "before": code, "code": to, "count": naming}
    draft = ITEM_RENUMBERED(object=edition, kind=kind.value, revision=found.revision + 1, **told)
    with recording(draft, by=by, at=at):
        held = find.hold_draft(found, revision, at)
        held.save(update_fields=find.COUNTED)
        if models.Item.objects.filter(edition=held, kind=kind.value, code=to).exists():
            raise find.code_taken(to)
        _move(held, kind, code, to)
        followed(held, kind, code, to)
    return naming


def followed(edition: models.Edition, kind: ItemKind, code: str, to: str) -> None:
    """Have what other areas keep about an item follow it to its new code, inside the door."""
    for follow in _FOLLOWERS:
        follow(edition, kind, code, to)


def outgrown(edition: models.Edition, item: Power, to: str) -> int:
    """Return how many sub-items of a power no longer fit their main item's code."""
    scheme = SCHEMES.get(profile_of(edition).code_scheme)
    if scheme is None:
        return 0
    context = _context(edition, to)
    rows = namers(edition, ItemKind.POWER, item.code).filter(kind=ItemKind.POWER.value)
    return sum(scheme(one, context) is not None for one in rows.values_list("code", flat=True))


def _renumberable(edition: models.Edition, kind: ItemKind, code: str) -> models.Item:
    """Return the row of an item of a draft."""
    find.require_draft(edition)
    row = models.Item.objects.filter(edition=edition, kind=kind.value, code=code).first()
    if row is None:
        raise find.no_item(kind, code)
    return row


def _check_return(edition: models.Edition, row: models.Item, to: str) -> None:
    """Refuse a code that the item did not bear before it got the one that it has (EDITION-32)."""
    if codes_now(edition).get((row.kind, to)) != row.code:
        raise Conflict(
            "EDITION-32",
            zh("这一项没有用过编码「{to}」，或者已经换回去了。请刷新页面查看。", to=to),
        )


def _check_scheme(edition: models.Edition, row: models.Item, to: str) -> None:
    """Refuse the code that it has (EDITION-30) and one against the scheme (EDITION-31)."""
    if to == row.code:
        raise Invalid("EDITION-30", zh("新编码和现在的编码一样。请填写另一个编码。"))
    item = item_of(row)
    scheme = SCHEMES.get(profile_of(edition).code_scheme)
    if scheme is None or not isinstance(item, Power):
        return
    wrong = scheme(to, _context(edition, item.parent))
    if wrong is not None:
        raise Invalid("EDITION-31", zh("{wrong}这是检查 GJ105 的要求。", wrong=wrong))


def _context(edition: models.Edition, parent: str) -> CodeContext:
    unit = edition.unit
    return CodeContext(area_code=unit.area_code, unit_code=unit.code, parent=parent)


def _move(edition: models.Edition, kind: ItemKind, code: str, to: str) -> None:
    """Write the new code into the item, into what names it and into the columns beside them."""
    codes = {(kind, code): to}
    itself = models.Item.objects.filter(edition=edition, kind=kind.value, code=code)
    rows = [*namers(edition, kind, code), *itself]
    for batch in _batches(rows):
        for row in batch:
            moved = recoded(item_of(row), codes)
            row.code, row.content = moved.code, plain(moved)
        models.Item.objects.bulk_update(batch, ["code", "content"])
    beside = {ItemKind.POWER: "power", ItemKind.RISK: "risk"}.get(kind)
    if beside:
        models.Item.objects.filter(edition=edition, **{beside: code}).update(**{beside: to})


def _batches(rows: list[models.Item]) -> Iterator[list[models.Item]]:
    return (rows[first : first + _BATCH] for first in range(0, len(rows), _BATCH))
