"""GJ601 and GJ602: whether discretion is measured out without gap and overlap."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from guiju.core.lists.lint.finding import Check, Remark
from guiju.core.lists.lint.view import View
from guiju.core.lists.risks import DiscretionStandard, Tier
from guiju.core.lists.texts import says_something
from guiju.core.lists.words import AmountUnit, Severity
from guiju.core.sentence import Sentence, zh


def tiers(view: View) -> Iterator[Remark]:
    """GJ601: no standard, no tiers, tiers that overlap or leave a gap, or leave the law."""
    for power in view.powers:
        if power.is_discretionary and not view.of_line(view.standards_of, power):
            yield Remark(
                power, "is_discretionary", zh("有自由裁量，却没有裁量基准。请分档写明条件和幅度。")
            )
    for standard in view.edition.standards:
        if not standard.tiers:
            yield Remark(standard, "tiers", zh("没有分档。请至少写轻微、一般、严重三档。"))
            continue
        for tier in standard.tiers:
            if not says_something(tier.conditions):
                yield Remark(
                    standard,
                    "tiers",
                    zh("「{tier}」一档没有写适用条件。请写明。", tier=tier.name),
                )
        yield from _bounds(standard)


def _bounds(standard: DiscretionStandard) -> Iterator[Remark]:
    ranged = [tier for tier in standard.tiers if tier.lower is not None or tier.upper is not None]
    for tier in ranged:
        if _less(tier.upper, tier.lower):
            yield Remark(
                standard, "tiers", zh("「{tier}」一档下限高于上限。请改正。", tier=tier.name)
            )
            return
        yield from _outside(standard, tier)
    reached: Tier | None = None
    for tier in sorted(ranged, key=_start):
        if reached is not None:
            yield from _seam(standard, reached, tier)
        if reached is None or _reach(tier) >= _reach(reached):
            reached = tier
    yield from _ends(standard, ranged)


def _reach(tier: Tier) -> float:
    return inf if tier.upper is None else tier.upper


def _start(tier: Tier) -> tuple[int, bool, int, bool]:
    """Sort tiers from below; a missing lower bound is the lowest."""
    lower = -1 if tier.lower is None else tier.lower
    upper = lower if tier.upper is None else tier.upper
    return lower, tier.above_lower, upper, not tier.below_upper


def _outside(standard: DiscretionStandard, tier: Tier) -> Iterator[Remark]:
    if _less(tier.lower, standard.lower) or _less(standard.upper, tier.upper):
        yield Remark(
            standard,
            "tiers",
            zh(
                "「{tier}」一档超出法律给的幅度（{lower} 至 {upper}）。请改到幅度之内。",
                tier=tier.name,
                lower=amount(standard.lower, standard.unit),
                upper=amount(standard.upper, standard.unit),
            ),
        )


def _seam(standard: DiscretionStandard, one: Tier, other: Tier) -> Iterator[Remark]:
    """Say what is wrong between two tiers that follow each other; equal bounds may touch."""
    upper, lower = one.upper, other.lower
    if upper is None or lower is None:
        yield Remark(
            standard,
            "tiers",
            zh(
                "「{one}」与「{other}」之间的界限没有写。请写明上一档的上限和下一档的下限。",
                one=one.name,
                other=other.name,
            ),
        )
        return
    named: dict[str, str | Sentence] = {
        "one": one.name,
        "other": other.name,
        "at": amount(upper, standard.unit),
    }
    from_ = amount(lower, standard.unit)
    if lower < upper:
        sentence = zh(
            "「{one}」到 {at}，「{other}」从 {start} 起，两档重叠。请改成相接。",
            **named,
            start=from_,
        )
        yield Remark(standard, "tiers", sentence)
    elif lower > upper:
        sentence = zh(
            "「{one}」到 {at}，「{other}」从 {start} 起，中间有空档。请改成相接。",
            **named,
            start=from_,
        )
        yield Remark(standard, "tiers", sentence)
    elif one.below_upper and other.above_lower:
        sentence = zh("{at} 不属于「{one}」也不属于「{other}」。请写明归哪一档。", **named)
        yield Remark(standard, "tiers", sentence)
    elif not one.below_upper and not other.above_lower and one.lower != one.upper != other.upper:
        sentence = zh("{at} 既属于「{one}」又属于「{other}」。请写明哪一档不含本数。", **named)
        yield Remark(standard, "tiers", sentence, severity=Severity.HINT)


def _ends(standard: DiscretionStandard, ranged: list[Tier]) -> Iterator[Remark]:
    """The lowest and the highest tier have to reach the bounds of the law."""
    if not ranged:
        return
    lowest, highest = min(ranged, key=_start), max(ranged, key=_reach)
    if standard.lower is not None and _less(standard.lower, lowest.lower):
        yield Remark(standard, "tiers", _unreached(lowest, standard.lower, standard.unit))
    if standard.upper is not None and _less(highest.upper, standard.upper):
        yield Remark(standard, "tiers", _unreached(highest, standard.upper, standard.unit))


def _less(one: int | None, other: int | None) -> bool:
    """Say whether both are named and the first is smaller."""
    return one is not None and other is not None and one < other


def _unreached(tier: Tier, bound: int, unit: AmountUnit | None) -> Sentence:
    return zh(
        "法律的界限是 {bound}，「{tier}」一档没有到，留下空档。请补一档或改幅度。",
        bound=amount(bound, unit),
        tier=tier.name,
    )


def amount(hundredths: int | None, unit: AmountUnit | None) -> Sentence:
    """Return an amount in words."""
    if hundredths is None:
        return zh("不限")
    whole, part = divmod(abs(hundredths), 100)
    number = f"{'-' if hundredths < 0 else ''}{whole}" + (
        f".{part:02d}".rstrip("0") if part else ""
    )
    return zh("{number}{unit}", number=number, unit=unit.label if unit else "")


def fees(view: View) -> Iterator[Remark]:
    """GJ602: a fee with a range, and no promise to take the lower bound (S1-44)."""
    for power in view.powers:
        fee = power.fee
        if fee is None:
            continue
        if not says_something(fee.basis):
            yield Remark(power, "fee.basis", zh("收费没有依据。请写明依据文件，没有依据不得收费。"))
        if fee.upper is not None and fee.upper != fee.lower and not fee.by_lower:
            yield Remark(
                power,
                "fee.by_lower",
                zh(
                    "收费在 {lower} 至 {upper} 之间，没有写明按下限收取。请写明一律按下限收。",
                    lower=amount(fee.lower, fee.unit),
                    upper=amount(fee.upper, fee.unit),
                ),
            )


CHECKS = (
    Check("GJ601", zh("裁量没有分档、重叠或有空档"), Severity.ERROR, "S1-24, S2-17", tiers),
    Check("GJ602", zh("收费有幅度而不按下限"), Severity.WARNING, "S1-44", fees),
)
"""The checks of this theme."""
