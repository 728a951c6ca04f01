"""What is asked about a flow's people, and what is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from guiju.core.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Duty:
    """Who may carry out a step, and how many distinct of them must sign it.

    Attributes:
        people: holders of the post, their deputies, and all who may stand in.
        required: 1, or more for a step that is signed jointly (会签).
    """

    people: frozenset[str]
    required: int = 1


@dataclass(frozen=True, slots=True)
class Staffing:
    """For each activity of a flow its duty; ``unmanned`` are activities that need no person."""

    duties: Mapping[str, Duty]
    unmanned: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Separation:
    """No person may do two of these ``activities`` within one matter (four eyes, S1-23)."""

    code: str
    activities: frozenset[str]


@dataclass(frozen=True, slots=True)
class PeopleResult:
    """The least number of people who together can complete a flow (engine.md, section 3).

    Attributes:
        number: how many; None when ``capped`` or impossible.
        people: who, in one example.
        assignment: which of them sign which activity on ``path``.
        path: the activities of a complete run that they can carry out.
        captured: activities that nobody outside ``people`` could carry out in their place.
        capped: True when more than ``limit`` are needed ("≥ limit + 1").
        limit: the largest number that was looked for.
        reason: why no set of people at all can complete the flow; None when some can.
    """

    number: int | None = None
    people: tuple[str, ...] = ()
    assignment: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    path: tuple[str, ...] = ()
    captured: tuple[str, ...] = ()
    capped: bool = False
    limit: int = 4
    reason: Sentence | None = None


@dataclass(frozen=True, slots=True)
class RuleEffect:
    """What would hold if the separation rule ``code`` were dropped."""

    code: str
    without: PeopleResult
