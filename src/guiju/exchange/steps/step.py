"""One row of a step table as data, and the problems found in many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from guiju.core.errors import Invalid
from guiju.core.flow.model import Limit, Signing
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Phase, StepKind

END = "结束"
"""Stands among the numbers of the next steps; a number always holds a digit."""

MOST_PROBLEMS = 20
MOST_LEADS = 1000
"""How many numbers one 下一步 may name."""

MOST_LEADS_IN_ALL = 50_000


class Column(StrEnum):
    """The columns, in the order in which they are written."""

    NUMBER = "序号"
    NAME = "步骤"
    KIND = "类型"
    PHASE = "阶段"
    POST = "岗位"
    LIMIT = "时限"
    NEXT = "下一步"
    CONDITION = "条件"
    SIGNING = "签批规则"


@dataclass(frozen=True, slots=True)
class Way:
    """One of the ways on from a step: to one number, or to several in parallel."""

    targets: tuple[str, ...]
    condition: str = ""

    @property
    def written(self) -> str:
        """The way in the notation of the table, such as ``3+4``."""
        return "+".join(self.targets)


@dataclass(frozen=True, slots=True)
class Step:
    """One row; ``line`` is its row in the sheet, counted from 1."""

    number: str
    name: str
    ways: tuple[Way, ...]
    kind: StepKind | None = None
    phase: Phase | None = None
    post: str = ""
    limit: Limit | None = None
    signing: Signing | None = None
    line: int = 0


class Several(Invalid):
    """Several problems refused at once, under the code of the first."""

    def __init__(self, code: str, sentence: Sentence, found: Sequence[Invalid] = ()) -> None:
        super().__init__(code, sentence)
        self.found = tuple(found)


class Problems:
    """Collects refusals, so that a file is told all that is wrong with it at once."""

    def __init__(self) -> None:
        self.found: list[Invalid] = []

    def add(self, problem: Invalid) -> None:
        """Keep one more problem."""
        self.found.append(problem)

    def settle(self) -> None:
        """Refuse if there were problems, under the code of the first.

        Raises:
            Several: with at most ``MOST_PROBLEMS`` sentences.
        """
        if not self.found:
            return
        shown = self.found[:MOST_PROBLEMS]
        sentence = shown[-1].sentence
        for problem in reversed(shown[:-1]):
            sentence = zh("{one}\n{others}", one=problem.sentence, others=sentence)
        raise Several(self.found[0].code, sentence, self.found)
