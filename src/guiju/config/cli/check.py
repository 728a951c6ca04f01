"""``guiju check``: the verdict on every case of a log."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from guiju.config.cli.commands import command, option
from guiju.config.cli.options import (
    FILE,
    LOG,
    PROCESS,
    LogOptions,
    gathered,
    known_activities,
    log_options,
)
from guiju.config.cli.places import Outputs, check_places
from guiju.config.cli.proof import require_names, require_sound
from guiju.config.cli.speak import say, tr
from guiju.config.cli.summary import print_summary
from guiju.config.cli.terminal import Stopwatch, err, late_bar
from guiju.core.check.deviation import Judge
from guiju.core.check.log import ALL, Wanted
from guiju.core.check.rules import RuleReport, RuleSet, check_names, judge_rules
from guiju.core.check.verdict import judge_log
from guiju.core.flow.automaton import determinise
from guiju.core.sentence import Sentence, zh
from guiju.exchange.flow_files import FlowFile, read_flow
from guiju.exchange.holidays import china
from guiju.exchange.log_files import LogFile
from guiju.exchange.rule_file import read_rules


@command(
    help=zh(
        "核对日志里的每一件事项是否照流程办。\n\n"
        "日志可以是 XES、XES.gz、CSV、Parquet 或 OCEL 2.0 JSON；流程可以是 BPMN、PNML 或步骤表。"
        "退出状态：0 全部照流程办，1 有偏离，2 无法核对。"
    ).template,
)
@LOG
@option("--flow", "flow_path", type=FILE, required=True, help=zh("核准的流程。").template)
@option("--rules", type=FILE, help=zh("流程之外的规则（TOML）。").template)
@PROCESS
@option("--json", type=FILE, help=zh("把结果写成 JSON。").template)
@option("--html", type=FILE, help=zh("把结果写成一份网页报告。").template)
@option("--xes", type=FILE, help=zh("把日志连同逐件结论写成 XES。").template)
@log_options
def check(log: Path, flow_path: Path, **options: Any) -> int:  # noqa: ANN401 - click's values
    """Judge ``log`` by ``flow_path``; return the exit status."""
    watch = Stopwatch()
    outputs = Outputs(options["json"], options["html"], options["xes"])
    check_places(outputs.written(), (log, flow_path, options["rules"]))
    with watch.stage("compile"):
        flow = read_flow(flow_path, process=options["process"])
        require_names(flow.flow)
        require_sound(flow.net)
        judge = Judge(determinise(flow.net))
    rules = read_rules(options["rules"]) if options["rules"] else None
    with watch.stage("read"):
        file = _read(log, gathered(options), rules, outputs)
    _remark((*flow.remarks, *file.remarks))
    with watch.stage("judge"), late_bar(tr("正在逐件核对")) as progress:
        verdict = judge_log(judge, file.log, progress=progress)
        found = _judge_rules(file, flow, rules)
    if outputs.written():
        from guiju.config.cli.outputs import Judged, write_outputs  # noqa: PLC0415 - loads pictures

        judged = Judged(log, flow_path, flow, verdict, found)
        with watch.stage("report"), late_bar(tr("正在写报告")) as progress:
            write_outputs(outputs, judged, watch.seconds, progress)
    print_summary(verdict, found, watch.seconds, outputs)
    return 1 if verdict.total_cost or found.findings else 0


def _read(path: Path, options: LogOptions, rules: RuleSet | None, outputs: Outputs) -> LogFile:
    wanted = rules.wanted if rules else Wanted()
    if outputs.xes:
        wanted = ALL
    with late_bar(tr("正在读取日志")) as progress:
        return options.read(path, wanted, progress)


def _judge_rules(file: LogFile, flow: FlowFile, rules: RuleSet | None) -> RuleReport:
    if rules is None:
        return RuleReport()
    names = check_names(rules, known_activities(file.log, flow.net.activities))
    report = judge_rules(file.log, rules, china() if rules.needs_calendar else None)
    return RuleReport(report.findings, (*names, *report.remarks))


def _remark(remarks: Sequence[Sentence]) -> None:
    for remark in remarks:
        err().print(tr("说明："), style="cyan", end="")
        err().print(say(remark), markup=False)
