"""How the columns of event tables are called, in English and in Chinese."""

from __future__ import annotations

import re
from collections.abc import Sequence

from guiju.core.sentence import Sentence, zh

CASE, ACTIVITY, TIME, PERSON = "case", "activity", "time", "person"

LABELS: dict[str, Sentence] = {
    CASE: zh("案件编号"),
    ACTIVITY: zh("步骤"),
    TIME: zh("办理时间"),
    PERSON: zh("办理人"),
}

TIERS: dict[str, tuple[str, ...]] = {
    CASE: (
        "case:concept:name",
        (
            "case id, case, case number, case no, case identifier, trace id, process instance id, "
            "案件编号, 案件号, 案号, 案卷编号, 案件ID, 办件编号, 办件号, 办件ID, 业务编号, 业务号, "
            "受理编号, 受理号, 申请编号, 申请号, 项目编号, 工单编号, 工单号, 实例编号, 流程实例ID, "
            "单据编号, 单据号, 报销单号, 单号, 收件编号"
        ),
        "流水号, 业务流水号, 办件流水号, 编号",
    ),
    ACTIVITY: (
        "concept:name",
        (
            "activity, activity name, activity label, 环节名称, 环节, 办理环节, 流程环节, "
            "审批环节, 业务环节, 步骤, 步骤名称, 办理步骤, 活动, 活动名称, 节点, 节点名称, 流程节点"
        ),
        (
            "event, event name, task, task name, step, step name, 任务, 任务名称, 事件, 事件名称, "
            "操作, 操作名称, 办理动作"
        ),
    ),
    TIME: (
        "time:timestamp",
        (
            "办理时间, 处理时间, 操作时间, 环节完成时间, 审批时间, 审核时间, 发生时间, 办理日期, "
            "处理日期"
        ),
        (
            "complete timestamp, completion time, complete time, end time, end timestamp, "
            "完成时间, 结束时间, 完成日期"
        ),
        "timestamp, event time, time, date time, date, 时间, 时间戳, 日期时间, 日期",
        "start timestamp, start time, 开始时间, 办结时间",
    ),
    PERSON: (
        "org:resource",
        (
            "办理人, 办理人员, 办理人姓名, 经办人, 经办人员, 经办人姓名, 处理人, 处理人员, 操作人, "
            "操作人员, 操作员, 执行人, 承办人, 承办人员, 审批人, 审核人, 办事员"
        ),
        (
            "resource, user, user name, operator, performer, assignee, handler, actor, employee, "
            "人员, 用户"
        ),
    ),
}
"""For each role tiers of names, the surest first."""

BLANKS = (
    " \t\n\v\f\r\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""What counts as blank, said once because Python and Polars do not quite agree."""

_NOISE = re.compile(r"[\s_\-.:：/()（）#＃*]+")


def plain(name: str) -> str:
    """Return ``name`` without case, blanks and punctuation, for comparing headers."""
    return _NOISE.sub("", name.casefold())


_RANKS = {
    role: {plain(name): rank for rank, tier in enumerate(tiers) for name in tier.split(", ")}
    for role, tiers in TIERS.items()
}


def named_like(role: str, headers: Sequence[str], free: Sequence[int]) -> list[int]:
    """Return which of the ``free`` columns carry the surest names for ``role``, in file order."""
    ranks = {
        column: rank
        for column in free
        if (rank := _RANKS[role].get(plain(headers[column]))) is not None
    }
    best = min(ranks.values(), default=None)
    return [column for column, rank in ranks.items() if rank == best]
