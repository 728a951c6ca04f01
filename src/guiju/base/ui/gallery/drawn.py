"""The parts of ``base.ui`` in the gallery that draw: flows, charts, figures with their trend."""

from __future__ import annotations

from itertools import pairwise

from django.urls import reverse

from guiju.base.ui.badges import Badge
from guiju.base.ui.box_charts import Box, box_chart
from guiju.base.ui.flow_pictures import RiskAt, StepMark, flow_picture
from guiju.base.ui.gallery import Exhibit, Shown, add_exhibit
from guiju.base.ui.gallery.people import LONG_NAME, LONG_TEXT, LONG_UNIT, holders
from guiju.base.ui.gallery.reading import or_refused
from guiju.base.ui.parts import Trend
from guiju.core.flow.model import Edge, Flow, Limit, Node
from guiju.core.sentence import listing, zh
from guiju.core.terms import LimitUnit, NodeKind, Phase, StepState

STEPS = (
    ("申请登记", "经办岗", Phase.MOTION, 1),
    ("资料初审", "财务审核岗", Phase.MOTION, 2),
    ("分管审签", "分管副局长", Phase.DECISION, 2),
    ("集体研究", "局长办公会", Phase.DECISION, 5),
    ("拨付执行", "出纳岗", Phase.EXECUTION, 2),
    ("结果公开", "办公室", Phase.RESULT, 1),
)
RISKS = (
    RiskAt(1, 1, "拆分采购规避公开招标"),
    RiskAt(2, 2, "验收走形式"),
    RiskAt(3, 3, "超时拨付"),
)
COUNTS = {"empty": 0, "typical": 6, "long": 5, "many": 200}


def payment_flow(count: int = 6, *, is_long: bool = False) -> Flow:
    """Return a made-up flow of so many steps, one after the other."""
    steps = []
    for number in range(count):
        name, post, phase, days = STEPS[number % len(STEPS)]
        name = LONG_TEXT[:24] if is_long else name
        post = LONG_UNIT[:18] if is_long else post
        at = phase if count == len(STEPS) else None
        steps.append(
            Node(
                f"s{number}", NodeKind.TASK, name, post=post, phase=at,
                limit=Limit(days, LimitUnit.WORKING_DAYS),
            )
        )  # fmt: skip
    ends = [Node("start", NodeKind.START), Node("end", NodeKind.END)]
    chain = [ends[0], *steps, ends[1]]
    edges = tuple(Edge(f"e{n}", one.id, two.id) for n, (one, two) in enumerate(pairwise(chain)))
    return Flow("gallery", "大额资金使用", tuple(chain), edges)


def _flow(state: str) -> Shown:
    count = COUNTS[state]
    if not count:
        return {"picture": None}
    marks = {
        "s0": StepMark(StepState.DONE),
        "s1": StepMark(StepState.DONE, RISKS[1:2]),
        "s2": StepMark(StepState.NOW, RISKS[:1], zh("还剩 {count} 个工作日", count=1)),
        "s3": StepMark(StepState.NEXT),
        "s4": StepMark(StepState.DEVIATING, RISKS[2:], zh("没有集体研究就拨付了")),
    }
    return {"picture": flow_picture(payment_flow(count, is_long=state == "long"), marks)}


def _chart(state: str) -> Shown:
    count = {**COUNTS, "typical": 7}[state]
    is_long = state == "long"
    name = LONG_UNIT if is_long else "示例县教育局"
    head = zh("{post}：{names}", post="局长", names=LONG_NAME if is_long else "王建国")
    link = reverse("ui:gallery")
    boxes = [
        Box(
            LONG_UNIT if is_long else one.unit,
            (
                zh("{post}：空缺", post=one.post)
                if one.is_due
                else zh("{post}：{names}", post=one.post, names=one.name),
                zh("{posts} 个岗位", posts=one.matters % 9 + 1),
            ),
            link,
            zh("▲ {count} 个空缺", count=1) if one.is_due else "",
        )
        for one in holders(count, is_long=is_long)
    ]
    top = Box(name, (head, zh("{units} 个下级单位，{posts} 个岗位", units=count, posts=31)))
    return {"shown": box_chart(zh("{unit}的组织架构图", unit=name), top, boxes)}


def _trend(values: tuple[int, ...]) -> Trend:
    return Trend(
        values,
        zh("近 {count} 个月：{values}", count=len(values), values=listing(map(str, values))),
    )


def _figures(state: str) -> Shown:
    here = reverse("ui:exhibit", args=["list"])
    if state == "empty":
        return {"figures": [{"label": zh("近一年办件"), "value": "—"}]}
    if state == "many":
        many = range(200)
        figures = [
            {"label": zh("第 {n} 单位", n=n), "value": n * 13, "unit": zh("件")} for n in many
        ]
        return {"figures": figures}
    label = LONG_UNIT if state == "long" else zh("近一年办件")
    good, bad = Badge("good", zh("正常")), Badge("bad", zh("2 件属实"))
    due = Badge("warn", zh("一个月内"))
    return {
        "figures": [
            {"label": label, "value": "1,214", "unit": zh("件"), "state": good, "link": here,
             "trend": _trend((92, 97, 88, 104, 118, 121))},
            {"label": zh("中位用时"), "value": "5.0", "unit": zh("工作日"), "link": here,
             "trend": _trend((8, 7, 7, 6, 5, 5))},
            {"label": zh("预警"), "value": "9", "unit": zh("件"), "state": bad, "link": here},
            {"label": zh("轮岗到期"), "value": "3", "unit": zh("人"), "state": due, "link": here},
        ]
    }  # fmt: skip


def add_exhibits() -> None:
    """Put the drawing parts into the gallery."""
    for name, label, show in (
        ("flow", zh("流程图"), _flow),
        ("chart", zh("架构图"), _chart),
        ("figures", zh("数字"), _figures),
    ):
        add_exhibit(Exhibit(name, label, f"ui/gallery/{name}.html", or_refused(show)))
