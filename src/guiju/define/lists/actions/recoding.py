"""Numbering the powers of a draft by the code scheme of its profile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime

from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import Draft
from guiju.core.errors import Invalid
from guiju.core.lists.model import Edition as Lists
from guiju.core.lists.recoding import codes_due, with_codes
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import zh
from guiju.define.lists import find
from guiju.define.lists.actions.renumbering import followed
from guiju.define.lists.actions.several import MOST_AT_ONCE
from guiju.define.lists.actions.writing import write_tables
from guiju.define.lists.events import RECODED
from guiju.define.lists.models import Edition
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.reads.whole import whole


def due_in(edition: Edition) -> dict[str, str]:
    """Return which powers of an edition would get which code.

    Raises:
        Invalid: EDITION-27 where there is none to give.
    """
    found = codes_due(whole(edition), profile_of(edition))
    if not found:
        raise Invalid(
            "EDITION-27",
            zh(
                "没有可以编的编码：都合规则，或者「{unit}」的代码编不进去。区划代码要 6 位数字，"
                "单位编码要 3 位数字或大写字母，现在是「{area}」「{code}」。"
                "请先在组织里改好这个单位的代码。",
                unit=edition.unit.name,
                area=edition.unit.area_code,
                code=edition.unit.code,
            ),
        )
    return found


def recode_powers(*, edition: str, revision: int | None, by: Actor, at: datetime) -> int:
    """Give powers whose code does not follow the scheme (GJ105) a new one; all that names them too.

    Args:
        edition: the draft's reference.
        revision: the revision that whoever numbers has seen; None for any.
        by: who numbers.
        at: when.

    Returns:
        How many powers got a code.

    Raises:
        Invalid: EDITION-01; EDITION-27.
        Denied: EDITION-02; what ``recording`` raises.
        Conflict: EDITION-03.
    """
    found = find.edition_at(edition)
    find.require_draft(found)
    codes = due_in(found)
    old = whole(found)
    new = with_codes(old, codes)
    first, *further = _batches(list(codes.items()))
    with recording(_told(found, first), by=by, at=at), ExitStack() as door:
        for batch in further:
            door.enter_context(recording(_told(found, batch), by=by, at=at))
        held = find.hold_draft(found, found.revision if revision is None else revision, at)
        held.save(update_fields=find.COUNTED)
        write_tables(held, new, _touched(old, new))
        for code, to in codes.items():
            followed(held, ItemKind.POWER, code, to)
    return len(codes)


def _batches(pairs: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    return (pairs[first : first + MOST_AT_ONCE] for first in range(0, len(pairs), MOST_AT_ONCE))


def _told(edition: Edition, pairs: list[tuple[str, str]]) -> Draft:
    return RECODED(
        object=edition.reference,
        name=edition.title,
        count=len(pairs),
        before=[old for old, _ in pairs],
        after=[new for _, new in pairs],
        revision=edition.revision + 1,
    )


def _touched(old: Lists, new: Lists) -> list[ItemKind]:
    """Return the tables to write: controls with risks, for they stand with the same power."""
    found = {kind for kind in ItemKind if old.table(kind) != new.table(kind)}
    follow = {ItemKind.CONTROL} if ItemKind.RISK in found else set()
    return [kind for kind in ItemKind if kind in found | follow]
