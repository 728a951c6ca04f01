"""Profiles as the pages show them, within what the reader may see.

A unit's own profile concerns all below it: whoever may read the lists of a unit sees the
profiles of the units above it as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from guiju.base.org.reads.within import numbers_in, within
from guiju.core.access import Scope
from guiju.core.lists.profile_words import VersionState
from guiju.core.lists.states import IN_USE, OPEN
from guiju.define.lists.models import Edition
from guiju.define.lists.reads.editions import visible as visible_editions
from guiju.define.profiles.models import OwnProfile, Version
from guiju.exchange.profile_files import BUILT_IN, built_in


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """A profile in the list.

    Attributes:
        order: those that come with Guiju stand first.
        reference: of a body's own; empty for one that comes with Guiju.
        code: of the profile that comes with Guiju, or of the version that holds.
        ordinal, since: of the version that holds; 0 and None where none does yet.
        next_from: from which day on a later version holds; None without one.
        has_draft: whether somebody is writing a version.
        editions: how many editions that the reader may see are judged by any of its versions.
    """

    order: int
    reference: str
    code: str
    name: str
    base: str
    unit: str
    unit_name: str
    ordinal: int
    since: date | None
    next_from: date | None
    ended: date | None
    has_draft: bool
    editions: int


def visible(scope: Scope) -> Q:
    """Return which profiles somebody may read: those of their scope and of the units above."""
    found = within(scope, "unit__path")
    if not found:
        return found
    above = {number for beginning in scope.beginnings for number in numbers_in(beginning)}
    return found | Q(unit__in=sorted(above))


def profile_for(scope: Scope, reference: str) -> OwnProfile | None:
    """Return a body's own profile with its unit; None for one that is unknown or not to be seen."""
    rows = OwnProfile.objects.select_related("unit")
    return rows.filter(visible(scope), reference=reference).first()


def versions_of(profile: OwnProfile) -> list[Version]:
    """Return all versions of a profile without what they say, the newest first; one query."""
    return list(profile.versions.defer("content").order_by("-ordinal"))


def current(versions: Iterable[Version], on: date) -> Version | None:
    """Return the version that holds on a day; None where none does yet."""
    begun = [one for one in versions if is_in_force(one) and one.valid_from <= on]
    return max(begun, key=lambda one: one.valid_from, default=None)


def draft_in(versions: Iterable[Version]) -> Version | None:
    """Return the version that is being written; None without one."""
    return next((one for one in versions if not is_in_force(one)), None)


def is_in_force(version: Version) -> bool:
    """Tell whether a version was put in force, be it for a later day."""
    return version.state == VersionState.IN_FORCE.value


def profile_lines(scope: Scope, person: str, on: date) -> list[ProfileLine]:
    """Return all profiles that somebody may see; three queries.

    Args:
        scope: where the reader may look.
        person: the reader, for editions that are put before them elsewhere.
        on: the day.
    """
    own = list(
        OwnProfile.objects.select_related("unit").filter(visible(scope)).order_by("unit__path")
    )
    versions: dict[int, list[Version]] = {}
    for one in Version.objects.defer("content").filter(profile__in=own):
        versions.setdefault(one.profile_id, []).append(one)
    counts = edition_counts(scope, person)
    lines = [built_in_line(order, code, counts) for order, code in enumerate(BUILT_IN)]
    for order, profile in enumerate(own, len(BUILT_IN)):
        lines.append(_line(order, profile, versions.get(profile.number, []), counts, on))
    return lines


def edition_counts(scope: Scope, person: str) -> Mapping[str, int]:
    """Return how many editions are judged by each profile, all its versions together."""
    rows = Edition.objects.filter(visible_editions(scope, person)).order_by()
    found: Counter[str] = Counter()
    for code, count in rows.values_list("profile").annotate(n=Count("pk")):
        found[family(code)] += count
    return found


def family(code: str) -> str:
    """Return the code of the profile of which one is a version; its own for one that is none."""
    return code if code in BUILT_IN else code.rpartition("-")[0]


def editions_under(codes: Sequence[str], scope: Scope, person: str, most: int) -> list[Edition]:
    """Return editions that are judged by these profiles, the last changed first; one query."""
    rows = Edition.objects.select_related("unit").filter(visible_editions(scope, person))
    return list(rows.filter(profile__in=codes).order_by("-changed_at", "-number")[:most])


def built_in_line(order: int, code: str, counts: Mapping[str, int]) -> ProfileLine:
    """Return a profile that comes with Guiju as lists show it."""
    told = built_in(code)
    return ProfileLine(
        order=order,
        reference="",
        code=code,
        name=told.name,
        base=code,
        unit="",
        unit_name="",
        ordinal=1,
        since=told.valid_from,
        next_from=None,
        ended=None,
        has_draft=False,
        editions=counts.get(code, 0),
    )


def _line(
    order: int,
    profile: OwnProfile,
    versions: Sequence[Version],
    counts: Mapping[str, int],
    on: date,
) -> ProfileLine:
    now = current(versions, on)
    later = [one.valid_from for one in versions if is_in_force(one) and one.valid_from > on]
    return ProfileLine(
        order,
        profile.reference,
        now.code if now else "",
        profile.name,
        profile.base,
        profile.unit.reference,
        profile.unit.name,
        now.ordinal if now else 0,
        now.valid_from if now else None,
        min(later, default=None),
        profile.ended,
        draft_in(versions) is not None,
        counts.get(profile.code, 0),
    )


def copyable(scope: Scope) -> list[tuple[str, str]]:
    """Return the profiles and versions in force that may be copied, code with name; one query."""
    rows = (
        Version.objects.filter(state=VersionState.IN_FORCE.value)
        .filter(profile__in=OwnProfile.objects.filter(visible(scope)))
        .select_related("profile")
        .defer("content")
        .order_by("profile__unit__path", "-ordinal")
    )
    own = [(one.code, f"{one.profile.name} · {one.ordinal}") for one in rows]
    return [*((code, built_in(code).name) for code in BUILT_IN), *own]


def open_editions(codes: Sequence[str], path: str) -> int:
    """Return how many editions of a unit and below are on their way or in use under these."""
    running = sorted(str(one) for one in (*OPEN, *IN_USE))
    rows = Edition.objects.filter(within(Scope((path,)), "unit__path"), profile__in=codes)
    return rows.filter(state__in=running).count()


def home_of(code: str) -> Version | None:
    """Return the version with a code, with its profile; None for none. One query for an own."""
    if code in BUILT_IN:
        return None
    rows = Version.objects.select_related("profile").defer("content")
    return rows.filter(code=code).first()
