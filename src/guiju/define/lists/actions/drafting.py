"""Beginning an edition, empty or as a copy of an older one; naming it; giving a draft up."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from guiju.base.org.reads.known import KnownUnit, known_unit
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import new_reference
from guiju.core.access import EVERYWHERE
from guiju.core.errors import Denied, Invalid
from guiju.core.lists.words import EditionState
from guiju.core.sentence import zh
from guiju.define.lists import find
from guiju.define.lists.events import BEGUN, DISCARDED, RENAMED
from guiju.define.lists.models import NAME, Accepted, CheckedItem, Edition, Item
from guiju.define.lists.profiles import in_force


def begin_edition(
    *, unit: str, title: str, profile: str, based_on: str, by: Actor, at: datetime
) -> Edition:
    """Begin a unit's next edition as a draft.

    Args:
        unit: the unit's reference.
        title: what the edition is called.
        profile: code of the profile by which it is judged, or what is in force in its place.
        based_on: the edition of the same unit of which it becomes a copy; empty for none.
        by: who begins it.
        at: when.

    Raises:
        Invalid: EDITION-01 without that older edition, EDITION-05 without that unit,
            EDITION-06 for a title that is none.
        Denied: EDITION-07 for a unit that is no more, EDITION-08 for another unit's edition;
            what ``recording`` raises.
        Conflict: EDITION-04 while the unit has an edition on its way.
    """
    title = checked_title(title)
    known = _living_unit(unit, at.date())
    old = _older(based_on, known) if based_on else None
    made = Edition(
        reference=new_reference("edition"),
        unit_id=known.number,
        ordinal=_next_ordinal(known),
        profile=in_force(known.path, profile, timezone.localdate(at)),
        title=title,
        state=EditionState.DRAFT.value,
        based_on=old,
        stated=old.stated if old else [],
        changed_at=at,
    )
    draft = BEGUN(
        object=made.reference,
        unit=unit,
        name=title,
        ordinal=made.ordinal,
        profile=made.profile,
        based_on=based_on,
    )
    with find.unless_open(), recording(draft, by=by, at=at):
        made.save(force_insert=True)
        if old is not None:
            _copy(Item, old, made)
            _copy(Accepted, old, made)
    return made


def rename_edition(*, edition: str, title: str, by: Actor, at: datetime) -> None:
    """Call a draft something else.

    Raises:
        Invalid: EDITION-01, EDITION-06; EDITION-09 when it is called so already.
        Denied: EDITION-02; what ``recording`` raises.
        Conflict: EDITION-03.
    """
    title = checked_title(title)
    found = find.edition_at(edition)
    find.require_draft(found)
    if title == found.title:
        raise Invalid("EDITION-09", zh("名称没有变化。要改名，请填写新的名称。"))
    with recording(RENAMED(object=edition, before=found.title, after=title), by=by, at=at):
        held = find.hold_draft(found, found.revision, at)
        held.title = title
        held.save(update_fields=(*find.COUNTED, "title"))


def discard_draft(*, edition: str, reason: str, by: Actor, at: datetime) -> None:
    """Give a draft up; that it was there, and why it is not any more, stays in the record.

    One that was ever submitted stays itself, to be read only: what was signed is not deleted.

    Raises:
        Invalid: EDITION-01; EDITION-10 without a reason.
        Denied: EDITION-02; what ``recording`` raises.
        Conflict: EDITION-03.
    """
    found = find.edition_at(edition)
    find.require_draft(found)
    reason = reason.strip()
    if not reason or len(reason) > NAME:
        raise Invalid("EDITION-10", zh("请写明放弃草稿的原因，最多 {most} 个字。", most=NAME))
    draft = DISCARDED(object=edition, name=found.title, ordinal=found.ordinal, reason=reason)
    with recording(draft, by=by, at=at):
        held = find.hold_draft(found, found.revision, at)
        if find.stays(held):
            held.state = EditionState.GIVEN_UP.value
            held.save(update_fields=("state", "changed_at"))
            return
        Accepted.objects.filter(edition=held)._raw_delete("default")  # noqa: SLF001 - as below
        CheckedItem.objects.filter(edition=held)._raw_delete("default")  # noqa: SLF001 - as below
        Item.objects.filter(edition=held)._raw_delete("default")  # noqa: SLF001 - nothing hangs on items; one statement
        held.delete()


def checked_title(title: str) -> str:
    """Return a title without blanks around it.

    Raises:
        Invalid: EDITION-06 for one that is missing, too long or holds unseen characters.
    """
    trimmed = title.strip()
    if not trimmed or len(trimmed) > NAME or not trimmed.isprintable():
        raise Invalid(
            "EDITION-06",
            zh("「名称」必须填写，最多 {most} 个字，不能换行。请重新填写。", most=NAME),
        )
    return trimmed


def _living_unit(reference: str, on: date) -> KnownUnit:
    known = known_unit(reference, EVERYWHERE)
    if known is None:
        raise Invalid("EDITION-05", zh("没有找到这个单位。请从组织里重新选择。"))
    if known.abolished is not None and known.abolished <= on:
        raise Denied(
            "EDITION-07",
            zh(
                "「{name}」已于 {day} 撤销，不能再编制清单。请为承接它的单位编制。",
                name=known.name,
                day=str(known.abolished),
            ),
        )
    return known


def _older(reference: str, unit: KnownUnit) -> Edition:
    old = find.edition_at(reference)
    if old.unit_id != unit.number:
        raise Denied(
            "EDITION-08", zh("不能以其他单位的版本为底稿。请选本单位的版本，或从空白开始。")
        )
    return old


def _next_ordinal(unit: KnownUnit) -> int:
    last: int | None = Edition.objects.filter(unit_id=unit.number).aggregate(last=Max("ordinal"))[
        "last"
    ]
    return (last or 0) + 1


def _copy(table: type[Item | Accepted], old: Edition, new: Edition) -> None:
    """Copy every row of an edition in one statement, however many there are."""
    quote = connection.ops.quote_name
    columns = [
        field.column
        for field in table._meta.concrete_fields
        if field.column and field.name not in ("number", "edition")
    ]
    named = ", ".join(map(quote, columns))
    rows = quote(table._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {rows} (edition_id, {named}) "  # noqa: S608 - names of our own columns
            f"SELECT %s, {named} FROM {rows} WHERE edition_id = %s",
            [new.number, old.number],
        )
