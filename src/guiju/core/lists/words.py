"""The closed sets of words in which the lists are told (domain.md, section 1).

What differs from body to body (labels, which channels, which kinds beyond the official
ten) is data of a profile; the words themselves are the union of all five sources.
"""

from __future__ import annotations

from guiju.core.sentence import zh
from guiju.core.terms import Term


class ItemKind(Term):
    """The tables of an edition."""

    POWER = "power", zh("权力")
    BASIS = "basis", zh("依据")
    DUTY = "duty", zh("责任事项")
    ACCOUNTABILITY = "accountability", zh("追责情形")
    NEGATIVE = "negative", zh("负面清单")
    FLOW = "flow", zh("流程")
    RISK = "risk", zh("风险")
    CONTROL = "control", zh("防控措施")
    STANDARD = "standard", zh("裁量基准")


class EditionState(Term):
    """Where an edition stands (domain.md, section 3)."""

    DRAFT = "draft", zh("起草")
    IN_REVIEW = "in_review", zh("审核中")
    APPROVED = "approved", zh("已批准")
    PUBLIC_NOTICE = "public_notice", zh("公示中")
    EFFECTIVE = "effective", zh("生效")
    SUPERSEDED = "superseded", zh("已被替代")
    SUSPENDED = "suspended", zh("暂停")
    REPEALED = "repealed", zh("废止")
    GIVEN_UP = "given_up", zh("已放弃")


class PowerKind(Term):
    """The ten official kinds (S2-11) and those that county, bureau and school add."""

    LICENCE = "licence", zh("行政许可")
    PENALTY = "penalty", zh("行政处罚")
    COERCION = "coercion", zh("行政强制")
    LEVY = "levy", zh("行政征收")
    PAYMENT = "payment", zh("行政给付")
    INSPECTION = "inspection", zh("行政检查")
    CONFIRMATION = "confirmation", zh("行政确认")
    REWARD = "reward", zh("行政奖励")
    RULING = "ruling", zh("行政裁决")
    OTHER = "other", zh("其他权力")


class Side(Term):
    """Towards whom a power is used (S3-05)."""

    EXTERNAL = "external", zh("对外")
    INTERNAL = "internal", zh("对内")


class Layer(Term):
    """At which layer of a unit a power or risk lies (S3-04, S3-15; S0-17)."""

    UNIT = "unit", zh("单位")
    LEADER = "leader", zh("班子成员")
    POST = "post", zh("岗位")
    PERSON = "person", zh("个人")


class PowerState(Term):
    """Whether a power may be used (epower QL_State)."""

    IN_USE = "in_use", zh("在用")
    SUSPENDED = "suspended", zh("挂起")
    REPEALED = "repealed", zh("废止")


class SubjectState(Term):
    """By what title the subject holds the power (epower QL_DepState)."""

    STATUTORY = "statutory", zh("法定")
    AUTHORISED = "authorised", zh("授权")
    ENTRUSTED = "entrusted", zh("受委托")


class AdminLevel(Term):
    """At which level of government a power is used."""

    PROVINCE = "province", zh("省级")
    CITY = "city", zh("市级")
    COUNTY = "county", zh("县级")
    TOWNSHIP = "township", zh("乡级")


class Attention(Term):
    """How much the public looks at a power (S1-13, S1-14)."""

    HIGH = "high", zh("高")
    SOME = "some", zh("一般")
    LITTLE = "little", zh("低")


class BasisLevel(Term):
    """What sort of document a power rests on (S3-03, K12)."""

    LAW = "law", zh("法律")
    REGULATION = "regulation", zh("法规")
    RULE = "rule", zh("规章")
    NORMATIVE = "normative", zh("规范性文件")
    STAFFING_PLAN = "staffing_plan", zh("三定方案")
    INTERNAL = "internal", zh("内部制度")


class BasisStatus(Term):
    """Whether a document is in force."""

    IN_FORCE = "in_force", zh("现行")
    AMENDED = "amended", zh("已修正")
    REPEALED = "repealed", zh("已废止")


class DutyKind(Term):
    """At which point of a power a duty falls due (lists of 广元, 成安)."""

    FILING = "filing", zh("立案")
    ACCEPTANCE = "acceptance", zh("受理")
    EXAMINATION = "examination", zh("审查")
    DECISION = "decision", zh("决定")
    DELIVERY = "delivery", zh("送达")
    SUPERVISION = "supervision", zh("事后监管")
    OTHER = "other", zh("其他")


class Stage(Term):
    """Before, during or after (S3-34)."""

    BEFORE = "before", zh("事前")
    DURING = "during", zh("事中")
    AFTER = "after", zh("事后")


class RiskSpot(Term):
    """What sort of spot a risk is (S3-14)."""

    LIKELY = "likely", zh("易发点")
    DANGEROUS = "dangerous", zh("危险点")
    WEAK = "weak", zh("薄弱点")


class Matter(Term):
    """From which sort of matter a risk is looked for (S4-15)."""

    DECISION = "decision", zh("决策事项")
    EXECUTION = "execution", zh("执行事项")
    SUPERVISION = "supervision", zh("监督事项")
    ADMINISTRATION = "administration", zh("行政管理事项")


class Dimension(Term):
    """From what a risk comes: the union of S0-16, S4-22 and S4-26 (K6)."""

    MORALS = "morals", zh("思想道德")
    DUTIES = "duties", zh("岗位职责")
    SYSTEM = "system", zh("制度机制")
    PROCESS = "process", zh("业务流程")
    SURROUNDINGS = "surroundings", zh("外部环境")


class Channel(Term):
    """Who found a risk: the union of the five variants of 自己找… (K5)."""

    SELF = "self", zh("自查")
    MUTUAL = "mutual", zh("互查")
    PUBLIC = "public", zh("群众提")
    LEADER = "leader", zh("领导提")
    ORGANISATION = "organisation", zh("组织评")
    COLLECTIVE = "collective", zh("集体定")
    REVIEW = "review", zh("组织审")
    OUTSIDE = "outside", zh("外部")


class GradeMethod(Term):
    """How a grade is found (K2)."""

    RULES = "rules", zh("规则表")
    CHECKLIST = "checklist", zh("对照清单")
    MATRIX = "matrix", zh("几率乘危害")
    COUNT = "count", zh("按风险点数量")
    FACTORS = "factors", zh("四因素加权")


class RiskState(Term):
    """Where a risk stands (domain.md, section 3)."""

    PROPOSED = "proposed", zh("已提出")
    CONSOLIDATED = "consolidated", zh("已归并")
    GRADED = "graded", zh("已定级")
    UNDER_CONTROL = "under_control", zh("已防控")
    MONITORED = "monitored", zh("监测中")
    REGRADE_DUE = "regrade_due", zh("待重新定级")
    CLOSED = "closed", zh("已关闭")


class Means(Term):
    """By what a control works (S3-17, S4-30, S1-23 to S1-26, S4-33)."""

    DIVIDE = "divide", zh("分权")
    SHOW = "show", zh("示权")
    RESTRAIN = "restrain", zh("控权")
    SYSTEM = "system", zh("制度")
    EDUCATION = "education", zh("教育")
    TECHNOLOGY = "technology", zh("技术")
    PUBLICITY = "publicity", zh("公开")
    SUPERVISION = "supervision", zh("监督")
    ACCOUNTABILITY = "accountability", zh("问责")
    DISCRETION = "discretion", zh("限制裁量")


class ControlPhase(Term):
    """When a control works (S4-01)."""

    PREVENT = "prevent", zh("前期预防")
    WATCH = "watch", zh("中期监控")
    HANDLE = "handle", zh("后期处置")


class ControlState(Term):
    """Where a control stands (domain.md, section 3)."""

    DRAFTED = "drafted", zh("起草")
    FILED = "filed", zh("已备案")
    ACTIVE = "active", zh("执行中")
    RECTIFYING = "rectifying", zh("整改中")
    RETIRED = "retired", zh("已停用")


class Audience(Term):
    """To whom something is published (K8)."""

    INTERNAL = "internal", zh("内部")
    UNIT = "unit", zh("本单位")
    SYSTEM = "system", zh("系统内")
    SOCIETY = "society", zh("社会")


class PeriodUnit(Term):
    """In what the limits and rhythms of the lists are counted."""

    DAYS = "days", zh("天")
    WORKING_DAYS = "working_days", zh("个工作日")
    MONTHS = "months", zh("个月")
    YEARS = "years", zh("年")


class AmountUnit(Term):
    """In what a discretion or a fee is counted; amounts are whole hundredths of it."""

    YUAN = "yuan", zh("元")
    TIMES = "times", zh("倍")
    PERCENT = "percent", zh("%")
    DAYS = "days", zh("日")


class ReviewVerdict(Term):
    """What a clean-up decides of a power (S2-12: 清理)."""

    KEEP = "keep", zh("保留")
    CANCEL = "cancel", zh("取消")
    DEVOLVE = "devolve", zh("下放")
    MERGE = "merge", zh("整合")
    TRANSFER = "transfer", zh("转移")


class Severity(Term):
    """What a finding of the lint asks for (lint.md)."""

    ERROR = "error", zh("错误")
    WARNING = "warning", zh("警告")
    HINT = "hint", zh("提示")


class Alteration(Term):
    """What happened to an item from one edition to the next."""

    ADDED = "added", zh("新增")
    CHANGED = "changed", zh("变更")
    RENUMBERED = "renumbered", zh("改号")
    REMOVED = "removed", zh("删除")
