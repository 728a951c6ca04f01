"""What every rule has, and what it answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field

from guiju.core.check.log import Wanted
from guiju.core.check.rules.view import View
from guiju.core.sentence import Sentence, zh

UNNAMED = zh("无法判断：有关步骤没有写明办理人")
UNTIMED = zh("无法判断：有关步骤没有写明时间")


@dataclass(frozen=True, slots=True)
class Doubt:
    """One rule is not sure of one matter; ``why`` completes 「有 3 件事项…」."""

    case_index: int
    why: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(ABC):
    """A rule beside the flow (design.md, verdict: code, Chinese name, source).

    Attributes:
        code: stable and unique within its set.
        name: what people call it.
        source: seed id, article or rule from which it comes.
    """

    code: str
    name: str
    source: str = ""

    @property
    @abstractmethod
    def steps_named(self) -> tuple[str, ...]:
        """All step names that the rule speaks of."""

    @property
    def wanted(self) -> Wanted:
        """The columns that the rule reads beside the activities."""
        return Wanted()

    @abstractmethod
    def judge(self, view: View) -> Iterator[Finding | Doubt]:
        """Yield what breaks the rule and what it cannot decide, in any order."""

    @abstractmethod
    def explain(self, view: View, case: int, events: tuple[int, ...]) -> Sentence:
        """Say what is wrong with the matter at index ``case``, proven by ``events``."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One matter that breaks one rule.

    Attributes:
        rule: the rule.
        case_index: the matter, as an index in ``EventLog.cases``.
        events: the events that prove it, as indices within the matter, from 0.
    """

    rule: Rule
    case_index: int
    events: tuple[int, ...]
    view: View = field(repr=False, compare=False)

    @property
    def code(self) -> str:
        """The rule's code."""
        return self.rule.code

    @property
    def case(self) -> str:
        """The matter's id in the log."""
        return self.view.log.cases[self.case_index]

    @property
    def message(self) -> Sentence:
        """The rule, the steps, and the people and times where the log holds them.

        Put into words only when asked: a log may hold more findings than anyone reads.
        """
        fault = self.rule.explain(self.view, self.case_index, self.events)
        return zh("规则「{rule}」：{fault}。", rule=self.rule.name, fault=fault)
