"""``guiju flow people``: how few people could complete the power among themselves."""

from __future__ import annotations

from pathlib import Path

from guiju.config.cli.commands import command, option
from guiju.config.cli.options import FILE, FLOW, PROCESS
from guiju.config.cli.proof import require_sound
from guiju.config.cli.speak import say, tr
from guiju.config.cli.terminal import err, out
from guiju.core.check.rules import FourEyes, RuleSet
from guiju.core.flow.model import Flow
from guiju.core.flow.people import (
    Separation,
    Staffing,
    explain,
    least_people,
    staffing_by_post,
    staffing_for,
    which_rule_matters,
)
from guiju.core.sentence import Sentence, zh
from guiju.exchange.flow_files import drawn, read_flow
from guiju.exchange.rule_file import read_rules
from guiju.exchange.staffing import read_staffing

_ENOUGH = 2
"""At least two persons must agree before a matter can finish (S0-27)."""


@command(
    help=zh(
        "最少几个人就能把这项权力从头办到尾，哪一条规则在起作用。\n\n"
        "不给人员文件时，按每个岗位一人计算。退出状态：0 至少要两人，1 一人就能办完或无人能办完。"
    ).template,
)
@FLOW
@option("--staff", type=FILE, help=zh("岗位由谁担任（CSV 或 TOML）。").template)
@option("--rules", type=FILE, help=zh("规则文件；用到其中不得为同一人的规则。").template)
@PROCESS
def people(path: Path, staff: Path | None, rules: Path | None, process: str | None) -> int:
    """Print the least number of people and what it rests on."""
    file = read_flow(path, process=process)
    require_sound(file.net)
    staffing, remarks = _staffing(drawn(file), staff)
    separations, lost = _separations(read_rules(rules) if rules else RuleSet(), file.net.activities)
    for remark in (*file.remarks, *remarks, *lost):
        err().print(tr("说明：") + say(remark), markup=False)
    result = least_people(file.net, staffing, separations)
    effects = which_rule_matters(file.net, staffing, separations)
    for sentence in explain(result, effects):
        out().print(say(sentence), markup=False)
    return 0 if result.capped or (result.number or 0) >= _ENOUGH else 1


def _staffing(flow: Flow, staff: Path | None) -> tuple[Staffing, tuple[Sentence, ...]]:
    if staff is None:
        return staffing_by_post(flow), ()
    file = read_staffing(staff)
    staffing, remarks = staffing_for(flow, file.roster)
    return staffing, (*file.remarks, *remarks)


def _separations(
    rules: RuleSet, activities: tuple[str, ...]
) -> tuple[tuple[Separation, ...], tuple[Sentence, ...]]:
    """Return the four-eyes rules as far as the flow has their steps; tell each step it lacks."""
    known = frozenset(activities)
    separations: list[Separation] = []
    remarks: list[Sentence] = []
    for rule in rules.rules:
        if not isinstance(rule, FourEyes):
            continue
        steps = frozenset(rule.steps)
        remarks.extend(_unknown(rule.code, step) for step in rule.steps if step not in known)
        if len(steps & known) > 1:
            separations.append(Separation(rule.code, steps & known))
    return tuple(separations), tuple(remarks)


def _unknown(rule: str, step: str) -> Sentence:
    return zh(
        "流程里没有规则 {rule} 所说的步骤「{step}」，计算人数时没有算它。请核对步骤的名称。",
        rule=rule,
        step=step,
    )
