"""The first page: verdict, figures, picture, deviations, rules, variants."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.core.check.deviations import Deviation
from guiju.core.sentence import listing
from guiju.exchange.verdicts.markup import Html, el, name, shortened
from guiju.exchange.verdicts.report import MOST_CONFORMING, MOST_DEVIATING, Report

_MOST_KINDS = 40
_MOST_FINDINGS = 200
_MOST_LINKS = 5
_NARROW = 620


def overview(report: Report) -> Iterator[str]:
    """Yield the parts of the first page."""
    yield '<main id="top" class="overview">'
    yield el("h1", _headline(report))
    yield el("p", _explained(report), cls="lead")
    yield _cards(report)
    narrow = report.picture and report.picture_width <= _NARROW
    yield el(
        "div",
        _picture(report) if report.picture else "",
        el("div", _deviations(report), _rules(report)),
        cls="beside" if narrow else None,
    )
    yield _index(report)
    yield _how(report)
    yield "</main>"


def _picture(report: Report) -> Html:
    return el(
        "section",
        el("h2", report.tr("流程与问题所在")),
        _legend(report),
        el("div", Html(report.picture), cls="picture", tabindex="0"),
    )


def _headline(report: Report) -> str:
    verdict = report.verdict
    cases, fit = len(verdict.log.cases), verdict.conforming
    if cases == fit:
        return report.tr("{cases} 件事项全部照流程办理", cases=f"{cases:,}")
    return report.tr(
        "{cases} 件事项中 {fit} 件完全照流程办理（{share}）",
        cases=f"{cases:,}",
        fit=f"{fit:,}",
        share=f"{fit / cases:.1%}",
    )


def _explained(report: Report) -> str:
    return report.tr(
        "流程「{flow}」对日志「{log}」逐件核对。", flow=report.flow.name, log=report.log.name
    )


def _cards(report: Report) -> Html:
    verdict = report.verdict
    off = len(verdict.log.cases) - verdict.conforming
    figures = (
        (report.tr("有偏离的事项"), f"{off:,}", report.tr("件"), "#variants"),
        (report.tr("偏离合计"), f"{verdict.total_cost:,}", report.tr("处"), "#deviations"),
        (report.tr("违反规则"), f"{len(report.found.findings):,}", report.tr("处"), "#rules"),
        (report.tr("办理步骤"), f"{len(verdict.log.codes):,}", report.tr("个"), None),
        (report.tr("不同的办法"), f"{len(verdict.variants):,}", report.tr("种"), "#variants"),
    )
    return el(
        "ul",
        *(
            el(
                "li",
                el(
                    "a" if link else "div",
                    el("span", title, cls="label"),
                    el("span", el("b", figure), " ", unit, cls="figure"),
                    href=link,
                ),
            )
            for title, figure, unit, link in figures
        ),
        cls="cards",
    )


def _legend(report: Report) -> Html:
    levels = (
        ("good", report.tr("没有偏离")),
        ("minor", report.tr("少数事项有偏离")),
        ("major", report.tr("不少于 5% 的事项有偏离")),
        ("none", report.tr("日志里没有出现")),
    )
    return el("ul", *(el("li", el("i", cls=level), words) for level, words in levels), cls="legend")


def _deviations(report: Report) -> Html:
    ranked = report.deviations
    if not ranked:
        body = el("p", report.tr("没有偏离。"), cls="empty")
    else:
        most = ranked[0][1]
        rows = [_deviation(report, *item, most) for item in ranked[:_MOST_KINDS]]
        body = el("ol", *rows, cls="ranked")
    more = len(ranked) - _MOST_KINDS
    note = (
        report.tr("另有 {count} 种更少见的偏离，见各办法的说明。", count=more) if more > 0 else ""
    )
    return el(
        "section",
        el("h2", report.tr("最常见的偏离")),
        body,
        el("p", note, cls="more") if note else "",
        id="deviations",
    )


def _deviation(report: Report, deviation: Deviation, cases: int, most: int) -> Html:
    pages = report.pages_showing.get(deviation, [])
    links = [el("a", f" {number}", href=f"#v{number}") for number in pages[:_MOST_LINKS]]
    shown = el("span", report.tr("见办法"), *links, cls="links") if links else ""
    return el(
        "li",
        el("span", report.tr("{cases} 件", cases=f"{cases:,}"), cls="count"),
        el(
            "div",
            shortened(report.say(deviation.sentence()), "sentence"),
            shown,
            el("span", cls="bar", style=f"width:{max(0.5, 100 * cases / most):.1f}%"),
        ),
        cls=deviation.kind.value,
    )


def _rules(report: Report) -> Html:
    remarks = [el("p", report.say(remark.message), cls="remark") for remark in report.found.remarks]
    groups = [_rule(report, code, count) for code, count in report.rule_counts.most_common()]
    if not remarks and not groups:
        groups = [el("p", report.tr("没有给出规则，或没有违反规则。"), cls="empty")]
    return el("section", el("h2", report.tr("流程之外的规则")), *remarks, *groups, id="rules")


def _rule(report: Report, code: str, count: int) -> Html:
    shown = [f for f in report.found.findings if f.code == code][:_MOST_FINDINGS]
    rows = [
        el(
            "li",
            name(finding.case),
            " ",
            shortened(report.say(finding.message), "message", most=600),
        )
        for finding in shown
    ]
    more = count - len(shown)
    note = report.tr("另有 {count} 处，见 JSON 报告。", count=f"{more:,}") if more else ""
    return el(
        "details",
        el("summary", report.tr("规则 {code}：{count} 处", code=code, count=f"{count:,}")),
        el("ul", *rows, cls="findings"),
        el("p", note, cls="more") if note else "",
        open="open" if len(report.rule_counts) == 1 or count <= 10 else None,
    )


def _index(report: Report) -> Html:
    verdict = report.verdict
    heads = (
        report.tr("办法"),
        report.tr("件数"),
        report.tr("占比"),
        report.tr("偏离"),
        report.tr("说明"),
    )
    rows = []
    total = len(verdict.log.cases)
    for number, variant in enumerate(report.pages, start=1):
        first = verdict.deviations(variant)[:1]
        words = report.say(first[0].sentence()) if first else report.tr("照流程办理")
        rows.append(
            el(
                "tr",
                el("td", el("a", report.tr("办法 {number}", number=number), href=f"#v{number}")),
                el("td", f"{len(variant.cases):,}", cls="num"),
                el("td", f"{len(variant.cases) / total:.1%}", cls="num"),
                el("td", f"{variant.cost:,}", cls="num"),
                el("td", shortened(words, "sentence")),
                cls="off" if variant.cost else "fit",
            )
        )
    left = len(verdict.variants) - len(report.pages)
    note = report.tr(
        "这里列出件数最多的 {off} 种有偏离的和 {fit} 种照流程的办法，另有 {left} 种见 JSON 报告。",
        off=MOST_DEVIATING,
        fit=MOST_CONFORMING,
        left=f"{left:,}",
    )
    return el(
        "section",
        el("h2", report.tr("每一种办法")),
        el("div", el("table", el("thead", el("tr", *(el("th", h) for h in heads))),
                     el("tbody", *rows)), cls="wide"),
        el("p", note, cls="more") if left else "",
        id="variants",
    )  # fmt: skip


def _how(report: Report) -> Html:
    stages = {
        "read": report.tr("读取"), "compile": report.tr("编译"),
        "judge": report.tr("核对"), "report": report.tr("报告"),
    }  # fmt: skip
    spent = listing(
        f"{words} {report.seconds[stage]:.2f}"
        for stage, words in stages.items()
        if stage in report.seconds
    )
    files = [
        el("li", name(source.name), " ", el("code", f"SHA-256 {source.sha256}"))
        for source in (report.log, report.flow)
    ]
    return el(
        "section",
        el("h2", report.tr("怎么核对的")),
        el(
            "p",
            report.tr(
                "流程在那里不允许的步骤，每个算 1；该办而跳过的步骤，每个算 1；"
                "取总数最小的解释。数目由流程编译成的自动机精确算出，步骤的先后以文件为准。"
            ),
        ),
        el("ul", *files, cls="files"),
        el("p", report.tr("用时（秒）：{spent}", spent=spent)),
        cls="how",
    )
