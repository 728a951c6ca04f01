"""Lint, hash, score and comparison of a county's edition: 10,000 powers and all that hangs on them.

``python bench/lists_lint.py [POWERS]``: each power gets a flow of four steps, four risks and
four controls; one in fifty has a hole. The same number gives the same edition. Says CPU
seconds, peak memory and how often each code was found.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from random import Random
from typing import TypeVar

from guiju.core.flow.model import Edge, Flow, Limit, Node
from guiju.core.lists.canonical import digest
from guiju.core.lists.diff import compare
from guiju.core.lists.facts import Facts, Holder, PostFacts
from guiju.core.lists.lint import CHECKS, lint
from guiju.core.lists.model import (
    AccountabilityCase,
    Control,
    Duty,
    Edition,
    LegalBasis,
    Period,
    Power,
    PowerFlow,
    Publication,
    Risk,
)
from guiju.core.lists.score import score
from guiju.core.lists.words import (
    Audience,
    BasisLevel,
    Channel,
    ControlPhase,
    ControlState,
    Dimension,
    DutyKind,
    Layer,
    Means,
    PeriodUnit,
    Side,
)
from guiju.core.organisation.words import LeaderLevel
from guiju.core.terms import LimitUnit, NodeKind, Phase, StepKind
from guiju.exchange.profile_files import built_in

T = TypeVar("T")

TODAY = date(2026, 11, 25)
OFFICES = 30
_OPEN = Publication(audience=Audience.SOCIETY)
_STEPS = (
    ("受理", StepKind.ACCEPT, Phase.MOTION, "受理岗"),
    ("审查", StepKind.REVIEW, Phase.EXECUTION, "审查岗"),
    ("决定", StepKind.DECIDE, Phase.DECISION, "分管领导"),
    ("送达", StepKind.DELIVER, Phase.RESULT, "送达岗"),
)
_FIRST = "设立变更注销延续新建改建扩建迁移转让抵押采购发放撤销调整划拨征收补办换发检验鉴定"
_SECOND = "学校医院道路桥梁河道森林草原矿山渔业餐饮旅馆网吧药品农药种子肥料燃气供水电力房屋"
_THIRD = "经营施工运输储存销售使用建设占用开采捕捞培训广告中介评估保险招标投标监理测绘勘察"
_KINDS = ("licence", "penalty", "coercion", "levy", "payment", "inspection", "confirmation")


def main() -> None:
    """Measure one after the other."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    edition, facts = timed("generate", lambda: (generated(count), people()))
    profile = replace(built_in("county"), code_scheme="")
    steps = sum(len(flow.steps) for flow in edition.flows)
    print(f"{count} powers, {steps} steps, {len(edition.risks)} risks")
    report = timed("lint", lambda: lint(edition, facts, profile, TODAY))
    print(len(report.findings), "findings", dict(sorted(report.counts.items())))
    timed("digest", lambda: digest(edition))
    print("score", timed("score", lambda: score(edition)).percent)
    changed = replace(edition, powers=tuple(_changed(p) for p in edition.powers[10:]))
    print(len(timed("compare", lambda: compare(edition, changed)).items), "changes")
    for check in CHECKS:
        timed(
            f"  {check.code}", lambda one=check: lint(edition, facts, profile, TODAY, checks=[one])
        )
    print("peak MB", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def timed(name: str, work: Callable[[], T]) -> T:
    """Run ``work`` and say its CPU seconds."""
    began = time.process_time()
    found = work()
    print(f"{name:<10} {time.process_time() - began:6.2f} s")
    return found


def _changed(power: Power) -> Power:
    return replace(power, remark="已修订") if power.code.endswith("7") else power


def people() -> Facts:
    """Every office has its four posts, each with one holder."""
    levels = {"分管领导": LeaderLevel.DEPUTY}
    return Facts(
        posts={
            f"{office}号科{post}": PostFacts(
                level=levels.get(post, LeaderLevel.MIDDLE),
                holders=(Holder(f"{office}号科{post}的张三", date(2024, 1, 1)),),
            )
            for office in range(OFFICES)
            for *_, post in _STEPS
        }
    )


def generated(count: int) -> Edition:
    """Return an edition with ``count`` powers."""
    random = Random(5)
    made = [_power(random, number) for number in range(count)]
    risks = [risk for power in made for risk in _risks(random, power)]
    return Edition(
        unit_name="某县",
        profile="county",
        powers=tuple(made),
        bases=tuple(_basis(random, power) for power in made if not _hole(power, 1)),
        duties=tuple(
            Duty(
                code=f"D{p.code}", power=p.code, kind=DutyKind.EXAMINATION, text=f"依法审查{p.name}"
            )
            for p in made
        ),
        accountabilities=tuple(
            AccountabilityCase(code=f"A{p.code}", power=p.code, text=f"违规办理{p.name}的")
            for p in made
        ),
        flows=tuple(_flow(power) for power in made if not _hole(power, 2)),
        risks=tuple(risks),
        controls=tuple(_control(random, risk) for risk in risks if not _hole(risk, 3)),
    )


def _hole(item: Power | Risk, which: int) -> bool:
    return int("".join(filter(str.isdigit, item.code))) % 50 == which


def _words(random: Random, text: str) -> str:
    place = 2 * random.randrange(len(text) // 2)
    return text[place : place + 2]


def _name(random: Random) -> str:
    first, second, third = (_words(random, text) for text in (_FIRST, _SECOND, _THIRD))
    other, more = _words(random, _SECOND), _words(random, _THIRD)
    return f"{second}{other}{third}{more}{first}"


def _power(random: Random, number: int) -> Power:
    name, office = _name(random), number % OFFICES
    return Power(
        code=f"{number:06d}",
        name=name,
        side=Side.EXTERNAL,
        kind=random.choice(_KINDS),
        layer=random.choice((Layer.UNIT, Layer.LEADER, Layer.POST)),
        subject="某县人民政府",
        office=f"{office}号科",
        post=f"{office}号科审查岗",
        leader="分管领导",
        conditions=f"{name}应具备的条件见目录第{number}条",
        boundary=f"限本县范围内的{name}",
        mode=f"依申请办理{name}",
        discipline=f"办理{name}不得吃拿卡要",
        legal_limit=Period(20, PeriodUnit.WORKING_DAYS),
        grade=random.randint(1, 3),
        publication=_OPEN,
    )


def _basis(random: Random, power: Power) -> LegalBasis:
    return LegalBasis(
        code=f"B{power.code}",
        power=power.code,
        name=f"{_words(random, _SECOND)}{_words(random, _THIRD)}管理条例",
        article=f"第{random.randint(1, 90)}条",
        text="由县级人民政府主管部门审批。",
        level=BasisLevel.REGULATION,
    )


def _flow(power: Power) -> PowerFlow:
    tasks = [
        Node(
            f"s{number}",
            NodeKind.TASK,
            name,
            number=str(number),
            post=power.office + post,
            phase=phase,
            step=kind,
            limit=Limit(4, LimitUnit.WORKING_DAYS),
        )
        for number, (name, kind, phase, post) in enumerate(_STEPS, 1)
    ]
    nodes = (Node("start", NodeKind.START), *tasks, Node("end", NodeKind.END))
    edges = tuple(
        Edge(f"f{place}", one.id, other.id) for place, (one, other) in enumerate(pairwise(nodes))
    )
    graph = Flow(f"F{power.code}", power.name, nodes, edges)
    return PowerFlow(
        code=f"F{power.code}", power=power.code, name=power.name, graph=graph, publication=_OPEN
    )


def _risks(random: Random, power: Power) -> list[Risk]:
    return [
        Risk(
            code=f"R{power.code}{step}",
            power=power.code,
            flow=f"F{power.code}",
            step=str(step),
            layer=Layer.POST,
            dimensions=(random.choice((Dimension.DUTIES, Dimension.PROCESS)),),
            text=f"{_STEPS[step - 1][0]}{power.name}时徇私",
            manifestation=f"对{power.name}不核实、超时、收受好处第{random.randint(1, 9**6)}种",
            grade=random.randint(1, 3),
            channels=tuple(random.sample(list(Channel), 2)),
            publication=_OPEN,
        )
        for step in range(1, 5)
    ]


def _control(random: Random, risk: Risk) -> Control:
    return Control(
        code=f"C{risk.code}",
        risk=risk.code,
        means=(random.choice((Means.DIVIDE, Means.SYSTEM, Means.PUBLICITY)),),
        phase=ControlPhase.PREVENT,
        text=f"对{risk.text}，实行双人复核并留痕",
        unit="某县人民政府",
        post="审查岗",
        person="张三丰",
        owner_level=LeaderLevel.DEPUTY,
        supervisor="纪检监察组",
        supervisor_level=LeaderLevel.HEAD,
        supervision=f"每季抽查{risk.text}的记录",
        is_standing=True,
        state=ControlState.ACTIVE,
        publication=_OPEN,
    )


if __name__ == "__main__":
    main()
