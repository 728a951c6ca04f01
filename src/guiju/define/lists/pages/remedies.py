"""Where what the checks found is mended: the field of a form, a new item, the step table."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse

from guiju.core.lists.lint import Finding
from guiju.core.lists.words import ItemKind
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import address, field_page
from guiju.define.lists.pages.item_form import name_of

FROM, CHECKS = "from", "checks"
"""What an address says whose form leads back to the checks."""

_LACKING: Mapping[tuple[str, ItemKind], tuple[ItemKind, str]] = {
    ("GJ101", ItemKind.POWER): (ItemKind.BASIS, "power"),
    ("GJ201", ItemKind.POWER): (ItemKind.FLOW, "power"),
    ("GJ401", ItemKind.POWER): (ItemKind.RISK, "power"),
    ("GJ401", ItemKind.FLOW): (ItemKind.RISK, "flow"),
    ("GJ501", ItemKind.RISK): (ItemKind.CONTROL, "risk"),
}
"""Of which table an item is missing, and in which of its fields it names what lacks it."""

_WHOLE = {
    "complete": ("check", "GJ401"),
    "thorough": ("check", "GJ401"),
    "exact": ("table", ItemKind.RISK.value),
    "public": ("check", "GJ701"),
}
"""What was found at the edition as a whole and stands in the list once more, item by item."""


def remedy(edition: Edition, finding: Finding, powers: Mapping[str, str]) -> str:
    """Return the address where a finding is mended; empty where no page can.

    Args:
        edition: a draft.
        finding: of its checks.
        powers: the power of each flow, so that a new risk of a step begins with it.
    """
    kind = finding.kind
    if kind is None:
        return _of_whole(edition, finding)
    lacking = _LACKING.get((finding.code, kind))
    if lacking:
        return _adding(edition, finding, *lacking, powers)
    if elsewhere := field_page(edition, kind, finding.item, finding.field):
        return elsewhere
    if not finding.field or finding.field == "code":
        return address("lists:item", edition, kind.value, finding.item)
    form = address("lists:item_edit", edition, kind.value, finding.item)
    return f"{form}?{urlencode({FROM: CHECKS})}#id_{name_of(finding.field)}"


def _adding(
    edition: Edition, finding: Finding, table: ItemKind, names: str, powers: Mapping[str, str]
) -> str:
    given = {names: finding.item, FROM: CHECKS}
    if finding.kind is ItemKind.FLOW:
        given |= {"power": powers.get(finding.item, ""), "step": finding.step}
    return f"{address('lists:item_add', edition, table.value)}?{urlencode(given)}"


def _of_whole(edition: Edition, finding: Finding) -> str:
    if finding.field == "channels":
        return address("lists:grid", edition, ItemKind.RISK.value)
    if finding.field == "post":
        return f"{reverse('org:posts')}?{urlencode({'unit': edition.unit.code})}"
    if finding.field in _WHOLE:
        name, value = _WHOLE[finding.field]
        return f"{address('lists:checks', edition)}?{urlencode({name: value})}"
    return ""
