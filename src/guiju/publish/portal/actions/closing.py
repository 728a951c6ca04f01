"""Taking out of older editions what the edition in use does not show any more (K8, S2-09).

The record keeps the digest of what was published then, and says by an event of its own what it
became: whoever kept the older file can still prove it, and whoever takes the file away today too.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import uuid4

from guiju.base.record.actor import SYSTEM
from guiju.base.record.door import recording
from guiju.core.lists import canonical
from guiju.core.lists.closing import Closed, Key, Shut, added, closed, shut_in, touches
from guiju.core.lists.model import ITEMS
from guiju.core.lists.public import Withheld
from guiju.core.lists.words import EditionState, ItemKind
from guiju.core.plain import made, plain
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.reads.whole import whole
from guiju.exchange.lists.plain import edition_of
from guiju.publish.portal.actions import files, keeping
from guiju.publish.portal.actions.looked import note_looked
from guiju.publish.portal.events import CLOSED
from guiju.publish.portal.models import Issue, OpenFile, OpenItem
from guiju.publish.portal.reads.issues import published
from guiju.publish.portal.reads.proofs import withheld_bytes


def close_due(*, at: datetime) -> int:
    """Look through the older editions of every unit; return from how many something was taken.

    Each is looked through once for each edition that comes into use.
    """
    count = 0
    for current in published(EditionState.EFFECTIVE).order_by("number"):
        older = _not_looked_through(current)
        if older:
            count += _close_for(current, older, at)
    return count


def _not_looked_through(current: Issue) -> list[Issue]:
    rows = Issue.objects.filter(
        edition__unit=current.edition.unit_id, edition__ordinal__lt=current.edition.ordinal
    ).exclude(looked__current=current.edition_id)
    return list(rows.select_related("edition__unit").order_by("number"))


def _close_for(current: Issue, older: Iterable[Issue], at: datetime) -> int:
    content = Issue.objects.only("content").get(pk=current.pk).content
    lists = whole(current.edition)
    shut = shut_in(lists, edition_of(zlib.decompress(content)), profile_of(current.edition))
    found = [(one, closed(edition_of(zlib.decompress(one.content)), shut)) for one in older]
    gone = set(shut).union(*(each.items for _, each in found))
    count = 0
    for issue, each in found:
        left = None if issue.changes is None else _changes(issue.changes, gone)
        dropped = len(issue.changes or ()) - len(left or ())
        if each.items or dropped:
            issue.changes = left
            _close(issue, each, dropped, current, at)
            count += 1
        note_looked(issue, current)
    return count


def _close(issue: Issue, found: Closed, dropped: int, current: Issue, at: datetime) -> None:
    """Take out what is closed, with an event that says what the public form was and is."""
    content = canonical.encoded(found.edition)
    digest, before = hashlib.sha256(content).hexdigest(), issue.digest
    told = added((made(Withheld, one) for one in issue.withheld), found.withheld)
    event = uuid4()
    issue.content, issue.digest = zlib.compress(content, 9), digest
    issue.withheld = plain(told)
    issue.closed = [*issue.closed, *_told(found.items)]
    issue.groups = keeping.groups_of(issue.edition, found.edition)
    if found.items:
        issue.closings, issue.closed_at = [*issue.closings, str(event)], at
    draft = CLOSED(
        object=issue.edition.reference,
        name=issue.edition.title,
        ordinal=issue.edition.ordinal,
        count=len(found.items) + dropped,
        before=before,
        digest=digest,
        withheld=hashlib.sha256(withheld_bytes(issue.withheld)).hexdigest(),
        current=current.edition.reference,
    )
    with recording(draft, by=SYSTEM, at=at, key=event):
        issue.save()
        for kind in {kind for kind, _ in found.items}:
            codes = [code for of, code in found.items if of is kind]
            for start in range(0, len(codes), keeping.BATCH // 4):
                rows = OpenItem.objects.filter(issue=issue, kind=kind.value)
                rows.filter(code__in=codes[start : start + keeping.BATCH // 4]).delete()
        if found.items:
            for form, file in files.files_of(found.edition, issue.head, at).items():
                OpenFile.objects.update_or_create(issue=issue, form=form, defaults=file)


def _changes(changes: Iterable[list[Any]], gone: Collection[Key]) -> list[list[Any]]:
    """Return what an edition changed, without what is closed."""
    return [
        [kind, before, after]
        for kind, before, after in changes
        if not any(
            touches(made(ITEMS[ItemKind.of(kind)], one), gone)
            for one in (before, after)
            if one is not None
        )
    ]


def _told(items: Shut) -> list[list[Any]]:
    return [
        [
            kind.value,
            code,
            why.audience.value if why.audience else None,
            why.reason,
            why.review_date.isoformat() if why.review_date else None,
        ]
        for (kind, code), why in items.items()
    ]
