"""Leading groups, conferences, supervisors and other bodies, and who belongs to them.

S0-37, S2-57, S2-58, S2-75, S2-78, S2-87, S4-12.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db.models import Q

from guiju.base.org import checks, find
from guiju.base.org.actions import duties, tree
from guiju.base.org.actions.tree import Reform
from guiju.base.org.events import BODY_CHANGED, BODY_DISSOLVED, BODY_FOUNDED
from guiju.base.org.models import Body, BodyMember, Unit
from guiju.base.org.told import difference, said
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import new_reference
from guiju.core.errors import Denied, Invalid
from guiju.core.organisation.words_bodies import BodyKind, SupervisionChannel
from guiju.core.sentence import zh

_MOST_LEVELS = 12


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """What is registered of a body.

    Attributes:
        name: as it is called.
        kind: what kind of group.
        host: the reference of the unit at which it is set up.
        office: the reference of the unit that keeps its office; empty without one.
        channel: by which channel it supervises; only, and always, for a supervisor.
        superior: the reference of the body that leads it; empty without one.
        founded: its first day; None where nobody knows.
    """

    name: str
    kind: BodyKind
    host: str
    office: str = ""
    channel: SupervisionChannel | None = None
    superior: str = ""
    founded: date | None = None


def found_body(*, facts: BodyFacts, by: Actor, at: datetime) -> Body:
    """Set up a body.

    Raises:
        Invalid: ORG-01, ORG-03, ORG-75 for a supervisor without a channel or the reverse.
        Denied: ORG-06 when host, office or superior is no more; what ``recording`` raises.
        Conflict: ORG-02 for a name that the host has already given to a body.
    """
    columns = _columns(facts, find.local_day(at))
    body = Body(reference=new_reference("body"), **columns)
    draft = BODY_FOUNDED(
        object=body.reference,
        name=body.name,
        kind=body.kind,
        host=facts.host,
        channel=body.channel,
        date=str(facts.founded or ""),
        facts=_said(facts),
    )
    with checks.unless_taken(), recording(draft, by=by, at=at):
        body.save(force_insert=True)
    return body


def change_body(*, body: str, facts: BodyFacts, by: Actor, at: datetime) -> None:
    """Correct what is registered of a body.

    Raises:
        Invalid: ORG-01, ORG-03, ORG-66 nothing changes, ORG-75.
        Denied: ORG-06, ORG-76 when it would lead itself; what ``recording`` raises.
        Conflict: ORG-02, ORG-08.
    """
    found = find.found(Body, body)
    columns = _columns(facts, find.local_day(at))
    was, now = difference(_said(facts_of(found)), _said(facts))
    if not now and not was:
        raise tree.nothing_changes()
    draft = BODY_CHANGED(object=body, name=found.name, before=was, after=now)
    with checks.unless_taken(), recording(draft, by=by, at=at):
        find.hold(found)
        _require_not_led_by_itself(found, facts.superior)
        Body.objects.filter(number=found.number).update(**columns)


def dissolve_body(*, body: str, reform: Reform, by: Actor, at: datetime) -> None:
    """Abolish a body from a day on; all memberships end.

    Raises:
        Invalid: ORG-01, ORG-03, ORG-04 on the day of its founding, ORG-68 for members who would
            only begin.
        Denied: ORG-06 when it is no more, ORG-77 while it leads others; what ``recording``
            raises.
        Conflict: ORG-08.
    """
    reform = Reform(reform.on, checks.text(reform.document, label=zh("文号"), most=100))
    found = find.found(Body, body)
    find.require_endable(found, reform.on)
    draft = BODY_DISSOLVED(
        object=body, name=found.name, date=str(reform.on), document=reform.document
    )
    with recording(draft, by=by, at=at):
        find.hold(found)
        going_on = Q(end_date=None) | Q(end_date__gt=reform.on)
        members = BodyMember.objects.filter(going_on, body=found)
        if found.led.filter(Q(abolished_date=None) | Q(abolished_date__gt=reform.on)).exists():
            raise Denied(
                "ORG-77",
                zh("「{name}」还领导着其他机构。请先给它们改上级，再撤销。", name=found.name),
            )
        if members.filter(start_date__gte=reform.on).exists():
            raise Invalid(
                "ORG-68",
                zh("「{name}」有成员从撤销以后才开始。请先让他们退出。", name=found.name),
            )
        members.update(end_date=reform.on)
        for duty in duties.going_on(Q(body=found), reform.on):
            duties.end(duty, reform, by=by, at=at)
        Body.objects.filter(number=found.number).update(abolished_date=reform.on)


def facts_of(body: Body) -> BodyFacts:
    """Return what is registered of a body."""
    return BodyFacts(
        body.name,
        BodyKind.of(body.kind),
        body.host.reference,
        body.office.reference if body.office else "",
        SupervisionChannel.of(body.channel) if body.channel else None,
        body.superior.reference if body.superior else "",
        body.founded_date,
    )


def _said(facts: BodyFacts) -> dict[str, object]:
    return said({**asdict(facts), "kind": facts.kind.value, "channel": _channel(facts)})


def _channel(facts: BodyFacts) -> str:
    return facts.channel.value if facts.channel else ""


def _columns(facts: BodyFacts, today: date) -> dict[str, object]:
    """Return a body's columns; raises as ``found_body``."""
    if (facts.channel is not None) != (facts.kind is BodyKind.SUPERVISOR):
        raise Invalid(
            "ORG-75",
            zh("监督机构须写明监督渠道，其他机构不写。请改类别或监督渠道。"),
        )
    units = [find.found(Unit, one) for one in (facts.host, facts.office) if one]
    superior = find.found(Body, facts.superior) if facts.superior else None
    for unit in units:
        find.require_living(unit, today)
    if superior is not None:
        find.require_living(superior, today)
    return {
        "name": checks.text(facts.name, label=zh("名称"), most=100, required=True),
        "kind": facts.kind.value,
        "host": units[0],
        "office": units[1] if facts.office else None,
        "channel": _channel(facts),
        "superior": superior,
        "founded_date": facts.founded,
    }


def _require_not_led_by_itself(body: Body, superior: str) -> None:
    above = find.found(Body, superior) if superior else None
    for _ in range(_MOST_LEVELS):
        if above is None:
            return
        if above.number == body.number:
            break
        above = above.superior
    raise Denied(
        "ORG-76",
        zh(
            "「{name}」不能由它自己或它的下级机构领导，上下级也不超过 {most} 层。请另选上级机构。",
            name=body.name,
            most=_MOST_LEVELS,
        ),
    )
