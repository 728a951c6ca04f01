"""A unit's own profile, copied from the county's, in a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from guiju.core.lists.profile import Profile
from guiju.core.lists.words_chains import SignAction
from guiju.define.profiles.actions import changing, copying, enforcing
from guiju.define.profiles.contents import profile_in
from guiju.define.profiles.find import draft_of
from guiju.define.profiles.models import OwnProfile
from organised import ACT, TODAY

LATER = TODAY + timedelta(days=30)


def copied(unit, *, origin="county", name="本县自定", first_day=TODAY) -> OwnProfile:
    """Copy a profile for a unit."""
    return copying.copy_profile(
        unit=unit.reference, origin=origin, name=name, first_day=first_day, **ACT
    )


def said(profile: OwnProfile) -> Profile:
    """Return what its draft says."""
    return profile_in(draft_of(profile))


def change(profile: OwnProfile, told: Profile, *, revision=None) -> int:
    """Let its draft say something else."""
    return changing.change_draft(profile=profile.reference, told=told, revision=revision, **ACT)


def enforce(profile: OwnProfile, *, first_day: date = TODAY, revision=None):
    """Put its draft in force."""
    return enforcing.put_in_force(
        profile=profile.reference, first_day=first_day, revision=revision, **ACT
    )


def own(unit, **words) -> OwnProfile:
    """Return a unit's own profile in force, in which the highest grade is called 红级."""
    profile = copied(unit, **words)
    change(profile, relabelled(said(profile)))
    enforce(profile, first_day=words.get("first_day", TODAY))
    return profile


def relabelled(told: Profile, label="红级") -> Profile:
    """Return a profile whose highest grade is called otherwise."""
    return replace(told, grades=(replace(told.grades[0], label=label), *told.grades[1:]))


def unapproved(told: Profile) -> Profile:
    """Return a profile whose last chain approves nothing."""
    last = told.chains[-1]
    steps = tuple(replace(one, action=SignAction.EXAMINE) for one in last.steps)
    return replace(told, chains=(*told.chains[:-1], replace(last, steps=steps)))
