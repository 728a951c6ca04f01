"""From rows about risks, controls, negative items and discretion to items."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from guiju.core.lists.model import Tier
from guiju.core.lists.words import ControlPhase, ItemKind
from guiju.core.sentence import zh
from guiju.exchange.lists.build_powers import Powers
from guiju.exchange.lists.draft import Draft, fields_of
from guiju.exchange.lists.fields import field_at
from guiju.exchange.lists.ranges import base_in, range_in
from guiju.exchange.lists.raw import Raw
from guiju.exchange.lists.several import parted
from guiju.exchange.lists.sheet import Spot
from guiju.exchange.lists.teller import Teller

_STANDING = frozenset({"长期", "长期坚持", "常态化", "经常", "持续", "长期执行"})
_RISK_APART = frozenset({"text", "unit", "code"})
_CONTROL_APART = frozenset({"text", "prevent", "watch", "handle", "due", "code"})
_PHASES = {
    "control.text": None,
    "control.prevent": ControlPhase.PREVENT,
    "control.watch": ControlPhase.WATCH,
    "control.handle": ControlPhase.HANDLE,
}


class Risks:
    """Makes risks and controls of rows; a risk merged over several rows is one risk."""

    def __init__(self, draft: Draft, teller: Teller, powers: Powers) -> None:
        self.draft, self.teller, self.powers = draft, teller, powers
        self._rows: dict[Spot, str] = {}

    def add(self, raw: Raw) -> bool:
        """Make the risk of a row, the power that it names, and its controls."""
        if not {"risk.text", "risk.manifestation"} & raw.pieces.keys():
            return False
        power = self._power(raw)
        values = self.teller.values(raw, ItemKind.RISK, _RISK_APART)
        texts = self._texts(raw)
        anchor = raw.pieces.get("risk.text") or raw.pieces["risk.manifestation"]
        known = self._rows.get(anchor.spots[0])
        if known:
            self.teller.first_wins(
                raw, ItemKind.RISK, values, self.draft.items[ItemKind.RISK][known]
            )
            self.draft.change(ItemKind.RISK, known, fields_of(ItemKind.RISK, values))
            keys = [known]
        else:
            given = self.teller.text(raw, "risk.code")
            keys = [
                self._risk(text, power, values, given if n == 0 else "")
                for n, text in enumerate(texts)
            ]
            self._rows[anchor.spots[0]] = keys[0]
        self.controls(raw, [self.draft.code_of(ItemKind.RISK, key) for key in keys])
        if "basis" in raw.pieces and power:
            self.powers.bases(raw, power)
        return True

    def _risk(self, text: str, power: str, values: dict[str, Any], code: str) -> str:
        said = (power, str(values.get("post", "")), str(values.get("person", "")), text)
        fields = fields_of(ItemKind.RISK, values)
        return self.draft.new(ItemKind.RISK, said, code, power=power, text=text, **fields)

    def _power(self, raw: Raw) -> str:
        name = self.teller.name(raw, "power.name")
        if not name:
            return ""
        code, bearers = self.draft.power_named(name)
        if bearers > 1:
            why = zh("有 {count} 项权力叫这个名称，取了最后一项。", count=bearers)
            self.teller.take(raw, "power.name", code, (why,))
        return code

    def _texts(self, raw: Raw) -> tuple[str, ...]:
        """Return the risks of a cell: several only where as many controls stand beside them."""
        text = self.teller.name(raw, "risk.text")
        texts = parted(text) if text else ("",)
        if len(texts) == 1:
            return texts
        beside = raw.pieces.get("control.text")
        if beside and len(parted(beside.text)) == len(texts):
            return texts
        why = zh("一格里像是有 {count} 个风险点，没有拆开。请一行写一个。", count=len(texts))
        self.teller.take(raw, "risk.text", text, (why,))
        return (text,)

    def controls(self, raw: Raw, risks: list[str]) -> bool:
        """Make the controls of a row; with as many parts as risks, each belongs to its own."""
        values = self.teller.values(raw, ItemKind.CONTROL, _CONTROL_APART)
        values |= self._due(raw)
        made = False
        for target, phase in _PHASES.items():
            text = self.teller.text(raw, target)
            said = {**values, "phase": phase} if phase else values
            parts = parted(text) if text else ()
            for place, part in enumerate(parts):
                risk = risks[place] if len(risks) == len(parts) else risks[0]
                self._control(part, risk, said)
                made = True
        if not made and values:
            self._control("", risks[0], values)
        return made or bool(values)

    def _control(self, text: str, risk: str, values: dict[str, Any]) -> None:
        fields = fields_of(ItemKind.CONTROL, values)
        self.draft.new(ItemKind.CONTROL, (risk, text), risk=risk, text=text, **fields)

    def _due(self, raw: Raw) -> dict[str, Any]:
        piece = raw.pieces.get("control.due")
        if piece and piece.text.strip() in _STANDING:
            self.teller.take(raw, "control.due", piece.text)
            return {"is_standing": True}
        due = self.teller.value(raw, "control.due", field_at(ItemKind.CONTROL, "due"))
        return {"due": due} if due else {}

    def control_row(self, raw: Raw) -> bool:
        """Make a control that stands in a table of its own."""
        return self.controls(raw, [""])

    def negative(self, raw: Raw) -> bool:
        """Make a negative item."""
        values = self.teller.values(raw, ItemKind.NEGATIVE, frozenset({"code", "act"}))
        act = self.teller.name(raw, "negative.act")
        code = self.teller.text(raw, "negative.code")
        if not act and not values:
            return False
        said = (str(values.get("post", "")), act)
        self.draft.new(
            ItemKind.NEGATIVE, said, code, act=act, **fields_of(ItemKind.NEGATIVE, values)
        )
        return True


class Standards:
    """Makes discretion standards: rows that share their offence are its tiers."""

    def __init__(self, draft: Draft, teller: Teller) -> None:
        self.draft, self.teller = draft, teller
        self._rows: dict[Spot, str] = {}

    def add(self, raw: Raw) -> bool:
        """Make a tier of a row, and its standard where the row begins one."""
        values = self.teller.values(raw, ItemKind.STANDARD, frozenset({"code"}))
        code = self.teller.text(raw, "standard.code")
        anchor = raw.pieces.get("standard.offence") or raw.pieces.get("standard.behaviour")
        if anchor is None:
            return False
        key = self._rows.get(anchor.spots[0])
        if key is None:
            said = (str(values.get("behaviour", "")), str(values.get("offence", "")))
            key = self.draft.new(
                ItemKind.STANDARD, said, code, **fields_of(ItemKind.STANDARD, values)
            )
            self._rows[anchor.spots[0]] = key
        self._tier(raw, key)
        return True

    def _tier(self, raw: Raw, key: str) -> None:
        name, conditions, measure = (
            self.teller.text(raw, f"tier.{path}") for path in ("name", "conditions", "measure")
        )
        if not (name or conditions or measure):
            return
        standard = self.draft.items[ItemKind.STANDARD][key]
        tier = Tier(name=name, conditions=conditions, measure=measure)
        found = range_in(measure)
        values: dict[str, Any] = {}
        if found and standard.unit in (None, found.unit):
            values = {"unit": found.unit, "base": standard.base or base_in(measure)}
            tier = replace(
                tier, lower=found.lower, upper=found.upper, below_upper=found.below_upper
            )
        self.draft.change(ItemKind.STANDARD, key, values)
        self.draft.tiers[key].append(tier)
