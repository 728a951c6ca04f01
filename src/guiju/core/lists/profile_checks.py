"""What keeps a profile from being put in force: each fault with its place and what to do.

A profile that comes from a file or is being written may say anything that has the right shape;
what it says must also make sense together before lists are judged by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from guiju.core.lists.profile import Profile
from guiju.core.lists.profile_checks_chains import chain_faults
from guiju.core.lists.profile_checks_grades import grade_faults
from guiju.core.lists.profile_checks_rest import rest_faults
from guiju.core.lists.profile_fault import Fault

_CHECKS: tuple[Callable[[Profile], Iterator[Fault]], ...] = (
    grade_faults,
    chain_faults,
    rest_faults,
)


def faults(profile: Profile) -> tuple[Fault, ...]:
    """Return what is wrong with a profile; those that are no mere doubt keep it from force.

    Codes PF101 and following are stable; their sources are S1-11 to S1-18, S2-19 to S2-24,
    S4-08 to S4-34 and the conflicts K1 to K11.
    """
    return tuple(fault for check in _CHECKS for fault in check(profile))
