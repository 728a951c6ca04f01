"""Discretion standards of penalties, in three tiers that meet; and the negative list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guiju.core.lists.model import DiscretionStandard, NegativeItem, Tier
from guiju.core.lists.profile import Profile
from guiju.core.lists.values import Publication
from guiju.core.lists.words import AmountUnit, ItemKind
from guiju.core.organisation.words import LeaderLevel
from guiju.demo.lists.catalogue import Plan, read
from guiju.demo.lists.making import Making
from guiju.demo.lists.powers import bases
from guiju.demo.lists.units import Body

_TIERS = (("轻微", 0, 30), ("一般", 30, 70), ("严重", 70, 100))
_HEAVIER = ("一年内再次实施同类违法行为", "转移、隐匿或者销毁证据", "造成人身损害或者较大社会影响")
_LIGHTER = ("主动消除或者减轻危害后果", "主动供述尚未掌握的违法行为", "配合查处有立功表现")


def standards(making: Making) -> Iterator[DiscretionStandard]:
    """Yield the standard of a power with discretion."""
    for row in making.plan.standards:
        if row[0] != making.row.name:
            continue
        _, offence, unit, base, lower, upper, *conditions = row
        low, high = (int(text) if text else None for text in (lower, upper))
        yield DiscretionStandard(
            code=f"{making.short}-C1",
            power=making.code,
            behaviour=making.row.thing,
            offence=offence,
            basis=next(bases(making)).title,
            unit=AmountUnit.of(unit) if unit else None,
            base=base,
            lower=low,
            upper=high,
            tiers=tuple(_tiers(low, high, conditions)),
            aggravating=(making.pick(_HEAVIER), making.pick(_HEAVIER, 1)),
            mitigating=(making.pick(_LIGHTER), making.pick(_LIGHTER, 1)),
            publication=making.shown(ItemKind.STANDARD),
        )


def _tiers(low: int | None, high: int | None, conditions: list[str]) -> Iterator[Tier]:
    """Yield the tiers; a bound that two share belongs to the lower one."""
    for (name, start, end), text in zip(_TIERS, conditions, strict=True):
        if high is None:
            yield Tier(name=name, conditions=text, measure="警告")
            continue
        least = low or 0
        span = high - least
        yield Tier(
            name=name,
            conditions=text,
            measure="罚款",
            lower=low if not start else least + span * start // 100,
            upper=least + span * end // 100,
            above_lower=bool(start),
        )


def negatives(plan: Plan, body: Body, profile: Profile) -> Iterator[NegativeItem]:
    """Yield what leaders and staff of a unit must not do."""
    words: Mapping[str, str] = {**plan.flavour, "s": body.short}
    shown = Publication(audience=profile.audiences[ItemKind.NEGATIVE])
    group = "school" if plan.is_school else "common"
    for number, line in enumerate(read("negatives")[group], start=1):
        level, act, impact, prevention, sanction = line.format_map(words).split("|")
        post = body.first(LeaderLevel.of(level))
        if post:
            yield NegativeItem(
                code=f"{plan.unit}-N{number:02d}",
                post=post,
                act=act,
                impact=impact,
                prevention=prevention,
                owner=body.head if post != body.head else "派驻纪检监察组",
                sanction=sanction,
                publication=shown,
            )
