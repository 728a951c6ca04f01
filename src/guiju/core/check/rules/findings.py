"""What judging a log by its rules brings forth."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.core.check.rules.rule import Finding
from guiju.core.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Remark:
    """What the reader must know beside the findings; above all, what could not be judged.

    Attributes:
        code: the rule's code, empty when it concerns all rules.
        message: what and why.
        cases: how many matters it concerns.
    """

    code: str
    message: Sentence
    cases: int = 0


@dataclass(frozen=True, slots=True)
class RuleReport:
    """Findings by rule, then by matter in the log's order; remarks in the order of the rules."""

    findings: tuple[Finding, ...] = ()
    remarks: tuple[Remark, ...] = ()
