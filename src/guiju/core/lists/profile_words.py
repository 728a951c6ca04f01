"""The words of profiles: the parts of which one consists, and where a version stands."""

from __future__ import annotations

from guiju.core.sentence import zh
from guiju.core.terms import Term


class ProfilePart(Term):
    """A part of a profile, as its page shows it and as it is changed."""

    NAME = "name", zh("名称")
    GRADES = "grades", zh("风险等级")
    METHODS = "methods", zh("定级方法")
    RULES = "rules", zh("规则表")
    CRITERIA = "criteria", zh("对照清单")
    MATRIX = "matrix", zh("几率乘危害")
    COUNTS = "counts", zh("风险点数量")
    FACTORS = "factors", zh("四因素加权")
    LEVELS = "levels", zh("各级的责任和监督")
    KINDS = "kinds", zh("十类以外的权力类别")
    LAYERS = "layers", zh("层级")
    DIMENSIONS = "dimensions", zh("风险来源")
    CHANNELS = "channels", zh("排查渠道")
    CHAINS = "chains", zh("审批链")
    BOUNDS = "bounds", zh("边界和周期")
    SEPARATIONS = "separations", zh("职责分离")
    LIMITS = "limits", zh("法定时限")
    PUBLICATION = "publication", zh("公开和公示")
    SEVERITIES = "severities", zh("检查的轻重")


class VersionState(Term):
    """Where a version of a body's own profile stands."""

    DRAFT = "draft", zh("草稿")
    IN_FORCE = "in_force", zh("已启用")


class Colour(Term):
    """The colours in which grades are told apart."""

    RED = "red", zh("红")
    ORANGE = "orange", zh("橙")
    YELLOW = "yellow", zh("黄")
    BLUE = "blue", zh("蓝")
    GREEN = "green", zh("绿")


class CriterionGroup(Term):
    """By what a line of the checklist looks at a risk (S4-18 to S4-20)."""

    SCOPE = "scope", zh("范围")
    POWER = "power", zh("权力")
    PROBABILITY = "probability", zh("几率")
    CONSEQUENCE = "consequence", zh("后果")
