"""Declaring relatives and interests: what they are is sealed under the declarer's key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from guiju.base.org import checks, find
from guiju.base.org.actions.people import require_kept
from guiju.base.org.events import INTEREST_DECLARED, INTEREST_WITHDRAWN
from guiju.base.org.models import Interest, Person
from guiju.base.org.sealing import INTEREST
from guiju.base.record import vault
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import Personal, new_reference
from guiju.core.errors import Denied
from guiju.core.organisation.words_bodies import InterestKind
from guiju.core.sentence import Sentence, zh

_LABELS: Mapping[str, Sentence] = {
    "who": zh("姓名或名称"),
    "relation": zh("关系"),
    "where": zh("工作单位"),
    "what": zh("说明"),
    "person": zh("人员编号"),
}
"""What a declaration may say; ``person`` is the reference of a relative who serves here."""


def declare_interest(
    *, person: str, kind: InterestKind, content: Mapping[str, str], by: Actor, at: datetime
) -> Interest:
    """Declare a relative or an interest.

    Args:
        person: the reference of who declares.
        kind: of what kind it is.
        content: ``who``, ``relation``, ``where``, ``what`` and ``person``, as far as they apply.
        by: who acts.
        at: when.

    Raises:
        Invalid: ORG-01; ORG-03 without ``who``, or for a text that is not in order.
        Denied: ORG-72 for one who was erased; what ``recording`` raises.
    """
    found = find.found(Person, person)
    require_kept(found)
    told = {
        name: checks.text(content.get(name, ""), label=label, most=200, required=name == "who")
        for name, label in _LABELS.items()
    }
    if told["person"]:
        find.found(Person, told["person"])
    box = vault.lock(person, INTEREST, told)
    row = Interest(
        reference=new_reference("interest"),
        person=found,
        kind=kind.value,
        box=box,
        declared_date=find.local_day(at),
    )
    draft = INTEREST_DECLARED(
        object=person,
        interest=row.reference,
        kind=kind.value,
        date=str(row.declared_date),
        content=Personal(person, told),
    )
    with recording(draft, by=by, at=at):
        row.save(force_insert=True)
    return row


def withdraw_interest(*, interest: str, by: Actor, at: datetime) -> None:
    """Say that a declaration holds no longer; it is kept as history.

    Raises:
        Invalid: ORG-01.
        Denied: ORG-74 when it was withdrawn already; what ``recording`` raises.
        Conflict: ORG-08.
    """
    found = find.found(Interest, interest)
    if found.withdrawn_date is not None:
        raise Denied("ORG-74", zh("这项申报已经撤回，不必再撤。请刷新页面查看。"))
    today = find.local_day(at)
    draft = INTEREST_WITHDRAWN(
        object=found.person.reference, interest=interest, kind=found.kind, date=str(today)
    )
    with recording(draft, by=by, at=at):
        find.hold(found)
        Interest.objects.filter(number=found.number).update(withdrawn_date=today)
