"""The words of approvals: what goes through a chain, who signs, how it ends (K4)."""

from __future__ import annotations

from guiju.core.sentence import zh
from guiju.core.terms import Term


class ChainObject(Term):
    """What is put before those who sign."""

    LISTS = "lists", zh("四单")
    CONTROLS = "controls", zh("内控和防控措施")
    SELF_CHECK = "self_check", zh("风险自查表")


class SignAction(Term):
    """What a step of a chain does (K4)."""

    EXAMINE = "examine", zh("审核")
    DECIDE = "decide", zh("审定")
    APPROVE = "approve", zh("批准")
    FILE = "file", zh("备案")


class SignerRole(Term):
    """As what somebody signs; who that is, is found on the day."""

    OWN_HEAD = "own_head", zh("本部门负责人")
    HEAD = "head", zh("本单位主要领导")
    DEPUTY = "deputy", zh("本单位分管领导")
    SUPERIOR_HEAD = "superior_head", zh("上级主要领导")
    SUPERIOR_DEPUTY = "superior_deputy", zh("上级分管领导")
    BODY = "body", zh("集体机构")
    BODY_OFFICE = "body_office", zh("机构的办公室")
    DUTY = "duty", zh("法定职责承担单位")


class ReviewState(Term):
    """Where one passage of an edition through its chain stands."""

    OPEN = "open", zh("审签中")
    PASSED = "passed", zh("已通过")
    RETURNED = "returned", zh("已退回")
    WITHDRAWN = "withdrawn", zh("已撤回")
    STOPPED = "stopped", zh("因异议退回")


class ObjectionState(Term):
    """Where an objection raised during public notice stands."""

    OPEN = "open", zh("待答复")
    DISMISSED = "dismissed", zh("不成立")
    UPHELD = "upheld", zh("成立")
