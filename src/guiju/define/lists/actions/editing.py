"""Adding, changing and removing one item of a draft."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db.models import Max

from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import Draft
from guiju.core.errors import Invalid
from guiju.core.ledger.entry import canonical
from guiju.core.lists.diff import FieldChange, field_changes
from guiju.core.lists.fields import NAMES_A_PERSON, label
from guiju.core.lists.model import Control, Item, Risk
from guiju.core.lists.words import ItemKind
from guiju.core.plain import plain
from guiju.core.sentence import zh
from guiju.define.lists import find, models
from guiju.define.lists.events import ITEM_ADDED, ITEM_CHANGED, ITEM_REMOVED
from guiju.define.lists.models import CODE
from guiju.define.lists.rows import columns_of, item_of

MOST_BYTES = 200_000
"""How much one item may say; the largest flows of real offices have a tenth of it."""


_NAMING = ("power", "risk", "step", "flow", "parent")
"""What names another thing by its code; those that rows hold in columns have no more room."""

_GRADES = 9
_TOLD = 4_000
"""Bytes of a value that an event repeats; of a longer one it tells that it changed."""


def put_item(*, edition: str, item: Item, revision: int | None, by: Actor, at: datetime) -> bool:
    """Add an item to a draft, or change the one of the same table that bears its code.

    Args:
        edition: the edition's reference.
        item: complete, as it is to be.
        revision: the revision that whoever changes it has seen; None for any.
        by: who changes it.
        at: when.

    Returns:
        Whether anything changed.

    Raises:
        Invalid: EDITION-01; as ``check_item``.
        Denied: EDITION-02; what ``recording`` raises.
        Conflict: EDITION-03.
    """
    check_item(item)
    found = find.edition_at(edition)
    find.require_draft(found)
    row = _row(found, item.item_kind, item.code)
    before = item_of(row) if row else None
    changes = field_changes(before, item) if before else ()
    if before is not None and not changes:
        return False
    draft = _told(found, before, item, changes)
    with recording(draft, by=by, at=at):
        held = find.hold_draft(found, revision, at)
        held.save(update_fields=find.COUNTED)
        columns = columns_of(item, _power_of(held, item))
        if row is None:
            place = last_place(held, item.item_kind) + 1
            models.Item.objects.create(edition=held, place=place, **columns)
        else:
            models.Item.objects.filter(number=row.number).update(**columns)
        move_controls(held, before, item)
    return True


def remove_item(
    *, edition: str, kind: ItemKind, code: str, revision: int | None, by: Actor, at: datetime
) -> Item:
    """Remove an item from a draft and return it, so that it can be put back.

    What names it stays; the checks of the lists find that it is gone.

    Raises:
        Invalid: EDITION-01; EDITION-13 when there is no such item.
        Denied: EDITION-02; what ``recording`` raises.
        Conflict: EDITION-03.
    """
    found = find.edition_at(edition)
    find.require_draft(found)
    row = _row(found, kind, code)
    if row is None:
        raise find.no_item(kind, code)
    draft = ITEM_REMOVED(
        object=edition, kind=kind.value, code=code, name=row.title, revision=found.revision + 1
    )
    with recording(draft, by=by, at=at):
        find.hold_draft(found, revision, at).save(update_fields=find.COUNTED)
        models.Item.objects.filter(number=row.number).delete()
    return item_of(row)


def check_code(code: str) -> None:
    """Refuse a code by which nothing can be named.

    Raises:
        Invalid: EDITION-11.
    """
    if not code or len(code) > CODE or not code.isprintable() or code != code.strip():
        raise Invalid(
            "EDITION-11",
            zh("「编码」必须填写，最多 {most} 个字符，首尾不能有空格。请重新填写。", most=CODE),
        )


def check_item(item: Item) -> None:
    """Refuse an item that no draft can hold.

    Raises:
        Invalid: EDITION-11, EDITION-12; EDITION-18 for a value that has no room;
            LEDGER-02 to LEDGER-06.
    """
    check_code(item.code)
    for path in _NAMING:
        if len(getattr(item, path, "")) > CODE:
            raise _no_room(item, path)
    grade = getattr(item, "grade", None)
    if grade is not None and not 0 < grade <= _GRADES:
        raise _no_room(item, "grade")
    said = canonical(plain(item))
    if b"\\u0000" in said:
        raise Invalid(
            "EDITION-18", zh("「{code}」里有看不见的控制字符。请删去后再保存。", code=item.code)
        )
    if len(said) > MOST_BYTES:
        raise Invalid(
            "EDITION-12",
            zh("「{name}」写得太长，一项最多约 6 万个字。请拆成几项。", name=item.title[:40]),
        )


def _no_room(item: Item, path: str) -> Invalid:
    return Invalid(
        "EDITION-18",
        zh(
            "「{code}」的「{field}」写的不是编码或等级：编码最多 {most} 个字符，"
            "等级从 1 到 {last}。请改正。",
            code=item.code,
            field=label(item.item_kind, path),
            most=CODE,
            last=_GRADES,
        ),
    )


def _row(edition: models.Edition, kind: ItemKind, code: str) -> models.Item | None:
    return models.Item.objects.filter(edition=edition, kind=kind.value, code=code).first()


def _power_of(edition: models.Edition, item: Item) -> dict[str, str]:
    if not isinstance(item, Control):
        return {}
    risks = models.Item.objects.filter(edition=edition, kind=ItemKind.RISK.value, code=item.risk)
    return dict(risks.values_list("code", "power"))


def move_controls(edition: models.Edition, before: Item | None, item: Item) -> None:
    """Let the controls of a risk that has gone to another power go with it."""
    if isinstance(item, Risk) and item.power != getattr(before, "power", ""):
        controls = models.Item.objects.filter(edition=edition, kind=ItemKind.CONTROL.value)
        controls.filter(risk=item.code).update(power=item.power)


def last_place(edition: models.Edition, kind: ItemKind) -> int:
    """Return where the last item of a table stands; -1 in an empty one."""
    rows = models.Item.objects.filter(edition=edition, kind=kind.value)
    last: int | None = rows.aggregate(last=Max("place"))["last"]
    return -1 if last is None else last


def _told(
    edition: models.Edition, before: Item | None, item: Item, changes: tuple[FieldChange, ...]
) -> Draft:
    facts = {
        "object": edition.reference,
        "kind": item.item_kind.value,
        "code": item.code,
        "name": item.title[: models.NAME],
        "revision": edition.revision + 1,
    }
    if before is None:
        return ITEM_ADDED(**facts)  # type: ignore[arg-type] # object is a text
    open_ones = [one for one in changes if one.path not in NAMES_A_PERSON]
    return ITEM_CHANGED(
        **facts,  # type: ignore[arg-type] # as above
        fields="、".join(_called(item.item_kind, one.path) for one in changes),
        before={one.path: _repeated(one.before) for one in open_ones},
        after={one.path: _repeated(one.after) for one in open_ones},
    )


def _repeated(value: object) -> object:
    """Return a value as an event repeats it: of a long one its digest, for entries are short."""
    said = plain(value)
    whole = canonical(said)
    return {"sha256": hashlib.sha256(whole).hexdigest()} if len(whole) > _TOLD else said


def _called(kind: ItemKind, path: str) -> str:
    called = label(kind, path)
    return called if isinstance(called, str) else called.template
