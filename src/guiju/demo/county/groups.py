"""The example's bodies: a leading group, the joint conference, supervisors of the 8 channels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from guiju.base.org.actions.bodies import BodyFacts, found_body
from guiju.base.org.actions.members import Seating, add_member
from guiju.base.record.actor import Actor
from guiju.core.organisation.words_bodies import BodyKind, MemberRole, SupervisionChannel
from guiju.demo.county.roster import Roster

CONFERENCE = "权力运行大监督工作格局联席会议"
UNNAMED_LIAISON = (CONFERENCE, "MZJ")
"""The body, and its member unit without a liaison: a vacancy for the product to find."""

_FOUNDED = date(2019, 5, 20)
_SINCE = date(2026, 9, 1)
"""From when the members are named: everybody is in their post by then."""


@dataclass(frozen=True, slots=True)
class Group:
    """A body as it is written down here; posts stand for their holders.

    Attributes:
        under: the body, by name, that leads it.
        people: posts by role.
        units: units by role.
    """

    name: str
    kind: BodyKind
    host: str
    office: str = ""
    channel: SupervisionChannel | None = None
    under: str = ""
    people: tuple[tuple[MemberRole, tuple[str, ...]], ...] = ()
    units: tuple[tuple[MemberRole, tuple[str, ...]], ...] = ()


def _channel(channel: SupervisionChannel, lead: str, *members: str) -> Group:
    return Group(
        f"{channel.label}工作组",
        BodyKind.SUPERVISOR,
        lead,
        channel=channel,
        under=CONFERENCE,
        units=((MemberRole.LEAD_UNIT, (lead,)), (MemberRole.MEMBER_UNIT, members)),
    )


def _leadership(name: str, host: str, chair: str, *members: str) -> Group:
    """Return a body that decides together: its chair, the first of the others, the members."""
    people = ((MemberRole.CHAIR, (chair,)), (MemberRole.VICE_CHAIR, members[:1]))
    return Group(
        name, BodyKind.LEADERSHIP, host, people=(*people, (MemberRole.MEMBER, members[1:]))
    )


_LEADING = "党风廉政建设领导小组"
_LIAISONS = {
    "ZZB": "ZZB-04",
    "XCB": "XCB-03",
    "ZFW": "ZFW-03",
    "ZFB": "ZFB-03",
    "SJJ": "SJJ-04",
    "CZJ": "CZJ-05",
    "FGJ": "FGJ-04",
    "SFJ": "SFJ-03",
    "ZJJ": "ZJJ-03",
    "JYJ": "JYJ-04",
    "XJW": "XJW-03",
    "PZ3": "PZ3-03",
    "MZJ": "MZJ-03",
    "XW": "XW-02",
    "XRD": "XRD-02",
    "XZX": "XZX-02",
}
"""The post whose holder speaks for a unit."""

_OF_CONFERENCE = ("ZZB", "XCB", "ZFW", "ZFB", "SJJ", "CZJ", "FGJ", "SFJ", "ZJJ", "JYJ", "MZJ")

GROUPS = (
    Group(
        _LEADING,
        BodyKind.LEADING_GROUP,
        "XW",
        office="XJW",
        people=(
            (MemberRole.CHAIR, ("XW-01",)),
            (MemberRole.VICE_CHAIR, ("XZF-01", "XJW-01")),
            (MemberRole.MEMBER, ("ZZB-01", "XZF-02", "ZFB-01", "CZJ-01", "SJJ-01")),
            (MemberRole.OFFICE_HEAD, ("XJW-02",)),
            (MemberRole.OFFICE_STAFF, ("XJW-03", "XJW-04")),
        ),
    ),
    Group(
        CONFERENCE,
        BodyKind.JOINT_CONFERENCE,
        "XW",
        office="XJW",
        under=_LEADING,
        people=((MemberRole.CHAIR, ("XJW-01",)),),
        units=(
            (MemberRole.LEAD_UNIT, ("XJW",)),
            (MemberRole.MEMBER_UNIT, _OF_CONFERENCE),
        ),
    ),
    _leadership("中共示例县委常务委员会", "XW", "XW-01", "XW-02"),
    _leadership("示例县人民政府常务会议", "XZF", "XZF-01", "XZF-02", "XZF-03", "XZF-04"),
    _leadership("中共示例县教育局委员会", "JYJ", "JYJ-01", "JYJ-02", "JYJ-03"),
    _channel(SupervisionChannel.PEER, "XJW", "PZ3"),
    _channel(SupervisionChannel.PARTY, "XW", "XJW", "ZZB"),
    _channel(SupervisionChannel.ASSEMBLY, "XRD"),
    _channel(SupervisionChannel.ADMINISTRATIVE, "ZFB", "SJJ", "SFJ", "FGJ", "CZJ"),
    _channel(SupervisionChannel.CONSULTATIVE, "XZX"),
    _channel(SupervisionChannel.JUDICIAL, "ZFW", "SFJ"),
    _channel(SupervisionChannel.OPINION, "XCB", "XJW"),
    _channel(SupervisionChannel.SOCIAL, "ZZB", "XJW", "MZJ"),
    Group(
        "教育局廉政风险防控工作领导小组",
        BodyKind.LEADING_GROUP,
        "JYJ",
        office="JYJ",
        people=(
            (MemberRole.CHAIR, ("JYJ-01",)),
            (MemberRole.VICE_CHAIR, ("JYJ-02", "JYJ-03")),
            (MemberRole.MEMBER, ("JYJ-05", "JYJ-06", "JYJ-JC-01")),
            (MemberRole.OFFICE_HEAD, ("JYJ-04",)),
        ),
    ),
)


def found_groups(roster: Roster, *, by: Actor, at: datetime) -> None:
    """Set the bodies up and seat their members."""
    made: dict[str, str] = {}
    for group in GROUPS:
        facts = BodyFacts(
            group.name,
            group.kind,
            roster.unit(group.host).reference,
            office=roster.unit(group.office).reference if group.office else "",
            channel=group.channel,
            superior=made.get(group.under, ""),
            founded=_FOUNDED,
        )
        made[group.name] = found_body(facts=facts, by=by, at=at).reference
        for seating in _seatings(group, roster):
            add_member(body=made[group.name], seating=seating, start=_SINCE, end=None, by=by, at=at)


def _seatings(group: Group, roster: Roster) -> Iterator[Seating]:
    for role, codes in group.units:
        yield from (Seating(role, unit=roster.unit(code).reference) for code in codes)
    for role, codes in group.people:
        yield from (_seat(role, code, roster) for code in codes)
    for unit in (code for _, codes in group.units for code in codes):
        if (group.name, unit) != UNNAMED_LIAISON:
            reference = roster.unit(unit).reference
            yield _seat(MemberRole.LIAISON, _LIAISONS[unit], roster, unit=reference)


def _seat(role: MemberRole, post: str, roster: Roster, *, unit: str = "") -> Seating:
    shown, holder = roster.post(post), roster.holder(post)
    return Seating(role, person=holder.person, unit=unit, post=shown.reference)
