"""``guiju flow people``: how few people could complete the power among themselves."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.config.cli.commands import Command
from guiju.config.cli.options import EXISTING
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


@click.command(
    cls=Command,
    help=zh(
        "最少几个人就能把这项权力从头办到尾，哪一条规则在起作用。\n\n"
        "不给人员文件时，按每个岗位一人计算。退出状态：0 至少要两人，1 一人就能办完或无人能办完。"
    ).template,
)
@click.argument("path", metavar="FLOW", type=EXISTING)
@click.option("--staff", type=EXISTING, help=zh("岗位由谁担任（CSV 或 TOML）。").template)
@click.option("--rules", type=EXISTING, help=zh("规则文件；用到其中不得为同一人的规则。").template)
@click.option("--process", help=zh("BPMN 文件里有几个流程时，选用哪一个。").template)
def people(path: Path, staff: Path | None, rules: Path | None, process: str | None) -> int:
    """Print the least number of people and what it rests on."""
    file = read_flow(path, process=process)
    require_sound(file.net)
    staffing, remarks = _staffing(drawn(file), staff)
    for remark in (*file.remarks, *remarks):
        err().print(tr("说明：") + say(remark), markup=False)
    separations = _separations(read_rules(rules) if rules else RuleSet(), file.net.activities)
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


def _separations(rules: RuleSet, activities: tuple[str, ...]) -> tuple[Separation, ...]:
    """Return the four-eyes rules, as far as the flow has their steps."""
    return tuple(
        Separation(rule.code, steps)
        for rule in rules.rules
        if isinstance(rule, FourEyes)
        and len(steps := frozenset(rule.steps) & frozenset(activities)) > 1
    )
