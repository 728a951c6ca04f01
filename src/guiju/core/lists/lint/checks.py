"""All checks, in the order of their codes."""

from __future__ import annotations

from guiju.core.lists.lint import (
    control_whole,
    controls,
    discretion,
    flows,
    links,
    people,
    powers,
    publication,
    risks,
)

CHECKS = (
    *powers.CHECKS,
    *links.CHECKS,
    *flows.CHECKS,
    *people.CHECKS,
    *risks.CHECKS,
    *controls.CHECKS,
    *control_whole.CHECKS,
    *discretion.CHECKS,
    *publication.CHECKS,
)
"""The codes are stable: a new check gets a new number, and none is given twice."""
