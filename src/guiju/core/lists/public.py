"""What of an edition everybody may see (S0-31, S2-09, S3-06, S4-06, K8).

Everything is closed that is not opened here: a field is public when ``OPEN`` names it, an item
when its audience is the public and what it belongs to is public. Nothing of natural persons
passes: fields that may name one are not in ``OPEN``, risks of persons are never public, and names
of people are taken out of where a post should stand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any, TypeVar

from guiju.core.lists.fields import NAMES_A_PERSON, PERSON
from guiju.core.lists.model import TABLES, Control, Edition, Item, Risk
from guiju.core.lists.profile import Profile
from guiju.core.lists.values import Publication
from guiju.core.lists.words import Audience, ItemKind, Layer

_T = TypeVar("_T")


def _fields(names: str) -> frozenset[str]:
    return frozenset(names.split())


OPEN: dict[ItemKind, frozenset[str]] = {
    ItemKind.POWER: _fields(
        "code name parent side kind layer subject subject_state exercised_at office post"
        " conditions boundary targets mode discipline legal_limit promised_limit fee"
        " is_discretionary is_major phone state valid_from valid_to"
    ),
    ItemKind.BASIS: _fields(
        "code power name doc_no article text issuer level status effective",
    ),
    ItemKind.DUTY: _fields("code power kind step text"),
    ItemKind.ACCOUNTABILITY: _fields("code power text basis sanction"),
    ItemKind.NEGATIVE: _fields("code post act impact prevention sanction"),
    ItemKind.FLOW: _fields("code power name layer parent is_active graph notes"),
    ItemKind.RISK: _fields(
        "code power flow step layer post dimensions spot matter text manifestation grade"
    ),
    ItemKind.CONTROL: _fields(
        "code risk means phase text basis_rule unit post supervision every due is_standing"
    ),
    ItemKind.STANDARD: _fields(
        "code power behaviour offence basis unit base lower upper tiers aggravating mitigating"
    ),
}
"""The fields of each table that everybody may see, of an item that is public."""

_PLACES = frozenset({"post", "office", "subject", "unit", "lead_unit", "joint_units"})
"""Fields for posts and units, in items, steps and their notes."""

_APART = re.compile(r"[\s、，,;；/／()（）:：]+")


@dataclass(frozen=True, slots=True)
class Withheld:
    """Items of one table that are not public, and why; nothing of what they say.

    Attributes:
        audience: the circle that may see them; None where they are exempt.
        reason: the exemption with its legal basis.
        review_date: when it is looked at again.
    """

    kind: ItemKind
    audience: Audience | None
    reason: str
    review_date: date | None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Opened:
    """The public form of an edition: an edition like any other, and what it leaves out."""

    edition: Edition
    withheld: tuple[Withheld, ...]


def public_edition(edition: Edition, profile: Profile, names: Collection[str] = ()) -> Opened:
    """Return what of an edition everybody may see.

    Args:
        edition: the whole.
        profile: to whom items are shown that say nothing themselves (K8).
        names: what people of the unit are called, to be taken out of fields for posts.
    """
    powers, risks = _open_codes(edition, profile)
    missing: Counter[Withheld] = Counter()
    tables: dict[str, tuple[Item, ...]] = {}
    for kind, name in TABLES.items():
        found: list[Item] = []
        for item in edition.table(kind):
            shut = withheld_why(item, profile)
            if shut is None and _belongs(item, powers, risks):
                found.append(public_item(item, names))
            elif shut is not None and _belongs(item, powers, risks, itself=False):
                missing[shut] += 1
        tables[name] = tuple(found)
    bare = replace(edition, stated=(), **tables)  # type: ignore[arg-type] # each table its own sort
    told = (replace(one, count=count) for one, count in missing.items())
    return Opened(bare, tuple(sorted(told, key=withheld_order)))


def public_item(item: Item, names: Collection[str] = ()) -> Item:
    """Return an item of which nothing is left but what everybody may see.

    Whether the item is public at all says ``audience_of``.
    """
    shown = OPEN[item.item_kind] - NAMES_A_PERSON
    kept = {name: _nameless(name, getattr(item, name), names) for name in shown}
    return type(item)(**kept)


def audience_of(item: Item, profile: Profile) -> Audience | None:
    """Return the widest circle that may see an item; None for an exempt one.

    An item without a publication of its own, such as a basis, is as public as what it belongs to.
    """
    if isinstance(item, Risk) and item.layer is Layer.PERSON:
        return Audience.INTERNAL
    if not hasattr(item, "publication"):
        return Audience.SOCIETY
    held: Publication | None = item.publication
    if held is None:
        return profile.audiences.get(item.item_kind, Audience.INTERNAL)
    return held.audience


def withheld_why(item: Item, profile: Profile) -> Withheld | None:
    """Return why an item is not public itself; None for one that is."""
    audience = audience_of(item, profile)
    if audience is Audience.SOCIETY:
        return None
    held: Publication | None = getattr(item, "publication", None)
    reason, review = (held.exemption.strip(), held.review_date) if held else ("", None)
    return Withheld(item.item_kind, audience, reason, review)


def _open_codes(edition: Edition, profile: Profile) -> tuple[set[str], set[str]]:
    """Return the codes of powers and of risks that are public themselves."""
    shut = {one.code for one in edition.powers if withheld_why(one, profile) is not None}
    parents = {one.code: one.parent for one in edition.powers}
    powers = {code for code in parents if not _below(code, parents, shut)}
    risks = {
        one.code
        for one in edition.risks
        if withheld_why(one, profile) is None and _is_of(one.power, powers)
    }
    return powers, risks - {
        one.code for one in edition.risks if withheld_why(one, profile) is not None
    }


def _below(code: str, parents: dict[str, str], shut: set[str]) -> bool:
    """Tell whether a power, or a main item above it, is not public."""
    seen: set[str] = set()
    while code and code not in seen:
        if code in shut:
            return True
        seen.add(code)
        code = parents.get(code, "")
    return False


def _is_of(power: str, powers: set[str]) -> bool:
    return not power or power in powers


def _belongs(item: Item, powers: set[str], risks: set[str], *, itself: bool = True) -> bool:
    """Tell whether everything is public that an item belongs to; ``itself`` counts a power."""
    if item.item_kind is ItemKind.POWER:
        return item.code in powers if itself else True
    if isinstance(item, Control):
        return item.risk in risks
    if item.item_kind is ItemKind.NEGATIVE:
        return True
    return _is_of(getattr(item, "power", ""), powers)


def _nameless(name: str, value: _T, names: Collection[str]) -> _T:
    """Return a value without references and, in fields for posts, without names of people."""
    made: Any = value
    if isinstance(value, str):
        made = "" if value.startswith(PERSON) or value.strip() in names else value
        if name in _PLACES and made:
            made = _without(made, names)
    elif isinstance(value, tuple):
        found = (_nameless(name, one, names) for one in value)
        made = tuple(one for one in found if one != "")
        made = value if made == value else made
    elif is_dataclass(value) and not isinstance(value, type):
        changed = {
            one.name: new
            for one in fields(value)
            if (new := _nameless(one.name, old := getattr(value, one.name), names)) is not old
        }
        made = replace(value, **changed) if changed else value
    return made  # type: ignore[no-any-return] # of the sort that it was


def _without(text: str, names: Collection[str]) -> str:
    """Take names out of what should name posts, such as 计财科科长（赵敏）."""
    parts = _APART.split(text)
    if not any(part in names or part.startswith(PERSON) for part in parts):
        return text
    return "、".join(part for part in parts if part and part not in names)


def withheld_order(one: Withheld) -> tuple[object, ...]:
    """Return what puts withheld items in their order, table by table."""
    place = list(ItemKind).index(one.kind)
    return place, one.audience or "", one.reason, str(one.review_date or "")
