"""The editions: all tables of each unit, worked out from the catalogue, the same each time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from guiju.core.lists.grading import grade_power
from guiju.core.lists.model import TABLES, Edition, Item, Power, PowerFlow, Risk
from guiju.core.lists.words import GradeMethod, ItemKind, Layer
from guiju.demo.lists.catalogue import Plan, plans
from guiju.demo.lists.flows import Acted, acted, drawn, refined
from guiju.demo.lists.holes import with_holes
from guiju.demo.lists.making import Making, full, named
from guiju.demo.lists.powers import accountabilities, bases, duties, limits, power
from guiju.demo.lists.risks import controls, refined_risks, risks
from guiju.demo.lists.standards import negatives, standards
from guiju.demo.lists.units import bodies
from guiju.exchange.profile_files import built_in


@cache
def editions() -> tuple[Edition, ...]:
    """Return the lists of every unit, as they are brought in, with the holes for lint to find."""
    return tuple(with_holes(edition(plan)) for plan in plans())


def edition(plan: Plan) -> Edition:
    """Return one unit's lists without a hole."""
    body, profile = bodies()[plan.unit], built_in(plan.profile.value)
    tables: dict[ItemKind, list[Item]] = {kind: [] for kind in ItemKind}
    tables[ItemKind.NEGATIVE] = list(negatives(plan, body, profile))
    for making in _makings(plan):
        for item in _of_power(making):
            tables[item.item_kind].append(item)
    return Edition(
        unit_name=body.name,
        unit_code=plan.unit,
        profile=plan.profile.value,
        title=f"{body.name}四单",
        **{TABLES[kind]: tuple(items) for kind, items in tables.items()},  # type: ignore[arg-type] # each table its own sort
    )


def _makings(plan: Plan) -> Iterator[Making]:
    body, profile = bodies()[plan.unit], built_in(plan.profile.value)
    words = {**plan.flavour, "s": body.short}
    numbers: dict[str, int] = {}
    parent, part = "", 0
    for place, row in enumerate(plan.powers):
        kind = row.kind.partition(":")[0]
        if "子" in row.flags:
            part += 1
        else:
            numbers[kind] = numbers.get(kind, 0) + 1
            part = 0
        short = named(plan.unit, kind, numbers[kind], part)
        code = short if plan.is_school else full(short)
        parent = parent if part else code
        yield Making(
            plan,
            body,
            profile,
            row.told(words),
            place,
            short,
            code,
            parent if part else "",
        )


def _of_power(making: Making) -> Iterator[Item]:
    _, promised = limits(making.row.limit)
    days = promised.amount if promised else 0
    steps = acted(making.pattern, making.office, is_inspected=making.has("查"), days=days)
    flows = [_flow(making, steps)]
    found = list(risks(making, flows[0].code, steps))
    posts = {(flows[0].code, one.node.number): one.node.post for one in steps}
    if making.has("细"):
        _refine(making, steps, flows, found, posts)
    yield _graded(making, power(making), found)
    yield from bases(making)
    yield from duties(making, steps)
    yield from accountabilities(making)
    yield from flows
    for number, risk in enumerate(found, start=1):
        yield risk
        yield from controls(making, risk, posts[risk.flow, risk.step], number)
    yield from standards(making)


def _flow(making: Making, steps: tuple[Acted, ...]) -> PowerFlow:
    code = f"{making.short}-L1"
    return PowerFlow(
        code=code,
        power=making.code,
        name=f"{making.row.name}流程",
        graph=drawn(code, f"{making.row.name}流程", steps),
        notes=tuple(one.note for one in steps),
        publication=making.shown(ItemKind.FLOW),
    )


def _refine(
    making: Making,
    steps: tuple[Acted, ...],
    flows: list[PowerFlow],
    found: list[Risk],
    posts: dict[tuple[str, str], str],
) -> None:
    """Add the flow of the leaders, which refines the unit's, and that of the posts below it."""
    for number, layer in enumerate((Layer.LEADER, Layer.POST), start=2):
        above = flows[-1]
        is_leader = layer is Layer.LEADER
        parts, notes = refined(steps, is_leader=is_leader, above=() if is_leader else above.notes)
        code = f"{making.short}-L{number}"
        name = f"{making.row.name}流程（{making.profile.layers[layer]}）"
        flows.append(
            replace(
                above,
                code=code,
                name=name,
                layer=layer,
                parent=above.code,
                graph=drawn(code, name, parts),
                notes=notes,
            )
        )
        more = refined_risks(making, code, parts, len(found) + 1, is_leader=is_leader)
        found.extend(more)
        posts |= {(code, one.node.number): one.node.post for one in parts}


def _graded(making: Making, made: Power, found: list[Risk]) -> Power:
    """Return the power with the grade that the profile's methods give, and why."""
    grading = grade_power(made, found, making.profile)
    method = grading.results[0].method if grading.results else GradeMethod.RULES
    reason = ""
    if grading.is_conflict:
        reason = f"各种方法得出的等级不一致，{making.row.thing}从严定级"
    elif grading.grade is None:
        reason = f"{making.row.thing}不在规则表所列的情形之内，按最低等级管理"
    return replace(made, grade=grading.grade or 3, grade_method=method, grade_reason=reason)
