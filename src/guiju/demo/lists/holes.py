"""The holes that the example leaves on purpose, so that the checks of the lists find something.

Made here: GJ101 (SJJ: an award that rests on nothing), GJ102 (MZJ: adoption after a repealed
law), GJ103 (SFJ: an empty phrase for discipline), GJ107 (ZFB: nobody held to account), GJ108
(CZJ: a document that counts one power too many), GJ204 (WJJ: a step without limit), GJ301 (QSX:
two people suffice), GJ303 (WJJ: the head runs personnel), GJ401 with GJ405 (YZ: an approval
without a risk), GJ406 with GJ405 (EX: a copied risk), GJ501 (JYJ: a risk without control),
GJ503 (JYJ-JC: a technical control without a rule), GJ601 (ZJJ: a gap between tiers), GJ701
(ZFB: secret, though nobody allowed it).

Not made, but so: GJ104 (FGJ: 核准 beside 备案), GJ602 (ZRJ: a fee with a range), and what the
county's people leave open: GJ203 (MZJ and ZJJ: a vacant post), GJ306 (CZJ and ZRJ: rotation).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from guiju.core.lists.model import TABLES, Edition, Item, StatedCount
from guiju.core.lists.words import BasisStatus, ItemKind, Means
from guiju.core.organisation.words import LeaderLevel


@dataclass(frozen=True, slots=True)
class Hole:
    """One hole.

    Attributes:
        found: what the lint says of it: check and item, empty for the edition as a whole.
        make: leaves it in an edition; None where it is there already.
    """

    unit: str
    found: tuple[tuple[str, str], ...]
    make: Callable[[Edition], Edition] | None = None


def with_holes(edition: Edition) -> Edition:
    """Return a unit's edition with its holes."""
    for hole in HOLES:
        if hole.unit == edition.unit_code and hole.make is not None:
            edition = hole.make(edition)
    return edition


def _changed(edition: Edition, kind: ItemKind, code: str, **said: object) -> Edition:
    """Return an edition in which one item says something else."""
    fields: Mapping[str, Any] = said
    items = edition.table(kind)
    made = tuple(replace(one, **fields) if one.code == code else one for one in items)
    if made == items:
        raise KeyError(code)
    return _with(edition, kind, made)


def _without(edition: Edition, kind: ItemKind, field: str, value: str) -> Edition:
    """Return an edition without the items of which a field says ``value``."""
    items = edition.table(kind)
    kept = tuple(one for one in items if getattr(one, field) != value)
    if kept == items:
        raise KeyError(value)
    return _with(edition, kind, kept)


def _with(edition: Edition, kind: ItemKind, items: tuple[Item, ...]) -> Edition:
    return replace(edition, **{TABLES[kind]: items})  # type: ignore[arg-type] # each table its own sort


def _repealed_basis(edition: Edition) -> Edition:
    said = {"name": "中华人民共和国收养法", "article": "第十五条"}
    status = BasisStatus.REPEALED
    return _changed(edition, ItemKind.BASIS, "MZJ-QR-003-B1", status=status, **said)


def _one_too_many(edition: Edition) -> Edition:
    count = len(edition.powers) + 1
    stated = StatedCount(kind=ItemKind.POWER, count=count, where=f"权力清单共 {count} 项")
    return replace(edition, stated=(stated,))


def _step_said(edition: Edition, code: str, number: str, **said: object) -> Edition:
    """Return an edition in which one step of a flow says something else."""
    fields: Mapping[str, Any] = said
    graph = next(flow.graph for flow in edition.flows if flow.code == code)
    if graph is None:
        raise KeyError(code)
    nodes = tuple(replace(n, **fields) if n.number == number else n for n in graph.nodes)
    return _changed(edition, ItemKind.FLOW, code, graph=replace(graph, nodes=nodes))


def _unlooked(edition: Edition) -> Edition:
    edition = _without(edition, ItemKind.RISK, "code", "YZ-JX-001-F2")
    return _without(edition, ItemKind.CONTROL, "risk", "YZ-JX-001-F2")


def _copied(edition: Edition) -> Edition:
    first = next(one for one in edition.risks if one.code == "EX-RS-001-F1")
    said = {"text": first.text, "manifestation": first.manifestation}
    return _changed(edition, ItemKind.RISK, "EX-RS-004-F1", **said)


def _gap(edition: Edition) -> Edition:
    code = "ZJJ-CF-005-C1"
    low, middle, high = next(one.tiers for one in edition.standards if one.code == code)
    later = replace(middle, lower=(middle.lower or 0) + 500_000)
    return _changed(edition, ItemKind.STANDARD, code, tiers=(low, later, high))


def _unallowed(edition: Edition) -> Edition:
    code = "999999-ZFB-QT-005-00"
    shown = next(one.publication for one in edition.powers if one.code == code)
    if shown is None:
        raise KeyError(code)
    return _changed(edition, ItemKind.POWER, code, publication=replace(shown, approver=""))


HOLES = (
    Hole(
        "SJJ",
        (("GJ101", "999999-SJJ-JL-001-00"),),
        lambda edition: _without(edition, ItemKind.BASIS, "power", "999999-SJJ-JL-001-00"),
    ),
    Hole("MZJ", (("GJ102", "MZJ-QR-003-B1"),), _repealed_basis),
    Hole(
        "SFJ",
        (("GJ103", "999999-SFJ-XK-001-00"),),
        lambda edition: _changed(
            edition, ItemKind.POWER, "999999-SFJ-XK-001-00", discipline="按规定执行"
        ),
    ),
    Hole("FGJ", (("GJ104", "999999-FGJ-QT-003-00"),)),
    Hole(
        "ZFB",
        (("GJ107", "999999-ZFB-QT-003-00"),),
        lambda edition: _without(edition, ItemKind.ACCOUNTABILITY, "power", "999999-ZFB-QT-003-00"),
    ),
    Hole("CZJ", (("GJ108", ""),), _one_too_many),
    Hole("MZJ", (("GJ203", "MZJ-XK-001-L1"),)),
    Hole("ZJJ", (("GJ203", "ZJJ-QT-002-L1"),)),
    Hole(
        "WJJ",
        (("GJ204", "WJJ-XK-004-L1"),),
        lambda edition: _step_said(edition, "WJJ-XK-004-L1", "5", limit=None),
    ),
    Hole(
        "QSX",
        (("GJ301", "QSX-CW-003-L1"),),
        lambda edition: _step_said(edition, "QSX-CW-003-L1", "2", post="校长"),
    ),
    Hole(
        "WJJ",
        (("GJ303", "999999-WJJ-ZD-002-00"),),
        lambda edition: _changed(
            edition, ItemKind.POWER, "999999-WJJ-ZD-002-00", manager=LeaderLevel.HEAD
        ),
    ),
    Hole("CZJ", (("GJ306", ""),)),
    Hole("ZRJ", (("GJ306", ""),)),
    Hole("YZ", (("GJ401", "YZ-JX-001-L1"), ("GJ405", "")), _unlooked),
    Hole("EX", (("GJ406", "EX-RS-004-F1"), ("GJ405", "")), _copied),
    Hole(
        "JYJ",
        (("GJ501", "JYJ-QT-003-F1"),),
        lambda edition: _without(edition, ItemKind.CONTROL, "risk", "JYJ-QT-003-F1"),
    ),
    Hole(
        "JYJ-JC",
        (("GJ503", "JYJ-JC-QT-001-F1-K1"),),
        lambda edition: _changed(
            edition, ItemKind.CONTROL, "JYJ-JC-QT-001-F1-K1", means=(Means.TECHNOLOGY,)
        ),
    ),
    Hole("ZJJ", (("GJ601", "ZJJ-CF-005-C1"),), _gap),
    Hole("ZRJ", (("GJ602", "999999-ZRJ-QR-002-00"),)),
    Hole("ZFB", (("GJ701", "999999-ZFB-QT-005-00"),), _unallowed),
)
"""All holes, in the order of their checks."""
