"""Entries of a profile's lists: putting one in its place, and taking one away.

A list is a row of rules, criteria, separations or chains, or what is said for each kind of
power or check; an entry of the latter is a pair of its code and what is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from guiju.core.lists.chains import ApprovalChain, ChainStep
from guiju.core.lists.profile import Profile
from guiju.core.lists.profile_words import ProfilePart

_FIELDS = {
    ProfilePart.RULES: "rules",
    ProfilePart.CRITERIA: "criteria",
    ProfilePart.SEPARATIONS: "separations",
    ProfilePart.CHAINS: "chains",
    ProfilePart.KINDS: "kinds",
    ProfilePart.LIMITS: "legal_limits",
    ProfilePart.SEVERITIES: "severities",
}
LISTS = frozenset(_FIELDS)
"""Parts that consist of entries."""


def entries(profile: Profile, part: ProfilePart) -> tuple[Any, ...]:
    """Return the entries of a part, in order."""
    held = getattr(profile, _FIELDS[part])
    return tuple(held.items()) if isinstance(held, Mapping) else tuple(held)


def put(
    profile: Profile, part: ProfilePart, place: int | None, entry: object, to: int | None = None
) -> Profile:
    """Return a profile with an entry in place of another, or added.

    Args:
        profile: as it was.
        part: which list.
        place: where the entry stood; None for a new one.
        entry: what it is to be.
        to: where it is to stand; where it stood, or at the end, where nothing is said.
    """
    return _with(profile, part, moved(entries(profile, part), place, entry, to))


def removed(profile: Profile, part: ProfilePart, place: int) -> Profile:
    """Return a profile without an entry."""
    held = entries(profile, part)
    return _with(profile, part, held[:place] + held[place + 1 :])


def put_step(
    profile: Profile,
    chain: int,
    place: int | None,
    step: ChainStep,
    *,
    is_joined: bool = False,
    to: int | None = None,
) -> Profile:
    """Return a profile with a step of a chain in place of another, or added.

    Args:
        profile: as it was.
        chain: where the chain stands.
        place: where the step stood; None for a new one.
        step: what it is to be; its group follows from the next.
        is_joined: whether it is open together with the step before it.
        to: where it is to stand; where it stood, or at the end, where nothing is said.
    """
    held: ApprovalChain = profile.chains[chain]
    target = place if to is None else to
    if place is not None and target == place:
        flags = joined(held.steps)
        steps = moved(held.steps, place, step, to)
        flags = [is_joined if at == place else one for at, one in enumerate(flags)]
    else:
        rest = [one for at, one in enumerate(held.steps) if at != place]
        told = _without(joined(held.steps), place)
        steps = moved(rest, None, step, target)
        at = next(at for at, one in enumerate(steps) if one is step)
        after = told[at:]
        if after and not is_joined:
            after[0] = False  # a step alone between two parts them
        flags = [*told[:at], is_joined, *after]
    return _with_steps(profile, chain, grouped(steps, flags))


def removed_step(profile: Profile, chain: int, place: int) -> Profile:
    """Return a profile without a step of a chain; those open with it stay together."""
    held = profile.chains[chain]
    steps = held.steps[:place] + held.steps[place + 1 :]
    return _with_steps(profile, chain, grouped(steps, _without(joined(held.steps), place)))


def joined(steps: Sequence[ChainStep]) -> list[bool]:
    """Tell of each step whether it is open together with the one before it."""
    before = ("", *(one.group for one in steps))
    return [
        bool(one.group) and one.group == other for one, other in zip(steps, before, strict=False)
    ]


def grouped(steps: Sequence[ChainStep], flags: Sequence[bool]) -> tuple[ChainStep, ...]:
    """Return steps with groups such that just those flagged are open with the one before."""
    runs: list[list[ChainStep]] = []
    for step, is_joined in zip(steps, flags, strict=True):
        if is_joined and runs:
            runs[-1].append(step)
        else:
            runs.append([step])
    found: list[ChainStep] = []
    used: set[str] = set()
    for run in runs:
        name = ""
        if len(run) > 1:
            known = [one.group for one in run if one.group and one.group not in used]
            fresh = (f"g{number}" for number in count(1))
            others = used | {one.group for one in steps}
            name = known[0] if known else next(one for one in fresh if one not in others)
            used.add(name)
        found += [replace(one, group=name) for one in run]
    return tuple(found)


def _without(flags: list[bool], place: int | None) -> list[bool]:
    """Return flags without that of a step; who was open with it as the first becomes the first."""
    if place is None:
        return flags
    rest = flags[:place] + flags[place + 1 :]
    if place < len(rest) and not flags[place]:
        rest[place] = False
    return rest


def _with_steps(profile: Profile, chain: int, steps: tuple[ChainStep, ...]) -> Profile:
    return put(profile, ProfilePart.CHAINS, chain, replace(profile.chains[chain], steps=steps))


def moved(held: Sequence[Any], place: int | None, entry: object, to: int | None) -> tuple[Any, ...]:
    """Return a row with an entry taken from a place and put to one."""
    rest = [one for at, one in enumerate(held) if at != place]
    target = place if to is None else to
    target = len(rest) if target is None else min(max(target, 0), len(rest))
    return (*rest[:target], entry, *rest[target:])


def _with(profile: Profile, part: ProfilePart, held: Sequence[Any]) -> Profile:
    name = _FIELDS[part]
    is_mapping = isinstance(getattr(profile, name), Mapping)
    changes: dict[str, Any] = {name: dict(held) if is_mapping else tuple(held)}
    return replace(profile, **changes)
