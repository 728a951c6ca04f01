"""The flow of a made-up licensing power, its posts, and who holds them.

Shaped after the steps that the Administrative Licensing Law demands (行政许可法 arts. 32,
34, 37, 42, 44): acceptance, correction, examination, site inspection, decision, delivery.
"""

from __future__ import annotations

from guiju.core.flow.model import Edge, Flow, Limit, Node, Signing
from guiju.core.terms import LimitUnit, NodeKind, Phase, SigningMode, StepKind

WINDOW, CLERK, SURVEYOR, CHIEF = "窗口岗", "审核岗", "勘验岗", "科长岗"
LEADER, BOARD = "分管领导岗", "领导班子"

STAFF = {
    WINDOW: ("王晓燕", "李国庆", "陈志敏"),
    CLERK: ("赵文博", "孙丽华", "周建军", "吴海涛"),
    SURVEYOR: ("郑天明", "冯雅琴"),
    CHIEF: ("蒋卫东", "沈玉兰"),
    LEADER: ("韩正平",),
    BOARD: ("杨立新", "韩正平", "朱秀英", "秦明远", "尤佳宁"),
}


def _step(  # noqa: PLR0913 - one row of the step table, column by column
    number: str,
    name: str,
    step: StepKind,
    phase: Phase,
    post: str,
    working_days: int,
    *,
    signing: Signing | None = None,
) -> Node:
    return Node(
        f"s{number}",
        NodeKind.TASK,
        name,
        number=number,
        step=step,
        phase=phase,
        post=post,
        limit=Limit(working_days, LimitUnit.WORKING_DAYS),
        signing=signing,
    )


def office_flow() -> Flow:
    """Return the flow 「临时占用道路许可」."""
    motion, decision = Phase.MOTION, Phase.DECISION
    execution, result = Phase.EXECUTION, Phase.RESULT
    steps = (
        _step("1", "申请登记", StepKind.APPLY, motion, WINDOW, 1),
        _step("2", "受理审查", StepKind.ACCEPT, motion, WINDOW, 5),
        _step("3", "通知补正", StepKind.ACCEPT, motion, WINDOW, 5),
        _step("4", "材料审核", StepKind.REVIEW, decision, CLERK, 5),
        _step("5", "现场勘验", StepKind.INSPECT, decision, SURVEYOR, 7),
        _step("6", "科室复核", StepKind.REVIEW, decision, CHIEF, 3),
        _step("7", "集体讨论", StepKind.DECIDE, decision, BOARD, 5, signing=_THREE),
        _step("8", "审批决定", StepKind.APPROVE, decision, LEADER, 3),
        _step("9", "制发文书", StepKind.SIGN, execution, CLERK, 2),
        _step("10", "送达", StepKind.DELIVER, execution, WINDOW, 10),
        _step("11", "结果公示", StepKind.PUBLISH, result, CLERK, 7),
        _step("12", "归档", StepKind.ARCHIVE, result, WINDOW, 10),
    )
    gateways = tuple(
        Node(id_, kind, name)
        for id_, kind, name in (
            ("start", NodeKind.START, "开始"),
            ("complete", NodeKind.EXCLUSIVE, "材料是否齐全"),
            ("again", NodeKind.EXCLUSIVE, ""),
            ("both", NodeKind.PARALLEL, ""),
            ("met", NodeKind.PARALLEL, ""),
            ("recheck", NodeKind.EXCLUSIVE, ""),
            ("major", NodeKind.EXCLUSIVE, "是否重大"),
            ("to_decide", NodeKind.EXCLUSIVE, ""),
            ("decided", NodeKind.EXCLUSIVE, "是否同意"),
            ("issue", NodeKind.PARALLEL, ""),
            ("issued", NodeKind.PARALLEL, ""),
            ("end", NodeKind.END, "结束"),
        )
    )
    return Flow("road_permit", "临时占用道路许可", (*gateways, *steps), _edges())


_THREE = Signing(SigningMode.VOTE, 3)

_WAYS = (
    ("start", "s1", ""),
    ("s1", "again", ""),
    ("again", "s2", ""),
    ("s2", "complete", ""),
    ("complete", "both", "材料齐全"),
    ("complete", "s3", "需要补正"),
    ("s3", "again", ""),
    ("both", "s4", ""),
    ("both", "s5", ""),
    ("s4", "met", ""),
    ("s5", "met", ""),
    ("met", "recheck", ""),
    ("recheck", "s6", ""),
    ("s6", "major", ""),
    ("major", "s7", "重大事项"),
    ("major", "to_decide", "一般事项"),
    ("s7", "to_decide", ""),
    ("to_decide", "s8", ""),
    ("s8", "decided", ""),
    ("decided", "recheck", "退回复核"),
    ("decided", "s9", "作出决定"),
    ("s9", "issue", ""),
    ("issue", "s10", ""),
    ("issue", "s11", ""),
    ("s10", "issued", ""),
    ("s11", "issued", ""),
    ("issued", "s12", ""),
    ("s12", "end", ""),
)


def _edges() -> tuple[Edge, ...]:
    return tuple(
        Edge(f"f{number}", source, target, name=condition, condition=condition)
        for number, (source, target, condition) in enumerate(_WAYS, start=1)
    )


RULES = """\
# 流程之外的规则，与流程一起核对。写法见 docs/howto/rules.md。

[[rules]]
code = "R1"
kind = "分人办理"
name = "审核与复核不得为同一人"
source = "S1-23"
steps = ["材料审核", "科室复核"]

[[rules]]
code = "R2"
kind = "时限"
name = "受理后二十个工作日内作出决定"
source = "行政许可法第四十二条"
from = "受理审查"
to = "审批决定"
occurrence = "末次"
within = 20
unit = "工作日"

[[rules]]
code = "R3"
kind = "其前必有"
name = "先勘验后决定"
source = "行政许可法第三十四条"
first = "现场勘验"
second = "审批决定"
"""
