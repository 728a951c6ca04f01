"""What the API says of the organisation; names are part of the contract and never change."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema

from guiju.core.organisation.words import (
    AppointmentKind,
    Function,
    LeaderLevel,
    PartyStanding,
    Profile,
    ResponsibilityKind,
    Shell,
    UnitKind,
)
from guiju.core.organisation.words_bodies import (
    BodyKind,
    MemberRole,
    RotationState,
    StandIn,
    SuccessionKind,
    SupervisionChannel,
)


class Named(Schema):
    """Something with its reference and name."""

    reference: str
    name: str


class UnitRow(Schema):
    """A unit in the list."""

    reference: str
    code: str
    name: str
    kind: UnitKind
    parent: str
    is_key: bool
    founded: date | None
    abolished: date | None
    posts: int
    vacant: int


class UnitBrief(Schema):
    """A unit where others name it."""

    reference: str
    code: str
    name: str
    short_name: str
    kind: UnitKind
    is_key: bool
    founded: date | None
    abolished: date | None


class TreeUnit(Schema):
    """A unit of the tree, as it was on the day; ``above`` is the reference of its parent."""

    reference: str
    above: str
    code: str
    name: str
    kind: UnitKind
    is_key: bool
    posts: int
    vacant: int


class HolderOut(Schema):
    """Somebody in a post; no reference where the reader may not open the person."""

    post: str
    person: str
    name: str
    how: StandIn
    kind: AppointmentKind | None
    start: date
    end: date | None
    source: str
    functions: list[Function]


class PostBrief(Schema):
    """A post with those who hold it and those who stand in."""

    reference: str
    code: str
    name: str
    unit: str
    unit_name: str
    level: LeaderLevel | None
    is_key: bool
    years: int | None
    functions: list[Function]
    barred: list[Function]
    founded: date | None
    abolished: date | None
    holders: list[HolderOut]


class Version(Schema):
    """What a unit was called, and under which unit it stood."""

    name: str
    short_name: str
    parent: str
    start: date | None
    end: date | None


class SuccessionOut(Schema):
    """A unit that came before or after."""

    reference: str
    name: str
    kind: SuccessionKind
    day: date
    document: str


class UnitOut(Schema):
    """A unit."""

    unit: UnitBrief
    area_code: str
    credit_code: str
    profile: Profile | None
    line: list[Named]
    below: list[UnitBrief]
    posts: list[PostBrief]
    versions: list[Version]
    before: list[SuccessionOut]
    after: list[SuccessionOut]
    shell: Shell


class ResponsibleOut(Schema):
    """Who answers for a unit."""

    unit: str
    led_by: str
    led_by_name: str
    is_vacant: bool
    first: list[PostBrief]
    direct: list[PostBrief]
    posts: list[PostBrief]


class PostRow(Schema):
    """A post in the list."""

    reference: str
    code: str
    name: str
    unit: str
    unit_name: str
    level: LeaderLevel | None
    is_key: bool
    years: int | None
    holders: list[HolderOut]


class Term(Schema):
    """One term in the history of a post."""

    appointment: str
    person: str
    name: str
    kind: AppointmentKind
    start: date
    end: date | None
    document: str


class Incompatible(Schema):
    """A post that nobody may hold together with this one."""

    reference: str
    name: str
    reason: str


class DelegationOut(Schema):
    """A delegation."""

    reference: str
    post: str
    post_name: str
    principal: str
    principal_name: str
    delegate: str
    delegate_name: str
    first: date
    last: date
    functions: list[Function]
    reason: str
    revoked: datetime | None


class PostOut(Schema):
    """A post."""

    post: PostBrief
    duties: str
    incompatible: list[Incompatible]
    history: list[Term]
    delegations: list[DelegationOut]


class PersonRow(Schema):
    """A person in the list."""

    reference: str
    code: str
    name: str
    rank: str
    standing: PartyStanding | None
    home: str
    home_name: str
    left: date | None
    posts: list[str]


class PersonBrief(Schema):
    """A person."""

    reference: str
    code: str
    name: str
    rank: str
    standing: PartyStanding | None
    home: str
    home_name: str
    left: date | None
    is_erased: bool


class PersonTerm(Schema):
    """An appointment of a person."""

    reference: str
    post: str
    post_name: str
    unit: str
    unit_name: str
    kind: AppointmentKind
    responsibility: ResponsibilityKind | None
    start: date
    end: date | None
    document: str


class Membership(Schema):
    """That somebody belongs to a body."""

    reference: str
    body: str
    body_name: str
    role: MemberRole
    start: date
    end: date | None


class PersonOut(Schema):
    """A person with appointments; of what is sealed only that it is there."""

    person: PersonBrief
    has_id_number: bool
    has_phone: bool
    interests: int
    terms: list[PersonTerm]
    delegations: list[DelegationOut]
    memberships: list[Membership]


class BodyRow(Schema):
    """A body in the list."""

    reference: str
    name: str
    kind: BodyKind
    channel: SupervisionChannel | None
    host: str
    office: str
    superior: str
    members: int
    unlinked: int


class BodyBrief(Schema):
    """A body."""

    reference: str
    name: str
    kind: BodyKind
    channel: SupervisionChannel | None
    host: str
    host_name: str
    office: str
    office_name: str
    founded: date | None
    abolished: date | None


class Member(Schema):
    """A member of a body."""

    reference: str
    role: MemberRole
    person: str
    person_name: str
    unit: str
    unit_name: str
    post_name: str
    start: date
    end: date | None


class BodyOut(Schema):
    """A body with its members."""

    body: BodyBrief
    members: list[Member]
    former: list[Member]
    unlinked: list[Member]
    line: list[Named]
    led: list[Named]


class DueRow(Schema):
    """A tenure near its end or over."""

    person: str
    name: str
    post: str
    post_name: str
    unit_name: str
    is_key: bool
    years: int
    since: date
    due: date
    state: RotationState


class MuchRow(Schema):
    """Somebody who holds much."""

    person: str
    name: str
    posts: list[Named]
    key_posts: int
    functions: list[Function]


class KeyUnits(Schema):
    """The key units."""

    units: list[Named]
