"""From which state an edition comes into which (domain.md, section 3)."""

from __future__ import annotations

from guiju.core.lists.words import EditionState as S

NEXT: dict[S, frozenset[S]] = {
    S.DRAFT: frozenset({S.IN_REVIEW, S.GIVEN_UP}),
    S.IN_REVIEW: frozenset({S.DRAFT, S.APPROVED}),
    S.APPROVED: frozenset({S.DRAFT, S.PUBLIC_NOTICE, S.EFFECTIVE}),
    S.PUBLIC_NOTICE: frozenset({S.DRAFT, S.EFFECTIVE}),
    S.EFFECTIVE: frozenset({S.SUPERSEDED, S.SUSPENDED, S.REPEALED}),
    S.SUSPENDED: frozenset({S.EFFECTIVE, S.REPEALED, S.SUPERSEDED}),
    S.SUPERSEDED: frozenset(),
    S.REPEALED: frozenset(),
    S.GIVEN_UP: frozenset(),
}
"""Back to a draft goes what is returned, what an objection stops, and what was taken back.

Given up is a draft that was submitted before: what was signed of it stays.
"""

OPEN = frozenset({S.DRAFT, S.IN_REVIEW, S.APPROVED, S.PUBLIC_NOTICE})
"""On its way to take effect; a unit has one such edition at a time."""

IN_USE = frozenset({S.EFFECTIVE, S.SUSPENDED})
"""By which a unit acts, or may act again; a unit has one such edition at a time."""
