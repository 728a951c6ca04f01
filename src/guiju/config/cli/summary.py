"""The verdict in a few lines for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from rich.table import Table

from guiju.config.cli.places import Outputs
from guiju.config.cli.speak import say, tr
from guiju.config.cli.terminal import out
from guiju.core.check.deviations import most_frequent
from guiju.core.check.rules import RuleReport
from guiju.core.check.verdict import Variant, Verdict

_MOST = 8
_ENOUGH = 200_000
"""Events of different ways of proceeding that are looked through for the most frequent."""


def print_summary(
    verdict: Verdict, found: RuleReport, seconds: Mapping[str, float], outputs: Outputs
) -> None:
    """Print totals, the most frequent deviations, broken rules, and where the reports are."""
    console = out()
    cases, fit = len(verdict.log.cases), verdict.conforming
    console.print(_headline(cases, fit), style="bold green" if fit == cases else "bold")
    console.print(
        tr(
            "共 {events} 个步骤，{variants} 种办法；偏离合计 {cost} 处。",
            events=f"{len(verdict.log.codes):,}",
            variants=f"{len(verdict.variants):,}",
            cost=f"{verdict.total_cost:,}",
        )
    )
    _print_deviations(verdict)
    _print_rules(found)
    stages = {"read": tr("读取"), "compile": tr("编译"), "judge": tr("核对"), "report": tr("报告")}
    spent = "  ".join(f"{stages[name]} {seconds.get(name, 0):.2f}" for name in stages)
    console.print(tr("用时（秒）：{spent}", spent=spent), style="dim")
    for path in outputs.written():
        console.print(tr("已写出 {path}", path=str(path)), markup=False)


def _headline(cases: int, fit: int) -> str:
    if fit == cases:
        return tr("{cases} 件事项全部照流程办理。", cases=f"{cases:,}")
    return tr(
        "{cases} 件事项中 {fit} 件完全照流程办理（{share}），{off} 件有偏离。",
        cases=f"{cases:,}",
        fit=f"{fit:,}",
        share=f"{fit / cases:.1%}",
        off=f"{cases - fit:,}",
    )


def _print_deviations(verdict: Verdict) -> None:
    if not verdict.total_cost:
        return
    seen = list(_commonest(verdict))
    counted = (
        (deviation, len(variant.cases))
        for variant in seen
        for deviation in verdict.deviations(variant)
    )
    ranked = most_frequent(counted)
    all_variants = sum(1 for _ in verdict.deviating())
    if len(seen) < all_variants:
        out().print(
            tr(
                "有偏离的办法多达 {all} 种或过长，以下只统计最常见的 {seen} 种。",
                all=f"{all_variants:,}",
                seen=f"{len(seen):,}",
            )
        )
    table = Table(title=tr("最常见的偏离"), title_justify="left", box=None, pad_edge=False)
    table.add_column(tr("次数"), justify="right")
    table.add_column(tr("偏离"), overflow="fold")
    for deviation, cases in ranked[:_MOST]:
        table.add_row(f"{cases:,}", _plain(say(deviation.sentence())))
    out().print(table)
    if len(ranked) > _MOST:
        out().print(tr("另有 {count} 种较少见的偏离，见报告。", count=len(ranked) - _MOST))


def _commonest(verdict: Verdict) -> Iterator[Variant]:
    """Yield the deviating variants with most cases, as many as can be explained at once."""
    left = _ENOUGH
    for variant in verdict.deviating():
        left -= len(variant.key) // verdict.log.codes.itemsize
        if left < 0:
            return
        yield variant


def _print_rules(found: RuleReport) -> None:
    for remark in found.remarks:
        out().print(_plain(tr("规则说明：") + say(remark.message)), style="yellow")
    counts = Counter(finding.code for finding in found.findings)
    first = {finding.code: finding for finding in reversed(found.findings)}
    for code, count in counts.items():
        text = tr(
            "规则 {code}：{count} 处不符，例如案件 {case}：{message}",
            code=code,
            count=f"{count:,}",
            case=first[code].case,
            message=first[code].message,
        )
        out().print(_plain(text))


def _plain(text: str) -> str:
    """Keep rich from reading brackets in names as markup."""
    return text.replace("[", r"\[")
