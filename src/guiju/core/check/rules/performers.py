"""Rules on who may do a step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guiju.core.check.log import Wanted
from guiju.core.check.rules.rule import UNNAMED, Doubt, Finding, Rule
from guiju.core.check.rules.view import NOBODY, View
from guiju.core.check.rules.words import listed
from guiju.core.sentence import Sentence, zh


@dataclass(frozen=True, slots=True, kw_only=True)
class Performers(Rule):
    """Each of ``steps`` is done only by those named (engine.md 2: who).

    Attributes:
        people: names in full.
        prefixes: beginnings of names, for systems that write 「财务科-张三」.
    """

    steps: tuple[str, ...]
    people: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()

    @property
    def steps_named(self) -> tuple[str, ...]:
        return self.steps

    @property
    def wanted(self) -> Wanted:
        return Wanted(people=True)

    def judge(self, view: View) -> Iterator[Finding | Doubt]:
        starts, performers = view.log.starts, view.performers
        allowed = self._allowed(view)
        for places, cases in view.places(self.steps):
            for case in cases:
                start = starts[case]
                wrong = [at for at, _ in places if performers[start + at] not in allowed]
                if wrong:
                    yield from self._faults(view, case, wrong)

    def _allowed(self, view: View) -> frozenset[int]:
        known = frozenset(self.people)
        return frozenset(
            who
            for who, name in enumerate(view.log.people)
            if name in known or name.startswith(self.prefixes)
        )

    def _faults(self, view: View, case: int, wrong: list[int]) -> Iterator[Finding | Doubt]:
        start = view.log.starts[case]
        named = [at for at in wrong if view.performers[start + at] != NOBODY]
        if len(named) < len(wrong):
            yield Doubt(case, UNNAMED)
        if named:
            yield Finding(self, case, tuple(named), view)

    def explain(self, view: View, case: int, events: tuple[int, ...]) -> Sentence:
        what = listed([view.deed(case, at) for at in events])
        return zh("{what}；办理人不在准许之列", what=what)
