"""Every word of the domain: its English name in code, its Chinese label for people.

A word stands here before it is used anywhere else. Sources: the glossary of the
project's style page, the five seed documents (S0 to S4) and BPMN 2.0.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self, cast

from guiju.core.sentence import Sentence, zh


class Term(StrEnum):
    """A closed set of words; each member is its code and carries a ``label`` for people."""

    label: Sentence

    def __new__(cls, code: str, label: Sentence) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    @classmethod
    def of(cls, code: str) -> Self:
        """Return the word with this code; a KeyError for none is a fault of the program."""
        return cast("Self", cls._value2member_map_[code])  # asked for every row of a list


class NodeKind(Term):
    """What stands in a flow (BPMN 2.0 element kinds that Guiju runs)."""

    START = "start", zh("开始")
    END = "end", zh("结束")
    TERMINATE = "terminate", zh("终止")
    TASK = "task", zh("步骤")
    CALL = "call", zh("调用流程")
    SUBPROCESS = "subprocess", zh("子流程")
    EXCLUSIVE = "exclusive", zh("排他网关")
    PARALLEL = "parallel", zh("并行网关")
    INCLUSIVE = "inclusive", zh("包容网关")
    TIMER = "timer", zh("定时事件")
    MESSAGE = "message", zh("消息事件")
    LINK_THROW = "link_throw", zh("连接（去）")
    LINK_CATCH = "link_catch", zh("连接（来）")
    BOUNDARY_TIMER = "boundary_timer", zh("边界定时")


class TaskKind(Term):
    """Who or what carries out a task (BPMN 2.0, 10.3.3)."""

    PLAIN = "plain", zh("普通任务")
    USER = "user", zh("人工任务")
    MANUAL = "manual", zh("线下任务")
    SERVICE = "service", zh("自动任务")
    RULE = "rule", zh("规则任务")
    SEND = "send", zh("发送任务")
    RECEIVE = "receive", zh("接收任务")


class StepKind(Term):
    """What a step does in the exercise of a power (S1-10, domain.md FlowNode)."""

    APPLY = "apply", zh("申请")
    ACCEPT = "accept", zh("受理")
    REVIEW = "review", zh("审核")
    APPROVE = "approve", zh("审批")
    SIGN = "sign", zh("审签")
    DECIDE = "decide", zh("决定")
    DELIVER = "deliver", zh("送达")
    ARCHIVE = "archive", zh("归档")
    INSPECT = "inspect", zh("检查")
    PUBLISH = "publish", zh("公示")


class Phase(Term):
    """The four phases of every power (S3-33: 动议、决策、执行、结果)."""

    MOTION = "motion", zh("动议")
    DECISION = "decision", zh("决策")
    EXECUTION = "execution", zh("执行")
    RESULT = "result", zh("结果")


class LimitUnit(Term):
    """In what a time limit is counted."""

    HOURS = "hours", zh("小时")
    DAYS = "days", zh("天")
    WORKING_DAYS = "working_days", zh("工作日")


class SigningMode(Term):
    """How several people sign one step (design.md, the verbs of a matter)."""

    SINGLE = "single", zh("单签")
    ANY = "any", zh("或签")
    ALL = "all", zh("会签")
    SEQUENCE = "sequence", zh("顺签")
    VOTE = "vote", zh("票签")


class MoveKind(Term):
    """How one place of a trace relates to the flow."""

    SYNC = "sync", zh("相符")
    EXTRA = "extra", zh("多出")
    SKIPPED = "skipped", zh("跳过")


class Direction(Term):
    """Which way a drawn flow runs."""

    RIGHT = "right", zh("从左到右")
    DOWN = "down", zh("从上到下")


class FaultKind(Term):
    """Why a flow is not sound (engine.md, section 1)."""

    OVERFULL = "overfull", zh("同一处走到两次")
    STUCK = "stuck", zh("走不下去")
    LEFTOVER = "leftover", zh("已到结束，还有步骤没有办完")
    ENDLESS = "endless", zh("绕不出来")
    DEAD = "dead", zh("永远轮不到")


class DeviationKind(Term):
    """In what way a case left its flow, as people say it."""

    SKIPPED = "skipped", zh("跳过")
    EXTRA = "extra", zh("不在此处")
    REPEATED = "repeated", zh("重复办理")
    UNKNOWN = "unknown", zh("流程里没有")
    EARLY = "early", zh("提前办理")
    LATE = "late", zh("推后办理")


class Template(Term):
    """What may be asked of one step (A) or of two (A and B)."""

    ABSENCE = "absence", zh("不得出现")
    EXISTENCE = "existence", zh("必须出现")
    EXACTLY = "exactly", zh("恰好几次")
    INIT = "init", zh("首步")
    LAST = "last", zh("末步")
    RESPONSE = "response", zh("其后必有")
    PRECEDENCE = "precedence", zh("其前必有")
    SUCCESSION = "succession", zh("前后相随")
    ALTERNATE_RESPONSE = "alternate_response", zh("交替其后必有")
    ALTERNATE_PRECEDENCE = "alternate_precedence", zh("交替其前必有")
    ALTERNATE_SUCCESSION = "alternate_succession", zh("交替相随")
    CHAIN_RESPONSE = "chain_response", zh("紧接其后必有")
    CHAIN_PRECEDENCE = "chain_precedence", zh("紧接其前必有")
    CHAIN_SUCCESSION = "chain_succession", zh("紧接相随")
    RESPONDED_EXISTENCE = "responded_existence", zh("有此必有彼")
    COEXISTENCE = "coexistence", zh("同有同无")
    NOT_COEXISTENCE = "not_coexistence", zh("不得并存")
    NOT_SUCCESSION = "not_succession", zh("其后不得有")
    NOT_CHAIN_SUCCESSION = "not_chain_succession", zh("不得紧接")


class Standing(Term):
    """What a monitor says of the events so far."""

    SATISFIED = "satisfied", zh("满足")
    PENDING = "pending", zh("待定")
    VIOLATED = "violated", zh("违反")


class Occurrence(Term):
    """From which of several occurrences of a step a limit is counted."""

    EACH = "each", zh("每次")
    FIRST = "first", zh("首次")
    LAST = "last", zh("末次")


class RuleKind(Term):
    """The kinds of rules that are no order templates."""

    FOUR_EYES = "four_eyes", zh("分人办理")
    MIN_PEOPLE = "min_people", zh("最少人数")
    PERFORMERS = "performers", zh("限定办理人")
    LIMIT = "limit", zh("时限")


class FindingKind(Term):
    """What a guard says of an act (design.md, "Verdict")."""

    DENY = "deny", zh("不得办理")
    HOLD = "hold", zh("待授权")
    ALERT = "alert", zh("预警")


class StepState(Term):
    """How far a matter has come at a step of its flow, as the flow's picture shows it."""

    DONE = "done", zh("已完成")
    NOW = "now", zh("办理中")
    NEXT = "next", zh("下一步")
    DEVIATING = "deviating", zh("与流程不符")


class SealedItem(Term):
    """What is sealed about a person and opened one at a time (个人信息保护法第28条)."""

    ID_NUMBER = "id_number", zh("证件号码")
    PHONE = "phone", zh("电话")
    DECLARATION = "declaration", zh("申报事项")
    CONTACT = "contact", zh("异议人的联系方式")
    EVENT = "event", zh("记录里的个人信息")


class WitnessState(Term):
    """How a witness of the record last behaved."""

    NEW = "new", zh("尚未见证")
    AGREEING = "agreeing", zh("正常见证")
    SILENT = "silent", zh("没有回应")
    DISAGREEING = "disagreeing", zh("不认可")
    RETIRED = "retired", zh("已停用")


class Permission(Term):
    """What may be allowed to a person (security.md, section 2); ``core.access`` says to whom."""

    PUBLIC = "public", zh("所有人")
    HELP_READ = "help.read", zh("看帮助和界面样例")
    INBOX_USE = "inbox.use", zh("用自己的工作台")
    OWN_ACCOUNT = "account.own", zh("管自己的账号和登录")
    DELEGATE_OWN = "delegation.own", zh("委托代办自己的岗位")
    DECLARE_OWN = "declaration.own", zh("申报本人的亲属和利害关系")
    ORG_READ = "org.read", zh("看单位、岗位和机构")
    ORG_EDIT = "org.edit", zh("改单位和岗位")
    ORG_IMPORT = "org.import", zh("导入组织表")
    ORG_EXPORT = "org.export", zh("导出组织表")
    PERSON_READ = "person.read", zh("看人员和任职")
    PERSON_EDIT = "person.edit", zh("改人员")
    SEALED_READ = "sealed.read", zh("看密封的个人信息")
    SEALED_BAR = "sealed.bar", zh("暂不告知本人谁看过")
    APPOINT = "appointment.edit", zh("任免")
    DELEGATE = "delegation.edit", zh("替他人办理委托")
    BODY_EDIT = "body.edit", zh("改领导小组等机构")
    ROTATION_READ = "rotation.read", zh("看轮岗到期、空缺和集中")
    TASK_ASSIGN = "task.assign", zh("交办任务")
    RECORD_READ = "record.read", zh("看记录")
    FILES_READ = "files.read", zh("看收存的文件")
    FILES_ADD = "files.add", zh("收存文件")
    ACCOUNT_READ = "account.read", zh("看账号和登录情况")
    ACCOUNT_EDIT = "account.edit", zh("开设、停用账号")
    ROLE_GRANT = "role.grant", zh("授予、收回角色")
    SESSION_REVOKE = "session.revoke", zh("收回他人的登录")
    MATRIX_READ = "matrix.read", zh("看权限表")
    HEALTH_READ = "health.read", zh("看系统运行状况")
    CALENDAR_EDIT = "calendar.edit", zh("载入节假日通知")
    VIEW_SHARE = "view.share", zh("把列表视图给所有读者用")
    LISTS_READ = "lists.read", zh("看清单")
    LISTS_EDIT = "lists.edit", zh("编制清单")
    LISTS_SIGN = "lists.sign", zh("审签交给自己的清单")
    LISTS_SUSPEND = "lists.suspend", zh("暂停、恢复、废止清单")
    RISK_REPORT = "risk.report", zh("排查并提出风险")
    CAMPAIGN_RUN = "campaign.run", zh("组织风险排查")
    PROFILE_EDIT = "profile.edit", zh("改清单的配置")


class Role(Term):
    """In what capacity a person uses the product (design.md, section 1, "Who uses it")."""

    STAFF = "staff", zh("干部职工")
    LEADER = "leader", zh("单位领导")
    ORG_KEEPER = "org_keeper", zh("组织人事管理员")
    LIST_KEEPER = "list_keeper", zh("清单编制员")
    SUPERVISOR = "supervisor", zh("监督人员")
    SYSTEM_ADMIN = "system_admin", zh("系统管理员")
    SECURITY_ADMIN = "security_admin", zh("安全管理员")
    AUDIT_ADMIN = "audit_admin", zh("审计管理员")
