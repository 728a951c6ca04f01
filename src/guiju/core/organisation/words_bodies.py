"""Words for groups that span units, for what people declare, and for how units change."""

from __future__ import annotations

from guiju.core.sentence import zh
from guiju.core.terms import Term


class BodyKind(Term):
    """What kind of group a body is (S0-37, S2-58, S2-74 to S2-79, S4-12)."""

    LEADING_GROUP = "leading_group", zh("领导小组")
    COORDINATION_GROUP = "coordination_group", zh("协调小组")
    JOINT_CONFERENCE = "joint_conference", zh("联席会议")
    COMMITTEE = "committee", zh("委员会")
    LEADERSHIP = "leadership", zh("领导班子")
    SUPERVISOR = "supervisor", zh("监督机构")


class SupervisionChannel(Term):
    """The eight channels of supervision, in the order of S2 (监督主体, S2-57)."""

    PEER = "peer", zh("同级监督")
    PARTY = "party", zh("党内监督")
    ASSEMBLY = "assembly", zh("人大监督")
    ADMINISTRATIVE = "administrative", zh("行政监督")
    CONSULTATIVE = "consultative", zh("政协监督")
    JUDICIAL = "judicial", zh("司法监督")
    OPINION = "opinion", zh("舆论监督")
    SOCIAL = "social", zh("社会监督")


class MemberRole(Term):
    """As what a person or unit belongs to a body (S2-78, S4-12 form 1)."""

    CHAIR = "chair", zh("组长")
    VICE_CHAIR = "vice_chair", zh("副组长")
    MEMBER = "member", zh("成员")
    OFFICE_HEAD = "office_head", zh("办公室主任")
    OFFICE_STAFF = "office_staff", zh("办公室成员")
    LEAD_UNIT = "lead_unit", zh("牵头单位")
    MEMBER_UNIT = "member_unit", zh("成员单位")
    LIAISON_OFFICE = "liaison_office", zh("联络机构")
    LIAISON = "liaison", zh("联络员")
    OBSERVER = "observer", zh("社会监督员")


class InterestKind(Term):
    """What somebody declares of himself, to be kept sealed."""

    SPOUSE = "spouse", zh("配偶")
    CHILD = "child", zh("子女及其配偶")
    PARENT = "parent", zh("父母")
    RELATIVE = "relative", zh("其他近亲属")
    SHARES = "shares", zh("投资持股")
    SIDE_POST = "side_post", zh("兼职")
    OTHER = "other", zh("其他利害关系")


FAMILY = frozenset(
    {InterestKind.SPOUSE, InterestKind.CHILD, InterestKind.PARENT, InterestKind.RELATIVE}
)
"""What is declared of relatives (公务员法第74条)."""


class SuccessionKind(Term):
    """How one unit followed another."""

    MERGED = "merged", zh("合并")
    SPLIT = "split", zh("分设")
    DISSOLVED = "dissolved", zh("撤销")


class StandIn(Term):
    """In what way somebody acts in a post on a day."""

    HOLDER = "holder", zh("任职")
    ACTING = "acting", zh("代理或主持")
    DELEGATE = "delegate", zh("受托代办")


class RotationState(Term):
    """How far somebody is in the longest tenure of a post (S0-09)."""

    WITHIN = "within", zh("未到期")
    SOON = "soon", zh("将到期")
    OVERDUE = "overdue", zh("已超期")
