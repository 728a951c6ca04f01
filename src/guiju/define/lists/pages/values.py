"""What a field of an item says, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from guiju.base.ui.tables import Value
from guiju.core.flow.model import Flow
from guiju.core.lists.fields import PERSON, SOMEBODY
from guiju.core.lists.flows import StepNote
from guiju.core.lists.model import Period, Tier
from guiju.core.lists.profile import Profile
from guiju.core.lists.values import Fee, Publication
from guiju.core.lists.words import AmountUnit
from guiju.core.sentence import Sentence, listing, zh
from guiju.core.terms import NodeKind, Term

_STEPS = (NodeKind.TASK, NodeKind.CALL)


def said(
    value: object,
    path: str = "",
    profile: Profile | None = None,
    names: Mapping[str, str] | None = None,
) -> Value:
    """Return a field's value as a list or a sheet shows it; None where nothing was said.

    Args:
        value: as the item holds it.
        path: the field's path, for those whose words are the body's own.
        profile: whose words for grades and kinds of power are used.
        names: what people are called whom the reader may see, by reference.
    """
    if value is None or value in ("", ()):
        return None
    if isinstance(value, Term | date):
        return value
    if isinstance(value, int):
        return _number(value, path, profile)
    if isinstance(value, str) and value.startswith(PERSON):
        return (names or {}).get(value) or SOMEBODY
    if isinstance(value, str):
        return (profile.kind_label(value) if path == "kind" and profile else None) or value
    return _compound(value)


def _number(value: int, path: str, profile: Profile | None) -> Value:
    """Return yes or no, an amount, a grade in the body's word, or the number."""
    if isinstance(value, bool):
        return zh("是") if value else zh("否")
    if path.rpartition(".")[2] in ("lower", "upper"):
        return amount(value, None)
    return profile.grade_label(value) if path == "grade" and profile else value


def _compound(value: object) -> Value:
    if isinstance(value, Period):
        return zh("{amount} {unit}", amount=value.amount, unit=value.unit.label)
    if isinstance(value, Publication):
        return value.audience.label if value.audience else value.exemption or None
    if isinstance(value, Fee):
        return value.standard or amount(value.lower, value.unit)
    if isinstance(value, Flow):
        return zh("{count} 步", count=sum(one.kind in _STEPS for one in value.nodes))
    if isinstance(value, Iterable):
        return listing(_one(one) for one in value)
    return str(value)


def _one(value: object) -> Sentence | str:
    if isinstance(value, Term):
        return value.label
    if isinstance(value, Tier | StepNote):
        return value.name if isinstance(value, Tier) else value.step
    return str(value)


def amount(hundredths: int | None, unit: AmountUnit | None) -> Sentence | None:
    """Return an amount with its unit; None for none."""
    if hundredths is None:
        return None
    whole, rest = divmod(abs(hundredths), 100)
    sign = "-" if hundredths < 0 else ""
    number = f"{sign}{whole:,}" + (f".{rest:02}".rstrip("0") if rest else "")
    return zh("{number} {unit}", number=number, unit=unit.label) if unit else zh("{n}", n=number)
