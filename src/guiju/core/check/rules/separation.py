"""Rules on how many hands a matter passes through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from guiju.core.check.log import Wanted
from guiju.core.check.rules.rule import UNNAMED, Doubt, Finding, Rule
from guiju.core.check.rules.view import NOBODY, Place, View
from guiju.core.check.rules.words import listed, names
from guiju.core.sentence import Sentence, zh


@dataclass(frozen=True, slots=True, kw_only=True)
class FourEyes(Rule):
    """No two different ones of ``steps`` are done by one person in one matter (S1-23, S0-26)."""

    steps: tuple[str, ...]

    @property
    def steps_named(self) -> tuple[str, ...]:
        return self.steps

    @property
    def wanted(self) -> Wanted:
        return Wanted(people=True)

    def judge(self, view: View) -> Iterator[Finding | Doubt]:
        starts, performers = view.log.starts, view.performers
        for places, cases in view.places(self.steps):
            if len({code for _, code in places}) < 2:
                continue
            for case in cases:
                start = starts[case]
                did: dict[int, int] = {}
                clean = [
                    did.setdefault(performers[start + at], code) == code for at, code in places
                ]
                if NOBODY in did or not all(clean):
                    yield from self._clashes(view, case, places)

    def _clashes(self, view: View, case: int, places: list[Place]) -> Iterator[Finding | Doubt]:
        start = view.log.starts[case]
        deeds: dict[int, list[Place]] = {}
        for place in places:
            deeds.setdefault(view.performers[start + place[0]], []).append(place)
        if deeds.pop(NOBODY, None):
            yield Doubt(case, UNNAMED)
        for done in deeds.values():
            if len({code for _, code in done}) > 1:
                events = tuple(at for at, _ in done)
                yield Finding(self, case, events, view)

    def explain(self, view: View, case: int, events: tuple[int, ...]) -> Sentence:
        what = listed([view.deed(case, at) for at in events])
        return zh("{what}；这些步骤不得由同一人办理", what=what)


@dataclass(frozen=True, slots=True, kw_only=True)
class MinPeople(Rule):
    """At least ``required`` different people take part in a matter (S0-27).

    Attributes:
        steps: count those who do one of these; all steps when empty.
        before: judge only what reaches this step, and count up to and with its first time;
            empty: judge the whole of every matter in which a counted step occurs.
    """

    required: int
    steps: tuple[str, ...] = ()
    before: str = ""

    @property
    def steps_named(self) -> tuple[str, ...]:
        return (*self.steps, self.before) if self.before else self.steps

    @property
    def wanted(self) -> Wanted:
        return Wanted(people=True)

    def judge(self, view: View) -> Iterator[Finding | Doubt]:
        starts, performers = view.log.starts, view.performers
        for counted, cases in self._counted(view):
            for case in cases:
                start = starts[case]
                people = {performers[start + at] for at in counted}
                if len(people) - (NOBODY in people) < self.required:
                    yield self._short(view, case, counted)

    def _counted(self, view: View) -> Iterator[tuple[list[int], list[int]]]:
        """Yield for each variant to be judged the places whose performers count."""
        steps = view.codes(self.steps or view.log.activities)
        closing = view.code_of.get(self.before)
        for codes, cases in view.variants:
            until = len(codes)
            if self.before:
                if closing is None or closing not in codes:
                    continue
                until = codes.index(closing) + 1
            counted = [at for at, code in enumerate(codes[:until]) if code in steps]
            if counted or self.before:
                yield counted, cases

    def _short(self, view: View, case: int, counted: list[int]) -> Finding | Doubt:
        people, unnamed = _hands(view, case, counted)
        if len(people) + unnamed >= self.required:
            return Doubt(case, UNNAMED)
        return Finding(self, case, tuple(counted), view)

    def explain(self, view: View, case: int, events: tuple[int, ...]) -> Sentence:
        return zh(
            "应至少由 {required} 人办理，实际{who}",
            required=self.required,
            who=_present(*_hands(view, case, events)),
        )


def _hands(view: View, case: int, events: Iterable[int]) -> tuple[list[str], int]:
    """Return who did ``events``, and how many of them nobody stands to."""
    start = view.log.starts[case]
    hands = [view.performers[start + at] for at in events]
    people = [view.log.people[who] for who in dict.fromkeys(hands) if who != NOBODY]
    return people, hands.count(NOBODY)


def _present(people: list[str], unnamed: int) -> Sentence:
    if not people and not unnamed:
        return zh("没有人办理")
    if not people:
        return zh("只有 {unnamed} 条没有写明办理人的记录", unnamed=unnamed)
    if not unnamed:
        return zh("只有{people}", people=names(people))
    return zh(
        "只有{people}，另有 {unnamed} 条记录没有写明办理人", people=names(people), unnamed=unnamed
    )
