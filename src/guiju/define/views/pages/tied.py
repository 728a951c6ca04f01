"""What binds a post, grouped by how, each with the way to the page of its power."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from guiju.base.ui.badges import Badge
from guiju.core.lists.bindings import Binding, Tie
from guiju.core.lists.lint.view import named
from guiju.core.lists.powers import Duty, NegativeItem, Power
from guiju.core.lists.profile import Profile
from guiju.core.lists.risks import Control, Risk
from guiju.core.sentence import Sentence, listing, zh
from guiju.define.lists.pages.frame import address
from guiju.define.lists.profiles import profile_of
from guiju.define.views.pages.frame import grade_badge, sheet_link
from guiju.define.views.reads.bound import Bound


@dataclass(frozen=True, slots=True)
class Tied:
    """A line: what it says, what it belongs to, where it is shown."""

    text: str
    link: str
    note: Sentence | str = ""
    badge: Badge | None = None


@dataclass(frozen=True, slots=True)
class TiedGroup:
    """What binds in one way: all of it, or the first of ``count``."""

    tie: Tie
    lines: tuple[Tied, ...]
    count: int


def groups_of(found: Iterable[Bound], counts: Mapping[Tie, int]) -> list[TiedGroup]:
    """Return what binds a post, powers first; ``counts`` says how much there is of each."""
    lines: dict[Tie, list[Tied]] = {}
    profiles: dict[int, Profile] = {}
    for one in found:
        if one.edition.number not in profiles:
            profiles[one.edition.number] = profile_of(one.edition)
        lines.setdefault(one.binding.tie, []).append(_line(one, profiles[one.edition.number]))
    return [TiedGroup(tie, tuple(lines[tie]), counts[tie]) for tie in Tie if tie in lines]


def _line(one: Bound, profile: Profile) -> Tied:
    item = one.binding.item
    link = sheet_link(one.edition, one.power) or address(
        "lists:item", one.edition, item.item_kind.value, item.code
    )
    badge = grade_badge(profile, item.grade) if isinstance(item, Power | Risk) else None
    return Tied(_text(one.binding), link, _note(one, profile), badge)


def _text(binding: Binding) -> str:
    if binding.step is not None:
        return named(binding.step)
    return binding.item.title or binding.item.code


def _note(one: Bound, profile: Profile) -> Sentence | str:
    item = one.binding.item
    if isinstance(item, Power):
        kind = profile.kind_label(item.kind) or ""
        return zh("编码 {code} · {kind}", code=item.code, kind=kind) if kind else item.code
    said: list[Sentence | str] = [one.power_name]
    if isinstance(item, Control):
        said += [zh("监督人：{name}", name=item.supervisor) if item.supervisor else ""]
    if isinstance(item, NegativeItem):
        said += [item.prevention, item.sanction]
    if isinstance(item, Duty) and item.kind:
        said += [item.kind.label]
    if one.binding.step is not None and one.binding.step.limit:
        limit = one.binding.step.limit
        said += [zh("{amount} {unit}", amount=limit.amount, unit=limit.unit.label)]
    kept = [line for line in said if line]
    return zh("{said}", said=listing(kept)) if kept else ""
