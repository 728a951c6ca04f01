"""A profile: by which labels, methods, levels and limits a body's lists are judged.

Profiles are dated data that a body may copy and change; files are read outside ``core``.
What is written here is only which questions a profile answers (conflicts K1 to K14).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from guiju.core.lists.chains import ApprovalChain
from guiju.core.lists.values import Period
from guiju.core.lists.words import (
    Attention,
    Audience,
    Channel,
    Dimension,
    GradeMethod,
    ItemKind,
    Layer,
    PowerKind,
    Severity,
    Side,
)
from guiju.core.organisation.words import Function, LeaderLevel
from guiju.core.terms import Phase, StepKind

GRADES = (1, 2, 3)
"""The three grades of all five sources, from the highest to the lowest (S1-12, K1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeLabel:
    """What a grade is called, and what else it is called in files (K1)."""

    grade: int
    label: str
    synonyms: tuple[str, ...] = ()
    colour: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRule:
    """One row of the rule table: where every condition that it names holds, the grade follows.

    Attributes:
        managers: at which level somebody directly runs the power.
        words: any of these stands in the power's name.
        source: requirement or document.
    """

    code: str
    grade: int
    text: str
    source: str = ""
    managers: tuple[LeaderLevel, ...] = ()
    attentions: tuple[Attention, ...] = ()
    sides: tuple[Side, ...] = ()
    kinds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    is_discretionary: bool | None = None
    is_major: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One line of the checklist; whoever grades a risk says which lines hold (S4-18 to S4-20).

    Attributes:
        group: scope, power, probability or consequence.
        is_trigger: alone decides grade 1 in the method by count as well.
    """

    code: str
    grade: int
    text: str
    group: str = ""
    source: str = ""
    is_trigger: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Factors:
    """The four factors of S1-11 with their weights, and from which score on a grade holds.

    Each factor counts 1 to 3. ``points`` and ``frequency`` say from how many on it counts 2
    and 3; the score is the sum of weight times factor.
    """

    weights: tuple[int, int, int, int] = (1, 1, 1, 1)
    points: tuple[int, int] = (3, 5)
    frequency: tuple[int, int] = (12, 100)
    first: int = 10
    second: int = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownership:
    """At which levels somebody answers for a grade and watches it (S4-09, S4-10, S4-34, K11)."""

    owner: LeaderLevel
    supervisor: LeaderLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class StepGroup:
    """Steps that belong together: of a kind, of a phase, or with a word in their name."""

    name: str
    kinds: tuple[StepKind, ...] = ()
    phases: tuple[Phase, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeparationRule:
    """Nobody may act in two of these groups within one flow (S1-23)."""

    code: str
    text: str
    groups: tuple[StepGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalLimit:
    """The longest time that a law leaves for powers of a kind, such as 行政许可法第42条."""

    period: Period
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """All that a body's lists are judged by; the defaults ask for nothing.

    Attributes:
        valid_from: the day from which this version holds.
        kinds: kinds of power beyond the official ten, code to label.
        layers: the layers that the body has, with its words for them.
        methods: how grades are found; of two the stricter counts (K3).
        matrix: grade by probability (row 1 to 3) and harm (column 1 to 3).
        counts: from how many risk points on which grade, the most first.
        channels: the body's channels with its words; ``least_channels`` must have been used.
        dimensions: what a risk of a layer may come from, with the body's words (K6).
        barred: functions that a head may not run himself (K7).
        phases: which phases a flow must show (S3-33).
        code_scheme: name of a scheme in ``schemes``; empty for codes of any shape.
        least_people: how many must take part in a power, by grade; two where none is named.
        check_every: how often controls are checked at least, by grade (S4-08).
        rotation_years: longest time in a key post (S0-09).
        notice_days: how long before an end or a rotation people are reminded.
        severities: severity of a lint code, where it differs from the usual one.
        audiences: to whom items are shown unless they say otherwise (K8).
        chains: who approves what; the first that fits counts (K4).
        public_notice: how long an approved edition is shown before it takes effect (S2-13).
    """

    code: str
    name: str = ""
    valid_from: date | None = None
    grades: tuple[GradeLabel, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)
    layers: Mapping[Layer, str] = field(default_factory=dict)
    methods: tuple[GradeMethod, ...] = ()
    rules: tuple[GradeRule, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    matrix: tuple[tuple[int, int, int], ...] = ()
    counts: tuple[tuple[int, int], ...] = ()
    factors: Factors = field(default_factory=Factors)
    channels: Mapping[Channel, str] = field(default_factory=dict)
    least_channels: int = 0
    dimensions: Mapping[Layer, Mapping[Dimension, str]] = field(default_factory=dict)
    ownership: Mapping[int, Ownership] = field(default_factory=dict)
    barred: tuple[Function, ...] = ()
    phases: tuple[Phase, ...] = ()
    separations: tuple[SeparationRule, ...] = ()
    code_scheme: str = ""
    least_people: Mapping[int, int] = field(default_factory=dict)
    check_every: Mapping[int, Period] = field(default_factory=dict)
    legal_limits: Mapping[str, LegalLimit] = field(default_factory=dict)
    rotation_years: int = 0
    notice_days: int = 90
    severities: Mapping[str, Severity] = field(default_factory=dict)
    audiences: Mapping[ItemKind, Audience] = field(default_factory=dict)
    chains: tuple[ApprovalChain, ...] = ()
    public_notice: Period | None = None

    def grade_label(self, grade: int) -> str:
        """Return the body's word for a grade, or its number."""
        return next((g.label for g in self.grades if g.grade == grade), str(grade))

    def grade_of(self, text: str) -> int | None:
        """Return the grade that ``text`` names by label or synonym; None for no known word."""
        wanted = text.strip()
        for grade in self.grades:
            if wanted == grade.label or wanted in grade.synonyms:
                return grade.grade
        return None

    def kind_label(self, kind: str) -> str | None:
        """Return what a kind of power is called; None for a kind that the profile has not."""
        if kind in self.kinds:
            return self.kinds[kind]
        return next((str(known.label) for known in PowerKind if known.value == kind), None)
