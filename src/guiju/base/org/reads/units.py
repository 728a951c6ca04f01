"""Units as a tree, and all that a unit's page shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Length, Replace

from guiju.base.org.models import Succession, Unit, UnitVersion
from guiju.base.org.policies import shell_of
from guiju.base.org.reads.posts import PostShown, posts_in
from guiju.base.org.reads.within import formerly, listed, living, numbers_in, within
from guiju.base.ui.paging import SIZE, Page, Place
from guiju.core.access import Scope
from guiju.core.organisation.words import Profile, Shell, UnitKind
from guiju.core.organisation.words_bodies import SuccessionKind


@dataclass(frozen=True, slots=True)
class UnitShown:
    """A unit in lists and in the tree.

    Attributes:
        path: the numbers of the units above and its own.
        level: how deep it stands, from 1.
        people: how many people belong to it itself; -1 where nobody asked.
    """

    reference: str
    code: str
    name: str
    short_name: str
    kind: UnitKind
    path: str
    is_key: bool
    founded: date | None
    abolished: date | None
    people: int = -1

    @property
    def level(self) -> int:
        return self.path.count("/")


@dataclass(frozen=True, slots=True)
class VersionShown:
    """What a unit was called and under what unit it stood, from a day until before another."""

    name: str
    short_name: str
    parent: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class SuccessionShown:
    """Another unit that came before or after."""

    reference: str
    name: str
    kind: SuccessionKind
    day: date
    document: str


@dataclass(frozen=True, slots=True)
class UnitPage:
    """All that a unit's page shows.

    Attributes:
        line: the units above, from the top.
        profile: its own or that of the nearest unit above that has one.
        posts: its posts with their holders on the day.
        shell: with which shell its people begin.
    """

    unit: UnitShown
    area_code: str
    credit_code: str
    profile: Profile | None
    line: tuple[UnitShown, ...]
    below: tuple[UnitShown, ...]
    posts: tuple[PostShown, ...]
    versions: tuple[VersionShown, ...]
    before: tuple[SuccessionShown, ...]
    after: tuple[SuccessionShown, ...]
    shell: Shell


def tree(
    scope: Scope, *, on: date, under: str = "", levels: int | None = None
) -> tuple[UnitShown, ...]:
    """Return the units that exist on a day, each after the one above it; one query.

    Args:
        scope: where the reader may look.
        on: the day.
        under: a unit's path, to see that unit and what is below it.
        levels: how many levels of it; None is all.
    """
    rows = _counted(Unit.objects.filter(within(scope, "path"), living(on)))
    if under:
        rows = rows.filter(path__begins=under)
    if levels is not None:
        most = (under.count("/") - 1 if under else 0) + levels
        rows = rows.annotate(
            depth=Length("path") - Length(Replace("path", Value("/"), Value("")))
        ).filter(depth__lte=most)
    return in_tree_order(_shown(one) for one in rows.order_by("code"))


def in_tree_order(units: Iterable[UnitShown]) -> tuple[UnitShown, ...]:
    """Sort units so that each stands after the one above it; among equals the order is kept."""
    listed = list(units)
    paths = {one.path for one in listed}
    below: dict[str, list[UnitShown]] = {}
    for one in listed:
        above = _parent_path(one.path)
        below.setdefault(above if above in paths else "", []).append(one)
    ordered: list[UnitShown] = []
    waiting = below.get("", [])[::-1]
    while waiting:
        one = waiting.pop()
        ordered.append(one)
        waiting += below.get(one.path, [])[::-1]
    return tuple(ordered)


def _parent_path(path: str) -> str:
    return path[: path.rindex("/", 0, -1) + 1] if path.count("/") > 1 else ""


def unit_page(reference: str, scope: Scope, *, on: date) -> UnitPage | None:
    """Return a unit with all that its page shows, None outside of the scope; eight queries."""
    unit = Unit.objects.filter(within(scope, "path"), reference=reference).first()
    if unit is None:
        return None
    numbers = numbers_in(unit.path)
    line = sorted(Unit.objects.filter(number__in=numbers), key=lambda one: len(one.path))
    profiles = [one.profile for one in line if one.profile]
    below = _counted(unit.children.filter(living(on))).order_by("code")
    return UnitPage(
        _shown(unit),
        unit.area_code,
        unit.credit_code,
        Profile.of(profiles[-1]) if profiles else None,
        tuple(_shown(one) for one in line[:-1]),
        tuple(_shown(one) for one in below),
        posts_in([unit.number], on),
        _versions(unit),
        tuple(
            _succession(one, one.before)
            for one in unit.predecessors.select_related("before").order_by("date", "number")
        ),
        tuple(
            _succession(one, one.after)
            for one in unit.successors.select_related("after").order_by("date", "number")
        ),
        shell_of((one.kind, one.shell) for one in reversed(line)),
    )


def units(
    scope: Scope, *, on: date, search: str = "", place: Place | None = None, size: int = SIZE
) -> Page[UnitShown]:
    """Return units by name, by a text in their names, also former ones, or code; one query."""
    rows = Unit.objects.filter(within(scope, "path"), living(on))
    text = search.strip()
    if text:
        rows = rows.filter(
            Q(name__contains=text)
            | Q(short_name__contains=text)
            | Q(code__startswith=text)
            | formerly(text)
        )
    return listed(rows, "name", place, show=_shown, size=size)


def name_on(reference: str, on: date) -> str | None:
    """Return what a unit was called on a day, None when it did not exist; one query."""
    versions = UnitVersion.objects.filter(
        Q(from_date=None) | Q(from_date__lte=on),
        Q(to_date=None) | Q(to_date__gt=on),
        unit__reference=reference,
    )
    return versions.values_list("name", flat=True).first()


def _counted(rows: QuerySet[Unit]) -> QuerySet[Unit]:
    serving = Q(people__left_date=None, people__isnull=False)
    return rows.annotate(serving=Count("people", filter=serving))


def _shown(unit: Unit) -> UnitShown:
    return UnitShown(
        unit.reference,
        unit.code,
        unit.name,
        unit.short_name,
        UnitKind.of(unit.kind),
        unit.path,
        unit.is_key,
        unit.founded_date,
        unit.abolished_date,
        getattr(unit, "serving", -1),
    )


def _versions(unit: Unit) -> tuple[VersionShown, ...]:
    rows = UnitVersion.objects.filter(unit=unit).select_related("parent")
    ordered = rows.order_by(F("from_date").asc(nulls_first=True))
    return tuple(
        VersionShown(
            one.name,
            one.short_name,
            one.parent.name if one.parent else "",
            one.from_date,
            one.to_date,
        )
        for one in ordered
    )


def _succession(one: Succession, other: Unit) -> SuccessionShown:
    return SuccessionShown(
        other.reference, other.name, SuccessionKind.of(one.kind), one.date, one.document
    )
