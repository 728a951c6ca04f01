"""Bringing a file's lists into a draft: all of it, or nothing."""

from __future__ import annotations

from datetime import datetime

from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.core.errors import Invalid
from guiju.core.lists.diff import Difference, compare
from guiju.core.lists.merging import brought_in, spoken_of
from guiju.core.lists.model import Edition as Lists
from guiju.core.lists.words import Alteration, ItemKind
from guiju.core.plain import plain
from guiju.core.sentence import zh
from guiju.define.lists import find
from guiju.define.lists.actions.editing import check_item
from guiju.define.lists.actions.writing import write_tables
from guiju.define.lists.events import IMPORTED
from guiju.define.lists.reads.whole import whole
from guiju.exchange.memory import uncollected


@uncollected()
def import_lists(
    *, edition: str, told: Lists, file: str, revision: int | None, by: Actor, at: datetime
) -> Difference:
    """Bring in what a file says; the tables that it does not have stay as they are.

    Args:
        edition: the draft's reference.
        told: the file's content.
        file: SHA-256 of the file, so that the record says which one it was.
        revision: the revision against which whoever imports saw the changes; None for any.
        by: who imports.
        at: when.

    Returns:
        What it changed; the same file again changes nothing and leaves no event.

    Raises:
        Invalid: EDITION-01; as ``check_item``; EDITION-14 for a code that stands twice in a table.
        Denied: EDITION-02; what ``recording`` raises.
        Conflict: EDITION-03.
    """
    found = find.edition_at(edition)
    find.require_draft(found)
    check_codes(told)
    old = whole(found)
    new = brought_in(old, told)
    changes = compare(old, new)
    if not changes and old.stated == new.stated:
        return changes
    counts = dict.fromkeys(Alteration, 0)
    for change in changes.items:
        counts[change.alteration] += 1
    draft = IMPORTED(
        object=edition,
        name=found.title,
        added=counts[Alteration.ADDED],
        changed=counts[Alteration.CHANGED] + counts[Alteration.RENUMBERED],
        removed=counts[Alteration.REMOVED],
        file=file,
        revision=found.revision + 1,
    )
    with recording(draft, by=by, at=at):
        held = find.hold_draft(found, found.revision if revision is None else revision, at)
        held.stated = [plain(one) for one in new.stated]
        held.save(update_fields=(*find.COUNTED, "stated"))
        write_tables(held, new, _written(told))
    return changes


def _written(told: Lists) -> list[ItemKind]:
    """Return the tables to write: controls with risks, for they stand with the same power."""
    spoken = spoken_of(told)
    follow = {ItemKind.CONTROL} if ItemKind.RISK in spoken else set()
    return [kind for kind in ItemKind if kind in spoken | follow]


def check_codes(told: Lists) -> None:
    """Refuse what cannot be brought in because of its codes.

    Raises:
        Invalid: EDITION-11 for a code that is none, EDITION-14 for one that stands twice.
    """
    for kind in ItemKind:
        seen: set[str] = set()
        for item in told.table(kind):
            check_item(item)
            if item.code in seen:
                raise Invalid(
                    "EDITION-14",
                    zh(
                        "{kind}里编码「{code}」出现了两次。请在文件里改成各不相同的编码，再导入。",
                        kind=kind.label,
                        code=item.code,
                    ),
                )
            seen.add(item.code)
