"""The words of finding risks together (S0-14, S3-16; domain.md, section 3)."""

from __future__ import annotations

from guiju.core.sentence import zh
from guiju.core.terms import Term


class CampaignState(Term):
    """Whether people may still propose and what was proposed is still worked on."""

    OPEN = "open", zh("排查中")
    CLOSED = "closed", zh("已结束")


class ProposalState(Term):
    """What became of a proposed risk."""

    OPEN = "open", zh("待归并")
    MERGED = "merged", zh("已归并")
    REJECTED = "rejected", zh("未采纳")


class Gate(Term):
    """The four for which risks do not pass (S3-16); values as ``lint.gate`` names them."""

    COMPLETE = "complete", zh("不全面")
    THOROUGH = "thorough", zh("不彻底")
    EXACT = "exact", zh("不准确")
    PUBLIC = "public", zh("不公开")
