"""Asking whoever submitted an edition to mend it once it was returned."""

from __future__ import annotations

from datetime import datetime

from guiju.base.inbox.actions import assign_task, complete_task
from guiju.base.inbox.asked import Holder, Link, NewTask
from guiju.base.inbox.models import Task
from guiju.base.inbox.states import STILL_TO_DO
from guiju.base.org.reads.standing import units_of
from guiju.base.record.actor import Actor
from guiju.core.sentence import zh
from guiju.define.approval.kinds import MEND
from guiju.define.approval.models import Review
from guiju.define.lists.models import Edition


def submitter_of(review: Review) -> Holder:
    """Return who submitted, as the holder of the post in which they did."""
    unit = review.edition.unit
    own = unit.reference, unit.path
    found = units_of([review.post]).get(review.post, (own[0], "")) if review.post else own
    return Holder(review.submitter, review.post, *found)


def ask_to_mend(review: Review, *, by: Actor, at: datetime) -> None:
    """Give whoever submitted the task to mend what was returned; inside the door."""
    edition = review.edition
    wanted = NewTask(
        MEND,
        zh("改好再送审：「{name}」第 {ordinal} 版", name=edition.title, ordinal=edition.ordinal),
        submitter_of(review),
        about=edition.reference,
        link=Link("approval:review", (edition.reference.partition(":")[2],)),
        origin=f"return:{review.reference}",
    )
    assign_task(wanted, by=by, at=at)


def note_mended(edition: Edition, *, by: Actor, at: datetime) -> None:
    """Note that what was returned is submitted again, or given up; inside the door."""
    rows = Task.objects.filter(about=edition.reference, kind=MEND, state__in=STILL_TO_DO)
    for reference in rows.values_list("reference", flat=True):
        complete_task(reference, by=by, at=at)
