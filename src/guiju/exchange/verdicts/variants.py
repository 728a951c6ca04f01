"""A page for each variant: what was done, where it left the flow, which cases."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.core.check.moves import Move
from guiju.core.check.verdict import Variant
from guiju.core.sentence import zh
from guiju.core.terms import MoveKind
from guiju.exchange.verdicts.markup import Html, el, name, shortened
from guiju.exchange.verdicts.report import Report

_MOST_CASES = 50
_MOST_MOVES = 500

_SIGNS = {MoveKind.SYNC: "", MoveKind.EXTRA: "＋", MoveKind.SKIPPED: "－"}
_WORDS = {MoveKind.EXTRA: zh("多出"), MoveKind.SKIPPED: zh("跳过")}


def variant_pages(report: Report) -> Iterator[str]:
    """Yield a section for each variant, shown when its link is followed."""
    for number, variant in enumerate(report.pages, start=1):
        yield _page(report, number, variant)


def _page(report: Report, number: int, variant: Variant) -> Html:
    title = report.tr(
        "办法 {number}：{cases} 件，偏离 {cost} 处",
        number=number,
        cases=f"{len(variant.cases):,}",
        cost=f"{variant.cost:,}",
    )
    return el(
        "section",
        _links(report, number),
        el("h1", title),
        _deviations(report, variant),
        el("h2", report.tr("办理经过")),
        _trace(report, variant),
        el("h2", report.tr("事项")),
        _cases(report, variant),
        id=f"v{number}",
        cls="page",
    )


def _links(report: Report, number: int) -> Html:
    before = el("a", report.tr("上一种"), href=f"#v{number - 1}") if number > 1 else ""
    last = number == len(report.pages)
    after = "" if last else el("a", report.tr("下一种"), href=f"#v{number + 1}")
    return el("nav", el("a", report.tr("返回总览"), href="#top"), before, after)


def _deviations(report: Report, variant: Variant) -> Html:
    found = report.verdict.deviations(variant)
    if not found:
        return el("p", report.tr("完全照流程办理。"), cls="fit")
    told = (shortened(report.say(d.sentence()), "sentence") for d in found[:_MOST_MOVES])
    return el("ul", *(el("li", sentence) for sentence in told), cls="told")


def _trace(report: Report, variant: Variant) -> Html:
    moves = report.verdict.moves(variant)
    chips = [_chip(report, move) for move in moves[:_MOST_MOVES]]
    more = len(moves) - _MOST_MOVES
    if more > 0:
        chips.append(el("li", report.tr("另有 {count} 步", count=f"{more:,}"), cls="more"))
    return el("ol", *chips, cls="trace")


def _chip(report: Report, move: Move) -> Html:
    words = _WORDS.get(move.kind)
    kind = el("em", _SIGNS[move.kind], report.say(words)) if words else ""
    return el("li", kind, name(move.activity), cls=move.kind.value)


def _cases(report: Report, variant: Variant) -> Html:
    cases = [name(report.verdict.log.cases[case]) for case in variant.cases[:_MOST_CASES]]
    more = len(variant.cases) - len(cases)
    rest = el("li", report.tr("另有 {count} 件", count=f"{more:,}"), cls="more") if more else ""
    return el("ul", *(el("li", case) for case in cases), rest, cls="cases")
