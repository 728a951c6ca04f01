"""Keeping what the checks say of very large editions, which no page waits for.

A worker looks again after every change of such an edition, and from time to time for what
changes beside it: people, statutes, the day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from guiju.base.record.events import ERASED
from guiju.base.record.guards import Seen, add_listener
from guiju.core.lists.lint import Report
from guiju.define.lists.models import Checked, CheckedItem, Edition
from guiju.define.lists.reads.checks import AT_ONCE, Grounds, grounds_of, judged
from guiju.define.lists.reads.large import told_of

_EDITION = "edition:"
_BATCH = 2_000
Place = tuple[str, str]

_LOOKS: list[Callable[[str], object]] = []


def look_after(look: Callable[[str], object]) -> None:
    """Have a worker look at a very large edition after every act on it.

    Args:
        look: puts the work in the queue; is given the edition's reference.
    """
    _LOOKS.append(look)


def listen() -> None:
    """Look again after what was done to an edition; forget whom the record forgets."""
    from guiju.define.lists.jobs import check_large  # noqa: PLC0415 - it does what is here

    look_after(check_large.enqueue)
    add_listener("lists.checking", _look_again)
    add_listener("lists.forgetting", _forget, kinds=[ERASED.kind])


def is_large(edition: Edition) -> bool:
    """Tell whether an edition is too large to be judged while a page waits; one query."""
    return edition.items.count() > AT_ONCE


def _look_again(seen: Seen) -> None:
    if not seen.draft.object.startswith(_EDITION):
        return
    found = Edition.objects.filter(reference=seen.draft.object).first()
    if found is not None and is_large(found):
        for look in _LOOKS:
            look(found.reference)


def _forget(_seen: Seen) -> None:
    """Drop what was kept: a sentence may name who is forgotten; it is worked out anew."""
    with transaction.atomic():
        CheckedItem.objects.all()._raw_delete("default")  # noqa: SLF001 - one statement
        Checked.objects.all()._raw_delete("default")  # noqa: SLF001 - as above


def check(reference: str, at: datetime) -> bool:
    """Judge an edition and keep what was found; tell whether it had to be looked at again."""
    on = timezone.localdate(at)
    found = Edition.objects.select_related("unit").filter(reference=reference).first()
    if found is None or not is_large(found):
        return False
    grounds = grounds_of(found, on)
    known = Checked.objects.filter(edition=found).first()
    if known and (known.revision, known.on, known.told) == (found.revision, on, grounds.told):
        return False
    _keep(found, grounds, judged(found, grounds, on), at)
    return True


def _keep(edition: Edition, grounds: Grounds, report: Report, at: datetime) -> None:
    """Write what differs from what was kept before, all or nothing."""
    told: dict[Place, list[Any]] = {}
    for one in report.findings:
        told.setdefault((one.kind.value if one.kind else "", one.item), []).append(told_of(one))
    said = {"revision": edition.revision, "told": grounds.told, "at": at}
    with transaction.atomic():
        _write(edition, told)
        Checked.objects.update_or_create(
            edition=edition, defaults={**said, "on": timezone.localdate(at)}
        )


def _write(edition: Edition, told: Mapping[Place, list[Any]]) -> None:
    rows = CheckedItem.objects.filter(edition=edition)
    kept = {(one.kind, one.item): one for one in rows}
    gone = [one.number for place, one in kept.items() if place not in told]
    for start in range(0, len(gone), _BATCH):
        CheckedItem.objects.filter(number__in=gone[start : start + _BATCH]).delete()
    changed = []
    for place, one in kept.items():
        if place in told and one.findings != told[place]:
            one.findings = told[place]
            changed.append(one)
    CheckedItem.objects.bulk_update(changed, ["findings"], batch_size=_BATCH // 10)
    CheckedItem.objects.bulk_create(
        (
            CheckedItem(edition=edition, kind=kind, item=item, findings=findings)
            for (kind, item), findings in told.items()
            if (kind, item) not in kept
        ),
        batch_size=_BATCH,
    )
