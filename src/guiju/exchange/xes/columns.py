"""The columns of a log while they grow, filled by either road."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import accumulate

from guiju.core.check.log import EventLog, Wanted
from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh
from guiju.exchange.xes.keys import NAME, RESOURCE, TIMESTAMP

MOST_NAMES = 1_000_000
MOST_LETTERS = 50_000_000


class Names(dict[str, int]):
    """Codes for names, given in the order in which the names are first looked up.

    Raises:
        Invalid: XES-09 when there are more names than memory should hold.
    """

    def __init__(self, kind: Sentence, *known: str) -> None:
        super().__init__((name, code) for code, name in enumerate(known))
        self._kind = kind
        self._letters = 0

    def __missing__(self, name: str) -> int:
        self._letters += len(name)
        if len(self) >= MOST_NAMES or self._letters > MOST_LETTERS:
            raise Invalid(
                "XES-09",
                zh(
                    "日志里不同的{kind}太多（上限为 {names} 个、合计 {letters} 字）。"
                    "请检查导出时是否把编号或说明填进了这一项。",
                    kind=self._kind,
                    names=MOST_NAMES,
                    letters=MOST_LETTERS,
                ),
            )
        self[name] = code = len(self)
        return code


class Columns:
    """An event log under construction; events come first, then the case that owns them."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.wanted_keys = [NAME, *[RESOURCE] * wanted.people, *[TIMESTAMP] * wanted.times]
        self.cases: list[str] = []
        self.starts = array("I", [0])
        self.activities = Names(zh("活动名"))
        self.codes = array("I")
        self.people = Names(zh("经办人"), *([""] if wanted.people else []))
        self.performers = array("I")
        self.times = array("q")

    def add_case(self, name: str) -> None:
        """End a case: all events added since the last one are its own."""
        self.cases.append(name or self.made_up_id())
        self.starts.append(len(self.codes))

    def add_cases(self, names: Iterable[str], sizes: Iterable[int]) -> None:
        """End several cases at once, whose events have been added."""
        ordinals = enumerate(names, len(self.cases) + 1)
        self.cases.extend([name or f"#{ordinal}" for ordinal, name in ordinals])
        self.starts.extend(accumulate(sizes, initial=self.starts.pop()))

    def made_up_id(self) -> str:
        """Return the id of the case being read, should it have no name: its ordinal."""
        return f"#{len(self.cases) + 1}"

    def finished(self) -> EventLog:
        """Return the log.

        Raises:
            Invalid: XES-05 when it holds no case.
        """
        if not self.cases:
            raise Invalid(
                "XES-05",
                zh("日志里一个案件也没有。请检查导出时的筛选条件和起止日期，重新导出。"),
            )
        return EventLog(
            cases=tuple(self.cases),
            starts=self.starts,
            activities=tuple(self.activities),
            codes=self.codes,
            people=tuple(self.people),
            performers=self.performers,
            times=self.times,
        )
