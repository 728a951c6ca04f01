"""Powers with what they rest on, and what their holders answer for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guiju.core.lists.model import AccountabilityCase, Duty, Fee, LegalBasis, Period, Power
from guiju.core.lists.words import (
    AdminLevel,
    Attention,
    BasisLevel,
    BasisStatus,
    DutyKind,
    ItemKind,
    Layer,
    PeriodUnit,
    Side,
    SubjectState,
)
from guiju.core.organisation.words import Function, LeaderLevel
from guiju.demo.lists.catalogue import read
from guiju.demo.lists.flows import Acted
from guiju.demo.lists.making import Making

_UNITS = {"w": PeriodUnit.WORKING_DAYS, "d": PeriodUnit.DAYS}
_OF_CONGRESS, _NOT_OF_CONGRESS = "中华人民共和国", ("条例", "办法")
_DIGITS = "零一二三四五六七八九"


def power(making: Making) -> Power:
    """Return the power; its grade is found later, with its risks."""
    row, pattern = making.row, making.pattern
    legal, promised = limits(row.limit)
    attention = Attention.HIGH if making.has("高") else Attention.SOME if making.has("中") else None
    is_external = making.side is Side.EXTERNAL
    return Power(
        code=making.code,
        name=row.name,
        parent=making.parent,
        side=making.side,
        kind=row.kind.partition(":")[0],
        layer=making.layer,
        subject=making.body.name,
        subject_state=SubjectState.STATUTORY if is_external else None,
        exercised_at=AdminLevel.COUNTY if is_external else None,
        office=making.office.name,
        post=_holder(making),
        leader=making.body.leader(making.office),
        manager=LeaderLevel.DEPUTY,
        function=Function.of(pattern.function) if pattern.function else None,
        conditions=row.conditions,
        boundary=f"{row.thing}{_comma(row.boundary)}",
        targets=row.targets,
        mode=making.say(making.pick(pattern.mode)),
        discipline=making.say(making.pick(pattern.discipline, 1)),
        legal_limit=legal,
        promised_limit=promised,
        fee=_fee(making),
        is_discretionary=making.has("裁"),
        is_major=making.has("大"),
        attention=attention,
        publication=making.shown(ItemKind.POWER),
    )


def _comma(boundary: str) -> str:
    return boundary if boundary.startswith(("限于", "不", "只")) else f"：{boundary}"


def _holder(making: Making) -> str:
    if making.layer is Layer.LEADER:
        return making.body.leader(making.office)
    return making.office.post("r" if making.layer is Layer.UNIT else "h")


def limits(text: str) -> tuple[Period | None, Period | None]:
    """Return the legal and the promised limit of 「20w/10」; the promise is in working days."""
    if not text:
        return None, None
    legal, _, promised = text.partition("/")
    return (
        Period(int(legal[:-1]), _UNITS[legal[-1]]),
        Period(int(promised), PeriodUnit.WORKING_DAYS),
    )


def _fee(making: Making) -> Fee | None:
    found = next((fee for fee in making.plan.fees if fee[0] == making.row.name), None)
    if found is None:
        return None
    _, basis, standard, lower, upper = found
    return Fee(basis=basis, standard=standard, lower=int(lower), upper=int(upper))


def bases(making: Making) -> Iterator[LegalBasis]:
    """Yield what the power rests on: 「建筑法#7」, 「@议事规则」 of the unit, 「县@…」."""
    for number, cited in enumerate(making.row.bases.split(";"), start=1):
        yield LegalBasis(
            code=f"{making.short}-B{number}",
            power=making.code,
            status=BasisStatus.IN_FORCE,
            **_cited(cited, making),  # type: ignore[arg-type] # texts and a level, as named
        )


def _cited(cited: str, making: Making) -> Mapping[str, str | BasisLevel]:
    owner, _, rule = cited.partition("@")
    if rule:
        if owner:
            issuer, level = "示例县人民政府", BasisLevel.NORMATIVE
            return {"name": f"示例县{rule}", "issuer": issuer, "level": level}
        body = making.body
        return {"name": f"{body.name}{rule}", "issuer": body.name, "level": BasisLevel.INTERNAL}
    key, _, article = cited.partition("#")
    name, level, issuer, number = read("statutes")["statutes"][key].split("|")
    return {
        "name": name,
        "doc_no": number,
        "issuer": issuer,
        "level": BasisLevel.of(level),
        "article": f"第{numeral(int(article))}条" if article else "",
    }


def numeral(number: int) -> str:
    """Return a number from 1 to 1999 as articles are counted: 一千零七十六."""
    text, has_gap = "", False
    for value, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // value % 10
        if digit:
            text += ("零" if has_gap and text else "") + _DIGITS[digit] + name
        has_gap = not digit
    return text.removeprefix("一") if 10 <= number < 20 else text


def duties(making: Making, steps: tuple[Acted, ...]) -> Iterator[Duty]:
    """Yield what has to be done at which step."""
    at = {one.step.key: one.node for one in steps}
    for number, (kind, key, text) in enumerate(making.pattern.duties, start=1):
        node = at.get(key)
        yield Duty(
            code=f"{making.short}-Z{number}",
            power=making.code,
            kind=DutyKind.of(kind),
            step=node.number if node else "",
            text=making.say(text),
            owner=node.post if node else making.office.post("r"),
        )


def accountabilities(making: Making) -> Iterator[AccountabilityCase]:
    """Yield for what holders of the power are held to account."""
    for number, (text, basis, sanction) in enumerate(making.pattern.cases, start=1):
        law, _, article = basis.partition("第")
        yield AccountabilityCase(
            code=f"{making.short}-X{number}",
            power=making.code,
            text=making.say(text),
            basis=f"《{law if law.endswith(_NOT_OF_CONGRESS) else _OF_CONGRESS + law}》第{article}",
            sanction=sanction,
        )
